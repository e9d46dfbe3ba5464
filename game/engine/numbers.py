"""Number functions that give the same bits everywhere.

The rules may use only operations that IEEE 754 rounds exactly (+ - * /, min, max, abs, sqrt, comparisons,
selection), elementwise and in a fixed order. numpy's own exp, log and power differ between processors, so
the functions below build them from exact steps. Arguments and results are float64 arrays of any shape.

Read next: expr.py, which uses these in the formulas of a scenario.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

LN2_HIGH = 6.93147180369123816490e-01  # ln 2 split in two, so that k * LN2_HIGH is exact (Cody and Waite)
LN2_LOW = 1.90821492927058770002e-10
SQRT_HALF = 0.7071067811865476
LEAST, MOST = 2.2250738585072014e-308, 1.7976931348623157e308  # the smallest normal number, the largest number
EXP_LIMIT = 700.0  # exp beyond this leaves float64; formulas of a scenario never need it

# Taylor coefficients 1/n! of exp on [-ln2/2, ln2/2]: what is left out is below 5e-18 there.
EXP_TERMS = tuple(1.0 / f for f in (1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800, 39916800, 479001600,
                                     6227020800))
# ln((1+s)/(1-s)) = 2 (s + s^3/3 + s^5/5 + ...); |s| < 0.1716, so eleven terms reach 1e-17.
LN_TERMS = tuple(1.0 / n for n in range(1, 23, 2))

# Inverse of the normal distribution: rational approximation of P. J. Acklam (2003), relative error 1.2e-9.
NORMAL_A = (-3.969683028665376e01, 2.209460984245205e02, -2.759285104469687e02, 1.383577518672690e02,
            -3.066479806614716e01, 2.506628277459239e00)
NORMAL_B = (-5.447609879822406e01, 1.615858368580409e02, -1.556989798598866e02, 6.680131188771972e01,
            -1.328068155288572e01, 1.0)
NORMAL_C = (-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e00, -2.549732539343734e00,
            4.374664141464968e00, 2.938163982698783e00)
NORMAL_D = (7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00, 3.754408661907416e00, 1.0)
NORMAL_TAIL = 0.02425


def _constant(x: float) -> np.ndarray:
    """An array without dimensions: numpy takes it in half the time that a Python number needs."""
    return np.array(x, dtype=np.float64)


def _coefficients(numbers: tuple[float, ...]) -> tuple[np.ndarray, ...]:
    return tuple(_constant(x) for x in numbers)


# The constants above as arrays, for the steps below.
HALF, ONE, TWO = (_constant(x) for x in (0.5, 1.0, 2.0))
LOW_LIMIT, HIGH_LIMIT, LOG2_E = (_constant(x) for x in (-EXP_LIMIT, EXP_LIMIT, 1.4426950408889634))
HIGH, LOW, ROOT, SMALLEST = (_constant(x) for x in (LN2_HIGH, LN2_LOW, SQRT_HALF, LEAST))
LEAST_DIE, MOST_DIE = _constant(2.0**-54), _constant(1.0 - 2.0**-53)  # what normal() is given instead of 0 and 1
# How IEEE 754 writes a number of 64 bits: the exponent, counted from 1023, stands above 52 bits of the mantissa.
EXPONENT, EXPONENT_OF_ONE = np.array(52, dtype=np.int64), np.array(1023, dtype=np.int64)
BITS_OF_ROOT = ROOT.view(np.int64)
EXP_SERIES, LN_SERIES = _coefficients(EXP_TERMS[::-1]), _coefficients(LN_TERMS[::-1])
INNER, BELOW_INNER, OUTER, BELOW_OUTER = (_coefficients(c) for c in (NORMAL_A, NORMAL_B, NORMAL_C, NORMAL_D))


def _polynomial(x: np.ndarray, coefficients: tuple[np.ndarray, ...]) -> np.ndarray:
    """Horner's rule, highest power first; at least two coefficients."""
    total = x * coefficients[0]
    total += coefficients[1]
    for c in coefficients[2:]:
        total *= x
        total += c
    return total


def exp(x: np.ndarray) -> np.ndarray:
    """e to the power x; x is held within +-700."""
    x = np.fmin(np.fmax(x, LOW_LIMIT), HIGH_LIMIT)
    k = np.floor(x * LOG2_E + HALF)
    x -= k * HIGH
    x -= k * LOW
    result = _polynomial(x, EXP_SERIES)
    result *= ((k.astype(np.int64) + EXPONENT_OF_ONE) << EXPONENT).view(np.float64)  # 2 to the power k
    return result


def ln(x: np.ndarray) -> np.ndarray:
    """Natural logarithm; what is not positive is treated as the smallest normal number, infinity as the largest."""
    bits = np.fmax(x, SMALLEST).view(np.int64)
    k = (bits - BITS_OF_ROOT) >> EXPONENT  # x = 2^k m, m between the roots of 1/2 and 2
    mantissa = (bits - (k << EXPONENT)).view(np.float64)
    k = k.astype(np.float64)
    s = (mantissa - ONE) / (mantissa + ONE)
    result = _polynomial(s * s, LN_SERIES)
    s *= TWO
    result *= s
    result += k * LOW
    k *= HIGH
    result += k
    return result


