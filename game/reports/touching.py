"""Who touches each variable: cards, initiatives, moves and promises that change it, and whose conditions read it.

What can never come in this scenario is left out, such as cards of years that were over when it began.
Read next: model_variables.py.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from game.content import Scenario
from game.engine.expr import LEAVES, Node, rows_read
from game.engine.tables import FOLLOW, Tables

READS = frozenset(LEAVES) - {"turn", "quarter", "date", "luck", "path"}
KINDS = {"card": "cards", "initiative": "initiatives", "move": "moves of others", "kept": "promises kept",
         "broken": "promises broken"}
Thing = tuple[str, int]  # (kind of landing, its number)
COMPARED = {"lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge, "eq": operator.eq,
            "ne": operator.ne}


@dataclass(frozen=True)
class Touching:
    """`changes`: row -> what lands on it -> "+", "-" or "mixed"; `read`: row -> things whose conditions or odds read
    it; `feeds`: row -> rows whose formulas read it."""

    changes: dict[int, dict[Thing, str]]
    read: dict[int, dict[Thing, None]]
    feeds: dict[int, list[int]]


def touching(scenario: Scenario) -> Touching:
    tables, coming = scenario.tables, _coming(scenario)
    changes: dict[int, dict[Thing, str]] = defaultdict(dict)
    for landing in tables.landings:
        thing = landing.origin[:2]
        if thing not in coming:
            continue
        for effect in landing.effects:
            if effect.kind == "add" and effect.amount:
                sign = "+" if effect.amount > 0.0 else "-"
                before = changes[effect.target].get(thing, sign)
                changes[effect.target][thing] = sign if before == sign else "mixed"
    read: dict[int, dict[Thing, None]] = defaultdict(dict)
    for thing, node in _conditions(tables):
        for row in rows_read(node, READS) if thing in coming else ():
            read[row][thing] = None
    feeds: dict[int, list[int]] = defaultdict(list)
    for row in range(len(tables.variables)):
        for other in dict.fromkeys(r for node in nodes_of(tables, row) for r in rows_read(node, READS)):
            if other != row:
                feeds[other].append(row)
    return Touching(changes, read, feeds)


def _coming(scenario: Scenario) -> set[Thing]:
    """All that can land in some game, as far as dates and follow-ups tell."""
    tables = scenario.tables
    dates = quarters_of(scenario)
    may = {("card", n) for n, card in enumerate(tables.cards) if card.when is None or may_hold(card.when, dates)}
    follow = {("card", n) for n, card in enumerate(tables.cards) if card.mode == FOLLOW}
    coming = may - follow
    coming |= {("initiative", n) for n, each in enumerate(tables.initiatives) if may_hold(each.option.when, dates)}
    coming |= {("move", n) for n, move in enumerate(tables.moves) if may_hold(move.when, dates)}
    coming |= {(kind, n) for n in range(len(tables.promises)) for kind in ("kept", "broken")}
    while True:
        more = {("card", effect.target) for landing in tables.landings if landing.origin[:2] in coming
                for effect in landing.effects if effect.kind == "follow"} & may - coming
        if not more:
            return coming
        coming |= more


def quarters_of(scenario: Scenario) -> frozenset[int]:
    """All quarters of the longest game, counted since year 0."""
    first = scenario.tables.first_quarter
    return frozenset(range(first, first + max(length.turns for length in scenario.document.lengths.values())))


def may_hold(node: Node | None, dates: frozenset[int]) -> frozenset[int]:
    """The quarters among `dates` in which a condition may hold; whatever is not a date may."""
    if node is None:
        return dates
    kind = node[0]
    if kind == "and":
        return may_hold(node[2], may_hold(node[1], dates))
    if kind == "or":
        return may_hold(node[1], dates) | may_hold(node[2], dates)
    if kind in COMPARED and node[1] == ("date",) and node[2][0] == "number":
        return frozenset(date for date in dates if COMPARED[kind](date, node[2][1]))
    return dates


def nodes_of(tables: Tables, row: int) -> list[Node]:
    """The formula of a variable, or those of its flows."""
    own = tables.variables[row].formula
    flows = [flow.formula for stock in tables.stocks if stock.row == row for flow in stock.flows]
    return [own] if own is not None else flows


def _conditions(tables: Tables) -> Iterator[tuple[Thing, Node]]:
    """Every condition, odds, weight and appeal, with what it belongs to."""
    for n, card in enumerate(tables.cards):
        for node in (card.when, card.odds, card.averted_if):
            if node is not None:
                yield ("card", n), node
        for choice in card.choices:
            for node in (choice.when, choice.odds):
                if node is not None:
                    yield ("card", n), node
    for n, initiative in enumerate(tables.initiatives):
        for node in (initiative.option.when, initiative.option.odds):
            if node is not None:
                yield ("initiative", n), node
    for n, move in enumerate(tables.moves):
        for node in (move.when, move.appeal, move.odds):
            if node is not None:
                yield ("move", n), node
    for n, promise in enumerate(tables.promises):
        yield ("kept", n), promise.kept_if


def title_of(scenario: Scenario, thing: Thing) -> str:
    """The title of a card, an initiative, a move or a promise."""
    document = scenario.document
    things = {"card": document.cards, "initiative": document.initiatives, "move": document.moves,
              "kept": document.promises, "broken": document.promises}
    return things[thing[0]][thing[1]].title
