"""The verdict of history as an open book: goals apart, each chosen priority, the story; the record at the right.

There is no total. Read next: verdict_parts.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.kit import (
    FIT,
    THEME,
    TOP_CORNERS,
    Button,
    Column,
    Flow,
    Grid,
    Panel,
    Picture,
    Row,
    ScrollArea,
    Text,
    Widget,
    fr,
    mix,
)
from game.ui.screens.common import C, T, heading
from game.ui.screens.verdict_parts import Ornament, chart_grid, goal_row, legend, priority_row, turning_point
from game.view import verdict_page
from game.view.pages import VerdictPage

if TYPE_CHECKING:
    from game.ui.app import App

DESK = mix(C.ribbon, C.hairline, 0.35)  # what the book lies on
PAGE = 470.0  # logical px by text scale under which the two pages go under each other


def build(app: App) -> Widget:
    return verdict_screen(app, verdict_page(app.session))


def verdict_screen(app: App, page: VerdictPage) -> Widget:
    pages = Row([_story(page), _record(app, page)], gap=10, align="stretch", stack_below=PAGE)
    book = ScrollArea(Panel(pages, pad=(16, 14)), "The verdict", key="verdict")
    bar = Panel(Row([Text(page.kicker, T.section.but(colour=C.bar_ink))], sizes=[fr(1)]), pad=(20, 6), bar=True)
    foot = Panel(_buttons(app), fill=C.ribbon, radius=0, pad=(20, 8))
    return Column([bar, Panel(book, fill=DESK, radius=0, pad=0), foot], gap=0, sizes=[FIT, fr(1), FIT])


def _buttons(app: App) -> Flow:
    return Flow([
        Button("Last report", lambda: app.show("report"), shortcut="R"),
        Button("Rewind", lambda: app.modal("rewind"), shortcut="B"),
        Button("Save a copy", lambda: app.modal("save_as"), shortcut="S"),
        Button("To the title", lambda: app.show("title"), shortcut="esc"),
        Button("Play again", lambda: app.show("newgame"), "primary", shortcut="enter"),
    ], align="right")


def _story(page: VerdictPage) -> Panel:
    """The left page: picture, title, goals, priorities, sentences, how it ended."""
    middle: list[Widget] = [
        Text(page.title, T.verdict.but(size=30, line=1.1), align="center"),
        Text(page.subtitle, T.prose.but(italic=True), align="center"),
        Ornament(),
        goal_row(page.goals),
        Column([heading("Your priorities"), Grid([priority_row(line) for line in page.priorities], 2, 255, gap=8)],
               gap=6),
        *(Text(text, T.prose) for text in _paragraphs(page)),
        Text(page.footnote, T.small),
    ]
    parts: list[Widget] = [Panel(Column(middle, gap=8), pad=(24, 10))]
    if page.picture:
        parts.insert(0, Picture(page.picture, 0.17, 80, THEME.space.modal_radius, TOP_CORNERS))
    return Panel(Column(parts, gap=0), fill=C.paper, edge=C.gold, radius=THEME.space.modal_radius, pad=1)


def _paragraphs(page: VerdictPage) -> list[str]:
    """How it ended, and the story as one paragraph."""
    return [text for text in (page.ending, " ".join(page.sentences)) if text]


def _record(app: App, page: VerdictPage) -> Panel:
    """The right page: charts against history, and the turning points."""
    parts: list[Widget] = [heading("The record", legend(page.charts)), chart_grid(page.charts)]
    if page.turning_points:
        parts += [heading("Turning points", "as the ledger has them")]
        parts += [turning_point(app, point) for point in page.turning_points]
    return Panel(Column(parts, gap=6), fill=C.paper, edge=C.gold, radius=THEME.space.modal_radius, pad=(24, 9))
