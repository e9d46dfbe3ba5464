"""Small marks drawn from polygons in a unit square: arrows, ticks, padlocks, diamonds, and so on.

They carry meaning by shape, so that colour never speaks alone. Not sized by pixel: `Painter.shape` draws
them sharp at any size. Read next: `painter.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import pygame

POLYGONS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "square": (((0.14, 0.14), (0.86, 0.14), (0.86, 0.86), (0.14, 0.86)),),
    "triangle": (((0.5, 0.1), (0.94, 0.88), (0.06, 0.88)),),
    "house": (((0.5, 0.08), (0.96, 0.5), (0.86, 0.5), (0.86, 0.9), (0.14, 0.9), (0.14, 0.5), (0.04, 0.5)),),
    "diamond": (((0.5, 0.04), (0.96, 0.5), (0.5, 0.96), (0.04, 0.5)),),
    "up": (((0.5, 0.16), (0.92, 0.84), (0.08, 0.84)),),
    "down": (((0.5, 0.84), (0.92, 0.16), (0.08, 0.16)),),
    "left": (((0.16, 0.5), (0.84, 0.08), (0.84, 0.92)),),
    "right": (((0.84, 0.5), (0.16, 0.08), (0.16, 0.92)),),
    "equal": (
        ((0.1, 0.3), (0.9, 0.3), (0.9, 0.43), (0.1, 0.43)),
        ((0.1, 0.57), (0.9, 0.57), (0.9, 0.7), (0.1, 0.7)),
    ),
    "flag": (
        ((0.14, 0.06), (0.22, 0.06), (0.22, 0.96), (0.14, 0.96)),
        ((0.22, 0.08), (0.94, 0.08), (0.76, 0.34), (0.94, 0.6), (0.22, 0.6)),
    ),
    "tick": (((0.1, 0.52), (0.21, 0.41), (0.41, 0.6), (0.8, 0.19), (0.91, 0.3), (0.41, 0.83)),),
    "cross": (
        ((0.16, 0.26), (0.26, 0.16), (0.84, 0.74), (0.74, 0.84)),
        ((0.74, 0.16), (0.84, 0.26), (0.26, 0.84), (0.16, 0.74)),
    ),
    "arrow": (
        ((0.04, 0.45), (0.72, 0.45), (0.72, 0.55), (0.04, 0.55)),
        ((0.56, 0.2), (0.64, 0.15), (0.97, 0.5), (0.64, 0.85), (0.56, 0.8), (0.83, 0.5)),
    ),
}


def draw_shape(kind: str, surface: pygame.Surface, size: float, colour: tuple[int, int, int]) -> None:
    """Draws the mark `kind` into a square of `size` px. `pie:0.3` is a disc filled to 0.3.

    KeyError for a kind that does not exist.
    """
    if kind in POLYGONS:
        for polygon in POLYGONS[kind]:
            pygame.draw.polygon(surface, colour, [(x * size, y * size) for x, y in polygon])
        return
    name, _, value = kind.partition(":")
    SPECIAL[name](surface, size, colour, float(value or 0))


def _circle(surface: pygame.Surface, size: float, colour: tuple, _value: float) -> None:
    pygame.draw.circle(surface, colour, (size / 2, size / 2), size * 0.42)


def _ring(surface: pygame.Surface, size: float, colour: tuple, _value: float) -> None:
    pygame.draw.circle(surface, colour, (size / 2, size / 2), size * 0.44, max(1, round(size * 0.09)))


def _hollow_diamond(surface: pygame.Surface, size: float, colour: tuple, _value: float) -> None:
    points = [(x * size, y * size) for x, y in POLYGONS["diamond"][0]]
    pygame.draw.polygon(surface, colour, points)
    pygame.draw.polygon(surface, (0, 0, 0, 0), _about_centre(points, size, 0.74))


def _ticked_diamond(surface: pygame.Surface, size: float, colour: tuple, value: float) -> None:
    _hollow_diamond(surface, size, colour, value)
    for polygon in POLYGONS["tick"]:
        points = [(size * (0.25 + x * 0.5), size * (0.25 + y * 0.5)) for x, y in polygon]
        pygame.draw.polygon(surface, colour, points)


def _ticked_disc(surface: pygame.Surface, size: float, colour: tuple, value: float) -> None:
    _circle(surface, size, colour, value)
    points = [(size * (0.24 + x * 0.52), size * (0.24 + y * 0.52)) for x, y in POLYGONS["tick"][0]]
    pygame.draw.polygon(surface, (0, 0, 0, 0), points)


def _crossed_disc(surface: pygame.Surface, size: float, colour: tuple, value: float) -> None:
    _ring(surface, size, colour, value)
    for polygon in POLYGONS["cross"]:
        points = [(size * (0.22 + x * 0.56), size * (0.22 + y * 0.56)) for x, y in polygon]
        pygame.draw.polygon(surface, colour, points)


def _pie(surface: pygame.Surface, size: float, colour: tuple, value: float) -> None:
    _ring(surface, size, colour, value)
    steps = max(2, round(48 * value))
    angles = [2 * math.pi * min(1.0, value) * k / steps for k in range(steps + 1)]
    rim = [(size / 2 + size * 0.36 * math.sin(a), size / 2 - size * 0.36 * math.cos(a)) for a in angles]
    if value > 0:
        pygame.draw.polygon(surface, colour, [(size / 2, size / 2), *rim])


def _padlock(surface: pygame.Surface, size: float, colour: tuple, _value: float) -> None:
    body = pygame.Rect(round(size * 0.16), round(size * 0.44), round(size * 0.68), round(size * 0.48))
    pygame.draw.circle(surface, colour, (size / 2, size * 0.36), size * 0.26, max(1, round(size * 0.1)))
    pygame.draw.rect(surface, colour, body, border_radius=round(size * 0.08))
    pygame.draw.circle(surface, (0, 0, 0, 0), (size / 2, size * 0.68), size * 0.08)


def _warning(surface: pygame.Surface, size: float, colour: tuple, _value: float) -> None:
    points = [(size * 0.5, size * 0.08), (size * 0.97, size * 0.9), (size * 0.03, size * 0.9)]
    pygame.draw.polygon(surface, colour, points)
    bar = pygame.Rect(round(size * 0.45), round(size * 0.36), max(1, round(size * 0.1)), round(size * 0.28))
    pygame.draw.rect(surface, (0, 0, 0, 0), bar)
    pygame.draw.circle(surface, (0, 0, 0, 0), (size * 0.5, size * 0.76), size * 0.06)


def _clock(surface: pygame.Surface, size: float, colour: tuple, value: float) -> None:
    _ring(surface, size, colour, value)
    width = max(1, round(size * 0.09))
    centre = (size / 2, size / 2)
    pygame.draw.line(surface, colour, centre, (size / 2, size * 0.26), width)
    pygame.draw.line(surface, colour, centre, (size * 0.66, size * 0.6), width)


def _about_centre(points: list[tuple[float, float]], size: float, factor: float) -> list[tuple[float, float]]:
    half = size / 2
    return [(half + (x - half) * factor, half + (y - half) * factor) for x, y in points]


SPECIAL: dict[str, Callable[[pygame.Surface, float, tuple, float], None]] = {
    "circle": _circle,
    "ring": _ring,
    "hollow-diamond": _hollow_diamond,
    "ticked-diamond": _ticked_diamond,
    "ticked-disc": _ticked_disc,
    "crossed-disc": _crossed_disc,
    "pie": _pie,
    "padlock": _padlock,
    "warning": _warning,
    "clock": _clock,
}
