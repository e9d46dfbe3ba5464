"""Which cards a turn shows: classes, file order, groups, cooldowns, waiting, threats."""

from dataclasses import replace

import numpy as np
import pytest

from game.engine.state import NONE
from game.engine.tables import CHANCE, FOLLOW, NEVER, SCHEDULED, WEIGHT, Agenda, Effect
from game.engine.turn import begin
from tests.engine.small import LEVEL, YES, add, after_turn, card, in_turn, landings, number, on_desk, step, world

ALWAYS_STRIKES = {"odds": number(1.0)}


def classes_world(places):
    """From turn 1 on one card of each class wants a place; they stand in the opposite order in the file."""
    late = {"when": after_turn(1), "cooldown": NEVER}
    return world(
        cards=(
            card("weighted", WEIGHT, **late),
            card("called", FOLLOW, cooldown=NEVER),
            card("struck", CHANCE, **ALWAYS_STRIKES, **late),
            card("dated", SCHEDULED, **late),
            card("caller", SCHEDULED, 1, when=in_turn(0), cooldown=NEVER),
        ),
        landings=landings((Effect("follow", 1, 1.0, 0, 1, 1),)), agenda=Agenda(places, 2, 0.0),
    )


def test_scheduled_then_struck_then_follow_ups_then_weighted():
    rules = classes_world(4)
    state, _ = step(rules, begin(rules, 1))
    assert on_desk(rules, state) == ["dated", "struck", "called", "weighted"]


def test_who_finds_no_place_waits_in_the_same_order_and_before_weighted_cards():
    rules = classes_world(1)
    state, shown = begin(rules, 1), []
    for _ in range(4):
        state, _ = step(rules, state)
        shown += on_desk(rules, state)
    assert shown == ["dated", "struck", "called", "weighted"]


def test_file_order_within_a_class_and_at_most_places():
    rules = world(cards=tuple(card(f"c{n}", SCHEDULED) for n in range(5)), agenda=Agenda(3, 2, 0.0))
    assert on_desk(rules, begin(rules, 1)) == ["c0", "c1", "c2"]


def test_a_card_that_waits_longer_than_its_patience_takes_its_default():
    busy = tuple(card(f"busy{n}", SCHEDULED) for n in range(1))
    rules = world(cards=(*busy, card("late", SCHEDULED, 1, when=in_turn(1), patience=2, cooldown=NEVER)),
                  landings=landings((add(LEVEL, -7),)), agenda=Agenda(1, 2, 0.0))
    state, found = begin(rules, 1), []
    for _ in range(6):
        lapsing = [c for c in state.lapsing[:, 0] if c != NONE]
        state, report = step(rules, state)
        found.append((lapsing, report.closing[LEVEL, 0]))
    assert [lapsing for lapsing, _ in found] == [[], [], [], [1], [], []]  # waits from turn 1, lapses in turn 3
    assert [level for _, level in found] == [500.0, 500.0, 500.0, 493.0, 493.0, 493.0]


def test_at_most_one_of_a_group_and_the_other_waits():
    rules = world(cards=(card("one", SCHEDULED, group=4, cooldown=NEVER),
                         card("two", SCHEDULED, group=4, cooldown=NEVER),
                         card("free", SCHEDULED, cooldown=NEVER)))
    state = begin(rules, 1)
    assert on_desk(rules, state) == ["one", "free"]
    state, _ = step(rules, state)
    assert on_desk(rules, state) == ["two"]


def test_cooldown_runs_from_showing():
    rules = world(cards=(card("often", SCHEDULED, cooldown=3),))
    state, shown = begin(rules, 1), []
    for _ in range(7):
        shown.append(on_desk(rules, state))
        state, _ = step(rules, state)
    assert shown == [["often"], [], [], ["often"], [], [], ["often"]]


def test_once_is_once():
    rules = world(cards=(card("once", SCHEDULED, cooldown=NEVER),))
    state, count = begin(rules, 1, turns=12), 0
    while state.running.any():
        count += len(on_desk(rules, state))
        state, _ = step(rules, state)
    assert count == 1


def threat_world(averted_if=None, announce=2):
    return world(cards=(card("cut", CHANCE, 1, odds=number(1.0), announce=announce, averted_if=averted_if,
                             when=after_turn(1), cooldown=NEVER),),
                 landings=landings((add(LEVEL, -7),)))


def test_an_announced_card_is_a_threat_first_and_strikes_when_due():
    rules = threat_world()
    state = begin(rules, 1)
    assert state.threat_due[0, 0] == NONE
    state, _ = step(rules, state)
    assert state.threat_due[0, 0] == 3 and on_desk(rules, state) == []
    state, _ = step(rules, state)
    assert state.threat_due[0, 0] == 3 and on_desk(rules, state) == []
    state, _ = step(rules, state)
    assert state.threat_due[0, 0] == NONE and on_desk(rules, state) == ["cut"]


def test_a_threat_that_is_averted_passes_and_says_so():
    rules = threat_world(averted_if=("ge", ("now", LEVEL), number(500)))
    state, seen, averted = begin(rules, 1, turns=8), [], []
    while state.running.any():
        seen += on_desk(rules, state)
        averted.append(bool(state.averted[0, 0]))
        state, _ = step(rules, state)
    assert seen == []  # and, never having been shown, a card of once may loom again
    assert averted == [False, False, False, True, False, False, True, False]


def test_odds_are_met_over_many_games():
    rules = world(cards=(card("coin", CHANCE, odds=number(0.3), cooldown=NEVER),))
    share = (begin(rules, 5, games=20_000).agenda[0] == 0).mean()
    assert share == pytest.approx(0.3, abs=0.01)  # three standard errors


def test_weights_are_shares_and_quiet_leaves_a_place_empty():
    rules = world(cards=(card("heavy", WEIGHT, odds=number(3.0)), card("light", WEIGHT, odds=number(1.0)),
                         card("never", WEIGHT, odds=number(0.0))), agenda=Agenda(1, 2, 4.0))
    agenda = begin(rules, 5, games=20_000).agenda[0]
    shares = [(agenda == c).mean() for c in (0, 1, 2, NONE)]
    assert shares == pytest.approx([3 / 8, 1 / 8, 0.0, 4 / 8], abs=0.012)


def test_a_follow_up_whose_condition_does_not_hold_is_dropped():
    rules = classes_world(4)
    cards = list(rules.tables.cards)
    cards[1] = replace(cards[1], when=after_turn(5))
    rules = world(cards=tuple(cards), landings=rules.tables.landings, agenda=rules.tables.agenda)
    state = begin(rules, 1)
    for _ in range(8):
        state, _ = step(rules, state)
        assert "called" not in on_desk(rules, state)


def test_games_of_a_batch_have_agendas_of_their_own():
    rules = world(cards=(card("coin", CHANCE, odds=number(0.5), when=YES, cooldown=NEVER),))
    agenda = begin(rules, 9, games=64).agenda[0]
    assert set(np.unique(agenda)) == {NONE, 0}
