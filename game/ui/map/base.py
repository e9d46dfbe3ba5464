"""What stands still on the map: land, water, borders, railways, marks and names; drawn once for a size and date.

Lines are drawn at twice their size and shrunk. Read next: flows.py for what moves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pygame

from game.ui.kit import THEME, Painter, Rect, TextStyle
from game.ui.kit.shapes import draw_shape
from game.ui.map.flows import Arrow, curve, draw_arrow
from game.ui.map.geography import Geography, Place, Railway, View, open_railways, read_geography, view_of
from game.ui.map.labels import Wish, place_labels
from game.ui.map.relief import shade, vignette

C, T = THEME.colour, THEME.type
SEA, LAKE, SHORE, RIVER = (150, 178, 174), (150, 184, 196), (96, 134, 150), (122, 150, 160)
LAND = {"MNG": (253, 243, 208), "RUS": (200, 206, 216), "CHN": (240, 204, 158), "KAZ": (212, 214, 172)}
OTHER_LAND = (226, 210, 180)
PROVINCE, FRONTIER, GLOW = (196, 172, 120), (150, 120, 84), (146, 38, 30)
RAIL, SLEEPER = (58, 40, 26), (250, 240, 214)
FOREIGN_INK, REGION_INK = (92, 72, 50), (80, 62, 38)
LARGE = 2_600_000  # px of the finished map from which lines are drawn at 1.5 times their size: memory
ORDER = ("capital", "border", "mine", "town", "foreigncap", "port", "foreign")
NAMED_REGIONS = (("MONGOLIA", "MNG", (-190, -160)), ("RUSSIA", "RUS", (-560, 560)), ("CHINA", "CHN", (80, -640)))


@dataclass(frozen=True)
class Base:
    """The finished picture, and where on it (device px) the marks and their labels are."""

    surface: pygame.Surface
    view: View
    marks: dict[str, Rect]
    labels: dict[str, Rect]
    regions: list[Rect]  # where the countries' names stand
    signs: list[tuple[pygame.Surface, tuple[int, int]]]  # the marks' pictures, to be drawn above the flows


class BaseMaps:
    """Reads the map's files once and keeps the last picture made. `folder`: assets/map."""

    def __init__(self, folder: Path) -> None:
        self.geography = read_geography(folder)
        self._shade = shade(folder / "terrain_e8.webp")
        self._land: tuple[tuple, pygame.Surface] | None = None
        self._base: tuple[tuple, Base] | None = None
        self._tags: tuple[tuple, list[Rect | None]] | None = None
        self._arrows: dict[str, tuple[Arrow, pygame.Surface, Rect]] = {}

    def get(self, p: Painter, size: tuple[int, int], date: tuple[int, int], routes: Sequence[tuple[str, str]],
            reserved: Sequence[Rect] = ()) -> Base:
        """The map in `size` device px at (year, quarter).

        `routes` (pairs of place ids) are avoided by names, `reserved` (device px) is kept free of them.
        """
        lines = open_railways(self.geography, date)
        view = view_of(self.geography, size)
        land_key = (size, p.scale, tuple(line.id for line in lines))
        if self._land is None or self._land[0] != land_key:
            self._land = land_key, draw_land(self.geography, self._shade, view, p.scale, lines)
        key = (land_key, p.text_scale, tuple(routes), tuple(reserved))
        if self._base is None or self._base[0] != key:
            ways = [*_along(view, lines), *_between(self.geography, view, routes)]
            ends = {end for route in routes for end in route}
            self._base = key, with_names(self.geography, view, p, self._land[1].copy(), ends, ways, reserved)
        return self._base[1]

    def tags(self, arrows: Sequence[Arrow], names: Sequence[str], find: Callable[[], list[Rect | None]]
             ) -> list[Rect | None]:
        """Where the tags of these arrows go on the last picture; searched for once, for that takes long."""
        key = (self._base[0] if self._base else None, tuple(arrows), tuple(names))
        if self._tags is None or self._tags[0] != key:
            self._tags = key, find()
        return self._tags[1]

    def arrow(self, arrow: Arrow) -> tuple[pygame.Surface, Rect]:
        """The picture of an arrow and its place; the last of each flow is kept."""
        if arrow.id not in self._arrows or self._arrows[arrow.id][0] != arrow:
            self._arrows[arrow.id] = arrow, *draw_arrow(arrow)
        return self._arrows[arrow.id][1:]


