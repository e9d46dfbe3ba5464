"""What `play` hands to the window and to the text edition, and when it takes which."""

from dataclasses import replace
from pathlib import Path

import pytest

from game import text, ui
from game.cli import PlayOptions, playing
from game.replay import LogError


@pytest.fixture
def editions(monkeypatch):
    """Stand-ins for both editions that write down what they were given."""
    calls = []
    monkeypatch.setattr(ui, "run", lambda options: calls.append(("ui", options)) or 0)
    monkeypatch.setattr(text, "run", lambda options: calls.append(("text", options)) or 0)
    monkeypatch.setattr(playing, "has_display", lambda: True)
    return calls


def test_alone_it_plays_the_first_scenario_in_a_window(run, editions):
    assert run().code == 0
    ((edition, options),) = editions
    assert edition == "ui" and options.scenario.name == "mongolia-2011"
    assert options == PlayOptions(options.scenario)


def test_the_short_way_to_play_is_the_long_one(run, editions):
    """`third-neighbour` alone does without the parser, so that the window is there sooner."""
    for words in ((), ("play",), ("play", "mongolia-2011"), ("mongolia-2011",)):
        assert run(*words).code == 0
    assert [edition for edition, _ in editions] == ["ui"] * 4
    alone, play, named, short = (options for _, options in editions)
    assert alone == play and named == short == replace(alone, named=True)


def test_all_options_arrive(run, editions, minimal):
    ran = run("play", minimal, "--seed", "Naadam 2011", "--length", "lesson", "--difficulty", "tight", "--text",
              "--save", "games/mine.tnlog")
    assert ran.code == 0
    assert editions == [("text", PlayOptions(Path(minimal), "Naadam 2011", "lesson", "tight", None, True,
                                             Path("games/mine.tnlog"), named=True))]


def test_priorities_are_two_that_the_scenario_has(run, editions):
    from tests.conformance.worlds import scenario
    first, second = [p.id for p in scenario("mongolia-2011").document.priorities[:2]]
    assert run("--priorities", f"{first}, {second}").code == 0
    assert editions[0][1].priorities == (first, second)
    assert run("--priorities", f"{first},{first}").code == 2


def test_without_a_display_it_is_played_in_text(run, editions, monkeypatch):
    monkeypatch.setattr(playing, "has_display", lambda: False)
    ran = run()
    assert [edition for edition, _ in editions] == ["text"]
    assert ran.err == "There is no display here, so the game is played in text.\n"


def test_a_window_that_cannot_open_falls_back_to_text(run, editions, monkeypatch):
    def fails(options):
        raise ui.NoDisplay("The screen cannot be used.")
    monkeypatch.setattr(ui, "run", fails)
    ran = run()
    assert [edition for edition, _ in editions] == ["text"]
    assert ran.err == "The screen cannot be used, so the game is played in text.\n"


@pytest.mark.parametrize("error, says", [
    (LogError("no-write", "The game could not be saved.", "Free some space."), "could not be saved. Free some space."),
    (ImportError("No module named 'pygame'"), "--text"),
])
def test_errors_of_an_edition_are_told_plainly(run, editions, monkeypatch, error, says):
    def fails(options):
        raise error
    monkeypatch.setattr(ui, "run", fails)
    ran = run()
    assert ran.code == 2 and says in ran.err


def test_ctrl_c_is_no_traceback(run, editions, monkeypatch):
    def stopped(options):
        raise KeyboardInterrupt
    monkeypatch.setattr(ui, "run", stopped)
    assert run().code == 130


@pytest.mark.parametrize("platform, environment, seen", [
    ("linux", {}, False), ("linux", {"DISPLAY": ":0"}, True), ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
    ("linux", {"SDL_VIDEODRIVER": "dummy"}, True), ("linux", {"DISPLAY": ""}, False),
    ("win32", {}, True), ("darwin", {}, True), ("freebsd14", {}, False),
])
def test_where_a_window_can_be_seen(monkeypatch, platform, environment, seen):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(playing.sys, "platform", platform)
    assert playing.has_display() is seen
