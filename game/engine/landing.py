"""Everything that a turn decides, as landings (bundles of effects) put on their way.

`gather` says which landing each slot of the turn has; `send` adds their effects to what is due.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from game.engine.actors import choose_moves
from game.engine.arrivals import Arrivals, spans
from game.engine.decisions import Settled, table_of
from game.engine.dice import Dice
from game.engine.formulas import Reading, places
from game.engine.state import NONE, RUNNING, State, landing_slots
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


@dataclass(frozen=True)
class Bundles:
    """What can land, as tables. Arrivals of all landings stand one after the other; `first` says where each begins."""

    gamble: np.ndarray  # [card, choice] its place among the gambles, or NONE
    odds: np.ndarray  # [gambles] row of what was read
    failure: np.ndarray  # [gambles] landing
    moves: np.ndarray  # [moves + 1] landing; the last is no move
    first: np.ndarray  # [landings + 1]
    delay: np.ndarray  # [arrivals]
    column: np.ndarray
    amount: np.ndarray


def bundles_of(rules: Rules) -> Bundles:
    gamble = np.full(rules.choices.exists.shape, NONE, dtype=np.intp)
    for n, (card, choice, _, _) in enumerate(rules.choices.gambles):
        gamble[card, choice] = n
    arrivals = [arrival for landing in rules.arrivals for arrival in landing]
    return Bundles(
        gamble, places(rules, [odds for _, _, odds, _ in rules.choices.gambles]),
        np.array([failure for _, _, _, failure in rules.choices.gambles], dtype=np.int16),
        np.array([move.landing for move in rules.tables.moves] + [0], dtype=np.int16),
        np.cumsum([0] + [len(landing) for landing in rules.arrivals]),
        np.array([delay for delay, _, _ in arrivals], dtype=np.intp),
        np.array([column for _, column, _ in arrivals], dtype=np.intp),
        np.array([amount for _, _, amount in arrivals], dtype=np.float64),
    )


def gather(rules: Rules, state: State, reading: Reading, settled: Settled, dice: Dice, moves: bool) -> Decided:
    """Landings of the turn, on what the screen showed; `moves` False keeps the other actors still."""
    slots, games, bundles = rules.part(landing_slots), state.games, rules.part(bundles_of)
    landed = np.zeros((slots.count, games), dtype=np.int16)
    cards = np.concatenate([state.agenda, state.lapsing])
    choices = np.concatenate([settled.choices, rules.choices.default[state.lapsing]])
    landed[slots.cards: slots.initiatives], gambles = _outcomes(rules, reading, dice, cards, choices)
    _initiatives(rules, reading, settled, dice, landed[slots.initiatives: slots.moves])
    made = (choose_moves(rules, state, reading, dice) if moves
            else np.full((slots.promises - slots.moves, games), NONE, dtype=np.int32))
    landed[slots.moves: slots.promises] = bundles.moves[made]
    kept, broken = _promises(rules, state, reading, landed[slots.promises:])
    landed[:, state.ended != RUNNING] = 0
    return Decided(landed, settled.choices, gambles[: slots.lapses], settled.initiatives, made, kept, broken)


def _promises(rules: Rules, state: State, reading: Reading, landed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Promises that fall due, kept and broken [promises, games]; their landings are written to `landed`."""
    due = state.running & (state.promised == state.turn)
    kept, broken = np.zeros(due.shape, dtype=bool), np.zeros(due.shape, dtype=bool)
    for p in np.flatnonzero(np.logical_or.reduce(due, axis=1)):
        promise = rules.tables.promises[p]
        kept[p] = due[p] & reading.holds(promise.kept_if)
        broken[p] = due[p] & ~kept[p]
        landed[p] = np.where(kept[p], promise.landing_kept, np.where(broken[p], promise.landing_broken, 0))
    return kept, broken


def _outcomes(rules: Rules, reading: Reading, dice: Dice, cards: np.ndarray,
              choices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Landings of cards' choices [places, games], and how gambles went: 1 won, 0 lost, NONE no gamble."""
    bundles, landed = rules.part(bundles_of), rules.choices.landing[cards, choices]
    gamble = bundles.gamble[cards, choices]
    place, game = np.nonzero(gamble != NONE)
    results = np.full(cards.shape, NONE, dtype=np.int32)
    if len(place):
        number = gamble[place, game]
        won = dice.gambles[cards[place, game], game] < reading.all_read[bundles.odds[number], game]
        results[place, game] = won
        landed[place, game] = np.where(won, landed[place, game], bundles.failure[number])
    return landed, results


def _initiatives(rules: Rules, reading: Reading, settled: Settled, dice: Dice, landed: np.ndarray) -> None:
    """Played initiatives take the next free slot, in file order."""
    count = np.zeros(landed.shape[1], dtype=np.intp)
    for i in np.flatnonzero(np.logical_or.reduce(settled.initiatives, axis=1)):
        played, option = settled.initiatives[i], rules.tables.initiatives[i].option
        outcome = np.full(played.shape, option.landing)
        if option.odds is not None:
            outcome = np.where(dice.initiatives[i] < reading.number(option.odds), outcome, option.landing_failure)
        games = np.flatnonzero(played)
        landed[count[games], games] = outcome[games]
        count = count + played


def send(rules: Rules, due: Arrivals, landed: np.ndarray, turn: int) -> Arrivals:
    """`due` with the effects of this turn's landings [slots, games] added, slot by slot."""
    bundles, games = rules.part(bundles_of), landed.shape[1]
    place = landed.reshape(-1).nonzero()[0]
    number = landed.reshape(-1)[place]
    arrival, owner = spans(bundles.first[number], bundles.first[number + 1])
    return due.plus(turn + bundles.delay[arrival], bundles.column[arrival], (place % games)[owner],
                    bundles.amount[arrival])


@dataclass(frozen=True)
class Bills:
    """What the decisions cost [decisions, games]: cards by place, levers (running costs included), initiatives."""

    origins: tuple[tuple, ...]
    cash: np.ndarray
    capital: np.ndarray

    def __iter__(self) -> Iterator[tuple[tuple, np.ndarray, np.ndarray]]:
        return zip(self.origins, self.cash, self.capital, strict=True)


def origins_of(rules: Rules) -> tuple[tuple, ...]:
    t = rules.tables
    sizes = {"place": t.agenda.places, "lever": len(t.levers), "initiative": len(t.initiatives)}
    return tuple((kind, n) for kind, size in sizes.items() for n in range(size))


def charges(rules: Rules, state: State, settled: Settled) -> Bills:
    table, decisions = rules.choices, rules.part(table_of)
    levers = decisions.levers
    distance = np.abs(settled.levers - state.values[levers.row])
    running_cost = levers.cost_per_turn * settled.levers
    cash = (table.cost[state.agenda, settled.choices], levers.cost_once * distance + running_cost,
            np.where(settled.initiatives, decisions.cost, 0.0))
    capital = (table.capital[state.agenda, settled.choices], levers.capital * np.floor(distance / levers.step + 0.5),
               np.where(settled.initiatives, decisions.capital, 0.0))
    return Bills(rules.part(origins_of), np.concatenate(cash), np.concatenate(capital))
