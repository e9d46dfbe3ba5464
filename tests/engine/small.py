"""Small worlds for the engine's tests: a few plain variables, and only the cards or moves that a test needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.engine.decisions import Decisions, nothing
from game.engine.state import NONE, State
from game.engine.tables import (
    AUXILIARY,
    FLAG,
    LEVER,
    NONE_GROUP,
    PARAMETER,
    STOCK,
    WEIGHT,
    Actor,
    Agenda,
    Card,
    Effect,
    Landing,
    Lever,
    Option,
    Roles,
    Rules,
    Stock,
    Tables,
    Variable,
    compile_rules,
)
from game.engine.turn import Report, play

CASH, CAPITAL, INCOME, CREDIT, LEVEL, RATE, TAP, DONE = range(8)
YES, NO = ("number", 1.0), ("number", 0.0)


def number(x: float) -> tuple:
    return ("number", float(x))


def after_turn(turn: int) -> tuple:
    """True from the turn with that index on."""
    return ("ge", ("turn",), number(turn + 1))


def in_turn(turn: int) -> tuple:
    return ("eq", ("turn",), number(turn + 1))


def add(row: int, amount: float, after: int = 0, length: int = 1, cause: int = 1) -> Effect:
    return Effect("add", row, float(amount), after, length, cause)


def option(name: str, landing: int = 0, **more) -> Option:
    return Option(**{"id": name, "when": None, "cost": 0.0, "capital": 0.0, "odds": None, "landing": landing,
                     "landing_failure": 0, **more})


def card(name: str, mode: int, landing: int = 0, **more) -> Card:
    """A card with one choice unless `choices` gives others; every turn, without a group, patience 2."""
    return Card(**{"id": name, "mode": mode, "when": YES, "odds": number(1.0) if mode == WEIGHT else None,
                   "announce": 0, "averted_if": None, "patience": 2, "cooldown": 1, "group": NONE_GROUP, "default": 0,
                   "choices": (option("take", landing),), **more})


def variables() -> tuple[Variable, ...]:
    def four(x: float) -> tuple[float, float, float, float]:
        return (x, x, x, x)

    return (
        Variable("cash", STOCK, -1e4, 1e4, four(100.0)),
        Variable("capital", STOCK, 0.0, 100.0, four(3.0)),
        Variable("income", AUXILIARY, 0.0, 10.0, None, number(2)),
        Variable("credit", PARAMETER, 0.0, 1000.0, four(20.0)),
        Variable("level", STOCK, 0.0, 1000.0, four(500.0)),
        Variable("rate", AUXILIARY, -100.0, 100.0, None, number(10)),
        Variable("tap", LEVER, 0.0, 100.0, four(50.0)),
        Variable("done", FLAG, 0.0, 1.0, four(0.0)),
    )


def tables(**parts) -> Tables:
    """No cards, moves, promises or endings unless given; places 3, initiatives 2, quiet weight 0."""
    return replace(Tables(
        first_quarter=2011 * 4, variables=variables(), order=(INCOME, RATE),
        stocks=(Stock(CASH, ()), Stock(CAPITAL, ()), Stock(LEVEL, ())),
        levers=(Lever(TAP, 10.0, 1.0, 0.5, 0.0),), landings=(Landing(("none",), ()),),
        cards=(), initiatives=(), actors=(Actor("home", 0, 0.0),), moves=(), promises=(), endings=(), goals=(),
        roles=Roles(CASH, CREDIT, CAPITAL, INCOME), agenda=Agenda(3, 2, 0.0),
    ), **parts)


def world(**parts) -> Rules:
    return compile_rules(tables(**parts))


def landings(*bundles: tuple[Effect, ...]) -> tuple[Landing, ...]:
    """Landing 0 is "nothing"; the bundles are numbered from 1."""
    return (Landing(("none",), ()), *(Landing(("card", n, 0), bundle) for n, bundle in enumerate(bundles)))


def on_desk(rules: Rules, state: State, game: int = 0) -> list[str]:
    """Ids of the cards on the agenda."""
    return [rules.tables.cards[c].id for c in state.agenda[:, game] if c != NONE]


def decide(rules: Rules, state: State, choices: dict[str, int] | None = None, levers: dict[int, float] | None = None,
           initiatives: tuple[int, ...] = ()) -> Decisions:
    """Decisions by card id, lever index and initiative index; the same in every game."""
    wanted = nothing(rules, state)
    for place, card_index in enumerate(state.agenda[:, 0]):
        if card_index != NONE:
            wanted.choices[place] = (choices or {}).get(rules.tables.cards[card_index].id, NONE)
    for lever, setting in (levers or {}).items():
        wanted.levers[lever] = setting
    wanted.initiatives[list(initiatives)] = True
    return wanted


def step(rules: Rules, state: State, **decided) -> tuple[State, Report]:
    return play(rules, state, decide(rules, state, **decided))


def closings(rules: Rules, state: State, row: int, turns: int) -> np.ndarray:
    """Closing values of a row of game 0 over some turns in which nothing is decided."""
    found = []
    for _ in range(turns):
        state, report = step(rules, state)
        found.append(report.closing[row, 0])
    return np.array(found)
