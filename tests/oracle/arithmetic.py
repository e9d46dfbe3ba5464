"""The oracle's numbers: exp, ln and the rest on one Python float at a time, and the value of a formula.

The oracle is a second, slow description of the rules, written from the design to be read. It shares with the
engine the compiled tables, the dice (`luck.uniforms`) and the constants of its polynomials, and no rule.
A Python float is the same IEEE 754 double as numpy's, so results can be compared to the bit.
Read next: quarter.py.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence

from game.engine.expr import LEAVES, Node
from game.engine.numbers import (
    EXP_LIMIT,
    EXP_TERMS,
    LN2_HIGH,
    LN2_LOW,
    LN_TERMS,
    NORMAL_A,
    NORMAL_B,
    NORMAL_C,
    NORMAL_D,
    NORMAL_TAIL,
    SQRT_HALF,
)

LOG2_E = 1.4426950408889634
SMALLEST_NORMAL = 2.0**-1022


def clamp(x: float, low: float, high: float) -> float:
    """x held within [low, high], and zero always as +0."""
    return min(max(x, low), high) + 0.0


def horner(x: float, highest_first: Sequence[float]) -> float:
    total = highest_first[0]
    for coefficient in highest_first[1:]:
        total = total * x + coefficient
    return total


def exp(x: float) -> float:
    """e^x = 2^k e^r with r small."""
    x = clamp(x, -EXP_LIMIT, EXP_LIMIT)
    k = math.floor(x * LOG2_E + 0.5)
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    return math.ldexp(horner(r, EXP_TERMS[::-1]), k)


def ln(x: float) -> float:
    """x = 2^k m with m around 1; ln m by its series in (m - 1) / (m + 1)."""
    m, k = math.frexp(max(x, SMALLEST_NORMAL))
    if m < SQRT_HALF:
        m, k = 2.0 * m, k - 1
    s = (m - 1.0) / (m + 1.0)
    return k * LN2_HIGH + (2.0 * s * horner(s * s, LN_TERMS[::-1]) + k * LN2_LOW)


def power(a: float, b: float) -> float:
    return exp(b * ln(a)) if a > 0.0 else 0.0


def logistic(x: float) -> float:
    return 1.0 / (1.0 + exp(-x))


def curve(x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    """Straight lines between points, flat outside; every point is met exactly."""
    right = bisect_right(xs, x)
    if right == 0:
        return ys[0]
    if right == len(xs):
        return ys[-1]
    left = right - 1
    slope = (ys[right] - ys[left]) / (xs[right] - xs[left])
    return ys[left] + (x - xs[left]) * slope


def normal(u: float) -> float:
    """The standard normal value below which a share u lies; dice of 0 count as half of the smallest step."""
    u = clamp(u, 2.0**-54, 1.0 - 2.0**-53)
    tail = min(u, 1.0 - u)
    if tail < NORMAL_TAIL:
        t = math.sqrt(-2.0 * ln(tail))
        value = horner(t, NORMAL_C) / horner(t, NORMAL_D)
        return value if u < 0.5 else -value
    q = u - 0.5
    return q * horner(q * q, NORMAL_A) / horner(q * q, NORMAL_B)


def folded(step: Callable[[float, float], float]) -> Callable[..., float]:
    def over(first: float, *others: float) -> float:
        for other in others:
            first = step(first, other)
        return first
    return over


OPERATIONS: dict[str, Callable[..., float]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
    "neg": lambda a: -a, "not": lambda a: float(a == 0.0),
    "lt": lambda a, b: float(a < b), "le": lambda a, b: float(a <= b), "gt": lambda a, b: float(a > b),
    "ge": lambda a, b: float(a >= b), "eq": lambda a, b: float(a == b), "ne": lambda a, b: float(a != b),
    "and": lambda a, b: float(a != 0.0 and b != 0.0), "or": lambda a, b: float(a != 0.0 or b != 0.0),
    "min": folded(min), "max": folded(max), "abs": abs, "sqrt": lambda a: math.sqrt(max(a, 0.0)),
    "ln": ln, "exp": exp, "pow": power, "logistic": logistic,
    "ratio": lambda a, b, otherwise: otherwise if b == 0.0 else a / b,
}


def evaluate(node: Node, read: Callable[[Node], float]) -> float:
    """The value of a formula; `read` gives what its leaves stand for. Conditions are 1.0 or 0.0."""
    kind = node[0]
    if kind == "number":
        return float(node[1])
    if kind in LEAVES:
        return read(node)
    if kind == "curve":
        return curve(evaluate(node[1], read), node[2], node[3])
    if kind == "if":
        return evaluate(node[2] if evaluate(node[1], read) != 0.0 else node[3], read)
    return OPERATIONS[kind](*[evaluate(part, read) for part in node[1:]])
