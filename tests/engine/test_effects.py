"""When and for how long effects land, on stocks, auxiliaries and flags; what decisions cost."""

import numpy as np
import pytest

from game.engine.decisions import nothing
from game.engine.tables import ALWAYS, SCHEDULED, Agenda, Effect, Initiative, Landing
from game.engine.turn import begin, play
from tests.engine.small import (
    CAPITAL,
    CASH,
    DONE,
    LEVEL,
    RATE,
    add,
    card,
    closings,
    in_turn,
    landings,
    number,
    option,
    step,
    world,
)


def first_turn_card(*effects):
    """A card in the first turn whose only choice has these effects."""
    return world(cards=(card("first", SCHEDULED, 1, when=in_turn(0)),), landings=landings(effects))


def values_used(rules, row, turns):
    state, found = begin(rules, 1), []
    for _ in range(turns):
        state, report = step(rules, state)
        found.append(report.values[row, 0])
    return found


@pytest.mark.parametrize("after, length, expected", [
    (0, 1, [510, 510, 510, 510, 510]),
    (2, 1, [500, 500, 510, 510, 510]),
    (0, 3, [510, 520, 530, 530, 530]),
    (1, 2, [500, 510, 520, 520, 520]),
])
def test_add_on_a_stock_changes_its_level(after, length, expected):
    rules = first_turn_card(add(LEVEL, 10, after, length))
    np.testing.assert_array_equal(closings(rules, begin(rules, 1), LEVEL, 5), expected)


@pytest.mark.parametrize("after, length, expected", [
    (0, 1, [14, 10, 10, 10, 10]),
    (2, 1, [10, 10, 14, 10, 10]),
    (0, 3, [14, 14, 14, 10, 10]),
    (1, 2, [10, 14, 14, 10, 10]),
    (1, ALWAYS, [10, 14, 14, 14, 14]),
])
def test_add_on_an_auxiliary_is_put_on_its_formula(after, length, expected):
    assert values_used(first_turn_card(add(RATE, 4, after, length)), RATE, 5) == expected


def test_an_effect_on_an_auxiliary_is_added_before_the_range():
    assert values_used(first_turn_card(add(RATE, 400, 0, 2)), RATE, 3) == [100, 100, 10]


def test_effects_that_overlap_add_up():
    rules = world(cards=(card("daily", SCHEDULED, 1),), landings=landings((add(RATE, 1, 0, 3),)))
    assert values_used(rules, RATE, 5) == [11, 12, 13, 13, 13]


def test_flags_are_set_and_unset():
    rules = world(
        cards=(card("on", SCHEDULED, 1, when=in_turn(0)), card("off", SCHEDULED, 2, when=in_turn(2))),
        landings=landings((Effect("add", DONE, 1.0, 0, 1, 1),), (Effect("add", DONE, -1.0, 0, 1, 1),)))
    np.testing.assert_array_equal(closings(rules, begin(rules, 1), DONE, 4), [1, 1, 0, 0])


def test_a_flag_set_twice_is_still_one():
    rules = world(cards=(card("on", SCHEDULED, 1),), landings=landings((Effect("add", DONE, 1.0, 0, 1, 1),)))
    np.testing.assert_array_equal(closings(rules, begin(rules, 1), DONE, 3), [1, 1, 1])


def test_costs_are_paid_from_cash_and_capital():
    rules = world(cards=(card("dear", SCHEDULED, choices=(option("no"), option("yes", cost=30.0, capital=2.0))),))
    state, report = step(rules, begin(rules, 1), choices={"dear": 1})
    assert report.closing[CASH, 0] == 70.0
    assert report.closing[CAPITAL, 0] == 3.0 - 2.0 + 2.0


def test_a_lever_costs_once_by_distance_and_capital_by_step():
    rules = world()
    state, report = step(rules, begin(rules, 1), levers={0: 80.0})
    assert report.closing[CASH, 0] == 100.0 - 0.5 * 30.0
    assert report.closing[CAPITAL, 0] == 3.0 - 3.0 + 2.0
    assert state.values[6, 0] == 80.0
    _, report = step(rules, state)
    assert report.closing[CASH, 0] == 85.0, "staying costs nothing here"


def test_at_most_two_turns_of_capital_income_are_carried_over():
    rules = world()
    np.testing.assert_array_equal(closings(rules, begin(rules, 1), CAPITAL, 4), [4, 4, 4, 4])


def gamble_world(odds):
    gamble = option("try", 1, odds=number(odds), landing_failure=2)
    return world(cards=(card("dare", SCHEDULED, choices=(option("no"), gamble), when=in_turn(0)),),
                 initiatives=(Initiative(option("begin", 3, odds=number(odds), landing_failure=4), 2),),
                 landings=landings((add(LEVEL, 10),), (add(LEVEL, -10),), (add(CASH, 1),), (add(CASH, -1),)))


@pytest.mark.parametrize("odds, level, cash", [(1.0, 510, 101), (0.0, 490, 99)])
def test_gambles_of_choices_and_initiatives(odds, level, cash):
    rules = gamble_world(odds)
    _, report = step(rules, begin(rules, 1), choices={"dare": 1}, initiatives=(0,))
    assert (report.closing[LEVEL, 0], report.closing[CASH, 0]) == (level, cash)


def test_gambles_are_won_as_often_as_they_say():
    rules = gamble_world(0.7)
    state = begin(rules, 3, games=20_000)
    wanted = nothing(rules, state)
    wanted.choices[0], wanted.initiatives[0] = 1, True
    _, report = play(rules, state, wanted)
    won = report.closing[LEVEL] == 510.0
    assert won.mean() == pytest.approx(0.7, abs=0.01)
    begun = report.closing[CASH] == 101.0
    assert begun.mean() == pytest.approx(0.7, abs=0.01)
    assert (won & begun).mean() == pytest.approx(0.49, abs=0.012), "two gambles have dice of their own"


def test_an_old_effect_lands_beside_new_ones_around_the_ring():
    """Delays longer than those of other effects share the ring; nothing lands twice."""
    rules = world(cards=(card("long", SCHEDULED, 1, when=in_turn(0)), card("short", SCHEDULED, 2)),
                  landings=(Landing(("none",), ()), Landing(("card", 0, 0), (add(LEVEL, 100, 7),)),
                            Landing(("card", 1, 0), (add(LEVEL, 1, 1),))), agenda=Agenda(3, 2, 0.0))
    found = closings(rules, begin(rules, 1, turns=12), LEVEL, 12)
    np.testing.assert_array_equal(found, [500 + turn + (100 if turn >= 7 else 0) for turn in range(12)])
