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
from game.outlook.forecast import FUTURES, Forecast, Question, forecast
from game.outlook.preview import Variant, horizon_of, lever_steps, outcomes, without_card
from game.view.effects import Course, Outlook
from game.view.names import Names
from game.view.words import quarter

LOOKING = "Your advisers are looking ahead\u2026"
CABINET, PLAN = -1, -2  # in the place of a card's: every lever step and initiative; all that is decided in the cabinet
KEPT = 12  # outlooks that are kept, the newest; one takes up to 15 MB
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
    found: Groups = [((step,), 1.0) for step in lever_steps(now.rules, now.state)]
    found += [(outcomes(each.option), _odds(now, each.option)) for each in now.rules.tables.initiatives]
    return _question(now.state, _still(now), found)


def _still(now: Situation) -> Decisions:
    """The cards as decided so far, and nothing of the cabinet."""
    return replace(nothing(now.rules, now.state), choices=now.wanted.choices)


def _question(state: State, wanted: Decisions, found: Groups) -> tuple[Question, Groups]:
    return Question(state, wanted, tuple(variant for group, _ in found for variant in group)), found


def card_ahead(now: Situation, place: int, stop: Stop = never) -> Ahead:
    question, found = card_question(now, place)
    return Ahead(_outlook(now, _seen(now, question, FUTURES, stop), "unanswered"), _courses(found))


def cabinet_ahead(now: Situation, stop: Stop = never) -> Ahead:
    question, found = cabinet_question(now)
    return Ahead(_outlook(now, _seen(now, question, FEWER, stop), "without it"), _courses(found))


def plan_ahead(now: Situation, stop: Stop = never) -> Ahead:
    """All that is decided in the cabinet together, against nothing of it, the cards as decided so far."""
    without, planned = (_seen(now, Question(now.state, wanted, ()), FUTURES, stop)
                        for wanted in (_still(now), now.wanted))
    both = Forecast(np.concatenate([without.levels, planned.levels]), np.concatenate([without.odds, planned.odds]))
    return Ahead(_outlook(now, both, "without your plan"), (Course((0,)),))


def is_planned(now: Situation) -> bool:
    """Whether anything is decided in the cabinet."""
    still = _still(now)
    return bool(now.wanted.initiatives.any() or (now.wanted.levers != still.levers).any())


def _seen(now: Situation, question: Question, futures: int, stop: Stop) -> Forecast:
    rows = list(Names(now.scenario).watched)
    return forecast(now.rules, question, rows, horizon_of(now.state), futures, stop=stop)


def _courses(found: Groups) -> tuple[Course, ...]:
    courses, first = [], 0
    for group, odds in found:
        courses.append(Course(tuple(range(first, first + len(group))), odds))
        first += len(group)
    return tuple(courses)


def _outlook(now: Situation, seen: Forecast, otherwise: str) -> Outlook:
    names, state = Names(now.scenario), now.state
    rows = tuple(names.watched)
    return Outlook(names, seen, rows, tuple(state.values[list(rows), 0].tolist()),
                   now.rules.tables.first_quarter + state.turn, state.turns - state.turn, otherwise)


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

    def find(self, now: Situation, place: int) -> Ahead | None:
        """What is kept of the card at a place, of the CABINET or of the PLAN."""
        if self._state is not now.state:
            self._state, self._kept = now.state, {}
        return self._kept.get(key_of(now, place))

    def latest(self, now: Situation, place: int) -> Ahead | None:
        """The newest that is kept of the same place and state, whatever else was decided then."""
        found = self.find(now, place)
        same = [ahead for key, ahead in list(self._kept.items()) if key[0] == place]
        return same[-1] if found is None and same else found

    def keep(self, now: Situation, place: int, found: Ahead) -> None:
        if self.find(now, place) is None:
            self._kept[key_of(now, place)] = found
            for key in list(self._kept)[:-KEPT]:
                self._kept.pop(key, None)

    def get(self, now: Situation, place: int) -> Ahead | None:
        """What is kept, or else is worked out now; None if the game is over."""
        found = self.find(now, place)
        if found is None and now.state.running[0]:
            found = look(now, place)
            self.keep(now, place, found)
        return found


def look(now: Situation, place: int, stop: Stop = never) -> Ahead:
    """Ahead from the card at a place of the desk, from the CABINET, or from the PLAN."""
    if place == PLAN:
        return plan_ahead(now, stop)
    return cabinet_ahead(now, stop) if place == CABINET else card_ahead(now, place, stop)


def key_of(now: Situation, place: int) -> tuple:
    """What an outlook hangs on besides the state: the other cards' choices and, unless it is of the CABINET, what is
    decided there."""
    choices = now.wanted.choices.copy()
    if place == CABINET:
        return (place, choices.tobytes())
    if place != PLAN:
        choices[place] = NONE
    return (place, choices.tobytes(), now.wanted.levers.tobytes(), now.wanted.initiatives.tobytes())
