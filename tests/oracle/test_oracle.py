"""The engine and the oracle give the same games to the bit: every variable, card, choice, move, threat, promise."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine import numbers
from game.engine.expr import compile_expr
from game.engine.tables import compile_rules
from tests.conformance.worlds import world
from tests.oracle import arithmetic
from tests.oracle.compare import compare
from tests.oracle.worlds import random_tables

SEED, LONG_SEED = 2011, 2**64 + 2011


RULES = ("arithmetic", "game", "desk", "seats", "quarter")  # the files that say what the rules are
SHARED = {"game.engine.expr": {"LEAVES", "Node"}, "game.engine.luck": {"uniforms"}}  # and tables, and constants


@pytest.mark.parametrize("name", RULES)
def test_the_oracle_shares_no_rule_with_the_engine(name):
    tree = ast.parse((Path(__file__).parent / f"{name}.py").read_text("utf-8"))
    for node in ast.walk(tree):
        modules = [a.name for a in node.names] if isinstance(node, ast.Import) else \
            [node.module] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            assert not module.startswith("numpy")
            if module.startswith("game.") and module != "game.engine.tables":
                names = {alias.name for alias in node.names}
                constants = module == "game.engine.numbers" and all(n.isupper() for n in names)
                assert constants or names <= SHARED.get(module, set()), (module, names)


@pytest.mark.parametrize("name, games", [("handmade", 30), ("minimal", 30), ("mongolia-2011", 15)])
def test_random_games_are_the_same(name, games):
    here = world(name)
    seen = compare(here.rules, SEED, games, here.turns, here.parameters)
    assert seen["card"] > games and seen["move"] > games and seen["initiative"] > 0


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name, games", [("handmade", 1_000), ("minimal", 3_000), ("mongolia-2011", 1_000)])
def test_a_thousand_random_games_are_the_same(name, games):
    """Of `minimal` more: its one promise hangs on a rare gamble."""
    here = world(name)
    seen = compare(here.rules, LONG_SEED, games, here.turns, here.parameters, first_game=12_345)
    assert seen["threat"] > 0 and seen["standing"] > 0 and seen["promise"] > 0


def crowded(seeds: range, games: int) -> Counter:
    counts: Counter = Counter()
    for seed in seeds:
        counts += compare(compile_rules(random_tables(seed)), seed, games, 14)
    return counts


def test_crowded_desks_are_the_same_and_meet_every_rule():
    seen = crowded(range(30), 3)
    for what in ("card", "waiting", "lapsed", "threat", "averted", "follow-up", "promise", "kept", "broken", "move",
                 "initiative", "standing", "unmet", "early ending"):
        assert seen[what] > 5, what


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_thousand_crowded_desks_are_the_same():
    crowded(range(1_000, 2_000), 6)


# --- formulas

NAMES = st.sampled_from([("now", 0), ("now", 1), ("last", 0), ("turn",)])
NUMBERS = st.floats(-9.0, 9.0).map(lambda x: ("number", x))
SMALL = st.floats(-2.0, 2.0).map(lambda x: ("number", x))


def _larger(parts: st.SearchStrategy) -> st.SearchStrategy:
    def of(kinds: str, *arguments: st.SearchStrategy) -> st.SearchStrategy:
        return st.tuples(st.sampled_from(kinds.split()), *arguments)
    modest = parts.map(lambda x: ("min", x, ("number", 3.0)))  # so that towers of powers stay finite
    return st.one_of(
        of("neg not abs sqrt ln logistic", parts), of("exp", modest), of("pow", modest, SMALL),
        of("add sub mul lt le gt ge eq ne and or min max", parts, parts), of("min max", parts, parts, parts),
        of("if ratio", parts, parts, parts), of("div", parts, st.floats(0.1, 50.0).map(lambda x: ("number", x))),
        parts.map(lambda x: ("curve", x, (-4.0, 0.0, 0.3, 7.0), (1.1, -3.3, 12.7, 12.9))))


@given(st.recursive(NAMES | NUMBERS, _larger, max_leaves=12),
       st.lists(st.tuples(*[st.floats(-50.0, 50.0)] * 3), min_size=1, max_size=5))
def test_formulas_have_the_same_value(node, games):
    columns = [np.array(column) for column in zip(*games, strict=True)]
    places = {("now", 0): 0, ("now", 1): 1, ("last", 0): 2}
    expr = compile_expr(node)
    whole = np.broadcast_to(expr.evaluate([3.0 if leaf == ("turn",) else columns[places[leaf]]
                                           for leaf in expr.leaves]), len(games))
    for engine, game in zip(whole.tolist(), games, strict=True):
        oracle = arithmetic.evaluate(node, lambda leaf, game=game: 3.0 if leaf == ("turn",) else game[places[leaf]])
        assert (engine + 0.0).hex() == (float(oracle) + 0.0).hex()


@given(st.integers(0, 2**53 - 1))
def test_normal_draws_have_the_same_value(steps):
    u = steps * 2.0**-53
    held = np.minimum(np.maximum(np.array([u]), 2.0**-54), 1.0 - 2.0**-53)
    assert float(numbers.normal(held)[0]).hex() == arithmetic.normal(u).hex()
