"""Spreading risks early costs something in quiet years and pays when shocks come.

Paired games: the same seeds, played with few and with many shocks, by a cabinet that does nothing and by one that sets
three levers in the first quarter and does nothing after that. What shocks take from a game is the goal with few of them
less the goal with many. The measure is one-sided: z of the mean difference of paired losses.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.engine.decisions import Decisions
from game.engine.formulas import Reading
from game.engine.state import State
from game.engine.tables import Rules
from game.engine.turn import begin, play, reading_of
from game.outlook.policies import Policy, bot_dice
from game.replay.settings import parameters_of
from tests.scenarios.bots import do_nothing
from tests.scenarios.games import TURNS, row, rules, scenario

GAMES, SEED = 400, 77
FEW, MANY = 0.3, 1.6  # shock_scale: below the calm difficulty and above the stormy one
SPREAD = {"russia_fuel_limit": 80.0, "fuel_reserve_target": 40.0, "route_support": 15.0}
ONE_PER_CENT = 2.33  # z of p < 0.01, one-sided


def spread_early(rule: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
    wanted = do_nothing(rule, state, reading, dice)
    ids = [rule.tables.variables[lever.row].id for lever in rule.tables.levers]
    levers = wanted.levers.copy()
    for name, setting in SPREAD.items():
        levers[ids.index(name)] = setting
    return replace(wanted, levers=levers)


def goals(policy: Policy, shock_scale: float) -> dict[str, np.ndarray]:
    """Goal -> [games] its value at the end."""
    parameters = {**parameters_of(scenario(), "historic"), row("shock_scale"): shock_scale}
    state = begin(rules(), SEED, GAMES, 0, TURNS, parameters)
    while state.running.any():
        state, _ = play(rules(), state, policy(rules(), state, reading_of(rules(), state), bot_dice(rules(), state)))
    reading = reading_of(rules(), state)
    return {goal.id: reading.number(node)
            for goal, node in zip(scenario().document.goals, rules().tables.goals, strict=True)}


def losses(policy: Policy) -> dict[str, np.ndarray]:
    few, many = goals(policy, FEW), goals(policy, MANY)
    return {goal: few[goal] - many[goal] for goal in few}


def test_spreading_risks_early_lowers_what_shocks_take():
    alone, spread = losses(do_nothing), losses(spread_early)
    for goal in (("welfare", "security"), ("security",)):
        saved = sum(alone[name] - spread[name] for name in goal)
        assert saved.mean() / (saved.std(ddof=1) / np.sqrt(GAMES)) > ONE_PER_CENT, goal
