"""How games end, and that an ended game of a batch stays as it was."""

import numpy as np
import pytest

from game.engine.decisions import nothing
from game.engine.state import NONE, RUNNING, array_fields
from game.engine.tables import CHANCE, DEFEAT, FINISH, NEVER, SCHEDULED, Ending, Flow, Stock
from game.engine.turn import begin, play
from tests.engine.small import CAPITAL, CASH, LEVEL, add, card, in_turn, landings, number, step, world


def level_below(limit):
    return ("lt", ("now", LEVEL), number(limit))


def falling(*endings, **more):
    """The level starts at 500 and falls by 100 a turn."""
    stocks = (Stock(CASH, ()), Stock(CAPITAL, ()), Stock(LEVEL, (Flow("fall", number(-100), 1.0),)))
    return world(stocks=stocks, endings=endings, **more)


def ended_after(rules, turns=12):
    state, count = begin(rules, 1, turns=turns), 0
    while state.running.any():
        state, _ = step(rules, state)
        count += 1
    return count, int(state.ended[0]), int(state.ended_turn[0])


def test_an_ending_is_tested_on_the_closing_values():
    assert ended_after(falling(Ending("low", DEFEAT, level_below(250), 1, None))) == (3, 0, 2)


def test_for_turns_counts_turns_in_a_row():
    assert ended_after(falling(Ending("low", DEFEAT, level_below(250), 3, None))) == (5, 0, 4)


def test_a_break_starts_the_count_again():
    """Low in turns 2 and 3, lifted in 4, low again from 5 on."""
    rules = falling(Ending("low", DEFEAT, level_below(250), 3, None),
                    cards=(card("lift", SCHEDULED, 1, when=in_turn(4), cooldown=NEVER),),
                    landings=landings((add(LEVEL, 300),)))
    assert ended_after(rules) == (8, 0, 7)


def test_the_first_in_file_order_wins():
    rules = falling(Ending("later", FINISH, level_below(100), 1, None), Ending("b", DEFEAT, level_below(350), 1, None),
                    Ending("c", DEFEAT, level_below(350), 1, None))
    assert ended_after(rules) == (2, 1, 1)


def test_the_planned_end_comes_after_all_endings():
    rules = falling(Ending("low", DEFEAT, level_below(-1), 1, None))
    assert ended_after(rules, turns=7) == (7, 1, 6)


def test_an_ending_in_the_last_turn_wins_over_the_planned_end():
    rules = falling(Ending("low", DEFEAT, level_below(250), 1, None))
    assert ended_after(rules, turns=3) == (3, 0, 2)


def test_ended_games_are_frozen_while_others_go_on():
    rules = falling(Ending("low", DEFEAT, level_below(450), 1, None), landings=landings((add(LEVEL, 700),)),
                    cards=(card("luck", CHANCE, 1, odds=number(0.5), when=in_turn(0)),))
    state = begin(rules, 3, games=40, turns=6)
    state, _ = step_all(rules, state)
    ended = ~state.running
    assert 5 < ended.sum() < 35
    kept = {name: array[..., ended].copy() for name, array in array_fields(state).items()}
    while state.running.any():
        state, _ = step_all(rules, state)
    for name, array in array_fields(state).items():
        np.testing.assert_array_equal(array[..., ended], kept[name], err_msg=name)
    assert (state.ended_turn[ended] == 0).all() and (state.ended_turn[~ended] > 0).all()
    assert (state.agenda[:, ended] == NONE).all()
    assert (state.ended != RUNNING).all()


def step_all(rules, state):
    return play(rules, state, nothing(rules, state))


def test_playing_on_after_the_end_is_refused():
    rules = falling()
    state, _ = step(rules, begin(rules, 1, turns=1))
    with pytest.raises(ValueError, match="ended"):
        step(rules, state)


def test_a_turn_leaves_the_state_before_it_untouched():
    rules = falling(cards=(card("c", SCHEDULED, 1),), landings=landings((add(LEVEL, 1, 1, 2),)))
    state = begin(rules, 1)
    before = {name: array.copy() for name, array in array_fields(state).items()}
    step(rules, state)
    for name, array in array_fields(state).items():
        np.testing.assert_array_equal(array, before[name], err_msg=name)
