"""Every text that an author wrote fits its place: each card, initiative, lever, move and figure of each scenario.

In the usual window at 100 % and at 200 % text, the smallest and the largest letters there are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.engine.state import NONE
from game.ui.screens.card import card_dialog
from game.ui.screens.report import report_screen
from game.view import card_page, report_page
from game.view.pages import ChangeRow, NeighbourNote
from tests.replay.playing import new_session
from tests.ui.acting import SCENARIOS, Actor

SCALES = (1.0, 2.0)


@pytest.fixture(params=SCENARIOS)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def put_on_the_desk(session, cards: list[int]) -> None:
    """These cards wait on the desk, in the places that there are."""
    places = len(session.state.agenda)
    agenda = np.full_like(session.state.agenda, NONE)
    agenda[:len(cards), 0] = cards[:places]
    session.state = replace(session.state, agenda=agenda)


def cut(actor: Actor) -> list[str]:
    """Texts that end in an ellipsis."""
    return [w.label() for w in actor.stage.top.walk() if getattr(getattr(w, "shown", None), "cut", False)]


def test_every_card(name: str) -> None:
    session = new_session(name)
    actors = [Actor(text_scale=scale, session=session) for scale in SCALES]
    for actor in actors:
        actor.app.show("title")
    for number, doc in enumerate(session.scenario.document.cards):
        put_on_the_desk(session, [number])
        page = card_page(session, 0)
        for actor in actors:
            actor.stage.open(card_dialog(actor.app, page))
            assert actor.stage.overflows() == [], doc.id
            actor.stage.close()


def test_every_title_of_a_card_is_whole_on_the_desk(name: str) -> None:
    session = new_session(name)
    actors = [Actor(text_scale=scale, session=session) for scale in SCALES]
    places = len(session.state.agenda)
    numbers = list(range(len(session.scenario.document.cards)))
    for first in range(0, len(numbers), places):
        put_on_the_desk(session, numbers[first:first + places])
        for actor in actors:
            actor.app._desk = None
            actor.app.show("desk")
            assert actor.stage.overflows() == [] and cut(actor) == [], numbers[first:first + places]


@pytest.mark.parametrize("scale", SCALES)
def test_every_lever_initiative_and_figure(name: str, scale: float) -> None:
    actor = Actor(text_scale=scale, name=name)
    actor.app.show("cabinet")
    assert actor.stage.overflows() == []
    if actor.has("tab", "Initiatives"):  # where there is too little room for both sides
        actor.find("tab", "Initiatives").activate()
        assert actor.stage.overflows() == []
    for initiative in actor.session.scenario.document.initiatives:
        assert actor.reads(initiative.title)
    actor.app.kept["all figures"] = True
    actor.app.show("desk")
    assert actor.stage.overflows() == []
    for indicator in actor.session.scenario.document.indicators:
        actor.app.why(indicator.variable)
        assert actor.stage.overflows() == [], indicator.variable
        actor.app.close()


@pytest.mark.parametrize("scale", SCALES)
def test_every_move_and_every_change(name: str, scale: float) -> None:
    actor = Actor(text_scale=scale, name=name, turns=1)
    document, page = actor.session.scenario.document, report_page(actor.session)
    sides = {each.id: each for each in document.actors}
    notes = tuple(NeighbourNote(sides[move.actor].label, sides[move.actor].side, "hostile", 1, "\u22122",
                                f"**{move.title}.** {move.text}", "") for move in document.moves)
    figures = [figure for _, figures in actor.app.desk.sections for figure in figures]
    rows = tuple(ChangeRow(figure.id, figure.label, figure.icon, figure.text, figure.text, "\u22121,234", "down",
                           "worse", "large", ()) for figure in figures)
    actor.stage.show(report_screen(actor.app, replace(page, neighbours=notes, rows=rows)))
    assert actor.stage.overflows() == []
    assert all(actor.reads(move.text) for move in document.moves)
