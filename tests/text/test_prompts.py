"""How a typed line is understood, and how things are found by name."""

from __future__ import annotations

import pytest

from game.text.find import Thing, matches, nearest, numbered
from game.text.prompts import Command, Option, Prompt, understand

THINGS = [Thing(1, "Days of fuel", "fuel_cover"), Thing(2, "Fuel stock"), Thing(3, "Fuel stock wanted")]


@pytest.mark.parametrize("typed, keys", [
    ("fuel stock", [1 + 1]), ("FUEL COVER", [1]), ("stock", [2, 3]), ("days fuel", [1]), ("wanted", [3]), ("x", []),
    ("", []),
])
def test_matches(typed, keys):
    assert [thing.key for thing in matches(typed, THINGS)] == keys


def test_nearest_name():
    labels = [thing.label for thing in THINGS]
    assert nearest("fuel stok", labels) == ["Fuel stock"]
    assert nearest("zzzzzz", labels) == []


@pytest.mark.parametrize("typed, place", [("1", 0), ("3.", 2), ("4", None), ("0", None), ("-1", None), ("\u0663", None),
                                          ("1" * 5000, None), ("", None)])
def test_numbered(typed, place):
    assert numbered(typed, 3) == place


@pytest.fixture
def done():
    return []


def _prompt(done, **more):
    return Prompt("?", (Option("Yes", lambda: done.append("yes")), Option("No", lambda: done.append("no"))), **more)


@pytest.mark.parametrize("line, happened", [
    ("1", "yes"), (" 2 ", "no"), ("no", "no"), ("desk", "desk:"), ("DESK now", "desk:now"),
])
def test_what_a_line_does(done, line, happened):
    commands = {"desk": Command("desk", "", lambda rest: done.append(f"desk:{rest}"))}
    understand(line, _prompt(done), commands)()
    assert done == [happened]


@pytest.mark.parametrize("line, sentence", [
    ("dsek", "There is no command \u201cdsek\u201d. Did you mean \u201cdesk\u201d?"),
    ("9", "Choose a number from 1 to 2."),
    ("frobnicate", "\u201cfrobnicate\u201d is not understood. Type a number, or help for the commands."),
    ("", "Type a number, a command, or help."),
])
def test_what_is_not_understood(done, line, sentence):
    assert understand(line, _prompt(done), {"desk": Command("desk", "", done.append)}) == sentence


def test_a_free_answer_takes_any_text_but_a_bare_command(done):
    prompt = Prompt("Seed?", enter=lambda: done.append("new"), answer=done.append)
    commands = {"save": Command("save NAME", "", lambda rest: done.append("command"))}
    for line in ("save the horses", "42", "", "save"):
        understand(line, prompt, commands)()
    assert done == ["save the horses", "42", "new", "command"]
