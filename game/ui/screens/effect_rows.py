"""Expected effects as lines: icon and name, arrow, size and judgement in words, when; and what may come back.

Shared by card.py and the cabinet. Never a bare number: the pages give words, and these only lay them out.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.ui.kit import FIT, Column, Icon, Row, Text, TextStyle, Widget, fr, mark
from game.ui.screens.common import ARROW_MARK, SIDE_MARK, C, T, judgement_colour, judgement_word, side_colour
from game.view.pages import EffectLine

LINE = T.small.but(colour=C.ink)
ROOM = 296.0  # logical px in which most effects stand on one line
CERTAIN = "certain"
PLAIN = (CERTAIN, "likely")  # all else hangs on a gamble
HEADS = {"if it works": "If it works", "if it fails": "If it fails"}


def verdict_spans(effect: EffectLine, style: TextStyle = LINE) -> list:
    """"▲ slightly better": the arrow is the movement, the last word the judgement."""
    strong = style.but(colour=judgement_colour(effect.judgement), bold=True)
    words = " ".join(part for part in (effect.size, judgement_word(effect.judgement)) if part)
    return [mark(ARROW_MARK[effect.arrow], strong), (f"\u00a0{words}", strong)]


def effect_row(effect: EffectLine) -> Row:
    """One effect on one line where there is room; a doubt that no heading tells is written out."""
    tail = effect.when if effect.sure in (CERTAIN, *HEADS) else f"{effect.when}, {effect.sure}"
    spans = [(f"{effect.label} ", LINE), *verdict_spans(effect), (f" \u00b7 {tail}", LINE.but(colour=C.soft))]
    colour = side_colour(effect.icon) if effect.icon in SIDE_MARK else C.home
    return Row([Icon(effect.icon, 16, colour), Text(spans, LINE)], gap=6, sizes=[FIT, fr(1)], align="top")


def effects(lines: Sequence[EffectLine], smaller: Sequence[EffectLine] = (), least: float = ROOM) -> Widget:
    """What is certain in columns; a gamble's two ends side by side with headings; then how many are `smaller`."""
    plain = [effect_row(line) for line in lines if line.sure in PLAIN]
    ends = {head: [effect_row(e) for e in lines if e.sure == sure] for sure, head in HEADS.items()}
    parts: list[Widget] = []
    if plain:
        parts.append(in_columns(plain, least))
    if any(ends.values()):
        style = LINE.but(bold=True, colour=C.soft)
        nothing = [Text("no clear effect", LINE.but(colour=C.soft))]
        parts.append(Row([Column([Text(head, style), *(rows or nothing)], gap=2) for head, rows in ends.items()],
                         gap=14, align="top", stack_below=least * 0.75))
    if smaller:
        parts.append(Text(f"and {len(smaller)} smaller", LINE.but(colour=C.soft)))
    if not parts:
        parts.append(Text("No effect that your advisers can see.", LINE.but(colour=C.soft)))
    return Column(parts, gap=5)


def smaller_tip(lines: Sequence[EffectLine]) -> str:
    """The effects that a card leaves out, for its tip; "" if there are none."""
    return "\n".join(["Smaller effects:", *(line.text for line in lines)]) if lines else ""


class _Halves(Row):
    """Two columns that keep the gap of their rows when they go under each other."""

    def _column(self) -> Column:
        return Column(self.children, 3)


def in_columns(rows: Sequence[Widget], least: float = ROOM) -> Widget:
    """Down one column, then the next; one column where two would be narrower than `least`."""
    half = (len(rows) + 1) // 2
    if half < 2:
        return Column(rows, gap=3)
    return _Halves([Column(rows[:half], gap=3), Column(rows[half:], gap=3)], gap=10, align="top", stack_below=least)


def comes_back(lines: Sequence[str]) -> list[Widget]:
    """What a choice leaves behind, a clock before each; nothing if it leaves nothing."""
    if not lines:
        return []
    spans: list = []
    for line in lines:
        space = "\u2002 " if spans else ""
        spans += [(space, T.small), mark("clock", T.small.but(colour=C.home)), (f"\u00a0{line}", T.small)]
    return [Text(spans, T.small)]


def price(cost_text: str, odds_text: str, tag: str = "") -> list[Widget]:
    """Cost and odds in bold, and a remark; nothing for what is free and sure."""
    words = [text for text in (f"costs {cost_text}" if cost_text else "", odds_text) if text]
    spans: list = [(" \u00b7 ".join(words), T.secondary.but(bold=True, colour=C.home))] if words else []
    if tag:
        spans += [(" \u00b7 " if words else "", T.secondary), (tag, T.secondary.but(colour=C.focus, bold=True))]
    return [Text(spans, T.secondary)] if spans else []
