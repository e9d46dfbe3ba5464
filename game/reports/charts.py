"""Small charts as inline SVG: dots with bars of spread on one scale. Values stand beside them, so nothing hangs on
colour or on the eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

LABEL, PLOT, FIGURE, ROW = 190, 400, 190, 22  # pixels: width of names, of the plot, of figures; height of a row


@dataclass(frozen=True)
class Spread:
    """One line: its name, low, middle and high."""

    name: str
    low: float
    middle: float
    high: float


def spreads(title: str, rows: Sequence[Spread], zero: bool = False) -> str:
    """A bar from low to high with a dot in the middle, all on one scale; `zero` draws a line at nought."""
    if not rows:
        return ""
    least, most = min(r.low for r in rows), max(r.high for r in rows)
    if zero:
        least, most = min(least, 0.0), max(most, 0.0)
    reach = (most - least) or 1.0

    def x(value: float) -> float:
        return round(LABEL + PLOT * (value - least) / reach, 1)
    height = ROW * (len(rows) + 2)
    parts = [f"<svg viewBox=\"0 0 {LABEL + PLOT + FIGURE} {height}\" role=\"img\" aria-label=\"{escape(title)}\">",
             f"<title>{escape(title)}</title>"]
    if zero:
        parts.append(f"<line x1=\"{x(0)}\" x2=\"{x(0)}\" y1=\"4\" y2=\"{ROW * len(rows) + 4}\" stroke=\"#7a6a52\" "
                     "stroke-dasharray=\"3 3\"/>")
    for n, row in enumerate(rows):
        y = ROW * n + 14
        parts.append(f"<text x=\"{LABEL - 10}\" y=\"{y + 4}\" text-anchor=\"end\">{escape(row.name)}</text>"
                     f"<line x1=\"{x(row.low)}\" x2=\"{x(row.high)}\" y1=\"{y}\" y2=\"{y}\" stroke=\"#c9a86a\" "
                     "stroke-width=\"7\" stroke-linecap=\"round\"/>"
                     f"<circle cx=\"{x(row.middle)}\" cy=\"{y}\" r=\"5\" fill=\"#3a2b1a\"/>"
                     f"<text x=\"{LABEL + PLOT + 12}\" y=\"{y + 4}\">{row.middle:.4g} "
                     f"({row.low:.4g} to {row.high:.4g})</text>")
    y = ROW * len(rows) + 22
    parts.append(f"<text x=\"{LABEL}\" y=\"{y}\">{least:.4g}</text>"
                 f"<text x=\"{LABEL + PLOT}\" y=\"{y}\" text-anchor=\"end\">{most:.4g}</text></svg>")
    return "".join(parts)
