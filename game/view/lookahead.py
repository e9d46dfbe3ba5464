"""Asking for forecasts: of a card's choices, and of every step of a lever and every initiative.

A page is made from an `Outlook`. Making one takes longer than anything else on a page, so it needs only a `Situation`,
which nothing changes any more: a window works it out beside its frames. Read next: effects.py.
"""

from __future__ import annotations

from collections.abc import Callable
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


@dataclass(frozen=True, eq=False)
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


Groups = list[tuple[tuple[Variant, ...], float]]  # of each thing: its variants, and the odds that it works


def card_question(now: Situation, place: int) -> tuple[Question, Groups]:
    """Every choice of the card at a place of the desk, against giving no answer; all else as decided so far."""
    opened, wanted = without_card(now.state, now.wanted, place)
    options = now.rules.tables.cards[now.state.agenda[place, 0]].choices
    return _question(opened, wanted, [(outcomes(option), _odds(now, option)) for option in options])


def cabinet_question(now: Situation) -> tuple[Question, Groups]:
    """Every lever step and initiative, against moving none and playing none, the cards as decided so far."""
    still = replace(nothing(now.rules, now.state), choices=now.wanted.choices)
    found: Groups = [((step,), 1.0) for step in lever_steps(now.rules, now.state)]
    found += [(outcomes(each.option), _odds(now, each.option)) for each in now.rules.tables.initiatives]
    return _question(now.state, still, found)


def _question(state: State, wanted: Decisions, found: Groups) -> tuple[Question, Groups]:
    return Question(state, wanted, tuple(variant for group, _ in found for variant in group)), found


def card_ahead(now: Situation, place: int, stop: Stop = never) -> Ahead:
    return _ahead(now, *card_question(now, place), "unanswered", FUTURES, stop)


def cabinet_ahead(now: Situation, stop: Stop = never) -> Ahead:
    return _ahead(now, *cabinet_question(now), "without it", FEWER, stop)


def _ahead(now: Situation, question: Question, found: Groups, otherwise: str, futures: int, stop: Stop) -> Ahead:
    names, courses, first = Names(now.scenario), [], 0
    for group, odds in found:
        courses.append(Course(tuple(range(first, first + len(group))), odds))
        first += len(group)
    rows, state = tuple(names.watched), now.state
    seen = forecast(now.rules, question, rows, horizon_of(state), futures, stop=stop)
    return Ahead(Outlook(names, seen, rows, tuple(state.values[list(rows), 0].tolist()),
                         now.rules.tables.first_quarter + state.turn, state.turns - state.turn, otherwise),
                 tuple(courses))


def _odds(now: Situation, option: Option) -> float:
    if option.odds is None:
        return 1.0
    return float(np.clip(reading_of(now.rules, now.state).number(option.odds)[0], 0.0, 1.0))


def ahead_text(found: Ahead | None) -> str:
    """How was looked ahead, for the foot of a page, or that it is still being worked out."""
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
        return self._kept.get(key_of(now, place))

    def latest(self, now: Situation, place: int | None) -> Ahead | None:
        """The newest that is kept of the same place and state, whatever else was decided then."""
        found = self.find(now, place)
        same = [ahead for key, ahead in self._kept.items() if key[0] == place]
        return same[-1] if found is None and same else found

    def keep(self, now: Situation, place: int | None, found: Ahead) -> None:
        if self.find(now, place) is None:
            self._kept[key_of(now, place)] = found

    def get(self, now: Situation, place: int | None) -> Ahead | None:
        """What is kept, or else is worked out now; None if the game is over."""
        found = self.find(now, place)
        if found is None and now.state.running[0]:
            found = look(now, place)
            self.keep(now, place, found)
        return found


def look(now: Situation, place: int | None, stop: Stop = never) -> Ahead:
    """Ahead from the card at a place of the desk, or from the cabinet."""
    return cabinet_ahead(now, stop) if place is None else card_ahead(now, place, stop)


def key_of(now: Situation, place: int | None) -> tuple:
    """What an outlook hangs on besides the state: the other cards' choices and, for a card, the cabinet's decisions."""
    choices = now.wanted.choices.copy()
    if place is None:
        return (None, choices.tobytes())
    choices[place] = NONE
    return (place, choices.tobytes(), now.wanted.levers.tobytes(), now.wanted.initiatives.tobytes())
