"""Widgets that only lead somewhere: a figure on the bar, any widget made pressable, a key without a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.ui.kit import THEME, Painter, Rect, Widget
from game.ui.kit.text import TextBlock

if TYPE_CHECKING:
    from game.view.pages import Figure

C, T = THEME.colour, THEME.type


class Press(Widget):
    """A child that can be pressed as a whole; a pale ground shows it under the pointer."""

    role = "button"
    interactive = True

    def __init__(self, child: Widget, name: str, on_press: Callable[[], None], tip: str = "", key: str = "",
                 pad: float = 4, shortcut: str = "") -> None:
        super().__init__(key=key or name, tip=tip)
        self.children = [child]
        self.name, self.on_press, self.pad, self._shortcut = name, on_press, pad, shortcut

    @property
    def shortcut(self) -> str:
        return self._shortcut

    def label(self) -> str:
        return self.name

    def measure(self, p: Painter, width: float) -> float:
        return self.children[0].measure(p, width - 2 * self.pad) + 2 * self.pad

    def natural(self, p: Painter) -> float:
        return self.children[0].natural(p) + 2 * self.pad

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        self.children[0].place(p, rect.inset(self.pad))

    def activate(self) -> bool:
        self.on_press()
        return True

    def draw(self, p: Painter) -> None:
        if self.hot:
            p.box(self.rect, C.raised, C.hairline)
        super().draw(p)


class Hotkey(Widget):
    """A key that does something on this screen and needs no button of its own; takes no room."""

    def __init__(self, key: str, action: Callable[[], None]) -> None:
        super().__init__(key=f"hotkey:{key}")
        self._shortcut, self.action = key, action

    @property
    def shortcut(self) -> str:
        return self._shortcut

    def activate(self) -> bool:
        self.action()
        return True


class BarFigure(Widget):
    """One indicator on the dark bar: icon, name over value, change under judgement; pressing it asks why.

    `bare` leaves the icon out, unless it has to warn.
    """

    role = "button"
    interactive = True

    def __init__(self, figure: Figure, on_why: Callable[[str], None], bare: bool = False) -> None:
        tip = " ".join(text for text in (figure.note, figure.last_text, figure.status_text) if text)
        super().__init__(key=f"figure:{figure.id}", tip=tip)
        self.figure, self.on_why = figure, on_why
        self.picture = not bare or figure.status != "ok"

    def label(self) -> str:
        figure = self.figure
        words = [f"{figure.label}: {figure.text}", figure.change_text, _word(figure), figure.status_text]
        return ", ".join(word for word in words if word)

    def _blocks(self, p: Painter) -> list[TextBlock]:
        """Name, value, change, judgement."""
        figure = self.figure
        ink = {"better": C.bar_better, "worse": C.bar_worse}.get(figure.judgement, C.bar_soft)
        small = T.small.but(colour=C.bar_soft)
        changed = figure.change_text if figure.arrow != "same" else "" if not figure.change_text else "="
        return [p.block(figure.label, small), p.block(figure.text, T.card_title.but(colour=C.bar_ink)),
                p.block(changed, T.secondary.but(colour=ink, bold=True)), p.block(_word(figure), small.but(colour=ink))]

    def _columns(self, p: Painter, blocks: list[TextBlock]) -> tuple[float, float, float, float]:
        """Widths of icon, name and value, arrow, change."""
        name, value, change, word = (block.width for block in blocks)
        icon = 24 * p.text_scale if self.picture else 0.0
        arrow = 13 * p.text_scale if self._arrow else 0.0
        return icon, max(name, value), arrow, max(change + arrow, word)

    @property
    def _arrow(self) -> bool:
        return bool(self.figure.change_text) and self.figure.arrow != "same"

    def natural(self, p: Painter) -> float:
        icon, name, _, change = self._columns(p, self._blocks(p))
        return icon + (7 if icon else 0) + name + (9 + change if change else 0) + 1

    def measure(self, p: Painter, width: float) -> float:
        return p.line_height(T.small) + p.line_height(T.card_title) - 2

    def activate(self) -> bool:
        self.on_why(self.figure.id)
        return True

    def draw(self, p: Painter) -> None:
        name, value, change, word = blocks = self._blocks(p)
        icon, wide, arrow, _ = self._columns(p, blocks)
        x, y = self.rect.x, self.rect.y
        if icon:
            p.icon("warning" if self.figure.status == "crisis" else self.figure.icon,
                   Rect(x, y + (self.rect.h - icon) / 2, icon, icon),
                   C.bar_worse if self.figure.status != "ok" else C.gold)
            x += icon + 7
        second = y + name.height - 2
        p.text(name, x, y)
        p.text(value, x, second)
        if self.hot:
            p.rule(x, second + value.height - 1, max(name.width, value.width), 1.5, C.bar_soft)
        x += wide + 9
        if arrow:
            ink = {"better": C.bar_better, "worse": C.bar_worse}.get(self.figure.judgement, C.bar_soft)
            side = arrow - 4
            p.shape(self.figure.arrow, Rect(x, second + (value.height - side) / 2, side, side), ink)
        p.text(change, x + arrow, second + (value.height - change.height) / 2)
        p.text(word, x, y)


def _word(figure: Figure) -> str:
    """The judgement of a change; no word where there is none."""
    known = figure.judgement in ("better", "worse", "mixed")
    return figure.judgement if known and figure.change_text else ""
