"""Is the model right? Ids, ranges, starts, sources, units of flows, cycles, roles.

Each check is a function of the same arguments, called from CHECKS in scenario.py. Read next: checks_cards.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from game.content.document import (
    AuxiliaryDoc,
    Document,
    DriverDoc,
    FlagDoc,
    LeverDoc,
    ParameterDoc,
    Source,
    StockDoc,
    VariableDoc,
)
from game.content.expressions import quarter_number
from game.content.findings import Findings, did_you_mean
from game.content.items import Item
from game.content.sites import Formulas, at
from game.content.verbs import RESERVED
from game.engine.expr import Node, rows_read

SNAKE = re.compile(r"[a-z][a-z0-9_]{0,59}")
KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
EITHER = re.compile(r"[a-z][a-z0-9_-]{0,59}")
SNAKE_HINT = "small letters, digits and _, beginning with a letter: fuel_cover"
KEBAB_HINT = "small letters, digits and -, beginning with a letter: diesel-runs-short"
YEARLY = "/year"
PER_TURN = ("", "/turn", "/quarter")  # what may follow a stock's unit in the unit of its flows
CLOSE = 1e-9  # for comparing steps and ranges that are not exact in binary


def check_ids(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    for name in document.variables:
        place = at(top, "variables", name).key
        if not SNAKE.fullmatch(name):
            findings.add(place, "id-form", f"`{name[:60]}` is not an id of a variable", SNAKE_HINT)
        elif name in RESERVED:
            findings.add(place, "id-reserved", f"`{name}` is a word of the formula language", "choose another id")
    if not is_kebab(document.id):
        findings.add(at(top, "id"), "id-form", f"`{document.id[:60]}` is not an id of a scenario", KEBAB_HINT)
    for section in ("cards", "initiatives", "moves", "promises", "demands"):
        for i, thing in enumerate(getattr(document, section)):
            if not is_kebab(thing.id):
                findings.add(at(top, section, i, "id"), "id-form", f"`{thing.id[:60]}` is not an id", KEBAB_HINT)
    for i, actor in enumerate(document.actors):
        if not SNAKE.fullmatch(actor.id):
            findings.add(at(top, "actors", i, "id"), "id-form", f"`{actor.id[:60]}` is not an id", SNAKE_HINT)
    for section in ("goals", "priorities", "endings", "difficulties"):
        for i, thing in enumerate(getattr(document, section)):
            if not EITHER.fullmatch(thing.id):
                findings.add(at(top, section, i, "id"), "id-form", f"`{thing.id[:60]}` is not an id", SNAKE_HINT)


def is_kebab(text: str) -> bool:
    """Is it written as the ids of cards are?"""
    return len(text) <= 60 and KEBAB.fullmatch(text) is not None


def check_dates(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    quarters = [(document.start, at(top, "start"))]
    for name, variable in document.variables.items():
        if isinstance(variable, DriverDoc) and variable.path is not None:
            quarters += [(text, at(top, "variables", name, "path", text).key) for text in variable.path]
            if not variable.path:
                findings.add(at(top, "variables", name, "path"), "date-form", "the path is empty", "2011-Q1: 100")
    for text, place in quarters:
        if quarter_number(text) is None:
            findings.add(place, "date-form", f"`{text[:40]}` is not a quarter", "write the year and Q1 to Q4: 2011-Q1")


def check_ranges(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    for name, variable in document.variables.items():
        limits = getattr(variable, "range", None)
        if limits is None:
            continue
        if limits[0] >= limits[1]:
            findings.add(at(top, "variables", name, "range"), "range-order", "the range does not rise",
                         "write [low, high] with low below high")
            continue
        for key in ("start", "value"):
            start = getattr(variable, key, None)
            values = start if isinstance(start, tuple) else () if start is None else (start,)
            for i, value in enumerate(values):
                if not limits[0] <= value <= limits[1]:
                    findings.add(at(top, "variables", name, key, i), "start-outside",
                                 f"{value:g} is outside the range {limits[0]:g} to {limits[1]:g}",
                                 "mend one of the two")
        if isinstance(variable, LeverDoc):
            _check_lever(name, variable, top, findings)


def _check_lever(name: str, lever: LeverDoc, top: Item, findings: Findings) -> None:
    low, high = lever.range
    place = at(top, "variables", name, "step")
    if lever.step <= 0 or not _is_whole((high - low) / lever.step):
        findings.add(place, "lever-step", f"steps of {lever.step:g} do not lead from {low:g} to {high:g}",
                     "choose a step that divides the range")
    elif not _is_whole((lever.start - low) / lever.step):
        findings.add(at(top, "variables", name, "start"), "lever-step", f"{lever.start:g} is between two steps",
                     f"settings are {low:g}, {low + lever.step:g}, ...")
    for value in lever.words:
        if not low <= value <= high:
            findings.add(at(top, "variables", name, "words"), "start-outside",
                         f"there is a word for the setting {value:g}, which is outside the range", "")


def _is_whole(x: float) -> bool:
    return abs(x - round(x)) < CLOSE * max(1.0, abs(x))


def check_sources(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    for name, variable in document.variables.items():
        path = ("variables", name)
        if variable.source is None:
            if _needs_source(variable):
                findings.add(at(top, *path), "source-missing", "this has values from the real world but no source",
                             "source: {title, publisher, date, figure, confidence}, or judged with low and high")
            continue
        _check_source(variable.source, at(top, *path, "source"), findings)
        if variable.source.confidence == "judged":
            _check_judged(name, variable, top, findings)
    for section in ("cards", "initiatives", "moves", "demands"):
        for i, thing in enumerate(getattr(document, section)):
            _check_source(thing.source, at(top, section, i, "source"), findings)


def _needs_source(variable: VariableDoc) -> bool:
    """Stocks, levers and parameters always do, which the shape demands already."""
    given = isinstance(variable, AuxiliaryDoc | DriverDoc) and variable.start is not None
    table = isinstance(variable, DriverDoc) and variable.path is not None
    return given or table or (isinstance(variable, FlagDoc) and variable.start == 1)


def _check_source(source: Source, place: Item, findings: Findings) -> None:
    if source.confidence == "judged":
        return
    missing = [key for key in ("title", "publisher", "date", "figure") if not getattr(source, key)]
    if missing:
        findings.add(place, "source-incomplete", f"the source lacks its {' and '.join(missing)}",
                     "if it is your own judgement, write confidence: judged and a note")


def _check_judged(name: str, variable: VariableDoc, top: Item, findings: Findings) -> None:
    source, place = variable.source, at(top, "variables", name, "source")
    key = "value" if isinstance(variable, ParameterDoc) else "start"
    value = getattr(variable, key, None)
    if source.low is None or source.high is None:
        findings.add(place, "source-range", "a judged number needs low and high",
                     "between which values could it reasonably lie?")
    elif source.low > source.high:
        findings.add(place, "source-range", "low is above high", "mend one of the two")
    elif isinstance(value, int | float) and not source.low <= value <= source.high:
        findings.add(at(top, "variables", name, key), "source-range",
                     f"{value:g} is outside its own judgement {source.low:g} to {source.high:g}", "mend one of them")


def check_flow_units(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    for name, stock in document.variables.items():
        if not isinstance(stock, StockDoc) or not stock.unit:
            continue
        for flow in stock.flows:
            part = formulas.parts.get(("variables", name, "flows", flow))
            if part is None:
                continue
            place = at(top, "variables", name, "flows", flow)
            if part.unit is None:
                yearly = [n for n in _names(part.node, document) if document.variables[n].unit.endswith(YEARLY)]
                if yearly:
                    findings.add(place, "flow-unit", f"`{yearly[0]}` is per year; this flow is taken as per turn",
                                 f"make `{flow}` an auxiliary with the unit {stock.unit} or {stock.unit}{YEARLY}")
            elif part.unit not in [stock.unit + ending for ending in (*PER_TURN, YEARLY)]:
                findings.add(place.inside(part.offset), "formula-unit",
                             f"a flow in {part.unit} into a stock in {stock.unit}",
                             f"flows are in {stock.unit} (per turn) or {stock.unit}{YEARLY}")


def _names(node: Node, document: Document) -> list[str]:
    names = list(document.variables)
    read = rows_read(node, frozenset({"now", "last", "year_ago", "year_sum", "year_mean", "path"}))
    return [names[row] for row in read if row < len(names)]


def check_order(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    """Drivers read only what is known before them; auxiliaries do not need each other in a circle."""
    names = list(document.variables)
    kinds = [document.variables[name].kind for name in names]
    needs: dict[int, list[int]] = {}
    for row, name in enumerate(names):
        node = formulas.node("variables", name, "is")
        if node is None:
            continue
        read = [r for r in rows_read(node) if r < len(names)]
        if kinds[row] == "driver":
            late = [r for r in read if kinds[r] == "auxiliary" or (kinds[r] == "driver" and r >= row)]
            if late:
                findings.add(at(top, "variables", name, "is"), "driver-order",
                             f"drivers come first: `{names[late[0]]}` is not known yet",
                             f"read last({names[late[0]]}), or define that driver above this one")
        else:
            needs[row] = [r for r in read if kinds[r] == "auxiliary"]
    circle = find_cycle(needs)
    if circle:
        way = " -> ".join(names[row] for row in [*circle, circle[0]])
        findings.add(at(top, "variables", names[circle[0]], "is"), "cycle", f"these need each other: {way}",
                     "read one of them a quarter late: last(...)")


def find_cycle(needs: dict[int, Iterable[int]]) -> list[int]:
    """Rows of one circle, the smallest first; [] if there is none. Without recursion: chains may be long."""
    done: set[int] = set()
    for first in needs:
        way: list[int] = []
        stack = [(first, False)]
        while stack:
            row, leaving = stack.pop()
            if leaving:
                way.pop()
                done.add(row)
            elif row in way:
                circle = way[way.index(row):]
                start = circle.index(min(circle))
                return circle[start:] + circle[:start]
            elif row not in done:
                way.append(row)
                stack.append((row, True))
                stack += [(need, False) for need in needs.get(row, ())]
    return []


def check_roles(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    wanted = {"cash": "stock", "credit": "", "capital": "stock", "capital_income": "auxiliary"}
    for role, kind in wanted.items():
        name, place = getattr(document.roles, role), at(top, "roles", role)
        variable = document.variables.get(name)
        if variable is None:
            if name not in formulas.scope.ghosts:
                findings.add(place, "unknown-reference", f"there is no variable `{name[:60]}`",
                             did_you_mean(name, document.variables))
        elif kind and variable.kind != kind:
            findings.add(place, "role-kind", f"`{role}` must be {'an' if kind[0] == 'a' else 'a'} {kind}; "
                         f"`{name}` is a {variable.kind}", "")
