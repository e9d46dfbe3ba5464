"""Forecasts are worked out beside the frames: pages open at once, say so, and fill in without moving anything."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from game.ui.kit import FanChart
from game.ui.lookout import WARM_UP, LookAhead, Lookout, lookout
from game.view import lookahead
from game.view.lookahead import CABINET, PLAN, situation

PATIENCE = 60.0  # seconds; a machine under load is slow, not wrong


@pytest.fixture
def beside(make_app):
    """A game whose forecasts are worked out by a thread, as in the real window."""
    app = make_app(turns=1)
    app.kept["lookout"] = Lookout(app)
    app.show("desk")
    yield app
    app.running = False  # whatever still looks ahead gives up


def until(app, done) -> None:
    """Frames go by until something is so."""
    last = time.monotonic() + PATIENCE
    now = 10.0 * WARM_UP
    while not done():
        assert time.monotonic() < last, "it never came"
        now += 20.0
        app.stage.tick(now)
        time.sleep(0.002)


def written(app) -> str:
    return " ".join(w.label() for w in app.stage.top.walk() if w.role == "text")


def rows(app) -> dict[str, tuple[float, float]]:
    """Where each choice stands: top and height."""
    app.stage.tree()
    return {w.key: (w.rect.y, w.rect.h) for w in app.stage.top.walk() if w.key.startswith("choice:")}


def fans(app) -> list[FanChart]:
    return [w for w in app.stage.top.walk() if isinstance(w, FanChart)]


def test_a_card_opens_at_once_and_fills_in(beside) -> None:
    place = beside.desk.cards[0].place
    beside.modal("card", place=place)
    assert "Looking ahead" in written(beside) and "advisers are looking ahead" in written(beside) and not fans(beside)
    until(beside, lambda: fans(beside))
    assert "Looking ahead" not in written(beside) and "Looked ahead to" in written(beside)
    assert all(fan.label() and "at the end of" in fan.label() for fan in fans(beside))
    assert beside.stage.overflows() == []


def test_choosing_does_not_wait_for_the_forecast(beside) -> None:
    place = beside.desk.cards[0].place
    beside.modal("card", place=place)
    free = next(w for w in beside.stage.focus_order() if w.key.startswith(f"choice:{place}:") and not w.reason)
    free.activate()
    assert beside.session.wanted.choices[place, 0] >= 0


def test_the_desk_looks_ahead_so_that_cards_and_cabinet_open_filled_in(beside) -> None:
    now = situation(beside.session)
    beside.stage.tick(0.0)
    beside.stage.tick(WARM_UP - 1.0)
    assert lookout(beside)._thread is None  # the desk comes first
    places = [card.place for card in beside.desk.cards]
    until(beside, lambda: all(lookout(beside).find(now, place) for place in [*places, CABINET]))
    beside.modal("card", place=places[0])
    assert fans(beside)
    beside.close()
    beside.show("cabinet")
    assert fans(beside) and "Looking ahead" not in written(beside)
    assert not any(w.animating for w in beside.stage.top.walk())


def test_leaving_the_page_gives_it_up(beside, monkeypatch) -> None:
    asked, look = [], lookahead.look

    def patient(now, place, stop):
        while not stop():
            asked.append(place)
            time.sleep(0.001)
        return look(now, place, stop)
    monkeypatch.setattr(lookahead, "look", patient)
    beside.show("cabinet")
    until(beside, lambda: asked)
    thread = lookout(beside)._thread
    beside.show("title")
    thread.join(PATIENCE)
    assert not thread.is_alive() and lookout(beside)._kept.find(situation(beside.session), CABINET) is None


def test_a_mistake_in_the_thread_is_not_swallowed(beside, monkeypatch) -> None:
    def broken(now, place, stop):
        raise ZeroDivisionError("a mistake")
    monkeypatch.setattr(lookahead, "look", broken)
    beside.show("cabinet")
    with pytest.raises(ZeroDivisionError):
        until(beside, lambda: False)


def test_what_is_known_is_kept_while_the_game_stands_so(make_app, monkeypatch) -> None:
    app = make_app(turns=1)
    made = []
    look = lookahead.look
    monkeypatch.setattr(lookahead, "look", lambda *given: made.append(given[1]) or look(*given))
    places = [card.place for card in app.desk.cards]
    for place in (places[0], places[0], places[-1], places[0]):
        app.modal("card", place=place)
        app.close()
    assert made == list(dict.fromkeys((places[0], places[-1])))
    assert any(app.choose(places[0], k) for k in range(5))
    app.modal("card", place=places[0])  # its own answer changes nothing
    assert len(made) == len(set(places[:1] + places[-1:]))
    app.session.end_turn()
    app.refresh()
    app.show("cabinet")
    assert made[-1] == CABINET and PLAN not in made


def test_filling_in_moves_nothing(beside) -> None:
    """Rows keep their place: there is room for what is still being worked out."""
    place = beside.desk.cards[0].place
    beside.modal("card", place=place)
    before = rows(beside)
    until(beside, lambda: fans(beside))
    after = rows(beside)
    assert before.keys() == after.keys()
    grown = [key for key in before if after[key][1] > before[key][1] + 0.5]
    assert not grown, {key: (before[key], after[key]) for key in grown}
    assert before == after


def test_nothing_is_asked_once_the_game_is_over(make_app) -> None:
    app = make_app(turns=0)
    while not app.session.ended:
        app.session.end_turn()
    app.play(app.session)
    app.show("desk")
    assert not any(w.animating for w in app.stage.top.walk() if isinstance(w, LookAhead))
    assert replace(situation(app.session)).state is app.session.state
