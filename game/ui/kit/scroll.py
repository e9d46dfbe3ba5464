"""ScrollArea: a window onto a taller child. Wheel, drag, Page Up and Down; the focused child stays visible.

Children are shifted, not clipped away from layout: their rects are always where they appear.
Read next: `overlay.py`.
"""

from __future__ import annotations

from .layout import Rect
from .painter import Painter
from .widget import Key, Widget

BAR = 10.0  # logical px kept free at the right for the scroll bar
LINE = 48.0  # logical px for one notch of the wheel or one arrow key


class ScrollArea(Widget):
    """`most` limits the height it asks for; inside a fixed rect it takes what it gets.

    It takes focus only when it scrolls and holds nothing that can: then the arrow keys scroll it.
    """

    role = "scroll area"

    def __init__(self, child: Widget, name: str = "", most: float | None = None, key: str = "") -> None:
        super().__init__(key=key or name)
        self.children = [child]
        self.name, self.most = name, most
        self.offset = 0.0
        self._content = 0.0
        self._grip: float | None = None

    def label(self) -> str:
        return self.name

    @property
    def focusable(self) -> bool:
        return self.scrolls and not any(w.focusable for w in self.children[0].walk())

    @property
    def scrolls(self) -> bool:
        return self._content > self.rect.h + 0.5

    @property
    def furthest(self) -> float:
        return max(0.0, self._content - self.rect.h)

    def measure(self, p: Painter, width: float) -> float:
        whole = self.children[0].measure(p, width)
        if self.most is None or whole <= self.most:
            return whole
        return self.most

    def natural(self, p: Painter) -> float:
        return self.children[0].natural(p) + BAR

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        child, width = self.children[0], rect.w
        self._content = child.measure(p, width)
        if self.scrolls:
            width -= BAR
            self._content = child.measure(p, width)
        self.offset = min(max(0.0, self.offset), self.furthest)
        child.place(p, Rect(rect.x, rect.y - self.offset, width, max(self._content, rect.h)))

    def adopt(self, old: Widget) -> None:
        if isinstance(old, ScrollArea):
            self.offset, self._grip = old.offset, old._grip

    def scroll_to(self, offset: float) -> bool:
        """Moves the child; True when that changed anything."""
        offset = min(max(0.0, offset), self.furthest)
        moved = self.offset - offset
        if not moved:
            return False
        self.offset = offset
        self.children[0].shift(0, moved)
        self.changed()
        return True

    def reveal(self, rect: Rect) -> None:
        """Scrolls as little as possible to show `rect` (screen coordinates) with a margin for its ring."""
        rect = rect.grow(8)
        if rect.y < self.rect.y or rect.h > self.rect.h:
            self.scroll_to(self.offset + rect.y - self.rect.y)
        elif rect.bottom > self.rect.bottom:
            self.scroll_to(self.offset + rect.bottom - self.rect.bottom)

    def wheel(self, notches: float) -> bool:
        return self.scroll_to(self.offset - notches * LINE)

    def on_key(self, key: Key) -> bool:
        """Also called for a focused child that did not use the key."""
        page = self.rect.h * 0.9
        steps = {"page up": -page, "page down": page}
        if self.focused:
            steps |= {"up": -LINE, "down": LINE, "home": -self._content, "end": self._content}
        return key.name in steps and self.scroll_to(self.offset + steps[key.name])

    def on_pointer(self, kind: str, x: float, y: float) -> bool:
        """The thumb follows the pointer; elsewhere the content does."""
        if not self.scrolls:
            return False
        on_bar = x >= self.rect.right - BAR
        if kind == "down":
            self._grip = y
            if on_bar and not self._thumb().contains(x, y):
                self.scroll_to((y - self.rect.y) / self.rect.h * self._content - self.rect.h / 2)
            self._dragging_bar = on_bar
        elif kind == "drag" and self._grip is not None:
            by = y - self._grip
            self._grip = y
            self.scroll_to(self.offset + (by * self._content / self.rect.h if self._dragging_bar else -by))
        else:
            self._grip = None
        return True

    _dragging_bar = False

    def _thumb(self) -> Rect:
        height = max(24.0, self.rect.h * self.rect.h / max(1.0, self._content))
        y = self.rect.y + (self.rect.h - height) * (self.offset / self.furthest if self.furthest else 0)
        return Rect(self.rect.right - BAR, y, BAR, height)

    def draw(self, p: Painter) -> None:
        # The margin at the sides leaves room for focus rings and shadows of children.
        view = Rect(self.rect.x - 6, self.rect.y, self.rect.w + 12, self.rect.h)
        with p.clip(view):
            super().draw(p)
        if self.scrolls:
            colours = p.theme.colour
            thumb = self._thumb()
            p.rule(self.rect.right - 5, self.rect.y, 1, self.rect.h, colours.hairline)
            p.box(Rect(thumb.right - 7, thumb.y, 5, thumb.h), colours.edge, radius=2.5)
