"""Where each use of luck has its own place among a turn's random numbers.

Deciding differently never moves another use to another number. The order of places is part of the rules:
changing it changes every game of a seed. Every card, move and initiative has its places, but only those that a
scenario uses are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.engine.formulas import driver_luck
from game.engine.luck import uniforms
from game.engine.tables import CHANCE, Rules

DRIVERS, CHANCES, PLACES, GAMBLES, INITIATIVES, MOVES, TEMPERS = range(7)  # groups of places, in this order


def sizes(rules: Rules) -> tuple[int, ...]:
    """Places of each group."""
    t = rules.tables
    cards, moves = len(t.cards), len(t.moves)
    return (len(rules.luck_rows), cards, t.agenda.places, cards, len(t.initiatives), moves, moves)


def used(rules: Rules) -> tuple[list[int], ...]:
    """The members of each group that throw dice: drivers, cards with a chance, places on the agenda, cards with a
    gamble, initiatives and moves with odds, moves."""
    t = rules.tables
    return (
        list(range(len(rules.luck_rows))),
        [c for c, card in enumerate(t.cards) if card.mode == CHANCE],
        list(range(t.agenda.places)),
        sorted({card for card, _, _, _ in rules.choices.gambles}),
        [i for i, initiative in enumerate(t.initiatives) if initiative.option.odds is not None],
        [m for m, move in enumerate(t.moves) if move.odds is not None],
        list(range(len(t.moves))),
    )


@dataclass(frozen=True)
class Places:
    """Slots of all places, those in use, and where each group is among those."""

    slots: int
    used: np.ndarray
    groups: tuple[slice, ...]


def places_of(rules: Rules) -> Places:
    members, counts = used(rules), sizes(rules)
    slots = [sum(counts[:n]) + member for n, group in enumerate(members) for member in group]
    ends = np.cumsum([0, *map(len, members)]).tolist()
    return Places(sum(counts), np.array(slots, dtype=np.intp),
                  tuple(slice(first, last) for first, last in zip(ends, ends[1:], strict=False)))


@dataclass(frozen=True)
class Dice:
    """One turn's numbers in [0, 1), drawn when they are first asked for."""

    rules: Rules
    seed: int
    first_game: int
    games: int
    turn: int

    def of(self, group: int) -> np.ndarray:
        """[members, games] for the members of a group that throw dice, see `used`."""
        return self._numbers[self.rules.part(places_of).groups[group]]

    @cached_property
    def next(self) -> Dice:
        """The next turn's; made once, so that batches that share this turn's share that one's too."""
        return Dice(self.rules, self.seed, self.first_game, self.games, self.turn + 1)

    @cached_property
    def luck(self) -> np.ndarray:
        """Standard normal draws of the drivers [drivers, games]."""
        return driver_luck(self.of(DRIVERS))

    @cached_property
    def _numbers(self) -> np.ndarray:
        places = self.rules.part(places_of)
        return uniforms(self.seed, self.first_game, self.games, self.turn, places.slots, wanted=places.used)
