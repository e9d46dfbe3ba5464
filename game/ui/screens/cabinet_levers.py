"""The levers of the cabinet: for each a slider, the value in force and the new one, cost, and what it would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from game.ui.kit import FIT, Column, Icon, Key, Painter, Panel, Rect, Row, Rule, Slider, Text, Widget, fr, mark
from game.ui.screens.common import ARROW_MARK, C, T, judgement_colour, judgement_word
from game.ui.screens.effect_rows import Room, looking
from game.view.names import Names
from game.view.pages import Cabinet, EffectLine, LeverLine

if TYPE_CHECKING:
    from game.ui.app import App

SHOWN = 2  # effects named beside a lever, in each direction; the tip names all
LINES = 34.0  # room for the two lines of each way


class LeverSlider(Slider):
    """A slider that stands beside its name where there is room, and decides only when it is let go.

    A decision is kept, rebuilds the screen and can be undone; one drag should be one decision. `on_change` is
    called with the index of the step where the pointer or a key left it.
    """

    beside = 350.0  # logical px from which the groove stands beside the name

    def __init__(self, name: str, steps: Sequence[str], index: int, on_change: Callable[[int], None], now: int,
                 tip: str, key: str) -> None:
        super().__init__(name, steps, index, self._moved, now, tip=tip, key=key)
        self._commit, self._held, self._start = on_change, False, index

    def adopt(self, old: Widget) -> None:
        """A rebuilt screen during a drag: the drag goes on."""
        if isinstance(old, LeverSlider) and old._held:
            self._held, self.index = True, min(old.index, len(self.steps) - 1)

    def _moved(self, index: int) -> None:
        if not self._held:
            self._commit(index)

    def on_pointer(self, kind: str, x: float, y: float) -> bool:
        if kind != "up":
            self._held = True
            return super().on_pointer(kind, x, y)
        self._held = False
        if self.index != self._start:
            self._commit(self.index)
        return True

    def on_key(self, key: Key) -> bool:
        self._held = False
        return super().on_key(key)

    # -- beside the name

    def _wide(self, p: Painter, width: float) -> bool:
        return width >= self.beside * p.text_scale

    def measure(self, p: Painter, width: float) -> float:
        if not self._wide(p, width):
            return super().measure(p, width)
        return max(sum(block.height for block in self._head(p, width * 0.52)), self._groove_height(p))

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        self._split = self._wide(p, rect.w)
        if self._split:
            self._texts = self._head(p, rect.w * 0.52)

    _split = False

    def _ends(self) -> tuple[float, float]:
        left, right = super()._ends()
        return (left + self.rect.w * 0.54, right) if self._split else (left, right)

    def draw(self, p: Painter) -> None:
        if not self._split or not self._texts:
            super().draw(p)
            return
        y = self.rect.y + (self.rect.h - sum(block.height for block in self._texts)) / 2
        for block in self._texts:
            p.text(block, self.rect.x, y)
            y += block.height
        self._draw_groove(p, self.rect.centre[1] + 4)


def step_texts(names: Names, lever: LeverLine) -> list[str]:
    """What each step of a lever is called, lowest first, as the pages would write it."""
    row = names.tables.levers[lever.index].row
    count = round((lever.high - lever.low) / lever.step)
    return [names.shown(row, lever.low + k * lever.step) for k in range(count + 1)]


def lever_panels(app: App, page: Cabinet, shown: Sequence[str]) -> list[Widget]:
    """A panel for each group in `shown` that has levers, with its heading."""
    found: list[Widget] = []
    names = Names(app.session.scenario)
    for group, label, icon in page.groups:
        levers = [lever for lever in page.levers if lever.group == group]
        if group not in shown or not levers:
            continue
        head = Row([Icon(icon, 20, C.red), Text(label, T.section.but(size=16))], gap=8, sizes=[FIT, fr(1)])
        rows: list[Widget] = [head]
        for lever in levers:
            rows += [Rule(), _lever(app, page, names, lever)]
        found.append(Panel(Column(rows, gap=6), fill=C.raised, edge=C.hairline, pad=(14, 9), key=f"levers:{group}"))
    return found


def _lever(app: App, page: Cabinet, names: Names, lever: LeverLine) -> Row:
    index, now = (round((value - lever.low) / lever.step) for value in (lever.setting, lever.now))
    slider = LeverSlider(
        lever.label, step_texts(names, lever), index,
        lambda k: app.set_lever(lever.index, lever.low + k * lever.step), now, _tip(lever), f"lever:{lever.index}")
    free = lever.cost_text == "none"
    cost = Text("no cost", T.small) if free else Text(lever.cost_text, T.small.but(bold=True, colour=C.home))
    lines: list[Widget] = [cost]
    ways = directions(lever)
    told: list[Widget] = [looking()] if page.looking else [_direction(*way) for way in ways]
    lines.append(Room(Column(told, gap=1), LINES * len(ways)))
    lines += [Text([mark("padlock", T.small), f"\u00a0{text}"], T.small) for text in _refusals(lever)]
    return Row([slider, Column(lines, gap=1)], gap=16, sizes=[fr(13), fr(10)], stack_below=190)


def directions(lever: LeverLine) -> list[tuple[str, tuple[EffectLine, ...], str]]:
    """What to tell of a lever, with what it is for: the way it was moved, else both ways as far as it can go."""
    raised, lowered = (("raised", lever.raise_effects, lever.raise_hope),
                       ("lowered", lever.lower_effects, lever.lower_hope))
    if lever.setting != lever.now:
        return [raised if lever.setting > lever.now else lowered]
    return [way for way, open_ in ((raised, lever.now < lever.high), (lowered, lever.now > lever.low)) if open_]


def _direction(word: str, effects: Sequence[EffectLine], hope: str) -> Text:
    """"raised: Prices ▲ worse, Approval ▲ better, 2 more", or "raised: Treasury ▼ worse (the idea: ...)"."""
    style = T.small.but(colour=C.ink)
    spans: list = [(f"{word}: ", T.small)]
    for k, effect in enumerate(effects[:SHOWN]):
        ink = style.but(colour=judgement_colour(effect.judgement), bold=True)
        end = "," if k + 1 < len(effects) else ""
        word_shown = judgement_word(effect.judgement)
        spans += [(effect.label, style), (" ", style), mark(ARROW_MARK[effect.arrow], ink),
                  (f"\u00a0{word_shown}" if word_shown else "", ink), (f"{end} ", style)]
    if len(effects) > SHOWN:
        spans.append((f"{len(effects) - SHOWN}\u00a0more ", T.small))
    if hope:
        spans.append((f"(the idea: {hope})", T.small))
    elif not effects:
        spans.append(("no indicator within sight", T.small))
    return Text(spans, style)


def _refusals(lever: LeverLine) -> list[str]:
    """Why it cannot go further, where its end is not the reason."""
    found = [lever.raise_refusal] if lever.setting < lever.high and lever.raise_refusal else []
    found += [lever.lower_refusal] if lever.setting > lever.low and lever.lower_refusal else []
    return list(dict.fromkeys(found))


def _tip(lever: LeverLine) -> str:
    parts = [lever.note]
    for word, effects in (("Raised a step", lever.raise_effects), ("Lowered a step", lever.lower_effects)):
        if effects:
            parts.append(f"{word}: {'; '.join(effect.text for effect in effects)}.")
    parts += [f"{fan.text}." for fan in (*lever.raise_fans, *lever.lower_fans)]
    return "\n".join(part for part in parts if part)