def power(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """a to the power b for a >= 0; 0 to any power is 0."""
    return np.where(a > 0.0, exp(b * ln(a)), 0.0)


def logistic(x: np.ndarray) -> np.ndarray:
    """1 / (1 + e^-x)."""
    return 1.0 / (1.0 + exp(-x))


def ratio(a: np.ndarray, b: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    """a / b, or `otherwise` where b is 0; too large for a float becomes infinite, which the range then holds."""
    zero = b == 0.0
    with np.errstate(over="ignore"):
        return np.where(zero, otherwise, a / np.where(zero, 1.0, b))


def real(truth: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """1.0 where it holds, 0.0 elsewhere; written on `out` if given."""
    if out is None:
        return truth.astype(np.float64)
    np.copyto(out, truth)
    return out


def curve_slopes(xs: tuple[float, ...], ys: tuple[float, ...]) -> list[float]:
    """Slope of each piece between two points."""
    return [(ys[n + 1] - ys[n]) / (xs[n + 1] - xs[n]) for n in range(len(xs) - 1)]


def curve_through(xs: tuple[float, ...], ys: tuple[float, ...]) -> Callable[[np.ndarray], np.ndarray]:
    """The piecewise linear function through (xs, ys), xs rising; flat outside. What is not a number is the lowest."""
    left, base = np.array(xs, dtype=np.float64), np.array(ys, dtype=np.float64)
    slopes = np.array([*curve_slopes(xs, ys), 0.0])

    def through(x: np.ndarray) -> np.ndarray:
        x = np.fmin(np.fmax(x, left[0]), left[-1])
        piece = np.searchsorted(left, x, side="right") - 1  # so that every point is met exactly
        return base[piece] + (x - left[piece]) * slopes[piece]

    return through


def curve(x: np.ndarray, xs: tuple[float, ...], ys: tuple[float, ...]) -> np.ndarray:
    """curve_through, applied once."""
    return curve_through(xs, ys)(x)


def normal(u: np.ndarray) -> np.ndarray:
    """Standard normal value with probability u of being lower, of an array u in (0, 1)."""
    q = u - HALF
    r = q * q
    values = q * _polynomial(r, INNER) / _polynomial(r, BELOW_INNER)
    low = np.minimum(u, ONE - u)
    tails = np.nonzero(low < NORMAL_TAIL)
    if len(tails[0]):
        t = np.sqrt(-TWO * ln(np.maximum(low[tails], 1e-300)))
        outer = _polynomial(t, OUTER) / _polynomial(t, BELOW_OUTER)
        values[tails] = np.where(u[tails] < HALF, outer, -outer)
    return values


# --- the same on one Python float: the same steps written out, which takes half the time of a loop

def exp_of(x: float) -> float:
    """exp of a Python float."""
    x = x if x >= -EXP_LIMIT else -EXP_LIMIT
    x = x if x <= EXP_LIMIT else EXP_LIMIT
    k = math.floor(x * 1.4426950408889634 + 0.5)
    x = (x - k * LN2_HIGH) - k * LN2_LOW
    c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 = EXP_TERMS
    total = (((c13 * x + c12) * x + c11) * x + c10) * x + c9
    total = (((total * x + c8) * x + c7) * x + c6) * x + c5
    total = ((((total * x + c4) * x + c3) * x + c2) * x + c1) * x + c0
    return math.ldexp(total, k)


def ln_of(x: float) -> float:
    """ln of a Python float."""
    x = x if x >= LEAST else LEAST
    m, k = math.frexp(x if x <= MOST else MOST)
    if m < SQRT_HALF:
        m, k = m + m, k - 1
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 = LN_TERMS
    total = (((c10 * z + c9) * z + c8) * z + c7) * z + c6
    total = (((((total * z + c5) * z + c4) * z + c3) * z + c2) * z + c1) * z + c0
    return k * LN2_HIGH + (2.0 * s * total + k * LN2_LOW)


def normal_of(u: float) -> float:
    """normal of a Python float."""
    low = u if u <= 1.0 - u else 1.0 - u
    if low < NORMAL_TAIL:
        t = math.sqrt(-2.0 * ln_of(low if low >= 1e-300 else 1e-300))
        outer = _horner(t, NORMAL_C) / _horner(t, NORMAL_D)
        return outer if u < 0.5 else -outer
    q = u - 0.5
    r = q * q
    a0, a1, a2, a3, a4, a5 = NORMAL_A
    b0, b1, b2, b3, b4, b5 = NORMAL_B
    inner = ((((a0 * r + a1) * r + a2) * r + a3) * r + a4) * r + a5
    return q * inner / (((((b0 * r + b1) * r + b2) * r + b3) * r + b4) * r + b5)


def _horner(x: float, highest_first: tuple[float, ...]) -> float:
    total = highest_first[0]
    for c in highest_first[1:]:
        total = total * x + c
    return total


def divided(a: float, b: float) -> float:
    """a / b of Python floats, where Python would refuse to divide by zero."""
    if b != 0.0 or b != b:
        return a / b
    return math.nan if a == 0.0 or a != a else math.copysign(math.inf, a) * math.copysign(1.0, b)
