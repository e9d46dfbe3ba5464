"""A player who types prepared lines, and sees what is printed."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path

import pytest

from game.cli.options import PlayOptions
from game.content import find_scenarios, load
from game.replay import Session
from game.text import beginning, keeping
from game.text.edition import Edition
from game.text.lines import Lines
from tests.futures import few_futures  # noqa: F401

READY = {"seed": "5", "length": "lesson", "difficulty": "historic", "priorities": ("energy_security", "prosperity")}
NOON = datetime.datetime(2025, 11, 24, 12, 0)


class Player:
    """Types lines into an edition; at the end of them, input ends (or Ctrl-C is pressed)."""

    def __init__(self, folder: Path, options: dict, stop: type[BaseException] = EOFError) -> None:
        self.printed: list[str] = []
        self.prompts: list[str] = []
        self._typed: list[str] = []
        self._stop = stop
        lines = Lines(self.printed.append, lambda: None, "utf-8")
        self.edition = Edition(PlayOptions(folder, text=True, **options), self._read, lines, lambda: NOON)

    def types(self, *lines: str) -> list[str]:
        """What the whole run prints; to be called once."""
        self._typed = list(lines)
        assert self.edition.run() == 0
        return self.printed

    @property
    def session(self) -> Session:
        return self.edition.session

    def after(self, line: str) -> list[str]:
        """What was printed between the last such line and the next one."""
        start = len(self.printed) - 1 - self.printed[::-1].index(f"> {line}")
        rest = self.printed[start + 1:-2]  # the last two lines are the goodbye
        return rest[:next((n for n, text in enumerate(rest) if text.startswith("> ")), len(rest))]

    def _read(self, prompt: str) -> str:
        self.prompts.append(prompt)
        if not self._typed:
            raise self._stop
        line = self._typed.pop(0)
        self.printed.append(f"> {line}")
        return line


@pytest.fixture(scope="session")
def scenario():
    return load(find_scenarios()[0])


@pytest.fixture
def player(monkeypatch, tmp_path, scenario):
    """Makes players; their games are kept below tmp_path. The scenario is read once for all tests."""
    monkeypatch.setenv("TN_HOME", str(tmp_path))
    monkeypatch.setattr(beginning, "load", lambda folder: scenario)
    monkeypatch.setattr(keeping.Session, "load", functools.partial(_load, Session.load, scenario))
    return lambda stop=EOFError, **options: Player(find_scenarios()[0], {**READY, **options}, stop)


def _load(really, scenario, path, known=None):
    return really(path, scenario)
