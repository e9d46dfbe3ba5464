"""Spreading risks early costs something in quiet years and pays when shocks come, at every length of both scenarios.

Paired games: the same seeds, played with few and with many shocks, by a cabinet that does nothing and by one that sets
three levers in the first quarter, keeps them for three years and does nothing else. What shocks take from a game is the
goal with few of them less the goal with many. The measure is one-sided: z of the mean difference of paired losses.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.engine.decisions import Decisions
from game.engine.formulas import Reading
from game.engine.state import State
from game.engine.tables import Rules
from game.engine.turn import play, reading_of
from game.outlook.policies import Policy, bot_dice
from tests.scenarios.bots import do_nothing
from tests.scenarios.games import World

WORLDS = (World("mongolia-2011", 12), World("mongolia-2011", 22), World("mongolia-2011", 56),
          World("mongolia-2016", 12), World("mongolia-2016", 18))
GAMES, SEED = 400, 77
FEW, MANY = 0.3, 1.6  # shock_scale: below the calm difficulty and above the stormy one
SPREAD = {"russia_fuel_limit": 80.0, "fuel_reserve_target": 40.0, "route_support": 15.0}
EARLY = 12  # quarters: kept for fourteen years and with nothing else decided, they would empty the till
ONE_PER_CENT = 2.33  # z of p < 0.01, one-sided


def spread_early(rule: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
    wanted = do_nothing(rule, state, reading, dice)
    variables = [rule.tables.variables[lever.row] for lever in rule.tables.levers]
    ids, levers = [variable.id for variable in variables], wanted.levers.copy()
    for name, setting in SPREAD.items():
        lever = ids.index(name)
        levers[lever] = setting if state.turn < EARLY else variables[lever].start[-1]
    return replace(wanted, levers=levers)


def outcome(world: World, policy: Policy, shock_scale: float) -> tuple[dict[str, np.ndarray], float]:
    """Goal -> [games] its value at the end; and the share of games lost."""
    state = world.opening(GAMES, SEED, other={world.row("shock_scale"): shock_scale})
    while state.running.any():
        wanted = policy(world.rules, state, reading_of(world.rules, state), bot_dice(world.rules, state))
        state, _ = play(world.rules, state, wanted)
    ids = [goal.id for goal in world.scenario.document.goals]
    return dict(zip(ids, world.goals(state), strict=True)), float(world.lost(state).mean())


def losses(world: World, policy: Policy) -> tuple[dict[str, np.ndarray], float]:
    """What many shocks take from each goal [games], and the share of games lost under them."""
    (few, _), (many, lost) = outcome(world, policy, FEW), outcome(world, policy, MANY)
    return {goal: few[goal] - many[goal] for goal in few}, lost


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: f"{world.id}-{world.turns}")
def test_spreading_risks_early_lowers_what_shocks_take(world):
    (alone, lost_alone), (spread, lost_spread) = losses(world, do_nothing), losses(world, spread_early)
    for goal in (("welfare", "security"), ("security",)):
        saved = sum(alone[name] - spread[name] for name in goal)
        assert saved.mean() / (saved.std(ddof=1) / np.sqrt(GAMES)) > ONE_PER_CENT, goal
    assert lost_spread <= lost_alone, "a game that ends early has few shocks to suffer"
