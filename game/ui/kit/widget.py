"""The base of every widget: measure, place, draw, speak, act. Read next: `boxes.py`, then `stage.py`.

To write a widget, subclass and override `measure` (height for a width), `natural` (the width it would like),
`draw`, and for input `activate`, `on_key`, `on_pointer`. Whatever changes how it looks calls `changed()`;
whatever changes its size calls `resized()`. A container fills `self.children` and places them in `place`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pygame

from .layout import Rect
from .painter import Painter

if TYPE_CHECKING:
    from .stage import Stage


class Key(NamedTuple):
    """A key press: `name` is "left", "tab", "enter", "esc", "page up", a capital letter, a digit..."""

    name: str
    shift: bool = False
    ctrl: bool = False


class Widget:
    """One thing on screen.

    `key` names it across rebuilds of the screen: focus, scroll position and caret follow it.
    `tip` is shown on hover and focus. A `reason` disables the widget and is read and shown in its place;
    such a widget still takes focus, so that the reason can be reached. `role` is what speech calls it.
    """

    role = "group"
    interactive = False  # takes focus and clicks
    animating = False  # asks for a new frame at every tick

    def __init__(self, *, key: str = "", tip: str = "", reason: str = "") -> None:
        self.key = key
        self.identity: tuple[str, int] = (key, 0)  # set by the stage: key, and which of those of that key
        self.tip = tip
        self.reason = reason
        self.rect = Rect(0, 0, 0, 0)
        self.children: list[Widget] = []
        self.parent: Widget | None = None
        self.stage: Stage | None = None

    # -- what it is

    @property
    def focusable(self) -> bool:
        return self.interactive

    @property
    def shortcut(self) -> str:
        """The key that activates it from anywhere on the screen, or ""."""
        return ""

    def label(self) -> str:
        """What it is called: for speech, tests and tree dumps."""
        return ""

    def state(self) -> dict[str, object]:
        """What else the tree dump should hold, as plain data."""
        return {}

    def says(self) -> str:
        """What is spoken when it gets the focus."""
        parts = [self.label(), "" if self.role in ("group", "text") else self.role]
        parts += [f"{name} {value}" for name, value in self.state().items() if name != "reason"]
        parts += [f"key {self.shortcut}"] if self.shortcut else []
        parts += [f"not available: {self.reason}"] if self.reason else []
        return ", ".join(part for part in parts if part)

    # -- size and place

    def measure(self, p: Painter, width: float) -> float:
        """The height it needs at this width."""
        return 0.0

    def natural(self, p: Painter) -> float:
        """The width it would like."""
        return 0.0

    def place(self, p: Painter, rect: Rect) -> None:
        self.rect = rect

    def shift(self, dx: float, dy: float) -> None:
        """Moves it and what it holds without laying out again (scrolling)."""
        self.rect = self.rect.shift(dx, dy)
        for child in self.children:
            child.shift(dx, dy)

    def overflow(self) -> str:
        """What does not fit, in words, or ""."""
        return ""

    # -- drawing

    def paint(self, p: Painter) -> None:
        """Draws it if any of it can be seen. The margin allows for shadows."""
        if p.visible(self.rect.grow(20)):
            self.draw(p)

    def draw(self, p: Painter) -> None:
        for child in self.children:
            child.paint(p)

    def ring_rect(self) -> Rect:
        """What the focus ring goes around."""
        return self.rect

    # -- input: each returns whether it used the event

    def activate(self) -> bool:
        """Enter, Space, a click, or its shortcut."""
        return False

    def on_key(self, key: Key) -> bool:
        """A key while it has the focus."""
        return False

    def on_pointer(self, kind: str, x: float, y: float) -> bool:
        """`kind` is "down", "drag" or "up"; a widget that uses "down" gets the rest and no click."""
        return False

    def on_text(self, event: pygame.event.Event) -> bool:
        """TEXTINPUT or TEXTEDITING while it has the focus."""
        return False

    def tick(self, now: float) -> None:
        """Milliseconds, while `animating`."""

    def adopt(self, old: Widget) -> None:
        """Takes over passing state (scroll, caret, drag) from the widget it replaces: same type and key."""

    # -- its surroundings

    @property
    def hot(self) -> bool:
        return self.stage is not None and self.stage.hover is self

    @property
    def pressed(self) -> bool:
        return self.stage is not None and self.stage.captured is self

    @property
    def focused(self) -> bool:
        return self.stage is not None and self.stage.focus is self

    def changed(self) -> None:
        if self.stage:
            self.stage.invalidate(self.rect)

    def resized(self) -> None:
        if self.stage:
            self.stage.relayout()

    def say(self, text: str) -> None:
        if self.stage:
            self.stage.speak(text)

    def walk(self) -> Iterator[Widget]:
        """Itself and all below it, in reading order."""
        ahead = [self]  # a list, for nested generators would cost a call a level and widget
        while ahead:
            widget = ahead.pop()
            yield widget
            ahead.extend(reversed(widget.children))

    def ancestors(self) -> Iterator[Widget]:
        above = self.parent
        while above:
            yield above
            above = above.parent

    def hit_rects(self) -> list[Rect]:
        return [self.rect]

    def dump(self) -> list[dict[str, object]]:
        """Plain data for golden tests; unnamed groups disappear and their children move up."""
        below = [entry for child in self.children for entry in child.dump()]
        if self.role == "group" and not self.label():
            return below
        entry: dict[str, object] = {
            "role": self.role,
            "label": self.label(),
            "rect": [round(value) for value in self.rect],
        }
        entry |= self.state() | ({"reason": self.reason} if self.reason else {})
        return [entry | ({"children": below} if below else {})]
