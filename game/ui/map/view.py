"""The map as a widget: the base picture, the flows above it, and a word for whatever is under pointer or focus."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pygame

from game.ui.kit import THEME, Key, Painter, Rect, Widget, mark
from game.ui.map.base import Base, BaseMaps
from game.ui.map.flows import Arrow, arrow_between, stripes
from game.ui.map.labels import near, place_tag

if TYPE_CHECKING:
    from game.view.pages import FlowLine

C, T = THEME.colour, THEME.type
SIDE = {"russia": ("square", C.north), "china": ("triangle", C.south), "third": ("circle", C.far),
        "home": ("house", C.home), "world": ("diamond", C.soft)}
MOVING = 2000.0  # ms that a flow moves after it has changed
OVERLAY = (288.0, 340.0, 400.0)  # logical px: widths of what lies on the map's corner
HINT = "Left and right go through flows and places; Enter shows the causes of a flow."
LEADER = 14.0  # logical px from which a line joins a tag and its arrow
NOTHING = 0.004  # share below which a flow is not drawn
KIND_WORDS = {"capital": "the capital", "town": "a town", "mine": "a mine", "border": "a border crossing",
              "port": "a port", "foreign": "a town abroad", "foreigncap": "a capital abroad"}


class Spot(Widget):
    """A place or a flow that says what it is. The keyboard reaches it through the map."""

    role = "place"

    def __init__(self, name: str, tip: str, key: str) -> None:
        super().__init__(key=key, tip=tip)
        self.name = name
        self.hits: list[Rect] = []

    @property
    def focusable(self) -> bool:
        return False

    def label(self) -> str:
        return self.name

    def shift(self, dx: float, dy: float) -> None:
        super().shift(dx, dy)
        self.hits = [rect.shift(dx, dy) for rect in self.hits]

    def hit_rects(self) -> list[Rect]:
        return self.hits

    def draw(self, p: Painter) -> None:
        if self.hot:
            p.box(self.rect.grow(3), None, C.focus, 1.6, radius=self.rect.h)


class FlowSpot(Spot):
    """A flow's arrow and its tag; pressing it asks why."""

    role = "flow"
    interactive = True

    def __init__(self, flow: FlowLine, on_press: Callable[[], None]) -> None:
        super().__init__(flow.label, flow.text, f"flow:{flow.id}")
        self.flow, self.on_press = flow, on_press
        self.arrow: Arrow | None = None
        self.tag: Rect | None = None

    def state(self) -> dict[str, object]:
        return {"value": self.flow.text}

    def shift(self, dx: float, dy: float) -> None:
        super().shift(dx, dy)
        self.tag = self.tag.shift(dx, dy) if self.tag else None

    def activate(self) -> bool:
        self.on_press()
        return True

    def draw(self, p: Painter) -> None:
        """Its tag; the map draws the arrow, below all tags."""
        if self.tag is None:
            return
        block = p.block(tag_spans(self.flow), T.small)
        self._draw_leader(p, self.tag)
        edge = SIDE.get(self.flow.side, SIDE["world"])[1]
        p.box(self.tag, C.raised if self.hot else C.paper, edge, 2.0 if self.hot else 1.1, radius=4)
        p.text(block, self.tag.x + 5, self.tag.y + (self.tag.h - block.height) / 2)

    def _draw_leader(self, p: Painter, tag: Rect) -> None:
        """A thin line from a tag that stands apart to the nearest piece of its arrow."""
        middles = [rect.centre for rect in self.hits[1:]]
        x, y = min(middles, key=lambda m: math.dist(m, tag.centre))
        edge = min(max(x, tag.x), tag.right), min(max(y, tag.y), tag.bottom)
        if math.dist(edge, (x, y)) > LEADER:
            p.polyline([edge, (x, y)], SIDE.get(self.flow.side, SIDE["world"])[1], 1.0)


