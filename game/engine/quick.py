"""Three steps over tables [things, games] for which numpy's own way is slow where there are many games.

Which way is taken changes nothing but the time; up to MANY games numpy's own is faster (measured).
"""

from __future__ import annotations

import numpy as np

MANY = 200


def running_sums(x: np.ndarray) -> np.ndarray:
    """Sums of the first thing, the first two, the first three... [things, .., games], added one after the other."""
    if x.shape[-1] <= MANY:
        return np.add.accumulate(x, 0)
    sums = np.empty_like(x)
    sums[:1] = x[:1]
    for before, more, total in zip(sums, x[1:], sums[1:], strict=False):
        np.add(before, more, total)
    return sums


def first_true(truths: np.ndarray, axis: int) -> np.ndarray:
    """Place of the first truth along an axis that is not the last one; there must be one."""
    count = truths.shape[axis]
    if truths.shape[-1] <= MANY:
        return truths.argmax(axis)
    shape = [1] * truths.ndim
    shape[axis] = count
    left = np.arange(count, 0, -1, dtype=np.int16).reshape(shape)  # the earlier, the more
    return count - np.maximum.reduce(truths * left, axis)


def by_game(truths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Game and thing of every truth in [things, games], in the order of games and then of things."""
    if truths.shape[1] <= MANY:
        return truths.T.nonzero()
    return np.divmod(np.ascontiguousarray(truths.T).reshape(-1).nonzero()[0], len(truths))
