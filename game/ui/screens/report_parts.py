"""Parts of the report: fact cards, the table of changes, what the neighbours did, the strip of what is coming."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.ui.kit import FIT, Column, Dots, Grid, Icon, Mark, Panel, Row, Rule, Text, Widget, fr, mark
from game.ui.screens.common import (
    C,
    Press,
    T,
    change_spans,
    coming_mark,
    heading,
    judgement_colour,
    linked,
    side_colour,
    side_spans,
)
from game.view.pages import Cause, ChangeRow, Coming, NeighbourNote, ReportPage

if TYPE_CHECKING:
    from game.ui.app import App

SHORT = 60  # letters that two lines of a quarter's column always hold
CAUSES = 2  # of each indicator, in the table
FIRST = ("election", "threat", "date", "promise", "payment", "odds", "effect")  # what a full column keeps


def fact_card(app: App, row: ChangeRow) -> Widget:
    """The number now, its change, what it was and the largest cause; leads to why."""
    beside = Column([Text(row.label, T.body.but(bold=True, line=1.15)),
                     Text(change_spans(row.change_text, row.arrow, row.judgement), T.body.but(line=1.15))], gap=0)
    big = Row([Text(row.after_text, T.numeral), beside], gap=12, sizes=[FIT, fr(1)], stack_below=60)
    cause = f"; {row.causes[0].text} {row.causes[0].amount_text}" if row.causes else ""
    text = Column([big, Text(f"{row.before_text} before{cause}", T.secondary)], gap=1)
    stripe = judgement_colour(row.judgement)
    return Press(Panel(text, fill=C.panel, pad=(12, 7), stripe=stripe), f"{row.label}: {row.after_text}",
                 lambda: app.why(row.id), key=f"fact:{row.id}", pad=0)


def change_table(app: App, page: ReportPage) -> Widget:
    """Indicators that changed, with causes; those that did not, in one line at the end."""
    moved = [row for row in page.rows if row.arrow != "same"]
    rows: list[Widget] = [Panel(_change(app, row), fill=None if k % 2 else C.panel, pad=(8, 3), radius=5)
                          for k, row in enumerate(moved)]
    still = [row for row in page.rows if row.arrow == "same"]
    if still:
        spans: list = [mark("equal", T.secondary), ("\u00a0No change: ", T.secondary.but(bold=True))]
        for k, row in enumerate(still):
            end = ", " if k + 1 < len(still) else "."
            spans += [linked(row.label, row.id, T.secondary), (f" {row.after_text}{end}", T.secondary)]
        rows.append(Panel(Text(spans, T.secondary, on_link=app.why), pad=(8, 6)))
    return Column(rows, gap=0)


def _change(app: App, row: ChangeRow) -> Row:
    icon = Icon(row.icon, 18)
    name = Text([linked(row.label, row.id, T.body.but(bold=True))], T.body, on_link=app.why)
    values = Text([(f"{row.before_text} ", T.secondary), mark("arrow", T.secondary),
                   (f" {row.after_text}", T.body.but(bold=True))], T.body)
    change = Text(change_spans(row.change_text, row.arrow, row.judgement), T.body)
    causes = [_cause(app, row, cause) for cause in row.causes[:CAUSES]]
    text = Row(causes, gap=12, align="top", stack_below=150) if causes else Text("", T.secondary)
    numbers = Row([values, change], gap=8, sizes=[fr(10), fr(7)], align="top", stack_below=90)
    return Row([Row([icon, name], gap=8, sizes=[FIT, fr(1)], align="top"), numbers, text], gap=12,
               sizes=[fr(8), fr(14), fr(20)], align="top", stack_below=100)


def _cause(app: App, row: ChangeRow, cause: Cause) -> Text:
    """"−6 Russian export duty": the words lead to why, of the cause if it is a number of its own."""
    ink = T.secondary.but(bold=True, colour=judgement_colour(cause.judgement))
    words = linked(cause.text, cause.refers or row.id, T.secondary.but(colour=C.ink))
    return Text([(f"{cause.amount_text} ", ink), words], T.secondary, on_link=app.why)


# -- the neighbours and what else there is to tell


def neighbour_notes(page: ReportPage) -> list[Widget]:
    notes = [_neighbour(note) for note in page.neighbours]
    return [heading("The neighbours"), *(notes or [Text("They kept still.", T.secondary)])]


def _neighbour(note: NeighbourNote) -> Panel:
    standing = ", ".join(part for part in (note.word, note.change_text) if part)
    head: list[Widget] = [Text(side_spans(note.side, note.actor, T.body.but(bold=True)), T.body)]
    if note.word:
        head += [Text(standing, T.secondary, align="right"),
                 Dots(f"{note.actor}: {note.word}, {note.dots} of 5", note.dots, colour=side_colour(note.side))]
    lines: list[Widget] = [Row(head, gap=8, sizes=[FIT, fr(1), FIT][:len(head)], stack_below=40)]
    if note.text:
        lines.append(Text(note.text, T.secondary.but(colour=C.ink)))
    if note.because:
        lines.append(Text([("because of ", T.secondary), note.because], T.secondary))
    return Panel(Column(lines, gap=1), pad=(12, 2), stripe=side_colour(note.side))


def other_news(page: ReportPage) -> list[Widget]:
    """What happened and what was decided, where there is anything."""
    found: list[Widget] = []
    ink = T.secondary.but(colour=C.ink)
    if page.happened:
        found += [Rule(), heading("What happened")]
        found += [Text([*side_spans(news.side, "", T.secondary), (f" {news.text}", ink)], T.secondary)
                  for news in page.happened]
    if page.decided:
        found += [Rule(), heading("What you decided")]
        found += [Row([Mark("tick", 14, C.focus, name="decided"), Text(text, ink)], gap=7,
                      sizes=[FIT, fr(1)], align="top") for text in page.decided]
    return found


# -- what is coming


def coming_strip(coming: Sequence[Coming], most: int, columns: int) -> Widget:
    """A column for each quarter ahead with at most `most` lines, the weightiest first; the tip tells the rest."""
    quarters: dict[int, list[Coming]] = {}
    for each in coming:
        quarters.setdefault(each.turns, []).append(each)
    cards = []
    for turns in sorted(quarters):
        lines = sorted(quarters[turns], key=lambda each: FIRST.index(each.kind) if each.kind in FIRST else len(FIRST))
        cards.append(_quarter(lines, most))
    return Grid(cards, min(columns, len(cards)), 140, gap=8)


def _quarter(lines: list[Coming], most: int) -> Panel:
    rows: list[Widget] = [Text(lines[0].when.capitalize(), T.body.but(bold=True, colour=C.red))]
    for each in lines[:most]:
        shape, colour = coming_mark(each)
        whole = each.text if len(each.text) > SHORT else ""  # the tip of what may not fit
        text = Text(each.text, T.small.but(colour=C.ink), most_lines=2, tip=whole)
        rows.append(Row([Mark(shape, 14, colour, name=each.kind), text], gap=6, sizes=[FIT, fr(1)], align="top"))
    rest = lines[most:]
    if rest:
        rows.append(Text(f"and {len(rest)} more", T.small, tip="\n".join(each.text for each in rest),
                         key=f"coming:{lines[0].turns}"))
    return Panel(Column(rows, gap=2), fill=C.raised, edge=C.hairline, pad=(9, 6))
