"""Pixel work for the painter: rounded corners, shadows, thick lines, underlines, cropped pictures.

Functions of surfaces in device px; nothing here keeps anything. Read next: `painter.py`, their only user.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

import pygame

Colour = tuple[int, int, int]
Corners = tuple[bool, bool, bool, bool]
CLEAR = (0, 0, 0, 0)
SHADOW_ALPHA = 80
SHADOW_BLUR = 7.0  # logical px
SHADOW_DROP = 3.0  # logical px that the light comes from above


def corner_tile(radius: int, edge_px: int, fill: Colour | None, edge: Colour | None) -> pygame.Surface:
    """A small rounded square whose four corners serve boxes of any size; premultiplied alpha."""
    side = 2 * (max(radius, edge_px) + 1)
    big = pygame.Surface((side * 3, side * 3), pygame.SRCALPHA)
    inner = big.get_rect()
    if edge:
        pygame.draw.rect(big, edge, inner, border_radius=radius * 3)
        inner = inner.inflate(-edge_px * 6, -edge_px * 6)
    pygame.draw.rect(big, fill or CLEAR, inner, border_radius=max(0, radius - edge_px) * 3)
    return pygame.transform.smoothscale(big.premul_alpha(), (side, side))


def blit_box(
    surface: pygame.Surface,
    target: pygame.Rect,
    tile: pygame.Surface,
    fill: Colour | None,
    edge: Colour | None,
    edge_px: int,
    corners: Corners,
) -> None:
    """The four corners from the tile, the rest filled; straight edges are `blit_edges`."""
    side = tile.get_width()
    w, h = min(side // 2, target.w // 2), min(side // 2, target.h // 2)
    spots = ((0, 0), (1, 0), (0, 1), (1, 1))
    for rounded, (right, low) in zip(corners, spots, strict=True):
        at = (target.right - w if right else target.x, target.bottom - h if low else target.y)
        area = pygame.Rect(side - w if right else 0, side - h if low else 0, w, h)
        if rounded:
            surface.blit(tile, at, area, special_flags=pygame.BLEND_PREMULTIPLIED)
        elif fill:
            surface.fill(edge or fill, (*at, w, h))
            inner = target.inflate(-2 * edge_px, -2 * edge_px)
            surface.fill(fill, pygame.Rect(*at, w, h).clip(inner))
    if fill:
        surface.fill(fill, (target.x + w, target.y, target.w - 2 * w, target.h))
        surface.fill(fill, (target.x, target.y + h, w, target.h - 2 * h))
        surface.fill(fill, (target.right - w, target.y + h, w, target.h - 2 * h))


def blit_edges(
    surface: pygame.Surface, target: pygame.Rect, radius: int, colour: Colour, width: int, dash: int
) -> None:
    """The straight parts of a border; `dash` > 0 makes it dashed, beginning and ending with a gap."""
    skip = min(max(radius, width) + 1, target.w // 2, target.h // 2)
    across, down = target.w - 2 * skip, target.h - 2 * skip
    for at, length in _dashes(across, dash):
        surface.fill(colour, (target.x + skip + at, target.y, length, width))
        surface.fill(colour, (target.x + skip + at, target.bottom - width, length, width))
    for at, length in _dashes(down, dash):
        surface.fill(colour, (target.x, target.y + skip + at, width, length))
        surface.fill(colour, (target.right - width, target.y + skip + at, width, length))


def _dashes(total: int, dash: int) -> list[tuple[int, int]]:
    if dash <= 0 or total < 3 * dash:
        return [(0, total)]
    pairs = max(1, round(total / (1.8 * dash)))
    step = total / pairs
    gap = step * 0.44
    return [(round(k * step + gap / 2), round(step - gap)) for k in range(pairs)]


def blit_shadow(
    surface: pygame.Surface,
    target: pygame.Rect,
    radius: int,
    scale: float,
    keep: Callable[[object, Callable[[], object]], object],
) -> None:
    """A soft shadow below `target`, from a small blurred tile whose edges are stretched."""
    blur = max(1, round(SHADOW_BLUR * scale))
    tile = keep(("shadow", radius, blur), lambda: _shadow_tile(radius, blur))
    half = tile.get_width() // 2
    outer = target.inflate(4 * blur, 4 * blur).move(0, round(SHADOW_DROP * scale))
    w, h = min(half, outer.w // 2), min(half, outer.h // 2)
    side = tile.get_width()
    for right in (0, 1):
        for low in (0, 1):
            at = (outer.right - w if right else outer.x, outer.bottom - h if low else outer.y)
            surface.blit(tile, at, (side - w if right else 0, side - h if low else 0, w, h))
    across, down = outer.w - 2 * w, outer.h - 2 * h
    if across > 0:
        for low in (0, 1):
            strip = pygame.Rect(half, side - h if low else 0, 1, h)
            band = keep(
                ("shadow-x", radius, blur, across, h, low), lambda s=strip: _stretched(tile, s, (across, h))
            )
            surface.blit(band, (outer.x + w, outer.bottom - h if low else outer.y))
    if down > 0:
        for right in (0, 1):
            strip = pygame.Rect(side - w if right else 0, half, w, 1)
            band = keep(
                ("shadow-y", radius, blur, w, down, right), lambda s=strip: _stretched(tile, s, (w, down))
            )
            surface.blit(band, (outer.right - w if right else outer.x, outer.y + h))


def _shadow_tile(radius: int, blur: int) -> pygame.Surface:
    side = 2 * (4 * blur + radius + 1)
    tile = pygame.Surface((side, side), pygame.SRCALPHA)
    inner = tile.get_rect().inflate(-4 * blur, -4 * blur)
    pygame.draw.rect(tile, (20, 10, 4, SHADOW_ALPHA), inner, border_radius=radius)
    # The blur mixes colour with the transparent black around it; that only darkens a dark shadow.
    return pygame.transform.gaussian_blur(tile, blur)


def _stretched(tile: pygame.Surface, strip: pygame.Rect, size: tuple[int, int]) -> pygame.Surface:
    return pygame.transform.scale(tile.subsurface(strip), size)


def thick_line(
    surface: pygame.Surface,
    points: Sequence[tuple[float, float]],
    colour: Colour,
    width: float,
    k: float,
    dash: tuple[float, float] | None,
) -> None:
    """A line with round joints through `points` (logical px, times `k`)."""
    for path in _dashed(points, dash) if dash else [points]:
        scaled = [(x * k, y * k) for x, y in path]
        half = width * k / 2
        for (x0, y0), (x1, y1) in zip(scaled, scaled[1:], strict=False):
            length = math.hypot(x1 - x0, y1 - y0)
            if length == 0:
                continue
            dx, dy = -(y1 - y0) / length * half, (x1 - x0) / length * half
            quad = [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)]
            pygame.draw.polygon(surface, colour, quad)
        for x, y in scaled if dash is None else scaled[1:-1]:
            pygame.draw.circle(surface, colour, (x, y), half)


def _dashed(
    points: Sequence[tuple[float, float]], dash: tuple[float, float]
) -> list[list[tuple[float, float]]]:
    """Cuts a path into its "on" pieces."""
    paths: list[list[tuple[float, float]]] = [[points[0]]]
    on, left = True, dash[0]
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        length = math.hypot(x1 - x0, y1 - y0)
        at = 0.0
        while length - at > left:
            at += left
            spot = (x0 + (x1 - x0) * at / length, y0 + (y1 - y0) * at / length)
            if on:
                paths[-1].append(spot)
            else:
                paths.append([spot])
            on = not on
            left = dash[0] if on else dash[1]
        left -= length - at
        if on:
            paths[-1].append((x1, y1))
    return [path for path in paths if len(path) > 1]


def underline(
    surface: pygame.Surface, at: tuple[int, int], width: int, thick: int, colour: Colour, dotted: bool
) -> None:
    x, y = at
    if not dotted:
        surface.fill(colour, (x, y, width, thick))
        return
    for dot in range(x, x + width - thick + 1, 2 * thick):
        surface.fill(colour, (dot, y, thick, thick))


_VIEW_BOX = re.compile(rb'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


def natural_size(path: str) -> tuple[float, float]:
    """The size that an SVG says it has; rendering it only to learn that takes as long as using it."""
    with open(path, "rb") as file:
        found = _VIEW_BOX.search(file.read(1000))
    return (float(found[1]), float(found[2])) if found else pygame.image.load(path).get_size()


def cover(
    source: str | pygame.Surface, size: tuple[int, int], radius: int, corners: Corners
) -> pygame.Surface:
    """An SVG file or a drawing covering `size`, cropped evenly, corners rounded where asked; premultiplied alpha."""
    drawn = isinstance(source, pygame.Surface)
    natural = source.get_size() if drawn else natural_size(source)
    factor = max(size[0] / natural[0], size[1] / natural[1])
    more = 0 if drawn else 2  # the renderer keeps the aspect ratio and may come back a pixel short
    wanted = (math.ceil(natural[0] * factor - 1e-9) + more, math.ceil(natural[1] * factor - 1e-9) + more)
    whole = pygame.transform.smoothscale(source, wanted) if drawn else pygame.image.load_sized_svg(source, wanted)
    left, top = (whole.get_width() - size[0]) // 2, (whole.get_height() - size[1]) // 2
    picture = pygame.Surface(size, pygame.SRCALPHA)
    picture.blit(whole, (-left, -top))
    picture = picture.premul_alpha()
    if radius and any(corners):
        mask = pygame.Surface((size[0] * 2, size[1] * 2), pygame.SRCALPHA)
        radii = [radius * 2 if rounded else 0 for rounded in corners]
        pygame.draw.rect(mask, (255, 255, 255, 255), mask.get_rect(), 0, -1, *radii)
        # Smooth edges make grey as well as alpha: multiply colour and alpha, then blend as premultiplied.
        mask = pygame.transform.smoothscale(mask, size)
        picture.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return picture
