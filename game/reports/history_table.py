"""The comparison with history as plain lines, as JSON, and as the README's table. Read next: outlook/history.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from game.outlook.history import Cell, HistoryRun, Line

YEARS = 7  # in a row, so that it fits 80 columns
LEFT, WIDTH = 12, 9  # columns of the first and of the other cells
WHAT = {
    "driven": "the variables marked * follow history, no add-factors",
    "free": "history's decisions and world prices alone, no add-factors",
    "anchored": "as free, with add-factors within their bounds",
}


def as_json(run: HistoryRun) -> dict[str, Any]:
    """`error` in `unit`: "%" of the real figure, or a difference; `within`: does the year's tolerance hold? null where
    nothing is judged."""
    return {
        "mode": run.mode,
        "exogenised": list(run.exogenised),
        "rows": [{"indicator": line.column, "year": cell.year, "simulated": cell.simulated, "real": cell.real,
                  "error": cell.error, "unit": line.unit, "within": cell.within,
                  "listed": cell.year in line.compare.listed}
                 for line in run.lines for cell in line.cells],
        "means": [{"indicator": line.column, "error": line.mean_error, "unit": line.unit, "within": line.mean_within,
                   "later": line.later_error}
                  for line in run.lines],
        "add_factors": [{"variable": factor.variable, "year": factor.year, "value": factor.value, "most": factor.most}
                        for factor in run.factors],
        "add_factor_share": run.share,
        "defeats": [{"ending": ending, "quarter": quarter} for ending, quarter in run.defeats],
    }


def lines(run: HistoryRun, fitted_until: int) -> Iterator[str]:
    """Every indicator year by year, then what they come to."""
    yield f"History, {run.mode}: {WHAT[run.mode]}"
    for line in run.lines:
        yield ""
        yield f"{line.label} ({line.column}){' *' if line.exogenised else ''}"
        for first in range(0, len(line.cells), YEARS):
            yield from _block(line, line.cells[first: first + YEARS])
    yield ""
    yield f"Mean errors until {fitted_until}, and the years that miss their tolerance"
    for line in run.lines:
        missed = ", ".join(_spans([year for year in line.missed if year <= fitted_until]))
        yield f"  {line.column:<33}{_mean(line):<25} {missed}".rstrip()
    if any(line.later_error is not None for line in run.lines):
        yield ""
        yield f"Mean errors after {fitted_until}, where nothing was fitted"
        for line in run.lines:
            if line.later_error is not None:
                yield f"  {line.column:<33}{line.later_error:.1f} {line.unit}"
    yield from _factors(run)
    if run.defeats:
        yield ""
        yield "Defeats that the game would have come to: " + ", ".join(f"{e} ({when})" for e, when in run.defeats)


def _block(line: Line, cells: Sequence[Cell]) -> Iterator[str]:
    largest = max(abs(cell.simulated) for cell in cells)
    decimals = max(line.decimals, 0 if largest >= 100 else 1 if largest >= 2 else 2)

    def row(name: str, texts: Iterator[str]) -> str:
        return (f"  {name:<{LEFT}}" + "".join(f"{text:>{WIDTH}}" for text in texts)).rstrip()

    yield row("", (str(cell.year) for cell in cells))
    yield row("simulated", (f"{cell.simulated:,.{decimals}f}" for cell in cells))
    yield row("real", ("" if cell.real is None else f"{cell.real:,.{decimals}f}" for cell in cells))
    yield row(f"error{', %' if line.unit == '%' else ''}", (_error(cell, decimals) for cell in cells))


def _error(cell: Cell, decimals: int) -> str:
    """With ! where the tolerance is missed and ( ) where nothing is judged."""
    if cell.error is None:
        return ""
    text = f"{cell.error:+,.{max(decimals, 1)}f}"
    return f"({text})" if cell.counted is None else text + ("!" if cell.within is False else "")


def _mean(line: Line) -> str:
    if line.mean_error is None:
        return "-"
    unit = " %" if line.unit == "%" else f" {line.unit}"
    allowed = f" (at most {line.compare.mean:g})" if line.compare.mean is not None else ""
    return f"{line.mean_error:.1f}{unit}{allowed}{'!' if line.mean_within is False else ''}"


def _spans(years: Sequence[int]) -> Iterator[str]:
    """Years in words: "2012", "2014-16"."""
    first = 0
    for place, year in enumerate(years):
        if place + 1 == len(years) or years[place + 1] != year + 1:
            yield str(year) if place == first else f"{years[first]}-{year % 100:02}"
            first = place + 1


def _factors(run: HistoryRun) -> Iterator[str]:
    if run.mode != "anchored":
        return
    yield ""
    yield f"Add-factors: {len(run.factors)}, in {100 * run.share:.0f} % of the indicator-years (at most a third)"
    for factor in run.factors:
        yield f"  {factor.variable:<33}{factor.year}{factor.value:>+10g} (at most {factor.most:g})"


def markdown(runs: Sequence[HistoryRun], fitted_until: int) -> Iterator[str]:
    """Mean errors of each indicator in each mode, and how many of the fitted years miss their tolerance."""
    yield "| indicator | unit | allowed: year, mean | " + " | ".join(run.mode for run in runs) + " |"
    yield "|---|---|---|" + "---|" * len(runs)
    for line in runs[0].lines:
        cells = [_summary(run.line(line.column), fitted_until) for run in runs]
        yield f"| {line.label} | {line.unit} | {_allowed(line)} | " + " | ".join(cells) + " |"


def _allowed(line: Line) -> str:
    parts = [f"{line.compare.percent:g} %" if line.compare.percent is not None else "",
             f"{line.compare.units:g}" if line.compare.units is not None else ""]
    year = " or ".join(part for part in parts if part)
    return f"{year or '-'}, {'-' if line.compare.mean is None else format(line.compare.mean, 'g')}"


def _summary(line: Line, fitted_until: int) -> str:
    if line.exogenised:
        return "follows"
    if line.mean_error is None:
        return "-"
    missed = sum(cell.within is False for cell in line.cells if cell.year <= fitted_until)
    return f"{line.mean_error:.1f}" + (f" ({missed} missed)" if missed else "")
