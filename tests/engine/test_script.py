"""Formulas run together give what each gives alone, to the bit, for one game and for many."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.expr import compile_expr
from game.engine.script import FEW, Inputs, Script
from game.engine.state import array_fields, pick_games, repeat_game
from game.engine.turn import begin, play, reading_of
from game.engine.writing import Arrays, Floats
from game.outlook.policies import bot_dice, random_policy
from tests.engine import handmade

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


@pytest.mark.parametrize("games", [1, FEW + 1])
def test_what_is_written_twice_is_computed_once(games, monkeypatch):
    calls = []
    for owner, name in ((Floats.names, "ln"), (Arrays.fresh, "ln")):
        monkeypatch.setitem(owner, name, lambda x: calls.append(x) or x)
    product = ("ln", ("mul", ("now", 0), ("last", 1)))
    script(product, ("add", product, ("now", 1))).run(inputs(games, 1))
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
