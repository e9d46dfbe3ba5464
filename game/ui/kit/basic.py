"""What is read and what is pressed: Text (with links), Button, key caps. Read next: `marks.py`."""

from __future__ import annotations

from collections.abc import Callable

from .layout import Rect
from .painter import Painter
from .text import Content, TextBlock, plain
from .theme import Colour, TextStyle
from .widget import Widget


class Link(Widget):
    """A pressable phrase inside a Text; made by Text, one for each link id."""

    role = "link"
    interactive = True

    def __init__(self, link: str, name: str, rects: list[Rect], on_press: Callable[[str], None]) -> None:
        super().__init__(key=f"link:{link}:{name}")
        self.link, self.name, self.rects, self.on_press = link, name, rects, on_press
        whole = rects[0]
        for rect in rects[1:]:
            whole = whole.union(rect)
        self.rect = whole

    def label(self) -> str:
        return self.name

    def hit_rects(self) -> list[Rect]:
        return self.rects

    def shift(self, dx: float, dy: float) -> None:
        super().shift(dx, dy)
        self.rects = [rect.shift(dx, dy) for rect in self.rects]

    def activate(self) -> bool:
        self.on_press(self.link)
        return True

    def draw(self, p: Painter) -> None:
        if self.hot:
            for rect in self.rects:
                p.rule(rect.x, rect.bottom - 2, rect.w, 2, p.theme.colour.focus)


class Text(Widget):
    """Wrapped rich text. `content`: a string with `**bold**`, or spans (see `text.py`).

    Spans whose style has a `link` become Link children; pressing one calls `on_link(link)`.
    `most_lines` > 0 asks for an ellipsis; otherwise text that does not fit is an overflow.
    `valign` is "top" or "middle". A `tip` makes it reachable by keyboard.
    """

    role = "text"

    def __init__(
        self,
        content: Content,
        style: TextStyle | None = None,
        align: str = "left",
        valign: str = "top",
        most_lines: int = 0,
        on_link: Callable[[str], None] | None = None,
        tip: str = "",
        key: str = "",
    ) -> None:
        super().__init__(key=key or tip, tip=tip)
        self.content, self.style = content, style
        self.align, self.valign, self.most_lines = align, valign, most_lines
        self.on_link = on_link
        self.shown: TextBlock | None = None

    def label(self) -> str:
        return plain(self.content)

    @property
    def focusable(self) -> bool:
        return bool(self.tip)  # so that the keyboard can reach what the pointer can

    def _block(self, p: Painter, width: float | None) -> TextBlock:
        return p.block(self.content, self.style or p.theme.type.body, width, self.align, self.most_lines)

    def measure(self, p: Painter, width: float) -> float:
        return self._block(p, width).height

    def natural(self, p: Painter) -> float:
        return self._block(p, None).width + 1

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        self.shown = self._block(p, rect.w)
        self.children = []
        if self.on_link:
            for link in self.shown.links:
                name, rects = self.shown.link_parts(link, rect.x, self._top())
                self.children.append(Link(link, name, rects, self.on_link))

    def _top(self) -> float:
        spare = self.rect.h - self.shown.height if self.shown and self.valign == "middle" else 0.0
        return self.rect.y + spare / 2

    def overflow(self) -> str:
        if not self.shown:
            return ""
        if self.shown.broken:
            return f"a word is wider than {self.rect.w:.0f}"
        if self.shown.height > self.rect.h + 1:
            return f"needs height {self.shown.height:.0f}, has {self.rect.h:.0f}"
        if self.shown.width > self.rect.w + 1.5:
            return f"needs width {self.shown.width:.0f}, has {self.rect.w:.0f}"
        return ""

    def draw(self, p: Painter) -> None:
        if self.shown:
            p.text(self.shown, self.rect.x, self._top())
        super().draw(p)


KEY_NAMES = {"enter": "Enter", "esc": "Esc", "space": "Space", "tab": "Tab"}


def keycap_block(p: Painter, shortcut: str, colour: Colour) -> TextBlock:
    style = p.theme.type.small.but(colour=colour, medium=True)
    return p.block(KEY_NAMES.get(shortcut, shortcut.title()), style)


def keycap_size(p: Painter, shortcut: str) -> tuple[float, float]:
    """Logical width and height of a drawn key."""
    block = keycap_block(p, shortcut, p.theme.colour.ink)
    height = block.height + 1
    return max(height, block.width + 10), height


