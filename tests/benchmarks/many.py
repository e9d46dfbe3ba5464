"""Many games: rates by size of batch, beside the oracle and the calibration loop; whole jobs; two processes.

Read next: stages.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count

from game.engine.script import FEW
from tests.benchmarks.games import SEED, Table, by_engine, oracle_games
from tests.benchmarks.measuring import calibrate, in_turn, medians, processor_seconds

BATCHES = (1, 100, 1_000, 10_000, 100_000)
ENOUGH = 100  # games of a small batch are played again, on new seeds, until there are so many
ORACLE_GAMES = 20
CALIBRATION = "calibration loop"


@dataclass(frozen=True)
class Rates:
    """Processor seconds for one turn of one game, by policy: in each batch, and by the oracle. `unit`: seconds of an
    element-operation of the calibration loop. `turns`: mean turns of a game, by policy."""

    batches: dict[tuple[str, int], float]
    oracle: dict[str, float]
    unit: float
    turns: dict[str, float]


def rates(tables: list[Table], batches: tuple[int, ...], repeats: int, say: Callable[[str], None]) -> Rates:
    """What is made once (the formulas' functions, the tables of the rules) is made before the clock runs."""
    for table in tables:
        for games in (1, FEW + 1):  # one and many: formulas have a function for each
            by_engine(table, games)
    things: dict[str, Callable[[], float]] = {CALIBRATION: calibrate}
    for table in tables:
        things[_oracle(table)] = partial(a_turn, oracle_games(table, ORACLE_GAMES))
        for batch in batches:
            things[_batch(table, batch)] = partial(a_turn, _games(table, batch))
    found = medians(in_turn(things, repeats, say))
    return Rates({(table.name, batch): found[_batch(table, batch)] for table in tables for batch in batches},
                 {table.name: found[_oracle(table)] for table in tables}, found[CALIBRATION],
                 {table.name: by_engine(table, 1_000).turns_played / 1_000 for table in tables})


def _oracle(table: Table) -> str:
    return f"oracle, {table.name}"


def _batch(table: Table, batch: int) -> str:
    return f"batch of {batch:,}, {table.name}"


def _games(table: Table, batch: int) -> Callable[[], int]:
    """Work for the clock: at least ENOUGH games in batches of one size, never the same ones twice."""
    seeds = count(SEED)
    return lambda: sum(by_engine(table, batch, next(seeds)).turns_played for _ in range(max(1, ENOUGH // batch)))


def a_turn(play: Callable[[], int]) -> float:
    """Processor seconds for one turn of one game; `play` returns how many it has played."""
    turns: list[int] = []
    return processor_seconds(lambda: turns.append(play())) / turns[0]
