"""Filling a choice's or an initiative's line with what was foretold of it. Read next: effects.py, comes_back.py."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from game.engine.state import State
from game.engine.tables import Option
from game.view.comes_back import comes_back
from game.view.effects import fans, option_lines, strongest
from game.view.lookahead import Ahead
from game.view.pages import ChoiceLine, InitiativeLine

Line = TypeVar("Line", ChoiceLine, InitiativeLine)


def foretold(line: Line, state: State, option: Option, card: int, ahead: Ahead, place: int, shown: int,
             most_fans: int) -> Line:
    """`place`: where its course stands in `ahead`; `card`: whose option it is, -1 for an initiative; at most `shown`
    effects at first sight and `most_fans` fans."""
    outlook, course = ahead.outlook, ahead.courses[place]
    found = option_lines(outlook, course)
    effects, smaller = strongest(found, shown)
    later = comes_back(outlook.names, state, option, card, found, outlook.odds_changes(course))
    return replace(line, effects=effects, smaller=smaller, fans=fans(outlook, course, found, most_fans),
                   comes_back=later)