def draw_land(geography: Geography, light: pygame.Surface, view: View, scale: float,
              lines: Sequence[Railway]) -> pygame.Surface:
    """Everything but marks and names; the slow part."""
    factor = 2.0 if view.size[0] * view.size[1] < LARGE else 1.5
    surface = _land(geography, view, factor)
    surface.blit(_lit(geography, light, view), (0, 0), special_flags=pygame.BLEND_MULT)
    surface.blit(vignette(view.size), (0, 0), special_flags=pygame.BLEND_MULT)
    surface.blit(_glow(geography, view, scale), (0, 0))
    surface.blit(_lines(geography, view, factor, scale, lines), (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
    return surface


def with_names(geography: Geography, view: View, p: Painter, surface: pygame.Surface, ends: set[str],
               ways: Sequence[Rect], reserved: Sequence[Rect]) -> Base:
    """Writes names onto the land. Places in `ends` are always shown; others where there is room for their names."""
    shown = [place for place in geography.places.values() if place.kind in ORDER and view.holds(place.at, 6 * p.scale)]
    shown.sort(key=lambda place: ORDER.index(place.kind))
    marks = {place.id: _mark_rect(place, view, p.scale) for place in shown}
    regions = _regions(p, surface, view)
    labels = _names(p, view, shown, ends, marks, [*regions, *reserved], ways)
    shown = [place for place in shown if place.id in labels or place.id in ends]
    for place in shown:
        if place.id in labels:
            halo_text(p, surface, place.name, _style(place), labels[place.id].x, labels[place.id].y)
    kept = {place.id: marks[place.id] for place in shown}
    return Base(surface, view, kept, labels, regions, [_mark(place, marks[place.id]) for place in shown])


# -- land and light


def _land(geography: Geography, view: View, factor: float) -> pygame.Surface:
    big = pygame.Surface((round(view.size[0] * factor), round(view.size[1] * factor)))
    big.fill(SEA)
    for code, rings in geography.countries.items():
        for ring in rings:
            pygame.draw.polygon(big, LAND.get(code, OTHER_LAND), view.line(ring, factor))
    for lake in geography.lakes:
        pygame.draw.polygon(big, LAKE, view.line(lake, factor))
    return pygame.transform.smoothscale(big, view.size)


def _lit(geography: Geography, light: pygame.Surface, view: View) -> pygame.Surface:
    """The part of the shading that the view shows, in its size."""
    west, south, east, north = geography.window
    per_km = light.get_width() / (east - west)
    half_w, half_h = view.size[0] / view.scale / 2, view.size[1] / view.scale / 2
    left, top = (view.centre[0] - half_w - west) * per_km, (north - view.centre[1] - half_h) * per_km
    part = pygame.Rect(round(left), round(top), round(2 * half_w * per_km), round(2 * half_h * per_km))
    return pygame.transform.smoothscale(light.subsurface(part.clip(light.get_rect())), view.size)


def _glow(geography: Geography, view: View, scale: float) -> pygame.Surface:
    """A soft red band along the home border, made small and blurred."""
    half = pygame.Surface((view.size[0] // 2, view.size[1] // 2), pygame.SRCALPHA)
    half.fill((*GLOW, 0))
    for ring in geography.countries["MNG"]:
        pygame.draw.lines(half, (*GLOW, 150), True, view.line(ring, 0.5), max(2, round(3.2 * scale)))
    return pygame.transform.smoothscale(pygame.transform.box_blur(half, max(2, round(3 * scale))), view.size)


# -- lines


def _lines(geography: Geography, view: View, factor: float, scale: float,
           railways: Sequence[Railway]) -> pygame.Surface:
    big = pygame.Surface((round(view.size[0] * factor), round(view.size[1] * factor)), pygame.SRCALPHA)
    k = factor * scale

    def stroke(points, colour, width, closed=False) -> None:
        pygame.draw.lines(big, colour, closed, view.line(points, factor), max(1, round(width * k)))

    for main, points in geography.rivers:
        if len(points) > 1:
            stroke(points, (*RIVER, 235 if main else 130), 1.3 if main else 0.9)
    for lake in geography.lakes:
        stroke(lake, SHORE, 0.8, True)
    for ring in geography.provinces:
        stroke(ring, (*PROVINCE, 170), 0.8, True)
    for code, rings in geography.countries.items():
        for ring in rings if code != "MNG" else ():
            stroke(ring, (*FRONTIER, 150), 0.9, True)
    for ring in geography.countries["MNG"]:
        stroke(ring, C.red, 2.2, True)
    for line in railways:
        points = view.line(line.points, factor)
        pygame.draw.lines(big, RAIL, False, points, max(1, round(2.0 * k)))
        for a, b in dashes(points, 5.5 * k, 4.5 * k):
            pygame.draw.line(big, SLEEPER, a, b, max(1, round(0.9 * k)))
    return pygame.transform.smoothscale(big.premul_alpha(), view.size)


def dashes(points: Sequence[tuple[float, float]], on: float, off: float) -> list[tuple[tuple, tuple]]:
    """Pieces of `on` px with gaps of `off` px along a line."""
    pieces, into = [], 0.0  # how far into the pattern a segment begins
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        at = -into
        while length > 0 and at < length:
            a, b = max(at, 0.0) / length, min(at + on, length) / length
            if b > a:
                pieces.append(((x0 + (x1 - x0) * a, y0 + (y1 - y0) * a), (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)))
            at += on + off
        into = (into + length) % (on + off)
    return pieces


# -- marks and names


def _mark_rect(place: Place, view: View, scale: float) -> Rect:
    side = {"capital": 13, "border": 8, "mine": 11}.get(place.kind, 7) * scale
    x, y = view.px(place.at)
    return Rect(x - side / 2, y - side / 2, side, side)


def _mark(place: Place, rect: Rect) -> tuple[pygame.Surface, tuple[int, int]]:
    """Square: border crossing; diamond: mine; ring: capital; small disc: other towns. Premultiplied."""
    side = round(rect.w * 3)
    big = pygame.Surface((side, side), pygame.SRCALPHA)
    middle = (side / 2, side / 2)
    if place.kind == "capital":
        for colour, part in ((C.raised, 0.5), (C.red, 0.44), (C.raised, 0.24), (C.ink, 0.11)):
            pygame.draw.circle(big, colour, middle, side * part)
    elif place.kind in ("border", "mine"):
        kind, colour = ("square", C.red) if place.kind == "border" else ("diamond", C.home)
        draw_shape(kind, big, side, C.raised)
        inner = pygame.Surface((side, side), pygame.SRCALPHA)
        draw_shape(kind, inner, side, colour)
        big.blit(pygame.transform.smoothscale_by(inner, 0.8), (side * 0.1, side * 0.1))
    else:
        pygame.draw.circle(big, C.raised, middle, side * 0.5)
        pygame.draw.circle(big, C.ink if place.kind == "town" else FOREIGN_INK, middle, side * 0.36)
    small = pygame.transform.smoothscale(big.premul_alpha(), (round(rect.w), round(rect.h)))
    return small, (round(rect.x), round(rect.y))


def _style(place: Place) -> TextStyle:
    if place.kind == "capital":
        return T.body.but(size=17, bold=True, line=1.1)
    if place.kind in ("border", "mine"):
        return T.small.but(size=13.5, colour=C.ink, medium=True, line=1.1)
    return T.small.but(size=13.5, colour=C.ink if place.kind == "town" else FOREIGN_INK, line=1.1)


def _names(p: Painter, view: View, shown: Sequence[Place], ends: set[str], marks: dict[str, Rect],
           taken: Sequence[Rect], lines: Sequence[Rect]) -> dict[str, Rect]:
    wishes = []
    for place in sorted(shown, key=lambda place: place.kind != "capital" and place.id not in ends):
        block = p.block(place.name, _style(place))
        needed = place.kind == "capital" or place.id in ends
        wishes.append(Wish(place.id, view.px(place.at), block.width * p.scale, block.height * p.scale,
                           marks[place.id].w / 2 + 3 * p.scale, needed))
    area = Rect(0, 0, *view.size).inset(3 * p.scale)
    return place_labels(wishes, area, taken, list(marks.values()), lines)


def _along(view: View, railways: Sequence[Railway]) -> list[Rect]:
    """Small squares along the tracks."""
    seen = Rect(0, 0, *view.size)
    return [square for line in railways for square in _squares(view.line(line.points)) if seen.overlaps(square)]


def _between(geography: Geography, view: View, routes: Sequence[tuple[str, str]]) -> list[Rect]:
    known = geography.places
    return [Rect(x - 4, y - 4, 8, 8) for a, b in routes if a in known and b in known
            for x, y in curve(view.px(known[a].at), view.px(known[b].at))]


def _squares(points: Sequence[tuple[float, float]], step: float = 10.0) -> list[Rect]:
    return [Rect(a[0] - 3, a[1] - 3, 6, 6) for a, _ in dashes(points, 1.0, step)]


def _regions(p: Painter, surface: pygame.Surface, view: View) -> list[Rect]:
    """Writes the countries' names in wide letters; where they stand."""
    rects = []
    for name, code, at in NAMED_REGIONS:
        home = code == "MNG"
        style = T.body.but(size=25 if home else 22, colour=C.red if home else REGION_INK, medium=True, line=1.1)
        style = style.but(size=style.size * min(1.0, view.size[0] / p.scale / 900))
        block = p.block("\u2002".join(name), style)
        w, h = block.width * p.scale, block.height * p.scale
        x, y = view.px(at)
        x = min(max(x, w / 2 + 10), view.size[0] - w / 2 - 10)
        y = min(max(y, h), view.size[1] - h)
        rect = Rect(x - w / 2, y - h / 2, w, h)
        halo_text(p, surface, "\u2002".join(name), style, rect.x, rect.y, 90)
        rects.append(rect)
    return rects


def halo_text(p: Painter, surface: pygame.Surface, text: str, style: TextStyle, x: float, y: float,
              strength: int = 255) -> None:
    """Text at device px x, y with a pale rim, so that it can be read on any ground."""
    block, rim = p.block(text, style), p.block(text, style.but(colour=C.raised))
    w, h = round(block.width * p.scale) + 8, round(block.height * p.scale) + 8
    reach = max(1.0, 1.3 * p.scale)
    halo = pygame.Surface((w, h), pygame.SRCALPHA)
    target, p.surface = p.surface, halo
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1), (-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7), (0.7, 0.7)):
        p.text(rim, (4 + dx * reach) / p.scale, (4 + dy * reach) / p.scale)
    halo.set_alpha(strength)
    surface.blit(halo, (round(x) - 4, round(y) - 4), special_flags=pygame.BLEND_PREMULTIPLIED if strength == 255 else 0)
    p.surface = surface
    p.text(block, round(x) / p.scale, round(y) / p.scale)
    p.surface = target
