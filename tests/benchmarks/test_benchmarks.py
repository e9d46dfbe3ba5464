"""The benchmark measures what it says: the same games on both sides, all of a turn's time, and budgets both ways."""

from __future__ import annotations

import os

import pytest

from game.engine import turn
from tests.benchmarks.budgets import Budget, speed_budgets, start_budgets
from tests.benchmarks.games import by_engine, by_oracle, oracle_games, recorded, table
from tests.benchmarks.many import Rates, rates
from tests.benchmarks.measuring import in_turn, one_core
from tests.benchmarks.stages import POLICY, REST, STAGES, holders, stage_times
from tests.benchmarks.tables import budgets_table, rates_table, stages_table


@pytest.fixture(scope="module")
def random_table():
    return table("mongolia-2011", "random")


def test_the_oracle_plays_the_games_of_the_engine(random_table):
    wishes, last = recorded(random_table, 4)
    for number in range(4):
        game = by_oracle(random_table, number, wishes[number])
        assert game.closing == last.closing[:, number].tolist()
    assert oracle_games(random_table, 4)() == by_engine(random_table, 4).turns_played


def test_a_benchmark_of_other_games_is_refused(random_table, monkeypatch):
    """Were the oracle to play something else, its time would be no measure."""
    real = by_oracle
    monkeypatch.setattr("tests.benchmarks.games.by_oracle", lambda of, number, wishes: real(of, number + 1, wishes))
    with pytest.raises(AssertionError, match="is not the engine's"):
        oracle_games(random_table, 2)


def test_every_stage_is_seen_and_the_engine_is_left_as_it_was(random_table):
    before = {place: holders(place) for places in STAGES.values() for place in places}
    times = stage_times(random_table, 50)
    assert {place: holders(place) for place in before} == before
    assert turn.play.__module__ == "game.engine.turn" and set(times) == {*STAGES, REST}
    assert all(times[stage] > 0.0 for stage in (*STAGES, POLICY))
    assert times[REST] < 0.5 * sum(times.values()), "most of the time is unaccounted for"


def test_rates_come_with_their_ratios(random_table):
    said = []
    found = rates([random_table], (1, 50), 1, said.append)
    assert len(said) == 4 and found.turns["random"] <= random_table.turns
    fifty = found.batches["random", 50]
    assert found.batches["random", 1] > fifty > found.unit > 0.0, "a turn in a batch is dearer than one alone"
    row = next(line for line in rates_table(found).splitlines() if "50 games" in line)
    assert f"{found.oracle['random'] / fifty:.3g}" in row


def test_budgets_hold_or_do_not():
    found = budgets_table([Budget("fast", 50, "ms", 49.0), Budget("slow", 50, "ms", 51.0),
                           Budget("many", 1.8, "x", 1.9, at_least=True), Budget("few", 1.8, "x", 1.7, at_least=True),
                           Budget("told only", None, "ms", 7.0)], 1e-9)
    words = {line.split(" | ")[0].strip("| "): line.split(" | ")[-1].strip("| ") for line in found.splitlines()[2:]}
    assert words == {"fast": "holds", "slow": "does not hold", "many": "holds", "few": "does not hold",
                     "told only": "–"}
    assert "| at most 50 ms | 49 ms | 0.98 | 49,000,000 |" in found


def test_measurements_become_the_budgets_of_the_design():
    rates = Rates({("random", 10_000): 1e-6}, {"random": 3e-5}, 1e-9, {"random": 12.0})
    turns = [0.0004] * 197 + [0.002] * 3
    found = speed_budgets(rates, turns, turns, [0.06, 0.04, 0.05], (3.0, 1.5))
    found += start_budgets({"bare window": [0.05], "first frame": [0.07], "title takes input": [0.15], "desk": [0.9]},
                           {"uncached": [0.09], "cached": [0.01]}, {"event.wait": [0.02], "title": [0.005]})
    assert [(round(budget.measured, 6), budget.verdict()) for budget in found] == [
        (30.0, "holds"), (2.0, "holds"), (3.0, "holds"), (0.4, "holds"), (2.0, "does not hold"), (0.4, "holds"),
        (2.0, "holds"), (50.0, "holds"), (50.0, "–"), (1.4, "holds"), (3.0, "does not hold"), (0.9, "holds"),
        (9.0, "holds"), (4.0, "does not hold")]


def test_stages_are_shares_of_the_whole():
    found = stages_table({"random": {"one": 3e-6, "two": 1e-6}})
    assert "| one | 3.00 µs, 75% |" in found and "| together | 4.00 µs |" in found


def test_things_are_measured_in_turn():
    order = []
    things = {name: lambda name=name: order.append(name) or 1.0 for name in "ab"}
    assert in_turn(things, 2, lambda _: None) == {"a": [1.0, 1.0], "b": [1.0, 1.0]}
    assert order == ["a", "b", "a", "b"]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system does not let a process choose its core")
def test_one_core_is_given_back():
    before = os.sched_getaffinity(0)
    with one_core():
        assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(0) == before
