"""One game: a turn as a person plays it, with and without the ledger, and the forecast of a card's choices."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from game.engine.ledger import ledger
from game.engine.state import repeat_game
from game.engine.turn import begin, play, reading_of
from game.outlook.policies import bot_dice, do_nothing
from tests.benchmarks.games import SEED, Table
from tests.benchmarks.measuring import seconds

CHOICES, FUTURES, HORIZON = 3, 1_000, 8


def turn_times(table: Table, games: int, say: Callable[[str], None]) -> tuple[list[float], list[float]]:
    """Seconds of each turn of games played alone, without and with the ledger; deciding is not counted."""
    plain: list[float] = []
    full: list[float] = []
    for game in range(games):
        state = begin(table.rules, SEED, 1, game, table.turns, table.parameters)
        while state.running[0]:
            wanted = table.policy(table.rules, state, reading_of(table.rules, state), bot_dice(table.rules, state))
            began = time.perf_counter()
            state, report = play(table.rules, state, wanted)
            plain.append(time.perf_counter() - began)
            full.append(plain[-1] + seconds(partial(ledger, table.rules, report)))
    say(f"{len(plain):,} single turns")
    return plain, full


def forecast_time(table: Table, repeats: int) -> list[float]:
    """Seconds for CHOICES answers over FUTURES futures of HORIZON turns each, nothing else decided."""
    state = begin(table.rules, SEED, 1, 0, table.turns, table.parameters)

    def look() -> None:
        ahead = repeat_game(state, CHOICES * FUTURES)
        for _ in range(HORIZON):
            ahead, _ = play(table.rules, ahead, do_nothing(table.rules, ahead, reading_of(table.rules, ahead), None))

    return [seconds(look) for _ in range(repeats)]
