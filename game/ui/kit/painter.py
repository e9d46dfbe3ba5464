"""The drawing context: target surface, scale, and every cache. The only place that touches fonts and files.

All coordinates are logical px (1280x720 at scale 1); `scale` turns them into device px, `text_scale`
(1 to 2) enlarges letters only, so layouts must grow with their text. Everything is drawn at its real pixel
size: rounded things and marks at three times that and shrunk once, then kept. Read next: `widget.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pygame

from . import vector
from .cache import Cache
from .layout import Rect
from .lettering import Lettering
from .shapes import draw_shape
from .text import Content, Fonts, TextBlock, layout_text
from .theme import THEME, Colour, TextStyle, Theme

BASE = (1280, 720)
SUPERSAMPLED_AREA = 400_000  # device px; larger drawings are made at 2x to spare memory

ALL_CORNERS = (True, True, True, True)  # top left, top right, bottom left, bottom right
TOP_CORNERS = (True, True, False, False)


class Painter:
    """Draws onto `surface` (set by `Stage.draw`). `missing` names asset files that were not found."""

    def __init__(
        self,
        size: tuple[int, int],
        assets: Path | None = None,
        theme: Theme = THEME,
        text_scale: float = 1.0,
    ) -> None:
        self.assets = assets
        self.theme = theme
        self.missing: set[str] = set()
        self._paths: dict[tuple[str, str], Path | None] = {}  # of asset files, by folder and name
        self.stand_ins: dict[str, pygame.Surface] = {}  # shown for pictures of that name: quick, and not quite sharp
        self.letters = Lettering(lambda name: self._asset("fonts", name))
        self._blocks, self._layers, self._images = Cache(4_000), Cache(1_500), Cache(160)
        self.resize(size, text_scale)

    def resize(self, size: tuple[int, int], text_scale: float) -> None:
        """A new window size (device px) or text scale (clamped to 1..2). Never draws below scale 1:
        a window smaller than 1280x720 has less room, not smaller letters."""
        self.size = size
        self.text_scale = min(2.0, max(1.0, text_scale))
        self.scale = max(1.0, min(size[0] / BASE[0], size[1] / BASE[1]))
        self.surface = pygame.Surface((1, 1))
        self.letters.resize(self.scale * self.text_scale)
        for cache in (self._blocks, self._layers, self._images):
            cache.clear()

    @property
    def area(self) -> Rect:
        """The whole window in logical px."""
        return Rect(0, 0, self.size[0] / self.scale, self.size[1] / self.scale)

    def px(self, length: float) -> int:
        return round(length * self.scale)

    def device(self, rect: Rect) -> pygame.Rect:
        """Rounds the edges, not the size: rects that touch still touch."""
        x, y, w, h = rect
        left, top = round(x * self.scale), round(y * self.scale)
        right, bottom = round((x + w) * self.scale), round((y + h) * self.scale)
        return pygame.Rect(left, top, max(0, right - left), max(0, bottom - top))

    @contextmanager
    def clip(self, rect: Rect) -> Iterator[None]:
        before = self.surface.get_clip()
        self.surface.set_clip(before.clip(self.device(rect)))
        try:
            yield
        finally:
            self.surface.set_clip(before)

    def visible(self, rect: Rect) -> bool:
        """Whether any of it may be drawn now; asked of every widget in every frame, so without a pygame.Rect."""
        left, top, width, height = self.surface.get_clip()
        x, y, w, h = rect
        scale = self.scale
        return (
            x * scale < left + width
            and left < (x + w) * scale
            and y * scale < top + height
            and top < (y + h) * scale
        )

    # -- fills and boxes

    def fill(self, rect: Rect, colour: Colour) -> None:
        self.surface.fill(colour, self.device(rect))

    def rule(self, x: float, y: float, w: float, h: float, colour: Colour) -> None:
        """A thin straight line or small tick: never less than a pixel, the same thickness everywhere."""
        self.surface.fill(colour, (self.px(x), self.px(y), max(1, self.px(w)), max(1, self.px(h))))

    def shade(self, rect: Rect, colour: tuple[int, int, int, int]) -> None:
        """A half transparent veil."""
        target = self.device(rect)

        def make() -> pygame.Surface:
            veil = pygame.Surface(target.size)
            veil.fill(colour[:3])
            veil.set_alpha(colour[3])
            return veil

        self.surface.blit(self._layers.get(("veil", target.size, colour), make), target)

    def box(
        self,
        rect: Rect,
        fill: Colour | None = None,
        edge: Colour | None = None,
        edge_width: float = 1.0,
        radius: float | None = None,
        shadow: bool = False,
        dashed: bool = False,
        corners: tuple[bool, bool, bool, bool] = ALL_CORNERS,
    ) -> None:
        """A rounded rectangle; `edge` is drawn inside it. Keep `shadow` for what floats or is chosen."""
        target = self.device(rect)
        if target.w < 1 or target.h < 1:
            return
        radius = self.theme.space.radius if radius is None else radius
        round_px = min(self.px(radius), target.w // 2, target.h // 2)
        edge_px = max(1, self.px(edge_width)) if edge else 0
        if shadow:
            vector.blit_shadow(self.surface, target, round_px, self.scale, self._layers.get)
        tile = self._layers.get(
            ("corner", round_px, edge_px, fill, edge),
            lambda: vector.corner_tile(round_px, edge_px, fill, edge),
        )
        vector.blit_box(self.surface, target, tile, fill, edge, edge_px, corners)
        if edge:
            dash = self.px(5) if dashed else 0
            vector.blit_edges(self.surface, target, round_px, edge, edge_px, dash)

    # -- vector work, drawn large and shrunk once

    def layer(self, key: Hashable, rect: Rect, draw: Callable[[pygame.Surface, float], None]) -> None:
        """Calls `draw(surface, k)` once for this key and size, k = surface px per logical px, and keeps it.

        Whatever `draw` depends on must be part of the key. The surface starts transparent.
        """
        target = self.device(rect)
        if target.w < 1 or target.h < 1 or not target.colliderect(self.surface.get_clip()):
            return

        def make() -> pygame.Surface:
            factor = 3 if target.w * target.h < SUPERSAMPLED_AREA else 2
            big = pygame.Surface((target.w * factor, target.h * factor), pygame.SRCALPHA)
            draw(big, self.scale * factor)
            return pygame.transform.smoothscale(big.premul_alpha(), target.size)

        picture = self._layers.get((key, target.size), make)
        self.surface.blit(picture, target, special_flags=pygame.BLEND_PREMULTIPLIED)

    def circle(
        self, x: float, y: float, radius: float, fill: Colour, edge: Colour | None = None, width: float = 1.0
    ) -> None:
        def draw(surface: pygame.Surface, k: float) -> None:
            middle = (surface.get_width() / 2, surface.get_height() / 2)
            pygame.draw.circle(surface, edge or fill, middle, radius * k)
            if edge:
                pygame.draw.circle(surface, fill, middle, (radius - width) * k)

        area = Rect(x - radius - 1, y - radius - 1, 2 * radius + 2, 2 * radius + 2)
        self.layer(("circle", radius, fill, edge, width), area, draw)

    def shape(self, kind: str, rect: Rect, colour: Colour) -> None:
        """A mark of `shapes.py` in the middle of `rect`, as large as its shorter side."""
        side = min(rect.w, rect.h)
        self.layer(
            ("shape", kind, colour),
            rect.centred(side, side),
            lambda surface, _k: draw_shape(kind, surface, surface.get_width(), colour),
        )

    def polyline(
        self,
        points: Sequence[tuple[float, float]],
        colour: Colour,
        width: float = 1.5,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """A smooth line through points; `dash` is (on, off)."""
        area, local = _local(points, width + 1)
        self.layer(
            ("line", local, colour, width, dash),
            area,
            lambda surface, k: vector.thick_line(surface, local, colour, width, k, dash),
        )

    def polygon(self, points: Sequence[tuple[float, float]], colour: tuple[int, ...]) -> None:
        """A filled polygon; the colour may have an alpha."""
        area, local = _local(points, 1)
        self.layer(
            ("polygon", local, colour),
            area,
            lambda surface, k: pygame.draw.polygon(surface, colour, [(x * k, y * k) for x, y in local]),
        )

    # -- pictures and icons

    def icon(self, name: str, rect: Rect, colour: Colour) -> None:
        """`assets/icons/<name>.svg`, white on transparent, tinted; a plain disc when it is missing."""
        side = self.px(min(rect.w, rect.h))
        path = self._asset("icons", f"{name}.svg")
        if path is None:
            self.shape("circle", rect, colour)
            return

        def make() -> pygame.Surface:
            icon = pygame.image.load_sized_svg(str(path), (side, side))
            icon.fill(colour, special_flags=pygame.BLEND_RGBA_MULT)
            return icon

        icon = self._images.get(("icon", name, side, colour), make)
        self.surface.blit(icon, icon.get_rect(center=self.device(rect).center))

    def picture(
        self,
        name: str,
        rect: Rect,
        radius: float = 0.0,
        corners: tuple[bool, bool, bool, bool] = ALL_CORNERS,
    ) -> None:
        """`assets/pictures/<name>.svg` filling `rect`: what sticks out on two sides is cropped evenly."""
        target = self.device(rect)
        path = self._asset("pictures", f"{name}.svg")
        if path is None:
            self.box(rect, self.theme.colour.ribbon, radius=radius, corners=corners)
            return
        round_px, drawn = self.px(radius), self.stand_ins.get(name)
        image = self._images.get(
            ("picture", name, target.size, round_px, corners, drawn is None),
            lambda: vector.cover(drawn or str(path), target.size, round_px, corners),
        )
        self.surface.blit(image, target, special_flags=pygame.BLEND_PREMULTIPLIED)

    def _asset(self, folder: str, name: str) -> Path | None:
        key = (folder, name)
        if key not in self._paths:
            path = self.assets / folder / name if self.assets else None
            self._paths[key] = path if path is not None and path.is_file() else None
            if self._paths[key] is None:
                self.missing.add(f"{folder}/{name}")
        return self._paths[key]

    # -- text

    def block(
        self,
        content: Content,
        style: TextStyle,
        width: float | None = None,
        align: str = "left",
        most_lines: int = 0,
    ) -> TextBlock:
        """Lays text out into `width` logical px (None: unbroken lines)."""
        frozen = content if isinstance(content, str) else tuple(content)
        room = None if width is None else width * self.scale

        def make() -> TextBlock:
            fonts = Fonts(self._measure, self.letters.line_height, self.letters.cap_height)
            return layout_text(content, style, fonts, self.scale, room, align, most_lines)

        return self._blocks.get((frozen, style, room, align, most_lines), make)

    def text(self, block: TextBlock, x: float, y: float) -> None:
        left, top = round(x * self.scale), round(y * self.scale)
        clip = self.surface.get_clip()
        for line in block.lines:
            if top + line.top > clip.bottom or top + line.top + line.height < clip.top:
                continue
            for run in line.runs:
                self._run(run.text, run.style, left + run.x, round(top) + line.baseline, run.width)

    def line_height(self, style: TextStyle) -> float:
        """Logical px of one line."""
        return self.letters.line_height(style) / self.scale

    def _run(self, text: str, style: TextStyle, x: int, baseline: int, width: int) -> None:
        cap = self.letters.cap_height(style) if style.mark or style.raised or style.underline else 0.0
        if style.mark:
            side = cap * 1.12 / self.scale
            middle = Rect((x + width / 2) / self.scale, (baseline - cap / 2) / self.scale, 0, 0)
            self.shape(style.mark, middle.centred(side, side), style.colour)
            return
        lift = round(cap * 0.62) if style.raised else 0
        glyphs, ascent = self.letters.glyphs(text, style)
        self.surface.blit(glyphs, (x, baseline - ascent - lift), special_flags=pygame.BLEND_PREMULTIPLIED)
        if style.underline:
            vector.underline(
                self.surface,
                (x, baseline + max(2, round(cap * 0.3))),
                width,
                max(1, self.px(1)),
                self.theme.colour.link_line,
                style.underline == "dotted",
            )

    def _measure(self, text: str, style: TextStyle) -> float:
        if style.mark:
            return math.ceil(self.letters.cap_height(style) * 1.3)
        return self.letters.measure(text, style)


def _local(
    points: Sequence[tuple[float, float]], margin: float
) -> tuple[Rect, tuple[tuple[float, float], ...]]:
    """The box around points, and the points relative to its corner (rounded so that they make a key)."""
    left, top = min(x for x, _ in points) - margin, min(y for _, y in points) - margin
    right, bottom = max(x for x, _ in points) + margin, max(y for _, y in points) + margin
    local = tuple((round(x - left, 2), round(y - top, 2)) for x, y in points)
    return Rect(left, top, right - left, bottom - top), local
