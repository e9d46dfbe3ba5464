"""What the design promises about speed, and from measurements to verdicts. Read next: tables.py."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles

from tests.benchmarks.many import Rates

LESSONS, COMPARED = 100_000, 10_000  # games of the whole job, and of the batch that is compared with the oracle


@dataclass(frozen=True)
class Budget:
    """A promise of the design (limit None: none was made), and what was measured. `unit` is ms, s or x, a ratio; with
    `at_least` more is better."""

    what: str
    limit: float | None
    unit: str
    measured: float
    at_least: bool = False

    def verdict(self) -> str:
        if self.limit is None:
            return "–"
        kept = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        return "holds" if kept else "does not hold"


def speed_budgets(found: Rates, plain: list[float], full: list[float], forecasts: list[float],
                  jobs: tuple[float, float]) -> list[Budget]:
    """From seconds: of single turns without and with the ledger, of forecasts, of the job by one process and by two."""
    many = found.oracle["random"] / found.batches["random", COMPARED]
    return [
        Budget(f"a batch of {COMPARED:,} against the oracle", 25, "x", many, at_least=True),
        Budget(f"two processes against one, {LESSONS:,} games", 1.8, "x", jobs[0] / jobs[1], at_least=True),
        Budget(f"{LESSONS:,} lesson games on one core, the whole job", 4, "s", jobs[0]),
        Budget("a turn of one game, median", 0.5, "ms", median(plain) * 1e3),
        Budget("a turn of one game, 99th percentile", 1, "ms", _slowest(plain) * 1e3),
        Budget("the same with ledger, median", 2, "ms", median(full) * 1e3),
        Budget("the same with ledger, 99th percentile", 4, "ms", _slowest(full) * 1e3),
        Budget("three choices over 1,000 futures of eight turns", 50, "ms", median(forecasts) * 1e3),
    ]


def _slowest(times: list[float]) -> float:
    """The 99th percentile."""
    return quantiles(times, n=100)[98]


def start_budgets(starts: dict[str, list[float]], frames: dict[str, list[float]],
                  idle: dict[str, list[float]]) -> list[Budget]:
    """From what starting.py measures: seconds of starts and frames, shares of a processor while idle."""
    bare, first, title, desk = (median(starts[name]) for name in (
        "bare window", "first frame", "title takes input", "desk"))
    drawn = median(frames["uncached"]) / median(frames["cached"])
    return [
        Budget("process start to a bare pygame window", None, "ms", bare * 1e3),
        Budget("first frame against the bare window", 1.5, "x", first / bare),
        Budget("title takes input against the bare window", 2.5, "x", title / bare),
        Budget("process start to the desk of a new game", 1.5, "s", desk),
        Budget("a full frame, uncached against cached", 8, "x", drawn, at_least=True),
        Budget("idle processor, an event.wait loop against the game", 5, "x",
               median(idle["event.wait"]) / median(idle["title"]), at_least=True),
    ]
