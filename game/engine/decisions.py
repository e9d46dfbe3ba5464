"""Decisions of a turn, and what is allowed: the same function greys out a button and settles a turn.

A person's decisions are checked one by one with `refusal`; `settle` does the same for a batch and replaces
what is not allowed by the default. Codes are stable; the sentences are written in the view layer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from game.engine.formulas import Reading, places
from game.engine.quick import by_game
from game.engine.state import NONE, State
from game.engine.tables import ChoiceTable, Lever, Rules


@dataclass(frozen=True)
class Decisions:
    """choices [places, games] (NONE: the default), levers [levers, games] settings, initiatives [.., games] bool."""

    choices: np.ndarray
    levers: np.ndarray
    initiatives: np.ndarray


class Settled(NamedTuple):
    """What is really done, and what it costs; shapes as in Decisions, cash and capital [games]."""

    choices: np.ndarray
    levers: np.ndarray
    initiatives: np.ndarray
    cash: np.ndarray
    capital: np.ndarray


@dataclass(frozen=True)
class Table:
    """Levers as columns [levers, 1] under the names of `Lever`; initiatives as columns and rows of what was read."""

    levers: Lever
    low: np.ndarray  # [levers, 1]
    high: np.ndarray
    cooldown: np.ndarray  # [initiatives, 1]
    cost: np.ndarray
    capital: np.ndarray
    conditional: np.ndarray  # initiatives with a condition
    when: np.ndarray  # of those
    condition: np.ndarray  # [card, choice] its place among the choices' conditions; the last one is none
    choice_when: np.ndarray  # of those


def table_of(rules: Rules) -> Table:
    levers, initiatives = rules.tables.levers, rules.tables.initiatives
    conditional = [i for i, initiative in enumerate(initiatives) if initiative.option.when is not None]
    choices, rows = rules.choices.conditional, np.array([lever.row for lever in levers], dtype=np.intp)
    condition = np.full(rules.choices.exists.shape, len(choices), dtype=np.intp)
    for n, (card, choice, _) in enumerate(choices):
        condition[card, choice] = n

    def column(numbers: list, dtype: type = float) -> np.ndarray:
        return np.array(numbers, dtype=dtype)[:, None]

    return Table(
        Lever(rows, column([lever.step for lever in levers]), column([lever.capital for lever in levers]),
              column([lever.cost_once for lever in levers]), column([lever.cost_per_turn for lever in levers])),
        rules.low[rows], rules.high[rows],
        column([i.cooldown for i in initiatives], np.int32), column([i.option.cost for i in initiatives]),
        column([i.option.capital for i in initiatives]), np.array(conditional, dtype=np.intp),
        places(rules, [initiatives[i].option.when for i in conditional]),
        condition, places(rules, [when for _, _, when in choices]),
    )


def nothing(rules: Rules, state: State) -> Decisions:
    """Defaults on every card, levers as they are, no initiative."""
    t = rules.tables
    return Decisions(np.full((t.agenda.places, state.games), NONE, dtype=np.int32),
                     state.values[rules.part(table_of).levers.row],
                     np.zeros((len(t.initiatives), state.games), dtype=bool))


@dataclass(frozen=True)
class Options:
    """What is open on an opened state, money aside; the same all through a turn."""

    initiatives: np.ndarray  # [initiatives, games]
    table: ChoiceTable
    condition: np.ndarray  # [card, choice] row of `holds`
    holds: np.ndarray  # [conditions of choices + 1, games]

    def choice(self, flat: np.ndarray) -> np.ndarray:
        """Whether choices (of cards on the agenda, or none) are open, by their place in the table [..., games]."""
        return self.table.exists.take(flat) & self.holds[self.condition.take(flat), np.arange(self.holds.shape[1])]

    def of_cards(self, card: np.ndarray) -> np.ndarray:
        """Which choices of cards [places, games] are open, [places, choices, games]."""
        return self.choice(self.table.flat(card[:, None], np.arange(self.table.exists.shape[1])[:, None]))


def options(rules: Rules, state: State, reading: Reading) -> Options:
    """Choices that exist and initiatives that are not cooling down, where their conditions hold."""
    table = rules.part(table_of)
    initiatives = state.played <= state.turn - table.cooldown
    if len(table.when):
        initiatives[table.conditional] &= reading.all_read.take(table.when, 0) != 0.0
    holds = np.ones((len(table.choice_when) + 1, state.games), dtype=bool)
    if len(table.choice_when):
        holds[:-1] = reading.all_read.take(table.choice_when, 0)  # true is not 0
    return Options(initiatives, rules.choices, table.condition, holds)


def lever_setting(rules: Rules, lever: Lever, wanted: np.ndarray) -> np.ndarray:
    """The nearest step within the lever's range."""
    return _nearest(rules.low[lever.row, 0], rules.high[lever.row, 0], lever.step, wanted)


