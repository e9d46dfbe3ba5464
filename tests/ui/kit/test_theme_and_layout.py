"""Colours can be read, and rectangles add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.ui.kit import THEME, Rect, contrast_ratio, divide, fr, rgb, text_pairs
from game.ui.kit.layout import columns_that_fit, spread

PAIRS = text_pairs(THEME.colour)


@pytest.mark.parametrize(("name", "ink", "ground"), PAIRS, ids=[name for name, _, _ in PAIRS])
def test_every_text_pair_can_be_read(name, ink, ground):
    assert contrast_ratio(ink, ground) >= 4.5


def test_contrast_ratio_of_known_colours():
    assert contrast_ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast_ratio((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_edges_of_controls_stand_out_from_their_ground():
    """WCAG asks 3:1 of what marks a control."""
    for ground in (THEME.colour.paper, THEME.colour.raised):
        assert contrast_ratio(THEME.colour.edge, ground) >= 3
        assert contrast_ratio(THEME.colour.focus, ground) >= 3


def test_rgb_refuses_what_is_no_colour():
    assert rgb("#F7EED6") == (247, 238, 214)
    with pytest.raises(ValueError, match="not a colour"):
        rgb("F7EED6")


def test_divide_gives_fixed_lengths_theirs_and_shares_the_rest():
    assert divide(100, [20, fr(1), fr(3)], gap=10) == [(0, 20), (30, 15.0), (55.0, 45.0)]
    assert [length for _, length in divide(30, [40, fr(1)])] == [40, 0.0]


@given(st.floats(1, 5000), st.lists(st.floats(0.1, 9), min_size=1, max_size=9), st.floats(0, 20))
def test_shares_fill_the_whole_length(total, shares, gap):
    spans = divide(total, [fr(share) for share in shares], gap)
    assert sum(length for _, length in spans) == pytest.approx(max(0, total - gap * (len(shares) - 1)))


def test_columns_touch_and_cover():
    left, right = Rect(10, 0, 100, 50).columns(30, fr(1), gap=5)
    assert (left.x, left.right, right.x, right.right) == (10, 40, 45, 110)


def test_columns_that_fit():
    assert columns_that_fit(500, 160, 8, 4) == 3
    assert columns_that_fit(50, 160, 8, 4) == 1
    assert columns_that_fit(5000, 160, 8, 4) == 4


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8))
def test_spread_labels_keep_apart_in_order_and_in_range(wanted):
    got = spread(wanted, 20, 0, 200)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = [got[i] for i in order]
    assert all(b - a >= 20 - 1e-6 for a, b in zip(placed, placed[1:], strict=False))
    assert placed[0] >= 10 - 1e-6 and placed[-1] <= 190 + 1e-6


def test_spread_leaves_labels_alone_that_do_not_touch():
    assert spread([50, 100, 150], 20, 0, 200) == [50, 100, 150]
    assert spread([100, 100], 20, 0, 200) == pytest.approx([90, 110])
