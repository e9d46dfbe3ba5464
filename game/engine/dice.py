"""Where each use of luck has its own place among a turn's random numbers.

Deciding differently never moves another use to another number. The order of places is part of the rules:
changing it changes every game of a seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.luck import uniforms
from game.engine.tables import Rules


@dataclass(frozen=True)
class Dice:
    """One turn's numbers in [0, 1), each group [things, games]."""

    drivers: np.ndarray
    chances: np.ndarray  # by card
    places: np.ndarray
    gambles: np.ndarray  # by card: a card shows at most once a turn
    initiatives: np.ndarray
    move_odds: np.ndarray
    tempers: np.ndarray  # by move


def sizes(rules: Rules) -> tuple[int, ...]:
    t = rules.tables
    cards, moves = len(t.cards), len(t.moves)
    return (len(rules.luck_rows), cards, t.agenda.places, cards, len(t.initiatives), moves, moves)


def groups_of(rules: Rules) -> tuple[slice, ...]:
    ends = np.cumsum(sizes(rules)).tolist()
    return tuple(slice(first, last) for first, last in zip([0, *ends], ends, strict=False))


def roll(rules: Rules, seed: int, first_game: int, games: int, turn: int) -> Dice:
    groups = rules.part(groups_of)
    numbers = uniforms(seed, first_game, games, turn, groups[-1].stop)
    return Dice(*(numbers[group] for group in groups))
