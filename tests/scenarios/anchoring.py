"""Proposes add-factors: `python -m tests.scenarios.anchoring [SCENARIO]` (some minutes).

For the calibration's author: as few yearly add-factors as will do, each within its bound, so that the tolerances of
the fitted years hold. Year by year, and in a year in causal order (several rounds, for one moves the other), a figure
out of its tolerance is led to its middle; then the worst years of an indicator whose mean is still too large; then each
factor that turns out not to be needed goes, and if there are still more than a third of the indicator-years may have,
those that help least. Prints the section `add_factors` for calibration.yaml, and what cannot be met. It starts from
nothing: what calibration.yaml has is left aside.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace

from game.cli.finding import load_scenario, scenario_folder
from game.content import Scenario
from game.content.overlay import bounds_of
from game.content.playthrough import HISTORY_FILE, Playthrough, read_playthrough
from game.content.quarters import first_year
from game.outlook.history import HistoryRun, Line, play

ROUNDS = 3  # through a year
MOST_SHARE = 1 / 3  # of the indicator-years may carry a factor
# Causes before effects, by column of history.csv; columns that are not here come last, in file order.
CAUSAL = ("fdi_net_inflow_usd_m", "coal_exports_mt", "copper_concentrate_exports_kt", "exports_total_usd_m",
          "china_export_share_pct", "mnt_per_usd", "cpi_inflation_pct", "gdp_real_growth_pct", "gdp_nominal_usd_m",
          "petroleum_product_imports_kt", "petroleum_share_from_russia_pct", "imports_total_usd_m",
          "russia_import_share_pct", "fx_reserves_usd_m")
Factors = dict[str, dict[int, float]]


@dataclass
class Anchoring:
    """The factors so far, and the columns that may have one, causes first."""

    scenario: Scenario
    playthrough: Playthrough
    years: range
    columns: list[str]
    factors: Factors = field(default_factory=dict)
    last: tuple[Factors, HistoryRun] | None = None

    def run(self, factors: Factors | None = None) -> HistoryRun:
        """History with these factors."""
        used = self.factors if factors is None else factors
        if self.last is None or self.last[0] != used:
            self.last = used, self._played(used)
        return self.last[1]

    def _played(self, used: Factors) -> HistoryRun:
        document = self.scenario.document
        calibration = replace(document.calibration, add_factors={n: f for n, f in used.items() if f})
        world = replace(self.scenario, document=replace(document, calibration=calibration))
        return play(world, self.playthrough, "anchored")

    def lead(self, column: str, year: int) -> None:
        """Sets the factor that brings a year's error to nothing, or to the least that the bound allows."""
        bound = self.scenario.document.calibration.compare[column].add_factor
        now = self.factors.get(bound.to, {}).get(year, 0.0)
        step = 0.25 * bound.most * (-1.0 if now > 0.5 * bound.most else 1.0)
        here, there = (error(self.run(self.with_factor(bound.to, year, value)), column, year)
                       for value in (now, now + step))
        if here is None or there is None or abs(there - here) < 1e-9:
            return  # it does not move this figure
        wanted = now - here * step / (there - here)
        value = rounded(min(bound.most, max(-bound.most, wanted)), bound.most)
        self.factors = self.with_factor(bound.to, year, value)

    def with_factor(self, name: str, year: int, value: float) -> Factors:
        return {**self.factors, name: {**self.factors.get(name, {}), year: value}}

    def without(self, name: str, year: int) -> Factors:
        return {**self.factors, name: {y: v for y, v in self.factors[name].items() if y != year}}


def rounded(value: float, most: float) -> float:
    """A factor's last digit is about a hundredth of what it may be."""
    return round(value, 0 if most >= 100 else 1 if most >= 5 else 2) + 0.0


def error(run: HistoryRun, column: str, year: int) -> float | None:
    return next(cell.counted for cell in run.line(column).cells if cell.year == year)


def missed(run: HistoryRun, years: range) -> set[tuple[str, int]]:
    """Years out of tolerance."""
    return {(line.column, year) for line in run.lines for year in line.missed if year in years}


