"""Depth, measured: what looking ahead is worth against looking at the bars, and whether each option has its day.

The planner's games are watched: for every card on the desk it says what each option is worth, in expected
utility against the default. From that come the depth gap, options never or always taken, cards without
consequence and dominated options. All figures are sums over games, so pieces of work add up.
Read next: balance.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.decisions import Decisions
from game.engine.formulas import Reading
from game.engine.state import NONE, State
from game.engine.tables import Rules
from game.outlook.policies import Planner, candidates, policy_named, take
from game.outlook.policies.candidates import Candidates
from game.outlook.study import Stop, Study, play_games
from game.outlook.utility import weights_of

GAP_BARS, GAP_TOTAL, GAP_ERROR = 0.30, 0.15, 0.03  # the gate of a shipped scenario
ALWAYS, NEVER = 0.90, 0.05  # shares of showings in which the planner takes an option
SHOWN = 100  # showings from which a share counts
NEARLY = 0.05  # points of utility: less is no difference to anybody
AS_GOOD = 0.98  # of showings in which a dominating option is at least nearly as good
DOMINATED_SHOWN = 30
ERRORS = 2.0  # standard errors by which things must differ to count as different


# --- what is watched in the planner's games

class Watch:
    """Sums over showings of cards: for options x, y of a card, d = worth of y - worth of x, where both are open.

    n, near (d >= -NEARLY), total and square: [cards, choices, choices]; disagree, shown: [cards] how often bars
    would have chosen otherwise.
    """

    def __init__(self, study: Study) -> None:
        cards, choices = study.rules.choices.exists[:-1].shape
        self.n, self.near = (np.zeros((cards, choices, choices), dtype=np.int64) for _ in range(2))
        self.total, self.square = (np.zeros((cards, choices, choices)) for _ in range(2))
        self.disagree, self.shown = (np.zeros(cards, dtype=np.int64) for _ in range(2))

    def add(self, rules: Rules, state: State, found: Candidates, worth: np.ndarray, wanted: Decisions,
            other: Decisions) -> None:
        choices = self.n.shape[1]
        for place, card in enumerate(state.agenda):
            here = np.flatnonzero(state.running & (card != NONE))
            values = np.full((choices, len(here)), np.nan)
            values[rules.choices.default[card[here]], np.arange(len(here))] = 0.0
            for n, thing in enumerate(found.things):
                if thing[:2] == ("choice", place):
                    values[thing[2]] = np.where(found.open[n, here], worth[n, here], values[thing[2]])
            apart = values[None] - values[:, None]  # [x, y, showings]
            both = np.isfinite(apart)
            for sums, what in ((self.n, both), (self.near, both & (np.nan_to_num(apart) >= -NEARLY)),
                               (self.total, np.nan_to_num(apart)), (self.square, np.nan_to_num(apart) ** 2)):
                np.add.at(sums, card[here], np.moveaxis(what, 2, 0))
            taken, others = (np.where(d.choices[place] == NONE, rules.choices.default[card], d.choices[place])[here]
                             for d in (wanted, other))
            np.add.at(self.shown, card[here], 1)
            np.add.at(self.disagree, card[here], taken != others)

    def plain(self) -> dict:
        return {"n": self.n.tolist(), "near": self.near.tolist(), "total": np.round(self.total, 6).tolist(),
                "square": np.round(self.square, 6).tolist(), "disagree": self.disagree.tolist(),
                "shown": self.shown.tolist()}


def planner_games(study: Study, pair: int, first: int, games: int, stop: Stop) -> dict | None:
    """Games by the planner for one set of priorities, as plain data with what was watched; None if stopped."""
    watch = Watch(study)
    value = Planner(weights_of(study.scenario, study.pairs[pair]), study.rollouts, study.horizon)
    bars = policy_named("bars", study.scenario, study.rules)

    def decide(rules: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
        found = candidates(rules, state, reading)
        worth = value(rules, state, found)
        wanted = take(rules, state, found, worth)
        watch.add(rules, state, found, worth, wanted, bars(rules, state, reading, dice))
        return wanted
    result = play_games(study, decide, first, games, stop)
    return result and {**result, "watch": watch.plain()}


# --- figures

@dataclass(frozen=True)
class Gap:
    """(planner - bot) / (planner - random), and its standard error; nan where the planner is no better."""

    value: float
    error: float


def gap(planner: np.ndarray, bot: np.ndarray, chance: np.ndarray) -> Gap:
    """From utilities [pairs, games] on the same seeds, pooled over pairs; games are what varies."""
    above, range_ = (planner - bot).mean(axis=0), (planner - chance).mean(axis=0)
    if len(range_) < 2 or range_.mean() <= 0.0:
        return Gap(float("nan"), float("nan"))
    ratio = above.mean() / range_.mean()
    spread = np.std(above - ratio * range_, ddof=1) / np.sqrt(len(range_))
    return Gap(float(ratio), float(spread / range_.mean()))


@dataclass(frozen=True)
class Watched:
    """The sums of `Watch` for each set of priorities, [pairs, cards, choices, choices], and of Counts [cards, ..]."""

    n: np.ndarray
    near: np.ndarray
    total: np.ndarray
    square: np.ndarray
    disagree: np.ndarray  # [cards]
    shown: np.ndarray  # [cards]
    open: np.ndarray  # [cards, choices]
    taken: np.ndarray  # [cards, choices]

    @property
    def mean(self) -> np.ndarray:
        return self.total / np.maximum(self.n, 1)

    @property
    def error(self) -> np.ndarray:
        """Standard errors of the means; 0 below two showings."""
        count = np.maximum(self.n, 1)
        spread = np.maximum(self.square / count - self.mean ** 2, 0.0)
        return np.sqrt(spread / np.maximum(count - 1, 1))


def shares(watched: Watched) -> np.ndarray:
    """How often the planner takes an option when it is open, [cards, choices]; nan below SHOWN showings."""
    return np.where(watched.open >= SHOWN, watched.taken / np.maximum(watched.open, 1), np.nan)


def without_consequence(watched: Watched, default: np.ndarray) -> list[tuple[int, float, float]]:
    """Cards whose best and worst options differ by less than two standard errors for every set of priorities:
    (card, largest difference, its standard error)."""
    found = []
    for card in range(watched.n.shape[1]):
        seen = watched.n[:, card, default[card]]  # [pairs, choices] against the default
        apart, errors = [], []
        for pair in np.flatnonzero(seen.max(axis=1) >= 2):
            there = np.flatnonzero(seen[pair] >= 2)
            against = watched.mean[pair, card, default[card], there]
            worst, best = there[np.argmin(against)], there[np.argmax(against)]
            apart.append(abs(watched.mean[pair, card, worst, best]))
            errors.append(watched.error[pair, card, worst, best])
        if apart and all(a <= max(ERRORS * e, 1e-9) for a, e in zip(apart, errors, strict=True)):
            most = int(np.argmax(apart))
            found.append((card, float(apart[most]), float(errors[most])))
    return found


def dominated(watched: Watched) -> list[tuple[int, int, int, float, int]]:
    """Options that another beats whatever is wanted: (card, option, better one, by how much, showings).

    For every set of priorities the other is nearly as good or better in almost all showings, and better on the mean.
    """
    found = []
    _, cards, choices, _ = watched.n.shape
    for card in range(cards):
        for x in range(choices):
            for y in range(choices):
                n = watched.n[:, card, x, y]
                if x == y or n.sum() < DOMINATED_SHOWN or (n < 2).any():
                    continue
                mean, error = watched.mean[:, card, x, y], watched.error[:, card, x, y]
                good = watched.near[:, card, x, y] >= AS_GOOD * n
                pooled = watched.total[:, card, x, y].sum() / n.sum()
                if good.all() and (mean >= -ERRORS * error).all() and (mean > ERRORS * error).any() and pooled > NEARLY:
                    found.append((card, x, y, float(pooled), int(n.sum())))
    return found
