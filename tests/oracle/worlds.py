"""Scenarios made at random from a seed: small, crowded desks in which every rule of cards, moves, effects and
promises meets every other. The variables are those of the engine's hand-made scenario. Read next: test_oracle.py.
"""

from __future__ import annotations

import random
from dataclasses import replace

from game.engine.expr import Node
from game.engine.tables import (
    ALWAYS,
    CHANCE,
    DEFEAT,
    FINISH,
    FOLLOW,
    NEVER,
    NONE_GROUP,
    WEIGHT,
    Actor,
    Agenda,
    Card,
    Effect,
    Ending,
    Initiative,
    Landing,
    Lever,
    Move,
    Option,
    Promise,
    Tables,
)
from tests.engine import handmade

CARDS, INITIATIVES, MOVES, PROMISES, LANDINGS = 9, 3, 5, 2, 30
ALL_CASH = 350.0  # what there is in the first turn, credit included
STOCKS = (handmade.FUEL, handmade.CASH, handmade.CAPITAL, handmade.RELATION)
COMPUTED = (handmade.PRICE, handmade.DEMAND, handmade.COVER, handmade.INCOME)


def random_tables(seed: int) -> Tables:
    rng = random.Random(seed)
    bundles = [Landing(("made", n), tuple(_effect(rng) for _ in range(rng.randrange(1, 4))))
               for n in range(1, LANDINGS)]
    return replace(
        handmade.tables(),
        levers=(Lever(handmade.BUYING, 5.0, rng.choice((0.0, 1.0)), 0.5, rng.choice((0.0, 0.3))),),
        landings=(Landing(("none",), ()), *bundles),
        cards=tuple(_card(rng, n) for n in range(CARDS)),
        initiatives=tuple(Initiative(_option(rng, f"initiative {n}"), rng.choice((1, 2, NEVER)))
                          for n in range(INITIATIVES)),
        actors=(Actor("home", 0, 0.0), Actor("north", 2, 0.6), Actor("south", 1, 0.2)),
        moves=tuple(_move(rng, n) for n in range(MOVES)),
        promises=tuple(Promise(f"promise {n}", rng.randrange(1, 4), _condition(rng), _landing(rng), _landing(rng))
                       for n in range(PROMISES)),
        endings=(Ending("dry", DEFEAT, ("lt", handmade.now(handmade.FUEL), handmade.number(3)), 3, None),
                 Ending("friends", FINISH, ("gt", handmade.now(handmade.RELATION), handmade.number(75)), 2, None)),
        agenda=Agenda(rng.randrange(1, 4), rng.randrange(0, 3), rng.choice((0.0, 0.5, 3.0))),
    )


def _landing(rng: random.Random) -> int:
    return rng.randrange(LANDINGS)


def _effect(rng: random.Random) -> Effect:
    after, length, cause = rng.randrange(4), rng.randrange(1, 4), 1
    kind = rng.choice(("stock", "stock", "computed", "computed", "flag", "follow", "promise"))
    if kind == "stock":
        return Effect("add", rng.choice(STOCKS), rng.uniform(-9.0, 9.0), after, length, cause)
    if kind == "computed":
        return Effect("add", rng.choice(COMPUTED), rng.uniform(-1.0, 1.0), after, rng.choice((length, ALWAYS)), cause)
    if kind == "flag":
        return Effect("add", handmade.TANKS, rng.choice((1.0, -1.0)), after, 1, cause)
    target = rng.randrange(CARDS if kind == "follow" else PROMISES)
    return Effect(kind, target, 1.0, after, 1, cause)


def _condition(rng: random.Random) -> Node:
    """True in most turns, false in some."""
    row = rng.choice((handmade.FUEL, handmade.CASH, handmade.PRICE, handmade.RELATION, handmade.TANKS, None))
    if row is None:
        return handmade.YES
    if row == handmade.TANKS:
        return ("not", handmade.now(row))
    limit = {handmade.FUEL: 50, handmade.CASH: 100, handmade.PRICE: 100, handmade.RELATION: 48}[row]
    return (rng.choice(("gt", "lt")), handmade.now(row), handmade.number(limit))


def _odds(rng: random.Random) -> Node:
    """Around one half, and higher with better relations."""
    return ("add", handmade.number(rng.uniform(0.2, 0.5)),
            ("mul", handmade.number(0.005), handmade.now(handmade.RELATION)))


def _option(rng: random.Random, name: str) -> Option:
    return Option(name, rng.choice((None, _condition(rng))), rng.choice((0.0, 0.0, 40.5, ALL_CASH)),
                  rng.choice((0.0, 0.0, 1.0, 2.0)), rng.choice((None, _odds(rng))), _landing(rng), _landing(rng))


def _default(rng: random.Random) -> Option:
    return Option("default", None, 0.0, 0.0, rng.choice((None, _odds(rng))), _landing(rng), _landing(rng))


def _card(rng: random.Random, number: int) -> Card:
    mode = rng.choice((0, CHANCE, CHANCE, FOLLOW, WEIGHT))
    odds = {CHANCE: _odds(rng), WEIGHT: ("mul", handmade.number(2.0), _odds(rng))}.get(mode)
    announce = rng.randrange(3) if mode == CHANCE else 0
    choices = [_option(rng, f"choice {n}") for n in range(rng.randrange(2, 5))]
    default = rng.randrange(len(choices))
    choices[default] = _default(rng)
    return Card(f"card {number}", mode, _condition(rng), odds, announce, _condition(rng) if announce else None,
                rng.randrange(1, 3), rng.choice((1, 2, 4, NEVER)), rng.choice((NONE_GROUP, NONE_GROUP, 0, 1)), default,
                tuple(choices))


def _move(rng: random.Random, number: int) -> Move:
    appeal = ("sub", handmade.number(rng.uniform(0.2, 1.0)),
              ("mul", handmade.number(0.01), handmade.now(handmade.RELATION)))
    return Move(f"move {number}", rng.choice((1, 1, 2)), _condition(rng), rng.choice((appeal, handmade.number(0.5))),
                rng.choice((None, _odds(rng))), rng.randrange(1, 4), _landing(rng))
