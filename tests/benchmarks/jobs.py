"""Whole jobs as `simulate` does them: a hundred thousand lesson games, by one process and by two."""

from __future__ import annotations

import multiprocessing
import statistics
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from game.outlook.simulate import simulate
from tests.benchmarks.games import SEED, Table, table
from tests.benchmarks.measuring import in_turn, one_core, seconds


def job_times(of: Table, games: int, repeats: int, say: Callable[[str], None]) -> tuple[float, float]:
    """Median seconds of the job on one core, and by two processes; starting them counts."""
    def alone() -> float:
        with one_core():
            return seconds(lambda: simulate(of.scenario, games, of.name, SEED, of.length))

    def shared() -> float:
        return seconds(lambda: _by_two(of.scenario.document.id, of.name, games))

    found = in_turn({f"{games:,} games, one process": alone, f"{games:,} games, two processes": shared}, repeats, say)
    one, two = map(statistics.median, found.values())
    return one, two


def _by_two(scenario: str, policy: str, games: int) -> None:
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        for half in [pool.submit(half_job, scenario, policy, games // 2, SEED + n) for n in range(2)]:
            half.result()


def half_job(scenario: str, policy: str, games: int, seed: int) -> None:
    """What each of two processes does; it reads the scenario itself."""
    of = table(scenario, policy)
    simulate(of.scenario, games, policy, seed, of.length)
