"""The initiatives of the cabinet as cards: price, who likes it, what it is expected to do, why it is locked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.ui.kit import FIT, Card, Column, Diamonds, Flow, Grid, Icon, Row, Text, Widget, fr
from game.ui.screens.common import C, T, side_spans
from game.ui.screens.effect_rows import Room, and_later, effects, fan_charts, looking, smaller_tip
from game.view.pages import Cabinet, InitiativeLine

if TYPE_CHECKING:
    from game.ui.app import App

LEAST = 330.0  # logical px of a card; a second column only where both have that
LINES, FAN_ROOM = 76.0, 70.0  # room for effects, most of two lines, and for a fan
HALF = 240.0  # of a card's inside, from which effects stand beside the text


def initiative_cards(app: App, page: Cabinet, shown: Sequence[str]) -> list[Widget]:
    """A heading and cards for each group in `shown`: chosen ones first, locked ones last."""
    found: list[Widget] = []
    for group, label, icon in page.groups:
        lines = [line for line in page.initiatives if line.group == group]
        if group not in shown or not lines:
            continue
        lines.sort(key=lambda line: (not line.chosen, bool(line.refusal)))
        found.append(Row([Icon(icon, 20, C.red), Text(label, T.section.but(size=16))], gap=8, sizes=[FIT, fr(1)]))
        found.append(Grid([_card(app, page, line) for line in lines], 2, LEAST, gap=10))
    return found


def _card(app: App, page: Cabinet, line: InitiativeLine) -> Card:
    words = " \u00b7 ".join(text for text in (line.cost_text or "no money", line.odds_text) if text)
    price = Flow([Diamonds(f"{line.capital} political capital", line.capital, 0, line.capital),
                  Text(words, T.secondary.but(bold=True, colour=C.home))], gap=10, row_gap=2)
    left = Column([price, Text(line.text, T.secondary.but(colour=C.ink)), *_people(line),
                   Room(fan_charts(line.fans, 1), FAN_ROOM)], gap=4)
    told = looking() if page.looking else effects(line.effects)
    right = Column([Room(told, LINES), *and_later(line.smaller, line.comes_back)], gap=4)
    child = Column([Text(line.title, T.card_title), Row([left, right], gap=16, align="top", stack_below=HALF)], gap=4)
    return Card(child, line.title, lambda: app.play_initiative(line.index, not line.chosen),
                kind="check", chosen=line.chosen, reason="" if line.chosen else line.refusal,
                tip="\n".join(text for text in (smaller_tip(line.smaller), line.source) if text),
                key=f"initiative:{line.index}")


def _people(line: InitiativeLine) -> list[Widget]:
    """For and against, each with the shape and colour of a side."""
    rows: list[Widget] = []
    for head, who in (("For", line.likes), ("Against", line.dislikes)):
        if who:
            spans: list = [(f"{head}: ", T.secondary)]
            for side, label in who:
                spans += [*side_spans(side, label.replace(" ", "\u00a0"), T.secondary), ("\u2002 ", T.secondary)]
            rows.append(Text(spans, T.secondary))
    return rows
