"""`model`: a page in a file; and the same for a player, with a browser or without one, and with no room to write."""

from __future__ import annotations

import webbrowser

import pytest

from game.cli import modelling
from game.cli.options import PlayOptions
from game.content import load


def test_the_page_is_written_where_it_is_wanted(run, minimal, tmp_path):
    out = tmp_path / "page.html"
    ran = run("model", minimal, "-o", out)
    assert ran.code == 0 and ran.out == "" and f"The page is in {out}." in ran.err
    assert out.read_text("utf-8").startswith("<!DOCTYPE html>") and "Fuel in store" in out.read_text("utf-8")


def test_without_a_name_it_is_in_this_folder(run, minimal, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("model", minimal).code == 0
    assert [path.name for path in tmp_path.glob("*.html")] == [f"model-{load(minimal).document.id}.html"]


def test_a_folder_that_is_not_there_is_named(run, minimal, tmp_path):
    ran = run("model", minimal, "-o", tmp_path / "none" / "page.html")
    assert ran.code == 2 and "The page cannot be written: No such file or directory." in ran.err


def test_an_unknown_scenario_is_named(run):
    ran = run("model", "mongolia-2012")
    assert ran.code == 2 and "There is no scenario \u201cmongolia-2012\u201d. Did you mean" in ran.err


class Browser:
    def __init__(self, opens: bool = True) -> None:
        self.opens, self.seen = opens, []

    def open(self, url: str) -> bool:
        self.seen.append(url)
        return self.opens


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("TN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_player_sees_it_in_the_browser(home, minimal, monkeypatch):
    browser = Browser()
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    told, path = PlayOptions(minimal).show_model(load(minimal))
    assert told == "The page is open in your browser." and path.is_relative_to(home)
    assert browser.seen == [path.as_uri()] and "Fuel in store" in path.read_text("utf-8")


@pytest.mark.parametrize("browser", [Browser(opens=False), webbrowser.GenericBrowser("lynx"), None])
def test_without_a_browser_the_path_is_told(home, minimal, monkeypatch, browser):
    """One that runs in the terminal would take the game's place."""
    def get():
        if browser is None:
            raise webbrowser.Error("none")
        return browser
    monkeypatch.setattr(webbrowser, "get", get)
    told, path = modelling.show(load(minimal))
    assert "No browser was found" in told and path.is_file()


def test_a_page_that_cannot_be_written_is_told_kindly(home, minimal):
    home.mkdir()
    (home / "pages").write_text("in the way", "utf-8")
    told, path = modelling.show(load(minimal))
    assert told.startswith("The page could not be written:") and path is None


def test_where_no_other_process_can_be_had_the_page_is_made_here(home, minimal, monkeypatch):
    def none(*_):
        raise OSError("no more processes")
        yield
    monkeypatch.setattr(modelling, "by_processes", none)
    monkeypatch.setattr(webbrowser, "get", lambda: Browser())
    told, path = modelling.show(load(minimal))
    assert "open in your browser" in told and "Fuel in store" in path.read_text("utf-8")
