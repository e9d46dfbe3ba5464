"""What appears by itself above a screen: the tooltip and the message line. The Stage owns one Notes.

Times are milliseconds of the clock that the caller of `tick` uses. Read next: `stage.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from .layout import Rect
from .overlay import draw_note, message_box, tip_box
from .painter import Painter
from .widget import Widget

TIP_DELAY = 500  # of rest before a tooltip
MESSAGE_TIME = 5000


class Notes:
    """`invalidate(rect)` is called for whatever must be redrawn."""

    def __init__(self, painter: Painter, invalidate: Callable[[Rect], None]) -> None:
        self._p, self._invalidate = painter, invalidate
        self.message = ""
        self.tip: Widget | None = None
        self._now: float | None = None
        self._rest_ends: float | None = None  # when a tooltip is due
        self._message_ends = 0.0

    def show_tip(self, widget: Widget | None) -> None:
        """Shows the tip (or the reason) of a widget at once; None takes it away."""
        if widget and not (widget.tip or widget.reason):
            widget = None
        if widget is self.tip:
            return
        for each in (self.tip, widget):
            if each:
                self._invalidate(self._tip_box(each)[1])
        self.tip = widget

    def stirred(self) -> None:
        """The pointer or the focus moved: hide the tooltip, wait anew."""
        self.show_tip(None)
        self._rest_ends = (self._now or 0.0) + TIP_DELAY

    def notify(self, text: str) -> None:
        for each in (self.message, text):
            if each:
                self._invalidate(message_box(self._p, each)[1])
        self.message = text
        self._message_ends = (self._now or 0.0) + MESSAGE_TIME

    def tick(self, now: float, resting: Widget | None) -> None:
        """`resting` is the widget whose tip is due once nothing has stirred for a while."""
        if self._now is None:  # what came before the first tick starts counting now
            self._message_ends += now
            self._rest_ends = None if self._rest_ends is None else self._rest_ends + now
        self._now = now
        if self.message and now >= self._message_ends:
            self.notify("")
        if self._rest_ends is not None and now >= self._rest_ends:
            self._rest_ends = None
            self.show_tip(resting)

    def draw(self) -> None:
        if self.tip:
            draw_note(self._p, *self._tip_box(self.tip))
        if self.message:
            draw_note(self._p, *message_box(self._p, self.message))

    def _tip_box(self, widget: Widget) -> tuple:
        return tip_box(self._p, widget.reason or widget.tip, widget.rect)
