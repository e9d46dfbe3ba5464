"""TextInput: one line of text with caret, selection, clipboard and input methods. Read next: `stage.py`."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from .layout import Rect
from .painter import Painter
from .theme import TextStyle
from .widget import Key, Widget

CARET_BLINK = 530  # ms


class TextInput(Widget):
    """A named field. `on_change(text)` after every edit, `on_submit(text)` on Enter.

    `allow(char)` filters what may be typed or pasted. Line ends never get in.
    """

    role = "text field"
    interactive = True

    def __init__(
        self,
        name: str,
        value: str,
        on_change: Callable[[str], None],
        on_submit: Callable[[str], None] | None = None,
        hint: str = "",
        most: int = 60,
        allow: Callable[[str], bool] = str.isprintable,
        reason: str = "",
        tip: str = "",
        key: str = "",
    ) -> None:
        super().__init__(key=key or name, tip=tip, reason=reason)
        self.name, self.value, self.on_change, self.on_submit = name, value, on_change, on_submit
        self.hint, self.most, self.allow = hint, most, allow
        self.caret = self.anchor = len(value)
        self.composing = ""  # what an input method shows but has not yet sent
        self._caret_on, self._offset = True, 0.0
        self._p: Painter | None = None

    def label(self) -> str:
        return self.name

    def state(self) -> dict[str, object]:
        return {"value": self.value}

    @property
    def animating(self) -> bool:  # type: ignore[override]
        return self.focused

    def tick(self, now: float) -> None:
        on = int(now / CARET_BLINK) % 2 == 0
        if on != self._caret_on:
            self._caret_on = on
            self.changed()

    def adopt(self, old: Widget) -> None:
        if isinstance(old, TextInput):
            self.caret, self.anchor = (min(at, len(self.value)) for at in (old.caret, old.anchor))
            self.composing, self._offset = old.composing, old._offset

    # -- layout

    def _name_height(self, p: Painter) -> float:
        return p.line_height(p.theme.type.secondary) + 3

    def measure(self, p: Painter, width: float) -> float:
        return self._name_height(p) + self._box_height(p)

    def _box_height(self, p: Painter) -> float:
        return max(p.theme.space.button, p.line_height(p.theme.type.body) + 14)

    def natural(self, p: Painter) -> float:
        return 220 * p.text_scale

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        self._p = p

    def box(self) -> Rect:
        """The editable part, below the name."""
        top = self._name_height(self._p) if self._p else 0.0
        return Rect(self.rect.x, self.rect.y + top, self.rect.w, max(0.0, self.rect.h - top))

    def ring_rect(self) -> Rect:
        return self.box()

    def overflow(self) -> str:
        if not self._p:
            return ""
        name = self._p.block(self.name, self._p.theme.type.secondary, self.rect.w)
        return "the name needs more than one line" if len(name.lines) > 1 else ""

    # -- editing

    @property
    def selected(self) -> str:
        low, high = sorted((self.caret, self.anchor))
        return self.value[low:high]

    def insert(self, text: str) -> None:
        """Types or pastes over the selection."""
        low, high = sorted((self.caret, self.anchor))
        room = self.most - (len(self.value) - (high - low))
        text = "".join(char for char in text if char.isprintable() and self.allow(char))[: max(0, room)]
        self.caret = self.anchor = low + len(text)
        self._set(self.value[:low] + text + self.value[high:])

    def _set(self, value: str) -> None:
        changed, self.value = value != self.value, value
        self._caret_on = True
        self.changed()
        if changed:
            self.on_change(value)

    def _delete(self, step: int) -> None:
        if self.caret == self.anchor:
            self.anchor = min(len(self.value), max(0, self.caret + step))
        self.insert("")

    def _move(self, to: int, extend: bool) -> None:
        self.caret = min(len(self.value), max(0, to))
        if not extend:
            self.anchor = self.caret
        self._caret_on = True
        self.changed()

    def on_text(self, event: pygame.event.Event) -> bool:
        if self.reason:
            return False
        if event.type == pygame.TEXTEDITING:
            self.composing = event.text
            self.changed()
        else:
            self.composing = ""
            self.insert(event.text)
        return True

    def on_key(self, key: Key) -> bool:
        if self.reason:
            return False
        if key.ctrl:
            return self._command(key.name)
        low, high = sorted((self.caret, self.anchor))
        if key.name in ("left", "right") and low != high and not key.shift:
            self._move(low if key.name == "left" else high, False)
        elif key.name in ("left", "right"):
            self._move(self.caret + (1 if key.name == "right" else -1), key.shift)
        elif key.name in ("home", "end"):
            self._move(0 if key.name == "home" else len(self.value), key.shift)
        elif key.name in ("backspace", "delete"):
            self._delete(-1 if key.name == "backspace" else 1)
        elif key.name == "enter" and self.on_submit:
            self.on_submit(self.value)
        else:
            # Printable keys arrive as TEXTINPUT; swallow them so that they are not taken as shortcuts.
            return len(key.name) == 1 or key.name == "space"
        return True

    def _command(self, name: str) -> bool:
        if name == "A":
            self.anchor, self.caret = 0, len(self.value)
            self.changed()
        elif name in ("C", "X") and self.selected and self.stage:
            self.stage.clipboard.put(self.selected)
            if name == "X":
                self.insert("")
        elif name == "V" and self.stage:
            self.insert(self.stage.clipboard.get())
        return name in ("A", "C", "X", "V")

    # -- pointer

    def on_pointer(self, kind: str, x: float, y: float) -> bool:
        if self.reason or not self._p:
            return False
        if kind != "up":
            self._move(self._index_at(x), kind == "drag")
        return True

    def _index_at(self, x: float) -> int:
        wanted = x - self.box().x - 10 + self._offset
        widths = [abs(self._width(self.value[:k]) - wanted) for k in range(len(self.value) + 1)]
        return widths.index(min(widths))

    def _style(self, p: Painter) -> TextStyle:
        return p.theme.type.body

    def _width(self, text: str) -> float:
        # A trailing space is dropped by wrapping, so measure with a stop behind it.
        if not self._p or not text:
            return 0.0
        style = self._style(self._p)
        return self._p.block(text.replace(" ", "\u00a0") + "|", style).width - self._p.block("|", style).width

    # -- drawing

    def draw(self, p: Painter) -> None:
        colours, box = p.theme.colour, self.box()
        p.text(p.block(self.name, p.theme.type.secondary, self.rect.w), self.rect.x, self.rect.y)
        edge = colours.focus if self.hot else colours.ink
        p.box(box, colours.locked if self.reason else colours.raised, edge, 1.2, dashed=bool(self.reason))
        with p.clip(box.inset(8, 2)):
            self._draw_text(p, box)

    def _draw_text(self, p: Painter, box: Rect) -> None:
        colours, style = p.theme.colour, self._style(p)
        height = p.line_height(style)
        caret = self._width(self.value[: self.caret]) + self._width(self.composing)
        room = box.w - 20
        self._offset = min(max(self._offset, caret - room), max(0.0, caret))
        x, y = box.x + 10 - self._offset, box.y + (box.h - height) / 2
        if self.focused and self.caret != self.anchor:
            low, high = sorted((self.caret, self.anchor))
            left, right = self._width(self.value[:low]), self._width(self.value[:high])
            p.rule(x + left, y, right - left, height, colours.ribbon)
        shown = self.value[: self.caret] + self.composing + self.value[self.caret :]
        if shown:
            p.text(p.block(shown.replace(" ", "\u00a0"), style), x, y)
        elif self.hint:
            p.text(p.block(self.reason or self.hint, style.but(colour=colours.soft, italic=True)), x, y)
        if self.composing:
            start = x + self._width(self.value[: self.caret])
            p.rule(start, y + height - 2, self._width(self.composing), 1, colours.ink)
        if self.focused and self._caret_on:
            p.rule(x + caret, y + 1, 1.4, height - 2, colours.ink)
