"""Futures are the engine's own games, on luck apart; what is read from them is what they show."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.decisions import nothing
from game.engine.state import NONE, repeat_game
from game.engine.turn import begin, play
from game.outlook.forecast import (
    ERRORS,
    Question,
    Stopped,
    band,
    by_odds,
    effects,
    forecast,
)
from game.outlook.policies.common import own_seed
from game.outlook.preview import Variant, lever_steps, outcomes, without_card
from tests.engine import handmade as h

ROWS = [h.FUEL, h.CASH, h.CAPITAL, h.RELATION, h.COVER, h.PRICE]
FUEL, CASH, CAPITAL, RELATION, COVER, PRICE = range(6)


@pytest.fixture(scope="module")
def rules():
    return h.rules()


def opened(rules, card=NONE, seed=5, turns=12, game=0):
    """A game in its second turn with one card on the desk (or none), and fuel enough to last."""
    state = begin(rules, seed, turns=turns, first_game=game)
    state, _ = play(rules, state, nothing(rules, state))
    values = state.values.copy()
    values[h.FUEL] = 200.0
    return replace(state, values=values, agenda=np.array([[card], [NONE]], dtype=np.int32),
                   lapsing=np.full_like(state.lapsing, NONE))


def about_card(rules, state):
    blank, wanted = without_card(state, nothing(rules, state), 0)
    options = rules.tables.cards[state.agenda[0, 0]].choices
    return Question(blank, wanted, tuple(v for option in options for v in outcomes(option)))


def about(rules, state, *variants):
    return Question(state, nothing(rules, state), variants)


def steady_prices():
    """Rules in which no driver has luck, so that a quarter opens alike whatever the seed."""
    tables = h.tables()
    price = replace(tables.variables[h.PRICE], formula=("path", h.PRICE))
    return h.compile_rules(replace(tables, variables=tuple(
        price if row == h.PRICE else variable for row, variable in enumerate(tables.variables))))


def really(rules, state, wanted, turns, futures):
    """Levels [turns, rows, futures] of games that go on from here on the futures' luck, by the engine alone."""
    batch = replace(repeat_game(state, futures), seed=own_seed(state), first_game=0)
    many = replace(wanted, **{name: np.repeat(getattr(wanted, name), futures, axis=1)
                              for name in ("choices", "levers", "initiatives")})
    levels = []
    for _ in range(turns):
        if batch.running.any():
            batch, _ = play(rules, batch, many)
        levels.append(batch.closing[ROWS])
        many = nothing(rules, batch)
    return np.array(levels)


@pytest.mark.parametrize("card", [0, 1, 3])
def test_a_course_is_what_the_engine_plays_after_that_choice(card):
    rules = steady_prices()
    state = opened(rules, card)
    found = forecast(rules, about_card(rules, state), ROWS, 6, 40)
    blank, wanted = without_card(state, nothing(rules, state), 0)
    assert found.levels[0] == pytest.approx(really(rules, blank, wanted, 6, 40), abs=1e-9)
    for choice in range(len(rules.tables.cards[card].choices)):
        choices = wanted.choices.copy()
        choices[0] = choice
        played = really(rules, state, replace(wanted, choices=choices), 6, 40)
        assert found.levels[choice + 1] == pytest.approx(played, abs=1e-9)
    assert np.ptp(found.levels[0, -1, FUEL]) > 0.0  # cards and moves come in these futures


def test_a_lever_step_is_what_the_engine_plays():
    rules = steady_prices()
    state = opened(rules)
    steps = lever_steps(rules, state)
    found = forecast(rules, about(rules, state, *steps), ROWS, 6, 40)
    for n, step in enumerate(steps):
        moved = replace(nothing(rules, state), levers=np.array([[step.setting]]))
        assert found.levels[n + 1] == pytest.approx(really(rules, state, moved, 6, 40), abs=1e-9)


def test_what_the_screen_shows_is_known_and_later_luck_is_not_the_games(rules):
    state = opened(rules)
    prices = forecast(rules, about(rules, state), ROWS, 3, 50).levels[0, :, PRICE]
    assert (prices[0] == state.values[h.PRICE, 0]).all()
    later, _ = play(rules, *_idle(rules, state))
    assert np.ptp(prices[1]) > 1.0 and not np.isclose(prices[1], later.values[h.PRICE, 0], atol=1e-6).any()


def _idle(rules, state):
    return state, nothing(rules, state)


def test_every_game_and_turn_has_luck_of_its_own_and_the_same_one_again(rules):
    state = opened(rules)
    question = about(rules, state)
    again = forecast(rules, question, ROWS, 4, 20).levels
    assert np.array_equal(again, forecast(rules, question, ROWS, 4, 20).levels)
    assert len({own_seed(each) for each in (state, opened(rules, seed=6), replace(state, turn=state.turn + 1))}) == 3
    other = forecast(rules, about(rules, replace(state, first_game=1)), ROWS, 4, 20).levels
    assert not np.array_equal(again[0, 1, PRICE], other[0, 1, PRICE])
    assert np.array_equal(again, forecast(rules, question, ROWS, 4, 60).levels[..., :20])
    assert np.array_equal(again, forecast(rules, question, ROWS, 4, 20, first=0).levels)
    assert not np.array_equal(again, forecast(rules, question, ROWS, 4, 20, first=20).levels)


