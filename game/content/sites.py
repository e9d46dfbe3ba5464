"""Every formula of a scenario, where it stands, and what it was read as.

A path leads to a value as in the YAML: ("cards", 2, "choices", 0, "when"). Read next: checks_model.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from game.content.document import (
    AuxiliaryDoc,
    ChoiceDoc,
    Document,
    DriverDoc,
    FlagDoc,
    InitiativeDoc,
    ParameterDoc,
    StockDoc,
    UnmetDoc,
    VariableDoc,
)
from game.content.expressions import Part, parse
from game.content.findings import Findings
from game.content.items import Item
from game.content.scope import Owner, Scope, Symbol
from game.engine.expr import Node

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Site:
    """One formula; `variable` owns it if it is a variable's own."""

    path: Path
    text: str
    variable: str | None = None


@dataclass
class Formulas:
    """What the formulas were read as; those that cannot be read are missing."""

    parts: dict[Path, Part]
    scope: Scope

    def node(self, *path: str | int) -> Node | None:
        """The node of the formula at a path; None if there is none."""
        part = self.parts.get(path)
        return part.node if part else None


def at(top: Item, *path: str | int) -> Item:
    """The item at a path, or the deepest one on the way that is there."""
    for step in path:
        inside = step in top.value if isinstance(top.value, dict) else \
            isinstance(top.value, list) and isinstance(step, int) and step < len(top.value)
        if not inside:
            break
        top = top.value[step]
    return top


def sites(document: Document) -> Iterator[Site]:
    """All formulas, in the order in which they are read."""
    for name, variable in document.variables.items():
        if isinstance(variable, AuxiliaryDoc | DriverDoc) and not isinstance(variable, UnmetDoc):
            yield Site(("variables", name, "is"), variable.is_, name)
        elif isinstance(variable, StockDoc):
            for flow, text in variable.flows.items():
                yield Site(("variables", name, "flows", flow), text, name)
    for i, card in enumerate(document.cards):
        yield from _fields(card, ("cards", i), "when", "chance", "weight", "averted_if")
        for j, choice in enumerate(card.choices):
            yield from _fields(choice, ("cards", i, "choices", j), "when", "odds")
    for i, initiative in enumerate(document.initiatives):
        yield from _fields(initiative, ("initiatives", i), "when", "odds")
    for i, move in enumerate(document.moves):
        yield from _fields(move, ("moves", i), "when", "appeal", "odds")
    for i, promise in enumerate(document.promises):
        yield from _fields(promise, ("promises", i), "kept_if")
    for i, demand in enumerate(document.demands):
        yield from _fields(demand, ("demands", i), "when", "met_if")
    for i, goal in enumerate(document.goals):
        yield Site(("goals", i, "is"), goal.is_)
    for i, ending in enumerate(document.endings):
        yield from _fields(ending, ("endings", i), "when", "warn_when")
    for i, title in enumerate(document.verdict.titles):
        yield from _fields(title, ("verdict", "titles", i), "when")
    for i, sentence in enumerate(document.verdict.sentences):
        yield from _fields(sentence, ("verdict", "sentences", i), "when")


def _fields(part: Any, path: Path, *names: str) -> Iterator[Site]:
    for name in names:
        text = getattr(part, name)
        if text is not None:
            yield Site((*path, name), text)


def options(document: Document) -> Iterator[tuple[Path, ChoiceDoc | InitiativeDoc]]:
    """All choices and initiatives."""
    for i, card in enumerate(document.cards):
        for j, choice in enumerate(card.choices):
            yield ("cards", i, "choices", j), choice
    for i, initiative in enumerate(document.initiatives):
        yield ("initiatives", i), initiative


def read_formulas(document: Document, top: Item, ghosts: dict[str, set[str]], findings: Findings) -> Formulas:
    """Reads all formulas and reports what is wrong with them."""
    scope = _scope(document, ghosts)
    formulas = Formulas({}, scope)
    owners = {name: _owner(name, variable) for name, variable in document.variables.items()}
    for site in sites(document):
        part, troubles = parse(site.text, scope, owners.get(site.variable or ""))
        for trouble in troubles:
            place = at(top, *site.path).inside(trouble.offset)
            findings.add(place, trouble.code, trouble.message, trouble.hint)
        if part is not None:
            formulas.parts[site.path] = part
    return formulas


def _owner(name: str, variable: VariableDoc) -> Owner:
    path = variable.path if isinstance(variable, DriverDoc) else None
    return Owner(name, variable.kind, (min(path.values()), max(path.values())) if path else None)


def _scope(document: Document, ghosts: dict[str, set[str]]) -> Scope:
    symbols = {
        name: Symbol(row, variable.kind, variable.unit.strip() or None, *_bounds(name, variable, document))
        for row, (name, variable) in enumerate(document.variables.items())
    }
    flows = {f"{name}.{flow}": v.physical for name, v in document.variables.items()
             if isinstance(v, StockDoc) for flow in v.flows}
    things = {
        "chosen": {f"{card.id}/{choice.id}" for card in document.cards for choice in card.choices},
        "played": {initiative.id for initiative in document.initiatives},
        "made": {move.id for move in document.moves},
    }
    return Scope(symbols, flows, things, set().union(*ghosts.values()))


def _bounds(name: str, variable: VariableDoc, document: Document) -> tuple[float, float]:
    if isinstance(variable, FlagDoc):
        return 0.0, 1.0
    if isinstance(variable, ParameterDoc) and variable.range is None:
        values = [variable.value, variable.source.low, variable.source.high]
        values += [difficulty.set_.get(name) for difficulty in document.difficulties]
        known = [value for value in values if value is not None]
        return min(known), max(known)
    low, high = sorted(variable.range)
    return low, high
