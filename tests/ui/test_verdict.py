"""The verdict: goals and priorities apart, no total, lines that say what they are, and ways on from it."""

import re

import pytest

from game.ui.screens.verdict import verdict_screen
from game.ui.screens.verdict_parts import RecordChart, apart, filled
from tests.ui import sample_pages
from tests.ui.acting import SCENARIOS, SIZES, Actor


def shown(size=(1280, 720), text_scale: float = 1.0) -> Actor:
    actor = Actor(size, text_scale, turns=2)
    actor.stage.show(verdict_screen(actor.app, sample_pages.verdict()))
    return actor


def test_each_goal_and_each_priority_is_judged_in_words():
    actor = shown()
    page = sample_pages.verdict()
    for goal in page.goals:
        assert actor.has("image", f"{goal.label}: {goal.word}")
        assert actor.reads(f"{goal.fifths} of 5")
    for line, words in zip(page.priorities, ("achieved", "partly achieved", "missed"), strict=True):
        assert actor.reads(f"{line.label}: {words}")


def test_there_is_no_total():
    texts = " ".join(shown().texts()).lower()
    assert not re.search(r"\b(score|total|points? of|overall)\b", texts)


def test_the_story_the_ending_and_the_turning_points_are_there():
    actor = shown()
    page = sample_pages.verdict()
    effects = page.turning_points[0].effects
    for words in (page.title, page.subtitle, page.ending, *page.sentences, page.footnote, *effects):
        assert actor.reads(words)


def test_lines_are_filled_only_between_what_is_known():
    assert filled([(1, 2.0), (4, 5.0)], 7) == [None, 2.0, 3.0, 4.0, 5.0, None, None]
    assert filled([(0, 1.0)], 2) == [1.0, None]
    assert filled([], 2) == [None, None]


def test_turning_points_of_one_quarter_stand_side_by_side_on_the_line():
    placed = apart(((3, 1), (3, 2), (3, 3), (0, 4)), 9)
    spots = dict((number, at) for at, number in placed)
    assert spots[1] == 6 and {spots[2], spots[3]} == {5, 7} and spots[4] == 0
    assert apart(((0, 1), (0, 2)), 1) == [(0, 1)]


def test_a_chart_keeps_both_lines_and_says_its_ends_in_the_words_of_the_page():
    chart = sample_pages.verdict().charts[1]
    lines = RecordChart(chart)
    assert [lines.series[0].values[2 * k] for k in range(12)] == list(chart.you)
    assert lines.series[1].values[3] == 12.0 and lines.series[1].values[19] == 9.0 and lines.series[1].dashed
    assert lines.label() == f"{chart.label}, {chart.you_text}, {chart.history_text}"
    assert len(RecordChart(sample_pages.verdict().charts[0]).series) == 1


def test_what_if_asks_first_and_then_goes_back():
    actor = Actor(turns=99)
    actor.app.show("verdict")
    cards = [w for w in actor.stage.top.walk() if w.role == "button" and w.label() == "What if"]
    assert cards, "a random game of the small scenario has turning points"
    played = len(actor.session.records)
    cards[0].activate()
    assert len(actor.session.records) == played and actor.app.modals[-1][0] == "confirm"
    actor.press("enter")
    assert actor.app.screen[0] == "desk" and len(actor.session.records) < played and actor.session.rewinds == 1


def test_keys_lead_to_the_last_report_a_new_game_and_the_title():
    for key, screen in (("R", "report"), ("enter", "newgame"), ("esc", "title")):
        actor = Actor(turns=99)
        actor.app.show("verdict")
        actor.press(key)
        assert actor.app.screen[0] == screen


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
def test_a_full_verdict_fits(size, text_scale):
    assert shown(size, text_scale).problems() == []


@pytest.mark.parametrize(("size", "text_scale"), [SIZES[1], SIZES[4]])
@pytest.mark.parametrize("name", SCENARIOS)
def test_verdicts_of_the_scenarios_fit(size, text_scale, name):
    actor = Actor(size, text_scale, name, turns=99)
    actor.app.show("verdict")
    assert actor.problems() == []
