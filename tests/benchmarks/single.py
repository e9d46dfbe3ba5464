"""One game: a turn as a person plays it, with and without the ledger, and the forecast of a card's choices."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial

from game.engine.decisions import nothing
from game.engine.ledger import ledger
from game.engine.state import NONE, State
from game.engine.turn import begin, play, reading_of
from game.outlook.forecast import Question, forecast
from game.outlook.policies import bot_dice
from game.outlook.preview import outcomes, without_card
from tests.benchmarks.games import SEED, Table
from tests.benchmarks.measuring import seconds

CHOICES, FUTURES, HORIZON = 3, 1_000, 8


def turn_times(table: Table, games: int, say: Callable[[str], None]) -> tuple[list[float], list[float]]:
    """Seconds of each turn of games played alone, without and with the ledger; deciding is not counted.

    What is made once is made before, in a game that does not count; and as in the window Python does not look for
    garbage in it.
    """
    _turns(table, 0)
    gc.collect()
    gc.freeze()
    found = [times for game in range(games) for times in _turns(table, game)]
    gc.unfreeze()
    say(f"{len(found):,} single turns")
    return [plain for plain, _ in found], [full for _, full in found]


def _turns(table: Table, game: int) -> list[tuple[float, float]]:
    """Seconds of each turn of one game, without and with the ledger."""
    found = []
    state = begin(table.rules, SEED, 1, game, table.turns, table.parameters)
    while state.running[0]:
        wanted = table.policy(table.rules, state, reading_of(table.rules, state), bot_dice(table.rules, state))
        began = time.perf_counter()
        state, report = play(table.rules, state, wanted)
        plain = time.perf_counter() - began
        found.append((plain, plain + seconds(partial(ledger, table.rules, report))))
    return found


def forecast_time(table: Table, repeats: int) -> list[float]:
    """Seconds for CHOICES answers of a card over FUTURES futures of HORIZON turns, beside no answer at all."""
    state, place = _asked(table)
    opened, wanted = without_card(state, nothing(table.rules, state), place)
    options = table.rules.tables.cards[state.agenda[place, 0]].choices[:CHOICES]
    question = Question(opened, wanted, tuple(outcomes(option)[0] for option in options))
    rows = [table.scenario.row(indicator.variable) for indicator in table.scenario.document.indicators]
    return [seconds(lambda: forecast(table.rules, question, rows, HORIZON, FUTURES)) for _ in range(repeats)]


def _asked(table: Table) -> tuple[State, int]:
    """The first turn of game 0 that asks something with enough choices, and the place of that card."""
    state = begin(table.rules, SEED, 1, 0, table.turns, table.parameters)
    while True:
        for place, card in enumerate(state.agenda[:, 0]):
            if card != NONE and len(table.rules.tables.cards[card].choices) >= CHOICES:
                return state, place
        state, _ = play(table.rules, state, nothing(table.rules, state))
