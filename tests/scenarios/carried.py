"""Where mongolia-2016 begins: `python -m tests.scenarios.carried` writes its model/start.yaml.

Figures that were published for the end of 2015 stand in PUBLISHED with their source. All other starts are carried over
from mongolia-2011: what its model comes to at the end of 2015 when history's decisions are played and volumes,
investment, tugrik and prices follow history (mode driven). Run it again after a change of that model; scenario.yaml
beside the file has what is the scenario's own.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

from game import paths
from game.content import Scenario, load
from game.content.document import DriverDoc, FlagDoc, LeverDoc, ParameterDoc, VariableDoc
from game.content.overlay import LENGTH, overlaid
from game.content.playthrough import HISTORY_FILE, read_playthrough
from game.replay.playthrough import closings, play_history

BASE, SCENARIO, YEAR = "mongolia-2011", "mongolia-2016", 2015
STEPS = (-0.375, -0.125, 0.125, 0.375)  # middles of the quarters in years: for a level told as a yearly mean


@dataclass(frozen=True)
class Published:
    """A figure of 2015: `quarters` as published or split by hand, or `year`, shared out in the model's own seasons."""

    source: str
    quarters: tuple[float, ...] = ()
    year: float | None = None


WDI = '{title: World Development Indicators, publisher: World Bank, date: "2026", figure: "%s", confidence: high}'
NSO = ('{title: Mongolian Statistical Yearbook, publisher: National Statistics Office of Mongolia, date: "2016", '
       'figure: "%s", confidence: medium}')
SURVEY = ('{title: Economic security survey, publisher: National Statistics Office of Mongolia, date: "2020", '
          'figure: "%s", confidence: medium}')
OWN = '{note: "%s", confidence: judged, low: %g, high: %g}'
PUBLISHED = {
    "gdp": Published(WDI % "$11,620 m in 2015", (11620,)),
    "growth": Published(WDI % "2.4 % in 2015; quarters judged", (4.4, 1.7, 2.1, 1.3)),
    "growth_year": Published(WDI % "7.9 % in 2014, 2.4 % in 2015; quarters judged", (6.9, 5.4, 3.8, 2.4)),
    "inflation": Published(WDI % "5.7 % in 2015; 1.1 % in December; quarters judged", (8.8, 7.5, 4.9, 1.8)),
    "reserves": Published(WDI % "$1,322 m at the end of 2015", (1322,)),
    "reserves_cover": Published(WDI % "$1,322 m at the end of 2015, over $3,798 m of imports in the year", (4.18,)),
    "tugrik": Published(NSO % "1,996 tugrik at the end of 2015", (1996,)),
    "tugrik_now": Published(NSO % "1,970 tugrik on the mean of 2015; quarters judged", (1945, 1960, 1980, 1995)),
    "public_debt": Published(SURVEY % "62 % of GDP in 2015; the swap not counted", (7200,)),
    "debt_share": Published(SURVEY % "62 % of GDP in 2015; the swap not counted", (62,)),
    "exports": Published(NSO % "$4,669 m in 2015; quarters by season", year=4669),
    "imports": Published(NSO % "$3,798 m in 2015; quarters by season", year=3798),
    "exports_to_china": Published(NSO % "$3,897 m in 2015; quarters by season", year=3897),
    "china_export_share": Published(NSO % "83.5 % in 2015", (83.5,)),
    "coal_volume": Published(NSO % "14.5 Mt in 2015; quarters by season", year=14.5),
    "coal_exports": Published(NSO % "$555 m in 2015; quarters by season", year=555),
    "copper_exports": Published(NSO % "$2,280 m in 2015; quarters by season", year=2280),
    "imports_russia": Published(NSO % "$1,022 m in 2015; quarters by season", year=1022),
    "imports_china": Published(NSO % "$1,355 m in 2015; quarters by season", year=1355),
    "exports_russia": Published(NSO % "$77 m in 2015; quarters by season", year=77),
    "russia_trade": Published(NSO % "$1,098 m in 2015", (1098,)),
    "china_trade": Published(NSO % "$5,252 m in 2015", (5252,)),
    "fdi": Published(WDI % "$94 m in 2015; quarters judged", (40, 25, 20, 9)),
    "herds": Published(NSO % "55.98 million at the end of 2015", (55.98,)),
    "power_import_share": Published(NSO % "20.5 % in 2015", (20.5,)),
    "russia_fuel_share": Published(NSO % "94 % in 2015", (94,)),
    "swap_drawn": Published('{title: People\'s Bank of China swap, publisher: Yale Program on Financial Stability, '
                            'date: "2023", '
                            'figure: "about 12 bn yuan ($1.8 bn) outstanding from 2016", confidence: medium}', (1700,)),
    "real_income": Published(OWN % ("end of 2015 is the base", 99, 101), (100,)),
    "approval": Published(OWN % ("cabinets of 2014-15 were changed twice", 30, 48), (40,)),
    "russia_relations": Published(OWN % ("visas lifted in 2014", 52, 68), (60,)),
    "china_relations": Published(OWN % ("state visit and comprehensive partnership of 2014", 48, 62), (55,)),
    "us_relations": Published(OWN % ("road map of 2015", 54, 66), (60,)),
    "japan_relations": Published(OWN % ("trade pact signed in February 2015", 62, 74), (68,)),
    "korea_relations": Published(OWN % ("many migrants, little trade", 54, 66), (60,)),
    "eu_relations": Published(OWN % ("partnership agreement signed in 2013, not yet in force", 48, 62), (55,)),
    "india_relations": Published(OWN % ("first visit of a prime minister in May 2015", 54, 66), (60,)),
    "political_capital": Published(OWN % ("half a year before a ballot", 3, 6), (4,)),
}
UNITS = {"real_income": {"unit": '"% of 2015"', "note": "'What a household can buy, end of 2015 = 100.'"}}  # a new base
CARRIED = ('{title: "The model of %s with history\'s decisions", publisher: this project, date: "2026", '
           'figure: "%s at the end of 2015", confidence: low}')


