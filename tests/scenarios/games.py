"""Many games of mongolia-2011 for the tests beside it: play with a bot, read goals and endings.

Read next: bots.py, which decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from game.content import Scenario, load
from game.engine.formulas import Reading
from game.engine.state import State
from game.engine.tables import DEFEAT, Rules, compile_rules
from game.engine.turn import Report, begin, play, reading_of
from game.outlook.policies import Policy, bot_dice
from game.replay.settings import parameters_of

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "mongolia-2011"
TURNS = 12


@cache
def scenario() -> Scenario:
    return load(FOLDER)


@cache
def rules() -> Rules:
    return compile_rules(scenario().tables)


def row(name: str) -> int:
    return scenario().row(name)


def opening(games: int, seed: int, difficulty: str = "historic", turns: int = TURNS,
            rule: Rules | None = None) -> State:
    return begin(rule or rules(), seed, games, 0, turns, parameters_of(scenario(), difficulty))


@dataclass(frozen=True)
class Played:
    """Games that were played out: `shown` [turns + 1, rows, games] the opened values of each turn and the end,
    `warned` [turns, endings, games] what threatened on those screens, `moves` [moves, games] times made."""

    shown: np.ndarray
    warned: np.ndarray
    moves: np.ndarray
    state: State

    def final(self, name: str) -> np.ndarray:
        return self.shown[-1, row(name)]

    def goals(self) -> np.ndarray:
        """[goals, games] at the end of each game."""
        reading = reading_of(rules(), self.state)
        return np.array([reading.number(node) for node in rules().tables.goals])

    def defeats(self) -> np.ndarray:
        """[games] of bool."""
        lost = [e for e, ending in enumerate(rules().tables.endings) if ending.kind == DEFEAT]
        return np.isin(self.state.ended, lost)


def play_out(policy: Policy, games: int, seed: int = 1, difficulty: str = "historic", turns: int = TURNS,
             rule: Rules | None = None,
             watch: Callable[[State, Report], None] = lambda state, report: None) -> Played:
    """Games to their end, under the scenario's rules or others; `watch` sees every turn."""
    rule = rule or rules()
    state = opening(games, seed, difficulty, turns, rule)
    shown, warned, moves = [state.values], [], np.zeros((len(rule.tables.moves), games), dtype=int)
    while state.running.any():
        reading = reading_of(rule, state)
        warned.append([(warning(reading, e) | (state.ending_turns[e] > 0)) & state.running
                       for e in range(len(rule.tables.endings))])
        after, report = play(rule, state, policy(rule, state, reading, bot_dice(rule, state)))
        watch(state, report)
        for made in report.decided.moves:
            here = (made >= 0) & state.running
            np.add.at(moves, (made[here], np.flatnonzero(here)), 1)
        state = after
        shown.append(state.values)
    return Played(np.array(shown), np.array(warned), moves, state)


def warning(reading: Reading, ending: int) -> np.ndarray:
    """Whether the warning of an ending holds, [games]."""
    when = rules().tables.endings[ending].warn_when
    return np.zeros(reading.values.shape[1], dtype=bool) if when is None else reading.holds(when)


def achieved(goals: np.ndarray, level: str = "achieved") -> dict[str, np.ndarray]:
    """Priority -> [games] of bool: whether all its goals are at that level."""
    ids = [goal.id for goal in scenario().document.goals]
    return {p.id: np.all([goals[ids.index(g)] >= getattr(levels, level) for g, levels in p.goals.items()], axis=0)
            for p in scenario().document.priorities}


def in_crisis(values: np.ndarray) -> dict[str, np.ndarray]:
    """Indicator -> [games] of bool: at or beyond its crisis level."""
    found = {}
    for indicator in scenario().document.indicators:
        if indicator.crisis is not None:
            value = values[row(indicator.variable)]
            found[indicator.variable] = value < indicator.crisis if indicator.good == "up" else value > indicator.crisis
    return found


def with_start(name: str, level: float, settles: str | None) -> Rules:
    """The rules with another start of a variable, and the one at which it settles moved by as much."""
    variables = list(rules().tables.variables)
    old = variables[row(name)]
    variables[row(name)] = replace(old, start=(level,) * 4)
    if settles is not None:
        base, distance = variables[row(settles)], ("number", level - old.start[-1])
        variables[row(settles)] = replace(base, formula=("add", base.formula, distance))
    return compile_rules(replace(rules().tables, variables=tuple(variables)))
