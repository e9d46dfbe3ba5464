"""The engine's own number functions against Python's."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine import numbers

NORMAL = statistics.NormalDist()


def at(function, *values):
    return float(function(*[np.array([float(v)]) for v in values])[0])


@given(st.floats(-690, 690))
def test_exp(x):
    assert at(numbers.exp, x) == pytest.approx(math.exp(x), rel=1e-14)


@given(st.floats(1e-300, 1e300))
def test_ln(x):
    assert at(numbers.ln, x) == pytest.approx(math.log(x), rel=1e-14, abs=1e-15)


@given(st.floats(-1e300, 0))
def test_ln_of_what_is_not_positive_is_very_low_but_finite(x):
    assert at(numbers.ln, x) == pytest.approx(math.log(2.2250738585072014e-308))


@given(st.floats(1e-6, 1e6), st.floats(-8, 8))
def test_power(a, b):
    assert at(numbers.power, a, b) == pytest.approx(a ** b, rel=1e-12)


@given(st.floats(-8, 8))
def test_power_of_zero_is_zero(b):
    assert at(numbers.power, 0.0, b) == 0.0


@given(st.floats(-600, 600))
def test_logistic(x):
    assert at(numbers.logistic, x) == pytest.approx(1.0 / (1.0 + math.exp(-x)), rel=1e-13)


@given(st.floats(1e-12, 1 - 1e-12))
def test_normal_against_the_inverse_of_the_standard_library(u):
    assert at(numbers.normal, u) == pytest.approx(NORMAL.inv_cdf(u), rel=2e-9, abs=2e-9)


@given(st.floats(1e-9, 0.5))
def test_normal_is_odd_around_one_half(u):
    assert at(numbers.normal, u) == pytest.approx(-at(numbers.normal, 1.0 - u), rel=1e-6, abs=1e-9)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6).map(lambda b: b if abs(b) > 1e-9 else 0.0), st.floats(-1e6, 1e6))
def test_ratio(a, b, otherwise):
    assert at(numbers.ratio, a, b, otherwise) == (otherwise if b == 0.0 else a / b)


POINTS = st.lists(st.tuples(st.integers(-50, 50), st.floats(-100, 100)), min_size=2, max_size=6,
                  unique_by=lambda point: point[0]).map(sorted)


@given(POINTS, st.floats(-60, 60))
def test_curve_against_interpolation_by_hand(points, x):
    xs, ys = (tuple(float(v) for v in side) for side in zip(*points, strict=True))
    if x <= xs[0]:
        expected = ys[0]
    elif x >= xs[-1]:
        expected = ys[-1]
    else:
        i = max(n for n in range(len(xs)) if xs[n] <= x)
        expected = ys[i] + (ys[i + 1] - ys[i]) * (x - xs[i]) / (xs[i + 1] - xs[i])
    assert at(lambda v: numbers.curve(v, xs, ys), x) == pytest.approx(expected, abs=1e-9)


@given(POINTS)
def test_curve_meets_its_points(points):
    xs, ys = (tuple(float(v) for v in side) for side in zip(*points, strict=True))
    found = numbers.curve(np.array(xs), xs, ys)
    np.testing.assert_allclose(found, ys, atol=1e-9)


@given(st.lists(st.floats(-300, 300), min_size=1, max_size=9))
def test_a_number_does_not_depend_on_its_neighbours(values):
    """Bit for bit: a batch must give what the single game gives."""
    for function in (numbers.exp, numbers.logistic, lambda x: numbers.ln(np.abs(x)),
                     lambda x: numbers.power(np.abs(x), x * 0.01)):
        together = function(np.array(values))
        assert all(at(function, value) == whole for value, whole in zip(values, together, strict=True))


ODD = st.floats() | st.floats(-800, 800) | st.sampled_from(
    [0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, -1e-310, numbers.LEAST, numbers.MOST, numbers.SQRT_HALF,
     math.nextafter(numbers.SQRT_HALF, 0.0), 1.0, 2.0, 700.0, -700.0, math.nextafter(700.0, 1e3)])
ONE_ARGUMENT = {numbers.exp: numbers.exp_of, numbers.ln: numbers.ln_of}


def same(found, expected):
    """To the bit, but for the sign of what is not a number."""
    return (math.isnan(found) and math.isnan(expected)) or (
        np.float64(found).tobytes() == np.float64(expected).tobytes())


@pytest.mark.parametrize("function", ONE_ARGUMENT)
@given(st.lists(ODD, min_size=1, max_size=9))
def test_floats_and_arrays_agree_to_the_bit(function, values):
    for x, expected in zip(values, function(np.array(values)), strict=True):
        assert same(ONE_ARGUMENT[function](x), expected), x


@given(st.lists(st.tuples(ODD, ODD), min_size=1, max_size=9))
def test_quotients_of_floats_and_arrays_agree(pairs):
    with np.errstate(all="ignore"):
        together = np.divide(*map(np.array, zip(*pairs, strict=True)))
    for (a, b), expected in zip(pairs, together, strict=True):
        assert same(numbers.divided(a, b), expected), (a, b)


@given(st.lists(st.floats(2.0**-54, 1 - 2.0**-53) | st.sampled_from([0.5, numbers.NORMAL_TAIL, 2.0**-54]), min_size=1))
def test_normal_of_floats_and_arrays_agree_to_the_bit(values):
    for u, expected in zip(values, numbers.normal(np.array(values)), strict=True):
        assert same(numbers.normal_of(u), expected), u


@given(POINTS, st.sampled_from([math.inf, -math.inf, math.nan]))
def test_a_curve_is_flat_to_infinity(points, x):
    xs, ys = (tuple(float(v) for v in side) for side in zip(*points, strict=True))
    assert at(lambda v: numbers.curve(v, xs, ys), x) == (ys[-1] if x > 0.0 else ys[0])
