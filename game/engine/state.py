"""The state of a batch of games: arrays whose last axis is games. A person plays a batch of one.

A state is "opened": drivers and auxiliaries of its turn are computed and the agenda is drawn; that is what
the screen shows and what conditions read. turn.py makes the next state and never changes an old one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from game.engine.arrivals import Arrivals, of_ring
from game.engine.dice import Dice
from game.engine.tables import NEVER, Rules

PAST = 5  # quarters of used values kept: a year ago, and the same a turn earlier for the ledger
LAPSES = 2  # waiting cards that may take their default in one turn
NONE = -1
RUNNING = -1  # State.ended; other values are an ending's index, or len(endings): the planned end


class AtHand(NamedTuple):
    """What opening a turn has worked out and playing it needs again. No part of the state: it can be made again."""

    values: np.ndarray  # State.values that was read
    due: Arrivals  # State.due
    now: np.ndarray  # [columns, games] of which lands now
    later: Arrivals  # and what lands later
    dice: Dice
    read: np.ndarray | None = None  # [nodes, games], see passes.py

    def on(self, values: np.ndarray, read: np.ndarray | None = None) -> AtHand:
        """The same for other values."""
        return AtHand(values, self.due, self.now, self.later, self.dice, read)


@dataclass(frozen=True)
class State:
    seed: int
    first_game: int
    turn: int  # 0-based
    turns: int  # planned length
    standing_rows: tuple[int, ...]  # rows on which any effect can last for always, see tables.py
    values: np.ndarray  # [rows, games] what the screen shows
    past: tuple[np.ndarray, ...]  # PAST times [rows, games]: values that the last resolutions used, newest first
    closing: np.ndarray  # [rows, games] as of the last day of the previous turn
    due: Arrivals  # effects on their way
    standing: np.ndarray  # [standing_rows, games] sum of effects that last for always
    landed: tuple[np.ndarray, ...]  # for each turn [slots, games]: landing decided in each slot; 0: none
    shown: np.ndarray  # [cards, games] turn of last showing
    waiting: np.ndarray  # [cards, games] turn since which a card waits for a place, or NONE
    follow_due: np.ndarray  # [cards, games] turn, or NONE
    threat_due: np.ndarray  # [cards, games] turn in which an announced card strikes, or NONE
    averted: np.ndarray  # [cards, games] threats that passed when this turn opened
    played: np.ndarray  # [initiatives, games] turn of last play
    moved: np.ndarray  # [moves, games] turn of last making
    promised: np.ndarray  # [promises, games] turn in which it falls due, or NONE
    agenda: np.ndarray  # [places, games] card, or NONE
    lapsing: np.ndarray  # [LAPSES, games] card that waited in vain and takes its default now, or NONE
    ending_turns: np.ndarray  # [endings, games] turns for which its condition has held
    ended: np.ndarray  # [games] RUNNING or an ending
    ended_turn: np.ndarray  # [games] turn in which it ended, or NONE
    at_hand: AtHand | None = None
    ended_past: tuple[tuple[np.ndarray, np.ndarray], ...] = ()  # games, and their `past` [PAST, rows, they] at the end

    @property
    def games(self) -> int:
        return self.values.shape[1]

    @property
    def running(self) -> np.ndarray:
        return self.ended == RUNNING

    def known(self) -> AtHand | None:
        """What is at hand, if it is of this very state."""
        hand = self.at_hand
        if hand is None or hand.values is not self.values or hand.due is not self.due:
            return None
        dice = hand.dice
        return hand if (dice.seed, dice.first_game, dice.turn) == (self.seed, self.first_game, self.turn) else None

    def changed(self, **changes: Any) -> State:
        """A copy with other values of some fields: dataclasses.replace, in a tenth of the time."""
        copy = object.__new__(State)
        copy.__dict__.update(self.__dict__, **changes)
        return copy


def array_fields(state: State) -> dict[str, np.ndarray]:
    """Everything that differs from game to game, as arrays whose last axis is games; what is on its way as a ring,
    what lasts on all rows."""
    standing = np.zeros(state.values.shape)
    standing[list(state.standing_rows)] = state.standing
    found = {**vars(state), "past": np.array(_past(state)), "landed": np.array(state.landed),
             "due": state.due.ring(), "standing": standing}
    return {name: array for name, array in found.items() if isinstance(array, np.ndarray)}


def state_of(rules: Rules, arrays: dict[str, np.ndarray], seed: int, first_game: int, turn: int, turns: int) -> State:
    """The state with these array_fields."""
    special = {"past": tuple(arrays["past"]), "landed": tuple(arrays["landed"]), "due": of_ring(arrays["due"], turn),
               "standing": arrays["standing"][list(rules.standing_rows)]}
    return State(seed=seed, first_game=first_game, turn=turn, turns=turns, standing_rows=rules.standing_rows,
                 **{**arrays, **special})


def pick_games(state: State, games: np.ndarray | slice) -> State:
    """The state of some games of a batch (dice addresses stay those of the first one picked)."""
    numbers = np.arange(state.games)[games] if isinstance(games, slice) else games
    return _each(state, lambda array: array[..., games], state.due.of_games(numbers)).changed(
        first_game=state.first_game + int(numbers[0]))


def repeat_game(state: State, copies: int) -> State:
    """A batch of equal copies of a one-game state, for trying options side by side."""
    due = state.due.of_games(np.zeros(copies, dtype=np.intp))
    return _each(state, lambda array: np.broadcast_to(array, (*array.shape[:-1], copies)).copy(), due)


def _each(state: State, change: Callable[[np.ndarray], np.ndarray], due: Arrivals) -> State:
    """The state with `change` made to every array."""
    changes = {name: change(array) for name, array in vars(state).items() if isinstance(array, np.ndarray)}
    done: dict[int, np.ndarray] = {}  # by array: the same one may be there several times

    def each(arrays: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
        return tuple(done[id(array)] if id(array) in done else done.setdefault(id(array), change(array))
                     for array in arrays)

    return state.changed(**changes, past=each(_past(state)), landed=each(state.landed), due=due, at_hand=None,
                         ended_past=())


def _past(state: State) -> tuple[np.ndarray, ...]:
    """State.past, with that of games that have ended."""
    if not state.ended_past:
        return state.past
    past = np.array(state.past)
    for games, own in state.ended_past:
        past[..., games] = own
    return tuple(past)


def frozen(before: State, after: State, ended: np.ndarray) -> State:
    """`after`, but the games numbered in `ended` stay as they were, except for `past` (see State.ended_past) and what
    no turn adds to or takes from them.

    Writes on arrays of `after` that nobody else has.
    """
    shared = {"values", "closing"}  # with the turn's report
    for name, new in vars(after).items():
        old = getattr(before, name)
        if isinstance(new, np.ndarray) and new is not old and name not in shared:
            new[..., ended] = old[..., ended]
    closing = after.closing.copy()
    closing[:, ended] = before.closing[:, ended]
    return after.changed(closing=closing)


@dataclass(frozen=True)
class Slots:
    """Places in `landed`: one for everything that can land in a turn."""

    cards: int
    lapses: int
    initiatives: int
    moves: int
    promises: int
    count: int


def landing_slots(rules: Rules) -> Slots:
    """First index of each group of slots, and how many there are."""
    t = rules.tables
    sizes = [t.agenda.places, LAPSES, t.agenda.initiatives, sum(a.attention for a in t.actors), len(t.promises)]
    starts = [sum(sizes[:i]) for i in range(len(sizes) + 1)]
    return Slots(*starts)


def blank_state(rules: Rules, seed: int, first_game: int, turns: int, parameters: dict[int, float]) -> State:
    """The state of one game before the first turn opens; `parameters` replaces values of rows (difficulty)."""
    t = rules.tables
    rows = len(t.variables)
    values = np.zeros((rows, 1))
    past = np.zeros((PAST, rows, 1))
    for row, variable in enumerate(t.variables):
        start = variable.start or (0.0, 0.0, 0.0, 0.0)
        values[row] = parameters.get(row, start[-1]) + 0.0
        for ago in range(PAST):
            past[ago, row] = parameters.get(row, start[max(3 - ago, 0)]) + 0.0

    def never(count: int) -> np.ndarray:
        return np.full((count, 1), -NEVER, dtype=np.int32)

    def none(count: int) -> np.ndarray:
        return np.full((count, 1), NONE, dtype=np.int32)

    cards = len(t.cards)
    return State(
        seed=seed, first_game=first_game, turn=0, turns=turns, values=values, past=tuple(past),
        closing=values.copy(), due=of_ring(np.zeros((rules.horizon, len(rules.columns), 1)), 0),
        standing_rows=rules.standing_rows, standing=np.zeros((len(rules.standing_rows), 1)),
        landed=(np.zeros((landing_slots(rules).count, 1), dtype=np.int16),) * turns,
        shown=never(cards), waiting=none(cards), follow_due=none(cards), threat_due=none(cards),
        averted=np.zeros((cards, 1), dtype=bool),
        played=never(len(t.initiatives)), moved=never(len(t.moves)), promised=none(len(t.promises)),
        agenda=none(t.agenda.places), lapsing=none(LAPSES),
        ending_turns=np.zeros((len(t.endings), 1), dtype=np.int32),
        ended=np.full(1, RUNNING, dtype=np.int16), ended_turn=np.full(1, NONE, dtype=np.int32),
    )
