"""LineChart: series with end dot and value, dashed history, bands, numbered marks, at most four gridlines; FanChart.

Read next: `__init__.py` for how a screen is put together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .layout import Rect, spread
from .painter import Painter
from .text import TextBlock
from .theme import Colour
from .widget import Widget


@dataclass(frozen=True)
class Series:
    """A line: one value per x position, None where there is none. `dashed` is for history and references."""

    name: str
    values: Sequence[float | None]
    colour: Colour
    width: float = 2.6
    dashed: bool = False
    dot: bool = True


@dataclass(frozen=True)
class Band:
    """A range per x position, named in the legend the screen writes. `alpha` 0..255."""

    low: Sequence[float | None]
    high: Sequence[float | None]
    colour: Colour
    alpha: int = 255


@dataclass(frozen=True)
class Point:
    """A numbered mark on the first series, at x index `at`."""

    at: int
    text: str


def nice_ticks(low: float, high: float, most: int = 4) -> list[float]:
    """At most `most` round values that enclose [low, high]; ValueError unless both are finite."""
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("chart limits must be finite")
    if high <= low:
        low, high = low - 1, high + 1
    exponent = math.floor(math.log10((high - low) / (most - 1))) - 1
    while True:
        for base in (1, 2, 2.5, 5):
            step = base * 10.0**exponent
            first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
            if last - first + 1 <= most:
                return [round(k * step, 10) for k in range(first, last + 1)]
        exponent += 1


def plain_number(value: float) -> str:
    """A true minus sign and no trailing zeros."""
    return f"{value:g}".replace("-", "\u2212")


class LineChart(Widget):
    """`title` above, values at the line ends on the right, `x_labels` below (thinned until they fit).

    `zero=True` keeps 0 on the axis; otherwise a cut axis is said in the title. `now` is the x index of an
    upright "now" line. `bare=True` draws only the lines in a framed box (a sparkline).
    `write(value)` writes numbers.
    """

    role = "chart"

    def __init__(
        self,
        title: str,
        series: Sequence[Series],
        x_labels: Sequence[str] = (),
        bands: Sequence[Band] = (),
        points: Sequence[Point] = (),
        zero: bool = True,
        now: int | None = None,
        height: float = 150,
        bare: bool = False,
        write: Callable[[float], str] = plain_number,
        tip: str = "",
        key: str = "",
    ) -> None:
        super().__init__(key=key or title, tip=tip)
        self.title, self.series, self.x_labels = title, list(series), list(x_labels)
        self.bands, self.points, self.now = list(bands), list(points), now
        self.height, self.bare, self.write = height, bare, write
        self.count = max((len(s.values) for s in self.series), default=0)
        shown = [v for s in self.series for v in s.values if v is not None]
        shown += [v for b in self.bands for v in (*b.low, *b.high) if v is not None]
        low, high = min(shown, default=0.0), max(shown, default=1.0)
        if zero and not bare:
            low, high = min(0.0, low), max(0.0, high)
        self.ticks = [low, high if high > low else low + 1] if bare else nice_ticks(low, high)
        self.plot = Rect(0, 0, 0, 0)
        self._texts: list[tuple[TextBlock, float, float]] = []

    @property
    def focusable(self) -> bool:
        return bool(self.tip)

    def label(self) -> str:
        ends = [f"{s.name} {self.write(last)}" for s in self.series if (last := _last(s)) is not None]
        return f"{self._heading()}: {', '.join(ends)}" if ends else self._heading()

    def _heading(self) -> str:
        if self.bare or self.ticks[0] <= 0 <= self.ticks[-1]:
            return self.title
        return f"{self.title}; axis from {self.write(self.ticks[0])}"

    # -- layout

    def measure(self, p: Painter, width: float) -> float:
        return self.height if self.bare else self.height * (0.6 + 0.4 * p.text_scale)

    def natural(self, p: Painter) -> float:
        return 90.0 if self.bare else 260 * p.text_scale

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        self._texts = []
        if self.bare:
            self.plot = rect.inset(6, 6)
            return
        small = p.theme.type.small
        heading = p.block(
            self._heading(), p.theme.type.secondary.but(bold=True, colour=p.theme.colour.ink), rect.w
        )
        ticks = [p.block(self.write(tick), small) for tick in self.ticks]
        ends = self._end_blocks(p)
        left = max(block.width for block in ticks) + 8
        right = max((block.width for block, _ in ends), default=0) + 12
        line = p.line_height(small)
        top = heading.height + line * 0.5
        self.plot = Rect(
            rect.x + left,
            rect.y + top,
            max(1.0, rect.w - left - right),
            max(1.0, rect.h - top - (line + 4 if self.x_labels else line * 0.5)),
        )
        self._texts.append((heading, rect.x, rect.y))
        for tick, block in zip(self.ticks, ticks, strict=True):
            self._texts.append((block, self.plot.x - 8 - block.width, self.y_of(tick) - block.height / 2))
        centres = spread([self.y_of(v) for _, v in ends], line * 0.95, rect.y + heading.height, rect.bottom)
        for (block, _), centre in zip(ends, centres, strict=True):
            self._texts.append((block, self.plot.right + 10, centre - block.height / 2))
        self._texts += self._x_texts(p)

    def _end_blocks(self, p: Painter) -> list[tuple[TextBlock, float]]:
        """The text at the right of each series and the value it belongs to."""
        small, blocks = p.theme.type.small, []
        for series in self.series:
            last = _last(series)
            if last is not None:
                style = small.but(colour=series.colour, bold=not series.dashed)
                blocks.append((p.block(f"{series.name} {self.write(last)}", style), last))
        return blocks

    def _x_texts(self, p: Painter) -> list[tuple[TextBlock, float, float]]:
        """As many x labels, evenly thinned, as fit without touching."""
        blocks = [p.block(text, p.theme.type.small) for text in self.x_labels]
        for step in range(1, len(blocks) + 1):
            chosen, end, fits = [], -math.inf, True
            for k in range(0, len(blocks), step):
                if not self.x_labels[k]:
                    continue
                x = min(
                    max(self.x_of(k) - blocks[k].width / 2, self.rect.x), self.rect.right - blocks[k].width
                )
                fits = fits and x > end + 6
                end = x + blocks[k].width
                chosen.append((blocks[k], x, self.plot.bottom + 5))
            if fits:
                return chosen
        return []

    def shift(self, dx: float, dy: float) -> None:
        super().shift(dx, dy)
        self.plot = self.plot.shift(dx, dy)
        self._texts = [(block, x + dx, y + dy) for block, x, y in self._texts]

    def overflow(self) -> str:
        if self.bare:
            return ""
        if any(block.broken for block, _, _ in self._texts):
            return "a word of the title is too wide"
        return "no room left for the lines" if self.plot.w < 40 or self.plot.h < 24 else ""

    def x_of(self, index: float) -> float:
        return self.plot.x + self.plot.w * index / max(1, self.count - 1)

    def y_of(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.plot.bottom - self.plot.h * (value - low) / (high - low)

    # -- drawing

    def draw(self, p: Painter) -> None:
        colours = p.theme.colour
        if self.bare:
            p.box(self.rect, colours.raised, colours.hairline, radius=4)
        for tick in () if self.bare else self.ticks:
            base = tick == 0 or (tick == self.ticks[0] > 0)
            colour = colours.edge if base else colours.hairline
            p.rule(self.plot.x, self.y_of(tick) - 0.5, self.plot.w, 1, colour)
        self.draw_lines(p)

    def draw_lines(self, p: Painter) -> None:
        """Bands, lines, marks and texts."""
        colours = p.theme.colour
        for band in self.bands:
            self._draw_band(p, band)
        if self.now is not None:
            p.rule(self.x_of(self.now) - 0.5, self.plot.y, 1, self.plot.h, colours.band_edge)
        for series in sorted(self.series, key=lambda s: not s.dashed):
            self._draw_series(p, series)
        for point in self.points:
            self._draw_point(p, point)
        for block, x, y in self._texts:
            p.text(block, x, y)

    def _draw_band(self, p: Painter, band: Band) -> None:
        pairs = [(k, lo, hi) for k, (lo, hi) in enumerate(zip(band.low, band.high, strict=True))]
        known = [(k, lo, hi) for k, lo, hi in pairs if lo is not None and hi is not None]
        if len(known) < 2:
            return
        top = [(self.x_of(k), self.y_of(hi)) for k, _, hi in known]
        bottom = [(self.x_of(k), self.y_of(lo)) for k, lo, _ in known]
        p.polygon([*top, *reversed(bottom)], (*band.colour, band.alpha))
        if band.alpha == 255:
            for edge in (top, bottom):
                p.polyline(edge, p.theme.colour.band_edge, 0.8)

    def _draw_series(self, p: Painter, series: Series) -> None:
        runs: list[list[tuple[float, float]]] = [[]]
        for k, value in enumerate(series.values):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((self.x_of(k), self.y_of(value)))
        for run in runs:
            if len(run) > 1:
                p.polyline(run, series.colour, series.width, (4.5, 3) if series.dashed else None)
        last = [spot for run in runs for spot in run][-1:]
        if last and series.dot and not series.dashed:
            p.circle(*last[0], series.width * 1.35, series.colour)

    def _draw_point(self, p: Painter, point: Point) -> None:
        value = self.series[0].values[point.at]
        if value is None:
            return
        colours = p.theme.colour
        x, y = self.x_of(point.at), self.y_of(value)
        style = p.theme.type.small.but(size=11, bold=True, colour=colours.red)
        block = p.block(point.text, style)
        radius = max(8.0, block.height * 0.62)
        p.circle(x, y, radius, colours.raised, colours.red, 1.4)
        p.text(block, x - block.width / 2, y - block.height / 2)


FAN_ALPHA = 70  # of a fan's band: the lines across it stay clear on every ground
FAN_AIR = 0.08  # of a fan's height, above and below what it shows


class FanChart(LineChart):
    """A small fan without figures: a band, the middle of what may come, dashed what it is compared with, and a caption.

    The first value of each line is now. `text` says the same in words; it is the label.
    """

    def __init__(self, caption: str, text: str, low: Sequence[float], middle: Sequence[float], high: Sequence[float],
                 without: Sequence[float], colour: Colour, dash: Colour, height: float = 62, key: str = "") -> None:
        lines = (Series("", middle, colour, 2.0, dot=False), Series("", without, dash, 1.4, dashed=True))
        super().__init__(caption, lines, bands=(Band(low, high, colour, FAN_ALPHA),), height=height, bare=True,
                         key=key or f"fan:{caption}")
        self.text, (bottom, top) = text, self.ticks
        air = (top - bottom) * FAN_AIR
        self.ticks = [bottom - air, top + air]

    def label(self) -> str:
        return self.text

    def _caption(self, p: Painter, width: float) -> TextBlock:
        return p.block(self.title, p.theme.type.small, width)

    def measure(self, p: Painter, width: float) -> float:
        return self.height * p.text_scale + self._caption(p, width).height

    def place(self, p: Painter, rect: Rect) -> None:
        caption = self._caption(p, rect.w)
        Widget.place(self, p, rect)
        self.plot = Rect(rect.x, rect.y, rect.w, rect.h - caption.height).inset(3, 3)
        self._texts = [(caption, rect.x, rect.bottom - caption.height)]

    def overflow(self) -> str:
        return "a word of the caption is too wide" if self._texts and self._texts[0][0].broken else ""

    def draw(self, p: Painter) -> None:
        p.box(self.plot.grow(3), p.theme.colour.raised, p.theme.colour.hairline, radius=4)
        self.draw_lines(p)


def _last(series: Series) -> float | None:
    return next((v for v in reversed(series.values) if v is not None), None)
