"""Effects on their way: what will land in which turn, in the order in which it was decided.

Few of all possible arrivals happen, so they are kept as a list and not as a table of turns and columns; a turn
adds its own at the end and takes out those that land. As a table they are the ring that saves hold.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np


class Arrivals(NamedTuple):
    """`columns` are kinds of effects (Rules.columns); no arrival is further away than `delays` - 1 turns."""

    delays: int
    columns: int
    games: int
    address: np.ndarray  # [arrivals] (turn * columns + column) * games + game
    amount: np.ndarray  # [arrivals]

    def plus(self, address: np.ndarray, amount: np.ndarray) -> Arrivals:
        """With more arrivals."""
        return self._with(np.concatenate((self.address, address)), np.concatenate((self.amount, amount)))

    def split(self, turn: int, ended: np.ndarray) -> tuple[np.ndarray, Arrivals]:
        """Sums of what lands in a turn [columns, games], each added up in the order of decisions, and what lands later.

        Nothing older may be on its way but in games that have `ended` [numbers]: for these all stays on its way.
        """
        size = self.columns * self.games
        now = self.address < (turn + 1) * size
        if len(ended):
            running = np.ones(self.games, dtype=bool)
            running[ended] = False
            now &= running[self.address % self.games]
        later, here = (~now).nonzero()[0], now.nonzero()[0]
        sums = _sums(self.address.take(here) - turn * size, self.amount.take(here), (self.columns, self.games))
        return sums, self._with(self.address.take(later), self.amount.take(later))

    def of_games(self, chosen: np.ndarray) -> Arrivals:
        """What is on its way in the games `chosen`; a game may come more than once."""
        game = self.address % self.games
        order = np.argsort(game, kind="stable")
        ends = np.searchsorted(game[order], np.arange(self.games + 1))
        count = ends[chosen + 1] - ends[chosen]
        found = order[spans(ends[chosen], count)]
        address = self.address[found] // self.games * len(chosen) + np.arange(len(chosen)).repeat(count)
        return Arrivals(self.delays, self.columns, len(chosen), address, self.amount[found])

    def ring(self) -> np.ndarray:
        """As a table [delays, columns, games]: what lands in turn t is at t % delays."""
        shape = (self.delays, self.columns, self.games)
        return _sums(self.address % math.prod(shape), self.amount, shape)

    def _with(self, address: np.ndarray, amount: np.ndarray) -> Arrivals:
        return Arrivals(self.delays, self.columns, self.games, address, amount)


def of_ring(ring: np.ndarray, turn: int) -> Arrivals:
    """What is on its way in a table [delays, columns, games] as `ring` makes it, when `turn` has not yet landed."""
    delays, columns, games = ring.shape
    place, column, game = np.nonzero(ring)
    address = ((turn + (place - turn) % delays) * columns + column) * games + game
    return Arrivals(delays, columns, games, address, ring[place, column, game])


def _sums(place: np.ndarray, amount: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Amounts added up by flat place, one after the other as they stand; without any, bincount would give integers."""
    return np.bincount(place, amount, math.prod(shape)).astype(np.float64, copy=False).reshape(shape)


def spans(first: np.ndarray, count: np.ndarray) -> np.ndarray:
    """`count` numbers from each `first` on, one span after the other."""
    ends = count.cumsum()
    found = np.arange(ends[-1] if len(ends) else 0)
    found += (first - ends + count).repeat(count)
    return found
