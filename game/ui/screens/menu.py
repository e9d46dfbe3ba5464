"""A menu's row: icon, words, perhaps a second line, and the key at the right. Read next: title.py."""

from __future__ import annotations

from collections.abc import Callable

from game.ui.kit import THEME, Button, Painter, Rect
from game.ui.kit.basic import draw_keycap, keycap_size
from game.ui.kit.text import TextBlock

C, T = THEME.colour, THEME.type
PAD, SIDE, LEAST = 14.0, 20.0, 42.0


class MenuRow(Button):
    """A Button whose words stand at the left and whose key stands at the right. `note` is a second, smaller line."""

    def __init__(self, text: str, on_press: Callable[[], None], icon: str, shortcut: str, note: str = "",
                 kind: str = "quiet", reason: str = "") -> None:
        super().__init__(text, on_press, kind, shortcut, icon, reason=reason)
        self.note = note

    def _left(self, p: Painter) -> float:
        return PAD + (SIDE * p.text_scale + 12 if self.icon or self.reason else 0)

    def _note(self, p: Painter, width: float) -> TextBlock | None:
        if not self.note:
            return None
        ink = C.on_red if self.kind == "primary" else C.soft
        return p.block(self.note, T.secondary.but(colour=ink), self._room(p, width))

    def _room(self, p: Painter, width: float) -> float:
        key = keycap_size(p, self.shortcut)[0] + 10 if self.shortcut else 0
        return max(1.0, width - self._left(p) - PAD - key)

    def _block(self, p: Painter, width: float) -> TextBlock:
        style = self._style(p).but(size=17, bold=self.kind == "primary")
        return p.block(self.caption, style, self._room(p, width))

    def measure(self, p: Painter, width: float) -> float:
        note = self._note(p, width)
        return max(LEAST, self._block(p, width).height + (note.height if note else 0) + 16)

    def natural(self, p: Painter) -> float:
        return 300.0 * p.text_scale

    def _draw_content(self, p: Painter) -> None:
        if not self.shown:
            return
        ink, middle = self._style(p).colour, self.rect.centre[1]
        note = self._note(p, self.rect.w)
        x = self.rect.x + self._left(p)
        if self.icon or self.reason:
            side = SIDE * p.text_scale
            spot = Rect(self.rect.x + PAD, middle - side / 2, side, side)
            if self.reason:
                p.shape("padlock", spot, ink)
            else:
                p.icon(self.icon, spot, C.on_red if self.kind == "primary" else C.home)
        y = middle - (self.shown.height + (note.height if note else 0)) / 2
        p.text(self.shown, x, y)
        if note:
            p.text(note, x, y + self.shown.height)
        if self.shortcut:
            width = keycap_size(p, self.shortcut)[0]
            cap = ink if self.kind == "primary" else C.soft
            draw_keycap(p, self.shortcut, self.rect.right - PAD - width, middle, cap)
