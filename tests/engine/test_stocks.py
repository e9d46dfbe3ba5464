"""How stocks move: flows at once, scaled outflows of physical stocks, what could not be met."""

import numpy as np
import pytest

from game.engine.tables import AUXILIARY, SCHEDULED, STOCK, UNMET, Flow, Stock, Variable
from game.engine.turn import begin
from tests.engine.small import (
    CAPITAL,
    CASH,
    LEVEL,
    add,
    card,
    closings,
    in_turn,
    landings,
    number,
    step,
    variables,
    world,
)

TANK, SHORT_A, SHORT_B = 8, 9, 10


def now(row):
    return ("now", row)


def tank_world(a, b, inflow=0.0, scale=1.0, start=100.0, physical=True, cards=(), lands=None):
    tank = Variable("tank", STOCK, 0.0, 200.0, (start,) * 4)
    rows = (*variables(), tank, *(Variable(f"unmet {n}", UNMET, -1e9, 1e9, (0.0,) * 4) for n in "ab"))
    flows = (Flow("in", number(inflow), 1.0), Flow("a", number(-a), scale, SHORT_A),
             Flow("b", number(-b), scale, SHORT_B))
    return world(variables=rows, stocks=(Stock(CASH, ()), Stock(CAPITAL, ()), Stock(LEVEL, ()),
                                         Stock(TANK, flows, physical)), cards=cards,
                 **({"landings": lands} if lands else {}))


def test_flows_add_up():
    rules = tank_world(a=10, b=20, inflow=25)
    np.testing.assert_array_equal(closings(rules, begin(rules, 1), TANK, 3), [95, 90, 85])


def test_a_flow_given_per_year_is_divided_by_four():
    rules = tank_world(a=40, b=0, scale=0.25)
    np.testing.assert_array_equal(closings(rules, begin(rules, 1), TANK, 2), [90, 80])


def test_outflows_of_a_physical_stock_are_scaled_in_proportion():
    rules = tank_world(a=90, b=30, inflow=20, start=40.0)
    _, report = step(rules, begin(rules, 1))
    np.testing.assert_allclose(rules.passes.flows(report.inputs)[3][:, 0], [20, -45, -15])
    assert report.closing[TANK, 0] == pytest.approx(0.0, abs=1e-12)
    assert report.closing[TANK, 0] >= 0.0
    assert report.closing[[SHORT_A, SHORT_B], 0] == pytest.approx([45, 15])


def test_unmet_is_in_the_flows_own_unit():
    rules = tank_world(a=400, b=0, scale=0.25, start=50.0)
    _, report = step(rules, begin(rules, 1))
    assert report.closing[SHORT_A, 0] == pytest.approx(200.0)  # 400 a year is 100 a turn, of which 50 were met


def test_nothing_is_unmet_while_there_is_enough():
    rules = tank_world(a=60, b=40, start=100.0)
    _, report = step(rules, begin(rules, 1))
    assert report.closing[[TANK, SHORT_A, SHORT_B], 0].tolist() == [0.0, 0.0, 0.0]


def test_an_effect_that_takes_shares_what_there_is():
    rules = tank_world(a=60, b=0, start=50.0, cards=(card("raid", SCHEDULED, 1, when=in_turn(0)),),
                       lands=landings((add(TANK, -40),)))
    _, report = step(rules, begin(rules, 1))
    assert report.closing[SHORT_A, 0] == pytest.approx(30.0)
    assert report.closing[TANK, 0] == pytest.approx(0.0, abs=1e-12)


def test_a_stock_that_is_not_physical_is_cut_by_its_range_only():
    rules = tank_world(a=90, b=30, start=40.0, physical=False)
    _, report = step(rules, begin(rules, 1))
    np.testing.assert_array_equal(rules.passes.flows(report.inputs)[3][:, 0], [0, -90, -30])
    assert report.closing[TANK, 0] == 0.0 and report.steps.free_level[3, 0] == -80.0


def test_the_ceiling_cuts_off():
    rules = tank_world(a=0, b=0, inflow=150)
    _, report = step(rules, begin(rules, 1))
    assert report.closing[TANK, 0] == 200.0


def test_all_stocks_move_at_once_from_the_levels_before():
    rows = (*variables(), Variable("left", STOCK, 0, 100, (10.0,) * 4), Variable("right", STOCK, 0, 100, (30.0,) * 4))
    rules = world(variables=rows, stocks=(
        Stock(CASH, ()), Stock(CAPITAL, ()), Stock(LEVEL, ()),
        Stock(8, (Flow("swap", ("sub", now(9), now(8)), 1.0),)),
        Stock(9, (Flow("swap", ("sub", now(8), now(9)), 1.0),))))
    _, report = step(rules, begin(rules, 1))
    assert (report.closing[8, 0], report.closing[9, 0]) == (30.0, 10.0)


def test_a_level_as_of_the_last_day_is_computed_again_after_the_stocks():
    rows = (*variables(), Variable("tank", STOCK, 0, 200, (100.0,) * 4),
            Variable("cover", AUXILIARY, 0, 1000, None, ("mul", number(2), now(8)), closing=True),
            Variable("opening", AUXILIARY, 0, 1000, None, ("mul", number(2), now(8))))
    rules = world(variables=rows, order=(2, 5, 9, 10), stocks=(
        Stock(CASH, ()), Stock(CAPITAL, ()), Stock(LEVEL, ()), Stock(8, (Flow("out", number(-10), 1.0),))))
    _, report = step(rules, begin(rules, 1))
    assert (report.values[9, 0], report.closing[9, 0], report.closing[10, 0]) == (200.0, 180.0, 200.0)
