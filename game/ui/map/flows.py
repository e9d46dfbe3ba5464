"""Arrows for what flows between places: as wide as the flow, in the colour of the other side. Read next: view.py."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.ui.kit import THEME, Rect

C = THEME.colour
LEAST, MOST = 2.6, 11.0  # logical px of the shaft
BEND = 0.16  # of the length, to the left of the direction: what goes and what comes lie side by side
STEPS = 22
CLEAR = 6.0  # logical px kept free around a place's mark
STRIPE, SPEED = 15.0, 0.034  # logical px between the moving stripes, and px a millisecond

Point = tuple[float, float]


@dataclass(frozen=True)
class Arrow:
    """A flow's shape in device px relative to the map. `path` runs along its middle."""

    id: str
    path: tuple[Point, ...]
    width: float
    colour: tuple[int, int, int]

    @property
    def box(self) -> Rect:
        xs, ys = [x for x, _ in self.path], [y for _, y in self.path]
        grow = self.width * 1.6 + 4
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).grow(grow)

    @property
    def middle(self) -> Point:
        return self.path[len(self.path) // 2]


def curve(start: Point, end: Point, free: float = 0.0) -> tuple[Point, ...]:
    """A bent line that leaves `free` px clear around both ends, for their marks."""
    (x0, y0), (x1, y1) = start, end
    length = max(1.0, math.dist(start, end))
    mx, my = (x0 + x1) / 2 + (y1 - y0) * BEND, (y0 + y1) / 2 - (x1 - x0) * BEND
    trim = min(free / length, 0.25)
    path = []
    for step in range(STEPS + 1):
        t = trim + (1 - 2 * trim) * step / STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        path.append((a * x0 + b * mx + c * x1, a * y0 + b * my + c * y1))
    return tuple(path)


def arrow_between(name: str, start: Point, end: Point, share: float, colour: tuple[int, int, int],
                  scale: float) -> Arrow:
    """`share` 0-1 of the widest; `scale` device px per logical px. A short way is never a wide blot."""
    width = min((LEAST + (MOST - LEAST) * share) * scale, max(LEAST * scale, math.dist(start, end) * 0.2))
    return Arrow(name, curve(start, end, CLEAR * scale), width, colour)


def outline(arrow: Arrow, grow: float = 0.0) -> list[Point]:
    """The polygon: a shaft that widens towards the head."""
    path, half = arrow.path, arrow.width / 2
    total = sum(math.dist(a, b) for a, b in zip(path, path[1:], strict=False))
    head = min(arrow.width * 1.5 + 5, total * 0.5)
    left, right, gone = [], [], 0.0
    neck = path[-1]
    for k, (a, b) in enumerate(zip(path, path[1:], strict=False)):
        nx, ny = _normal(a, b)
        if gone <= total - head:
            reach = half * (0.55 + 0.45 * gone / max(1.0, total - head)) + grow
            left.append((a[0] + nx * reach, a[1] + ny * reach))
            right.append((a[0] - nx * reach, a[1] - ny * reach))
            neck = a
        gone += math.dist(path[k], path[k + 1])
    nx, ny = _normal(neck, path[-1])
    wide = half * 1.9 + 2 + grow * 1.5
    tip = path[-1][0] + (path[-1][0] - neck[0]) / max(1.0, math.dist(neck, path[-1])) * grow * 1.6, \
        path[-1][1] + (path[-1][1] - neck[1]) / max(1.0, math.dist(neck, path[-1])) * grow * 1.6
    return [*left, (neck[0] + nx * wide, neck[1] + ny * wide), tip, (neck[0] - nx * wide, neck[1] - ny * wide),
            *reversed(right)]


def _normal(a: Point, b: Point) -> Point:
    length = max(1e-6, math.dist(a, b))
    return -(b[1] - a[1]) / length, (b[0] - a[0]) / length


def draw_arrow(arrow: Arrow, factor: int = 3) -> tuple[pygame.Surface, Rect]:
    """The arrow at rest as a premultiplied picture, and where it belongs (device px relative to the map)."""
    box = _whole(arrow.box)
    big = pygame.Surface((box.w * factor, box.h * factor), pygame.SRCALPHA)

    def local(points: Sequence[Point]) -> list[Point]:
        return [((x - box.x) * factor, (y - box.y) * factor) for x, y in points]

    pygame.draw.polygon(big, (*C.raised, 200), local(outline(arrow, 1.2)))
    pygame.draw.polygon(big, (*arrow.colour, 232), local(outline(arrow)))
    return pygame.transform.smoothscale(big.premul_alpha(), (box.w, box.h)), box


def stripes(arrow: Arrow, now: float, scale: float) -> list[tuple[Point, Point, Point]]:
    """Chevrons (left, tip, right) that wander along the arrow with `now` (ms)."""
    gap, offset = STRIPE * scale, (now * SPEED * scale) % (STRIPE * scale)
    found, gone = [], 0.0
    half = arrow.width * 0.34
    for a, b in zip(arrow.path, arrow.path[1:], strict=False):
        length = math.dist(a, b)
        while offset < gone + length:
            t = (offset - gone) / max(1e-6, length)
            x, y = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
            nx, ny = _normal(a, b)
            ahead = (ny * half, -nx * half)
            found.append(((x + nx * half, y + ny * half), (x + ahead[0], y + ahead[1]), (x - nx * half, y - ny * half)))
            offset += gap
        gone += length
    return found


def _whole(box: Rect) -> Rect:
    x, y = math.floor(box.x), math.floor(box.y)
    return Rect(x, y, math.ceil(box.right) - x, math.ceil(box.bottom) - y)
