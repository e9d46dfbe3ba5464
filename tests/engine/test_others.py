"""What other actors do, and promises: moves by appeal, kept and broken words."""

import numpy as np
import pytest

from game.engine.state import NONE
from game.engine.tables import SCHEDULED, Actor, Effect, Move, Promise
from game.engine.turn import begin
from tests.engine.small import LEVEL, NO, YES, add, card, closings, in_turn, landings, number, step, world


def move(name, landing, appeal, **more):
    return Move(**{"id": name, "actor": 1, "when": YES, "appeal": number(appeal), "odds": None, "cooldown": 1,
                   "landing": landing, **more})


def moves_world(*moves, attention=1, temper=0.0):
    return world(moves=moves, actors=(Actor("home", 0, 0.0), Actor("north", attention, temper)),
                 landings=landings((add(LEVEL, 1),), (add(LEVEL, 10),), (add(LEVEL, 100),)))


def made(rules, turns=1, seed=1):
    """Ids of the moves of each turn."""
    state, found = begin(rules, seed), []
    for _ in range(turns):
        state, report = step(rules, state)
        found.append([rules.tables.moves[m].id for m in report.decided.moves[:, 0] if m != NONE])
    return found


def test_the_most_appealing_move_is_made_and_lands_at_once():
    rules = moves_world(move("a", 1, 0.5), move("b", 2, 0.9), move("c", 3, 0.7))
    assert made(rules) == [["b"]]
    _, report = step(rules, begin(rules, 1))
    assert report.closing[LEVEL, 0] == 510.0


def test_ties_go_to_the_first_id():
    assert made(moves_world(move("a", 1, 0.5), move("b", 2, 0.5))) == [["a"]]


def test_attention_two_makes_two_different_moves():
    assert made(moves_world(move("a", 1, 0.5), move("b", 2, 0.9), move("c", 3, 0.7), attention=2)) == [["b", "c"]]


@pytest.mark.parametrize("idle", [move("a", 1, 0.0), move("a", 1, -1.0), move("a", 1, 1.0, when=NO),
                                  move("a", 1, 1.0, odds=number(0.0))])
def test_what_does_not_appeal_or_may_not_be_is_not_made(idle):
    assert made(moves_world(idle)) == [[]]


def test_cooldown():
    assert made(moves_world(move("a", 1, 0.9, cooldown=3)), 7) == [["a"], [], [], ["a"], [], [], ["a"]]


def test_temper_makes_an_actor_unsteady():
    rules = moves_world(move("a", 1, 0.5), temper=1.0)  # made when 0.5 + u > 0, u in [-1, 1): three times of four
    _, report = step(rules, begin(rules, 2, games=20_000))
    assert (report.decided.moves[0] == 0).mean() == pytest.approx(0.75, abs=0.01)


def test_odds_are_rolled_before_appeal():
    rules = moves_world(move("a", 1, 0.9, odds=number(0.4)), move("b", 2, 0.2))
    _, report = step(rules, begin(rules, 2, games=20_000))
    moves = report.decided.moves[0]
    assert (moves == 0).mean() == pytest.approx(0.4, abs=0.011)
    assert ((moves == 0) | (moves == 1)).all()


def promise_world(kept_if, within=2):
    return world(
        cards=(card("word", SCHEDULED, 1, when=in_turn(0)), card("help", SCHEDULED, 2, when=in_turn(1))),
        promises=(Promise("given", within, kept_if, 3, 4),),
        landings=landings((Effect("promise", 0, 1.0, 0, 1, 1),), (add(LEVEL, 50),), (add(LEVEL, 1),),
                          (add(LEVEL, -1),)))


def test_a_promise_is_judged_when_due_on_what_the_screen_shows():
    rules = promise_world(("ge", ("now", LEVEL), number(550)))
    np.testing.assert_array_equal(closings(rules, begin(rules, 1), LEVEL, 4), [500, 550, 551, 551])
    rules = promise_world(("gt", ("now", LEVEL), number(550)))
    np.testing.assert_array_equal(closings(rules, begin(rules, 1), LEVEL, 4), [500, 550, 549, 549])


def test_a_promise_that_is_due_sooner_is_judged_sooner():
    rules = promise_world(("ge", ("now", LEVEL), number(550)), within=1)
    np.testing.assert_array_equal(closings(rules, begin(rules, 1), LEVEL, 4), [500, 549, 549, 549])


def test_the_report_says_kept_and_broken_once():
    rules = promise_world(("ge", ("now", LEVEL), number(550)))
    state, found = begin(rules, 1), []
    for _ in range(4):
        state, report = step(rules, state)
        found.append((bool(report.decided.kept[0, 0]), bool(report.decided.broken[0, 0])))
    assert found == [(False, False), (False, False), (True, False), (False, False)]
    assert state.promised[0, 0] == NONE
