"""What a decision does in a still world is what the engine then does."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.decisions import nothing
from game.engine.state import NONE, landing_slots
from game.engine.turn import begin, play
from game.outlook.preview import (
    Base,
    Variant,
    lever_steps,
    outcomes,
    phases,
    preview,
    without_card,
)
from tests.engine import handmade as h

ROWS = [h.FUEL, h.CASH, h.CAPITAL, h.RELATION, h.COVER]


@pytest.fixture(scope="module")
def rules():
    return h.rules()


def opened(rules, card, seed=5, turns=12):
    """A game in its second turn with one card on the desk, and fuel enough to last."""
    state = begin(rules, seed, turns=turns)
    state, _ = play(rules, state, nothing(rules, state))
    state.values[h.FUEL] = 200.0
    return replace(state, agenda=np.array([[card], [NONE]], dtype=np.int32),
                   lapsing=np.full_like(state.lapsing, NONE))


def idle(rules, state):
    """A turn in which nothing lands and nothing is paid."""
    levers = np.array([state.values[lever.row, 0] for lever in rules.tables.levers])
    return Base(np.zeros(landing_slots(rules).count, dtype=np.int16), levers, 0.0, 0.0)


def of_card(rules, state, horizon=8):
    variants = [v for option in rules.tables.cards[state.agenda[0, 0]].choices for v in outcomes(option)]
    return preview(rules, state, idle(rules, state), variants, ROWS, horizon)


def really(rules, state, wanted, turns):
    """Levels after each turn of the engine itself, with median luck."""
    levels = []
    for _ in range(turns):
        state, report = play(rules, state, wanted, still=True)
        levels.append(report.closing[ROWS, 0])
        wanted = nothing(rules, state)
    return np.array(levels)


@pytest.mark.parametrize("card", [0, 1, 2, 3])
def test_effects_of_a_choice_are_those_of_the_engine(rules, card):
    state = opened(rules, card)
    turns = 3  # a promise of card 0 falls due after that; what becomes of it is not foreseen
    found = of_card(rules, state)
    blank, wanted = without_card(state, nothing(rules, state), 0)
    without = really(rules, blank, wanted, turns)
    for choice in range(len(rules.tables.cards[card].choices)):
        choices = wanted.choices.copy()
        choices[0] = choice
        played = really(rules, state, replace(wanted, choices=choices), turns)
        assert found.changes[:turns, :, choice] == pytest.approx(played - without, abs=1e-9)
        assert found.reference[:turns] == pytest.approx(without, abs=1e-9)
    assert np.abs(found.changes).max() > 1.0


def test_a_lever_step_is_that_of_the_engine(rules):
    state = opened(rules, NONE)
    still = nothing(rules, state)
    variants = lever_steps(rules, state)
    found = preview(rules, state, idle(rules, state), variants, ROWS)
    for n, variant in enumerate(variants):
        moved = really(rules, state, replace(still, levers=np.array([[variant.setting]])), 8)
        assert found.changes[:, :, n] == pytest.approx(moved - really(rules, state, still, 8), abs=1e-9)
    assert found.changes[0, 0, 0] < 0.0 < found.changes[0, 0, 1]


def test_a_gamble_shows_both_ends(rules):
    state = opened(rules, NONE)
    variants = list(outcomes(rules.tables.initiatives[0].option))
    found = preview(rules, state, idle(rules, state), variants, ROWS)
    assert found.changes[0, 1] == pytest.approx([-70.0, -70.0])  # both cost the same
    assert found.changes[3, 0, 0] == pytest.approx(30.0) and found.changes[3, 0, 1] == pytest.approx(0.0)
    assert found.changes[1, 1, 1] == pytest.approx(-80.0)


def test_what_cannot_be_paid_is_shown_all_the_same(rules):
    state = opened(rules, 0)
    values = state.values.copy()
    values[h.CASH], values[h.CAPITAL] = -50.0, 0.0
    poor = of_card(rules, replace(state, values=values))
    assert poor.changes[0, 1, 1] == pytest.approx(-60.0) and poor.changes[1, 0, 1] == pytest.approx(40.0)


def test_luck_of_the_game_does_not_leak(rules):
    """Two seeds with the same screen get the same expectations."""
    state = opened(rules, 3)
    other = replace(state, seed=99)
    assert np.array_equal(of_card(rules, state).changes, of_card(rules, other).changes)


def test_the_last_turn_is_seen_beyond(rules):
    state = opened(rules, 0, turns=2)
    found = of_card(rules, state)
    assert found.changes.shape == (8, len(ROWS), 2)
    assert found.changes[2, 0, 1] > 40.0  # fuel that comes after the end of the game


def test_no_difference_no_effect(rules):
    state = opened(rules, 0)
    assert not preview(rules, state, idle(rules, state), [Variant()], ROWS).changes.any()


def test_phases_of_a_turning_effect():
    first, later = phases(np.array([0.2, 3.0, 1.0, 0.0, -2.0, -6.0, -6.0, -5.0]), 1.0)
    assert (first.first, first.stop, first.peak, first.lasting) == (1, 3, 3.0, False)
    assert (later.first, later.stop, later.peak, later.lasting) == (4, 8, -6.0, True)
    assert phases(np.array([0.2, -0.4, 0.0]), 0.5) == ()


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=12), st.floats(0.1, 5))
def test_phases_hold_what_they_say(changes, threshold):
    series = np.array(changes)
    found = phases(series, threshold)
    assert bool(found) == bool((np.abs(series) >= threshold).any())
    for phase in found:
        assert 0 <= phase.first < phase.stop <= len(series) and abs(phase.peak) >= threshold
        assert phase.peak in series[phase.first:phase.stop]
        assert phase.lasting == (phase.stop == len(series))
    if len(found) == 2:
        assert found[0].peak * found[1].peak < 0.0 and found[0].stop <= found[1].first
