"""The waterfall of why.py: one row a term, each bar beginning where the one above ended.

A term keeps a letter and a colour; what lowers the total is hatched and has a minus, so colour never speaks alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from game.ui.kit import Colour, Painter, Panel, Rect, Row, Text, Widget, fr, rgb
from game.ui.screens.common import C, T, judgement_colour, linked
from game.view.pages import Cause, WhyStep

# Each at least 4.5:1 against the cream of its letter.
TERM_COLOURS: tuple[Colour, ...] = (
    rgb("#7A5F42"), rgb("#2F5290"), rgb("#9A4A24"), rgb("#5E3F78"), rgb("#2C6B4C"), rgb("#8A3048"), rgb("#3C5F66"),
    rgb("#6C5A12"))


@dataclass(frozen=True)
class Waterfall:
    """Where each bar begins and ends, and the range of the axis; 0 is the value before."""

    spans: tuple[tuple[float, float], ...]
    low: float
    high: float

    @classmethod
    def of(cls, terms: Sequence[Cause]) -> Waterfall:
        at, spans = 0.0, []
        for term in terms:
            spans.append((at, at + term.amount))
            at += term.amount
        ends = [0.0, *(end for _, end in spans)]
        low, high = min(ends), max(ends)
        return cls(tuple(spans), low, high if high > low else low + 1.0)

    @property
    def total(self) -> float:
        return self.spans[-1][1] if self.spans else 0.0


class Bar(Widget):
    """One bar of a waterfall from `start` to `end`, with the axis at 0 and a line to the next row."""

    role = "image"

    def __init__(self, fall: Waterfall, start: float, end: float, colour: Colour, name: str) -> None:
        super().__init__()
        self.fall, self.start, self.end, self.colour, self.name = fall, start, end, colour, name

    def label(self) -> str:
        return self.name

    def measure(self, p: Painter, width: float) -> float:
        return 20 * p.text_scale

    def natural(self, p: Painter) -> float:
        return 160 * p.text_scale

    def _x(self, value: float) -> float:
        inner = self.rect.inset(4, 0)
        return inner.x + inner.w * (value - self.fall.low) / (self.fall.high - self.fall.low)

    def draw(self, p: Painter) -> None:
        reach = self.rect.grow(5)  # the axis and the links run through the gaps between rows
        p.rule(self._x(0.0) - 0.5, reach.y, 1, reach.h, C.hairline)
        left, right = sorted((self._x(self.start), self._x(self.end)))
        spot = Rect(left, self.rect.y + 2, max(2.0, right - left), self.rect.h - 4)
        if self.end < self.start:
            hatch(p, spot, self.colour)
        elif self.end > self.start:
            p.box(spot, self.colour, radius=2)
        p.rule(self._x(self.end) - 0.5, spot.bottom, 1, reach.bottom - spot.bottom + 2, C.soft)


def hatch(p: Painter, rect: Rect, colour: Colour) -> None:
    """A pale box with stripes and an edge in `colour`."""

    def draw(surface: pygame.Surface, k: float) -> None:
        width, height = surface.get_size()
        surface.fill(C.raised)
        step, thick = 7 * k, 3 * k
        for n in range(int((width + height) / step) + 2):
            x = n * step - height
            stripe = [(x, height), (x + height, 0), (x + height + thick, 0), (x + thick, height)]
            pygame.draw.polygon(surface, colour, stripe)

    p.layer(("hatch", colour), rect, draw)
    p.box(rect, None, colour, 1.2, radius=1)


class Letter(Widget):
    """A disc with a term's letter."""

    role = "image"

    def __init__(self, letter: str, colour: Colour) -> None:
        super().__init__()
        self.letter, self.colour = letter, colour

    def label(self) -> str:
        return self.letter

    def measure(self, p: Painter, width: float) -> float:
        return 20 * p.text_scale

    def natural(self, p: Painter) -> float:
        return 20 * p.text_scale

    def draw(self, p: Painter) -> None:
        x, y = self.rect.centre
        p.circle(x, y, 10 * p.text_scale, self.colour)
        block = p.block(self.letter, T.small.but(bold=True, colour=C.on_red))
        p.text(block, x - block.width / 2, y - block.height / 2)


def waterfall_rows(step: WhyStep, fall: Waterfall, onward: Callable[[str], None]) -> list[Widget]:
    """The value before, a row for each term, and the value after with the whole change."""
    rows: list[Widget] = [_end("Before", step.before_text, Bar(fall, 0.0, 0.0, C.ink, "Before"))]
    for k, (term, (start, end)) in enumerate(zip(step.terms, fall.spans, strict=True)):
        colour = TERM_COLOURS[k % len(TERM_COLOURS)]
        style = T.body.but(bold=True, colour=judgement_colour(term.judgement) if term.judgement != "same" else C.ink)
        words = Text([linked(term.text, term.refers, T.body)], T.body, on_link=onward)
        cells = [Letter(chr(ord("A") + k % 26), colour), words, Text(term.amount_text, style, align="right"),
                 Bar(fall, start, end, colour, f"{term.text}: {term.amount_text}")]
        rows.append(Panel(_row(cells), fill=None if k % 2 else C.panel, radius=4, pad=(8, 3)))
    whole = Bar(fall, 0.0, fall.total, C.ink, f"In all: {step.change_text}")
    return [*rows, _end(f"After, in all {step.change_text}", step.after_text, whole)]


def _end(words: str, value: str, bar: Bar) -> Panel:
    bold = T.body.but(bold=True)
    return Panel(_row([Text("", bold), Text(words, bold), Text(value, bold, align="right"), bar]), pad=(8, 4))


def _row(cells: Sequence[Widget]) -> Row:
    return Row(cells, gap=10, sizes=[20, fr(10), 104, fr(11)])
