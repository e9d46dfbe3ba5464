"""Measures speed and start-up and prints the README's tables: `python -m tests.benchmarks [--quick]`.

Everything is measured in one run on the shipped scenario, on one core where the system lets one choose, in turns, as
medians; ratios to the oracle (tests/oracle: plain Python, one game at a time) and to a fixed numpy loop (measuring.py)
stand beside times, so that machines compare. Tables go to standard output, progress to standard error. A full run
takes about five minutes, a quick one about one: fewer repetitions, so less sure. Read next: many.py.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from tests.benchmarks import starting
from tests.benchmarks.budgets import LESSONS, Budget, speed_budgets, start_budgets
from tests.benchmarks.games import table
from tests.benchmarks.jobs import job_times
from tests.benchmarks.many import BATCHES, rates
from tests.benchmarks.measuring import Share, one_core
from tests.benchmarks.single import forecast_time, turn_times
from tests.benchmarks.stages import stage_times
from tests.benchmarks.tables import budgets_table, rates_table, stages_table

SCENARIO, POLICIES = "mongolia-2011", ("random", "nothing")


@dataclass(frozen=True)
class Effort:
    """How much is done for each figure."""

    repeats: int
    batches: tuple[int, ...]
    stage_games: int
    single_games: int
    forecasts: int
    jobs: int
    starts: int
    idles: int


FULL, QUICK = Effort(5, BATCHES, 20_000, 100, 15, 3, 9, 3), Effort(1, BATCHES[:-1], 5_000, 20, 5, 1, 3, 1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure speed and start-up.")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions: about a minute")
    effort = QUICK if parser.parse_args().quick else FULL
    began = time.perf_counter()

    def say(text: str) -> None:
        print(f"{time.perf_counter() - began:5.0f} s  {text}", file=sys.stderr)

    print(f"{machine()}.")
    tables = [table(SCENARIO, policy) for policy in POLICIES]
    with one_core() as pinned:
        share = Share()
        found = rates(tables, effort.batches, effort.repeats, say)
        stages = {each.name: stage_times(each, effort.stage_games) for each in tables}
        plain, full = turn_times(tables[0], effort.single_games, say)
        forecasts = forecast_time(tables[0], effort.forecasts)
        busy = share.so_far()
    jobs = job_times(tables[0], LESSONS, effort.jobs, say)
    print(f"{SCENARIO}, games of {tables[0].turns} turns{', on one core' if pinned else ''}; this program had the "
          f"processor for {busy:.0%} of the time. An element-operation of the calibration loop (tests/benchmarks/"
          f"measuring.py) took {found.unit * 1e9:.3f} ns. Rates are in processor time, budgets in time on the wall.\n")
    budgets = [*speed_budgets(found, plain, full, forecasts, jobs), *started(effort, say)]
    print(rates_table(found), stages_table(stages), budgets_table(budgets, found.unit), sep="\n\n")
    return 0


def started(effort: Effort, say: Callable[[str], None]) -> list[Budget]:
    """The budgets of starting, drawing and idling, which are measured in processes of their own."""
    starts = starting.starts(effort.starts)
    say("starts")
    frames = starting.frames(effort.starts)
    say("frames")
    idle = starting.idle_shares(effort.idles)
    say("idling")
    return start_budgets(starts, frames, idle)


def machine() -> str:
    return (f"{platform.system()} {platform.machine()}, {processor()}, {os.cpu_count()} processors; "
            f"Python {platform.python_version()}, numpy {version('numpy')}")


def processor() -> str:
    """The processor's name where the system tells it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "processor not named"


if __name__ == "__main__":
    sys.exit(main())
