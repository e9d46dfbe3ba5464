"""A study: one scenario played by many bots on the same seeds, as pieces of work whose results can be kept.

A `Study` says what is played. `play_games` plays one piece with a policy and counts; the results are plain
data (numbers and lists), so that they can be written to a file, added up in any order and read again.
Read next: depth.py, then balance.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields

import numpy as np

from game.content import Scenario
from game.engine.decisions import options
from game.engine.state import NONE, State
from game.engine.tables import Rules, compile_rules
from game.engine.turn import Report, begin, play, reading_of
from game.outlook.policies import Policy, bot_dice, policy_named
from game.outlook.policies.looking import HORIZON, ROLLOUTS
from game.outlook.simulate import default_difficulty, difficulty_values
from game.outlook.utility import priority_pairs, utility, weights_of
from game.outlook.workers import Stop


def name_of(piece: tuple) -> str:
    """The name under which the result of a piece of a study is kept."""
    return "/".join(map(str, piece))


@dataclass(frozen=True)
class Study:
    """`pairs` are sets of priorities; `depth_games` games of each by the bots that look ahead."""

    scenario: Scenario
    seed: int
    length: str
    difficulty: str
    games: int  # of each bot that decides quickly
    depth_games: int
    rollouts: int = ROLLOUTS
    horizon: int = HORIZON
    rules: Rules = field(init=False)
    parameters: dict[int, float] = field(init=False)
    pairs: tuple[tuple[str, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        values = difficulty_values(self.scenario, self.difficulty or None)
        for name, value in (("rules", compile_rules(self.scenario.tables)),
                            ("parameters", {self.scenario.row(v): float(x) for v, x in values.items()}),
                            ("pairs", tuple(priority_pairs(self.scenario)))):
            object.__setattr__(self, name, value)

    def __reduce__(self) -> tuple:
        """Sent to another process without what follows from the rest."""
        return Study, tuple(getattr(self, part.name) for part in fields(self) if part.init)

    @property
    def turns(self) -> int:
        return self.scenario.document.lengths[self.length].turns

    def policy(self, name: str, priorities: tuple[str, ...] = ()) -> Policy:
        return policy_named(name, self.scenario, self.rules, priorities)

    def begin(self, first: int, games: int) -> State:
        return begin(self.rules, self.seed, games, first, self.turns, self.parameters)

    def utilities(self, state: State) -> np.ndarray:
        """What the games reached for each set of priorities, [pairs, games]."""
        reading = reading_of(self.rules, state)
        return np.array([utility(self.rules, reading, weights_of(self.scenario, pair)) for pair in self.pairs])

    def key(self) -> dict:
        """What results depend on: results with another key must not be mixed with these."""
        return {"scenario": self.scenario.document.id, "fingerprint": self.scenario.fingerprint, "seed": self.seed,
                "length": self.length, "difficulty": self.difficulty or default_difficulty(self.scenario),
                "games": self.games, "depth_games": self.depth_games, "rollouts": self.rollouts,
                "horizon": self.horizon}


class Counts:
    """What cards and endings did in one piece of work: [cards, choices] open when shown, taken; firsts by game."""

    def __init__(self, study: Study, first: int) -> None:
        shape = study.rules.choices.exists[:-1].shape
        self.first_game = first
        self.open, self.taken = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        self.lapsed = np.zeros(shape[0], dtype=np.int64)
        self.firsts: dict[int, int] = {}  # card -> number of a game that showed it

    def add(self, study: Study, state: State, report: Report) -> None:
        may = options(study.rules, state, reading_of(study.rules, state)).of_cards(state.agenda)
        for place, card in enumerate(state.agenda):
            here = np.flatnonzero(state.running & (card != NONE))
            np.add.at(self.open, card[here], may[place][:, here].T)
            np.add.at(self.taken, (card[here], report.decided.choices[place][here]), 1)
            for c, at in zip(*np.unique(card[here], return_index=True), strict=True):
                self.firsts.setdefault(int(c), self.first_game + int(here[at]))
        for card in state.lapsing:
            np.add.at(self.lapsed, card[state.running & (card != NONE)], 1)

    def plain(self) -> dict:
        return {"open": self.open.tolist(), "taken": self.taken.tolist(), "lapsed": self.lapsed.tolist(),
                "firsts": {str(card): game for card, game in self.firsts.items()}}


def play_games(study: Study, policy: Policy, first: int, games: int, stop: Stop,
               see: Callable[[State, Report], None] | None = None) -> dict | None:
    """Games first .. first + games - 1 as plain data; None if stopped. `see` watches every turn.

    utilities [pairs][games], finals [indicators][games], ended [games] (index of an ending), and the counts.
    """
    state, counts = study.begin(first, games), Counts(study, first)
    bound, stocks = np.zeros(state.values.shape, dtype=bool), [stock.row for stock in study.rules.tables.stocks]
    while state.running.any():
        if stop():
            return None
        wanted = policy(study.rules, state, reading_of(study.rules, state), bot_dice(study.rules, state))
        after, report = play(study.rules, state, wanted)
        counts.add(study, state, report)
        bound[stocks] |= (report.steps.level != report.steps.free_level + 0.0) & state.running
        if see is not None:
            see(state, report)
        state = after
    rows = [study.scenario.row(i.variable) for i in study.scenario.document.indicators]
    return {"first": first, "games": games, "utilities": np.round(study.utilities(state), 6).tolist(),
            "finals": [[float(f"{x:.6g}") for x in values] for values in state.closing[rows]],
            "ended": state.ended.tolist(), "bound": bound.sum(axis=1).tolist(), **counts.plain()}
