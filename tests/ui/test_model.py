"""How the model works: reached from help, from the menu and from a why page, made beside the frames, told kindly."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from game.ui.screens.model import NAME
from tests.ui.acting import SCENARIOS, SIZES, Actor

PATH = Path("/a/rather/long/folder/of/a player/third-neighbour/pages/model-mongolia-2011.html")


def actor(show, size=(1280, 720), text_scale=1.0, name="minimal") -> Actor:
    found = Actor(size, text_scale, name, turns=1)
    found.app.options = SimpleNamespace(show_model=show)
    found.app.show("desk")
    return found


def until(found: Actor, words: str) -> None:
    last = time.monotonic() + 30.0
    while not found.reads(words):
        assert time.monotonic() < last, found.texts()
        found.stage.tick(time.monotonic() * 1000.0)
        time.sleep(0.005)


@pytest.mark.parametrize("way", ["help", "pause", "why"])
def test_it_is_reached_and_says_where_the_page_is(way):
    asked = []
    found = actor(lambda scenario: asked.append(scenario) or ("The page is open in your browser.", PATH))
    if way == "why":
        found.app.why(found.app.desk.bar[0].id)
    else:
        found.app.modal(way)
    found.find("button", NAME).activate()
    until(found, "open in your browser")
    assert found.reads(str(PATH)) and asked == [found.session.scenario]
    found.press("esc")
    assert found.app.modals[-1][0] == way  # back where it was asked for


def test_the_game_goes_on_while_the_page_is_made():
    going = threading.Event()

    def slow(scenario):
        assert going.wait(30.0)
        return "No browser was found here. Open the page yourself:", PATH
    found = actor(slow)
    found.app.modal("pause")
    found.press("m")
    assert found.reads("You may close this and play on")
    found.press("esc", "esc")
    assert not found.app.modals
    found.app.end_turn()
    found.app.modal("help")
    found.find("button", NAME).activate()  # the same page is still being made
    going.set()
    until(found, "No browser was found here")


def test_whatever_goes_wrong_is_told_and_the_game_goes_on():
    def broken(scenario):
        raise MemoryError("no room")
    found = actor(broken)
    found.app.modal("help")
    found.find("button", NAME).activate()
    until(found, "The page could not be made (MemoryError: no room). The game goes on.")


def test_before_a_game_there_is_nothing_to_show():
    found = actor(lambda scenario: ("", None))
    found.app.session = None
    found.app.show("title")
    found.app.modal("help")
    assert not found.has("button", NAME)


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
@pytest.mark.parametrize("name", SCENARIOS)
def test_it_fits(size, text_scale, name):
    found = actor(lambda scenario: ("No browser was found here. Open the page yourself:", PATH), size, text_scale, name)
    for way in ("help", "pause"):
        found.app.modal(way)
        assert found.problems() == []
        found.app.close()
    found.app.why(found.app.desk.bar[0].id)
    assert found.problems() == []
    found.find("button", NAME).activate()
    until(found, "Open the page yourself")
    assert found.problems() == []
