"""Everything that a turn decides, as landings (bundles of effects) put on their way.

`gather` says which landing each slot of the turn has; `send` adds their effects to what is due.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from game.engine.actors import choose_moves
from game.engine.arrivals import Arrivals, Lot, spans
from game.engine.decisions import Settled, place_in_game, table_of
from game.engine.dice import GAMBLES, INITIATIVES, Dice, used
from game.engine.formulas import Reading, places
from game.engine.quick import by_game
from game.engine.state import NONE, RUNNING, State, landing_slots
from game.engine.tables import Rules


class Decided(NamedTuple):
    """What happened besides numbers; NONE or False where nothing did."""

    landed: np.ndarray  # [slots, games] landing
    choices: np.ndarray  # [places, games] choice taken
    gambles: np.ndarray  # [places, games] 1 won, 0 lost, NONE no gamble
    initiatives: np.ndarray  # [initiatives, games] bool
    moves: np.ndarray  # [attention slots, games] move
    kept: np.ndarray  # [promises, games] bool
    broken: np.ndarray  # [promises, games] bool


@dataclass(frozen=True)
class Arriving:
    """Arrivals of all landings one after the other."""

    first: np.ndarray  # [landings] where a landing's begin
    count: np.ndarray  # [landings]
    delay: np.ndarray  # [arrivals] turns, in few bits, which are sorted faster
    column: np.ndarray  # [arrivals]
    amount: np.ndarray  # [arrivals]

    def of(self, landing: np.ndarray, game: np.ndarray, games: int) -> dict[int, Lot]:
        """Arrivals of landings in games, by delay; of the same delay in the order of the landings."""
        count = self.count[landing]
        arrival = spans(self.first[landing], count)
        delay = self.delay[arrival]
        order = delay.argsort(kind="stable")
        arrival = arrival.take(order)
        place = self.column.take(arrival)
        place *= games
        place += game.repeat(count).take(order)
        amount, delay = self.amount.take(arrival), delay.take(order)
        turns = np.arange(int(delay[-1]) + 1 if len(delay) else 1, dtype=delay.dtype)
        ends = delay.searchsorted(turns, side="right").tolist()
        return {late: (place[start:end], amount[start:end])
                for late, (start, end) in enumerate(zip([0, *ends], ends, strict=False)) if start < end}


@dataclass(frozen=True)
class Bundles:
    """What can land, as tables; NONE: no gamble."""

    gamble: np.ndarray  # [card, choice] its place among the gambles
    die: np.ndarray  # [gambles] among the cards that gamble
    odds: np.ndarray  # [gambles] row of what was read
    failure: np.ndarray  # [gambles] landing
    initiatives: np.ndarray  # [initiatives] landing
    risk: np.ndarray  # [initiatives] its place among those with odds
    risk_odds: np.ndarray  # of those
    risk_failure: np.ndarray
    moves: np.ndarray  # [moves + 1] landing; the last is no move
    kept_if: np.ndarray  # [promises] row of what was read
    kept: np.ndarray  # [promises, 1] landing
    broken: np.ndarray
    arriving: Arriving


def bundles_of(rules: Rules) -> Bundles:
    gamble, gambles = np.full(rules.choices.exists.shape, NONE, dtype=np.intp), rules.choices.gambles
    for n, (card, choice, _, _) in enumerate(gambles):
        gamble[card, choice] = n
    options = [initiative.option for initiative in rules.tables.initiatives]
    risky = [option for option in options if option.odds is not None]
    risk = np.full(len(options), NONE, dtype=np.intp)
    risk[[option.odds is not None for option in options]] = np.arange(len(risky))
    promises = rules.tables.promises
    die = {card: n for n, card in enumerate(used(rules)[GAMBLES])}

    def landings(numbers: list[int]) -> np.ndarray:
        return np.array(numbers, dtype=np.int16)

    return Bundles(
        gamble, np.array([die[card] for card, _, _, _ in gambles], dtype=np.intp),
        places(rules, [odds for _, _, odds, _ in gambles]), landings([failure for _, _, _, failure in gambles]),
        landings([option.landing for option in options]), risk, places(rules, [option.odds for option in risky]),
        landings([option.landing_failure for option in risky]),
        landings([move.landing for move in rules.tables.moves] + [0]),
        places(rules, [promise.kept_if for promise in promises]),
        landings([promise.landing_kept for promise in promises])[:, None],
        landings([promise.landing_broken for promise in promises])[:, None],
        _arriving(rules),
    )


def _arriving(rules: Rules) -> Arriving:
    found = [arrival for landing in rules.arrivals for arrival in landing]
    count = np.array([len(landing) for landing in rules.arrivals], dtype=np.intp)
    return Arriving(count.cumsum() - count, count,
                    np.array([delay for delay, _, _ in found], dtype=np.min_scalar_type(rules.horizon)),
                    np.array([column for _, column, _ in found], dtype=np.intp),
                    np.array([amount for _, _, amount in found], dtype=np.float64))


def gather(rules: Rules, state: State, reading: Reading, settled: Settled, dice: Dice, moves: bool) -> Decided:
    """Landings of the turn, on what the screen showed; `moves` False keeps the other actors still."""
    slots, games, bundles = rules.part(landing_slots), state.games, rules.part(bundles_of)
    landed = np.zeros((slots.count, games), dtype=np.int16)
    landed[slots.cards: slots.lapses], gambles = _outcomes(rules, reading, dice, state.agenda, settled.choices)
    if np.count_nonzero(state.lapsing != NONE):
        choices = rules.choices.default[state.lapsing]
        landed[slots.lapses: slots.initiatives], _ = _outcomes(rules, reading, dice, state.lapsing, choices)
    _initiatives(rules, reading, settled, dice, landed[slots.initiatives: slots.moves])
    made = (choose_moves(rules, state, reading, dice) if moves
            else np.full((slots.promises - slots.moves, games), NONE, dtype=np.int32))
    landed[slots.moves: slots.promises] = bundles.moves[made]
    kept, broken = _promises(rules, state, reading, landed[slots.promises:])
    ended = state.ended != RUNNING
    if np.count_nonzero(ended):
        landed[:, ended] = 0
    return Decided(landed, settled.choices, gambles, settled.initiatives, made, kept, broken)


def _promises(rules: Rules, state: State, reading: Reading, landed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Promises that fall due, kept and broken [promises, games]; their landings are written to `landed`."""
    due = state.promised == state.turn
    due &= state.running
    if not np.count_nonzero(due):
        return due, due
    bundles = rules.part(bundles_of)
    kept = due & (reading.all_read[bundles.kept_if] != 0.0)
    broken = due & ~kept
    landed[kept] = np.broadcast_to(bundles.kept, kept.shape)[kept]
    landed[broken] = np.broadcast_to(bundles.broken, broken.shape)[broken]
    return kept, broken


