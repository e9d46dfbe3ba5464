"""Room for names on the map: each label at the best of several spots around its point, none on another. Pure.

Read next: base.py, which draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.ui.kit import Rect

OVER_LABEL, OVER_POINT, OVER_LINE = 100.0, 12.0, 3.0  # what covering each costs


@dataclass(frozen=True)
class Wish:
    """A label of w x h px for a point; `reach` px from its middle. `needed`: shown even where it covers something."""

    id: str
    at: tuple[float, float]
    w: float
    h: float
    reach: float
    needed: bool


def spots(wish: Wish) -> list[Rect]:
    """Right, left, above, below, then the corners."""
    x, y = wish.at
    w, h, r = wish.w, wish.h, wish.reach
    return [
        Rect(x + r, y - h / 2, w, h), Rect(x - r - w, y - h / 2, w, h),
        Rect(x - w / 2, y - r - h * 0.9, w, h), Rect(x - w / 2, y + r - h * 0.1, w, h),
        Rect(x + r * 0.7, y - h * 0.95, w, h), Rect(x + r * 0.7, y - h * 0.05, w, h),
        Rect(x - r * 0.7 - w, y - h * 0.95, w, h), Rect(x - r * 0.7 - w, y - h * 0.05, w, h),
    ]


def place_labels(wishes: Sequence[Wish], area: Rect, taken: Sequence[Rect], points: Sequence[Rect],
                 lines: Sequence[Rect]) -> dict[str, Rect]:
    """A rect for each label that found room, in the order of the wishes (important ones first).

    `taken` may never be covered, `points` (marks) and `lines` (routes) only at a price.
    """
    found: dict[str, Rect] = {}
    blocked = list(taken)
    for wish in wishes:
        priced, reach = [], Rect(wish.at[0], wish.at[1], 0, 0).grow(wish.w + wish.h + wish.reach)
        near_points, near_lines = near(points, reach), near(lines, reach)
        for order, rect in enumerate(spots(wish)):
            if area.encloses(rect):
                priced.append((order * 0.4 + cost(rect, blocked, near_points, near_lines), order, rect))
        if not priced:
            continue
        price, _, rect = min(priced)
        if price < OVER_POINT or (wish.needed and price < OVER_LABEL):
            found[wish.id] = rect
            blocked.append(rect)
    return found


def near(rects: Sequence[Rect], reach: Rect) -> list[Rect]:
    """Those that could matter within `reach`."""
    return [rect for rect in rects if rect.overlaps(reach)]


def cost(rect: Rect, blocked: Sequence[Rect], points: Sequence[Rect], lines: Sequence[Rect]) -> float:
    inner = rect.inset(1)
    return (OVER_LABEL * sum(inner.overlaps(other) for other in blocked)
            + OVER_POINT * sum(inner.overlaps(other) for other in points)
            + OVER_LINE * sum(inner.overlaps(other) for other in lines))


def place_tag(path: Sequence[tuple[float, float]], w: float, h: float, away: float, area: Rect, taken: Sequence[Rect],
              points: Sequence[Rect], lines: Sequence[Rect]) -> Rect | None:
    """The spot beside a path where a tag of w x h covers least; the nearer to the path's middle the better.

    None where it would cover something of `taken`.
    """
    best, price = None, OVER_LABEL
    for strangeness, rect in sorted(_beside(path, w, h, away, area)):
        if strangeness >= price:
            break  # even free of charge it would not be better
        if any(rect.inset(1).overlaps(other) for other in taken):
            continue  # which alone costs OVER_LABEL
        total = strangeness + cost(rect, (), points, lines)
        if total < price:
            best, price = rect, total
    return best


def _beside(path: Sequence[tuple[float, float]], w: float, h: float, away: float,
            area: Rect) -> list[tuple[float, Rect]]:
    """Spots around a path at three distances, kept inside the area, each with how far it is from the best."""
    found, last = [], len(path) - 1
    for order, part in enumerate((0.5, 0.36, 0.64, 0.23, 0.77, 0.09, 0.91)):
        x, y = path[round(part * last)]
        for step, far in enumerate((away, away * 2 + h / 2, away * 2 + h * 2)):
            for dx, dy in ((far, -h / 2), (-far - w, -h / 2), (-w / 2, -far - h), (-w / 2, far),
                           (far, -h - far), (far, far), (-far - w, -h - far), (-far - w, far)):
                left, top = min(max(x + dx, area.x), area.right - w), min(max(y + dy, area.y), area.bottom - h)
                found.append((order + 6.0 * step, Rect(left, top, w, h)))
    return found
