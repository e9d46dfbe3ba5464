"""Small pictures with a meaning: Icon, Mark, Picture, Dots, Diamonds, ProgressBar, Medallion.

Read next: `controls.py`.
Each has a `label()` in words, for colour and shape alone tell nobody who cannot see them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pygame

from .layout import Rect
from .painter import ALL_CORNERS, Painter
from .text import TextBlock
from .theme import Colour, mix
from .widget import Widget


class _Named(Widget):
    """A picture with words; reachable by keyboard when it has a tip."""

    role = "image"

    def __init__(self, name: str, tip: str = "", key: str = "") -> None:
        super().__init__(key=key or name, tip=tip)
        self.name = name

    def label(self) -> str:
        return self.name

    @property
    def focusable(self) -> bool:
        return bool(self.tip)


class Icon(_Named):
    """An icon of assets/icons, tinted; `size` grows with the text."""

    def __init__(
        self, icon: str, size: float = 18, colour: Colour | None = None, name: str = "", tip: str = ""
    ) -> None:
        super().__init__(name, tip)
        self.icon, self.size, self.colour = icon, size, colour

    def measure(self, p: Painter, width: float) -> float:
        return self.size * p.text_scale

    def natural(self, p: Painter) -> float:
        return self.size * p.text_scale

    def draw(self, p: Painter) -> None:
        p.icon(self.icon, self.rect, self.colour or p.theme.colour.home)


class Mark(Icon):
    """A mark of `shapes.py`: "up", "down", "equal", "square", "triangle", "circle", "house", "pie:0.3"..."""

    def draw(self, p: Painter) -> None:
        p.shape(self.icon, self.rect, self.colour or p.theme.colour.ink)


class Picture(_Named):
    """A picture of assets/pictures, cropped to cover; its height is `ratio` of its width, at most `most`."""

    def __init__(
        self,
        picture: str,
        ratio: float = 0.25,
        most: float = math.inf,
        radius: float = 0,
        corners: tuple[bool, bool, bool, bool] = ALL_CORNERS,
        name: str = "",
    ) -> None:
        super().__init__(name)
        self.picture, self.ratio, self.most, self.radius, self.corners = picture, ratio, most, radius, corners

    def measure(self, p: Painter, width: float) -> float:
        return min(self.most, width * self.ratio)

    def draw(self, p: Painter) -> None:
        p.picture(self.picture, self.rect, self.radius, self.corners)


class _Beads(_Named):
    """A row of small equal marks; grows with the text."""

    size, step = 11.0, 14.0

    def count(self) -> int:
        raise NotImplementedError

    def measure(self, p: Painter, width: float) -> float:
        return self.size * p.text_scale

    def natural(self, p: Painter) -> float:
        return ((self.count() - 1) * self.step + self.size) * p.text_scale

    def spots(self, p: Painter) -> list[Rect]:
        size, step = self.size * p.text_scale, self.step * p.text_scale
        y = self.rect.y + (self.rect.h - size) / 2
        return [Rect(self.rect.x + k * step, y, size, size) for k in range(self.count())]


class Dots(_Beads):
    """`filled` of `total` dots. `name` says it in words, with the band: "Russia: wary, 3 of 5"."""

    role = "meter"

    def __init__(
        self, name: str, filled: int, total: int = 5, colour: Colour | None = None, tip: str = ""
    ) -> None:
        super().__init__(name, tip)
        self.filled, self.total, self.colour = filled, total, colour

    def count(self) -> int:
        return self.total

    def state(self) -> dict[str, object]:
        return {"value": f"{self.filled} of {self.total}"}

    def draw(self, p: Painter) -> None:
        colours = p.theme.colour
        colour = self.colour or colours.home
        for k, spot in enumerate(self.spots(p)):
            radius = spot.w / 2
            if k < self.filled:
                p.circle(*spot.centre, radius, colour)
            else:
                p.circle(*spot.centre, radius, colours.panel, colours.edge)


class Diamonds(_Beads):
    """Political capital and its like: `free` filled, `committed` ticked, the rest of `total` dim."""

    role = "meter"
    size, step = 15.0, 17.0

    def __init__(
        self, name: str, free: int, committed: int, total: int, on_bar: bool = False, tip: str = ""
    ) -> None:
        super().__init__(name, tip)
        self.free, self.committed, self.total, self.on_bar = free, committed, total, on_bar

    def count(self) -> int:
        return max(self.total, self.free + self.committed)

    def state(self) -> dict[str, object]:
        return {"value": f"{self.free} free, {self.committed} committed"}

    def draw(self, p: Painter) -> None:
        colours = p.theme.colour
        bright = colours.gold if self.on_bar else colours.home
        dim = mix(colours.bar, colours.gold, 0.45) if self.on_bar else colours.locked_edge
        for k, spot in enumerate(self.spots(p)):
            if k < self.free:
                p.shape("diamond", spot, bright)
            elif k < self.free + self.committed:
                p.shape("ticked-diamond", spot, colours.bar_ink if self.on_bar else colours.ink)
            else:
                p.shape("hollow-diamond", spot, dim)


class ProgressBar(Widget):
    """A named bar with its value in words at the right and `ticks` (0..1) at thresholds."""

    role = "meter"

    def __init__(
        self,
        name: str,
        value: float,
        value_text: str,
        colour: Colour | None = None,
        ticks: Sequence[float] = (),
        tip: str = "",
        key: str = "",
    ) -> None:
        super().__init__(key=key or name, tip=tip)
        self.name, self.value, self.value_text = name, min(1.0, max(0.0, value)), value_text
        self.colour, self.ticks = colour, ticks
        self._blocks: tuple[TextBlock, TextBlock] | None = None

    @property
    def focusable(self) -> bool:
        return bool(self.tip)

    def label(self) -> str:
        return self.name

    def state(self) -> dict[str, object]:
        return {"value": self.value_text}

    def _texts(self, p: Painter, width: float) -> tuple[TextBlock, TextBlock]:
        style = p.theme.type.body
        right = p.block(self.value_text, style.but(bold=True, colour=self._ink(p)))
        return p.block(self.name, style, max(1.0, width - right.width - 8)), right

    def _ink(self, p: Painter) -> Colour:
        return self.colour or p.theme.colour.home

    def measure(self, p: Painter, width: float) -> float:
        return self._texts(p, width)[0].height + 4 + 9 * p.text_scale

    def natural(self, p: Painter) -> float:
        return sum(block.width for block in self._texts(p, 10_000)) + 24

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        self._blocks = self._texts(p, rect.w)

    def overflow(self) -> str:
        return "a word is wider than the bar" if self._blocks and self._blocks[0].broken else ""

    def draw(self, p: Painter) -> None:
        if not self._blocks:
            return
        name, value = self._blocks
        p.text(name, self.rect.x, self.rect.y)
        p.text(value, self.rect.right - value.width, self.rect.y + name.height - value.height)
        thick = 9 * p.text_scale
        groove = Rect(self.rect.x, self.rect.bottom - thick, self.rect.w, thick)
        colours = p.theme.colour
        p.box(groove, colours.panel, colours.edge, radius=thick / 2)
        filled = groove.w * self.value
        if filled > 0:
            with p.clip(Rect(groove.x, groove.y, filled, thick)):
                p.box(groove, self._ink(p), radius=thick / 2)
        for tick in self.ticks:
            x = groove.x + groove.w * tick
            over = x < groove.x + filled
            p.rule(x, groove.y + 1.5, 1.2, thick - 3, colours.raised if over else colours.edge)


class Medallion(_Named):
    """An icon on a disc. With `filled` (0..5) a ring of five parts around it shows that many."""

    def __init__(
        self,
        icon: str,
        name: str = "",
        size: float = 56,
        colour: Colour | None = None,
        filled: int | None = None,
        lit: bool = True,
        tip: str = "",
    ) -> None:
        super().__init__(name, tip)
        self.icon, self.size, self.colour, self.filled, self.lit = icon, size, colour, filled, lit

    def state(self) -> dict[str, object]:
        return {} if self.filled is None else {"value": f"{self.filled} of 5"}

    def measure(self, p: Painter, width: float) -> float:
        return self.size

    def natural(self, p: Painter) -> float:
        return self.size

    def draw(self, p: Painter) -> None:
        colours = p.theme.colour
        x, y = self.rect.centre
        radius = self.size / 2
        if self.filled is not None:
            _draw_ring(p, x, y, radius, self.filled)
            radius *= 0.76
        if self.lit:
            p.circle(x, y, radius, self.colour or colours.red, colours.gold, 1.5)
            p.circle(x, y, radius * 0.86, self.colour or colours.red, colours.band, 0.8)
        else:
            p.circle(x, y, radius, colours.panel, colours.hairline, 1.2)
            p.circle(x, y, radius * 0.84, colours.paper, colours.hairline, 0.8)
        side = radius * 1.05
        ink = colours.on_red if self.lit else colours.home
        p.icon(self.icon, Rect(x - side / 2, y - side / 2, side, side), ink)


def _draw_ring(p: Painter, x: float, y: float, radius: float, filled: int) -> None:
    """Five parts clockwise from the lower left, open below: filled ones solid, others outlined."""
    colours = p.theme.colour

    def draw(surface: pygame.Surface, k: float) -> None:
        middle = surface.get_width() / 2
        for part in range(5):
            start = math.radians(-130 + part * 53)
            end = start + math.radians(47)
            outline = _arc_points(middle, radius * k, radius * 0.84 * k, start, end)
            pygame.draw.polygon(surface, colours.link_line, outline)
            if part >= filled:
                thin = 0.9 * k
                trim = thin / (radius * k)
                inner = _arc_points(
                    middle, radius * k - thin, radius * 0.84 * k + thin, start + trim, end - trim
                )
                pygame.draw.polygon(surface, colours.raised, inner)

    area = Rect(x - radius - 1, y - radius - 1, 2 * radius + 2, 2 * radius + 2)
    p.layer(("ring", filled, radius), area, draw)


def _arc_points(
    middle: float, outer: float, inner: float, start: float, end: float
) -> list[tuple[float, float]]:
    """A piece of a ring; angles in radians clockwise from the top."""
    angles = [start + (end - start) * k / 16 for k in range(17)]
    rim = [(middle + outer * math.sin(a), middle - outer * math.cos(a)) for a in angles]
    hub = [(middle + inner * math.sin(a), middle - inner * math.cos(a)) for a in reversed(angles)]
    return rim + hub
