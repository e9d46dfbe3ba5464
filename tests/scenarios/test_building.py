"""Slow building, bonds with a date, ballots, and the capital's smog: what comes late must come, and not before.

Played in a still world (median luck, no cards, nobody moves) in which nothing ends the game.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from game.content import load
from game.engine.decisions import nothing
from game.engine.tables import Rules, compile_rules
from game.engine.turn import begin, open_turn, play
from tests.scenarios.bots import do_nothing
from tests.scenarios.games import play_out, row, rules, scenario

YEARS_10 = 40
SLOW = {"refinery_building": "refinery_output", "rail_building": "rail_room", "plant_building": "power_capacity"}


@cache
def endless() -> Rules:
    return compile_rules(replace(rules().tables, endings=()))


@cache
def still(turns: int = YEARS_10, **settings: float) -> np.ndarray:
    """[turns + 1, rows] of a still world with these levers, flags and starts from the first turn on."""
    state = begin(endless(), 0, 1, 0, turns, {})
    for name, value in settings.items():
        state.values[row(name)] = value
    state = open_turn(endless(), state, still=True)
    shown = [state.values[:, 0]]
    while state.turn < turns:
        state, _ = play(endless(), state, nothing(endless(), state), still=True)
        shown.append(state.values[:, 0])
    return np.array(shown)


def path(shown: np.ndarray, name: str) -> np.ndarray:
    return shown[:, row(name)]


def highest(lever: str) -> float:
    return float(rules().high[row(lever), 0])


def first(when: np.ndarray) -> int:
    """The turn in which it first holds; beyond the end if it never does."""
    return int(np.argmax(when)) if when.any() else len(when)


# --- slow building

@pytest.mark.parametrize("lever", SLOW)
def test_building_costs_at_once_and_gives_nothing_for_two_years(lever):
    built, idle = still(**{lever: highest(lever)}), still()
    assert path(built, "treasury")[1] < path(idle, "treasury")[1] - 10
    assert np.allclose(path(built, SLOW[lever])[:9], path(idle, SLOW[lever])[:9])
    assert path(built, SLOW[lever])[-1] > path(idle, SLOW[lever])[-1]


def test_a_refinery_takes_five_years_of_warm_quarters_and_dependence_changes_its_shape():
    built, idle = still(refinery_building=90.0, refinery_decided=1.0), still()
    progress = path(built, "refinery_progress")
    assert 20 <= first(progress >= 100) <= 24
    cold = [turn for turn in range(YEARS_10) if turn % 4 in (0, 3)]
    assert all(progress[turn + 1] == progress[turn] for turn in cold), "frozen ground"
    assert path(built, "russia_fuel_share")[-1] < path(idle, "russia_fuel_share")[-1] - 15
    assert path(built, "fuel_of_bought_crude")[-1] > 0, "crude is bought"
    assert 25 < path(built, "fuel_concentration")[-1] < path(idle, "fuel_concentration")[-1] - 20
    assert path(built, "imports")[-1] < path(idle, "imports")[-1] - 20


@pytest.mark.parametrize("lever, progress", [("refinery_building", "refinery_progress"),
                                             ("rail_building", "rail_progress")])
def test_what_is_complete_takes_no_more_money(lever, progress):
    built = still(**{lever: highest(lever)}, refinery_decided=1.0)
    done = first(path(built, progress) >= 100)
    assert path(built, "building_unspent")[:done - 1].max() == 0
    assert path(built, "building_unspent")[done + 3:] == pytest.approx(highest(lever))


def test_half_the_money_takes_longer_and_an_undecided_site_wastes_some():
    done = {money: first(path(still(refinery_building=money, refinery_decided=1.0), "refinery_progress") >= 100)
            for money in (45.0, 60.0, 90.0)}
    assert done[90.0] < done[60.0] < done[45.0]
    decided, quarrel = (path(still(refinery_building=45.0, refinery_decided=flag), "refinery_progress")[-1]
                        for flag in (1.0, 0.0))
    assert quarrel < 0.8 * decided


def test_the_gauge_decides_what_the_coal_railway_is_worth():
    broad, narrow = (still(rail_building=60.0, narrow_gauge=flag) for flag in (0.0, 1.0))
    assert 12 <= first(path(broad, "rail_progress") >= 100) <= 13
    assert path(broad, "rail_room")[-1] == 3.0
    assert path(narrow, "rail_room")[-1] == 7.5
    assert path(still(rail_building=60.0, rail_link=1.0), "rail_room")[-1] == 7.5


def test_plants_that_are_ordered_all_come_in_the_end():
    ordered = still(plants_under_way=100.0)
    gain = path(ordered, "power_capacity") - path(still(), "power_capacity")
    assert gain[4] < 50 < gain[12]
    assert 90 < gain[-1] + path(ordered, "plants_under_way")[-1] <= 100


# --- bonds and the swap

@pytest.fixture
def bond(tmp_path) -> Callable[[float], np.ndarray]:
    """Games in which a bond of so many million falls due in the fourth quarter."""
    def played(amount: float) -> np.ndarray:
        folder = tmp_path / f"bond-{amount:g}"
        folder.mkdir()
        (folder / "scenario.yaml").write_text(
            f"extends: mongolia-2011\nid: bond-{amount:g}\ntitle: A bond\nvariables:\n"
            f"  eurobonds: {{start: 500}}\n  bonds_due: {{is: 'if(turn == 4, {amount}, 0)'}}\n", encoding="utf-8")
        rule = compile_rules(load(folder).tables)
        return play_out(do_nothing, 1, turns=5, rule=rule).shown[:, :, 0]
    return played


def test_a_bond_that_falls_due_leaves_cash_reserves_and_debt_in_its_quarter(bond):
    due, none = bond(300.0), bond(0.0)
    change = {name: path(due, name) - path(none, name)
              for name in ("treasury", "reserves", "public_debt", "eurobonds")}
    assert all(np.all(change[name][:4] == 0.0) for name in change)
    assert change["eurobonds"][4] == pytest.approx(-300)
    borrowed = change["treasury"][4] + 300  # part of it is borrowed again at home
    assert 0 <= borrowed <= 300
    assert change["public_debt"][4] == pytest.approx(borrowed - 300)
    renewed = 0.8 * 300  # by the lenders abroad; 0.6 of it are dollars that would have left
    assert change["reserves"][4] == pytest.approx(0.4 * borrowed + 0.6 * renewed - 300)


def test_beijing_renews_the_swap_only_while_relations_are_correct():
    warm, cold = still(4, swap_drawn=400.0), still(4, swap_drawn=400.0, china_relations=35.0)
    assert path(warm, "swap_drawn")[-1] == 400
    assert path(cold, "swap_drawn")[-1] < 300
    assert path(cold, "reserves")[1] < path(still(4, china_relations=35.0), "reserves")[1] - 50


# --- ballots and the capital

def test_a_ballot_moves_seats_and_never_ends_the_game():
    games = play_out(do_nothing, 200, turns=8)
    seats = games.shown[:, row("seats")]
    before, after = seats[5], seats[6]  # the end of 2012-Q1 and of 2012-Q2
    assert np.allclose(before, seats[0], atol=1)
    assert (after - before).std() > 4
    held = games.state.ended_turn != 6
    assert held.all(), "nobody falls in the quarter of the ballot itself"


def test_cash_before_a_ballot_helps_at_once_and_its_prices_eat_most_of_it_within_a_year():
    gain = path(still(6, cash_handout=63.0), "ballot_mood") - path(still(6), "ballot_mood")
    assert gain[1] > 3
    assert gain[5] < 0.5 * gain[1]


def test_dead_herds_fill_the_ger_districts_and_stoves_clear_the_air():
    usual = still(8)
    hard = still(8, herders_leaving=13.0)
    came = path(hard, "ger_households") - path(usual, "ger_households")
    assert 8 < came[6] < 10, "most have come within six quarters"
    assert path(hard, "winter_smog")[-1] > path(usual, "winter_smog")[-1] + 2
    clean = still(12, clean_air=40.0)
    assert path(clean, "winter_smog")[12] < path(still(12), "winter_smog")[12] - 15
    assert path(clean, "unrest")[-1] < path(still(12), "unrest")[-1]
    banned = still(12, clean_air=20.0, raw_coal_banned=1.0)
    assert path(banned, "clean_stoves")[-1] > path(still(12, clean_air=20.0), "clean_stoves")[-1] + 15


def test_groups_answer_to_what_is_done_to_them():
    usual = still(8)
    for lever, setting, group, sign in (
            ("tax_drive", 3.0, "business", -1), ("tax_drive", 0.0, "business", 1),
            ("clean_hands", 3.0, "coal_networks", -1), ("clean_hands", 3.0, "city_youth", 1),
            ("fodder_buying", 12.0, "rural_bloc", 1), ("investor_screening", 3.0, "nationalists", 1),
            ("cash_handout", 63.0, "pensioners", 1)):
        moved = path(still(8, **{lever: setting}), group)[-1] - path(usual, group)[-1]
        assert sign * moved > 2, (lever, group, moved)
    angry = still(8, nationalists=20.0, coal_networks=20.0, business=20.0)
    assert path(angry, "parliament_support")[-1] < path(usual, "parliament_support")[-1] - 4


def test_the_groups_start_where_nobody_is_angry():
    """New links are neutral at the start: in a still world goodwill stays near where it begins for three years."""
    for group in ("nationalists", "coal_networks", "city_youth", "rural_bloc", "business", "pensioners"):
        assert np.abs(path(still(12), group) - path(still(12), group)[0]).max() < 4, group
    assert scenario().document.variables["seats"].start == 46
