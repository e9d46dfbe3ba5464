"""Where the focus goes: reading order and arrows. Pure functions of rects, and the names of keys.

Read next: `stage.py`, which uses them.
"""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from .layout import Rect
from .widget import Key

ARROWS = ("left", "right", "up", "down")

_NAMED = {
    pygame.K_LEFT: "left",
    pygame.K_RIGHT: "right",
    pygame.K_UP: "up",
    pygame.K_DOWN: "down",
    pygame.K_TAB: "tab",
    pygame.K_RETURN: "enter",
    pygame.K_KP_ENTER: "enter",
    pygame.K_ESCAPE: "esc",
    pygame.K_SPACE: "space",
    pygame.K_PAGEUP: "page up",
    pygame.K_PAGEDOWN: "page down",
    pygame.K_HOME: "home",
    pygame.K_END: "end",
    pygame.K_BACKSPACE: "backspace",
    pygame.K_DELETE: "delete",
}


def key_of(event: pygame.event.Event) -> Key:
    """A KEYDOWN as a Key. Letters are named by what they type; on a layout without Latin letters
    (Cyrillic, Greek) by their place on the keyboard, so that shortcuts still work there."""
    mod = getattr(event, "mod", 0)
    typed = getattr(event, "unicode", "")
    name = _NAMED.get(event.key, "")
    if not name and typed.isprintable() and typed.isascii() and len(typed) == 1 and typed.strip():
        name = typed.upper()
    if not name:
        scancode = getattr(event, "scancode", 0)
        if typed and not typed.isascii() and pygame.KSCAN_A <= scancode <= pygame.KSCAN_Z:
            name = chr(ord("A") + scancode - pygame.KSCAN_A)
        else:
            name = pygame.key.name(event.key)
            name = name.upper() if len(name) == 1 or (name[:1] == "f" and name[1:].isdigit()) else name
    ctrl = bool(mod & (pygame.KMOD_CTRL | pygame.KMOD_META | pygame.KMOD_ALT))
    return Key(name, bool(mod & pygame.KMOD_SHIFT), ctrl)


def neighbour(current: Rect, others: Sequence[Rect], direction: str) -> int | None:
    """The index of the rect that an arrow key should go to, or None.

    Candidates lie beyond `current` in that direction; nearness counts along the arrow, distance to the side
    counts double, and overlap to the side counts as none.
    """
    best, best_cost = None, float("inf")
    for index, other in enumerate(others):
        cost = _cost(*_turned(current, direction), *_turned(other, direction))
        if cost is not None and cost < best_cost:
            best, best_cost = index, cost
    return best


def _turned(rect: Rect, direction: str) -> tuple[float, float, float, float]:
    """(near, far, low, high) as if the arrow pointed right."""
    if direction == "right":
        return rect.x, rect.right, rect.y, rect.bottom
    if direction == "left":
        return -rect.right, -rect.x, rect.y, rect.bottom
    if direction == "down":
        return rect.y, rect.bottom, rect.x, rect.right
    return -rect.bottom, -rect.y, rect.x, rect.right


def _cost(
    near: float, far: float, low: float, high: float, near2: float, far2: float, low2: float, high2: float
) -> float | None:
    if near2 + far2 <= near + far or near2 < near + 1:
        return None
    along = max(0.0, near2 - far)
    aside = max(0.0, low2 - high, low - high2)
    centres = abs((low + high) - (low2 + high2)) / 2
    return along + 2 * aside + 0.1 * centres
