"""Why: the terms add up in the picture as in words, names lead on, back retraces the way."""

import pytest

from game.ui.kit import THEME, contrast_ratio
from game.ui.screens.why import why_dialog
from game.ui.screens.why_terms import TERM_COLOURS, Waterfall
from game.view import why_page
from tests.ui import sample_pages
from tests.ui.acting import SIZES, Actor


def figure(actor: Actor) -> str:
    return actor.app.desk.bar[0].id


def test_each_bar_begins_where_the_last_one_ended_and_the_whole_is_their_sum():
    terms = sample_pages.why().steps[0].terms
    fall = Waterfall.of(terms)
    assert fall.spans[0][0] == 0.0
    assert all(a[1] == b[0] for a, b in zip(fall.spans, fall.spans[1:], strict=False))
    assert [end - start for start, end in fall.spans] == pytest.approx([term.amount for term in terms])
    assert fall.total == pytest.approx(sum(term.amount for term in terms))
    assert fall.low == -2.5 and fall.high == pytest.approx(4.0)


def test_the_axis_holds_zero_also_when_all_terms_push_one_way():
    fall = Waterfall.of(sample_pages.why((-1.0, -2.0)).steps[0].terms)
    assert (fall.low, fall.high) == (-3.0, 0.0)
    assert Waterfall.of(()).high > Waterfall.of(()).low


def test_letters_can_be_read_on_their_discs():
    assert all(contrast_ratio(colour, THEME.colour.on_red) >= 4.5 for colour in TERM_COLOURS)


def test_numbers_before_and_after_formula_source_and_every_term_are_written():
    actor = Actor(turns=1)
    actor.app.show("report")
    page = sample_pages.why()
    actor.stage.open(why_dialog(actor.app, page))
    words = [page.label, page.note, page.value_text, page.formula, page.source, page.kind]
    for step in page.steps:
        words += [f"{step.head}: from {step.before_text} to {step.after_text}", step.before_text, step.after_text]
        words += [text for term in step.terms for text in (term.text, term.amount_text)]
    for each in words:
        assert actor.reads(each), each


def test_an_input_leads_on_and_back_returns():
    actor = Actor(turns=1)
    actor.app.show("report")
    actor.app.why(figure(actor))
    first = why_page(actor.session, figure(actor))
    variable, label, _ = first.inputs[0]
    actor.find("link", label).activate()
    assert actor.app.modals == [("why", {"id": variable, "trail": (first.id,)})]
    actor.press("backspace")
    assert actor.app.modals == [("why", {"id": first.id, "trail": ()})]
    assert not actor.has("button", "Back")
    actor.press("esc")
    assert actor.app.modals == [] and actor.app.screen[0] == "report"


def test_before_the_first_quarter_has_ended_it_says_so():
    actor = Actor()
    actor.app.show("desk")
    actor.app.why(figure(actor))
    assert actor.reads("No quarter has ended yet")


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
def test_a_full_page_fits(size, text_scale):
    actor = Actor(size, text_scale, turns=1)
    actor.app.show("report")
    actor.stage.open(why_dialog(actor.app, sample_pages.why(), ("v0",)))
    assert actor.problems() == []


def test_every_number_of_the_small_scenario_has_its_page():
    actor = Actor((1280, 720), 2.0, turns=2)
    actor.app.show("report")
    hidden = [v.id for v in actor.session.rules.tables.variables]
    opened = 0
    for variable in hidden:
        try:
            why_page(actor.session, variable)
        except KeyError:
            continue
        actor.app.why(variable)
        assert actor.stage.overflows() == []
        opened += 1
    assert opened >= 5