class MapView(Widget):
    """`bases` keeps the picture across rebuilds; `date` is (year, quarter); `why(flow id)` is asked by a press.

    `fresh` holds ids of flows that move for two seconds. `ratio` is the height it asks for, of its width.
    `overlay` lies in the lower left corner, where there is least to see.
    With the focus on the map, left and right go through flows and places, Enter presses a flow.
    """

    role = "map"

    def __init__(self, bases: BaseMaps, flows: Sequence[FlowLine], date: tuple[int, int],
                 why: Callable[[str], None], fresh: frozenset[str] = frozenset(), ratio: float = 0.55,
                 overlay: Widget | None = None, key: str = "map") -> None:
        super().__init__(key=key)
        self.bases, self.date, self.fresh, self.ratio = bases, date, fresh, ratio
        known = bases.geography.places
        self.flows = [FlowSpot(flow, lambda name=flow.id: why(name)) for flow in flows
                      if flow.width > NOTHING and flow.start in known and flow.end in known]
        self.places: list[Spot] = []
        self.overlay = overlay
        self.children = self._all()
        self.base: Base | None = None
        self.at: Widget | None = None  # the spot that the keyboard is on
        self._now, self._until = 0.0, None if fresh else 0.0

    def label(self) -> str:
        return "Map"

    @property
    def focusable(self) -> bool:
        return True

    @property
    def tip(self) -> str:  # type: ignore[override]
        """Only for the keyboard: under the pointer the places and flows speak for themselves."""
        return HINT if self.focused and self.stage.focus_visible else ""

    @tip.setter
    def tip(self, text: str) -> None:
        """The base class sets one; the map has its own."""

    def says(self) -> str:
        return f"Map. {HINT}"

    def natural(self, p: Painter) -> float:
        return 480.0

    def measure(self, p: Painter, width: float) -> float:
        return width * self.ratio

    # -- layout

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        target = p.device(rect)
        routes = [(spot.flow.start, spot.flow.end) for spot in self.flows]
        tags = self._place_overlay(p, rect)
        self.base = self.bases.get(p, target.size, self.date, routes, tags)
        self._place_flows(p, target, tags)
        self._place_places(p, target)
        self.children = self._all()

    def _all(self) -> list[Widget]:
        return [*self.places, *self.flows, *([self.overlay] if self.overlay else [])]

    def _place_overlay(self, p: Painter, rect: Rect) -> list[Rect]:
        """What it covers, in device px relative to the map."""
        if self.overlay is None:
            return []
        for wide in OVERLAY:  # a long text makes it wider before it makes it tall
            width = min(wide * p.text_scale, rect.w * 0.5)
            height = self.overlay.measure(p, width)
            if height <= rect.h * 0.36:
                break
        self.overlay.place(p, Rect(rect.x + 10, rect.bottom - 10 - height, width, height))
        return [Rect(10 * p.scale, (rect.h - 10 - height) * p.scale, width * p.scale, height * p.scale)]

    def _place_flows(self, p: Painter, target: pygame.Rect, reserved: Sequence[Rect]) -> None:
        view, known = self.base.view, self.bases.geography.places
        for spot in self.flows:
            ends = view.px(known[spot.flow.start].at), view.px(known[spot.flow.end].at)
            colour = SIDE.get(spot.flow.side, SIDE["world"])[1]
            spot.arrow = arrow_between(spot.flow.id, *ends, spot.flow.width, colour, p.scale)
        arrows, names = [spot.arrow for spot in self.flows], [spot.flow.label for spot in self.flows]
        tags = self.bases.tags(arrows, names, lambda: self._find_tags(p, reserved))
        for spot, tag in zip(self.flows, tags, strict=True):
            reach = max(spot.arrow.width, 8 * p.scale)
            spot.hits = [self._logical(p, target, Rect(x - reach / 2, y - reach / 2, reach, reach))
                         for x, y in spot.arrow.path]
            spot.rect, spot.tag = spot.hits[len(spot.hits) // 2], None
            if tag:
                spot.rect = spot.tag = self._logical(p, target, tag)
                spot.hits = [spot.tag, *spot.hits]

    def _find_tags(self, p: Painter, reserved: Sequence[Rect]) -> list[Rect | None]:
        """A tag for each flow, one after the other, so that none lies on another."""
        found: list[Rect | None] = []
        for spot in self.flows:
            found.append(self._find_tag(p, spot, [*reserved, *(tag for tag in found if tag)]))
        return found

    def _find_tag(self, p: Painter, spot: FlowSpot, tags: Sequence[Rect]) -> Rect | None:
        """Beside the arrow, where it covers least; None where there is no room at all."""
        block = p.block(tag_spans(spot.flow), T.small)
        w, h = (block.width + 10) * p.scale, (block.height + 3) * p.scale
        area = Rect(0, 0, *self.base.view.size).inset(4 * p.scale)
        reach = spot.arrow.box.grow(w + h)
        taken = near([*self.base.labels.values(), *self.base.regions, *tags], reach)
        marks = near(list(self.base.marks.values()), reach)
        paths = [other.arrow.path for other in self.flows if other.arrow]
        arrows = near([Rect(x - 5, y - 5, 10, 10) for path in paths for x, y in path], reach)
        away = spot.arrow.width * 0.7 + 3 * p.scale
        return place_tag(spot.arrow.path, w, h, away, area, taken, marks, arrows)

    def _place_places(self, p: Painter, target: pygame.Rect) -> None:
        if len(self.places) != len(self.base.marks):
            known = self.bases.geography.places
            self.places = [Spot(known[name].name, _tip(known[name]), f"place:{name}") for name in self.base.marks]
        for spot, (name, rect) in zip(self.places, self.base.marks.items(), strict=True):
            spot.rect = self._logical(p, target, rect)
            label = self.base.labels.get(name)
            spot.hits = [spot.rect.grow(3), *([self._logical(p, target, label)] if label else [])]

    @staticmethod
    def _logical(p: Painter, target: pygame.Rect, rect: Rect) -> Rect:
        return Rect((target.x + rect.x) / p.scale, (target.y + rect.y) / p.scale, rect.w / p.scale, rect.h / p.scale)

    # -- drawing

    def draw(self, p: Painter) -> None:
        if self.base is None:
            return
        target = p.device(self.rect)
        with p.clip(self.rect):
            p.surface.blit(self.base.surface, target)
            for spot in self.flows:
                picture, box = self.bases.arrow(spot.arrow)
                p.surface.blit(picture, (target.x + box.x, target.y + box.y), special_flags=pygame.BLEND_PREMULTIPLIED)
                if self._moves(spot):
                    self._draw_stripes(p, spot, target)
            for sign, at in self.base.signs:
                p.surface.blit(sign, (target.x + at[0], target.y + at[1]), special_flags=pygame.BLEND_PREMULTIPLIED)
            super().draw(p)
            if self.focused and self.at is not None and p.visible(self.at.rect):
                p.box(self.at.rect.grow(3), None, C.focus, 2.5, radius=6)

    def _draw_stripes(self, p: Painter, spot: FlowSpot, target: pygame.Rect) -> None:
        width = max(1, round(1.3 * p.scale))
        for left, tip, right in stripes(spot.arrow, self._now, p.scale):
            points = [(target.x + x, target.y + y) for x, y in (left, tip, right)]
            pygame.draw.aalines(p.surface, C.on_red, False, points)
            if width > 1:
                pygame.draw.lines(p.surface, C.on_red, False, points, width)

    # -- movement

    def _moves(self, spot: FlowSpot) -> bool:
        recent = self._until is not None and self._now < self._until and spot.flow.id in self.fresh
        return recent or spot.hot or (self.focused and self.at is spot)

    @property
    def animating(self) -> bool:  # type: ignore[override]
        return self._until is None or any(self._moves(spot) for spot in self.flows)

    def tick(self, now: float) -> None:
        if self._until is None:
            self._until = now + MOVING
        self._now = now
        scale = self.stage.painter.scale if self.stage else 1.0
        for spot in self.flows:
            recent = spot.flow.id in self.fresh and now < self._until + 100  # once more, to come to rest
            if spot.arrow and (recent or self._moves(spot)):
                box = spot.arrow.box
                left, top = self.rect.x + box.x / scale, self.rect.y + box.y / scale
                self.stage.invalidate(Rect(left, top, box.w / scale, box.h / scale))

    def adopt(self, old: Widget) -> None:
        """A rebuilt desk keeps the movement and the spot of the keyboard."""
        if isinstance(old, MapView):
            self._now = old._now
            if not self.fresh:
                self.fresh, self._until = old.fresh, old._until
            if old.at is not None:
                self.at = next((spot for spot in self.flows if spot.key == old.at.key), None)

    # -- keyboard

    def on_key(self, key: Key) -> bool:
        spots = [*self.flows, *self.places]
        if key.name not in ("left", "right") or not spots or key.ctrl:
            return False
        step = 1 if key.name == "right" else -1
        at = spots.index(self.at) + step if self.at in spots else (0 if step > 0 else len(spots) - 1)
        self.at = spots[at % len(spots)]
        self.changed()
        if self.stage:
            self.stage.notes.show_tip(self.at)
            self.stage.speak(self.at.tip)
        return True

    def activate(self) -> bool:
        return self.at.activate() if isinstance(self.at, FlowSpot) else False


def tag_spans(flow: FlowLine) -> list:
    """The side's shape and the flow's name."""
    shape, colour = SIDE.get(flow.side, SIDE["world"])
    style = T.small.but(colour=colour, bold=True)
    return [mark(shape, style), (f"\u00a0{flow.label}", style)]


def _tip(place) -> str:
    words = f"{place.name}: {KIND_WORDS.get(place.kind, 'a place')}."
    return f"{words} {place.note[:1].upper()}{place.note[1:]}." if place.note else words
