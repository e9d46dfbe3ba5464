"""The one list from which bots that weigh things choose, and how a turn is filled from it.

A turn has a slot for each card on the desk, one for a lever and one for an initiative; what is in no slot
stays as it is (the default of a card, the lever where it stands, no initiative). A candidate is one thing
for one slot: another choice of a card, one step of one lever, one initiative. Bots differ only in how much
they think a candidate is worth against doing nothing. Read next: looking.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.decisions import Decisions, Purse, lever_price, lever_setting, nothing, options
from game.engine.formulas import Reading
from game.engine.state import State
from game.engine.tables import Rules
from game.outlook.policies.common import payable_choices, payable_initiatives

LEAST = 1e-9  # a candidate must be worth more than this to be taken; less is rounding


@dataclass(frozen=True)
class Candidates:
    """What may be decided besides nothing.

    things   what each is: ("choice", place, choice) | ("lever", lever, -1 or 1) | ("initiative", initiative)
    slot     [candidates] the slot of each
    open     [candidates, games] open, different from doing nothing, and payable by itself
    cash, capital  [candidates, games] price
    """

    things: tuple[tuple, ...]
    slot: np.ndarray
    open: np.ndarray
    cash: np.ndarray
    capital: np.ndarray

    @property
    def slots(self) -> int:
        return int(self.slot.max(initial=-1)) + 1


def candidates(rules: Rules, state: State, reading: Reading) -> Candidates:
    """All candidates of an opened state, the same list in every game; `open` says what exists where."""
    may, places = options(rules, state, reading), len(state.agenda)
    found = [*_choices(rules, state, payable_choices(rules, state, may)), *_levers(rules, state, places)]
    fits = payable_initiatives(rules, state, may)
    for i, initiative in enumerate(rules.tables.initiatives):
        price = (np.full(state.games, x) for x in (initiative.option.cost, initiative.option.capital))
        found.append((("initiative", i), places + 1, fits[i], *price))
    things, slots, is_open, cash, capital = zip(*found, strict=True) if found else ((), (), (), (), ())
    shape = (len(things), state.games)
    return Candidates(tuple(things), np.array(slots, dtype=np.intp),
                      np.array(is_open, dtype=bool).reshape(shape) & state.running,
                      np.array(cash).reshape(shape), np.array(capital).reshape(shape))


def _choices(rules: Rules, state: State, fits: np.ndarray):
    table = rules.choices
    for place, card in enumerate(state.agenda):
        for choice in range(table.exists.shape[1]):
            other = fits[place, choice] & (table.default[card] != choice)
            yield ("choice", place, choice), place, other, table.cost[card, choice], table.capital[card, choice]


def _levers(rules: Rules, state: State, slot: int):
    purse = Purse(rules, state)
    for i, lever in enumerate(rules.tables.levers):
        for way in (-1, 1):
            now = state.values[lever.row]
            new = lever_setting(rules, lever, now + way * lever.step)
            price = lever_price(lever, now, new)
            yield ("lever", i, way), slot, (new != now) & purse.payable(*price), *price


def decisions_of(rules: Rules, state: State, found: Candidates, chosen: np.ndarray) -> Decisions:
    """The turn in which the candidates `chosen` [candidates, games] are done and nothing else."""
    wanted = nothing(rules, state)
    for thing, here in zip(found.things, chosen, strict=True):
        if not here.any():
            continue
        if thing[0] == "choice":
            wanted.choices[thing[1]][here] = thing[2]
        elif thing[0] == "lever":
            lever = rules.tables.levers[thing[1]]
            new = lever_setting(rules, lever, state.values[lever.row] + thing[2] * lever.step)
            wanted.levers[thing[1]] = np.where(here, new, wanted.levers[thing[1]])
        else:
            wanted.initiatives[thing[1]] = here
    return wanted


def take(rules: Rules, state: State, found: Candidates, worth: np.ndarray) -> Decisions:
    """Fill the slots with what is worth most, best first, as long as all of it together can be paid.

    `worth` [candidates, games] is against doing nothing; what is not worth more than that is left alone.
    """
    purse, games = Purse(rules, state), np.arange(state.games)
    chosen = np.zeros(found.open.shape, dtype=bool)
    full = np.zeros((found.slots, state.games), dtype=bool)
    for _ in range(found.slots):
        fits = found.open & ~full[found.slot] & purse.payable(found.cash, found.capital)
        score = np.where(fits & (worth > LEAST), worth, 0.0)
        best = np.argmax(score, axis=0)
        hit = purse.reserve(found.cash[best, games], found.capital[best, games], score[best, games] > 0.0)
        if not hit.any():
            break
        chosen[best[hit], games[hit]] = True
        full[found.slot[best[hit]], games[hit]] = True
    return decisions_of(rules, state, found, chosen)
