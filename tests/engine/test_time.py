"""Formulas over time: last, year_ago, year sums and means, quarters, dates, paths."""

import numpy as np
import pytest

from game.engine.tables import AUXILIARY, DRIVER, Variable
from game.engine.turn import begin
from tests.engine.small import INCOME, RATE, number, step, variables, world

X = 8
STARTS = (1.0, 2.0, 3.0, 4.0)


def followed(formula, turns=6, **more):
    """Values that variable x had in each turn's resolution; `counter` in row 9 is the 1-based turn."""
    kind, start = more.pop("kind", AUXILIARY), more.pop("start", STARTS)
    rows = (*variables(), Variable("x", kind, -1e6, 1e6, start, formula, **more),
            Variable("counter", AUXILIARY, 0, 1e6, STARTS, ("add", number(10), ("turn",))))
    rules = world(variables=rows, order=(X, INCOME, RATE, 9) if rows[X].kind == DRIVER else (INCOME, RATE, 9, X))
    state, found = begin(rules, 1, turns=turns), []
    for _ in range(turns):
        state, report = step(rules, state)
        found.append(report.values[X, 0])
    return found


def test_last_reads_the_turn_before_and_the_last_start():
    assert followed(("last", 9)) == [4, 11, 12, 13, 14, 15]


def test_last_of_itself_accumulates():
    assert followed(("add", ("last", X), number(1))) == [5, 6, 7, 8, 9, 10]


def test_year_ago_reads_four_quarters_back():
    assert followed(("year_ago", 9)) == [1, 2, 3, 4, 11, 12]


def test_year_sum_and_mean_are_of_this_and_the_three_before():
    assert followed(("year_sum", 9)) == [2 + 3 + 4 + 11, 3 + 4 + 11 + 12, 4 + 11 + 12 + 13, 50, 54, 58]
    assert followed(("year_mean", 9))[3] == 12.5


def test_turn_quarter_and_date():
    assert followed(("turn",)) == [1, 2, 3, 4, 5, 6]
    assert followed(("quarter",)) == [1, 2, 3, 4, 1, 2]
    assert followed(("date",)) == [8044, 8045, 8046, 8047, 8048, 8049]


def test_a_path_goes_by_turn_and_its_last_value_holds_on():
    assert followed(("path", X), kind=DRIVER, path=(7.0, 8.0, 9.5)) == [7, 8, 9.5, 9.5, 9.5, 9.5]


def test_luck_is_standard_normal_and_new_each_turn():
    rows = (*variables(), Variable("x", DRIVER, -100, 100, (0.0,) * 4, ("luck", X)))
    rules = world(variables=rows, order=(X, INCOME, RATE))
    first = begin(rules, 4, games=20_000)
    second, _ = step(rules, first)
    for state in (first, second):
        assert state.values[X].mean() == pytest.approx(0.0, abs=0.03)
        assert state.values[X].std() == pytest.approx(1.0, abs=0.02)
    assert abs(np.corrcoef(first.values[X], second.values[X])[0, 1]) < 0.03


def test_what_has_no_start_begins_at_its_first_value():
    assert followed(("add", number(5), ("mul", number(0), ("now", 9))), start=None, turns=2) == [5, 5]
