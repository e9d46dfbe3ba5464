"""The verdict of history in lines, and the record of a game quarter by quarter."""

from __future__ import annotations

from collections.abc import Callable

from game.text.words import section
from game.view.pages import Chart, VerdictPage
from game.view.words import plain, quarter, sentence

QUARTERS = 4


def verdict(page: VerdictPage) -> list[str]:
    """Priorities, goals, sentences, turning points and the two ends of each chart."""
    lines = ["", f"{page.kicker}.", sentence(page.title), *([sentence(page.subtitle)] if page.subtitle else []),
             page.ending]
    lines += section("Your priorities", [sentence(f"{p.label}: {p.outcome}. {p.text}") for p in page.priorities])
    lines += section("The goals", [sentence(f"{g.label}: {plain(g.value)} of 100, {g.word}, {g.fifths} of 5. {g.text}")
                                   for g in page.goals])
    lines += section("What history says", page.sentences)
    turning = []
    for point in page.turning_points:
        turning += [sentence(f"{point.number}. {point.date}: {point.title}"),
                    *(sentence(f"Effect: {effect}") for effect in point.effects)]
    lines += section("Turning points", turning)
    lines += section("You and history", [chart_line(chart) for chart in page.charts if chart.you])
    return [*lines, "", page.footnote]


def chart_line(chart: Chart) -> str:
    ends = "; ".join(text for text in (chart.you_text, chart.history_text) if text)
    return sentence(f"{chart.label}. {ends}")


def record(charts: tuple[Chart, ...], first_quarter: int, shown: Callable[[str, float], str]) -> list[str]:
    """Each chart quarter by quarter. `shown(id, value)` writes a number with its unit."""
    lines = []
    for chart in charts:
        marks = dict(chart.marks)
        facts = [f"{quarter(first_quarter + n)}: {shown(chart.id, value)}"
                 + (f", turning point {marks[n]}." if n in marks else ".") for n, value in enumerate(chart.you)]
        facts += [f"History, {(first_quarter + int(place)) // QUARTERS}: {shown(chart.id, value)}."
                  for place, value in chart.history]
        lines += section(chart.label, facts)
    return lines or ["No quarter has been played yet."]
