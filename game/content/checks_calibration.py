"""Is the calibration right? Columns, variables, gaps in what is to be followed, bounds of add-factors.

Read next: quarters.py, which makes quarters from yearly figures; overlay.py, which uses all this.
"""

from __future__ import annotations

from collections.abc import Iterable

from game.content.compiled import History
from game.content.document import MAX_TURNS, CalibrationDoc, Document, ExogenisedDoc
from game.content.findings import Findings, did_you_mean
from game.content.items import Item
from game.content.quarters import first_year, quarterly, yearly
from game.content.sites import at

LED = ("stock", "auxiliary", "driver")  # kinds that may follow history
ADDED = ("stock", "auxiliary")  # kinds that may carry an add-factor


def check_calibration(document: Document, top: Item, history: History, ghosts: Iterable[str],
                      findings: Findings) -> None:
    """All of the section `calibration`; nothing if there is none."""
    calibration = document.calibration
    if calibration is None:
        return
    place = at(top, "calibration")
    known = {*document.variables, *ghosts}
    years = _check_years(document, calibration, place, findings)
    bounds: set[str] = set()
    for column, compare in calibration.compare.items():
        here = at(place, "compare", column)
        _column(column, history, here, findings, key=True)
        _name(compare.variable, known, at(here, "variable"), findings)
        if compare.percent is None and compare.units is None and compare.mean is not None:
            findings.add(here, "missing-key", "`mean` needs `percent` or `units` beside it",
                         "percent: 4, or units: 0.8")
        if compare.add_factor is not None:
            _check_bound(document, compare.add_factor, bounds, known, at(here, "add_factor"), findings)
    for name, exogenised in calibration.exogenised.items():
        _check_exogenised(document, name, exogenised, history, known, years, at(place, "exogenised", name), findings)
    _check_factors(document, calibration, place, findings)


def _check_years(document: Document, calibration: CalibrationDoc, place: Item, findings: Findings) -> range:
    """The years that are played; none if they are wrong."""
    first = first_year(document)
    latest = first + MAX_TURNS // 4 - 1
    if not first <= calibration.until <= latest:
        findings.add(at(place, "until"), "out-of-range", f"{calibration.until} is not allowed here",
                     f"a year from {first} to {latest}")
    if not first <= calibration.fitted_until <= calibration.until:
        findings.add(at(place, "fitted_until"), "out-of-range", f"{calibration.fitted_until} is not allowed here",
                     f"a year from {first} to {calibration.until}")
    return range(first, calibration.until + 1 if calibration.until <= latest else first)


def _column(column: str, history: History, place: Item, findings: Findings, key: bool = False) -> bool:
    if column in history:
        return True
    findings.add(place.key if key else place, "unknown-reference", f"history.csv has no column `{column[:60]}`",
                 did_you_mean(column, history))
    return False


def _name(name: str, known: set[str], place: Item, findings: Findings, key: bool = False) -> bool:
    if name in known:
        return True
    findings.add(place.key if key else place, "unknown-reference", f"there is no variable `{name[:60]}`",
                 did_you_mean(name, known))
    return False


def _kind(document: Document, name: str, kinds: tuple[str, ...], place: Item, findings: Findings) -> bool:
    """Whether a known variable is of one of the kinds; a broken one counts as right."""
    variable = document.variables.get(name)
    if variable is None or variable.kind in kinds:
        return True
    findings.add(place, "calibration-target", f"`{name}` is a {variable.kind}", f"only {' and '.join(kinds)} can be")
    return False


def _check_bound(document: Document, bound, bounds: set[str], known: set[str], place: Item,
                 findings: Findings) -> None:
    if _name(bound.to, known, at(place, "to"), findings):
        _kind(document, bound.to, ADDED, at(place, "to"), findings)
    if bound.percent_of is not None:
        _name(bound.percent_of, known, at(place, "percent_of"), findings)
    if bound.to in bounds:
        findings.add(at(place, "to"), "calibration-target", f"`{bound.to}` already has a bound",
                     "add-factors of one variable have one bound")
    bounds.add(bound.to)


def _check_exogenised(document: Document, name: str, exogenised: ExogenisedDoc, history: History, known: set[str],
                      years: range, place: Item, findings: Findings) -> None:
    right = _name(name, known, place, findings, key=True) and _kind(document, name, LED, place.key, findings)
    roles = document.roles
    if name in (roles.cash, roles.capital, roles.capital_income):
        findings.add(place.key, "calibration-target", f"`{name}` has a role in the game", "lead another variable")
    if not _column(exogenised.column, history, at(place, "column"), findings) or not right:
        return
    figures = yearly(history, exogenised)
    missing = [str(year) for year in years if year not in figures]
    if missing:
        findings.add(at(place, "column"), "history-gap",
                     f"`{exogenised.column}` has nothing for {', '.join(missing[:5])}",
                     f"give it with `instead: {{{missing[0]}: ...}}`")
        return
    limits = getattr(document.variables.get(name), "range", None)
    for quarter, value in quarterly(figures, exogenised.quarters, years).items() if limits else ():
        if not limits[0] <= value <= limits[1]:
            findings.add(place.key, "start-outside", f"{value:g} in {quarter} is outside the range of `{name}`, "
                         f"{limits[0]:g} to {limits[1]:g}", "widen the range")
            return


def _check_factors(document: Document, calibration: CalibrationDoc, place: Item, findings: Findings) -> None:
    bounds = {compare.add_factor.to: compare.add_factor.most for compare in calibration.compare.values()
              if compare.add_factor is not None}
    for name, factors in calibration.add_factors.items():
        here = at(place, "add_factors", name)
        if name not in bounds:
            findings.add(here.key, "add-factor-bound", f"no entry of `compare` bounds add-factors on `{name[:60]}`",
                         did_you_mean(name, bounds, f"add_factor: {{to: {name[:60]}, most: ...}}"))
            continue
        for year, value in factors.items():
            cell = at(here, str(year))
            if year > calibration.fitted_until:  # one before the start does nothing: a base may begin earlier
                findings.add(cell.key, "add-factor-bound", f"{year} must do without add-factors",
                             f"years up to {calibration.fitted_until}, which is `fitted_until`")
            elif abs(value) > bounds[name]:
                findings.add(cell, "add-factor-bound", f"{value:g} is beyond the bound of {bounds[name]:g}",
                             "what cannot be met within the bound is listed, not forced")
