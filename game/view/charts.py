"""The record of a game as lines: the player's quarters, and what history did where it is known."""

from __future__ import annotations

from game.replay import TurnRecord
from game.view.names import Names
from game.view.pages import Chart, TurningPoint

CHARTS = 6
MIDDLE, LAST = 1.5, 3  # places within a year (0-3) of a mean and of an end value
QUARTERS = 4


def charts(names: Names, records: list[TurnRecord], points: tuple[TurningPoint, ...]) -> tuple[Chart, ...]:
    """Lines of the main indicators: those with a history first, then those of the top bar."""
    rows = [row for row, indicator in names.indicators.items() if indicator.history]
    rows += [row for row, indicator in names.indicators.items() if indicator.bar and row not in rows]
    return tuple(_chart(names, records, points, row) for row in rows[:CHARTS])


def _chart(names: Names, records: list[TurnRecord], points: tuple[TurningPoint, ...], row: int) -> Chart:
    indicator, measure = names.indicators[row], names.measure(row)
    you = tuple(float(record.report.closing[row, 0]) for record in records)
    history = _history(names, row, len(records))
    first = names.tables.first_quarter
    when = _when(history[-1][0], first, len(records)) if history else ""
    unit = measure.unit if measure.unit and "points" not in measure.unit else ""
    return Chart(
        id=indicator.variable, label=f"{names.label(row)}, {unit}" if unit else names.label(row),
        ticks=tuple(str((first + n) // 4) if (first + n) % 4 == 0 or n == 0 else "" for n in range(len(records))),
        you=you, history=history, you_text=f"You: {measure.short(you[-1])}" if you else "",
        history_text=f"{when}: {measure.short(history[-1][1])}" if history else "",
        marks=tuple((point.turn, point.number) for point in points))


def _when(place: float, first: int, turns: int) -> str:
    """History, with the year of its last figure where the game went on for a year and more."""
    return "History" if turns - 1 - place < QUARTERS else f"In {int(first + place) // QUARTERS}"


def _history(names: Names, row: int, turns: int) -> tuple[tuple[float, float], ...]:
    """(quarter index, value): year-end values at the fourth quarter, means and sums in the middle of the year."""
    column = names.indicators[row].history
    annual = names.doc(row).annual
    found = []
    for year, value in sorted(names.scenario.history.get(column, {}).items()) if column else ():
        place = year * QUARTERS - names.tables.first_quarter + (LAST if annual == "end" else MIDDLE)
        if 0 <= place <= turns - 1:
            found.append((place, value / QUARTERS if annual == "sum" else value))
    return tuple(found)
