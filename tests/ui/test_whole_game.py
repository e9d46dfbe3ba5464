"""Whole games from the title to the verdict at a real (headless) window, with nothing but posted events."""

from __future__ import annotations

import pytest

from game import paths
from game.replay import verify

LOOKS = 80  # how often someone presses Tab before giving up


def tab_to(player, label: str) -> None:
    """Tab until the ring is on what is called so."""
    for _ in range(LOOKS):
        player.press("tab")
        if player.stage.focus and player.stage.focus.label() == label:
            return
    raise AssertionError(f"Tab does not reach {label!r} on {player.screen}")


def open_choices(player) -> list:
    return [w for w in player.stage.focus_order() if w.key.startswith("choice:") and not w.reason]


def check_the_log(player, turns: int) -> None:
    saves = list(paths.saves().glob("*.tnlog"))
    assert len(saves) == 1 and player.app.session.path == saves[0]
    assert len(player.app.session.records) == turns
    assert verify(saves[0]).verdict == "same"


@pytest.mark.timeout(300)
def test_with_the_keyboard_alone(player) -> None:
    person = player()
    document = person.app.scenarios[0].document
    person.press("n")
    assert person.screen == "newgame"
    for priority in document.priorities[:2]:
        tab_to(person, priority.label)
        person.press("space")
    tab_to(person, "Start the game")
    person.press("enter")
    assert person.screen == "desk"
    cabinet_seen = decided = 0
    while person.screen != "verdict":
        if person.app.desk.cards:
            person.press("1")
            assert person.screen == "card"
        while person.screen == "card":
            choices = open_choices(person)
            pick = choices[decided % len(choices)]
            decided += 1
            person.press(pick.shortcut)
        if not cabinet_seen:
            person.press("c")
            assert person.screen == "cabinet"
            person.press("esc")
            cabinet_seen += 1
        assert person.app.desk.end_hint == ""
        person.press("e")
        assert person.screen == "report"
        person.press("enter")
    assert decided > 10 and person.app.session.ended
    check_the_log(person, len(person.app.session.records))
    person.press("esc")
    assert person.screen == "title"
    person.press("q")
    assert not person.app.running


@pytest.mark.timeout(300)
def test_with_the_mouse_alone(player) -> None:
    person = player()
    document = person.app.scenarios[0].document
    person.click("button", "New game")
    for priority in document.priorities[-2:]:
        person.click("option", priority.label)
    person.click("button", "Start the game")
    assert person.screen == "desk"
    turn = 0
    while person.screen != "verdict":
        for card in person.app.desk.cards[:1]:
            person.click("option", card.title)
            person.click("option", open_choices(person)[-1].label())
            while person.app.modals:
                person.click("button", "Decide later")
        if turn == 1:
            _look_around(person)
        person.click("button", "End turn")
        if person.screen == "confirm":
            person.click("button", "End turn")
        assert person.screen == "report"
        last = person.app.session.ended
        person.click("button", "To the verdict" if last else "Next quarter")
        turn += 1
    check_the_log(person, turn)
    person.click("button", "To the title")
    person.click("button", "Quit")
    assert not person.app.running


def _look_around(person) -> None:
    """Causes of a figure, the menu, undo, the cabinet and back, as someone curious would."""
    figure = person.app.desk.bar[0]
    person.click("button", f"{figure.label}: {figure.text}")
    assert person.screen == "why"
    person.click("button", "Close")
    person.click("button", "Undo")
    assert not any(card.decided for card in person.app.desk.cards)
    person.click("button", "Menu")
    person.click("button", "Go back to an earlier turn")
    person.click("button", "2011 Q1")
    assert person.app.session.rewinds == 1 and person.screen == "desk"
    person.click("button", "End turn")
    person.click("button", "End turn")
    person.click("button", "Next quarter")
    person.click("button", "Cabinet")
    assert person.screen == "cabinet"
    person.click("button", "To the desk")
    assert person.screen == "desk"
