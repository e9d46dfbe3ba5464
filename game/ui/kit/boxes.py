"""Containers: Column, Row, Grid, Flow, Panel, Regions, Gap, Rule. Read next: `basic.py`.

Sizes along a container are FIT (what the child wants, the default), a number of logical px, or `fr(n)`,
a share of the rest. Numbers grow with the text scale, because they usually hold text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .layout import FIT, Rect, Size, columns_that_fit, divide, fr
from .painter import Painter
from .theme import Colour
from .widget import Widget


class Column(Widget):
    """Children under each other, each as tall as it needs; `fr` children share spare height."""

    def __init__(
        self, children: Sequence[Widget], gap: float = 8, sizes: Sequence[Size] | None = None, key: str = ""
    ) -> None:
        super().__init__(key=key)
        self.children = list(children)
        self.gap = gap
        self.sizes = list(sizes) if sizes else [FIT] * len(self.children)
        if len(self.sizes) != len(self.children):
            raise ValueError(f"{len(self.children)} children but {len(self.sizes)} sizes")

    def measure(self, p: Painter, width: float) -> float:
        heights = [
            size * p.text_scale if isinstance(size, int | float) else child.measure(p, width)
            for child, size in zip(self.children, self.sizes, strict=True)
        ]
        return sum(heights) + self.gap * max(0, len(heights) - 1)

    def natural(self, p: Painter) -> float:
        return max((child.natural(p) for child in self.children), default=0.0)

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        lengths = [
            size
            if isinstance(size, fr)
            else child.measure(p, rect.w)
            if size is None
            else size * p.text_scale
            for child, size in zip(self.children, self.sizes, strict=True)
        ]
        for child, (at, length) in zip(self.children, divide(rect.h, lengths, self.gap), strict=True):
            child.place(p, Rect(rect.x, rect.y + at, rect.w, length))


class Row(Widget):
    """Children side by side. Without `sizes` all get an equal share.

    `align` is "top", "middle" or "stretch". With `stack_below` the row becomes a column when a share
    would be narrower than that (logical px, times the text scale) or the whole would not fit.
    """

    def __init__(
        self,
        children: Sequence[Widget],
        gap: float = 8,
        sizes: Sequence[Size] | None = None,
        align: str = "middle",
        stack_below: float = 0,
        key: str = "",
    ) -> None:
        super().__init__(key=key)
        self.children = list(children)
        self.gap, self.align, self.stack_below = gap, align, stack_below
        self.sizes = list(sizes) if sizes else [fr(1)] * len(self.children)
        if len(self.sizes) != len(self.children):
            raise ValueError(f"{len(self.children)} children but {len(self.sizes)} sizes")

    def _spans(self, p: Painter, width: float) -> list[tuple[float, float]]:
        lengths = [
            size if isinstance(size, fr) else child.natural(p) if size is None else size * p.text_scale
            for child, size in zip(self.children, self.sizes, strict=True)
        ]
        return divide(width, lengths, self.gap)

    def _stacked(self, p: Painter, width: float) -> bool:
        if not self.stack_below:
            return False
        spans = self._spans(p, width)
        shares = [w for size, (_, w) in zip(self.sizes, spans, strict=True) if isinstance(size, fr)]
        too_wide = bool(spans) and sum(spans[-1]) > width + 0.5
        return too_wide or min(shares, default=width) < self.stack_below * p.text_scale

    def _column(self) -> Column:
        return Column(self.children, self.gap)

    def measure(self, p: Painter, width: float) -> float:
        if self._stacked(p, width):
            return self._column().measure(p, width)
        spans = self._spans(p, width)
        return max(
            (child.measure(p, w) for child, (_, w) in zip(self.children, spans, strict=True)), default=0.0
        )

    def natural(self, p: Painter) -> float:
        widths = [
            size * p.text_scale if isinstance(size, int | float) else child.natural(p)
            for child, size in zip(self.children, self.sizes, strict=True)
        ]
        return sum(widths) + self.gap * max(0, len(widths) - 1)

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        if self._stacked(p, rect.w):
            self._column().place(p, rect)
            return
        for child, (at, width) in zip(self.children, self._spans(p, rect.w), strict=True):
            height = rect.h if self.align == "stretch" else child.measure(p, width)
            y = rect.y + ((rect.h - height) / 2 if self.align == "middle" else 0)
            child.place(p, Rect(rect.x + at, y, width, height))


class Grid(Widget):
    """Equal columns, at most `columns`, fewer when one would be narrower than `least` (times text scale).

    Children of one row share its height, so cards line up.
    """

    def __init__(
        self, children: Sequence[Widget], columns: int, least: float = 160, gap: float = 8, key: str = ""
    ) -> None:
        super().__init__(key=key)
        self.children = list(children)
        self.columns, self.least, self.gap = columns, least, gap

    def _rows(self, p: Painter, width: float) -> tuple[float, list[list[Widget]]]:
        count = columns_that_fit(width, self.least * p.text_scale, self.gap, self.columns)
        cell = (width - self.gap * (count - 1)) / count
        return cell, [self.children[k : k + count] for k in range(0, len(self.children), count)]

    def measure(self, p: Painter, width: float) -> float:
        cell, rows = self._rows(p, width)
        heights = [max(child.measure(p, cell) for child in row) for row in rows]
        return sum(heights) + self.gap * max(0, len(rows) - 1)

    def natural(self, p: Painter) -> float:
        widest = max((child.natural(p) for child in self.children), default=0.0)
        return widest * self.columns + self.gap * (self.columns - 1)

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        cell, rows = self._rows(p, rect.w)
        y = rect.y
        for row in rows:
            height = max(child.measure(p, cell) for child in row)
            for k, child in enumerate(row):
                child.place(p, Rect(rect.x + k * (cell + self.gap), y, cell, height))
            y += height + self.gap


class Flow(Widget):
    """Children at their natural widths, a new line when one does not fit: buttons, chips, legends.

    `align` is "left" or "right".
    """

    def __init__(
        self,
        children: Sequence[Widget],
        gap: float = 8,
        row_gap: float | None = None,
        align: str = "left",
        key: str = "",
    ) -> None:
        super().__init__(key=key)
        self.children = list(children)
        self.gap, self.align = gap, align
        self.row_gap = gap if row_gap is None else row_gap

    def _lines(self, p: Painter, width: float) -> list[list[tuple[Widget, float]]]:
        lines: list[list[tuple[Widget, float]]] = [[]]
        at = 0.0
        for child in self.children:
            w = min(child.natural(p), width)
            if lines[-1] and at + w > width + 0.5:
                lines.append([])
                at = 0.0
            lines[-1].append((child, w))
            at += w + self.gap
        return lines

    def measure(self, p: Painter, width: float) -> float:
        lines = self._lines(p, width)
        heights = [max((child.measure(p, w) for child, w in line), default=0.0) for line in lines]
        return sum(heights) + self.row_gap * (len(lines) - 1)

    def natural(self, p: Painter) -> float:
        return sum(child.natural(p) for child in self.children) + self.gap * max(0, len(self.children) - 1)

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        y = rect.y
        for line in self._lines(p, rect.w):
            height = max((child.measure(p, w) for child, w in line), default=0.0)
            used = sum(w for _, w in line) + self.gap * max(0, len(line) - 1)
            x = rect.x + (rect.w - used if self.align == "right" else 0)
            for child, w in line:
                own = child.measure(p, w)
                child.place(p, Rect(x, y + (height - own) / 2, w, own))
                x += w + self.gap
            y += height + self.row_gap


class Panel(Widget):
    """One child on a ground: `fill`, `edge`, corner `radius`, `pad` (one number, or across and down).

    `stripe` is a coloured bar along the left edge; `bar=True` draws the dark bar with its gold line and
    meander instead. A `name` makes it a named region in tree dumps.
    """

    def __init__(
        self,
        child: Widget,
        fill: Colour | None = None,
        edge: Colour | None = None,
        radius: float | None = None,
        pad: float | tuple[float, float] = 12,
        shadow: bool = False,
        stripe: Colour | None = None,
        bar: bool = False,
        name: str = "",
        key: str = "",
    ) -> None:
        super().__init__(key=key)
        self.children = [child]
        self.fill, self.edge, self.radius, self.shadow = fill, edge, radius, shadow
        self.pad = pad if isinstance(pad, tuple) else (pad, pad)
        self.stripe, self.bar, self.name = stripe, bar, name

    def label(self) -> str:
        return self.name

    def _below(self) -> float:
        return BAR_ORNAMENT if self.bar else 0

    def measure(self, p: Painter, width: float) -> float:
        inner = max(0.0, width - 2 * self.pad[0])
        return self.children[0].measure(p, inner) + 2 * self.pad[1] + self._below()

    def natural(self, p: Painter) -> float:
        return self.children[0].natural(p) + 2 * self.pad[0]

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        body = Rect(rect.x, rect.y, rect.w, rect.h - self._below())
        self.children[0].place(p, body.inset(*self.pad))

    def draw(self, p: Painter) -> None:
        if self.bar:
            draw_bar(p, self.rect)
        elif self.fill or self.edge:
            p.box(self.rect, self.fill, self.edge, radius=self.radius, shadow=self.shadow)
        if self.stripe:
            strip = Rect(self.rect.x, self.rect.y, 4, self.rect.h)
            p.box(strip, self.stripe, radius=4, corners=(True, False, True, False))
        super().draw(p)


class Regions(Widget):
    """Children at rects that a function computes: `arrange(p, rect)` gives one rect a child, in order."""

    def __init__(
        self,
        children: Sequence[Widget],
        arrange: Callable[[Painter, Rect], Sequence[Rect]],
        fill: Colour | None = None,
        key: str = "",
    ) -> None:
        super().__init__(key=key)
        self.children = list(children)
        self.arrange, self.fill = arrange, fill

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        for child, spot in zip(self.children, self.arrange(p, rect), strict=True):
            child.place(p, spot)

    def draw(self, p: Painter) -> None:
        if self.fill:
            p.fill(self.rect, self.fill)
        super().draw(p)


class Gap(Widget):
    """Empty space: so many logical px each way; in a Row or Column give it `fr(1)` to push things apart."""

    def __init__(self, size: float = 0) -> None:
        super().__init__()
        self.size = size

    def measure(self, p: Painter, width: float) -> float:
        return self.size

    def natural(self, p: Painter) -> float:
        return self.size


class Rule(Widget):
    """A hairline, across (the default) or down; decoration only."""

    def __init__(self, down: bool = False, colour: Colour | None = None, thick: float = 1) -> None:
        super().__init__()
        self.down, self.colour, self.thick = down, colour, thick

    def measure(self, p: Painter, width: float) -> float:
        return 0.0 if self.down else self.thick

    def natural(self, p: Painter) -> float:
        return self.thick if self.down else 0.0

    def draw(self, p: Painter) -> None:
        colour = self.colour or p.theme.colour.hairline
        size = (self.thick, self.rect.h) if self.down else (self.rect.w, self.thick)
        p.rule(self.rect.x, self.rect.y, *size, colour)


BAR_ORNAMENT = 14.0  # logical px of meander and gold line below a bar's content


def draw_bar(p: Painter, rect: Rect) -> None:
    """The dark bar: meander in its last px, then a gold line."""
    colours = p.theme.colour
    p.fill(rect, colours.bar)
    p.rule(rect.x, rect.bottom - 2, rect.w, 2, colours.gold)
    draw_meander(p, Rect(rect.x, rect.bottom - BAR_ORNAMENT, rect.w, BAR_ORNAMENT - 3), colours.meander)


# One meander cell in a 8x5 grid: strokes as (x, y, w, h); the whole band is these repeated.
_MEANDER = (
    (0, 4, 8, 1),
    (0, 0, 1, 5),
    (0, 0, 7, 1),
    (6, 0, 1, 3),
    (2, 2, 5, 1),
)


def draw_meander(p: Painter, rect: Rect, colour: Colour) -> None:
    """A band of the meander ornament, whole device pixels so that it stays crisp."""
    target = p.device(rect)
    unit = max(1, target.h // 5)
    width = 8 * unit

    def make(surface, _k) -> None:
        step = unit * (surface.get_height() // max(1, target.h))
        for left in range(0, surface.get_width(), width * step // unit):
            for x, y, w, h in _MEANDER:
                surface.fill(colour, (left + x * step, y * step, w * step, h * step))

    p.layer(("meander", colour), rect, make)
