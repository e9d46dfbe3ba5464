"""The worlds that the battery runs over: the engine's hand-made one and every scenario on disk.

Scenarios are read when a test asks for one, so that a broken one fails its own tests and no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from game.content import Scenario, load
from game.engine.state import State, array_fields
from game.engine.tables import Rules, compile_rules
from game.engine.turn import Report, begin, play, reading_of
from game.outlook.policies import Policy, bot_dice
from game.replay.settings import parameters_of
from tests.engine import handmade

TESTS = Path(__file__).resolve().parents[1]
FOLDERS = {"minimal": TESTS / "content" / "minimal",
           **{p.parent.name: p.parent for p in sorted((TESTS.parent / "scenarios").glob("*/scenario.yaml"))}}


@dataclass(frozen=True)
class World:
    rules: Rules
    turns: int
    parameters: dict[int, float]


@cache
def scenario(name: str) -> Scenario:
    return load(FOLDERS[name])


@cache
def world(name: str) -> World:
    """A world by name; of a scenario its first length and first difficulty."""
    if name == "handmade":
        return World(handmade.rules(), 14, {})
    found = scenario(name)
    difficulties = found.document.difficulties
    parameters = parameters_of(found, difficulties[0].id) if difficulties else {}
    return World(compile_rules(found.tables), next(iter(found.document.lengths.values())).turns, parameters)


WORLDS = ("handmade", *FOLDERS)


def games(world: World, policy: Policy, seed: int, count: int, first: int = 0) -> list[tuple[State, Report]]:
    """Every turn of a batch: the state before it and what it did; the last state has no report."""
    state = begin(world.rules, seed, count, first, world.turns, world.parameters)
    steps = []
    while state.running.any():
        wanted = policy(world.rules, state, reading_of(world.rules, state), bot_dice(world.rules, state))
        after, report = play(world.rules, state, wanted)
        steps.append((state, report))
        state = after
    return [*steps, (state, None)]


def final(world: World, policy: Policy, seed: int, count: int, first: int = 0) -> State:
    return games(world, policy, seed, count, first)[-1][0]


def assert_same_games(one: State, other: State) -> None:
    """Equal bit for bit, every array."""
    for name, array in array_fields(one).items():
        np.testing.assert_array_equal(array, array_fields(other)[name], err_msg=name)
