"""Things to set: Toggle, Card (radio, check, numbered, locked), Slider. Read next: `entry.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .layout import Rect
from .painter import Painter
from .text import Piece, TextBlock, mark
from .theme import Colour
from .widget import Key, Widget


class Toggle(Widget):
    """A switch that also says on or off. `note` is a line of explanation under the name."""

    role = "switch"
    interactive = True

    def __init__(
        self,
        name: str,
        value: bool,
        on_change: Callable[[bool], None],
        note: str = "",
        reason: str = "",
        tip: str = "",
        key: str = "",
    ) -> None:
        super().__init__(key=key or name, tip=tip, reason=reason)
        self.name, self.value, self.on_change, self.note = name, value, on_change, note
        self._shown: TextBlock | None = None

    def label(self) -> str:
        return self.name

    def state(self) -> dict[str, object]:
        return {"value": "on" if self.value else "off"}

    def _track(self, p: Painter) -> tuple[float, float]:
        return 36 * p.text_scale, 20 * p.text_scale

    def _block(self, p: Painter, width: float | None) -> TextBlock:
        kinds, word = p.theme.type, "on" if self.value else "off"
        content: list[str | Piece] = [(self.name, kinds.body.but(bold=True)), f" {word}"]
        note = self.reason or self.note
        if note:
            content += [("\n", kinds.body), (note, kinds.secondary.but(bold=bool(self.reason)))]
        room = None if width is None else max(1.0, width - self._track(p)[0] - 10)
        return p.block(content, kinds.body, room)

    def measure(self, p: Painter, width: float) -> float:
        return max(p.theme.space.hit, self._block(p, width).height + 4)

    def natural(self, p: Painter) -> float:
        return self._block(p, None).width + self._track(p)[0] + 11

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        self._shown = self._block(p, rect.w)

    def overflow(self) -> str:
        too_tall = self._shown and self._shown.height > self.rect.h + 1
        return "text does not fit" if self._shown and (self._shown.broken or too_tall) else ""

    def activate(self) -> bool:
        if self.reason:
            self.say(f"{self.name}, not available: {self.reason}")
            return True
        self.value = not self.value
        self.resized()
        self.say(f"{self.name} {'on' if self.value else 'off'}")
        self.on_change(self.value)
        return True

    def draw(self, p: Painter) -> None:
        if not self._shown:
            return
        colours = p.theme.colour
        w, h = self._track(p)
        track = Rect(self.rect.x, self.rect.y + (self.rect.h - h) / 2, w, h)
        edge = colours.focus if self.hot else colours.edge
        p.box(
            track, colours.far if self.value else colours.panel, edge, radius=h / 2, dashed=bool(self.reason)
        )
        knob = track.right - h / 2 if self.value else track.x + h / 2
        p.circle(knob, track.centre[1], h * 0.34, colours.raised if self.value else colours.soft)
        p.text(self._shown, track.right + 10, self.rect.y + (self.rect.h - self._shown.height) / 2)


class Card(Widget):
    """A pressable card around any child, as tall as the child needs.

    `kind`: "radio" (disc at the left), "check" (box at the top right), "plain" (only the border), or "number"
    (a disc with its `shortcut` at the left). A chosen card has a blue border, a lighter fill, a shadow and a
    tick; `badge` is written beside the tick ("1 of 2"). A `reason` locks it: dashed border, padlock, and the
    reason in bold below the child. The caller sets `chosen` by rebuilding or by assigning and `changed()`.
    `bleed=True` gives the child the whole card, for a picture at the top.
    """

    interactive = True

    def __init__(
        self,
        child: Widget,
        name: str,
        on_press: Callable[[], None],
        kind: str = "radio",
        chosen: bool = False,
        badge: str = "",
        shortcut: str = "",
        reason: str = "",
        bleed: bool = False,
        tip: str = "",
        key: str = "",
    ) -> None:
        super().__init__(key=key or name, tip=tip, reason=reason)
        self.children = [child]
        self.name, self.on_press, self.kind, self.chosen = name, on_press, kind, chosen
        self.badge, self.bleed = badge, bleed
        self._shortcut = shortcut
        self._why: TextBlock | None = None

    @property
    def role(self) -> str:  # type: ignore[override]
        return {"radio": "radio", "check": "checkbox"}.get(self.kind, "option")

    @property
    def shortcut(self) -> str:
        return self._shortcut

    def label(self) -> str:
        return self.name

    def state(self) -> dict[str, object]:
        return {"chosen": "yes" if self.chosen else "no"}

    # The child's place: padding, room for the disc at the left, room for the mark at the right.

    def _insets(self, p: Painter) -> tuple[float, float, float]:
        pad = 0.0 if self.bleed else p.theme.space.padding
        left = {"radio": 26.0, "number": 38.0}.get(self.kind, 0.0) * p.text_scale
        right = 26.0 * p.text_scale if (self.kind == "check" or self.reason) and not self.bleed else 0.0
        return pad + left, pad + right, pad

    def _reason_block(self, p: Painter, width: float) -> TextBlock | None:
        if not self.reason:
            return None
        left, right, pad = self._insets(p)
        inset = max(pad, p.theme.space.padding)
        style = p.theme.type.secondary.but(bold=True, colour=p.theme.colour.red)
        return p.block(self.reason, style, max(1.0, width - max(left, inset) - max(right, inset)))

    def measure(self, p: Painter, width: float) -> float:
        left, right, pad = self._insets(p)
        inner = self.children[0].measure(p, max(1.0, width - left - right))
        why = self._reason_block(p, width)
        below = why.height + 4 + (p.theme.space.padding - pad) if why else 0.0
        tab = self._tab(p)[1] if self.badge and not self.bleed else 0.0
        return max(p.theme.space.hit, inner + 2 * pad + below + tab * 0.5)

    def natural(self, p: Painter) -> float:
        left, right, _ = self._insets(p)
        return self.children[0].natural(p) + left + right

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        left, right, pad = self._insets(p)
        tab = self._tab(p)[1] * 0.5 if self.badge and not self.bleed else 0.0
        inner = max(1.0, rect.w - left - right)
        height = self.children[0].measure(p, inner)
        self._why = self._reason_block(p, rect.w)
        if not self._why and not self.bleed:
            height = max(height, rect.h - 2 * pad - tab)
        self.children[0].place(p, Rect(rect.x + left, rect.y + pad + tab, inner, height))

    def overflow(self) -> str:
        return "a word of the reason is too wide" if self._why and self._why.broken else ""

    def activate(self) -> bool:
        if self.reason:
            self.say(f"{self.name}, not available: {self.reason}")
        else:
            self.on_press()
        return True

    def draw(self, p: Painter) -> None:
        colours, space = p.theme.colour, p.theme.space
        if self.reason:
            p.box(self.rect, colours.locked, colours.locked_edge, 1.2, dashed=True)
        elif self.chosen:
            p.box(self.rect, colours.raised, shadow=True)
        else:
            p.box(self.rect, colours.raised if self.hot else colours.panel, colours.edge)
        super().draw(p)
        if self.chosen:
            p.box(self.rect, None, colours.focus, space.chosen_edge)
        if self._why:
            left = self.children[0].rect.x if not self.bleed else self.rect.x + space.padding
            p.text(self._why, left, self.rect.bottom - space.padding - self._why.height)
        self._draw_mark(p)

    def _draw_mark(self, p: Painter) -> None:
        colours, size = p.theme.colour, 18 * p.text_scale
        pad = p.theme.space.padding
        corner = Rect(self.rect.right - pad - size + 2, self.rect.y + pad - 1, size, size)
        if self.kind == "number":
            self._draw_number(p)
        if self.reason:
            p.shape("padlock", corner, colours.soft)
        elif self.kind == "check":
            p.box(corner, colours.focus if self.chosen else colours.raised, colours.ink, 1.2, radius=3)
            if self.chosen:
                p.box(corner, colours.focus, radius=3)
                p.shape("tick", corner.inset(2), colours.on_blue)
        elif self.kind == "radio":
            _draw_radio(p, self.rect.x + pad + size / 2 - 1, self._first_line(p), size, self.chosen)
        if self.chosen and not self.reason and (self.kind in ("plain", "number") or self.badge):
            self._draw_tab(p)

    def _first_line(self, p: Painter) -> float:
        return self.children[0].rect.y + p.line_height(p.theme.type.card_title) / 2

    def _draw_number(self, p: Painter) -> None:
        colours = p.theme.colour
        radius = 13 * p.text_scale
        x = self.rect.x + p.theme.space.padding + radius - 1
        y = self.rect.centre[1]
        ground = colours.soft if self.reason else colours.focus if self.chosen else colours.red
        p.circle(x, y, radius, ground)
        block = p.block(self._shortcut, p.theme.type.body.but(bold=True, colour=colours.on_red))
        p.text(block, x - block.width / 2, y - block.height / 2)

    def _tab(self, p: Painter) -> tuple[TextBlock, float]:
        style = p.theme.type.small.but(bold=True, colour=p.theme.colour.on_blue)
        block = p.block([mark("tick", style), (f" {self.badge}".rstrip(), style)], style)
        return block, block.height + 4

    def _draw_tab(self, p: Painter) -> None:
        """The blue tab at the top right with a tick and the badge."""
        block, height = self._tab(p)
        width = block.width + 14
        spot = Rect(self.rect.right - width, self.rect.y, width, height)
        p.box(spot, p.theme.colour.focus, radius=p.theme.space.radius, corners=(False, True, True, False))
        p.text(block, spot.x + 7, spot.y + 2)


def _draw_radio(p: Painter, x: float, y: float, size: float, chosen: bool) -> None:
    colours = p.theme.colour
    if not chosen:
        p.circle(x, y, size * 0.46, colours.raised, colours.ink, 1.2)
        return
    p.circle(x, y, size * 0.5, colours.focus)
    side = size * 0.66
    p.shape("tick", Rect(x - side / 2, y - side / 2, side, side), colours.on_blue)


class Slider(Widget):
    """A stepped lever. `steps` are the values in words; `now` is the index in force, `index` the new one.

    Left, right, Home, End, drag and click move it; `on_change(index)` is called at each step. The value in
    force keeps a marker above the groove, and the part between is filled. `bare=True` draws only the groove,
    for a screen that writes name and values itself. A `reason` locks it.
    """

    role = "slider"
    interactive = True

    def __init__(
        self,
        name: str,
        steps: Sequence[str],
        index: int,
        on_change: Callable[[int], None],
        now: int | None = None,
        bare: bool = False,
        reason: str = "",
        tip: str = "",
        key: str = "",
    ) -> None:
        super().__init__(key=key or name, tip=tip, reason=reason)
        if not 0 <= index < len(steps):
            raise ValueError(f"{name}: index {index} of {len(steps)} steps")
        self.name, self.steps, self.index, self.on_change = name, list(steps), index, on_change
        self.now = index if now is None else now
        self.bare = bare
        self._texts: tuple[TextBlock, TextBlock] | None = None

    def label(self) -> str:
        return self.name

    def state(self) -> dict[str, object]:
        state: dict[str, object] = {"value": self.steps[self.index]}
        return state | ({"now": self.steps[self.now]} if self.now != self.index else {})

    def _head(self, p: Painter, width: float) -> tuple[TextBlock, TextBlock]:
        kinds, red = p.theme.type, p.theme.colour.red
        new = self.steps[self.index]
        if self.index == self.now:
            value: list[Piece] = [(f"{new}, unchanged", kinds.secondary)]
        else:
            arrow = mark("arrow", kinds.body)
            space = (" ", kinds.body)
            bold = kinds.body.but(bold=True, colour=red)
            value = [(self.steps[self.now], kinds.secondary), space, arrow, space, (new, bold)]
        if self.reason:
            value = [(self.reason, kinds.secondary.but(bold=True, colour=red))]
        return p.block(self.name, kinds.body.but(bold=True), width), p.block(value, kinds.body, width)

    def _groove_height(self, p: Painter) -> float:
        return max(p.theme.space.hit, 34 * p.text_scale)

    def measure(self, p: Painter, width: float) -> float:
        head = 0.0 if self.bare else sum(block.height for block in self._head(p, width))
        return head + self._groove_height(p)

    def natural(self, p: Painter) -> float:
        return 160 * p.text_scale

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        self._texts = None if self.bare else self._head(p, rect.w)

    def overflow(self) -> str:
        return "a word is too wide" if self._texts and any(t.broken for t in self._texts) else ""

    def _ends(self) -> tuple[float, float]:
        return self.rect.x + 14, self.rect.right - 14

    def _at(self, index: int) -> float:
        left, right = self._ends()
        return left + (right - left) * index / max(1, len(self.steps) - 1)

    def _set(self, index: int) -> None:
        index = min(len(self.steps) - 1, max(0, index))
        if index != self.index:
            self.index = index
            self.resized()
            self.say(self.steps[index])
            self.on_change(index)

    def activate(self) -> bool:
        if self.reason:
            self.say(f"{self.name}, not available: {self.reason}")
        return bool(self.reason)

    def on_key(self, key: Key) -> bool:
        moves = {"left": self.index - 1, "right": self.index + 1, "home": 0, "end": len(self.steps) - 1}
        if key.name not in moves:
            return False
        if self.reason:
            return self.activate()
        self._set(moves[key.name])
        return True

    def on_pointer(self, kind: str, x: float, y: float) -> bool:
        if self.reason:
            return False
        if kind != "up":
            left, right = self._ends()
            self._set(round((x - left) / max(1.0, right - left) * (len(self.steps) - 1)))
        return True

    def draw(self, p: Painter) -> None:
        y = self.rect.y
        if self._texts:
            for block in self._texts:
                p.text(block, self.rect.x, y)
                y += block.height
        self._draw_groove(p, y + self._groove_height(p) * 0.6)

    def _draw_groove(self, p: Painter, y: float) -> None:
        colours = p.theme.colour
        left, right = self._ends()
        groove = Rect(left - 6, y - 3, right - left + 12, 6)
        p.box(groove, colours.panel, colours.edge, radius=3)
        for k in range(len(self.steps) if len(self.steps) <= 25 else 0):
            p.rule(self._at(k) - 0.5, y + 6, 1, 4, colours.edge)
        changed = self.index != self.now
        if changed:
            low, high = sorted((self._at(self.index), self._at(self.now)))
            p.rule(low, y - 2, high - low, 4, colours.gold)
        spot = self._at(self.now)
        knob: Colour = colours.red if changed else colours.raised
        if self.reason:
            p.shape("padlock", Rect(spot - 9, y - 9, 18, 18), colours.soft)
            return
        p.shape("down", Rect(spot - 5, y - 19, 10, 10), colours.soft)
        edge = colours.focus if self.hot or self.pressed else (colours.red if changed else colours.ink)
        p.circle(self._at(self.index), y, 10, colours.raised, edge, 1)
        p.circle(self._at(self.index), y, 8, knob)
        bars = colours.on_red if changed else colours.ink
        for dx in (-2.2, 1.0):
            p.rule(self._at(self.index) + dx, y - 3.5, 1.2, 7, bars)
