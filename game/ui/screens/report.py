"""The report of a finished turn: headline, at most three facts, what changed and why, the neighbours, what is coming.

Everything has its own pane in a large window; in a small one, or with large letters, it is one page that scrolls.
Read next: report_parts.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.kit import FIT, Button, Column, Panel, Picture, Row, Rule, ScrollArea, Text, Widget, fr
from game.ui.screens.common import C, Hotkey, T, heading, help_keys, warning_row
from game.ui.screens.report_parts import change_table, coming_strip, fact_card, neighbour_notes, other_news
from game.view import report_page
from game.view.pages import ReportPage

if TYPE_CHECKING:
    from game.ui.app import App

PICTURE = 900.0  # logical px by text scale from which there is room for the picture
PANES = (1150.0, 285.0)  # logical px by text scale: width for panes, and the least height that holds six rows


def build(app: App) -> Widget:
    """The report of the turn that ended last."""
    return report_screen(app, report_page(app.session))


def report_screen(app: App, page: ReportPage) -> Widget:
    onward = Button("To the verdict" if page.final else "Next quarter", app.after_report, "primary", shortcut="enter",
                    key="onward")
    bar = _bar(app, page, onward)
    keys = [Hotkey("esc", lambda: app.modal("pause")), *help_keys(app)]
    around = _around(app, page, bar)
    if around is None:
        above, body, below = [], ScrollArea(_one_page(app, page), "Report", key="report"), []
    else:
        above, body, below = around[0], _panes(app, page), around[1]
    parts = [bar, *above, body, *below, *keys]
    return Column(parts, gap=0, sizes=[fr(1) if part is body else FIT for part in parts])


def _around(app: App, page: ReportPage, bar: Widget) -> tuple[list[Widget], list[Widget]] | None:
    """What stands above and below the panes; None where that would leave the panes too little."""
    p = app.stage.painter
    if p.area.w < PANES[0] * p.text_scale:
        return None
    above = [_head(app, page), Rule(colour=C.gold, thick=2)]
    for most in (3, 2, 1) if page.coming else (0,):
        below = [Rule(), Panel(_coming(page, most, 8), fill=C.panel, radius=0, pad=(20, 5))] if most else []
        taken = sum(part.measure(p, p.area.w) for part in (bar, *above, *below))
        if p.area.h - taken >= PANES[1] * p.text_scale:
            return above, below
    return None


def _bar(app: App, page: ReportPage, onward: Widget) -> Panel:
    """Without figures: those of the desk are a quarter further on than the report."""
    name = Text(app.desk.title, T.section.but(colour=C.bar_ink, size=22))
    what = Text(page.kicker, T.body.but(colour=C.bar_soft))
    return Panel(Row([name, what, onward], gap=18, sizes=[FIT, fr(1), FIT], stack_below=150), pad=(20, 4), bar=True)


def _panes(app: App, page: ReportPage) -> Row:
    table = ScrollArea(change_table(app, page), "What changed", key="report:changes")
    left = Column([heading("What changed, and why", "Select a cause to see its working."), table], gap=4,
                  sizes=[FIT, fr(1)])
    right = ScrollArea(_aside(app, page), "The neighbours", key="report:neighbours")
    return Row([Panel(left, pad=(20, 8)), Rule(down=True), Panel(right, pad=(16, 8))], gap=0,
               sizes=[fr(25), FIT, fr(10)], align="stretch")


def _one_page(app: App, page: ReportPage) -> Widget:
    table = Column([heading("What changed, and why"), change_table(app, page)], gap=4)
    parts: list[Widget] = [_head(app, page), Rule(colour=C.gold, thick=2), Panel(table, pad=(18, 10)), Rule(),
                           Panel(_aside(app, page), pad=(18, 10))]
    if page.coming:
        parts += [Rule(), Panel(_coming(page, 4, 4), fill=C.panel, radius=0, pad=(18, 10))]
    return Column(parts, gap=0)


def _head(app: App, page: ReportPage) -> Widget:
    """Headline, the sentence with the cause, facts; the picture at the right."""
    words: list[Widget] = [Text(page.headline, T.headline.but(size=29)), Text(page.sentence, T.prose),
                           *(warning_row(text) for text in page.warnings)]
    if page.facts:
        words.append(Row([fact_card(app, row) for row in page.facts], gap=12, align="stretch", stack_below=190))
    left = Panel(Column(words, gap=4), pad=(20, 7))
    p = app.stage.painter
    if not page.picture or p.area.w < PICTURE * p.text_scale:
        return left
    return Row([left, Picture(page.picture, 0.4, 120)], gap=0, sizes=[fr(5), fr(1)], align="stretch")


def _aside(app: App, page: ReportPage) -> Widget:
    return Column([*neighbour_notes(page), *other_news(page)], gap=9)


def _coming(page: ReportPage, most: int, columns: int) -> Widget:
    return Column([heading("What is coming"), coming_strip(page.coming, most, columns)], gap=3)
