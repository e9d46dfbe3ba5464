"""Bots that look ahead: one list of candidates, never more than can be paid, and each with its own eyes."""

from dataclasses import replace

import numpy as np
import pytest

from game.engine.decisions import nothing, options, settle
from game.engine.state import NONE, pick_games
from game.engine.tables import SCHEDULED, Agenda, Initiative, compile_rules
from game.engine.turn import begin, play, reading_of
from game.outlook.policies import (
    Planner,
    bot_dice,
    by_worth,
    candidates,
    decisions_of,
    policy_named,
    random_policy,
    take,
)
from game.outlook.policies.looking import by_odds, sure_rules
from game.outlook.utility import priority_pairs, utility, weights_of
from tests.conformance.worlds import WORLDS, scenario, world
from tests.engine.small import CASH, LEVEL, add, card, landings, option
from tests.engine.small import world as small_world
from tests.outlook.decks import deck


def decide(rules, state, policy):
    return policy(rules, state, reading_of(rules, state), bot_dice(rules, state))


def middle(here, games, turns=3):
    """An opened state some turns into games of the random bot."""
    state = begin(here.rules, 9, games, 0, here.turns, here.parameters)
    for _ in range(turns):
        state, _ = play(here.rules, state, decide(here.rules, state, random_policy))
    return state


@pytest.mark.parametrize("name", WORLDS)
def test_each_candidate_by_itself_is_granted(name):
    here = world(name)
    rules, state = here.rules, middle(here, 20)
    reading = reading_of(rules, state)
    found, may = candidates(rules, state, reading), options(rules, state, reading)
    assert found.open.any()
    for n in np.flatnonzero(found.open.any(axis=1)):
        chosen = np.zeros(found.open.shape, dtype=bool)
        chosen[n] = found.open[n]
        wanted = decisions_of(rules, state, found, chosen)
        done = settle(rules, state, may, wanted)
        asked = wanted.choices != NONE
        np.testing.assert_array_equal(done.choices[asked], wanted.choices[asked])
        np.testing.assert_array_equal(done.levers, wanted.levers)
        np.testing.assert_array_equal(done.initiatives, wanted.initiatives)


@pytest.mark.parametrize("name", WORLDS)
def test_what_is_taken_together_can_be_paid_together(name):
    here = world(name)
    rules, state = here.rules, middle(here, 60)
    reading = reading_of(rules, state)
    found = candidates(rules, state, reading)
    worth = np.random.default_rng(5).normal(size=found.open.shape)
    wanted = take(rules, state, found, worth)
    done = settle(rules, state, options(rules, state, reading), wanted)
    asked = wanted.choices != NONE
    np.testing.assert_array_equal(done.choices[asked], wanted.choices[asked])
    np.testing.assert_array_equal(done.levers, wanted.levers)
    np.testing.assert_array_equal(done.initiatives, wanted.initiatives)
    assert (wanted.initiatives.sum(axis=0) <= 1).all()


def test_the_best_comes_first_and_what_is_worth_nothing_is_left():
    choices = (option("no"), option("dear", 1, capital=3.0))
    rules = small_world(cards=(card("c", SCHEDULED, choices=choices),), agenda=Agenda(1, 1, 0.0),
                        initiatives=(Initiative(option("begin", 1, capital=2.0), 1),),
                        landings=landings((add(LEVEL, 5),)))
    state = begin(rules, 1, 3)
    found = candidates(rules, state, reading_of(rules, state))
    things = list(found.things)
    worth = np.zeros(found.open.shape)
    worth[things.index(("choice", 0, 1))] = [2.0, 1.0, -1.0]
    worth[things.index(("initiative", 0))] = [1.0, 2.0, 0.0]
    wanted = take(rules, state, found, worth)
    assert wanted.choices[0].tolist() == [1, NONE, NONE]
    assert wanted.initiatives[0].tolist() == [False, True, False]


def test_bars_feast_and_the_planner_sows_until_the_end_is_near():
    """A feast pleases now and hurts in two turns; sowing hurts now and pays in two."""
    found = deck("fair-deck")
    rules = compile_rules(found.tables)
    cards = [c.id for c in found.document.cards]
    feast, sow = 1, 2
    state = begin(rules, 4, 60, 0, 8)
    planner = by_worth(Planner(weights_of(found, ("fed", "safe")), 8, 8))
    bars = policy_named("bars", found, rules)
    total = policy_named("total", found, rules)
    eager = policy_named("greedy-last-turn", found, rules, ("fed", "safe"))
    while state.running.any():
        wanted = [decide(rules, state, policy) for policy in (bars, planner, total, eager)]
        for place, on_desk in enumerate(state.agenda):
            here = on_desk == cards.index("seed-bread")
            assert (wanted[0].choices[place][here] == feast).all()
            right = wanted[1].choices[place][here] == (sow if state.turn < 6 else feast)
            assert right.sum() >= 0.9 * here.sum()
            assert state.turn < 6 or (wanted[2].choices[place][here] == feast).all()
            elsewhere = on_desk == cards.index("seed-law")  # nobody asked for law
            assert (wanted[1].choices[place][elsewhere] == NONE).all()
            if state.turn == 7:
                assert (wanted[3].choices[place][here] == feast).all()
                assert (wanted[3].choices[place][elsewhere] == NONE).all()
        state, _ = play(rules, state, wanted[1])


