"""Rectangles in logical pixels and the arithmetic of rows, columns and grids. Pure: no pygame.

`divide` is the whole of the layout engine: fixed lengths, natural lengths (already measured) and shares.
Read next: `boxes.py`, the containers that use it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class fr(NamedTuple):  # noqa: N801 - reads as a unit: fr(1), fr(2)
    """A share of what is left over once fixed and natural lengths are taken."""

    share: float = 1.0


FIT = None
"""In `sizes`: as wide (or tall) as the child wants to be."""

Size = float | fr | None


class Rect(NamedTuple):
    """x, y of the top left corner, width, height; logical px, floats welcome."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2

    def inset(self, dx: float, dy: float | None = None) -> Rect:
        """Smaller by `dx` left and right and `dy` (default `dx`) top and bottom; never negative."""
        dy = dx if dy is None else dy
        return Rect(self.x + dx, self.y + dy, max(0.0, self.w - 2 * dx), max(0.0, self.h - 2 * dy))

    def grow(self, by: float) -> Rect:
        return Rect(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def shift(self, dx: float, dy: float) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def overlaps(self, other: Rect) -> bool:
        x, y, w, h = self  # the map asks this a hundred thousand times for its labels
        left, top, wide, high = other
        return x < left + wide and left < x + w and y < top + high and top < y + h

    def encloses(self, other: Rect, slack: float = 0.0) -> bool:
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def union(self, other: Rect) -> Rect:
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def centred(self, w: float, h: float) -> Rect:
        """A rect of that size in the middle of this one."""
        return Rect(self.x + (self.w - w) / 2, self.y + (self.h - h) / 2, w, h)

    def columns(self, *sizes: Size, gap: float = 0.0) -> list[Rect]:
        """`rect.columns(200, fr(1), gap=8)`: side by side. FIT counts as zero here."""
        spans = divide(self.w, [0.0 if s is None else s for s in sizes], gap)
        return [Rect(self.x + at, self.y, length, self.h) for at, length in spans]

    def rows(self, *sizes: Size, gap: float = 0.0) -> list[Rect]:
        """`rect.rows(56, fr(1), 48)`: one under the other. FIT counts as zero here."""
        spans = divide(self.h, [0.0 if s is None else s for s in sizes], gap)
        return [Rect(self.x, self.y + at, self.w, length) for at, length in spans]


def divide(total: float, sizes: Sequence[float | fr], gap: float = 0.0) -> list[tuple[float, float]]:
    """Places lengths one after another: a list of (start, length).

    Fixed lengths keep theirs; `fr` shares divide what is left (zero when nothing is left).
    """
    fixed = sum(s for s in sizes if not isinstance(s, fr))
    shares = sum(s.share for s in sizes if isinstance(s, fr))
    left = max(0.0, total - fixed - gap * max(0, len(sizes) - 1))
    spans, at = [], 0.0
    for size in sizes:
        length = left * size.share / shares if isinstance(size, fr) else size
        spans.append((at, length))
        at += length + gap
    return spans


def columns_that_fit(width: float, least: float, gap: float, most: int) -> int:
    """How many columns of at least `least` fit into `width`: 1 to `most`."""
    return max(1, min(most, int((width + gap) / (least + gap))))


def spread(centres: Sequence[float], height: float, low: float, high: float) -> list[float]:
    """Moves label centres apart so that labels of `height` between `low` and `high` do not overlap.

    Keeps their order; when there is no room for all they overlap evenly rather than leave the range.
    """
    order = sorted(range(len(centres)), key=lambda i: centres[i])
    step = min(height, (high - low) / len(order)) if order else 0.0
    placed: list[float] = []
    for rank, i in enumerate(order):
        floor = placed[-1] + step if placed else low + step / 2
        ceiling = high - step / 2 - step * (len(order) - 1 - rank)
        placed.append(min(max(centres[i], floor), ceiling))
    # A pushed chain sits below where it wants to be: lift it so that its middle is where it belongs.
    result = [0.0] * len(order)
    for chain in _chains(placed, step):
        wanted = sum(centres[order[k]] for k in chain) / len(chain)
        have = sum(placed[k] for k in chain) / len(chain)
        above = placed[chain[0] - 1] + step if chain[0] else low + step / 2
        lift = max(above - placed[chain[0]], min(0.0, wanted - have))
        for k in chain:
            placed[k] += lift
            result[order[k]] = placed[k]
    return result


def _chains(placed: Sequence[float], step: float) -> list[list[int]]:
    chains: list[list[int]] = []
    for k, at in enumerate(placed):
        if chains and at - placed[k - 1] <= step + 1e-6:
            chains[-1].append(k)
        else:
            chains.append([k])
    return chains