def carried(scenario: Scenario) -> dict[str, list[float]]:
    """What history's decisions come to in each quarter of the year, by variable."""
    playthrough = read_playthrough(paths.scenarios() / BASE / HISTORY_FILE, scenario.document)
    session = play_history(overlaid(scenario, playthrough, "driven"), playthrough, LENGTH)
    rows = {name: session.scenario.row(name) for name in scenario.document.variables}
    found: dict[str, list[float]] = defaultdict(list)
    for year, _, record in closings(session):
        if year == YEAR:
            for name, row in rows.items():
                found[name].append(float(record.report.closing[row, 0]))
    return found


def starts(scenario: Scenario) -> dict[str, dict]:
    """`start` and `source` by variable; flags and levers only where they differ from the scenario's own."""
    model, found = carried(scenario), {}
    for name, variable in scenario.document.variables.items():
        last = model[name][-1]
        if name in PUBLISHED:
            found[name] = _published(PUBLISHED[name], model[name]) | UNITS.get(name, {})
        elif isinstance(variable, FlagDoc):
            if last != (variable.start or 0):
                found[name] = {"start": number(last), "source": CARRIED % (BASE, number(last))}
        elif isinstance(variable, LeverDoc):
            if last != variable.start:
                found[name] = {"start": number(last), "source": CARRIED % (BASE, number(last))}
        elif not isinstance(variable, ParameterDoc) and getattr(variable, "start", None) is not None:
            found[name] = _carried(variable, model[name])
    return found


def _published(figure: Published, model: list[float]) -> dict:
    quarters = figure.quarters
    if figure.year is not None:
        quarters = tuple(value * figure.year / sum(model) for value in model)
    return {"start": listed(quarters), "source": figure.source}


def _carried(variable: VariableDoc, model: list[float]) -> dict:
    several = isinstance(variable.start, tuple)
    low, high = getattr(variable, "range", None) or (-1e12, 1e12)
    values = [min(max(value, low), high) for value in (model if several else model[-1:])]
    found = {"start": listed(values)}
    if not isinstance(variable, DriverDoc):  # world prices keep the source of their path
        found["source"] = CARRIED % (BASE, number(values[-1]))
    return found


def listed(values) -> str:
    shown = [number(value) for value in values]
    return shown[0] if len(shown) == 1 else f"[{', '.join(shown)}]"


def number(value: float) -> str:
    """Three significant digits, as people write a start value."""
    shown = float(f"{value:.3g}")
    return f"{shown:.0f}" if abs(shown) >= 100 or shown == int(shown) else f"{shown:g}"


def main() -> None:
    scenario = load(paths.scenarios() / BASE)
    lines = ["# Where this scenario begins: the last day of 2015. Written by `python -m tests.scenarios.carried`,",
             "# which says how: published figures with their source, all else carried over from mongolia-2011 with",
             "# history's decisions.", "", "variables:"]
    found = starts(scenario)
    for name, start in found.items():
        inner = ", ".join(f"{key}: {value}" for key, value in start.items())
        lines.append(f"  {name}: {{{inner}}}")
    path = paths.scenarios() / SCENARIO / "model" / "start.yaml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    print(json.dumps({"written": path.name, "starts": len(found)}))


if __name__ == "__main__":
    main()