def test_luck_is_the_same_in_every_course(rules):
    state = opened(rules, 3)
    found = forecast(rules, about(rules, state, Variant(cash=10.0)), ROWS, 4, 30)
    assert np.array_equal(found.levels[0, :, PRICE], found.levels[1, :, PRICE])
    assert found.changes(0)[:, CASH] == pytest.approx(np.full((4, 30), -10.0))


def test_what_cannot_be_paid_is_shown_all_the_same(rules):
    state = opened(rules, 0)
    values = state.values.copy()
    values[h.CASH], values[h.CAPITAL] = -50.0, 0.0
    found = forecast(rules, about_card(rules, replace(state, values=values)), ROWS, 3, 30)
    assert found.changes(1)[0, CASH].mean() == pytest.approx(-60.0)
    assert found.changes(1)[1, FUEL].mean() - found.changes(1)[0, FUEL].mean() == pytest.approx(40.0, abs=10.0)


def test_a_gamble_is_seen_won_and_lost(rules):
    state = opened(rules)
    found = forecast(rules, about(rules, state, *outcomes(rules.tables.initiatives[0].option)), ROWS, 4, 30)
    won, lost = found.changes(0), found.changes(1)
    assert won[0, CASH].mean() == pytest.approx(-70.0) and lost[0, CASH].mean() == pytest.approx(-70.0)
    assert (won - lost)[3, FUEL].mean() > 20.0 and (won - lost)[1, CASH].mean() == pytest.approx(10.0)


def test_a_future_that_ends_stays_as_it_ended(rules):
    state = opened(rules)
    values = state.values.copy()
    values[h.FUEL] = 2.0
    dry = Variant(lever=0, setting=0.0)  # nothing is bought any more
    found = forecast(rules, about(rules, replace(state, values=values), dry), ROWS, 8, 20)
    assert (found.levels[1, 2:] == found.levels[1, 2]).all()
    with pytest.raises(ValueError):
        forecast(rules, about(rules, replace(state, ended=np.array([0], dtype=np.int16))), ROWS, 2, 5)


def test_the_stated_policy_decides_after_the_first_turn(rules):
    def buyer(rules, state, reading, dice):
        wanted = nothing(rules, state)
        return replace(wanted, levers=wanted.levers + 5.0)
    state = opened(rules)
    idle = forecast(rules, about(rules, state), ROWS, 3, 20).levels[0]
    busy = forecast(rules, about(rules, state), ROWS, 3, 20, policy=buyer).levels[0]
    assert np.array_equal(idle[0], busy[0]) and (busy[2, FUEL] > idle[2, FUEL]).all()


def test_it_stops_when_nobody_waits_for_it_any_more(rules):
    asked = []
    with pytest.raises(Stopped):
        forecast(rules, about(rules, opened(rules)), ROWS, 8, 5, stop=lambda: asked.append(1) or len(asked) > 3)
    assert len(asked) == 4


def test_odds_of_announced_cards_follow_the_relations():
    """A threat whose odds read a variable moves with it."""
    tables = h.tables()
    odds = ("sub", h.number(0.8), ("mul", h.number(0.01), h.now(h.RELATION)))
    cards = tuple(replace(card, odds=odds) if card.id == "cut" else card for card in tables.cards)
    rules = h.compile_rules(replace(tables, cards=cards))
    found = forecast(rules, about_card(rules, opened(rules, 0)), ROWS, 8, 100)
    assert found.odds_changes(0)[0, 1] == pytest.approx(0.05, abs=0.01)
    assert found.odds_changes(1)[0, 1] == pytest.approx(-0.04, abs=0.01)
    assert not found.odds[:, :, [0, 2, 3]].any() and found.odds.shape == (3, 4, 4)


def test_only_what_clears_its_sampling_error_is_seen():
    dice = np.random.default_rng(1)
    noise, real = dice.normal(0.0, 1.0, (2_000, 1, 100)), dice.normal(1.0, 1.0, (200, 1, 100))
    (quiet,), (loud,) = (effects(each, np.zeros(1)) for each in (noise, real))
    assert 0.02 < (quiet.seen != 0.0).mean() < 0.08 and (loud.seen > 0.0).all()
    assert (np.abs(quiet.mean[quiet.seen != 0.0]) >= ERRORS * quiet.error[quiet.seen != 0.0]).all()


def test_shares_of_futures_leave_out_what_is_hardly_a_change():
    changes = np.array([[[0.05, 3.0, -2.0, 2.0]]])
    (effect,) = effects(changes, np.array([0.1]))
    assert (effect.up[0], effect.down[0]) == (0.5, 0.25)
    assert effect.mean[0] == pytest.approx(0.7625)


@given(st.floats(0, 1), st.integers(1, 300))
def test_a_gamble_goes_by_its_odds_as_nearly_as_may_be(odds, futures):
    won = by_odds(np.ones((2, futures)), np.zeros((2, futures)), odds).sum(axis=1)
    assert won[0] == won[1] and abs(won[0] - odds * futures) <= 1.0


def test_a_band_holds_eight_of_ten():
    low, middle, high = band(np.arange(101.0)[None])
    assert (low[0], middle[0], high[0]) == (10.0, 50.0, 90.0)
