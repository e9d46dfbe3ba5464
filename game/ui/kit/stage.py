"""Stage: holds a screen's widgets, hands them events, keeps the focus, and redraws only what changed.

It owns no loop and never touches the display. A main loop calls `handle(event)` for each event, `tick(ms)`
about 20 times a second (60 while `busy`), and `draw(surface)` when `dirty`, then updates the returned rects.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pygame

from .clipboard import Clipboard
from .inspection import areas_for_keys, by_identity, find, overflows, successor, target_at
from .layout import Rect
from .navigation import ARROWS, key_of, neighbour
from .notes import Notes
from .overlay import Modal
from .painter import Painter
from .scroll import ScrollArea
from .theme import THEME, Theme
from .widget import Key, Widget

MARGIN = 24  # logical px around a changed widget: shadow and focus ring


class Stage:
    """The screen that is shown now, and the dialogs above it.

    `size`: window in device px. `assets`: folder with fonts/, icons/, pictures/. `say(text)` is called
    with what speech should say. `clipboard` needs `get()` and `put(text)`.
    """

    def __init__(
        self,
        size: tuple[int, int],
        assets: Path | None = None,
        theme: Theme = THEME,
        text_scale: float = 1.0,
        say: Callable[[str], None] | None = None,
        clipboard: Clipboard | None = None,
    ) -> None:
        self.painter = Painter(size, assets, theme, text_scale)
        self.say = say
        self.clipboard = clipboard or Clipboard()
        self.layers: list[Widget] = []
        self.focus: Widget | None = None
        self.focus_visible = False
        self.hover: Widget | None = None
        self.captured: Widget | None = None
        self._returns: list[Widget | None] = []  # the focus to give back when a dialog closes
        self._lively: list[Widget] = []  # those that can ever move, so that idling need not look at every widget
        self._pointer = (0.0, 0.0)
        self._used_pointer = False
        self._skip_letter = False  # the letter of a key that has just led into a text field
        self._stale = True
        self._dirty: list[Rect] = []
        self.notes = Notes(self.painter, self.invalidate)

    # -- screens and dialogs

    def show(self, root: Widget, focus: str = "") -> None:
        """Puts up a screen, or a rebuilt version of the present one.

        Focus, scroll and caret carry over by key. `focus` is the key of the widget to focus.
        """
        self._replace(0, root)
        if focus:
            self.focus_on(focus)

    def open(self, modal: Modal, focus: str = "") -> None:
        """Opens a dialog, or replaces the open one of the same key."""
        for k, layer in enumerate(self.layers[1:], 1):
            if layer.key == modal.key:
                self._replace(k, modal)
                if focus:
                    self.focus_on(focus)
                return
        if not self.layers:
            raise ValueError("show a screen before opening a dialog")
        self._returns.append(self.focus)
        self._replace(len(self.layers), modal)
        self.speak(modal.label())
        wanted = self._by_key(focus) if focus else None
        self.set_focus(wanted or next(iter(self.focus_order()), None), visible=self.focus_visible)

    def close(self) -> None:
        """Closes the topmost dialog and gives the focus back."""
        if len(self.layers) > 1:
            self.layers.pop()
            self.relayout()
            self._settle()
            back = successor(self._returns.pop(), by_identity(self.top))
            self.set_focus(back, visible=self.focus_visible)

    def _replace(self, index: int, root: Widget) -> None:
        if index < len(self.layers):
            old = by_identity(self.layers[index])
            for identity, widget in by_identity(root).items():
                before = old.get(identity)
                if before is not None and type(before) is type(widget):
                    widget.adopt(before)
            self.layers[index] = root
        else:
            self.layers.append(root)
        self.relayout()
        self._settle()

    def _settle(self) -> None:
        """Lays out if needed and lets focus, hover and capture follow their keys into new widgets."""
        if not self._stale or not self.layers:
            return
        self._stale = False
        self._dirty = [self.painter.area]
        for layer in self.layers:
            layer.place(self.painter, self.painter.area)
            self._adopt_tree(layer)
        self._lively = [w for layer in self.layers for w in layer.walk() if type(w).tick is not Widget.tick]
        present = by_identity(self.top)
        for identity, widget in present.items():
            widget.identity = identity
        self.focus, self.hover, self.captured, self.notes.tip = (
            successor(w, present) for w in (self.focus, self.hover, self.captured, self.notes.tip)
        )

    def _adopt_tree(self, widget: Widget) -> None:
        widget.stage = self
        for child in widget.children:
            child.parent = widget
            self._adopt_tree(child)

    def _by_key(self, key: str) -> Widget | None:
        return next((w for w in self.top.walk() if key and w.key == key), None)

    @property
    def top(self) -> Widget:
        """The screen, or the topmost dialog."""
        return self.layers[-1]

    # -- size

    def resize(self, size: tuple[int, int], text_scale: float | None = None) -> None:
        """A new window size in device px, a new text scale (1..2), or both."""
        self.painter.resize(size, self.painter.text_scale if text_scale is None else text_scale)
        self.relayout()

    def relayout(self) -> None:
        """Something changed its size: place everything anew before the next event or frame."""
        self._stale = True

    # -- drawing

    @property
    def dirty(self) -> bool:
        return self._stale or bool(self._dirty)

    @property
    def busy(self) -> bool:
        """Something moves: tick at 60 Hz."""
        self._settle()
        return any(widget.animating for widget in self._lively)

    def invalidate(self, rect: Rect) -> None:
        rect = rect.grow(MARGIN)
        apart = [other for other in self._dirty if not other.overlaps(rect)]
        for other in self._dirty:
            if other.overlaps(rect):
                rect = rect.union(other)
        self._dirty = [*apart, rect]

    def draw(self, surface: pygame.Surface) -> list[pygame.Rect]:
        """Redraws what changed; returns those rects in device px."""
        self._settle()
        p = self.painter
        p.surface = surface
        changed, self._dirty = [p.device(rect).clip(surface.get_rect()) for rect in self._dirty], []
        for rect in changed:
            surface.set_clip(rect)
            self._paint()
        surface.set_clip(None)
        return changed

    def _paint(self) -> None:
        p = self.painter
        p.fill(p.area, p.theme.colour.paper)
        for k, layer in enumerate(self.layers):
            if k:
                p.shade(p.area, p.theme.colour.veil)
            layer.paint(p)
        if self.focus and self.focus_visible:
            self._draw_ring(self.focus)
        self.notes.draw()

    def _draw_ring(self, widget: Widget) -> None:
        space, colours = self.painter.theme.space, self.painter.theme.colour
        views = [a.rect.grow(8) for a in widget.ancestors() if isinstance(a, ScrollArea)]
        with contextlib.ExitStack() as stack:
            for view in views:
                stack.enter_context(self.painter.clip(view))
            rects = widget.hit_rects() if len(widget.hit_rects()) > 1 else [widget.ring_rect()]
            for rect in rects:
                ring = rect.grow(space.ring_gap + space.ring)
                # A pale line on both sides keeps the ring visible on dark and on blue grounds.
                self.painter.box(ring.grow(1), None, colours.raised, space.ring + 2, space.radius + 6)
                self.painter.box(ring, None, colours.focus, space.ring, space.radius + 5)

    # -- speech, messages, time

    def notify(self, text: str) -> None:
        """Shows and speaks a line at the bottom for a few seconds; "" takes it away."""
        self.notes.notify(text)
        self.speak(text)

    def speak(self, text: str) -> None:
        if self.say and text:
            self.say(text)

    def tick(self, now: float) -> None:
        """`now` in ms, from any clock that only goes forward."""
        self._settle()
        focus = self.focus if self.focus_visible else None
        self.notes.tick(now, self.hover if self._used_pointer else focus)
        for widget in self._lively:
            if widget.animating:
                widget.tick(now)

    # -- focus

    def focus_order(self) -> list[Widget]:
        """All that take the focus, in reading order; only the topmost dialog counts."""
        self._settle()
        return [w for w in self.top.walk() if w.focusable] if self.layers else []

    def set_focus(self, widget: Widget | None, visible: bool = True) -> None:
        before = self.focus
        self.focus, self.focus_visible = widget, visible
        for each in (before, widget):
            if each:
                self.invalidate(each.rect)
        if widget is before:
            return
        if before and before.role == "text field":
            pygame.key.stop_text_input()
        if widget is None:
            return
        if visible:
            for area in widget.ancestors():
                if isinstance(area, ScrollArea):
                    area.reveal(widget.rect)
        self.notes.stirred()
        if widget.role == "text field":
            pygame.key.start_text_input()
            pygame.key.set_text_input_rect(self.painter.device(widget.ring_rect()))
        self.speak(widget.says())

    def focus_on(self, key: str) -> None:
        """Focuses the widget with that key; LookupError if there is none."""
        self._settle()
        widget = self._by_key(key)
        if widget is None:
            raise LookupError(f"no widget with key {key!r}")
        self.set_focus(widget)

    def _step_focus(self, by: int) -> bool:
        order = self.focus_order()
        if not order:
            return False
        if self.focus in order:
            self.set_focus(order[(order.index(self.focus) + by) % len(order)])
        else:
            self.set_focus(order[0 if by > 0 else -1])
        return True

    def _arrow(self, direction: str) -> bool:
        order = self.focus_order()
        if self.focus not in order:
            return self._step_focus(1)
        others = [w for w in order if w is not self.focus]
        found = neighbour(self.focus.rect, [w.rect for w in others], direction)
        if found is not None:
            self.set_focus(others[found])
        return found is not None

    # -- events

    def handle(self, event: pygame.event.Event) -> bool:
        """Hands one pygame event to the widgets; whether any of them used it."""
        self._settle()
        if not self.layers:
            return False
        if event.type == pygame.KEYDOWN:
            wrote = _writes(self.focus)
            used = self._on_key(key_of(event))
            letter = getattr(event, "unicode", "").isprintable() and event.unicode != ""
            self._skip_letter = letter and not wrote and _writes(self.focus)
            return used
        if event.type == pygame.TEXTINPUT and self._skip_letter:
            self._skip_letter = False
            return False
        if event.type in (pygame.TEXTINPUT, pygame.TEXTEDITING):
            return self.focus is not None and self.focus.on_text(event)
        if event.type == pygame.MOUSEWHEEL:
            return self._on_wheel(getattr(event, "precise_y", event.y))
        if event.type in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            self._pointer = (event.pos[0] / self.painter.scale, event.pos[1] / self.painter.scale)
            if event.type == pygame.MOUSEMOTION:
                return self._on_move(*self._pointer)
            if event.button == 1:
                down = event.type == pygame.MOUSEBUTTONDOWN
                return self._on_down(*self._pointer) if down else self._on_up(*self._pointer)
        return False

    def _on_key(self, key: Key) -> bool:
        self._used_pointer = False
        if key.name == "F1" and self.focus and self.focus_visible and (self.focus.tip or self.focus.reason):
            shown = self.notes.tip is self.focus
            self.notes.show_tip(None if shown else self.focus)
            self.speak("" if shown else self.focus.reason or self.focus.tip)
            return True
        if key.name == "esc" and self.notes.tip:
            self.notes.show_tip(None)  # and go on: who presses Esc wants to leave, whether or not a tip has come up
        if self.focus and self.focus.on_key(key):
            return True
        if key.ctrl:
            return False
        if key.name == "tab":
            return self._step_focus(-1 if key.shift else 1)
        if key.name in ARROWS:
            return self._arrow(key.name) or any(area.on_key(key) for area in self._areas())
        if key.name in ("enter", "space"):
            return self._on_enter(key.name)
        if self._press_shortcut(key.name):
            return True
        if key.name == "esc" and isinstance(self.top, Modal):
            if self.top.on_close:
                self.top.on_close()
            return True
        return any(area.on_key(key) for area in self._areas())

    def _on_enter(self, name: str) -> bool:
        """The focused widget goes first where its ring can be seen; otherwise the shortcut does.

        As in any form, Enter on a box that is ticked does not untick it but goes on; Space does that.
        """
        ticked = self.focus is not None and self.focus.state().get("chosen") == "yes"
        if name == "enter" and ticked and self._press_shortcut(name):
            return True
        if self.focus and self.focus_visible and self.focus.activate():
            return True
        if self._press_shortcut(name):
            return True
        return bool(self.focus) and self.focus.activate()

    def _press_shortcut(self, name: str) -> bool:
        for widget in self.top.walk():
            if widget.shortcut and widget.shortcut.lower() == name.lower():
                return widget.activate()
        return False

    def _areas(self) -> list[ScrollArea]:
        return areas_for_keys(self.top, self.focus, *self._pointer)

    def _on_wheel(self, notches: float) -> bool:
        under = [w for w in self.top.walk() if isinstance(w, ScrollArea) and w.rect.contains(*self._pointer)]
        used = any(area.wheel(notches) for area in reversed(under))
        if used:
            self._on_move(*self._pointer)
        return used

    # -- pointer

    def at(self, x: float, y: float) -> Widget | None:
        """What a click at x, y (logical px) would reach."""
        return target_at(self.top, x, y, self.painter.theme.space.hit)

    def _on_move(self, x: float, y: float) -> bool:
        if self.captured:
            return self.captured.on_pointer("drag", x, y)
        under = self.at(x, y)
        if under is not self.hover:
            for each in (self.hover, under):
                if each:
                    self.invalidate(each.rect)
            self.hover = under
            self._used_pointer = True
            self.notes.stirred()
        return under is not None

    def _on_down(self, x: float, y: float) -> bool:
        self._on_move(x, y)
        self.notes.show_tip(None)
        target = self.at(x, y)
        if self.focus and self.focus.role == "text field" and target is not self.focus:
            self.set_focus(None)
        if target is None:
            return isinstance(self.top, Modal)
        if target.interactive:
            self.set_focus(target, visible=target.role == "text field")
        self.captured = target
        self.invalidate(target.rect)
        target.on_pointer("down", x, y)
        return True

    def _on_up(self, x: float, y: float) -> bool:
        target, self.captured = self.captured, None
        if target is None:
            return False
        self.invalidate(target.rect)
        if not target.on_pointer("up", x, y) and self.at(x, y) is target:
            target.activate()
        self._settle()
        self._on_move(x, y)
        return True

    # -- for tests and speech

    def tree(self) -> list[dict[str, object]]:
        """Labels, roles, states and rects of all layers as plain data."""
        self._settle()
        return [entry for layer in self.layers for entry in layer.dump()]

    def find(self, role: str, label: str) -> Widget:
        """The first widget of the top layer with that role and label (or a label beginning so)."""
        self._settle()
        return find(self.top, role, label)

    def overflows(self) -> list[str]:
        """Every text that does not fit, and every child that sticks out of its parent or the window."""
        self._settle()
        return [line for layer in self.layers for line in overflows(layer, self.painter.area)]


def _writes(widget: Widget | None) -> bool:
    return widget is not None and widget.role == "text field"
