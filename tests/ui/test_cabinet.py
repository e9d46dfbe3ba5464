"""The cabinet: levers by key and drag, initiatives, areas, the small layout, and what a quarter's plan will do."""

from dataclasses import replace

import pytest

from game.ui.screens.cabinet import cabinet_screen, expected
from game.ui.screens.cabinet_levers import LeverSlider, directions
from game.view import cabinet_page
from tests.ui import sample_pages
from tests.ui.acting import SCENARIOS, SIZES, Actor


def shown(size=(1280, 720), text_scale: float = 1.0, name: str = "minimal", turns: int = 0) -> Actor:
    actor = Actor(size, text_scale, name, turns)
    actor.app.show("cabinet")
    return actor


def movable(actor: Actor):
    """A lever that may go up a step."""
    return next(line for line in cabinet_page(actor.session).levers if not line.raise_refusal)


def test_the_arrow_keys_move_a_lever_by_a_step_and_undo_takes_it_back():
    actor = shown()
    lever = movable(actor)
    actor.stage.focus_on(f"lever:{lever.index}")
    actor.press("right")
    assert actor.session.wanted.levers[lever.index, 0] == pytest.approx(lever.setting + lever.step)
    assert actor.stage.focus.key == f"lever:{lever.index}"
    actor.press("U")
    assert actor.session.wanted.levers[lever.index, 0] == lever.setting


def test_a_drag_over_many_steps_is_one_decision():
    actor = shown()
    lever = movable(actor)
    slider = actor.find("slider", lever.label)
    y = slider.rect.bottom - 10
    spots = [(slider._at(k), y) for k in (slider.index, slider.index + 1, slider.index)]
    entries = len(actor.session.last_entry)
    actor.drag(*spots)
    assert actor.session.wanted.levers[lever.index, 0] == lever.setting and len(actor.session.last_entry) == entries
    actor.drag(spots[0], spots[1])
    assert actor.session.wanted.levers[lever.index, 0] == pytest.approx(lever.setting + lever.step)
    actor.press("U")
    assert actor.session.wanted.levers[lever.index, 0] == lever.setting


def test_the_slider_says_the_value_of_each_step_in_words():
    slider = LeverSlider("Reserve", ["10 days", "15 days", "20 days"], 0, lambda k: None, 0, "", "")
    slider.on_pointer("down", 0, 0)
    assert slider.state() == {"value": "10 days"}
    actor = shown()
    lever = movable(actor)
    assert actor.find("slider", lever.label).state()["value"] == lever.setting_text


def test_what_is_told_of_a_lever_follows_the_way_it_moves():
    actor = shown()
    lever = replace(movable(actor), raise_effects=(sample_pages.effect(0),), lower_effects=(sample_pages.effect(1),))
    middle = replace(lever, low=0.0, high=10.0, now=5.0, setting=5.0)
    assert [word for word, *_ in directions(middle)] == ["raised", "lowered"]
    assert directions(replace(middle, setting=6.0)) == [("raised", lever.raise_effects, lever.raise_hope)]
    assert directions(replace(middle, setting=4.0)) == [("lowered", lever.lower_effects, lever.lower_hope)]
    assert [word for word, *_ in directions(replace(middle, now=10.0, setting=10.0))] == ["lowered"]


def test_an_initiative_is_played_and_taken_back_by_pressing_its_card():
    actor = shown()
    line = next(line for line in cabinet_page(actor.session).initiatives if not line.refusal)
    actor.find("checkbox", line.title).activate()
    assert actor.session.wanted.initiatives[line.index, 0]
    card = actor.find("checkbox", line.title)
    assert card.state() == {"chosen": "yes"} and not card.reason
    card.activate()
    assert not actor.session.wanted.initiatives[line.index, 0]


def test_a_locked_initiative_says_why_and_cannot_be_played():
    actor = shown()
    page = cabinet_page(actor.session)
    locked = replace(page.initiatives[0], refusal="Not open yet. Needs: the programme begins in 2012.", chosen=False)
    actor.stage.show(cabinet_screen(actor.app, replace(page, initiatives=(locked,))))
    card = actor.find("checkbox", locked.title)
    assert card.reason == locked.refusal
    card.activate()
    assert not actor.session.wanted.initiatives[locked.index, 0]


def test_the_areas_narrow_both_panes():
    actor = shown()
    page = cabinet_page(actor.session)
    for group, label, _ in page.groups:
        actor.find("tab", label).activate()
        assert actor.find("tab", label).state()["chosen"] == "yes"
        for lever in page.levers:
            assert actor.has("slider", lever.label) == (lever.group == group)
        for line in page.initiatives:
            assert actor.has("checkbox", line.title) == (line.group == group)


def test_a_small_window_shows_one_pane_at_a_time():
    actor = shown((1024, 600))
    page = cabinet_page(actor.session)
    lever, line = page.levers[0], page.initiatives[0]
    assert actor.has("slider", lever.label) and not actor.has("checkbox", line.title)
    actor.find("tab", "Initiatives").activate()
    assert not actor.has("slider", lever.label) and actor.has("checkbox", line.title)


def test_the_plan_names_each_movement_once_with_all_that_is_behind_it():
    page = cabinet_page(shown().session)
    up = replace(page.levers[0], now=1.0, setting=2.0, raise_effects=(sample_pages.effect(0),), lower_effects=())
    effects = (sample_pages.effect(0), sample_pages.effect(1, "if it works"))
    together = (sample_pages.effect(1), sample_pages.effect(0), sample_pages.effect(3))
    played = replace(page.initiatives[0], chosen=True, effects=effects)
    idle = replace(page.initiatives[0], title="Idle", chosen=False, effects=(sample_pages.effect(2),))
    found = expected(replace(page, levers=(up,), initiatives=(played, idle), plan=together))
    assert [(line.label, behind) for line, behind in found] == [
        (sample_pages.NAMES[1], [played.title]), (sample_pages.NAMES[0], [up.label, played.title]),
        (sample_pages.NAMES[3], [])]


def test_escape_leads_back_to_the_desk_and_e_ends_the_turn():
    actor = shown()
    actor.press("esc")
    assert actor.app.screen[0] == "desk"
    actor.app.show("cabinet")
    actor.press("E")
    if actor.app.modals:
        actor.press("enter")
    assert actor.app.screen[0] == "report" and len(actor.session.records) == 1


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
@pytest.mark.parametrize("name", SCENARIOS)
def test_everything_fits(size, text_scale, name):
    actor = shown(size, text_scale, name, turns=1)
    for pane in ("levers", "initiatives"):
        actor.app.kept["cabinet"] = {"pane": pane}
        actor.app.refresh()
        assert actor.problems() == []
