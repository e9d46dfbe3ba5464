"""Whole jobs as `simulate` does them: a hundred thousand lesson games, by one process and by two."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from game.outlook.simulate import simulate
from game.outlook.workers import Where
from tests.benchmarks.games import SEED, Table
from tests.benchmarks.measuring import in_turn, one_core, seconds


def job_times(of: Table, games: int, repeats: int, say: Callable[[str], None]) -> tuple[float, float]:
    """Median seconds of the job on one core, and by two processes; starting them counts. AssertionError if the two
    do not say the same of the games."""
    summaries = []

    def job(processes: int) -> float:
        return seconds(lambda: summaries.append(simulate(of.scenario, games, of.name, SEED, of.length,
                                                         where=Where(processes))))

    def alone() -> float:
        with one_core():
            return job(1)

    found = in_turn({f"{games:,} games, one process": alone, f"{games:,} games, two processes": lambda: job(2)},
                    repeats, say)
    if any(summary != summaries[0] for summary in summaries):
        raise AssertionError("one process and two do not play the same games")
    one, two = map(statistics.median, found.values())
    return one, two
