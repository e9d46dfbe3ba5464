"""Bots: they decide only what is open and payable, and each for its own reasons."""

import numpy as np
import pytest

from game.engine.decisions import options, settle
from game.engine.state import NONE
from game.engine.tables import SCHEDULED, Agenda, Initiative
from game.engine.turn import begin, play, reading_of
from game.outlook.policies import NAMES, Stance, bot_dice, by_stance, policy_named, random_policy
from tests.conformance.worlds import FOLDERS, scenario, world
from tests.engine.small import CASH, LEVEL, NO, add, card, landings, number, option
from tests.engine.small import world as small_world

SLOW = ("bars", "total", "goals-now", "levers-only", "greedy-last-turn", "planner",
        "planner-doubled")  # each looks ahead by simulation


def decide(rules, state, policy):
    return policy(rules, state, reading_of(rules, state), bot_dice(rules, state))


@pytest.mark.parametrize("policy", NAMES)
@pytest.mark.parametrize("name", FOLDERS)
def test_each_thing_a_bot_wants_is_allowed_by_itself(name, policy):
    here = world(name)
    bot = policy_named(policy, scenario(name), here.rules)
    state = begin(here.rules, 3, 8 if policy in SLOW else 200, 0, here.turns, here.parameters)
    for _ in range(2 if policy in SLOW else 6):
        wanted = decide(here.rules, state, bot)
        done = settle(here.rules, state, options(here.rules, state, reading_of(here.rules, state)), wanted)
        first = wanted.choices[0] != NONE  # the first place is paid first, so it must be granted
        np.testing.assert_array_equal(done.choices[0][first], wanted.choices[0][first])
        assert (wanted.initiatives.sum(axis=0) <= 1).all()
        moved = sum((wanted.levers[i] != state.values[lever.row]).astype(int)
                    for i, lever in enumerate(here.rules.tables.levers))
        assert (moved <= 1).all()
        state, _ = play(here.rules, state, wanted)


def shop():
    """A card with four choices (one shut, one too dear) and two initiatives, one too dear."""
    choices = (option("no"), option("good", 1), option("bad", 2), option("shut", 1, when=NO),
               option("dear", 1, cost=1e6))
    return small_world(cards=(card("c", SCHEDULED, choices=choices),), agenda=Agenda(1, 1, 0.0),
                       initiatives=(Initiative(option("begin", 1), 1), Initiative(option("dream", 1, cost=1e6), 1)),
                       landings=landings((add(LEVEL, 5), add(CASH, -1)), (add(LEVEL, -5),)))


def test_the_random_bot_takes_all_that_is_open_alike():
    rules = shop()
    wanted = decide(rules, begin(rules, 1, games=30_000), random_policy)
    shares = [(wanted.choices[0] == choice).mean() for choice in range(5)]
    assert shares == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0, 0], abs=0.01)
    assert wanted.initiatives[0].mean() == pytest.approx(0.5, abs=0.01)
    assert not wanted.initiatives[1].any()
    up, down = ((sign * (wanted.levers[0] - 50.0) > 0).mean() for sign in (1, -1))
    assert (up, down) == pytest.approx((0.25, 0.25), abs=0.01)


@pytest.mark.parametrize("stance, choice, plays", [
    (Stance({LEVEL: 1.0}, active=True), 1, True),
    (Stance({LEVEL: -1.0}, active=True), 2, False),
    (Stance({}), 0, False),
    (Stance({LEVEL: 1.0, CASH: 1.0}, harm_only=True), 0, False),
    (Stance({LEVEL: 1.0}), 1, False),
])
def test_a_stance_takes_what_it_values_most(stance, choice, plays):
    rules = shop()
    wanted = decide(rules, begin(rules, 1, games=3), by_stance(rules, stance))
    assert wanted.choices[0].tolist() == [choice] * 3
    assert wanted.initiatives[0].tolist() == [plays] * 3
    assert wanted.levers[0].tolist() == [50.0] * 3


def test_a_gamble_counts_half_won_half_lost():
    for lost, choice in ((-4.0, 1), (-12.0, 0)):
        gamble = option("dare", 1, odds=number(1.0), landing_failure=2)
        rules = small_world(cards=(card("c", SCHEDULED, choices=(option("no"), gamble)),),
                            landings=landings((add(LEVEL, 10),), (add(LEVEL, lost),)))
        assert decide(rules, begin(rules, 1), by_stance(rules, Stance({LEVEL: 1.0}))).choices[0, 0] == choice


def test_leaning_warms_the_side_it_leans_to():
    name = "mongolia-2011"
    here, found = world(name), scenario(name)
    warmth = {}
    for policy in ("lean-north", "lean-south"):
        bot = policy_named(policy, found, here.rules)
        state = begin(here.rules, 3, 200, 0, here.turns, here.parameters)
        while state.running.any():
            state, _ = play(here.rules, state, decide(here.rules, state, bot))
        warmth[policy] = [state.closing[found.row(actor.relations)].mean() for side in ("russia", "china")
                          for actor in found.document.actors if actor.side == side and actor.relations]
    assert warmth["lean-north"][0] > warmth["lean-south"][0]
    assert warmth["lean-north"][1] < warmth["lean-south"][1]


def test_bots_do_not_disturb_the_games_luck():
    """The same decisions by another hand give the same game: bots roll on a stream of their own."""
    here = world("minimal")
    one = two = begin(here.rules, 3, 50, 0, here.turns, here.parameters)
    for _ in range(4):
        wanted = decide(here.rules, one, random_policy)
        one, _ = play(here.rules, one, wanted)
        two, _ = play(here.rules, two, wanted)
    np.testing.assert_array_equal(one.values, two.values)


def test_there_is_no_other_policy():
    with pytest.raises(ValueError, match="lean-south"):
        policy_named("perfect", scenario("minimal"), world("minimal").rules)
