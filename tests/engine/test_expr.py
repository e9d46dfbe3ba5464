"""Formulas: every kind of node against a reading of it in plain Python, over many games at once."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.expr import OPERATIONS, compile_expr, rows_read

PLAIN = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
    "neg": lambda a: -a, "lt": lambda a, b: float(a < b), "le": lambda a, b: float(a <= b),
    "gt": lambda a, b: float(a > b), "ge": lambda a, b: float(a >= b), "eq": lambda a, b: float(a == b),
    "ne": lambda a, b: float(a != b), "and": lambda a, b: float(a != 0 and b != 0),
    "or": lambda a, b: float(a != 0 or b != 0), "not": lambda a: float(a == 0),
    "if": lambda c, a, b: a if c != 0 else b, "min": min, "max": max, "abs": abs,
    "sqrt": lambda a: math.sqrt(max(a, 0.0)), "ln": lambda a: math.log(max(a, 2.2250738585072014e-308)),
    "exp": math.exp, "pow": lambda a, b: a ** b if a > 0 else 0.0, "logistic": lambda a: 1 / (1 + math.exp(-a)),
    "ratio": lambda a, b, c: c if b == 0 else a / b,
}
ARITY = {"neg": 1, "not": 1, "abs": 1, "sqrt": 1, "ln": 1, "exp": 1, "logistic": 1, "if": 3, "ratio": 3, "min": 3,
         "max": 4}


def test_every_operation_has_a_plain_reading_here():
    assert set(PLAIN) == set(OPERATIONS)


@pytest.mark.parametrize("kind", sorted(OPERATIONS))
@given(data=st.data())
def test_operation(kind, data):
    arity = ARITY.get(kind, 2)
    values = st.floats(-20, 20).map(lambda x: round(x, 2))  # rounded, so that equal and zero come up
    games = data.draw(st.lists(st.tuples(*[values] * arity), min_size=1, max_size=6))
    if kind == "div":
        games = [(a, b or 1.0) for a, b in games]
    node = (kind, *[("now", row) for row in range(arity)])
    expr = compile_expr(node)
    assert expr.leaves == tuple(("now", row) for row in range(arity))
    found = expr.evaluate([np.array(column) for column in zip(*games, strict=True)])
    np.testing.assert_allclose(found, [PLAIN[kind](*game) for game in games], rtol=1e-12, atol=1e-12)


def test_nested_formula_with_numbers_and_a_curve():
    node = ("add", ("mul", ("number", 2.0), ("now", 3)), ("curve", ("last", 1), (0.0, 10.0), (5.0, 25.0)))
    found = compile_expr(node).evaluate([np.array([1.0, 2.0]), np.array([-4.0, 5.0])])
    np.testing.assert_array_equal(found, [2.0 + 5.0, 4.0 + 15.0])


def test_leaves_are_named_once_in_written_order():
    node = ("sub", ("now", 7), ("add", ("last", 7), ("mul", ("now", 2), ("now", 7))))
    assert compile_expr(node).leaves == (("now", 7), ("last", 7), ("now", 2))


def test_rows_read_this_turn():
    node = ("if", ("gt", ("now", 4), ("last", 9)), ("year_sum", 2), ("curve", ("now", 4), (0.0, 1.0), (0.0, 1.0)))
    assert rows_read(node) == [4, 2]
