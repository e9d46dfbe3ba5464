"""What drives what: shares add up, planted causes are found, signs are those of the formulas, all is repeatable."""

from __future__ import annotations

import pytest

from game.content import load_source
from game.engine.tables import compile_rules
from game.outlook.influence import behind, influence
from tests.conformance.worlds import FOLDERS, scenario

SMALL = """
format: 1
id: small
title: Small
start: 2011-Q1
player: home
lengths: {short: {label: Short, turns: 8, minutes: 5}, long: {label: Long, turns: 60, minutes: 50}}
roles: {cash: cash, credit: credit, capital: capital, capital_income: income}
actors: [{id: home, label: Home, side: home}]
variables:
  cash:
    {label: Cash, kind: stock, start: 100, range: [0, 1000], flows: {rain: 0.1 * wet},
     source: {confidence: judged, low: 0, high: 900}}
  capital: {label: Capital, kind: stock, start: 3, range: [0, 10], source: {confidence: judged, low: 0, high: 900}}
  credit: {label: Credit, kind: auxiliary, is: "10", range: [0, 100]}
  income: {label: Income, kind: auxiliary, is: "1", range: [0, 10]}
  weather:
    {label: Weather, kind: driver, is: 50 + 10 * luck, start: 50, range: [0, 100],
     source: {confidence: judged, low: 0, high: 99}}
  still: {label: Still, kind: parameter, value: 2, source: {confidence: judged, low: 1, high: 3}}
  wet: {label: Wet, kind: auxiliary, is: 3 * weather - still, range: [-1000, 1000]}
  dry: {label: Dry, kind: auxiliary, is: 100 - wet, range: [-1000, 1000]}
  bent: {label: Bent, kind: auxiliary, is: abs(weather - 50), range: [0, 100]}
  late: {label: Late, kind: auxiliary, is: "if(date >= 2020-Q1, weather, 5)", range: [0, 100]}
  flat: {label: Flat, kind: auxiliary, is: "if(weather > 1000, weather, 5)", range: [0, 100]}
indicators:
- {variable: dry, good: down, small: 1, medium: 2, large: 4}
- {variable: cash, good: up, small: 1, medium: 2, large: 4}
goals: [{id: g, label: G, is: "50"}]
priorities: [{id: p, label: P, goals: {g: {achieved: 60, partly: 40}}}]
endings: [{id: e, kind: finish, title: E, when: turn > 70, text: t}]
"""


@pytest.fixture(scope="module")
def small():
    found = load_source({"scenario.yaml": SMALL})
    return found, influence(found, 80)


def sign(small, target: str, source: str) -> str:
    found, seen = small
    return seen.signs[found.row(target), found.row(source)]


def test_signs_are_those_of_the_formulas(small):
    assert sign(small, "wet", "weather") == "+" and sign(small, "wet", "still") == "-"
    assert sign(small, "dry", "wet") == "-" and sign(small, "cash", "wet") == "+"
    assert sign(small, "bent", "weather") == "mixed" and sign(small, "flat", "weather") == ""
    assert sign(small, "late", "weather") == "+"  # only after the games that were played


def test_shares_of_movement_add_up_and_lead_to_the_cause(small):
    found, seen = small
    for shares in seen.moves.values():
        assert sum(share for _, share in shares) == pytest.approx(1.0)
    rules = compile_rules(found.tables)
    assert behind(rules, seen, found.row("dry")) == [(("variable", found.row("weather")), pytest.approx(1.0))]
    assert behind(rules, seen, found.row("cash"))[0][0] == ("flow", found.row("cash"), 0)


def test_what_sets_games_apart_is_found_with_its_direction(small):
    found, seen = small
    (thing, share, way), *more = seen.apart[found.row("cash")]
    assert thing == ("variable", found.row("weather")) and share > 0.9 and way == 1 and not more


def test_it_is_the_same_every_time_and_can_be_stopped():
    found = scenario("minimal")
    assert influence(found, 30) == influence(found, 30)
    assert influence(found, 30, stop=lambda: True) is None


@pytest.mark.parametrize("name", FOLDERS)
def test_shares_behind_every_indicator_add_up(name):
    found = scenario(name)
    rules, seen = compile_rules(found.tables), influence(found, 40)
    for indicator in found.document.indicators:
        row = found.row(indicator.variable)
        assert sum(share for _, share in behind(rules, seen, row)) == pytest.approx(1.0)
