"""The page of the neighbours tells the truth: odds as the engine plays them, reasons that push as they say."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from game.content import load
from game.engine.actors import choose_moves
from game.engine.dice import Dice
from game.engine.state import NONE, repeat_game
from game.engine.tables import NEVER, compile_rules
from game.engine.turn import reading_of
from game.view import neighbours_page, refusal_sentence
from game.view.move_odds import Bid, bids, chance, quiet
from game.view.names import Names
from game.view.neighbours import HOW
from tests.content.test_scenario import variant
from tests.view.conftest import SHIPPED, new_game, random_game

MONGOLIA = next(path for path in SHIPPED if path.name == "mongolia-2011")
OPENINGS = 4000


@pytest.fixture(scope="module")
def mongolia():
    return load(MONGOLIA)


@pytest.fixture(scope="module")
def game(mongolia):
    """Six quarters into a game, when something has been refused."""
    return random_game(mongolia, 3, turns=6)


def thrown(rules, state, seed=11) -> np.ndarray:
    """Moves that the engine makes from one state on as many throws of the dice [slots, OPENINGS]."""
    many = repeat_game(state, OPENINGS)
    return choose_moves(rules, many, reading_of(rules, many), Dice(rules, seed, 0, OPENINGS, many.turn))


def agrees(p: float, *counts: int) -> bool:
    """Within three standard errors; of several sets of throws one must be, for one in 370 misses by mere chance."""
    error = math.sqrt(max(p * (1.0 - p), 1e-12) * OPENINGS)
    return any(abs(count - p * OPENINGS) <= max(3.0 * error, 1.0) for count in counts)


# --- odds


@pytest.mark.parametrize("turns", [0, 3, 6, 9])
def test_shown_odds_agree_with_what_the_engine_does(mongolia, turns):
    session = random_game(mongolia, 3, turns=turns)
    throws, checked = [thrown(session.rules, session.state, seed) for seed in (11, 12)], 0
    number = {doc.title: m for m, doc in enumerate(mongolia.document.moves)}
    for each in neighbours_page(session).neighbours:
        for line in each.moves:
            counts = [int((made == number[line.title]).sum()) for made in throws]
            assert agrees(line.odds, *counts), (line.title, line.odds, counts)
            checked += 1
        for line in each.closed:
            assert int((throws[0] == number[line.title]).sum()) <= OPENINGS * 0.002, line.title
        assert sum(line.odds for line in each.moves) <= 1.0 + 1e-9
    assert checked > 15


def test_the_chance_of_no_move_agrees_too(game, mongolia):
    throws, actors = [thrown(game.rules, game.state, seed) for seed in (11, 12)], mongolia.tables.actors
    owner = np.array([move.actor for move in mongolia.tables.moves])
    reading = reading_of(game.rules, game.state)
    for a, actor in enumerate(actors):
        if actor.attention:
            counts = [int((~((made != NONE) & (owner[np.maximum(made, 0)] == a)).any(axis=0)).sum())
                      for made in throws]
            every = bids(game.rules, game.state, reading, a)
            still = quiet(every, actor.temper)
            assert agrees(still, *counts), actor.id
            # exact both ways: with one move at most, the chances of all and of none add up to one
            total = still + sum(chance(bid, every, actor.temper, actor.attention) for bid in every)
            assert total == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize(("attention", "temper"), [(1, 0.0), (2, 0.0), (2, 0.5), (2, 2.0)])
def test_odds_hold_for_two_moves_a_turn_and_without_temper(game, mongolia, attention, temper):
    tables = replace(mongolia.tables, actors=tuple(
        replace(actor, attention=attention, temper=temper) if actor.attention else actor
        for actor in mongolia.tables.actors))
    rules, state = compile_rules(tables), game.state.changed(at_hand=None)
    throws, reading = [thrown(rules, state, seed) for seed in (11, 12)], reading_of(rules, state)
    for a, actor in enumerate(tables.actors):
        every = bids(rules, state, reading, a)
        for bid in every if actor.attention else ():
            p = chance(bid, every, temper, attention)
            assert agrees(p, *(int((made == bid.move).sum()) for made in throws)), mongolia.tables.moves[bid.move].id


def test_a_move_that_never_appeals_or_is_closed_has_no_chance():
    rival = Bid(1, True, 1.0, 0.4)
    assert chance(Bid(0, True, 1.0, -0.6), [rival], 0.5, 1) == 0.0
    assert chance(Bid(0, False, 1.0, 0.6), [rival], 0.5, 1) == 0.0
    assert chance(Bid(0, True, 0.0, 0.6), [rival], 0.5, 1) == 0.0
    assert chance(Bid(0, True, 1.0, 0.0), [], 0.5, 1) == pytest.approx(0.5)  # an appeal of 0 is an even chance
    assert chance(Bid(0, True, 1.0, 0.2), [Bid(1, True, 1.0, 0.2)], 0.0, 1) == 1.0  # ties go to the first


# --- reasons


def lines(session):
    return {line.title: line for each in neighbours_page(session).neighbours for line in each.moves}


def seen(session, **values):
    """The session with other numbers on its screen; no move was made of late."""
    state = session.state.changed(values=session.state.values.copy(), at_hand=None,
                                  moved=np.full_like(session.state.moved, -NEVER))
    for name, value in values.items():
        state.values[session.scenario.row(name), 0] = value
    return SimpleNamespace(scenario=session.scenario, rules=session.rules, records=session.records, state=state)


def test_reasons_push_the_way_they_say(game, mongolia):
    """What pushes a move up is there with a number above the level at which it would not count, and the other way."""
    found = lines(seen(game, china_snub=2.0, china_relations=45.0, china_leverage=66.0, third_neighbour_cover=25.0,
                       china_answers=0.5))
    gate = found["A coal gate is being repaired"]
    ways = {push.refers: push.arrow for push in gate.pushes}
    assert ways["china_snub"] == "up" and ways["third_neighbour_cover"] == "down"
    assert [push.size for push in gate.pushes] == sorted(
        (push.size for push in gate.pushes), key=("strongly", "clearly", "slightly").index)
    assert all(push.text and push.arrow in ("up", "down") for line in found.values() for push in line.pushes)
    assert not any("difficulty" in push.text.lower() or "shock" in push.text.lower()
                   for line in found.values() for push in line.pushes)  # parameters push nothing


@pytest.mark.parametrize(("name", "move", "more_is_likelier"), [
    ("china_snub", "china-gate-repairs", True), ("third_neighbour_cover", "china-gate-repairs", False),
    ("russia_unmet", "russia-study-places", False), ("russia_relations", "russia-study-places", True)])
def test_a_named_push_moves_the_odds_in_the_engine(game, mongolia, name, move, more_is_likelier):
    """The same number moved on the screen moves the move's own odds or appeal as the page says."""
    m = next(m for m, found in enumerate(mongolia.tables.moves) if found.id == move)
    row, node = mongolia.row(name), mongolia.tables.moves[m]

    def readiness(by: float) -> float:
        state = game.state.changed(values=game.state.values.copy(), at_hand=None)
        state.values[row, 0] += by
        for answers in ("russia_answers", "china_answers"):  # computed from it, as the next opening would
            at = mongolia.row(answers)
            state.values[at, 0] = float(reading_of(game.rules, state).number(mongolia.tables.variables[at].formula)[0])
        reading = reading_of(game.rules, state)
        odds = 1.0 if node.odds is None else float(reading.number(node.odds)[0])
        return odds * (0.5 + float(reading.number(node.appeal)[0]))

    assert (readiness(0.5) > readiness(-0.5)) == more_is_likelier


