"""The ways for many games and numpy's own give the same."""

import numpy as np
import pytest

from game.engine.quick import MANY, by_game, first_true, running_sums

MIXED = np.random.default_rng(5)


@pytest.mark.parametrize("games", [1, MANY, MANY + 1, 1_000])
@pytest.mark.parametrize("things", [1, 2, 40])
def test_sums_are_added_one_after_the_other(games, things):
    x = MIXED.uniform(-1e6, 1e-6, (things, games))
    total = np.zeros(games)
    for found, more in zip(running_sums(x), x, strict=True):
        total = total + more
        np.testing.assert_array_equal(found, total)


@pytest.mark.parametrize("games", [1, MANY + 1])
def test_no_things_have_no_sums_and_no_truths(games):
    assert running_sums(np.zeros((0, games))).shape == (0, games)
    assert [len(found) for found in by_game(np.zeros((0, games), dtype=bool))] == [0, 0]


@pytest.mark.parametrize("games", [1, MANY, MANY + 1])
def test_the_first_truth_is_found_along_any_axis(games):
    truths = MIXED.random((5, 300, games)) < 0.01
    truths[-1] = truths[:, -1] = True
    np.testing.assert_array_equal(first_true(truths, 0), truths.argmax(0))
    np.testing.assert_array_equal(first_true(truths, 1), truths.argmax(1))


@pytest.mark.parametrize("games", [1, MANY, MANY + 1])
def test_truths_come_game_by_game(games):
    truths = MIXED.random((30, games)) < 0.1
    expected = [(game, thing) for game in range(games) for thing in range(30) if truths[thing, game]]
    assert list(zip(*(found.tolist() for found in by_game(truths)), strict=True)) == expected