def _outcomes(rules: Rules, reading: Reading, dice: Dice, cards: np.ndarray,
              choices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Landings of cards' choices [places, games], and how gambles went: 1 won, 0 lost, NONE no gamble."""
    bundles, flat = rules.part(bundles_of), rules.choices.flat(cards, choices)
    landed = rules.choices.landing.take(flat)
    results = np.full(cards.shape, NONE, dtype=np.int32)
    gamble = bundles.gamble.take(flat)
    if np.count_nonzero(gamble != NONE):
        place, game = (gamble != NONE).nonzero()
        number = gamble[place, game]
        won = dice.of(GAMBLES)[bundles.die[number], game] < reading.all_read[bundles.odds[number], game]
        results[place, game] = won
        landed[place, game] = np.where(won, landed[place, game], bundles.failure[number])
    return landed, results


def _initiatives(rules: Rules, reading: Reading, settled: Settled, dice: Dice, landed: np.ndarray) -> None:
    """Played initiatives take the next free slot, in file order."""
    if not np.count_nonzero(settled.initiatives):
        return
    bundles = rules.part(bundles_of)
    game, initiative = by_game(settled.initiatives)
    outcome, risk = bundles.initiatives[initiative], bundles.risk[initiative]
    risky = (risk != NONE).nonzero()[0]
    if len(risky):
        number, where = risk[risky], game[risky]
        won = dice.of(INITIATIVES)[number, where] < reading.all_read[bundles.risk_odds[number], where]
        outcome[risky] = np.where(won, outcome[risky], bundles.risk_failure[number])
    landed[place_in_game(game), game] = outcome


def send(rules: Rules, now: np.ndarray, later: Arrivals, landed: np.ndarray, turn: int) -> tuple[np.ndarray, Arrivals]:
    """`now` [columns, games] and `later` with the effects of landings [slots, games] added, slot by slot."""
    bundles, games = rules.part(bundles_of), landed.shape[1]
    flat = landed.reshape(-1)
    place = (flat != 0).nonzero()[0]
    if not len(place):
        return now, later
    lots = bundles.arriving.of(flat[place], place % games, games)
    at_once = lots.pop(0, None)
    if at_once is not None:
        now = now.copy()
        np.add.at(now.reshape(-1), *at_once)  # one after the other, in this order
    return now, later.plus({turn + delay: lot for delay, lot in lots.items()})


class Part(NamedTuple):
    """What some decisions of one kind cost [decisions, games]."""

    kind: str  # place | lever | initiative
    numbers: np.ndarray
    cash: np.ndarray
    capital: np.ndarray


@dataclass(frozen=True)
class Bills:
    """What the decisions cost: cards by place, levers (running costs included), initiatives; only what may cost."""

    parts: tuple[Part, ...]
    purses: np.ndarray  # the same, as Passes.resolve reads it

    def __iter__(self) -> Iterator[tuple[tuple, np.ndarray, np.ndarray]]:
        """Origin, cash and capital of each decision."""
        for part in self.parts:
            for number, cash, capital in zip(part.numbers, part.cash, part.capital, strict=True):
                yield (part.kind, int(number)), cash, capital


def running_of(rules: Rules) -> np.ndarray:
    """Levers that cost cash while they stand."""
    return np.flatnonzero([lever.cost_per_turn != 0.0 for lever in rules.tables.levers])


def running_places(rules: Rules) -> np.ndarray:
    """Where these are among the levers of Passes.bills."""
    return np.searchsorted(rules.passes.bills.numbers, rules.part(running_of))


def charges(rules: Rules, state: State, settled: Settled) -> Bills:
    table, decisions, slots = rules.choices, rules.part(table_of), rules.passes.bills
    flat = table.flat(state.agenda, settled.choices)
    cash, capital = table.cost.take(flat), table.capital.take(flat)
    parts, purses = [Part("place", np.arange(len(cash)), cash, capital)], np.zeros((2 + 2 * slots.count, state.games))
    by_purse = purses[2:].reshape(2, slots.count, state.games)
    by_purse[:, :len(cash)] = cash, capital
    levers = decisions.levers
    distance = settled.levers - state.values[levers.row]
    distance = np.abs(distance, out=distance)
    if np.count_nonzero(distance):
        numbers = np.arange(len(distance))
        cash = levers.cost_once * distance
        cash += levers.cost_per_turn * settled.levers
        distance /= levers.step
        distance += 0.5
        capital = np.floor(distance, out=distance)
        capital *= levers.capital
        by_purse[:, slots.levers: slots.initiatives] = cash[slots.numbers], capital[slots.numbers]
    else:
        numbers = rules.part(running_of)
        cash = levers.cost_per_turn[numbers] * settled.levers[numbers]
        capital = np.zeros(cash.shape)
        by_purse[0, slots.levers + rules.part(running_places)] = cash
    parts.append(Part("lever", numbers, cash, capital))
    if np.count_nonzero(settled.initiatives):
        numbers = np.logical_or.reduce(settled.initiatives, axis=1).nonzero()[0]
        played = settled.initiatives[numbers]
        parts.append(Part("initiative", numbers, decisions.cost[numbers] * played, decisions.capital[numbers] * played))
        game, number = by_game(settled.initiatives)
        place = slots.initiatives + place_in_game(game)
        by_purse[:, place, game] = decisions.cost[number, 0], decisions.capital[number, 0]
    return Bills(tuple(parts), purses)
