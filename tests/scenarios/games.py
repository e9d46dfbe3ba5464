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

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
FOLDER = SCENARIOS / "mongolia-2011"
TURNS = 12


@cache
def _loaded(name: str) -> Scenario:
    return load(SCENARIOS / name)


@cache
def _compiled(name: str) -> Rules:
    return compile_rules(_loaded(name).tables)


@dataclass(frozen=True)
class World:
    """A shipped scenario played for so many turns; it is loaded when it is first asked for something."""

    id: str
    turns: int

    @property
    def scenario(self) -> Scenario:
        return _loaded(self.id)

    @property
    def rules(self) -> Rules:
        return _compiled(self.id)

    def row(self, name: str) -> int:
        return self.scenario.row(name)

    def opening(self, games: int, seed: int, difficulty: str = "historic", first: int = 0,
                other: dict[int, float] | None = None) -> State:
        """Games first .. first + games - 1; `other` replaces values of parameters once more, by row."""
        parameters = {**parameters_of(self.scenario, difficulty), **(other or {})}
        return begin(self.rules, seed, games, first, self.turns, parameters)

    def goals(self, state: State) -> np.ndarray:
        """[goals, games] as they stand."""
        reading = reading_of(self.rules, state)
        return np.array([reading.number(node) for node in self.rules.tables.goals])

    def lost(self, state: State) -> np.ndarray:
        """[games] of bool: ended in defeat."""
        return np.isin(state.ended, [e for e, ending in enumerate(self.rules.tables.endings) if ending.kind == DEFEAT])


LESSON = World("mongolia-2011", TURNS)


def scenario() -> Scenario:
    return LESSON.scenario


def rules() -> Rules:
    return LESSON.rules


def row(name: str) -> int:
    return LESSON.row(name)


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
        return LESSON.goals(self.state)

    def defeats(self) -> np.ndarray:
        """[games] of bool."""
        return LESSON.lost(self.state)


def play_out(policy: Policy, games: int, seed: int = 1, difficulty: str = "historic", turns: int = TURNS,
             rule: Rules | None = None,
             watch: Callable[[State, Report], None] = lambda state, report: None) -> Played:
    """Games to their end, under the scenario's rules or others; `watch` sees every turn."""
    rule = rule or rules()
    state = opening(games, seed, difficulty, turns, rule)
    shown, warned, moves = [state.values], [], np.zeros((len(rule.tables.moves), games), dtype=int)
    while state.running.any():
        reading = reading_of(rule, state)
        warned.append(threats(rule, state, reading))
        after, report = play(rule, state, policy(rule, state, reading, bot_dice(rule, state)))
        watch(state, report)
        for made in report.decided.moves:
            here = (made >= 0) & state.running
            np.add.at(moves, (made[here], np.flatnonzero(here)), 1)
        state = after
        shown.append(state.values)
    return Played(np.array(shown), np.array(warned), moves, state)


def threats(rule: Rules, state: State, reading: Reading) -> np.ndarray:
    """[endings, games] of bool: whether the screen warns of an ending, as game/view/alarms.py does for one game."""
    found = np.zeros((len(rule.tables.endings), state.games), dtype=bool)
    for e, ending in enumerate(rule.tables.endings):
        if ending.kind == DEFEAT:
            found[e] = state.ending_turns[e] > 0
            if ending.warn_when is not None:
                found[e] |= reading.holds(ending.warn_when)
    return found & state.running


def achieved(goals: np.ndarray, world: World = LESSON) -> dict[str, np.ndarray]:
    """Priority -> [games] of bool: whether all its goals are at the level "achieved"."""
    document = world.scenario.document
    ids = [goal.id for goal in document.goals]
    return {p.id: np.all([goals[ids.index(g)] >= levels.achieved for g, levels in p.goals.items()], axis=0)
            for p in document.priorities}


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
