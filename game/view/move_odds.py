"""How likely each move of another actor is this quarter, computed from the engine's own rules without a throw.

An actor makes its most appealing moves: a move's score is its appeal plus temper times a number in [-1, 1); it is
made if its own odds hold, its score is above 0, and fewer than `attention` others of that actor score higher. Given
one move's number, the others are independent, so the chance is an integral of a piecewise polynomial, which
Gauss-Legendre quadrature gives exactly. `engine/actors.py` is what this describes. Used by neighbours.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from game.engine.formulas import Reading
from game.engine.state import State
from game.engine.tables import Rules

POINTS = 12  # of the quadrature: exact for up to 23 rivals, and nearly so for more


@dataclass(frozen=True)
class Bid:
    """A move as it stands this quarter; `open`: its condition holds and it is not too soon after the last time."""

    move: int
    open: bool
    odds: float  # 0-1, 1 without odds of its own
    appeal: float


def bids(rules: Rules, state: State, reading: Reading, actor: int) -> list[Bid]:
    """All moves of an actor, in the order in which ties are broken. `state` holds one game."""
    found = []
    for m, move in enumerate(rules.tables.moves):
        if move.actor == actor:
            rested = int(state.moved[m, 0]) <= state.turn - move.cooldown
            odds = 1.0 if move.odds is None else min(max(float(reading.number(move.odds)[0]), 0.0), 1.0)
            found.append(Bid(m, rested and bool(reading.holds(move.when)[0]) and bool(state.running[0]), odds,
                             float(reading.number(move.appeal)[0])))
    return found


def chance(own: Bid, all_bids: Sequence[Bid], temper: float, attention: int) -> float:
    """The probability that the move is made this quarter."""
    if not own.open or own.odds == 0.0 or attention == 0:
        return 0.0
    others = [bid for bid in all_bids if bid.open and bid.move != own.move]
    if temper == 0.0:
        ahead = [[bid.odds] for bid in others if (-bid.appeal, bid.move) < (-own.appeal, own.move)]
        return own.odds * _fewer(np.array(ahead).reshape(-1, 1), attention)[0] if own.appeal > 0.0 else 0.0
    low, high = max(own.appeal - temper, 0.0), own.appeal + temper
    if high <= low:
        return 0.0
    edges = sorted({low, high, *(edge for bid in others for edge in (bid.appeal - temper, bid.appeal + temper)
                                 if low < edge < high)})
    starts, halves = np.array(edges[:-1])[:, None], 0.5 * np.diff(edges)[:, None]
    nodes, weights = quadrature()
    scores = (starts + halves * (1.0 + nodes)).ravel()
    each = _fewer(_beats(others, scores, temper), attention).reshape(len(halves), POINTS)
    return own.odds * float((each * weights * halves).sum()) / (2.0 * temper)


@cache
def quadrature() -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights of Gauss-Legendre quadrature on [-1, 1], [POINTS] each."""
    return np.polynomial.legendre.leggauss(POINTS)


def _beats(bids: Sequence[Bid], scores: np.ndarray, temper: float) -> np.ndarray:
    """The chance that each of some rivals scores higher [rivals, scores]."""
    appeal, odds = (np.array([[getattr(bid, name)] for bid in bids]).reshape(-1, 1) for name in ("appeal", "odds"))
    return odds * np.minimum(np.maximum((appeal + temper - scores) / (2.0 * temper), 0.0), 1.0)


def _fewer(ahead: np.ndarray, attention: int) -> np.ndarray:
    """The chance that fewer than `attention` rivals are ahead; `ahead` [rivals, scores] is each one's chance."""
    counts = np.zeros((attention, ahead.shape[1]))
    counts[0] = 1.0
    for each in ahead:
        counts[1:] = counts[1:] * (1.0 - each) + counts[:-1] * each
        counts[0] *= 1.0 - each
    return counts.sum(axis=0)


def quiet(all_bids: Sequence[Bid], temper: float) -> float:
    """The probability that the actor makes no move at all this quarter."""
    none = 1.0
    for bid in all_bids:
        if bid.open:
            above = float(_beats([bid], np.zeros(1), temper)[0, 0]) if temper else bid.odds * (bid.appeal > 0.0)
            none *= 1.0 - above
    return none


def with_bid(all_bids: Sequence[Bid], own: Bid, **changes: float) -> tuple[Bid, list[Bid]]:
    """The bids with one changed."""
    changed = replace(own, **changes)
    return changed, [changed if bid.move == own.move else bid for bid in all_bids]
