"""Questions about a laid out tree: what is under the pointer, what is called so, what does not fit.

Functions of widgets, used by `stage.py`; nothing here changes anything.
"""

from __future__ import annotations

from collections import Counter

from .layout import Rect
from .scroll import BAR, ScrollArea
from .widget import Widget

SLACK = 1.5  # logical px that rounding may make a child stick out


def target_at(top: Widget, x: float, y: float, least: float) -> Widget | None:
    """What a click reaches: the topmost widget there, else the nearest one whose rect, enlarged to `least`
    each way, holds the point, else the scroll area there."""
    near: list[tuple[float, Widget]] = []
    found: Widget | None = None
    area: ScrollArea | None = None
    for widget in top.walk():
        if not _in_view(widget, x, y):
            continue
        if isinstance(widget, ScrollArea) and widget.rect.contains(x, y):
            area = widget
        if not (widget.interactive or widget.tip):
            continue
        for rect in widget.hit_rects():
            if rect.contains(x, y):
                found = widget
            elif rect.centred(max(rect.w, least), max(rect.h, least)).contains(x, y):
                cx, cy = rect.centre
                near.append((abs(cx - x) + abs(cy - y), widget))
    if area and area.scrolls and x >= area.rect.right - BAR:
        return area
    if found is None and near:
        found = min(near, key=lambda pair: pair[0])[1]
    return found or area


def by_identity(top: Widget) -> dict[tuple[str, int], Widget]:
    """Widgets by (key, which of those with that key): how they are recognised in a rebuilt tree."""
    seen: Counter[str] = Counter()
    found = {}
    for widget in top.walk():
        found[widget.key, seen[widget.key]] = widget
        seen[widget.key] += 1
    return found


def successor(widget: Widget | None, present: dict[tuple[str, int], Widget]) -> Widget | None:
    """The same widget, or the one that took its place in a rebuilt tree; None when there is none."""
    if widget is None:
        return None
    found = present.get(widget.identity)
    same_kind = found is not None and widget.key and type(found) is type(widget)
    return found if found is widget or same_kind else None


def _in_view(widget: Widget, x: float, y: float) -> bool:
    return all(a.rect.contains(x, y) for a in widget.ancestors() if isinstance(a, ScrollArea))


def areas_for_keys(top: Widget, focus: Widget | None, x: float, y: float) -> list[ScrollArea]:
    """Scroll areas that a key may move: around the focus, under the pointer, then the first that scrolls."""
    within = [w for w in top.walk() if isinstance(w, ScrollArea) and w.scrolls]
    around = [w for w in focus.ancestors() if isinstance(w, ScrollArea)] if focus else []
    return [*around, *(w for w in reversed(within) if w.rect.contains(x, y)), *within]


def find(top: Widget, role: str, label: str) -> Widget:
    """The first widget with that role and label, or a label beginning so; LookupError names what there is."""
    same = [w for w in top.walk() if w.role == role]
    for match in (str.__eq__, str.startswith):
        for widget in same:
            if match(widget.label(), label):
                return widget
    raise LookupError(f"no {role} {label!r}; there are {[w.label() for w in same]}")


def overflows(top: Widget, window: Rect) -> list[str]:
    """Every text that does not fit and every child that sticks out of its parent or of the window."""
    found = []
    for widget in top.walk():
        for problem in (widget.overflow(), _sticks_out(widget, window)):
            if problem:
                found.append(f"{widget.role} {widget.label()!r}: {problem}")
    return found


def _sticks_out(widget: Widget, window: Rect) -> str:
    around = widget.parent.rect if widget.parent else window
    if isinstance(widget.parent, ScrollArea):
        around = Rect(around.x, widget.rect.y, around.w, widget.rect.h)
    if around.encloses(widget.rect, SLACK) or not (widget.label() or widget.children):
        return ""
    return f"{[round(v) for v in widget.rect]} sticks out of {[round(v) for v in around]}"
