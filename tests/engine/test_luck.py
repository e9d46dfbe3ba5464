"""Random numbers by address: where each comes from, and that nothing else decides it."""

import numpy as np
import pytest

from game.engine.dice import Dice, sizes, used
from game.engine.luck import BOTS, FORECAST, PLAY, uniforms
from tests.engine import handmade


def test_a_number_depends_on_its_address_alone():
    whole = uniforms(5, 0, 100, 3, 10)
    np.testing.assert_array_equal(uniforms(5, 40, 20, 3, 10), whole[:, 40:60])
    np.testing.assert_array_equal(uniforms(5, 99, 1, 3, 10), whole[:, 99:])


@pytest.mark.parametrize("other", [
    (6, 0, 50, 3, 9, PLAY), (5, 50, 50, 3, 9, PLAY), (5, 0, 50, 4, 9, PLAY), (5, 0, 50, 3, 9, BOTS),
    (5, 0, 50, 3, 9, FORECAST), (5 + 2**64, 0, 50, 3, 9, PLAY),
])
def test_another_seed_game_turn_or_stream_gives_other_numbers(other):
    assert not np.isin(uniforms(5, 0, 50, 3, 9, PLAY), uniforms(*other)).any()


def test_numbers_are_uniform_and_below_one():
    numbers = uniforms(1, 0, 50_000, 0, 4)
    assert numbers.min() >= 0.0 and numbers.max() < 1.0
    np.testing.assert_allclose(numbers.mean(axis=1), 0.5, atol=0.006)
    np.testing.assert_allclose(numbers.var(axis=1), 1 / 12, atol=0.003)
    assert abs(np.corrcoef(numbers) - np.eye(4)).max() < 0.02


def test_every_use_of_luck_has_a_place_of_its_own():
    rules = handmade.rules()
    dice, everything = Dice(rules, 1, 0, 3, 2), uniforms(1, 0, 3, 2, sum(sizes(rules)))
    assert len(np.unique(everything)) == everything.size
    first = 0
    for group, (size, members) in enumerate(zip(sizes(rules), used(rules), strict=True)):
        np.testing.assert_array_equal(dice.of(group), everything[first: first + size][members])
        first += size


def test_the_first_numbers_of_a_seed_are_written_down():
    """Other numbers here mean that every saved game gives another result: raise RULES_VERSION."""
    np.testing.assert_array_equal(uniforms(2011, 0, 2, 0, 3), [[0.6444447718882305, 0.8679877817666233],
                                                              [0.5333604147224852, 0.8257317282847626],
                                                              [0.20618803167898403, 0.8473660287550797]])
