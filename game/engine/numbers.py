"""Number functions that give the same bits everywhere.

The rules may use only operations that IEEE 754 rounds exactly (+ - * /, min, max, abs, sqrt, comparisons,
selection), elementwise and in a fixed order. numpy's own exp, log and power differ between processors, so
the functions below build them from exact steps. Arguments and results are float64 arrays of any shape.

Read next: expr.py, which uses these in the formulas of a scenario.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

LN2_HIGH = 6.93147180369123816490e-01  # ln 2 split in two, so that k * LN2_HIGH is exact (Cody and Waite)
LN2_LOW = 1.90821492927058770002e-10
SQRT_HALF = 0.7071067811865476
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


def _polynomial(x: np.ndarray, coefficients: tuple[float, ...]) -> np.ndarray:
    """Horner's rule, highest power first."""
    total = coefficients[0] + x * 0.0
    for c in coefficients[1:]:
        total = total * x + c
    return total


def exp(x: np.ndarray) -> np.ndarray:
    """e to the power x; x is held within +-700."""
    x = np.minimum(np.maximum(x, -EXP_LIMIT), EXP_LIMIT)
    k = np.floor(x * 1.4426950408889634 + 0.5)
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    return np.ldexp(_polynomial(r, EXP_TERMS[::-1]), k.astype(np.int32))


def ln(x: np.ndarray) -> np.ndarray:
    """Natural logarithm; what is not positive is treated as the smallest normal number."""
    mantissa, exponent = np.frexp(np.maximum(x, 2.2250738585072014e-308))
    low = mantissa < SQRT_HALF
    mantissa = np.where(low, mantissa * 2.0, mantissa)
    k = np.where(low, exponent - 1, exponent).astype(np.float64)
    s = (mantissa - 1.0) / (mantissa + 1.0)
    series = _polynomial(s * s, LN_TERMS[::-1])
    return k * LN2_HIGH + (2.0 * s * series + k * LN2_LOW)


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


def curve_through(xs: tuple[float, ...], ys: tuple[float, ...]) -> Callable[[np.ndarray], np.ndarray]:
    """The piecewise linear function through (xs, ys), xs rising; flat outside."""
    knots, heights = np.array(xs, dtype=np.float64), np.array(ys, dtype=np.float64)
    slopes = np.concatenate([[0.0], (heights[1:] - heights[:-1]) / (knots[1:] - knots[:-1]), [0.0]])
    left = np.concatenate([knots[:1], knots])
    base = np.concatenate([heights[:1], heights])

    def through(x: np.ndarray) -> np.ndarray:
        piece = np.searchsorted(knots, x, side="right")  # so that every knot is met exactly
        return base[piece] + (x - left[piece]) * slopes[piece]

    return through


def curve(x: np.ndarray, xs: tuple[float, ...], ys: tuple[float, ...]) -> np.ndarray:
    """curve_through, applied once."""
    return curve_through(xs, ys)(x)


def normal(u: np.ndarray) -> np.ndarray:
    """Standard normal value with probability u of being lower; u in (0, 1)."""
    low = np.minimum(u, 1.0 - u)
    tail = np.sqrt(-2.0 * ln(np.maximum(low, 1e-300)))
    outer = _polynomial(tail, NORMAL_C) / _polynomial(tail, NORMAL_D)
    outer = np.where(u < 0.5, outer, -outer)
    q = u - 0.5
    r = q * q
    inner = q * _polynomial(r, NORMAL_A) / _polynomial(r, NORMAL_B)
    return np.where(low < NORMAL_TAIL, outer, inner)
