"""Wrapping, bold runs, links, no-break spaces, ellipsis: with a ruler where every character is 10 px wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.ui.kit import TextStyle, mark, plain
from game.ui.kit.text import Fonts, layout_text, pieces_of, words_of, wrap

BASE = TextStyle()
BOLD = BASE.but(bold=True)
RULER = Fonts(lambda text, style: 10.0 * len(text), lambda style: 20.0, lambda style: 8.0)


def lines(content, width):
    wrapped, _ = wrap(words_of(pieces_of(content, BASE)), width, RULER.measure)
    return ["".join(text for text, _ in line) for line in wrapped]


def test_bold_markup_becomes_spans():
    assert pieces_of("a **b c** d", BASE) == [("a ", BASE), ("b c", BOLD), (" d", BASE)]


def test_unmatched_stars_stay():
    assert plain("2 ** 3 is 8") == "2 ** 3 is 8"
    assert plain("**2** of 3") == "2 of 3"


def test_wrap_breaks_at_spaces_and_keeps_words_whole():
    assert lines("aa bb cc dd", 50) == ["aa bb", "cc dd"]


def test_a_bold_word_glued_to_punctuation_moves_as_one():
    assert lines("aaaa (**bb**) c", 60) == ["aaaa", "(bb) c"]


def test_no_break_space_holds_number_and_unit_together():
    assert lines("cost 14\u00a0% now", 80) == ["cost", "14\u00a0% now"]


def test_hyphenated_words_break_but_ranges_do_not():
    assert lines("currency-clearing", 100) == ["currency-", "clearing"]
    assert lines("in 2010-2011", 100) == ["in", "2010-2011"]


def test_line_ends_and_paragraphs():
    block = layout_text("a\nb\n\nc", BASE, RULER, 1.0, 100)
    assert [line.height for line in block.lines] == [20, 20, 11, 20]


def test_a_word_wider_than_the_line_is_cut_and_reported():
    block = layout_text("ab abcdefgh", BASE, RULER, 1.0, 40)
    assert block.broken
    assert max(sum(run.width for run in line.runs) for line in block.lines) <= 40


def test_runs_of_one_style_are_merged():
    block = layout_text("one two **three four** five", BASE, RULER, 1.0, 1000)
    assert [run.text for run in block.lines[0].runs] == ["one two ", "three four", " five"]


def test_alignment():
    right = layout_text("ab", BASE, RULER, 1.0, 100, "right")
    centre = layout_text("ab", BASE, RULER, 1.0, 100, "center")
    assert (right.lines[0].runs[0].x, centre.lines[0].runs[0].x) == (80, 40)


def test_ellipsis_only_when_asked():
    whole = layout_text("aa bb cc dd", BASE, RULER, 1.0, 50)
    cut = layout_text("aa bb cc dd", BASE, RULER, 1.0, 50, most_lines=1)
    assert not whole.cut and len(whole.lines) == 2
    assert cut.cut and cut.lines[0].runs[-1].text == "aa b\u2026"
    assert not layout_text("aa bb", BASE, RULER, 1.0, 50, most_lines=1).cut


def test_a_link_over_two_lines_has_two_rects():
    link = BASE.but(link="duty")
    block = layout_text(["see ", ("the export duty", link), "."], BASE, RULER, 2.0, 120)
    name, rects = block.link_parts("duty", 100, 50)
    assert name == "the export duty"
    assert len(rects) == 2 and rects[0].x == 120 and rects[1].y == 60


def test_marks_take_room_but_are_not_read():
    content = [mark("up", BASE), (" better", BASE)]
    assert plain(content) == "better"


@given(st.lists(st.text("abc", min_size=1, max_size=9), max_size=30), st.integers(90, 300))
def test_wrapping_loses_no_word_and_keeps_to_the_width(words, width):
    text = " ".join(words)
    got = lines(text, width)
    assert " ".join(got).split() == words
    assert all(10 * len(line) <= width for line in got)


@pytest.mark.parametrize("content", ["", "   ", [], [("", BASE)]])
def test_empty_content_is_one_empty_line_at_most(content):
    block = layout_text(content, BASE, RULER, 1.0, 100)
    assert block.width == 0 and len(block.lines) == 1
