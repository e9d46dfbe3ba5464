"""History played and compared: what the model makes of history's decisions, year by year, and how far off it is.

Read next: content/overlay.py (what the three modes lay over the scenario), replay/playthrough.py (how it is played).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from game.content import Scenario
from game.content.document import CalibrationDoc, CompareDoc
from game.content.overlay import LENGTH, bounds_of, overlaid
from game.content.playthrough import Playthrough
from game.content.quarters import first_year
from game.replay.playthrough import closings, play_history
from game.replay.session import Session


@dataclass(frozen=True)
class Cell:
    """A year of an indicator; `real` and what follows from it None where history is withheld.

    error    simulated against real, in per cent or in the variable's unit
    counted  the same as far as tolerances go (a small figure may be missed by more per cent); None: not judged
    within   whether the year's tolerance holds; None: not judged
    """

    year: int
    simulated: float
    real: float | None
    error: float | None
    counted: float | None
    within: bool | None


@dataclass(frozen=True)
class Line:
    """An indicator through the years; `unit` is that of its errors: "%" of the real figure, or that of a difference
    ("points" of a variable in per cent). `mean_error` is over the years that were fitted, `later_error` over those
    after them, where they are not withheld."""

    column: str
    label: str
    unit: str
    decimals: int
    exogenised: bool
    compare: CompareDoc
    cells: tuple[Cell, ...]
    mean_error: float | None
    mean_within: bool | None
    later_error: float | None

    @property
    def missed(self) -> tuple[int, ...]:
        """Years whose tolerance does not hold."""
        return tuple(cell.year for cell in self.cells if cell.within is False)


@dataclass(frozen=True)
class Factor:
    """A yearly add-factor and its bound."""

    variable: str
    year: int
    value: float
    most: float


@dataclass(frozen=True)
class HistoryRun:
    """`share`: indicator-years with an add-factor among those that were fitted. `defeats`: id and quarter of endings
    that the game would have come to."""

    mode: str
    exogenised: tuple[str, ...]
    lines: tuple[Line, ...]
    factors: tuple[Factor, ...]
    share: float
    defeats: tuple[tuple[str, str], ...]

    def line(self, column: str) -> Line:
        """KeyError if the column is not compared."""
        return {line.column: line for line in self.lines}[column]


def play(scenario: Scenario, playthrough: Playthrough, mode: str, strict: bool = True) -> HistoryRun:
    """One mode of history. Raises ContentError or PlaythroughError; the scenario needs a calibration.

    Not `strict`: another history, in which cards without an entry keep their default and some never come.
    """
    world = overlaid(scenario, playthrough, mode)
    return compared(scenario, play_history(world, playthrough, LENGTH, strict), mode)


def compared(scenario: Scenario, session: Session, mode: str) -> HistoryRun:
    """A finished game of the world of history, against history."""
    calibration = scenario.document.calibration
    led = calibration.exogenised if mode == "driven" else {}
    columns = {exogenised.column for exogenised in led.values()}
    simulated = {name: yearly_values(session, name) for name in {c.variable for c in calibration.compare.values()}}
    lines = tuple(_line(scenario, column, compare, simulated[compare.variable], column in columns)
                  for column, compare in calibration.compare.items())
    factors = _factors(calibration, first_year(scenario.document)) if mode == "anchored" else ()
    fitted = len(bounds_of(calibration)) * (calibration.fitted_until - first_year(scenario.document) + 1)
    return HistoryRun(mode, tuple(led), lines, factors, len(factors) / fitted if fitted else 0.0,
                      tuple(_defeats(scenario, session)))


def yearly_values(session: Session, name: str) -> dict[int, float]:
    """A variable by year, as its `annual` says: sum or mean of the quarters, or the last day's."""
    row, annual = session.scenario.row(name), session.scenario.document.variables[name].annual
    quarters: dict[int, list[float]] = defaultdict(list)
    for year, _, record in closings(session):
        quarters[year].append(float(record.report.closing[row, 0]))
    if annual == "end":
        return {year: values[-1] for year, values in quarters.items()}
    return {year: sum(values) / (1 if annual == "sum" else len(values)) for year, values in quarters.items()}


def _line(scenario: Scenario, column: str, compare: CompareDoc, simulated: dict[int, float], led: bool) -> Line:
    variable, fitted = scenario.document.variables[compare.variable], scenario.document.calibration.fitted_until
    real = scenario.history[column]
    cells = tuple(_cell(compare, year, value, real.get(year)) for year, value in simulated.items())
    mean = _mean(cells, range(fitted + 1))
    unit = "%" if compare.percent is not None else "points" if variable.unit.startswith("%") else variable.unit
    return Line(column, variable.label, unit, variable.decimals, led, compare, cells, mean,
                None if mean is None or compare.mean is None else mean <= compare.mean,
                None if led else _mean(cells, range(fitted + 1, cells[-1].year + 1)))


def _mean(cells: tuple[Cell, ...], years: range) -> float | None:
    counted = [abs(cell.counted) for cell in cells if cell.counted is not None and cell.year in years]
    return sum(counted) / len(counted) if counted else None


def _cell(compare: CompareDoc, year: int, simulated: float, real: float | None) -> Cell:
    if real is None:
        return Cell(year, simulated, None, None, None, None)
    error = counted = simulated - real
    within = compare.units is not None and abs(counted) <= compare.units
    if compare.percent is not None:
        error = 100.0 * error / abs(real) if real else None
        least = 100.0 * (compare.units or 0.0) / compare.percent if compare.percent else 0.0
        scale = max(abs(real), least)
        counted = 100.0 * counted / scale if scale else None
        within = counted is not None and abs(counted) <= compare.percent
    if compare.same_sign and (simulated < 0.0) != (real < 0.0):
        within = False
    if year in compare.set_aside:
        return Cell(year, simulated, real, error, None, None)
    judged = compare.percent is not None or compare.units is not None
    return Cell(year, simulated, real, error, counted, within if judged else None)


def _factors(calibration: CalibrationDoc, first: int) -> tuple[Factor, ...]:
    bounds = bounds_of(calibration)
    return tuple(Factor(name, year, value, bounds[name].most)
                 for name, by_year in calibration.add_factors.items() for year, value in by_year.items()
                 if value and year >= first)


def _defeats(scenario: Scenario, session: Session) -> Iterator[tuple[str, str]]:
    """The defeats that the scenario's own rules would have come to, each where it first would."""
    found = set()
    for year, quarter, record in closings(session):
        for ending, held in zip(scenario.document.endings, record.after.ending_turns[:, 0], strict=True):
            if ending.kind == "defeat" and held >= ending.for_turns and ending.id not in found:
                found.add(ending.id)
                yield ending.id, f"{year}-Q{quarter + 1}"
