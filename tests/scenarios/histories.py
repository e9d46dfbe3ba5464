"""History of mongolia-2011 for the tests beside it: played as it was, with other drivers, and as it might have been."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from game.content.document import DriverDoc
from game.content.overlay import LENGTH, overlaid
from game.content.playthrough import HISTORY_FILE, Playthrough, TurnDoc, read_playthrough
from game.outlook.history import HistoryRun, play, yearly_values
from game.replay.playthrough import closings, play_history
from game.replay.session import Session
from tests.scenarios.games import FOLDER, scenario


@cache
def history() -> Playthrough:
    return read_playthrough(FOLDER / HISTORY_FILE, scenario().document)


@cache
def run(mode: str) -> HistoryRun:
    """History as it was."""
    return play(scenario(), history(), mode)


@cache
def game(mode: str) -> Session:
    """The game itself."""
    return play_history(overlaid(scenario(), history(), mode), history(), LENGTH)


def shifted(names: Iterable[str], factor: float, mode: str = "free") -> HistoryRun:
    """History with other drivers: each point of their paths times the factor."""
    variables = dict(scenario().document.variables)
    for name in names:
        driver = variables[name]
        assert isinstance(driver, DriverDoc) and driver.path, name
        high = max(driver.range[1], 1.0 + max(driver.path.values()) * factor)
        variables[name] = replace(driver, path={q: value * factor for q, value in driver.path.items()},
                                  range=(driver.range[0], high))
    return play(replace(scenario(), document=replace(scenario().document, variables=variables)), history(), mode)


def otherwise(cards: dict[str, str], levers: dict[str, dict[str, float]] | None = None, without: Iterable[str] = (),
              initiatives: dict[str, tuple[str, ...]] | None = None, mode: str = "anchored") -> Session:
    """Another history: other choices, levers by quarter and initiatives by quarter; `without` names levers that stay
    as they were. Cards that then come up keep their default."""
    done = history().document
    turns = {date: replace(turn, levers={name: value for name, value in turn.levers.items() if name not in without})
             for date, turn in done.turns.items()}
    for date, settings in (levers or {}).items():
        turn = turns.get(date, TurnDoc())
        turns[date] = replace(turn, levers={**turn.levers, **settings})
    for date, names in (initiatives or {}).items():
        turn = turns.get(date, TurnDoc())
        turns[date] = replace(turn, initiatives=(*turn.initiatives, *names))
    other = replace(history(), document=replace(done, cards={**done.cards, **cards}, turns=turns))
    return play_history(overlaid(scenario(), other, mode), other, LENGTH, strict=False)


def by_year(session: Session, name: str) -> dict[int, float]:
    return yearly_values(session, name)


def at_end_of(session: Session, name: str, year: int, quarter: int = 4) -> float:
    """A variable on the last day of a quarter."""
    row = session.scenario.row(name)
    return next(float(record.report.closing[row, 0]) for y, q, record in closings(session)
                if (y, q + 1) == (year, quarter))

