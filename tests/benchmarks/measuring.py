"""Clocks and what everything is compared with: one core, repetitions in turn, and the calibration loop.

Times differ between machines and hours, so each thing is measured several times, all things in turn rather than one
after the other, and the median counts. Rates are in processor time, what a person waits for in time on the wall.
Read next: many.py, single.py.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np

# The calibration loop: float64 rows of 2,000 numbers, 12 of them, 192 kB together, which fit the second-level cache of
# any processor of the last ten years. Sources are never written, so that every round does the same work. Its unit, the
# element-operation, is the time that one of these steps takes for one number.
ROW, SOURCES, RESULTS = 2_000, 6, 6
STEPS = (("add", 0, 1, 0), ("multiply", 2, 3, 1), ("maximum", 4, 5, 2), ("where", 0, 5, 3),
         ("add", 3, 4, 4), ("multiply", 1, 2, 5), ("maximum", 0, 3, 0), ("where", 2, 4, 1))  # what, from, from, to
ROUNDS = 2_000


def calibrate(rounds: int = ROUNDS) -> float:
    """Seconds of one element-operation of the calibration loop here and now."""
    rows = np.random.default_rng(1).uniform(0.5, 1.5, (SOURCES, ROW))
    results, mask = np.zeros((RESULTS, ROW)), rows[0] < rows[1]
    steps = [partial(np.copyto, results[to], rows[one], where=mask) if name == "where" else
             partial(getattr(np, name), rows[one], rows[other], out=results[to]) for name, one, other, to in STEPS]

    def work() -> None:
        for _ in range(rounds):
            for step in steps:
                step()

    return processor_seconds(work) / (rounds * len(STEPS) * ROW)


def seconds(work: Callable[[], object]) -> float:
    """Seconds on the wall: what a person waits."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def processor_seconds(work: Callable[[], object]) -> float:
    """Seconds for which this process had a processor: for rates, so that other programs disturb them less."""
    began = time.process_time()
    work()
    return time.process_time() - began


def in_turn(things: dict[str, Callable[[], float]], repeats: int, say: Callable[[str], None]) -> dict[str, list[float]]:
    """What each thing returns, `repeats` times: all things once, then all again."""
    found: dict[str, list[float]] = {name: [] for name in things}
    for number in range(repeats):
        for name, thing in things.items():
            found[name].append(thing())
            say(f"round {number + 1} of {repeats}: {name}")
    return found


def medians(found: dict[str, list[float]]) -> dict[str, float]:
    return {name: statistics.median(values) for name, values in found.items()}


@contextmanager
def one_core() -> Iterator[bool]:
    """This process on a single core, where the system lets one choose; says whether it does."""
    if not hasattr(os, "sched_setaffinity"):
        yield False
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})  # the first one serves most interrupts
    try:
        yield True
    finally:
        os.sched_setaffinity(0, before)


class Share:
    """How much of the time this process had a processor: well below 1, the machine did other things meanwhile."""

    def __init__(self) -> None:
        self.wall, self.busy = time.perf_counter(), time.process_time()

    def so_far(self) -> float:
        return (time.process_time() - self.busy) / (time.perf_counter() - self.wall)
