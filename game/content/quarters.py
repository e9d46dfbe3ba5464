"""Quarters from yearly figures, for what follows history and for add-factors. Read next: overlay.py."""

from __future__ import annotations

from collections.abc import Iterable

from game.content.compiled import History
from game.content.document import Document, ExogenisedDoc
from game.content.expressions import quarter_number

QUARTERS = 4
STEPS = (-0.375, -0.125, 0.125, 0.375)  # middles of the quarters, in years from the middle of the year


def first_year(document: Document) -> int:
    """The year in which the scenario begins."""
    return (quarter_number(document.start) or 0) // QUARTERS


def yearly(history: History, exogenised: ExogenisedDoc) -> dict[int, float]:
    """The figures that a variable shall follow, by year."""
    return {**history.get(exogenised.column, {}), **exogenised.instead}


def quarterly(figures: dict[int, float], way: str, years: Iterable[int]) -> dict[str, float]:
    """A value for each quarter of the years, by its name; the mean (of `share` the sum) of a year is its figure.

    share   a quarter of the figure in each
    same    the figure itself in each
    line    along the slope between the years before and after, so that the year's mean is kept
    """
    values = {}
    for year in years:
        before, after = figures.get(year - 1), figures.get(year + 1)
        here = figures[year]
        slope = 0.0
        if way == "line" and (before is not None or after is not None):
            low, high = (here if before is None else before), (here if after is None else after)
            slope = (high - low) / ((before is not None) + (after is not None))
        for quarter, step in enumerate(STEPS, 1):
            values[f"{year}-Q{quarter}"] = here / QUARTERS if way == "share" else here + slope * step
    return values
