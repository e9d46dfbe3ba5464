"""Asking for forecasts: of a card's choices, and of every step of a lever and every initiative.

A page is made from an `Outlook`. Making one takes longer than anything else on a page, so it needs only a `Situation`,
which nothing changes any more: a window works it out beside its frames. Read next: effects.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from game.content import Scenario
from game.engine.decisions import Decisions, nothing
from game.engine.state import NONE, State
from game.engine.tables import Option, Rules
from game.engine.turn import reading_of
from game.outlook.forecast import FUTURES, Question, forecast
from game.outlook.preview import Variant, horizon_of, lever_steps, outcomes, without_card
from game.view.effects import Course, Outlook
from game.view.names import Names
from game.view.words import quarter

LOOKING = "Your advisers are looking ahead\u2026"
FEWER = 100  # futures of the cabinet, which looks at eighty things at once; its small steps differ little by luck

Stop = Callable[[], bool]


def never() -> bool:
    return False


@dataclass(frozen=True)
class Situation:
    """What a forecast depends on: a session at one moment."""

    scenario: Scenario
    rules: Rules
    state: State
    wanted: Decisions


def situation(session) -> Situation:
    return Situation(session.scenario, session.rules, session.state, session.wanted)


@dataclass(frozen=True)
class Ahead:
    """An outlook and the course of each thing in it: of a card's choices, or of the cabinet's lever steps (down and
    up, in pairs) and initiatives."""

    outlook: Outlook
    courses: tuple[Course, ...]


def card_ahead(now: Situation, place: int, stop: Stop = never) -> Ahead:
    """Every choice of the card at a place of the desk, against giving no answer; all else as decided so far."""
    card = now.rules.tables.cards[now.state.agenda[place, 0]]
    opened, wanted = without_card(now.state, now.wanted, place)
    found = [(outcomes(option), _odds(now, option)) for option in card.choices]
    return _ahead(now, opened, wanted, found, "unanswered", FUTURES, stop)


def cabinet_ahead(now: Situation, stop: Stop = never) -> Ahead:
    """Every lever step and initiative, against moving none and playing none, the cards as decided so far."""
    still = replace(nothing(now.rules, now.state), choices=now.wanted.choices)
    found = [((step,), 1.0) for step in lever_steps(now.rules, now.state)]
    found += [(outcomes(each.option), _odds(now, each.option)) for each in now.rules.tables.initiatives]
    return _ahead(now, now.state, still, found, "without it", FEWER, stop)


def _ahead(now: Situation, opened: State, wanted: Decisions, found: Sequence[tuple[tuple[Variant, ...], float]],
           otherwise: str, futures: int, stop: Stop) -> Ahead:
    names, courses, variants = Names(now.scenario), [], []
    for group, odds in found:
        courses.append(Course(tuple(range(len(variants), len(variants) + len(group))), odds))
        variants += group
    rows, state = tuple(names.watched), now.state
    seen = forecast(now.rules, Question(opened, wanted, tuple(variants)), rows, horizon_of(state), futures, stop=stop)
    return Ahead(Outlook(names, seen, rows, tuple(state.values[list(rows), 0].tolist()),
                         now.rules.tables.first_quarter + state.turn, state.turns - state.turn, otherwise),
                 tuple(courses))


def _odds(now: Situation, option: Option) -> float:
    if option.odds is None:
        return 1.0
    return float(np.clip(reading_of(now.rules, now.state).number(option.odds)[0], 0.0, 1.0))


def ahead_text(found: Ahead | None) -> str:
    """How was looked ahead, for the foot of a page."""
    if found is None:
        return LOOKING
    _, turns, _, futures = found.outlook.forecast.levels.shape
    last = quarter(found.outlook.date + turns - 1)
    return (f"Looked ahead to {last} in {futures} simulated futures, if nothing else is decided. Ranges hold eight "
            "futures in ten. Likely: at least three in four; possible: fewer; neither word: nearly all.")


class Foresight:
    """Keeps what was worked out for the game as it stands, until the game stands otherwise."""

    def __init__(self) -> None:
        self._state: State | None = None
        self._kept: dict[tuple, Ahead] = {}

    def find(self, now: Situation, place: int | None) -> Ahead | None:
        """What is kept of the card at a place, or (None) of the cabinet."""
        if self._state is not now.state:
            self._state, self._kept = now.state, {}
        return self._kept.get(_key(now, place))

    def keep(self, now: Situation, place: int | None, found: Ahead) -> None:
        if self.find(now, place) is None:
            self._kept[_key(now, place)] = found

    def get(self, now: Situation, place: int | None) -> Ahead:
        """What is kept, or else is worked out now."""
        if self.find(now, place) is None:
            self.keep(now, place, look(now, place))
        return self._kept[_key(now, place)]


def look(now: Situation, place: int | None, stop: Stop = never) -> Ahead:
    """Ahead from the card at a place of the desk, or from the cabinet."""
    return cabinet_ahead(now, stop) if place is None else card_ahead(now, place, stop)


def _key(now: Situation, place: int | None) -> tuple:
    """What an outlook hangs on besides the state: the other cards' choices and, for a card, the cabinet's decisions."""
    choices = now.wanted.choices.copy()
    if place is None:
        return (None, choices.tobytes())
    choices[place] = NONE
    return (place, choices.tobytes(), now.wanted.levers.tobytes(), now.wanted.initiatives.tobytes())