@pytest.mark.parametrize("name", ["bars", "total", "planner"])
def test_a_bot_decides_a_game_alike_alone_and_in_a_batch(name):
    here = world("minimal")
    bot, state = policy_named(name, scenario("minimal"), here.rules), middle(here, 24)
    whole = decide(here.rules, state, bot)
    for part in (slice(0, 7), slice(7, 8), slice(8, 24)):
        alone = decide(here.rules, pick_games(state, part), bot)
        for field in ("choices", "levers", "initiatives"):
            np.testing.assert_array_equal(getattr(alone, field), getattr(whole, field)[:, part])


@pytest.mark.parametrize("name", ["bars", "total"])
def test_what_the_screen_shows_does_not_depend_on_the_luck_behind_it(name):
    here = world("minimal")
    state, bot = middle(here, 40), policy_named(name, scenario("minimal"), here.rules)
    one, two = (decide(here.rules, replace(state, seed=seed), bot) for seed in (9, 10))
    np.testing.assert_array_equal(one.choices, two.choices)
    np.testing.assert_array_equal(one.initiatives, two.initiatives)
    assert (one.choices != NONE).any() or one.initiatives.any()


def test_the_planners_futures_are_not_the_games():
    here, price = world("minimal"), scenario("minimal").row("price")
    state = middle(here, 40)
    after, _ = play(here.rules, state, nothing(here.rules, state))
    futures = Planner(weights_of(scenario("minimal"), ("energy",)), 2, 1).copies(here.rules, state, np.arange(40))
    future, _ = play(here.rules, futures, nothing(here.rules, futures))
    drawn = future.values[price].reshape(40, 2)
    assert not np.isclose(drawn, after.values[price][:, None]).any()
    assert len(np.unique(drawn)) == 80


def test_more_look_ahead_reaches_more():
    found = deck("fair-deck")
    rules = compile_rules(found.tables)
    weights = weights_of(found, ("fed", "just"))

    def mean(policy):
        state = begin(rules, 6, 150, 0, 8)
        while state.running.any():
            state, _ = play(rules, state, decide(rules, state, policy))
        return utility(rules, reading_of(rules, state), weights).mean()
    chance, bars, planner = (mean(p) for p in (random_policy, policy_named("bars", found, rules),
                                               by_worth(Planner(weights, 6, 8))))
    assert planner > max(chance, bars) + 2.0


def test_history_takes_its_choices_and_defaults_elsewhere():
    here, found = world("minimal"), scenario("minimal")
    marked = {c.id: x for c in found.document.cards for x, choice in enumerate(c.choices) if choice.history}
    assert marked
    bot, state = policy_named("history", found, here.rules), middle(here, 80, 0)
    seen = False
    for _ in range(4):
        wanted = decide(here.rules, state, bot)
        for place, on_desk in enumerate(state.agenda):
            for game, c in enumerate(on_desk):
                expected = marked.get(here.rules.tables.cards[c].id, NONE) if c != NONE else NONE
                assert wanted.choices[place, game] == expected
                seen |= expected != NONE
        state, _ = play(here.rules, state, wanted)
    assert seen


def test_levers_only_and_court_one_actor():
    here, found = world("mongolia-2011"), scenario("mongolia-2011")
    state = middle(here, 6, 1)
    wanted = decide(here.rules, state, policy_named("levers-only", found, here.rules))
    assert (wanted.choices == NONE).all() and not wanted.initiatives.any()
    moved = [wanted.levers[i] != state.values[lever.row] for i, lever in enumerate(here.rules.tables.levers)]
    assert np.sum(moved) > 0
    assert decide(here.rules, state, policy_named("court-japan", found, here.rules)).choices.shape == state.agenda.shape


def test_utility_is_the_mean_of_the_priorities():
    found = scenario("mongolia-2011")
    weights = dict(zip([g.id for g in found.document.goals], weights_of(found, ("prosperity", "many_friends")),
                       strict=True))
    assert weights == {"welfare": 0.5, "autonomy": 0.25, "security": 0.25, "democracy": 0.0}
    pairs = priority_pairs(found)
    assert len(set(map(frozenset, pairs))) >= 6
    counts = [sum(p.id in pair for pair in pairs) for p in found.document.priorities]
    assert len(set(counts)) == 1
    with pytest.raises(ValueError, match="prosperity"):
        weights_of(found, ("fame",))


def test_gambles_are_weighed_by_their_odds():
    choices = (option("no"), option("dare", 1, odds=("number", 0.25), landing_failure=2))
    rules = small_world(cards=(card("c", SCHEDULED, choices=choices),), agenda=Agenda(1, 0, 0.0),
                        landings=landings((add(LEVEL, 8), add(CASH, -1)), (add(LEVEL, -4),)))
    state = begin(rules, 1, 2)
    found = candidates(rules, state, reading_of(rules, state))

    def level(rules, state, wanted):
        return play(rules, state, wanted, still=True)[1].closing[LEVEL]
    worth = by_odds(rules, level, lambda base, changed: changed - base)(rules, state, found)
    assert worth[found.things.index(("choice", 0, 1))] == pytest.approx([0.25 * 8 - 0.75 * 4] * 2)


@pytest.mark.parametrize("name", WORLDS)
def test_a_state_opened_under_other_rules_is_read_anew(name):
    """Rules without gambles have their conditions in other places."""
    here = world(name)
    state, sure = middle(here, 20), sure_rules(here.rules, True)
    assert len(sure.passes.places) < len(here.rules.passes.places)
    found, expected = (options(rules, state, reading_of(rules, state)) for rules in (sure, here.rules))
    np.testing.assert_array_equal(found.initiatives, expected.initiatives)
    np.testing.assert_array_equal(found.of_cards(state.agenda), expected.of_cards(state.agenda))