def _nearest(low: np.ndarray, high: np.ndarray, step: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    steps = np.floor((wanted - low) / step + 0.5)
    return np.minimum(np.maximum(low + steps * step, low), high)


def _settings(table: Table, now: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The settings that wishes mean [levers, games]: a lever left where it is `now` stays there to the bit. `now`
    itself if nobody wants to change any."""
    asked = (wanted != now) & (wanted == wanted)  # what is not a number asks for nothing
    if not np.count_nonzero(asked):
        return now
    settings, (lever, game) = now.copy(), asked.nonzero()
    settings[lever, game] = _nearest(table.low[lever, 0], table.high[lever, 0], table.levers.step[lever, 0],
                                     wanted[lever, game])
    return settings


def levers_at(rules: Rules, numbers: np.ndarray) -> Lever:
    """Levers by number [n], each figure as an array [n]."""
    levers = rules.part(table_of).levers
    return Lever(levers.row[numbers], *(column[numbers, 0] for column in (
        levers.step, levers.capital, levers.cost_once, levers.cost_per_turn)))


def lever_price(lever: Lever, now: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cash and capital that a change of a lever commits this turn."""
    distance = np.abs(wanted - now)
    cash = lever.cost_once * distance + lever.cost_per_turn * np.maximum(wanted - now, 0.0)
    return cash, lever.capital * np.floor(distance / lever.step + 0.5)


FEW = 8  # things: up to so many, one after the other is faster (measured)


class Purse:
    """Cash (with credit) and capital that are still free, reserved in the order of decisions."""

    def __init__(self, rules: Rules, state: State) -> None:
        roles = rules.tables.roles
        self.cash = np.maximum(state.values[roles.cash] + state.values[roles.credit], 0.0)
        self.capital = state.values[roles.capital].copy()
        self.spent_cash = np.zeros(state.games)
        self.spent_capital = np.zeros(state.games)

    def payable(self, cash: np.ndarray | float, capital: np.ndarray | float,
                games: np.ndarray | slice = slice(None)) -> np.ndarray:
        """Whether prices can be paid beside what is reserved, each in one of `games`. What costs nothing always can."""
        enough = (cash <= 0.0) | (self.spent_cash[games] + cash <= self.cash[games])
        return enough & ((capital <= 0.0) | (self.spent_capital[games] + capital <= self.capital[games]))

    def reserve(self, cash: np.ndarray, capital: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        """Reserve where wanted and affordable [games]; says where."""
        done = wanted & self.payable(cash, capital)
        self.spent_cash = self.spent_cash + np.where(done, cash, 0.0)
        self.spent_capital = self.spent_capital + np.where(done, capital, 0.0)
        return done

    def reserve_each(self, cash: np.ndarray, capital: np.ndarray, game: np.ndarray,
                     most: int | None = None) -> np.ndarray:
        """Reserve prices of things sorted by game [things], in each game one after the other and not more than
        `most`; says which."""
        if len(game) <= FEW:
            return self._one_by_one(cash, capital, game, len(game) if most is None else most)
        done, count = np.zeros(len(game), dtype=bool), np.zeros(len(self.cash), dtype=np.int32)
        place = place_in_game(game)
        for turn in range(int(place.max()) + 1):
            here = (place == turn).nonzero()[0]  # things in different games
            where = game[here]
            good = self.payable(cash[here], capital[here], where)
            if most is not None:
                good &= count[where] < most
            done[here] = good
            count[where] += good
            self.spent_cash[where] += cash[here] * good
            self.spent_capital[where] += capital[here] * good
        return done

    def _one_by_one(self, cash: np.ndarray, capital: np.ndarray, game: np.ndarray, most: int) -> np.ndarray:
        done, paid = [], []  # the second: games, once for each thing
        for where, costs, takes in zip(game.tolist(), cash.tolist(), capital.tolist(), strict=True):
            good = bool(paid.count(where) < most and self.payable(costs, takes, where))
            done.append(good)
            if good:
                paid.append(where)
                self.spent_cash[where] += costs
                self.spent_capital[where] += takes
        return np.array(done, dtype=bool)


def place_in_game(game: np.ndarray) -> np.ndarray:
    """For things sorted by game [things]: the how-manieth of its game each one is, from 0."""
    return np.arange(len(game)) - game.searchsorted(game)


def settle(rules: Rules, state: State, may: Options, wanted: Decisions) -> Settled:
    """Apply the limits in a fixed order: cards, levers, initiatives. Not allowed: default, unchanged, not played."""
    purse, table = Purse(rules, state), rules.part(table_of)
    choices = _settled_choices(rules, state, may, wanted.choices, purse)
    now = state.values[table.levers.row]
    levers = _settings(table, now, wanted.levers)
    if levers is not now:
        game, lever = by_game(levers != now)
        prices = lever_price(levers_at(rules, lever), now[lever, game], levers[lever, game])
        refused = ~purse.reserve_each(*prices, game)
        lever, game = lever[refused], game[refused]
        levers[lever, game] = now[lever, game]
    initiatives = wanted.initiatives & may.initiatives
    if np.count_nonzero(initiatives):
        game, number = by_game(initiatives)
        initiatives[number, game] = purse.reserve_each(table.cost[number, 0], table.capital[number, 0], game,
                                                       rules.tables.agenda.initiatives)
    return Settled(choices, levers, initiatives, purse.spent_cash, purse.spent_capital)


def _settled_choices(rules: Rules, state: State, may: Options, wanted: np.ndarray, purse: Purse) -> np.ndarray:
    table, card = rules.choices, state.agenda
    choice = default = table.default.take(card)
    asked = wanted >= 0
    if np.count_nonzero(asked):
        choice = np.where(asked & (wanted < table.exists.shape[1]), wanted, default)
    flat = table.flat(card, choice)
    fits = may.choice(flat)
    priced = fits & table.priced.take(flat)
    if np.count_nonzero(priced):
        game, place = by_game(priced)
        flat = flat[place, game]
        fits[place, game] = purse.reserve_each(table.cost.take(flat), table.capital.take(flat), game)
    return choice if np.count_nonzero(fits) == fits.size else np.where(fits, choice, default)


@dataclass(frozen=True)
class Refusal:
    """Why a decision is not possible: a stable code, what it is about, what is missing and how much there is."""

    code: str  # not-open | too-soon | no-cash | no-capital | too-many | unknown | ended
    about: tuple  # ("choice", place, choice) | ("lever", lever) | ("initiative", initiative)
    need: float = 0.0
    have: float = 0.0


def refusal(rules: Rules, state: State, may: Options, wanted: Decisions, about: tuple) -> Refusal | None:
    """Why `about`, added to the decisions already in `wanted` (game 0), is refused; None if it is not.

    `wanted` must not hold the decision itself; for a lever `about` is ("lever", i, setting).
    """
    if not state.running[0]:
        return Refusal("ended", about)
    kind, number = about[0], about[1]
    if kind == "choice":
        card, choice = state.agenda[number, 0], about[2]
        table = rules.choices
        if card == NONE or not 0 <= choice < table.exists.shape[1] or not table.exists[card, choice]:
            return Refusal("unknown", about)
        if not may.choice(table.flat(state.agenda[number], choice))[0]:
            return Refusal("not-open", about)
        cash, capital = table.cost[card, choice], table.capital[card, choice]
    elif kind == "lever":
        lever = rules.tables.levers[number]
        setting = _wished(rules, state, with_decision(wanted, about))[number]
        price = lever_price(lever, state.values[lever.row], setting)
        cash, capital = price[0][0], price[1][0]
    else:
        initiative = rules.tables.initiatives[number]
        if state.turn - state.played[number, 0] < initiative.cooldown:
            return Refusal("too-soon", about, float(initiative.cooldown), float(state.turn - state.played[number, 0]))
        if not may.initiatives[number, 0]:
            return Refusal("not-open", about)
        if wanted.initiatives[:, 0].sum() >= rules.tables.agenda.initiatives:
            return Refusal("too-many", about, 1.0, float(rules.tables.agenda.initiatives))
        cash, capital = initiative.option.cost, initiative.option.capital
    trial = with_decision(wanted, about)
    if _all_done(settle(rules, state, may, trial), rules, state, trial):
        return None
    purse, base = Purse(rules, state), settle(rules, state, may, wanted)
    free_capital = float(purse.capital[0] - base.capital[0])
    if capital > free_capital:
        return Refusal("no-capital", about, float(capital), free_capital)
    return Refusal("no-cash", about, float(cash), float(purse.cash[0] - base.cash[0]))


def with_decision(wanted: Decisions, about: tuple) -> Decisions:
    """`wanted` with one decision more; an initiative is played unless `about` says False at its end."""
    name = {"choice": "choices", "lever": "levers", "initiative": "initiatives"}[about[0]]
    changed = getattr(wanted, name).copy()
    changed[about[1]] = about[2] if len(about) > 2 else True
    return replace(wanted, **{name: changed})


def _wished(rules: Rules, state: State, wanted: Decisions) -> np.ndarray:
    """Settings that were asked for [levers, games]."""
    table = rules.part(table_of)
    return _settings(table, state.values[table.levers.row], wanted.levers)


def _all_done(settled: Settled, rules: Rules, state: State, wanted: Decisions) -> bool:
    """Whether game 0 gets all that it asked for."""
    asked = wanted.choices[:, 0]
    levers = _wished(rules, state, wanted)
    return bool(((asked == NONE) | (settled.choices[:, 0] == asked)).all()
                and (settled.levers[:, 0] == levers[:, 0]).all()
                and (settled.initiatives[:, 0] == wanted.initiatives[:, 0]).all())