def test_a_closed_move_says_why(game, mongolia):
    calm = seen(game, russia_snub=0.2)
    move = next(m for m, found in enumerate(mongolia.tables.moves) if found.id == "russia-study-places")
    calm.state.moved[move, 0] = game.state.turn - 1
    closed = {line.title: line.why for each in neighbours_page(calm).neighbours for line in each.closed}
    assert closed["A no from the railway"] == "Needs: refusals that Moscow remembers at least 2.6\u00a0snubs."
    assert closed["More places at Russian universities"] == "Made not long ago; not before 2013 Q3."


# --- demands, promises, refusals, vetoes


def test_demands_that_stand_are_told_open_ones_first_and_add_up(game, mongolia):
    page, told = neighbours_page(game), 0
    assert page.how == HOW
    for each in page.neighbours:
        still_open = [line for line in each.demands if not line.met]
        assert list(each.demands[:len(still_open)]) == still_open
        name = f"{each.id}_unmet"
        if each.demands:
            value = float(game.state.values[mongolia.row(name), 0])
            assert sum(line.weight for line in still_open) == value
            assert name in [line.refers for line in each.standings]
            told += len(each.demands)
    assert told > 15 and len(page.neighbours) == 8


def test_promises_and_refusals_are_told(mongolia):
    session = new_game(mongolia)
    fresh = next(each for each in neighbours_page(session).neighbours if each.id == "russia")
    assert fresh.refusals == () and fresh.promises == ()
    assert all(line.change_text == "" for line in fresh.standings)
    for wanted in ("khaan-quest-guests", "letter-on-drills"):
        index = next(i for i, doc in enumerate(mongolia.document.initiatives) if doc.id == wanted)
        assert session.play(index) is None
    session.end_turn()
    russia = next(each for each in neighbours_page(session).neighbours if each.id == "russia")
    assert "Uniforms at Five Hills (2011 Q1)" in russia.refusals
    (promise,) = russia.promises
    assert promise.startswith("\u201cNo larger Western drills\u201d, due in 3 quarters. Kept by: Khaan Quest exercise")
    assert promise.endswith("As things stand it would be kept.")
    assert all(line.change_text for line in russia.standings)


def test_a_veto_stands_with_its_interest_and_the_refusal_says_so(game, mongolia):
    page = neighbours_page(game)
    assert any("A dam on the Eg river" in veto and "core interest" in veto for veto in page.vetoes)
    index = next(i for i, doc in enumerate(mongolia.document.initiatives) if doc.id == "eg-dam")
    said = refusal_sentence(Names(mongolia), game.play(index))
    assert "Russia" in said and "no dam above Lake Baikal" in said
    option = mongolia.tables.initiatives[index].option
    for leverage, allowed in ((70.0, False), (50.0, True)):
        there = seen(game, china_soft_loan=1.0, russia_leverage=leverage)
        assert bool(reading_of(there.rules, there.state).holds(option.when)[0]) == allowed
        assert any("Eg river" in veto for veto in neighbours_page(there).vetoes) != allowed


def test_a_scenario_without_demands_or_memory_has_a_page_too(tmp_path):
    scenario = load(variant(tmp_path, "remove: [no-depot, a-kind-word]\nactors:\n- {id: neighbour, memory: null}\n"))
    (each,) = neighbours_page(new_game(scenario)).neighbours
    assert each.demands == () and each.refusals == () and each.summary.startswith("Most likely")


def test_page_after_the_end(mongolia):
    page = neighbours_page(random_game(mongolia, 2))
    assert all(each.moves == () and each.quiet_text.startswith("No move at all: 100") for each in page.neighbours)
