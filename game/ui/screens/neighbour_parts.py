"""Parts of the page of neighbours: how it stands, what it wants, what it may do and why, what nobody pays for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.kit import FIT, Column, Dots, Mark, Panel, Row, Rule, Text, Widget, fr, mark
from game.ui.screens.common import C, Press, T, bullet, heading, linked, side_colour, side_spans
from game.view.neighbour_lines import DemandLine, MoveLine, Neighbour, NeighboursPage, Push, Standing

if TYPE_CHECKING:
    from game.ui.app import App

INK = T.secondary.but(colour=C.ink)
TONE = {"hard": (C.worse, "warning"), "soft": (C.better, "tick"), "plain": (C.home, "diamond")}


def standing_of(app: App, each: Neighbour) -> list[Widget]:
    """Relations and the other numbers, demands, promises, refusals."""
    name: Widget = Text(side_spans(each.side, each.label, T.section), T.section)
    dots = [Dots(f"Relations: {each.dots} of 5", each.dots, colour=side_colour(each.side))] if each.standings else []
    parts: list[Widget] = [Row([name, *dots], gap=10, sizes=[fr(1), FIT][:1 + len(dots)])]
    parts += [Column([_standing(app, line) for line in each.standings], gap=0)] if each.standings else []
    parts += [Text([(f"{head}: ", INK.but(bold=True)), (text, INK)], T.secondary) for head, text in each.notes]
    if each.demands:
        parts += [heading("What it wants now"), *(_demand(line) for line in each.demands)]
    for title, lines, shape in (("Promises that run", each.promises, "flag"),
                                ("Refusals it remembers", each.refusals, "diamond")):
        if lines:
            parts += [heading(title), *(bullet(shape, C.focus, Text(line, INK)) for line in lines)]
    return parts


def _standing(app: App, line: Standing) -> Press:
    change = "" if line.change_text in ("", "steady") else f"  {line.change_text}"
    row = Row([Text(line.label, T.body), Text([(line.text, T.body.but(bold=True)), (change, T.secondary)], T.body,
                                              align="right")], gap=10, sizes=[fr(1), FIT], stack_below=90)
    return Press(row, f"{line.label}: {line.text}{change}", lambda: app.why(line.refers),
                 tip="Why it stands where it stands", key=f"standing:{line.refers}", pad=3)


def _demand(line: DemandLine) -> Panel:
    """Title and weight; open or met, in word, mark and colour; what would meet it; what it closes."""
    colour, shape = (C.better, "tick") if line.met else (C.worse, "cross")
    state = T.secondary.but(bold=True, colour=colour)
    core = [("  core interest", T.secondary.but(bold=True, colour=C.red))] if line.core else []
    head = Row([Text([(line.title, T.body.but(bold=True)), *core], T.body),
                Text([mark(shape, state), (f"\u00a0{line.state_text}", state)], T.secondary)], gap=8,
               sizes=[fr(1), FIT], align="top")
    words = [Text(line.text, INK, tip=line.source),
             Text([(f"{line.weight_text}. ", T.secondary.but(bold=True)), (line.met_by, T.secondary)], T.secondary)]
    if line.bars:
        words.append(Text([mark("padlock", T.secondary), (f"\u00a0{line.bars}", T.secondary)], T.secondary))
    return Panel(Column([head, *words], gap=1), fill=C.panel, pad=(12, 5), stripe=colour)


def moves_of(app: App, page: NeighboursPage, each: Neighbour) -> list[Widget]:
    """The moves of this quarter by their odds, then those that cannot be made."""
    parts: list[Widget] = [heading("What it may do this quarter", each.quiet_text)]
    parts += [_move(app, line) for line in each.moves] or [Text("Nothing that is open to it now.", INK)]
    if each.closed:
        parts.append(heading("Not this quarter"))
        parts += [bullet(TONE[line.tone][1], C.soft, Text([(f"{line.title}. ", INK.but(bold=True)),
                                                          (line.why, T.secondary)], T.secondary), line.tone_word)
                  for line in each.closed]
    return [*parts, Text(page.how, T.small)]


def _move(app: App, line: MoveLine) -> Panel:
    colour, shape = TONE[line.tone]
    ink = T.secondary.but(bold=True, colour=colour)
    title = Text([(line.title, T.body.but(bold=True)), ("  ", ink), mark(shape, ink), (f"\u00a0{line.tone_word}", ink)],
                 T.body)
    odds = Row([Mark(f"pie:{line.odds:.2f}", 16, C.home, name=f"odds {line.odds_text}"),
                Text(line.odds_text, T.body.but(bold=True))], gap=6, sizes=[FIT, FIT])
    head = Row([title, odds], gap=10, sizes=[fr(1), FIT], align="top", stack_below=140)
    spans: list = []
    for n, push in enumerate(line.pushes, 1):
        spans += [*_push(push), (";   " if n < len(line.pushes) else ".", T.secondary)]
    why = [Text(spans, T.secondary, on_link=app.why)] if spans else []
    return Panel(Column([head, Text(line.text, INK), *why], gap=1), fill=C.panel, pad=(12, 5), stripe=colour)


def _push(push: Push) -> list:
    """"▲ Moscow's leverage: 62, clearly likelier": the arrow and the word say the same."""
    ink = T.secondary.but(bold=True, colour=C.home)
    word = "likelier" if push.arrow == "up" else "less likely"
    return [mark(push.arrow, ink), ("\u00a0", ink), linked(push.text, push.refers, INK),
            (f" {push.size} {word}", T.secondary)]


def vetoes_of(page: NeighboursPage) -> list[Widget]:
    """What no neighbour pays for while the other's core interest stands."""
    if not page.vetoes:
        return []
    return [Rule(), heading("Vetoes that stand"), *(bullet("padlock", C.red, Text(line, INK)) for line in page.vetoes)]
