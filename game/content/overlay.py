"""The world of history: the scenario with what happened laid over it, in memory, compiled like any other.

In every mode the world has no luck, cards of chance or weight and other actors' moves come only in the quarters in
which the playthrough has them, no ending stops the game, and neither votes nor money are an obstacle: history found
both. On top of that:

    free        nothing
    driven      the exogenised variables follow their columns of history.csv; no effect or formula moves them
    anchored    add-factors are added to the variables that have one

A variable that follows history becomes a driver with a path; an add-factor is a driver with a path that is added
to a formula, or a flow of its own. Read next: quarters.py, then replay/playthrough.py, which plays it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from game.content.compiled import Scenario
from game.content.compiling import compile_tables, compile_verdict
from game.content.demands import add_formulas, demand_nodes
from game.content.document import (
    MAX_TURNS,
    BoundDoc,
    CalibrationDoc,
    CardDoc,
    ChoiceDoc,
    Document,
    DriverDoc,
    InitiativeDoc,
    Length,
    LeverDoc,
    ParameterDoc,
    Source,
    StockDoc,
    VariableDoc,
)
from game.content.findings import ContentError, Findings
from game.content.fingerprint import fingerprint
from game.content.items import Item
from game.content.playthrough import Playthrough
from game.content.quarters import QUARTERS, first_year, quarterly, yearly
from game.content.sites import read_formulas

MODES = ("driven", "free", "anchored")
LENGTH = "history"  # id of the length that leads to the calibration's last year
LUCK = re.compile(r"\bluck\b")
CREDIT, ENDLESS = "history_credit", 1e9  # a stand-in for the credit line
EFFECTS = ("effects", "success", "failure", "kept", "broken")


@dataclass(frozen=True)
class _Dates:
    """When cards and moves come: quarters by id."""

    cards: dict[str, list[str]]
    moves: dict[str, list[str]]


def overlaid(scenario: Scenario, playthrough: Playthrough, mode: str) -> Scenario:
    """The scenario as the world of history, with one more length, LENGTH; it needs a calibration.

    ContentError if it cannot be compiled, as when a driver reads what now follows history too late.
    """
    document = still(scenario.document, playthrough)
    calibration = document.calibration
    if mode == "driven":
        for name, exogenised in calibration.exogenised.items():
            years = range(first_year(document), calibration.until + 1)
            path = quarterly(yearly(scenario.history, exogenised), exogenised.quarters, years)
            document = _led(document, name, path)
    elif mode == "anchored":
        document = with_factors(document, calibration.add_factors)
    return recompiled(scenario, document)


def recompiled(scenario: Scenario, document: Document) -> Scenario:
    """The scenario with another document, whose formulas are read again; ContentError if one cannot be."""
    findings = Findings()
    formulas = read_formulas(document, Item({}, f"{document.id} as history", 1, 1), {}, findings)
    add_formulas(document, formulas)
    if findings.errors:
        raise ContentError(findings.sorted())
    tables, causes = compile_tables(document, formulas)
    return replace(scenario, document=document, tables=tables, causes=causes,
                   fingerprint=fingerprint(tables, document), verdict=compile_verdict(document, formulas),
                   demands=tuple(demand_nodes(document, formulas)))


def still(document: Document, playthrough: Playthrough) -> Document:
    """The world without luck, in which only happens what the playthrough has."""
    dates = _Dates({}, {})
    for date, turn in playthrough.document.turns.items():
        for card in turn.cards:
            dates.cards.setdefault(card, []).append(date)
        for move in turn.moves:
            dates.moves.setdefault(move, []).append(date)
    outcomes = playthrough.document.outcomes
    turns = (document.calibration.until + 1 - first_year(document)) * QUARTERS
    credit = ParameterDoc(kind="parameter", label="What history found", value=ENDLESS,
                          source=Source(confidence="judged", low=0.0, high=ENDLESS))
    variables = {name: _variable(variable) for name, variable in document.variables.items()}
    return replace(
        document,
        lengths={**document.lengths, LENGTH: Length(label="As it happened", turns=turns, minutes=1)},
        variables={**variables, CREDIT: credit},
        roles=replace(document.roles, credit=CREDIT),
        cards=tuple(_card(card, dates.cards.get(card.id, []), outcomes) for card in document.cards),
        initiatives=tuple(_free(initiative, outcomes.get(initiative.id)) for initiative in document.initiatives),
        actors=tuple(replace(actor, temper=0.0) for actor in document.actors),
        moves=tuple(replace(move, when=_at(dates.moves.get(move.id, [])), appeal="1", odds=None, cooldown=1)
                    for move in document.moves),
        endings=tuple(replace(ending, for_turns=MAX_TURNS) for ending in document.endings),  # counted, never reached
    )


def _variable(variable: VariableDoc) -> VariableDoc:
    """Without luck, and without votes for moving a lever."""
    if isinstance(variable, LeverDoc):
        return replace(variable, capital=0.0)
    if isinstance(variable, DriverDoc):
        return replace(variable, is_=LUCK.sub("0", variable.is_))
    return variable


def _at(dates: list[str]) -> str:
    """A condition that holds in these quarters."""
    return " or ".join(f"date == {date}" for date in dates) or "0"


def _card(card: CardDoc, dates: list[str], outcomes: dict[str, str]) -> CardDoc:
    """Scheduled and followed cards come by themselves, others in these quarters; a follow-up can still call them."""
    card = replace(card, choices=tuple(_free(choice, outcomes.get(card.id)) for choice in card.choices))
    if card.chance is None and card.weight is None:
        return card
    card = replace(card, chance=_at(dates), weight=None, announce=0, averted_if=None)
    if dates:
        card = replace(card, when=f"({_at(dates)}) or ({card.when or '1'})", once=False, cooldown=1)
    return card


def _free(option: ChoiceDoc | InitiativeDoc, outcome: str | None) -> Any:
    """A choice or an initiative that costs no votes, and whose gamble is known."""
    option = replace(option, capital=0.0)
    if option.odds is not None and outcome is not None:
        option = replace(option, odds="1" if outcome == "success" else "0")
    return option


# --- what follows history

def _led(document: Document, name: str, path: dict[str, float]) -> Document:
    """The document with a variable on a path, and nothing that could push it off."""
    old = document.variables[name]
    led = DriverDoc(kind="driver", label=old.label, note=old.note, unit=old.unit, decimals=old.decimals,
                    annual=old.annual, source=old.source, range=old.range, start=old.start, is_="path", path=path)
    changes: dict[str, Any] = {"variables": {**document.variables, name: led}}
    for section in ("cards", "initiatives", "moves", "promises"):
        changes[section] = tuple(_untouched(thing, name) for thing in getattr(document, section))
    return replace(document, **changes)


def _untouched(thing: Any, name: str) -> Any:
    """A card, choice, initiative, move or promise without its effects on a variable."""
    changes = {part: tuple(effect for effect in getattr(thing, part) if effect.to != name)
               for part in EFFECTS if hasattr(thing, part)}
    if hasattr(thing, "choices"):
        changes["choices"] = tuple(_untouched(choice, name) for choice in thing.choices)
    return replace(thing, **changes)


# --- add-factors

def with_factors(document: Document, factors: dict[str, dict[int, float]]) -> Document:
    """The document with yearly add-factors by variable; each variable needs a bound in the calibration."""
    bounds = bounds_of(document.calibration)
    for name, by_year in factors.items():
        document = replace(document, variables=_added(document, name, by_year, bounds[name]))
    return document


def bounds_of(calibration: CalibrationDoc) -> dict[str, BoundDoc]:
    """The bound of add-factors on each variable that may have one."""
    return {compare.add_factor.to: compare.add_factor for compare in calibration.compare.values()
            if compare.add_factor is not None}


def _added(document: Document, name: str, by_year: dict[int, float], bound: BoundDoc) -> dict[str, VariableDoc]:
    """All variables, with an add-factor on one: on a stock as a flow and on a yearly sum, a quarter of it each time."""
    variable, factor = document.variables[name], f"add_factor_{name}"
    shared = isinstance(variable, StockDoc) or (variable.annual == "sum" and bound.percent_of is None)
    amount = f"{0.25 if shared else 1.0} * {factor}"
    if bound.percent_of is not None:
        amount = f"0.01 * {amount} * {bound.percent_of}"
    if isinstance(variable, StockDoc):
        changed = replace(variable, flows={**variable.flows, "add_factor": amount})
    elif bound.percent_of == name:
        changed = replace(variable, is_=f"({variable.is_}) * (1 + 0.01 * {factor})")
    else:
        changed = replace(variable, is_=f"({variable.is_}) + {amount}")
    years = range(first_year(document), document.calibration.until + 1)
    path = {f"{year}-Q{quarter}": by_year.get(year, 0.0) for year in years for quarter in range(1, QUARTERS + 1)}
    driver = DriverDoc(kind="driver", label=f"Add-factor: {variable.label}", is_="path", path=path,
                       unit="" if bound.percent_of else variable.unit, range=(-1.0 - bound.most, 1.0 + bound.most))
    return {**document.variables, name: changed, factor: driver}
