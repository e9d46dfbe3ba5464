"""Everything that a turn decides, as landings (bundles of effects) put on their way.

`gather` says which landing each slot of the turn has; `send` adds their effects to the ring of what is due.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.actors import choose_moves
from game.engine.decisions import Settled
from game.engine.dice import Dice
from game.engine.formulas import Reading
from game.engine.state import NONE, State, landing_slots
from game.engine.tables import Rules


@dataclass(frozen=True)
class Decided:
    """What happened besides numbers; NONE or False where nothing did."""

    landed: np.ndarray  # [slots, games] landing
    choices: np.ndarray  # [places, games] choice taken
    gambles: np.ndarray  # [places, games] 1 won, 0 lost, NONE no gamble
    initiatives: np.ndarray  # [initiatives, games] bool
    moves: np.ndarray  # [attention slots, games] move
    kept: np.ndarray  # [promises, games] bool
    broken: np.ndarray  # [promises, games] bool


def gather(rules: Rules, state: State, reading: Reading, settled: Settled, dice: Dice, moves: bool) -> Decided:
    """Landings of the turn, on what the screen showed; `moves` False keeps the other actors still."""
    slots, games = landing_slots(rules), state.games
    landed = np.zeros((slots.count, games), dtype=np.int16)
    gambles = _cards(rules, state, reading, settled, dice, landed[slots.cards: slots.lapses])
    for slot, card in enumerate(state.lapsing):
        landed[slots.lapses + slot], _ = _outcome(rules, reading, dice, card, rules.choices.default[card])
    _initiatives(rules, reading, settled, dice, landed[slots.initiatives: slots.moves])
    made = (choose_moves(rules, state, reading, dice) if moves
            else np.full((slots.promises - slots.moves, games), NONE, dtype=np.int32))
    for slot, move in enumerate(made):
        landed[slots.moves + slot] = np.array([m.landing for m in rules.tables.moves] + [0], dtype=np.int16)[move]
    kept = np.zeros((len(rules.tables.promises), games), dtype=bool)
    broken = kept.copy()
    for p, promise in enumerate(rules.tables.promises):
        due = state.running & (state.promised[p] == state.turn)
        if due.any():
            kept[p] = due & reading.holds(promise.kept_if)
            broken[p] = due & ~kept[p]
        landed[slots.promises + p] = np.where(kept[p], promise.landing_kept,
                                              np.where(broken[p], promise.landing_broken, 0))
    landed = np.where(state.running, landed, 0).astype(np.int16)
    return Decided(landed, settled.choices, gambles, settled.initiatives, made, kept, broken)


def _cards(rules: Rules, state: State, reading: Reading, settled: Settled, dice: Dice,
           landed: np.ndarray) -> np.ndarray:
    """Landing of each place's choice, written to `landed`; returns how gambles went."""
    gambles = np.empty(settled.choices.shape, dtype=np.int32)
    for place, (card, choice) in enumerate(zip(state.agenda, settled.choices, strict=True)):
        landed[place], gambles[place] = _outcome(rules, reading, dice, card, choice)
    return gambles


def _outcome(rules: Rules, reading: Reading, dice: Dice, card: np.ndarray,
             choice: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Landing of a card's choice in every game, and how its gamble went: 1 won, 0 lost, NONE no gamble."""
    landed, gamble = rules.choices.landing[card, choice], np.full(card.shape, NONE, dtype=np.int32)
    for c, x, odds, failure in rules.choices.gambles:
        here = (card == c) & (choice == x)
        if here.any():
            won = dice.gambles[c] < reading.number(odds)
            landed = np.where(here & ~won, failure, landed)
            gamble = np.where(here, won, gamble)
    return landed, gamble


def _initiatives(rules: Rules, reading: Reading, settled: Settled, dice: Dice, landed: np.ndarray) -> None:
    """Played initiatives take the next free slot, in file order."""
    count = np.zeros(landed.shape[1], dtype=np.intp)
    for i, initiative in enumerate(rules.tables.initiatives):
        played, option = settled.initiatives[i], initiative.option
        if not played.any():
            continue
        outcome = np.full(played.shape, option.landing)
        if option.odds is not None:
            outcome = np.where(dice.initiatives[i] < reading.number(option.odds), outcome, option.landing_failure)
        for slot in range(len(landed)):
            landed[slot] = np.where(played & (count == slot), outcome, landed[slot])
        count = count + played


def send(rules: Rules, due: np.ndarray, landed: np.ndarray, turn: int) -> np.ndarray:
    """`due` [delays, columns, games] with the effects of this turn's landings added."""
    due = due.copy()
    for slot in landed:
        for landing in np.unique(slot[slot > 0]):
            here = slot == landing
            for delay, column, amount in rules.arrivals[landing]:
                arriving = due[(turn + delay) % len(due), column]
                arriving += np.where(here, amount, 0.0)
    return due


def charges(rules: Rules, state: State, settled: Settled) -> list[tuple[tuple, np.ndarray, np.ndarray]]:
    """What the decisions cost: (origin, cash [games], capital [games]), levers' running costs included."""
    table, t = rules.choices, rules.tables
    bills = [(("place", place), table.cost[card, choice], table.capital[card, choice])
             for place, (card, choice) in enumerate(zip(state.agenda, settled.choices, strict=True))]
    for i, lever in enumerate(t.levers):
        distance = np.abs(settled.levers[i] - state.values[lever.row])
        cash = lever.cost_once * distance + lever.cost_per_turn * settled.levers[i]
        bills.append((("lever", i), cash, lever.capital * np.floor(distance / lever.step + 0.5)))
    for i, initiative in enumerate(t.initiatives):
        played = settled.initiatives[i]
        bills.append((("initiative", i), np.where(played, initiative.option.cost, 0.0),
                      np.where(played, initiative.option.capital, 0.0)))
    return bills
