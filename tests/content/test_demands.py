"""Demands: the variable that sums what is open, and what a core interest bars."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content import check, json_schema, load
from game.content.compiled import unmet_name
from game.engine.decisions import nothing
from game.engine.tables import compile_rules
from game.engine.turn import begin, play
from tests.content.test_scenario import changed, variant

MINIMAL = Path(__file__).parent / "minimal"
WISH = """demands:
- {id: a-train, actor: neighbour, title: A train, salience: 5, met_if: treasury > 0, claim: invented,
   text: The neighbour wants a train a day for its grandmother and her many friends.,
   source: {confidence: judged, note: an example}}
"""


@pytest.fixture(scope="module")
def minimal():
    return load(MINIMAL)


def open_demands(scenario, turns: int) -> list[float]:
    """The neighbour's open demands as each of some quarters opens, all defaults taken."""
    rules = compile_rules(scenario.tables)
    state, found = begin(rules, seed=1, games=1, turns=turns + 1), []
    for _ in range(turns):
        found.append(float(state.values[scenario.row("neighbour_unmet"), 0]))
        state, _ = play(rules, state, nothing(rules, state))
    return found


def test_the_variable_has_a_name_a_player_understands_and_says_what_it_sums(minimal):
    doc = minimal.document.variables[unmet_name("neighbour")]
    assert doc.label == "Open demands of the neighbour's court" and doc.unit == "points" and doc.range == (0.0, 5.0)
    assert "No tanks on the hill (3)" in doc.note and "A kind word now and then (2)" in doc.note


def test_open_demands_count_by_salience(tmp_path, minimal):
    assert open_demands(minimal, 2) == [0.0, 0.0]  # no depot, and relations of 50
    cold = load(changed(tmp_path / "cold", "actors.yaml", "relations >= 40", "relations >= 70"))
    assert open_demands(cold, 1) == [2.0]
    built = "has_depot:\n    start: 1\n    source: {confidence: judged, low: 0, high: 1, note: as if}\n"
    depot = load(changed(tmp_path / "depot", "model/fuel.yaml", "has_depot:\n", built))
    assert open_demands(depot, 2) == [0.0, 3.0]  # it stands from the second quarter on


def test_formulas_may_read_it_and_an_extending_scenario_may_add_and_remove(tmp_path):
    scenario = load(variant(tmp_path, WISH + "moves:\n- {id: friendly-word, appeal: 0.5 - 0.1 * neighbour_unmet}\n"
                            "remove: [a-kind-word]\n"))
    assert scenario.document.variables["neighbour_unmet"].range == (0.0, 8.0)
    move = next(m for m in scenario.tables.moves if m.id == "friendly-word")
    assert ("now", scenario.row("neighbour_unmet")) in move.appeal[2]


def test_what_a_core_interest_bars_is_closed_exactly_while_it_stands(minimal):
    card = next(c for c in minimal.tables.cards if c.id == "fuel-runs-short")
    stands = next(i for i, d in enumerate(minimal.document.demands) if d.core)
    assert [choice.when for choice in card.choices][:2] == [None, ("not", minimal.demands[stands].stands)]


def test_a_bar_adds_to_the_options_own_condition(tmp_path, minimal):
    scenario = load(variant(tmp_path, "demands:\n- {id: no-depot, bars: [build-depot]}\n"))
    own = minimal.tables.initiatives[0].option.when
    assert scenario.tables.initiatives[0].option.when == ("and", own, ("not", scenario.demands[0].stands))


def test_without_demands_there_is_no_such_variable_and_a_formula_that_reads_it_is_told(tmp_path):
    found = check(variant(tmp_path, "remove: [no-depot, a-kind-word]\n"
                          "moves:\n- {id: friendly-word, appeal: 0.1 * neighbour_unmet}\n"))
    assert [f.code for f in found] == ["formula-unknown-name"]


def test_each_demand_that_cannot_be_read_is_one_finding(tmp_path):
    found = check(variant(tmp_path, "demands:\n- {id: no-depot, salience: much}\n- {id: a-kind-word, met_if: 3 +}\n"
                          "moves:\n- {id: friendly-word, appeal: 0.1 * neighbour_unmet}\n"))
    assert [(f.code, f.line) for f in found] == [("wrong-type", 4), ("formula-syntax", 5)]


def test_editors_know_demands():
    demand = json_schema()["$defs"]["DemandDoc"]
    assert {"salience", "met_if", "core", "bars"} <= set(demand["properties"])
