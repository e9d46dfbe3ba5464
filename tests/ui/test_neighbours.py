"""The page of the neighbours fits at every size, is found from the desk, and is reached and left with the keyboard."""

from __future__ import annotations

import pytest

from game.view import neighbours_page
from tests.ui.test_desk import SIZES


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
def test_every_neighbour_fits(make_app, size, text_scale) -> None:
    app = make_app(size, text_scale, turns=6)
    for each in neighbours_page(app.session).neighbours:
        app.show("neighbours", neighbour=each.id)
        assert app.stage.overflows() == [], each.id
        assert app.stage.find("tab", each.label).chosen


def test_it_is_found_on_the_desk_and_left_by_key(player) -> None:
    someone = player()
    someone.app.begin(someone.app.scenarios[0], _settings(someone.app))
    someone.click("button", "Neighbours")
    assert someone.screen == "neighbours"
    someone.press("esc")
    assert someone.screen == "desk"
    someone.press("r")
    assert someone.screen == "neighbours"
    someone.press("tab", "enter")  # from the first tab to the second
    assert someone.app.kept["neighbour"] == "china"
    someone.press("c")
    assert someone.screen == "cabinet"


def _settings(app):
    from game.replay import Settings

    document = app.scenarios[0].document
    return Settings(5, next(iter(document.lengths)), document.difficulties[0].id,
                    tuple(priority.id for priority in document.priorities[:2]))


def test_numbers_and_reasons_lead_to_their_causes_without_a_mouse(make_app) -> None:
    app = make_app(turns=6)
    app.show("neighbours", neighbour="russia")
    page = next(each for each in neighbours_page(app.session).neighbours if each.id == "russia")
    reachable = app.stage.focus_order()
    for line in page.standings:
        widget = next(w for w in reachable if w.key == f"standing:{line.refers}")
        widget.activate()
        assert app.modals[-1] == ("why", {"id": line.refers})
        app.close()
    links = [w for w in reachable if w.role == "link"]
    assert len(links) == sum(bool(push.refers) for line in page.moves for push in line.pushes) > 3
    links[0].activate()
    assert app.modals[-1][0] == "why"


def test_everything_on_the_page_is_told_by_its_labels(make_app) -> None:
    """Colour never speaks alone: open or met, the tone and the odds stand in words."""
    app = make_app((1920, 1080), 1.0, turns=6)
    app.show("neighbours", neighbour="china")
    page = next(each for each in neighbours_page(app.session).neighbours if each.id == "china")
    told = "\n".join(widget.label() for widget in app.stage.top.walk()).replace("\u00a0", " ")
    for demand in page.demands:
        assert demand.title in told and demand.weight_text in told and f" {demand.state_text}" in told
    for move in page.moves:
        assert move.title in told and move.tone_word in told and move.odds_text.replace("\u00a0", " ") in told
    assert page.quiet_text.replace("\u00a0", " ") in told
