"""Light and shadow on the land, from the heights. Read next: base.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pygame

METRES = 7000.0  # height of white, see assets/map/README.md
CELL = 4000.0  # metres a pixel
STEEPER = 14.0  # slopes are drawn so many times steeper than they are, or nothing would show at 4 km
LIGHT = (-0.55, -0.60, 0.58)  # from the north-west, as maps are lit; x to the east, y to the south
FLAT = 0.90  # brightness of level ground; the rest up to 1 is for lit slopes
DEPTH = 0.52  # how much of the light's change is shown
FLOOR = 0.55  # the darkest shadow


def shade(terrain: Path) -> pygame.Surface:
    """A grey surface of the size of `terrain`, to be multiplied onto the colours of the land."""
    grey = pygame.surfarray.pixels3d(pygame.image.load(str(terrain)).convert(24))[:, :, 1].astype(np.float32)
    height = _smooth(METRES * (grey / 255.0) ** 2)
    east, south = np.gradient(height, CELL / STEEPER)
    length = np.sqrt(east * east + south * south + 1.0)
    light = (-east * LIGHT[0] - south * LIGHT[1] + LIGHT[2]) / length
    bright = np.clip(FLAT + DEPTH * (light - LIGHT[2]), FLOOR, 1.0)
    return pygame.surfarray.make_surface(np.repeat((bright * 255).astype(np.uint8)[:, :, None], 3, axis=2))


def _smooth(a: np.ndarray) -> np.ndarray:
    """Mean of each cell and its neighbours: takes away the steps of 256 greys."""
    for axis in (0, 1):
        a = (np.roll(a, 1, axis) + 2 * a + np.roll(a, -1, axis)) / 4
    return a


def vignette(size: tuple[int, int]) -> pygame.Surface:
    """A grey surface that darkens towards the edges, to be multiplied."""
    x, y = np.meshgrid(np.linspace(-1, 1, 96), np.linspace(-1, 1, 64), indexing="ij")
    bright = 1.0 - 0.16 * np.clip((x**2 + y**2 - 0.75) / 1.25, 0, 1)
    small = pygame.surfarray.make_surface(np.repeat((bright * 255).astype(np.uint8)[:, :, None], 3, axis=2))
    return pygame.transform.smoothscale(small, size)
