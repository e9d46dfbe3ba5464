"""Formulas run together give what each gives alone, to the bit, for one game and for many."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine import numbers
from game.engine.expr import compile_expr
from game.engine.script import FEW, Inputs, Script
from game.engine.state import array_fields, pick_games, repeat_game
from game.engine.turn import begin, play, reading_of
from game.engine.writing import Arrays, Floats
from game.outlook.policies import bot_dice, random_policy
from tests.engine import handmade

POINTS = st.sampled_from([(0.0, 3.0), (-1.0, 0.5, 2.0), (-4.0, 0.0, 0.3, 7.0), (-2.0, -1.0, 0.0, 1.0, 2.5)])
HEIGHTS = (1.1, -3.3, 12.7, 12.7, 0.0)
LEAVES = st.sampled_from([("now", 0), ("now", 1), ("last", 0), ("turn",), ("year_mean", 1)])
NUMBERS = st.integers(-90, 90).map(lambda n: ("number", n / 8.0))  # nothing so small that a quotient overflows


def larger(parts):
    def of(kinds, *arguments):
        return st.tuples(st.sampled_from(kinds.split()), *arguments)
    modest = parts.map(lambda x: ("max", ("number", -20.0), ("min", x, ("number", 3.0))))
    return st.one_of(
        of("neg not abs", parts), of("sqrt ln logistic exp", modest), of("pow", modest, NUMBERS),
        of("add sub mul lt le gt ge eq ne and or min max", modest, modest), of("min max", parts, parts, parts),
        of("if ratio", modest, modest, modest), of("div", parts, st.integers(1, 50).map(lambda n: ("number", n * 0.3))),
        modest.map(lambda x: ("curve", x, (-4.0, 0.0, 0.3, 7.0), (1.1, -3.3, 12.7, 12.9))),
        modest.map(lambda x: ("curve", x, (0.0, 3.0), (0.1, 0.7))))


NODES = st.recursive(LEAVES | NUMBERS, larger, max_leaves=15)


def inputs(games, seed):
    rng = np.random.default_rng(seed)
    def quarter():
        return rng.integers(-64, 64, (2, games)) / 8.0
    return Inputs(quarter(), tuple(quarter() for _ in range(4)), None, None, np.zeros((0, games)), {("turn",): 3.0})


def alone(node, given_inputs):
    """The value of one formula by its own functions."""
    expr, values, past = compile_expr(node), given_inputs.values, given_inputs.past
    def leaf(kind, row=0):
        return {"now": lambda: values[row], "last": lambda: past[0][row], "turn": lambda: 3.0,
                "year_mean": lambda: (values[row] + past[0][row] + past[1][row] + past[2][row]) * 0.25}[kind]()
    return np.broadcast_to(expr.evaluate([leaf(*leaf_node) for leaf_node in expr.leaves]), values.shape[1])


def script(*nodes):
    return Script(lambda graph: [[graph.add(node) for node in nodes]], ())


@given(st.lists(NODES, min_size=1, max_size=6), st.integers(0, 10))
def test_a_script_gives_what_each_formula_gives_alone(nodes, seed):
    together = script(*nodes)
    for games in (1, 5, FEW + 1):
        given_inputs = inputs(games, seed)
        (found,) = together.run(given_inputs)
        for node, row in zip(nodes, found, strict=True):
            assert ((row + 0.0).tobytes() == (alone(node, given_inputs) + 0.0).tobytes()), (games, node)


CURVES = st.lists(st.tuples(st.integers(-60, 60), st.sampled_from([0.0, 0.1, 0.7]) | st.floats(-9, 9)), min_size=2,
                  max_size=15, unique_by=lambda point: point[0]).map(sorted)


@given(CURVES, st.sampled_from([0.1, 0.7, 1.0]), st.integers(0, 10))
def test_a_curve_is_the_same_in_every_way_of_computing_it(points, width, seed):
    """Also where a piece misses its own end by a rounding, and with so many points that pieces are looked up."""
    xs, ys = tuple(x * width for x, _ in points), tuple(y for _, y in points)
    given_inputs = inputs(FEW + 100, seed)
    given_inputs.values[0, : len(xs)] = xs
    (found,) = script(("curve", ("now", 0), xs, ys)).run(given_inputs)
    np.testing.assert_array_equal(found[0], numbers.curve(given_inputs.values[0], xs, ys))
    for game in range(0, FEW + 100, 9):
        part = given_inputs._replace(values=given_inputs.values[:, game: game + 1])
        (one,) = script(("curve", ("now", 0), xs, ys)).run(part)
        assert one[0, 0] == found[0, game]


ODD = st.floats() | st.sampled_from([0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, -1e-310, 2.0**-1022, 1.7e308])
ANYTHING = st.recursive(
    LEAVES | NUMBERS | ODD.map(lambda x: ("number", x)),
    lambda parts: st.one_of(
        st.tuples(st.sampled_from("neg not abs sqrt ln exp logistic".split()), parts),
        st.tuples(st.sampled_from("add sub mul div pow lt le gt ge eq ne and or min max".split()), parts, parts),
        st.tuples(st.sampled_from(["if", "ratio", "max", "min"]), parts, parts, parts),
        st.tuples(st.just("curve"), parts, POINTS).map(lambda node: (*node, HEIGHTS[: len(node[2])]))), max_leaves=12)


@given(st.lists(ANYTHING, min_size=1, max_size=4), st.lists(ODD, min_size=12, max_size=12))
def test_floats_and_arrays_agree_on_what_is_odd(nodes, odd):
    """Infinite, tiny, not a number, zero of either sign, divided by zero: alone or among many, a game is the same."""
    together = script(*nodes)
    columns = np.array(odd).reshape(6, 2).T + 0.0  # no kept value is a negative zero
    quarter = np.concatenate([columns, inputs(FEW, 1).values], axis=1)
    many = Inputs(quarter, (quarter[::-1],) * 4, None, None, np.zeros((0, FEW + 6)), {("turn",): 3.0})
    with np.errstate(all="ignore"):
        (found,) = together.run(many)
        for game in range(FEW + 6):
            part = quarter[:, game: game + 1]
            (one,) = together.run(many._replace(values=part, past=(part[::-1],) * 4, luck=np.zeros((0, 1))))
            np.testing.assert_array_equal(one[:, 0], found[:, game])  # zeros of either sign are equal, so is no number


@pytest.mark.parametrize(("kind", "function"), [("max", np.fmax), ("min", np.fmin)])
def test_of_two_values_a_number_counts_rather_than_none(kind, function):
    pairs = np.array(list(product([0.0, 2.5, -1.0, 5e-324, math.inf, -math.inf, math.nan], repeat=2))).T
    both = script((kind, ("now", 0), ("now", 1)))
    for pair in pairs.T[:, :, None]:
        (found,) = both.run(inputs(1, 1)._replace(values=pair))
        np.testing.assert_array_equal(found[0], function(*pair))


@pytest.mark.parametrize("games", [1, FEW + 1])
def test_what_is_written_twice_is_computed_once(games, monkeypatch):
    calls = []
    for owner, name in ((Floats.names, "ln"), (Arrays.fresh, "ln")):
        monkeypatch.setitem(owner, name, lambda x: calls.append(x) or x)
    logarithm = ("ln", ("mul", ("now", 0), ("last", 1)))
    script(logarithm, ("add", logarithm, ("now", 1))).run(inputs(games, 1))
    assert len(calls) == 1


@pytest.mark.parametrize("games", [1, FEW + 1])
def test_results_of_a_run_outlive_the_next(games):
    together = script(("add", ("now", 0), ("number", 1.0)), ("now", 1))
    first = together.run(inputs(games, 1))[0]
    kept = first.copy()
    together.run(inputs(games, 2))
    np.testing.assert_array_equal(first, kept)


def test_inputs_are_left_alone():
    node = ("mul", ("add", ("now", 0), ("last", 1)), ("now", 0))
    given_inputs, same = inputs(FEW + 1, 3), inputs(FEW + 1, 3)
    script(("now", 0), node, ("neg", node)).run(given_inputs)
    np.testing.assert_array_equal(given_inputs.values, same.values)
    np.testing.assert_array_equal(given_inputs.past, same.past)


def test_threads_may_run_one_script_at_the_same_time():
    node = ("add", ("mul", ("now", 0), ("now", 1)), ("exp", ("min", ("last", 0), ("number", 2.0))))
    together = script(node)
    with ThreadPoolExecutor(4) as pool:
        for seed, found in enumerate(pool.map(lambda seed: together.run(inputs(700, seed))[0], range(40))):
            np.testing.assert_array_equal(found[0], alone(node, inputs(700, seed)))


@pytest.mark.parametrize("games", [1, 40])
def test_playing_does_not_touch_the_state_played_from(games):
    rules = handmade.rules()
    state = begin(rules, 5, games, turns=8)
    while state.running.any():
        before = {name: array.copy() for name, array in array_fields(state).items()}
        after, _ = play(rules, state, random_policy(rules, state, reading_of(rules, state), bot_dice(rules, state)))
        for name, array in array_fields(state).items():
            np.testing.assert_array_equal(array, before[name], err_msg=name)
        state = after


def test_what_is_at_hand_is_of_that_very_state():
    rules = handmade.rules()
    state = begin(rules, 5, 4, turns=8)
    assert state.known() is not None
    changed = state.values.copy()
    changed[handmade.RELATION] = 10.0
    copies = repeat_game(pick_games(state, slice(0, 1)), 3)
    for other in (pick_games(state, slice(1, 3)), copies, replace(state, seed=6), replace(state, values=changed)):
        assert other.known() is None
        node = rules.tables.moves[1].when
        np.testing.assert_array_equal(reading_of(rules, other).all_read[rules.passes.places[node]] != 0.0,
                                      other.values[handmade.RELATION] > 45.0)
