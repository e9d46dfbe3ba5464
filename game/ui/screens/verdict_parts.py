"""Parts of the verdict: medallions of the goals, priorities, charts against history, turning points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.ui.kit import (
    FIT,
    Button,
    Column,
    Flow,
    Grid,
    LineChart,
    Mark,
    Medallion,
    Painter,
    Panel,
    Point,
    Rect,
    Row,
    Series,
    Text,
    Widget,
    fr,
)
from game.ui.kit.text import TextBlock
from game.ui.screens.common import C, T
from game.view.pages import Chart, GoalLine, PriorityLine, TurningPoint
from game.view.words import short_number

if TYPE_CHECKING:
    from game.ui.app import App

GOAL_COLOURS = (C.home, C.far, C.north, C.red)  # in the order of the goals; the icon and the name tell them apart
CHART = (104.0, 86.0)  # logical px of a chart's height at 100 % text, and what twice the text adds
OUTCOMES = {
    "achieved": ("ticked-disc", C.better, "achieved"), "partly": ("pie:0.5", C.home, "partly achieved"),
    "missed": ("crossed-disc", C.worse, "missed")}


class Ornament(Widget):
    """A thin gold line with diamonds in its middle; decoration only."""

    def measure(self, p: Painter, width: float) -> float:
        return 14.0

    def draw(self, p: Painter) -> None:
        x, y = self.rect.centre
        half = min(150.0, self.rect.w * 0.3)
        p.rule(x - half, y - 0.5, 2 * half, 1, C.gold)
        p.rule(x - 22, y - 1, 44, 2, C.paper)
        for dx, side, colour in ((-14, 6, C.gold), (0, 12, C.red), (14, 6, C.gold)):
            p.shape("diamond", Rect(x + dx - side / 2, y - side / 2, side, side), colour)


def goal_row(goals: Sequence[GoalLine]) -> Widget:
    """Each goal by itself: ring of fifths, name, band in words, what it rests on."""
    cells = []
    for k, goal in enumerate(goals):
        ring = Medallion(goal.icon, f"{goal.label}: {goal.word}", 68, GOAL_COLOURS[k % len(GOAL_COLOURS)], goal.fifths)
        cells.append(Column([
            _Centred(ring), Text(goal.label, T.section.but(size=17), align="center"),
            Text(f"**{goal.word.capitalize()}**, {goal.fifths} of 5", T.body, align="center"),
            Text(goal.text, T.small, align="center")], gap=1))
    return Grid(cells, max(1, len(cells)), 96, gap=10)


class _Centred(Widget):
    """A child at its natural width in the middle."""

    def __init__(self, child: Widget) -> None:
        super().__init__()
        self.children = [child]

    def measure(self, p: Painter, width: float) -> float:
        return self.children[0].measure(p, width)

    def natural(self, p: Painter) -> float:
        return self.children[0].natural(p)

    def place(self, p: Painter, rect: Rect) -> None:
        super().place(p, rect)
        self.children[0].place(p, rect.centred(min(self.natural(p), rect.w), rect.h))


def priority_row(line: PriorityLine) -> Panel:
    shape, colour, word = OUTCOMES[line.outcome]
    words = Column([
        Text([(f"{line.label}: ", T.card_title), (word, T.card_title.but(colour=colour))], T.card_title),
        Text(line.text, T.secondary)], gap=1)
    return Panel(Row([Mark(shape, 24, colour, name=word), words], gap=10, sizes=[FIT, fr(1)]), fill=C.panel,
                 stripe=colour, pad=(14, 7))


# -- the record


def legend(charts: Sequence[Chart]) -> Widget:
    """What the lines are; history only where there is any."""
    parts: list[Widget] = [Row([_Line(False), Text("You", T.secondary.but(bold=True, colour=C.red))], gap=6,
                               sizes=[FIT, FIT])]
    if any(chart.history for chart in charts):
        parts.append(Row([_Line(True), Text("History", T.secondary)], gap=6, sizes=[FIT, FIT]))
    return Flow(parts, gap=16)


class _Line(Widget):
    """A sample of a chart's line."""

    def __init__(self, dashed: bool) -> None:
        super().__init__()
        self.dashed = dashed

    def measure(self, p: Painter, width: float) -> float:
        return 10.0

    def natural(self, p: Painter) -> float:
        return 30.0

    def draw(self, p: Painter) -> None:
        y = self.rect.centre[1]
        ends = [(self.rect.x, y), (self.rect.right, y)]
        if self.dashed:
            p.polyline(ends, C.ink, 1.6, (4.5, 3))
        else:
            p.polyline(ends, C.red, 2.6)


