"""Tabs: one of several pages of a screen; the chosen one is raised, underlined and bold. Used by cabinet.py."""

from __future__ import annotations

from collections.abc import Callable

from game.ui.kit import THEME, Painter, Rect, Widget
from game.ui.kit.text import TextBlock

C, T = THEME.colour, THEME.type


class Tab(Widget):
    """`aside` is a short remark after the name ("2 changed")."""

    role = "tab"
    interactive = True

    def __init__(self, name: str, icon: str, chosen: bool, on_press: Callable[[], None], aside: str = "",
                 shortcut: str = "", key: str = "") -> None:
        super().__init__(key=key or f"tab:{name}")
        self.name, self.icon, self.chosen, self.on_press, self.aside = name, icon, chosen, on_press, aside
        self._shortcut = shortcut

    @property
    def shortcut(self) -> str:
        return self._shortcut

    def label(self) -> str:
        return self.name

    def state(self) -> dict[str, object]:
        return {"chosen": "yes" if self.chosen else "no"} | ({"aside": self.aside} if self.aside else {})

    def _block(self, p: Painter) -> TextBlock:
        style = T.body.but(bold=True, colour=C.red) if self.chosen else T.body
        spans = [(self.name, style)]
        if self.aside:
            spans.append((f"  {self.aside}".replace(" ", "\u00a0"), T.small.but(bold=True, colour=C.focus)))
        return p.block(spans, style)

    def _side(self, p: Painter) -> float:
        return 16 * p.text_scale

    def natural(self, p: Painter) -> float:
        return self._block(p).width + self._side(p) + 6 + 20 + 1

    def measure(self, p: Painter, width: float) -> float:
        return max(THEME.space.hit, self._block(p).height + 12)

    def overflow(self) -> str:
        return ""

    def activate(self) -> bool:
        self.on_press()
        return True

    def draw(self, p: Painter) -> None:
        if self.chosen or self.hot:
            p.box(self.rect, C.raised if self.chosen else C.panel, C.hairline, radius=5)
        side, block = self._side(p), self._block(p)
        middle = self.rect.centre[1]
        p.icon(self.icon, Rect(self.rect.x + 10, middle - side / 2, side, side), C.red if self.chosen else C.home)
        p.text(block, self.rect.x + 10 + side + 6, middle - block.height / 2)
        if self.chosen:
            p.rule(self.rect.x + 8, self.rect.bottom - 3, self.rect.w - 16, 3, C.red)
