"""How the stocks moved: all at once, from the flows as they stand (explicit Euler, a step of one quarter).

Passes.resolve computes it; here is what a turn tells of it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.engine.tables import Rules


class Step(NamedTuple):
    """How one stock moved: flows [flows, games] as they really ran, level before and after the range."""

    flows: np.ndarray
    free_level: np.ndarray
    level: np.ndarray


class Steps(NamedTuple):
    """How all stocks moved: [all flows, games], [stocks, games], in the order of the tables."""

    first: tuple[int, ...]  # flow of each stock, and where the last one's end
    flows: np.ndarray
    free_level: np.ndarray
    level: np.ndarray

    def of(self, number: int) -> Step:
        """How one stock moved."""
        own = slice(self.first[number], self.first[number + 1])
        return Step(self.flows[own], self.free_level[number], self.level[number])


def first_flows(rules: Rules) -> tuple[int, ...]:
    first = [0]
    for stock in rules.tables.stocks:
        first.append(first[-1] + len(stock.flows))
    return tuple(first)
