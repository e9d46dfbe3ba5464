"""Interval arithmetic: between what bounds can a formula lie, given the declared ranges of what it reads?

Used to prove that no denominator can be 0. An interval is a pair (low, high); infinities mean "not known".
Read next: verbs.py.
"""

from __future__ import annotations

import math

Interval = tuple[float, float]
ANY: Interval = (-math.inf, math.inf)
TRUTH: Interval = (0.0, 1.0)
EXP_LIMIT = 700.0  # as in the engine's exp


def add(a: Interval, b: Interval) -> Interval:
    return _hull([a[0] + b[0], a[1] + b[1]])


def sub(a: Interval, b: Interval) -> Interval:
    return add(a, neg(b))


def neg(a: Interval) -> Interval:
    return -a[1], -a[0]


def mul(a: Interval, b: Interval) -> Interval:
    return _hull([_times(x, y) for x in a for y in b])


def div(a: Interval, b: Interval) -> Interval:
    if b[0] <= 0.0 <= b[1]:
        return ANY
    return mul(a, (1.0 / b[1], 1.0 / b[0]))


def ratio(a: Interval, b: Interval, otherwise: Interval) -> Interval:
    return union(div(a, b), otherwise)


def union(*intervals: Interval) -> Interval:
    return min(i[0] for i in intervals), max(i[1] for i in intervals)


def choose(_: Interval, a: Interval, b: Interval) -> Interval:
    return union(a, b)


def smallest(*intervals: Interval) -> Interval:
    return min(i[0] for i in intervals), min(i[1] for i in intervals)


def largest(*intervals: Interval) -> Interval:
    return max(i[0] for i in intervals), max(i[1] for i in intervals)


def absolute(a: Interval) -> Interval:
    if a[0] <= 0.0 <= a[1]:
        return 0.0, max(-a[0], a[1])
    return min(abs(a[0]), abs(a[1])), max(abs(a[0]), abs(a[1]))


def root(a: Interval) -> Interval:
    return math.sqrt(max(a[0], 0.0)), math.sqrt(max(a[1], 0.0))


def exp(a: Interval) -> Interval:
    return _exp(a[0]), _exp(a[1])


def ln(a: Interval) -> Interval:
    tiny = 2.3e-308  # the engine's floor
    return math.log(max(a[0], tiny)), math.log(max(a[1], tiny))


def logistic(a: Interval) -> Interval:
    return 1.0 / (1.0 + _exp(-a[0])), 1.0 / (1.0 + _exp(-a[1]))


def power(a: Interval, b: Interval) -> Interval:
    """The engine's pow is 0 where a is not positive."""
    if a[0] <= 0.0:
        return 0.0, math.inf
    return exp(mul(b, ln(a)))


def truth(*_: Interval) -> Interval:
    return TRUTH


def times_four(a: Interval) -> Interval:
    """A sum over four quarters."""
    return 4.0 * a[0], 4.0 * a[1]


def _exp(x: float) -> float:
    return math.exp(min(max(x, -EXP_LIMIT), EXP_LIMIT))


def _times(x: float, y: float) -> float:
    return 0.0 if x == 0.0 or y == 0.0 else x * y


def _hull(values: list[float]) -> Interval:
    if any(math.isnan(v) for v in values):
        return ANY
    return min(values), max(values)