def mean(line: Line, years: range) -> float:
    """Mean error over the years that are met."""
    counted = [abs(cell.counted) for cell in line.cells
               if cell.counted is not None and cell.year in years and cell.within is not False]
    return sum(counted) / len(counted) if counted else 0.0


def beyond(run: HistoryRun, years: range) -> set[str]:
    """Columns whose mean error is too large, though each year is met or missed for good."""
    return {line.column for line in run.lines
            if line.compare.mean is not None and mean(line, years) > line.compare.mean}


def meet_years(work: Anchoring) -> None:
    for year in work.years:
        for _ in range(ROUNDS):
            before = work.factors
            for column in work.columns:
                if (column, year) in missed(work.run(), work.years):
                    work.lead(column, year)
            if work.factors == before:
                break
        print(f"{year}: {sum(map(len, work.factors.values()))} factors", file=sys.stderr, flush=True)


def meet_means(work: Anchoring) -> None:
    """A factor where the error is largest and none is yet, until the mean holds."""
    for column in work.columns:
        to = work.scenario.document.calibration.compare[column].add_factor.to
        for _ in work.years:
            line = work.run().line(column)
            open_years = [(abs(c.counted), c.year) for c in line.cells if c.counted is not None and c.within
                          and c.year in work.years and c.year not in work.factors.get(to, {})]
            if line.compare.mean is None or mean(line, work.years) <= line.compare.mean or not open_years:
                break
            work.lead(column, max(open_years)[1])


def prune(work: Anchoring) -> None:
    """Leaves out each factor without which nothing more is missed, the smallest first."""
    bounds = bounds_of(work.scenario.document.calibration)
    sizes = sorted((abs(value) / bounds[name].most, name, year) for name, by_year in work.factors.items()
                   for year, value in by_year.items())
    now = work.run()
    for _, name, year in sizes:
        fewer = work.without(name, year)
        then = work.run(fewer)
        if missed(then, work.years) <= missed(now, work.years) and beyond(then, work.years) <= beyond(now, work.years):
            work.factors, now = fewer, then


def economise(work: Anchoring) -> None:
    """Leaves out the factor without which the least is missed, until no more than a third of all years have one."""
    while work.run().share > MOST_SHARE:
        def harm(place: tuple[str, int]) -> tuple[int, float]:
            run = work.run(work.without(*place))
            bound = bounds_of(work.scenario.document.calibration)[place[0]]
            return (len(missed(run, work.years)) + len(beyond(run, work.years)),
                    abs(work.factors[place[0]][place[1]]) / bound.most)
        places = [(name, year) for name, by_year in work.factors.items() for year in by_year]
        work.factors = work.without(*min(places, key=harm))


def report(work: Anchoring) -> None:
    run = work.run()
    print("  add_factors:")
    for name, by_year in work.factors.items():
        if by_year:
            print(f"    {name}: {{{', '.join(f'{year}: {value:g}' for year, value in sorted(by_year.items()))}}}")
    print(f"# {len(run.factors)} factors, in {100 * run.share:.0f} % of the indicator-years (at most a third)")
    for column in sorted({column for column, _ in missed(run, work.years)}):
        years = ", ".join(str(year) for c, year in sorted(missed(run, work.years)) if c == column)
        print(f"# cannot be met: {column} {years}")
    for column in sorted(beyond(run, work.years)):
        print(f"# mean too large: {column} {mean(run.line(column), work.years):.1f}")


def main(name: str = "mongolia-2011") -> int:
    scenario = load_scenario(name)
    calibration = scenario.document.calibration
    playthrough = read_playthrough(scenario_folder(name) / HISTORY_FILE, scenario.document)
    bounded = [column for column, compare in calibration.compare.items() if compare.add_factor is not None]
    columns = sorted(bounded, key=lambda c: CAUSAL.index(c) if c in CAUSAL else len(CAUSAL))
    work = Anchoring(scenario, playthrough, range(first_year(scenario.document), calibration.fitted_until + 1), columns)
    for step in (meet_years, meet_means, prune, economise):
        step(work)
    report(work)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
