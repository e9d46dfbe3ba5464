"""Expected effects as lines: icon and name, arrow, size and judgement in words, when; and what may come back.

Shared by card.py and the cabinet. Never a bare number: the pages give words, and these only lay them out.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.ui.kit import FIT, Column, FanChart, Gap, Icon, Painter, Rect, Row, Text, TextStyle, Widget, fr, mark
from game.ui.screens.common import ARROW_MARK, SIDE_MARK, C, T, judgement_colour, judgement_word, side_colour
from game.view.pages import EffectLine, Fan

LINE = T.small.but(colour=C.ink)
CERTAIN = "certain"


def verdict_spans(effect: EffectLine, style: TextStyle = LINE) -> list:
    """"▲ slightly better": the arrow is the movement, the last word the judgement."""
    strong = style.but(colour=judgement_colour(effect.judgement), bold=True)
    words = " ".join(part for part in (effect.size, judgement_word(effect.judgement)) if part)
    return [mark(ARROW_MARK[effect.arrow], strong), (f"\u00a0{words}", strong)]


def effect_row(effect: EffectLine) -> Row:
    """One effect on one line where there is room: when, how sure, and whether it hangs on a gamble come last."""
    sure = "" if effect.sure == CERTAIN else effect.sure
    tail = ", ".join(part for part in (effect.when, sure, effect.given) if part)
    spans = [(f"{effect.label} ", LINE), *verdict_spans(effect), (f" \u00b7 {tail}", LINE.but(colour=C.soft))]
    colour = side_colour(effect.icon) if effect.icon in SIDE_MARK else C.home
    return Row([Icon(effect.icon, 16, colour), Text(spans, LINE)], gap=6, sizes=[FIT, fr(1)], align="top")


def effects(lines: Sequence[EffectLine], more: Sequence[Widget] = ()) -> Widget:
    """Effects under each other, and `more` below; what hangs on a gamble says so at its end."""
    rows: list[Widget] = [*(effect_row(line) for line in lines), *more]
    return Column(rows or [Text("No effect that your advisers can see.", LINE.but(colour=C.soft))], gap=2)


def smaller_tip(lines: Sequence[EffectLine]) -> str:
    """The effects that a card leaves out, for its tip; "" if there are none."""
    return "\n".join(["Smaller effects:", *(line.text for line in lines)]) if lines else ""


def and_later(smaller: Sequence[EffectLine], lines: Sequence[str]) -> list[Widget]:
    """How many effects are left out, and what a choice leaves behind, a clock before each; nothing if neither is."""
    spans: list = [(f"and {len(smaller)} smaller", LINE.but(colour=C.soft))] if smaller else []
    for line in lines:
        space = "\u2002 " if spans else ""
        spans += [(space, T.small), mark("clock", T.small.but(colour=C.home)), (f"\u00a0{line}", T.small)]
    return [Text(spans, T.small)] if spans else []


def price(cost_text: str, odds_text: str, tag: str = "") -> list[Widget]:
    """Cost and odds in bold, and a remark; nothing for what is free and sure."""
    words = [text for text in (f"costs {cost_text}" if cost_text else "", odds_text) if text]
    spans: list = [(" \u00b7 ".join(words), T.secondary.but(bold=True, colour=C.home))] if words else []
    if tag:
        spans += [(" \u00b7 " if words else "", T.secondary), (tag, T.secondary.but(colour=C.focus, bold=True))]
    return [Text(spans, T.secondary)] if spans else []


# -- fans, and room for what is still being worked out

FAN, FAN_HIGH = 132.0, 52.0  # logical px of a fan, its caption left out
LEGEND = "In the small charts the band is that range, the line its middle, and the dashed line is"
LOOKING = "Looking ahead\u2026"


def fan_charts(fans: Sequence[Fan], most: int) -> Widget:
    """Fans side by side, in room for `most` of them."""
    charts: list[Widget] = [
        FanChart(fan.label, _spoken(fan), fan.low, fan.middle, fan.high, fan.without, judgement_colour(fan.judgement),
                 C.ink, FAN_HIGH, f"fan:{fan.id}") for fan in fans]
    return Row([*charts, *(Gap(1) for _ in range(most - len(charts)))], gap=10, sizes=[FAN] * most, align="top")


def _spoken(fan: Fan) -> str:
    word = judgement_word(fan.ends)
    return f"{fan.text}, {word}" if word else fan.text


def how(ahead: str, is_looking: bool, otherwise: str) -> Text:
    """How was looked ahead, and how to read a fan; `otherwise`: what its dashed line is."""
    return Text(ahead if is_looking else f"{ahead} {LEGEND} {otherwise}.", T.small)


def looking() -> Text:
    return Text(LOOKING, LINE.but(colour=C.soft, italic=True))


class Room(Widget):
    """A child with room for at least `least` logical px of height, so that nothing moves when it fills."""

    def __init__(self, child: Widget, least: float) -> None:
        super().__init__()
        self.children, self.least = [child], least

    def measure(self, p: Painter, width: float) -> float:
        return max(self.children[0].measure(p, width), self.least * p.text_scale)

    def natural(self, p: Painter) -> float:
        return self.children[0].natural(p)

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        self.children[0].place(p, rect)