def draw_keycap(p: Painter, shortcut: str, x: float, middle: float, colour: Colour) -> None:
    """A key with its name, its left edge at x, centred on `middle`."""
    w, h = keycap_size(p, shortcut)
    rect = Rect(x, middle - h / 2, w, h)
    p.box(rect, None, colour, edge_width=1, radius=4)
    block = keycap_block(p, shortcut, colour)
    p.text(block, rect.x + (w - block.width) / 2, rect.y + (h - block.height) / 2)


class Button(Widget):
    """`kind` is "primary" (one a screen), "normal" or "quiet" (no box until hovered).

    `shortcut` is a capital letter, a digit or a key name ("enter", "esc") and is shown as a key cap.
    A `reason` disables it; the reason is its tooltip and is spoken. `icon` names an icon before the text.
    """

    role = "button"
    interactive = True

    def __init__(
        self,
        text: str,
        on_press: Callable[[], None],
        kind: str = "normal",
        shortcut: str = "",
        icon: str = "",
        big: bool = False,
        reason: str = "",
        tip: str = "",
        key: str = "",
    ) -> None:
        super().__init__(key=key or text, tip=tip, reason=reason)
        self.caption, self.on_press, self.kind = text, on_press, kind
        self.icon, self.big = icon, big
        self._shortcut = shortcut
        self.shown: TextBlock | None = None

    @property
    def shortcut(self) -> str:
        return self._shortcut

    def label(self) -> str:
        return self.caption

    def _style(self, p: Painter) -> TextStyle:
        colours = p.theme.colour
        ink = colours.ink
        if self.reason:
            ink = colours.soft
        elif self.kind == "primary":
            ink = colours.on_red
        style = p.theme.type.button.but(colour=ink)
        return style.but(size=20) if self.big else style

    def _extras(self, p: Painter) -> float:
        """Width taken by icon, key cap and padlock."""
        width = keycap_size(p, self._shortcut)[0] + 10 if self._shortcut else 0.0
        if self.icon or self.reason:
            width += self._side(p) + 7
        return width

    def _side(self, p: Painter) -> float:
        return p.line_height(self._style(p)) * 0.8

    def _pad(self) -> float:
        return 16 if self.kind != "quiet" else 10

    def natural(self, p: Painter) -> float:
        text = p.block(self.caption, self._style(p)).width
        return max(p.theme.space.hit, text + 1 + self._extras(p) + 2 * self._pad())

    def _block(self, p: Painter, width: float) -> TextBlock:
        room = width - self._extras(p) - 2 * self._pad()
        return p.block(self.caption, self._style(p), max(1.0, room))

    def measure(self, p: Painter, width: float) -> float:
        least = p.theme.space.button * (1.25 if self.big else 1)
        return max(least, self._block(p, width).height + 14)

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        self.shown = self._block(p, rect.w)

    def overflow(self) -> str:
        if self.shown and self.shown.broken:
            return f"a word is wider than the button ({self.rect.w:.0f})"
        if self.shown and self.shown.height > self.rect.h:
            return f"needs height {self.shown.height:.0f}, has {self.rect.h:.0f}"
        return ""

    def activate(self) -> bool:
        if self.reason:
            self.say(f"{self.caption}, not available: {self.reason}")
        else:
            self.on_press()
        return True

    def draw(self, p: Painter) -> None:
        colours = p.theme.colour
        if self.reason:
            p.box(self.rect, colours.locked, colours.locked_edge, dashed=True)
        elif self.kind == "primary":
            p.box(self.rect, colours.red_hot if self.hot else colours.red, colours.gold)
        elif self.kind == "normal":
            p.box(self.rect, colours.raised if self.hot else colours.panel, colours.edge)
        elif self.hot:
            p.box(self.rect, colours.panel, colours.hairline)
        if self.pressed and not self.reason:
            p.box(self.rect, None, colours.ink, edge_width=2)
        self._draw_content(p)

    def _draw_content(self, p: Painter) -> None:
        if not self.shown:
            return
        ink = self._style(p).colour
        x = self.rect.x + (self.rect.w - self.shown.width - self._extras(p)) / 2
        middle = self.rect.centre[1]
        if self.icon or self.reason:
            side = self._side(p)
            spot = Rect(x, middle - side / 2, side, side)
            if self.reason:
                p.shape("padlock", spot, ink)
            else:
                p.icon(self.icon, spot, ink)
            x += side + 7
        p.text(self.shown, x, middle - self.shown.height / 2)
        if self._shortcut:
            draw_keycap(p, self._shortcut, x + self.shown.width + 10, middle, ink)
