"""The report: onward by Enter, every number leads to why, unchanged figures in one line, room for everything."""

import pytest

from game.ui.screens.report import report_screen
from game.ui.screens.report_parts import coming_strip
from tests.ui import sample_pages
from tests.ui.acting import SCENARIOS, SIZES, Actor


def shown(final: bool = False, size=(1280, 720), text_scale: float = 1.0) -> Actor:
    actor = Actor(size, text_scale, turns=1)
    actor.asked = []
    actor.app.why = actor.asked.append
    actor.stage.show(report_screen(actor.app, sample_pages.report(final)))
    return actor


def test_enter_leads_to_the_next_quarter():
    actor = Actor(turns=1)
    actor.app.show("report")
    actor.press("enter")
    assert actor.app.screen[0] == "desk"


def test_the_last_report_leads_to_the_verdict():
    actor = Actor(turns=99)
    assert actor.session.ended
    actor.app.show("report")
    actor.press("enter")
    assert actor.app.screen[0] == "verdict"
    assert shown(final=True).has("button", "To the verdict")


def test_facts_figures_and_causes_lead_to_why():
    actor = shown()
    page = sample_pages.report()
    actor.find("button", page.facts[0].label).activate()
    links = [w for w in actor.stage.top.walk() if w.role == "link"]
    for link in links:
        link.activate()
    assert actor.asked[0] == page.facts[0].id
    wanted = {row.id for row in page.rows} | {cause.refers for row in page.rows for cause in row.causes if cause.refers}
    assert wanted <= set(actor.asked)


def test_a_cause_without_a_number_of_its_own_leads_to_the_figure_it_moved():
    actor = shown()
    row = next(row for row in sample_pages.report().rows if any(not cause.refers for cause in row.causes))
    words = next(cause.text for cause in row.causes if not cause.refers)
    found = [w.link for w in actor.stage.top.walk() if w.role == "link" and w.label() == words]
    assert row.id in found


def test_what_did_not_change_stands_in_one_line_at_the_end():
    actor = shown()
    line = next(text for text in actor.texts() if "No change:" in text)
    still = [row.label for row in sample_pages.report().rows if row.arrow == "same"]
    assert all(label in line for label in still)


def test_a_full_quarter_keeps_the_weightiest_and_tells_the_rest_in_a_tip():
    page = sample_pages.report()
    strip = coming_strip(page.coming, 2, 8)
    first = strip.children[0]
    written = [w.label() for w in first.walk() if w.role == "text"]
    assert written[1].startswith("election") and written[2].startswith("promise") and written[3] == "and 2 more"
    tip = next(w.tip for w in first.walk() if w.tip)
    assert "odds" in tip and "effect" in tip


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
def test_a_full_report_fits(size, text_scale):
    assert shown(False, size, text_scale).problems() == []
    assert shown(True, size, text_scale).problems() == []


@pytest.mark.parametrize(("size", "text_scale"), [SIZES[1], SIZES[4]])
@pytest.mark.parametrize("name", SCENARIOS)
def test_reports_of_the_scenarios_fit(size, text_scale, name):
    actor = Actor(size, text_scale, name, turns=2)
    actor.app.show("report")
    assert actor.problems() == []
