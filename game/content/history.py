"""Reads history.csv: what really happened, by year, for the ghost line and the error table.

    # source: National Statistics Office, 2019
    year,coal_exports
    2011,21.3

Empty cells are allowed. Read next: compiling.py.
"""

from __future__ import annotations

import csv
import math

from game.content.compiled import History
from game.content.document import Document
from game.content.findings import Findings, Spot, did_you_mean
from game.content.items import Item
from game.content.sites import at


def read_history(text: str, file: str, findings: Findings) -> History:
    """The columns of a history.csv; {} with findings if it cannot be read."""
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    if not any(line.removeprefix("#").strip().lower().startswith("source:") for line in lines[:start]):
        findings.add(Spot(file), "history-file", "the first line does not say where the figures come from",
                     "# source: who published it, and when")
    try:
        rows = list(csv.reader(lines[start:], strict=True))
    except csv.Error as error:
        findings.add(Spot(file, start + 1), "history-file", f"this is not correct CSV: {error}")
        return {}
    names = [name.strip() for name in rows[0]] if rows else []
    if "year" not in names:
        findings.add(Spot(file, start + 1), "history-file", "there is no column `year`",
                     "the first row names the columns")
        return {}
    history: History = {name: {} for name in names if name != "year"}
    for n, row in enumerate(rows[1:], start + 2):
        if row:
            _read_row(row, names, history, Spot(file, n), findings)
    return history


def _read_row(row: list[str], names: list[str], history: History, place: Spot, findings: Findings) -> None:
    if len(row) != len(names):
        findings.add(place, "history-file", f"this row has {len(row)} cells; {len(names)} are named", "")
        return
    cells = dict(zip(names, row, strict=True))
    year = cells.pop("year").strip()
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        findings.add(place, "history-file", f"`{year[:20]}` is not a year", "")
        return
    for name, cell in cells.items():
        value = _number(cell)
        if value is None and cell.strip():
            findings.add(place, "history-file", f"`{cell[:20]}` is not a number",
                         "leave the cell empty if it is not known")
        elif value is not None:
            history[name][int(year)] = value


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def check_history(document: Document, top: Item, history: History, findings: Findings) -> None:
    """Indicators name columns that are there."""
    for i, indicator in enumerate(document.indicators):
        if indicator.history is not None and indicator.history not in history:
            findings.add(at(top, "indicators", i, "history"), "unknown-reference",
                         f"history.csv has no column `{indicator.history[:60]}`",
                         did_you_mean(indicator.history, history))
