"""What the other actors do: each makes its most appealing moves, on what the screen showed.

A move's score is its appeal plus the actor's temper times a number in [-1, 1). Highest score first, ties by
id; a move whose score is not above 0 is not made, nor one whose own odds fail.
"""

from __future__ import annotations

import numpy as np

from game.engine.dice import Dice
from game.engine.formulas import Reading
from game.engine.state import NONE, State
from game.engine.tables import Rules


def choose_moves(rules: Rules, state: State, reading: Reading, dice: Dice) -> np.ndarray:
    """Moves made this turn, [attention slots, games] of move index or NONE, actor by actor."""
    scores = [_score(rules, state, reading, dice, m) for m in range(len(rules.tables.moves))]
    made = []
    for a, actor in enumerate(rules.tables.actors):
        own = [m for m, move in enumerate(rules.tables.moves) if move.actor == a]
        for _ in range(actor.attention):
            best, pick = np.zeros(state.games), np.full(state.games, NONE, dtype=np.int32)
            for m in own:
                better = scores[m] > best
                best, pick = np.where(better, scores[m], best), np.where(better, m, pick)
            for m in own:
                scores[m] = np.where(pick == m, -1.0, scores[m])
            made.append(pick)
    return np.array(made, dtype=np.int32).reshape(len(made), state.games)


def _score(rules: Rules, state: State, reading: Reading, dice: Dice, m: int) -> np.ndarray:
    """Score of move m [games]; -1 where it may not be made."""
    move = rules.tables.moves[m]
    may = state.running & (state.turn - state.moved[m] >= move.cooldown)
    if not may.any():
        return np.full(state.games, -1.0)
    may = may & reading.holds(move.when)
    if move.odds is not None:
        may = may & (dice.move_odds[m] < reading.number(move.odds))
    temper = rules.tables.actors[move.actor].temper
    return np.where(may, reading.number(move.appeal) + temper * (2.0 * dice.tempers[m] - 1.0), -1.0)
