"""The measure of depth: the gap and its error, and what is said of options, on numbers made by hand."""

import numpy as np
import pytest

from game.outlook import depth


def test_the_gap_is_the_share_of_the_gain_that_the_bot_misses():
    chance = np.array([[50.0, 52.0, 48.0], [40.0, 41.0, 39.0]])
    planner, bot = chance + 10.0, chance + 7.0
    found = depth.gap(planner, bot, chance)
    assert found.value == pytest.approx(0.3) and found.error == pytest.approx(0.0, abs=1e-12)
    assert np.isnan(depth.gap(chance, bot, chance).value)


def test_the_error_is_that_of_repeated_studies():
    """The standard error that one study gives is the spread that many studies show."""
    rng = np.random.default_rng(3)
    found = []
    for _ in range(400):
        luck = rng.normal(size=(1, 80)) * 5.0
        chance, bot, planner = (mean + luck + rng.normal(size=(6, 80)) * 4.0 for mean in (50.0, 57.0, 62.0))
        found.append(depth.gap(planner, bot, chance))
    spread = np.std([gap.value for gap in found])
    assert np.mean([gap.value for gap in found]) == pytest.approx(5 / 12, abs=0.01)
    assert np.mean([gap.error for gap in found]) == pytest.approx(spread, rel=0.15)


def watched(worths, taken=None):
    """What is seen of one card when its options are worth [pairs, options, showings]."""
    worths = np.asarray(worths, dtype=float)
    apart = worths[:, None] - worths[:, :, None]  # [pairs, x, y, showings]
    shape = apart.shape[:3]
    opened = np.full((1, worths.shape[1]), worths.shape[0] * worths.shape[2])
    return depth.Watched(
        n=np.full((shape[0], 1, *shape[1:]), apart.shape[3]), near=(apart >= -depth.NEARLY).sum(axis=3)[:, None],
        total=apart.sum(axis=3)[:, None], square=(apart ** 2).sum(axis=3)[:, None], disagree=np.zeros(1, dtype=int),
        shown=opened[:, 0], open=opened, taken=np.array([taken or [0] * worths.shape[1]]))


def noise(size):
    return np.random.default_rng(1).normal(size=size)


def test_an_option_that_is_never_better_is_dominated_and_one_that_has_its_day_is_not():
    always = watched([[np.zeros(40), 1.0 + 0.1 * noise(40), 0.5 + 0.1 * noise(40)] for _ in range(2)])
    assert {(x, y) for _, x, y, _, _ in depth.dominated(always)} >= {(0, 1), (2, 1)}
    assert not any(x == 1 for _, x, _, _, _ in depth.dominated(always))
    mixed = watched([[np.zeros(40), np.full(40, 1.0)], [np.zeros(40), np.full(40, -1.0)]])
    assert depth.dominated(mixed) == []
    sometimes = watched([[np.zeros(40), np.where(np.arange(40) < 36, 2.0, -3.0)]])
    assert depth.dominated(sometimes) == []
    few = watched([[np.zeros(20), np.ones(20)]])
    assert depth.dominated(few) == []


def test_a_card_without_consequence():
    default = np.array([0, 0])
    assert [c for c, _, _ in depth.without_consequence(watched([[np.zeros(30), np.zeros(30)]]), default)] == [0]
    loud = watched([[np.zeros(30), noise(30) - noise(30).mean()]])
    assert [c for c, _, _ in depth.without_consequence(loud, default)] == [0]
    one_cares = watched([[np.zeros(30), np.zeros(30)], [np.zeros(30), np.full(30, 0.5)]])
    assert depth.without_consequence(one_cares, default) == []


def test_shares_count_only_what_was_shown_often():
    seen = watched([[np.zeros(120), np.zeros(120)]], taken=[114, 6])
    assert depth.shares(seen)[0].tolist() == pytest.approx([0.95, 0.05])
    assert np.isnan(depth.shares(watched([[np.zeros(99), np.zeros(99)]], taken=[99, 0]))).all()