def chart_grid(charts: Sequence[Chart]) -> Widget:
    return Grid([RecordChart(chart) for chart in charts], 2, 225, gap=8)


class RecordChart(LineChart):
    """The player's line and dashed history with the page's own words at their ends.

    History may lie between two quarters (a year's mean in its middle), so the axis counts half quarters and
    lines are filled in between known points, which leaves them as they are.
    """

    def __init__(self, chart: Chart) -> None:
        self.ends = (chart.you_text, chart.history_text)
        count = 2 * max(len(chart.ticks), len(chart.you)) - 1
        you = filled([(2 * k, value) for k, value in enumerate(chart.you)], count)
        series = [Series("You", you, C.red)]
        if chart.history:
            history = filled([(round(2 * at), value) for at, value in chart.history], count)
            series.append(Series("History", history, C.ink, 1.6, dashed=True))
        labels = [chart.ticks[k // 2] if k % 2 == 0 else "" for k in range(count)] if chart.ticks else []
        points = [Point(at, str(number)) for at, number in apart(chart.marks, 2 * len(chart.you) - 1)]
        super().__init__(chart.label, series, labels, points=points, zero=False, height=CHART[0],
                         write=short_number, key=f"chart:{chart.id}")

    def label(self) -> str:
        return ", ".join(text for text in (self.title, *self.ends) if text)

    def measure(self, p: Painter, width: float) -> float:
        return CHART[0] + CHART[1] * (p.text_scale - 1)

    def _end_blocks(self, p: Painter) -> list[tuple[TextBlock, float]]:
        """The page's words in two lines, value under name, at each line's end."""
        blocks = []
        for series, text in zip(self.series, self.ends, strict=False):
            last = next((value for value in reversed(series.values) if value is not None), None)
            if last is not None and text:
                style = T.small.but(colour=series.colour, bold=not series.dashed)
                blocks.append((p.block(text, style), last))
        return blocks


def filled(points: Sequence[tuple[int, float]], count: int) -> list[float | None]:
    """Values at 0..count-1: the points, straight lines between them, None outside."""
    values: list[float | None] = [None] * count
    for at, value in points:
        values[at] = value
    for (a, low), (b, high) in zip(points, points[1:], strict=False):
        for k in range(a + 1, b):
            values[k] = low + (high - low) * (k - a) / (b - a)
    return values


def apart(marks: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """Marks of (quarter, number) on the half-quarter axis: those of one quarter stand side by side."""
    taken: set[int] = set()
    placed = []
    for quarter, number in marks:
        near = sorted(range(count), key=lambda at: (abs(at - 2 * quarter), -at))
        at = next((each for each in near if each not in taken), None)
        if at is not None:
            taken.add(at)
            placed.append((at, number))
    return placed


def turning_point(app: App, point: TurningPoint) -> Panel:
    """A decision with what the ledger says came of it, and the way back to its quarter."""
    number = _Number(str(point.number))
    title = Text([(f"{point.title} ", T.body.but(bold=True)), (point.date, T.secondary)], T.body)
    effects = Text(" \u00b7 ".join(point.effects), T.secondary.but(colour=C.ink))
    text = f"Back to the opening of {point.date}, to decide otherwise. A verdict counts rewinds."

    def ask() -> None:
        app.modal("confirm", name="What if?", text=text, yes="Go back", act=lambda: app.rewind(point.turn))

    back = Button("What if", ask, icon="undo", key=f"what if {point.number}", tip=text)
    row = Row([number, Column([title, effects], gap=0), back], gap=12, sizes=[FIT, fr(1), FIT], stack_below=190)
    return Panel(row, fill=C.panel, edge=C.hairline, pad=(12, 3))


class _Number(Widget):
    """The mark of a turning point, as on the charts."""

    role = "image"

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number

    def label(self) -> str:
        return self.number

    def measure(self, p: Painter, width: float) -> float:
        return 26 * p.text_scale

    def natural(self, p: Painter) -> float:
        return 26 * p.text_scale

    def draw(self, p: Painter) -> None:
        x, y = self.rect.centre
        p.circle(x, y, 12 * p.text_scale, C.raised, C.red, 1.6)
        block = p.block(self.number, T.small.but(bold=True, colour=C.red))
        p.text(block, x - block.width / 2, y - block.height / 2)
