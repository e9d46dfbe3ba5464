"""What floats above a screen: Modal (a Widget), tooltips, messages. Read next: `stage.py`."""

from __future__ import annotations

from collections.abc import Callable

from .layout import Rect
from .painter import Painter
from .scroll import ScrollArea
from .text import TextBlock
from .widget import Widget

MARGIN = 20.0


class Modal(Widget):
    """A dialog over a veil; keeps the focus inside until closed.

    `child` scrolls when it is taller than the window; `footer` (buttons) stays below it. Esc calls
    `on_close`; `on_close=None` makes a dialog that must be answered. `width` grows with the text scale as
    far as the window allows. `bleed=True` gives the child the whole width (a picture at the top).
    """

    role = "dialog"

    def __init__(
        self,
        child: Widget,
        name: str,
        footer: Widget | None = None,
        width: float = 560,
        on_close: Callable[[], None] | None = None,
        bleed: bool = False,
        key: str = "",
    ) -> None:
        super().__init__(key=key or name)
        self.body = ScrollArea(child, key=f"{key or name}:body")
        self.footer = footer
        self.children = [self.body, footer] if footer else [self.body]
        self.name, self.wanted, self.on_close, self.bleed = name, width, on_close, bleed

    def label(self) -> str:
        return self.name

    def _pad(self, p: Painter) -> tuple[float, float]:
        return (1.5, 1.5) if self.bleed else (p.theme.space.panel_padding, p.theme.space.padding * 1.5)

    def place(self, p: Painter, rect: Rect) -> None:
        """`rect` is the whole window; takes its own place in the middle."""
        width = min(self.wanted * p.text_scale, rect.w - 2 * MARGIN)
        across, down = self._pad(p)
        footer_across = max(across, p.theme.space.panel_padding)
        footer = self.footer.measure(p, width - 2 * footer_across) if self.footer else 0.0
        below = footer + (p.theme.space.padding * 2 if self.footer else 0.0)
        most = rect.h - 2 * MARGIN
        body = min(self.body.measure(p, width - 2 * across), most - 2 * down - below)
        self.rect = rect.centred(width, body + 2 * down + below)
        inner = self.rect.inset(across, down)
        self.body.place(p, Rect(inner.x, inner.y, inner.w, body))
        if self.footer:
            y = self.rect.bottom - p.theme.space.padding * 1.3 - footer
            self.footer.place(
                p, Rect(self.rect.x + footer_across, y, self.rect.w - 2 * footer_across, footer)
            )

    def draw(self, p: Painter) -> None:
        colours, space = p.theme.colour, p.theme.space
        p.box(self.rect, colours.paper, radius=space.modal_radius, shadow=True)
        super().draw(p)
        if self.footer:
            x, w = self.footer.rect.x, self.footer.rect.w
            if self.body.scrolls:
                p.rule(x, self.body.rect.bottom + 2, w, 1, colours.hairline)
        p.box(self.rect, None, colours.gold, 1.5, radius=space.modal_radius)


def tip_box(p: Painter, text: str, target: Rect) -> tuple[TextBlock, Rect]:
    """Where a tooltip for `target` goes: below it, or above when there is no room; always on screen."""
    style = p.theme.type.body.but(colour=p.theme.colour.bar_ink)
    room = min(320 * p.text_scale, p.area.w - 2 * MARGIN)
    block = p.block(text, style, room - 20)
    w, h = block.width + 20, block.height + 14
    x = min(max(8.0, target.x), p.area.w - w - 8)
    below, above = target.bottom + 8, target.y - h - 8
    y = below if below + h <= p.area.h - 4 or above < 4 else above
    return block, Rect(x, min(y, p.area.h - h - 4), w, h)


def message_box(p: Painter, text: str) -> tuple[TextBlock, Rect]:
    """Where a message goes: bottom middle."""
    style = p.theme.type.body.but(colour=p.theme.colour.bar_ink)
    block = p.block(text, style, min(560 * p.text_scale, p.area.w - 4 * MARGIN), "center")
    w, h = min(560 * p.text_scale, p.area.w - 4 * MARGIN) + 32, block.height + 20
    if len(block.lines) == 1:
        block = p.block(text, style)
        w = block.width + 32
    return block, Rect((p.area.w - w) / 2, p.area.h - h - 28, w, h)


def draw_note(p: Painter, block: TextBlock, rect: Rect) -> None:
    """A dark floating box with text in its middle: tooltips and messages."""
    colours = p.theme.colour
    p.box(rect, colours.float, colours.gold, radius=5, shadow=True)
    x = rect.x + (rect.w - max(block.width, 1)) / 2 if len(block.lines) == 1 else rect.x + 10
    p.text(block, x, rect.y + (rect.h - block.height) / 2)
