"""Effects on their way: what will land in which turn, in the order in which it was decided.

Few of all possible arrivals happen, so they are kept as lists by turn and not as a table of turns and columns: a turn
adds its own and takes out the list of those that land. As a table they are the ring that saves hold.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

Lot = tuple[np.ndarray, np.ndarray]  # arrivals of one turn: place [arrivals] column * games + game, amount [arrivals]


class Arrivals(NamedTuple):
    """`columns` are kinds of effects (Rules.columns); no arrival is further away than `delays` - 1 turns."""

    delays: int
    columns: int
    games: int
    lots: dict[int, tuple[Lot, ...]]  # by turn; never changed

    def plus(self, lots: dict[int, Lot]) -> Arrivals:
        """With more arrivals, by turn."""
        found = dict(self.lots)
        for turn, lot in lots.items():
            found[turn] = (*found.get(turn, ()), lot)
        return self._replace(lots=found)

    def split(self, turn: int, ended: np.ndarray) -> tuple[np.ndarray, Arrivals]:
        """Sums of what lands in a turn [columns, games], each added up in the order of decisions, and what lands later.

        Nothing older may be on its way but in games that have `ended` [numbers]: for these all stays on its way.
        """
        later, (place, amount) = dict(self.lots), _joined(self.lots.get(turn, ()))
        later.pop(turn, None)
        if len(ended) and len(place):
            running = np.ones(self.games, dtype=bool)
            running[ended] = False
            here = running[place % self.games]
            later[turn] = ((place[~here], amount[~here]),)
            place, amount = place[here], amount[here]
        return _sums(place, amount, (self.columns, self.games)), self._replace(lots=later)

    def of_games(self, chosen: np.ndarray) -> Arrivals:
        """What is on its way in the games `chosen`; a game may come more than once."""
        return Arrivals(self.delays, self.columns, len(chosen), {
            turn: (_picked(_joined(lots), self.games, chosen),) for turn, lots in self.lots.items()})

    def ring(self) -> np.ndarray:
        """As a table [delays, columns, games]: what lands in turn t is at t % delays."""
        shape = (self.delays, self.columns, self.games)
        ring = np.zeros(shape)
        for turn, lots in self.lots.items():
            ring[turn % self.delays] += _sums(*_joined(lots), shape[1:])
        return ring


def of_ring(ring: np.ndarray, turn: int) -> Arrivals:
    """What is on its way in a table [delays, columns, games] as `ring` makes it, when `turn` has not yet landed."""
    delays, columns, games = ring.shape
    lots = {}
    for later in range(turn, turn + delays):
        amounts = ring[later % delays].reshape(-1)
        place = amounts.nonzero()[0]
        if len(place):
            lots[later] = ((place, amounts[place]),)
    return Arrivals(delays, columns, games, lots)


def _joined(lots: tuple[Lot, ...]) -> Lot:
    """All of a turn in one, in order."""
    if len(lots) == 1:
        return lots[0]
    if not lots:
        return np.zeros(0, dtype=np.intp), np.zeros(0)
    return np.concatenate([place for place, _ in lots]), np.concatenate([amount for _, amount in lots])


def _picked(lot: Lot, games: int, chosen: np.ndarray) -> Lot:
    """The arrivals of the games `chosen`, numbered anew."""
    place, amount = lot
    game = place % games
    order = np.argsort(game, kind="stable")
    ends = np.searchsorted(game[order], np.arange(games + 1))
    count = ends[chosen + 1] - ends[chosen]
    found = order[spans(ends[chosen], count)]
    return place[found] // games * len(chosen) + np.arange(len(chosen)).repeat(count), amount[found]


def _sums(place: np.ndarray, amount: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Amounts added up by flat place, one after the other as they stand; without any, bincount would give integers."""
    return np.bincount(place, amount, math.prod(shape)).astype(np.float64, copy=False).reshape(shape)


def spans(first: np.ndarray, count: np.ndarray) -> np.ndarray:
    """`count` numbers from each `first` on, one span after the other."""
    ends = count.cumsum()
    found = np.arange(ends[-1] if len(ends) else 0)
    found += (first - ends + count).repeat(count)
    return found
