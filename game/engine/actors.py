"""What the other actors do: each makes its most appealing moves, on what the screen showed.

A move's score is its appeal plus the actor's temper times a number in [-1, 1). Highest score first, ties by
id; a move whose score is not above 0 is not made, nor one whose own odds fail.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.dice import MOVES, TEMPERS, Dice
from game.engine.formulas import Reading, places
from game.engine.quick import first_true
from game.engine.state import NONE, State
from game.engine.tables import Rules


@dataclass(frozen=True)
class Seats:
    """All moves as columns [moves, 1] or rows of what was read; `own` [acting, most] moves of each acting actor."""

    when: np.ndarray
    appeal: np.ndarray
    chancy: np.ndarray  # moves with odds
    odds: np.ndarray  # of those
    cooldown: np.ndarray
    temper: np.ndarray
    own: np.ndarray  # filled up with the number of moves, which stands for no move
    acting: np.ndarray  # [acting, 1] 0, 1, 2...
    attention: tuple[int, ...]
    slots: np.ndarray  # rows of rounds x acting, in the order of actors: where each slot's move is found


def seats_of(rules: Rules) -> Seats:
    moves, actors = rules.tables.moves, rules.tables.actors
    acting = [(a, actor.attention) for a, actor in enumerate(actors) if actor.attention]
    own = [[m for m, move in enumerate(moves) if move.actor == a] for a, _ in acting]
    most = max(map(len, own), default=0) or 1
    chancy = [m for m, move in enumerate(moves) if move.odds is not None]
    return Seats(
        places(rules, [m.when for m in moves]), places(rules, [m.appeal for m in moves]),
        np.array(chancy, dtype=np.intp), places(rules, [moves[m].odds for m in chancy]),
        np.array([[m.cooldown] for m in moves], dtype=np.int32), np.array([[actors[m.actor].temper] for m in moves]),
        np.array([row + [len(moves)] * (most - len(row)) for row in own], dtype=np.intp).reshape(len(own), most),
        np.arange(len(own))[:, None], tuple(attention for _, attention in acting),
        np.array([r * len(acting) + n for n, (_, attention) in enumerate(acting) for r in range(attention)], np.intp),
    )


def choose_moves(rules: Rules, state: State, reading: Reading, dice: Dice) -> np.ndarray:
    """Moves made this turn, [attention slots, games] of move index or NONE, actor by actor."""
    seats = rules.part(seats_of)
    if not len(seats.own) or not rules.tables.moves:
        return np.full((len(seats.slots), state.games), NONE, dtype=np.int32)
    scores = _scores(seats, state, reading, dice).take(seats.own, 0)
    made = []
    for turn in range(max(seats.attention)):
        most = np.maximum.reduce(scores, axis=1)
        best = first_true(scores == most[:, None], 1)  # of the highest
        made.append(np.where(most > 0.0, seats.own[seats.acting, best], NONE).astype(np.int32))
        if turn + 1 < max(seats.attention):
            scores[seats.acting, best, np.arange(state.games)] = -1.0
    return made[0] if len(made) == 1 else np.concatenate(made)[seats.slots]


def _scores(seats: Seats, state: State, reading: Reading, dice: Dice) -> np.ndarray:
    """Score of each move, and of no move [moves + 1, games]; -1 where it may not be made."""
    read, scores = reading.all_read, np.empty((len(seats.when) + 1, state.games))
    may = state.moved <= state.turn - seats.cooldown
    may &= state.running
    may &= read.take(seats.when, 0) != 0.0
    if len(seats.chancy) == len(may):
        may &= dice.of(MOVES) < read.take(seats.odds, 0)
    elif len(seats.chancy):
        may[seats.chancy] &= dice.of(MOVES) < read.take(seats.odds, 0)
    temper = 2.0 * dice.of(TEMPERS)
    temper -= 1.0
    temper *= seats.temper
    np.add(read.take(seats.appeal, 0), temper, out=scores[:-1])
    np.copyto(scores[:-1], -1.0, where=~may)
    scores[-1] = -1.0
    return scores
