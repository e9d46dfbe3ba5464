"""Decisions of a turn, and what is allowed: the same function greys out a button and settles a turn.

A person's decisions are checked one by one with `refusal`; `settle` does the same for a batch and replaces
what is not allowed by the default. Codes are stable; the sentences are written in the view layer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.engine.formulas import Reading, places
from game.engine.state import NONE, State
from game.engine.tables import Lever, Rules


@dataclass(frozen=True)
class Decisions:
    """choices [places, games] (NONE: the default), levers [levers, games] settings, initiatives [.., games] bool."""

    choices: np.ndarray
    levers: np.ndarray
    initiatives: np.ndarray


@dataclass(frozen=True)
class Settled:
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
    cooldown: np.ndarray  # [initiatives, 1]
    cost: np.ndarray
    capital: np.ndarray
    conditional: np.ndarray  # initiatives with a condition
    when: np.ndarray  # of those
    card: np.ndarray  # choices with a condition: card, place in the card, condition
    choice: np.ndarray
    choice_when: np.ndarray


def table_of(rules: Rules) -> Table:
    levers, initiatives = rules.tables.levers, rules.tables.initiatives
    conditional = [i for i, initiative in enumerate(initiatives) if initiative.option.when is not None]
    choices = rules.choices.conditional

    def column(numbers: list, dtype: type = float) -> np.ndarray:
        return np.array(numbers, dtype=dtype)[:, None]

    return Table(
        Lever(np.array([lever.row for lever in levers], dtype=np.intp), column([lever.step for lever in levers]),
              column([lever.capital for lever in levers]), column([lever.cost_once for lever in levers]),
              column([lever.cost_per_turn for lever in levers])),
        column([i.cooldown for i in initiatives], int), column([i.option.cost for i in initiatives]),
        column([i.option.capital for i in initiatives]), np.array(conditional, dtype=np.intp),
        places(rules, [initiatives[i].option.when for i in conditional]),
        np.array([c for c, _, _ in choices], dtype=np.intp), np.array([x for _, x, _ in choices], dtype=np.intp),
        places(rules, [when for _, _, when in choices]),
    )


def nothing(rules: Rules, state: State) -> Decisions:
    """Defaults on every card, levers as they are, no initiative."""
    t = rules.tables
    return Decisions(np.full((t.agenda.places, state.games), NONE, dtype=np.int32),
                     state.values[rules.part(table_of).levers.row],
                     np.zeros((len(t.initiatives), state.games), dtype=bool))


@dataclass(frozen=True)
class Options:
    """What is open on an opened state, money aside; the same all through a turn.

    choices [cards + 1, choices, games] (of cards on the agenda), initiatives [initiatives, games].
    """

    choices: np.ndarray
    initiatives: np.ndarray


def options(rules: Rules, state: State, reading: Reading) -> Options:
    """Choices that exist and initiatives that are not cooling down, where their conditions hold."""
    table, exists = rules.part(table_of), rules.choices.exists
    choices = np.repeat(exists[:, :, None], state.games, axis=2)
    initiatives = state.turn - state.played >= table.cooldown
    if len(table.choice_when):
        choices[table.card, table.choice] = reading.all_read[table.choice_when] != 0.0
    if len(table.when):
        initiatives[table.conditional] &= reading.all_read[table.when] != 0.0
    return Options(choices, initiatives)


def lever_setting(rules: Rules, lever: Lever, wanted: np.ndarray) -> np.ndarray:
    """The nearest step within the lever's range."""
    return _nearest(rules.low[lever.row, 0], rules.high[lever.row, 0], lever.step, wanted)


def _nearest(low: np.ndarray, high: np.ndarray, step: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    steps = np.floor((wanted - low) / step + 0.5)
    return np.minimum(np.maximum(low + steps * step, low), high)


def _settings(rules: Rules, state: State, wanted: np.ndarray) -> np.ndarray:
    """The settings that wishes mean [levers, games]: a lever left where it is stays there to the bit."""
    levers = rules.part(table_of).levers
    now = state.values[levers.row]
    same = (wanted == now) | np.isnan(wanted)
    if np.count_nonzero(same) == same.size:
        return now
    return np.where(same, now, _nearest(rules.low[levers.row], rules.high[levers.row], levers.step, wanted))


def lever_price(lever: Lever, now: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cash and capital that a change of a lever commits this turn."""
    distance = np.abs(wanted - now)
    cash = lever.cost_once * distance + lever.cost_per_turn * np.maximum(wanted - now, 0.0)
    return cash, lever.capital * np.floor(distance / lever.step + 0.5)


class Purse:
    """Cash (with credit) and capital that are still free, reserved in the order of decisions."""

    def __init__(self, rules: Rules, state: State) -> None:
        roles = rules.tables.roles
        self.cash = np.maximum(state.values[roles.cash] + state.values[roles.credit], 0.0)
        self.capital = state.values[roles.capital].copy()
        self.spent_cash = np.zeros(state.games)
        self.spent_capital = np.zeros(state.games)

    def reserve(self, cash: np.ndarray, capital: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        """Reserve where wanted and affordable; says where. What costs nothing is always affordable."""
        enough = ((cash <= 0.0) | (self.spent_cash + cash <= self.cash)) & (
            (capital <= 0.0) | (self.spent_capital + capital <= self.capital))
        done = wanted & enough
        self.spent_cash = self.spent_cash + np.where(done, cash, 0.0)
        self.spent_capital = self.spent_capital + np.where(done, capital, 0.0)
        return done


def place_in_game(game: np.ndarray) -> np.ndarray:
    """For things sorted by game [things]: the how-manieth of its game each one is, from 0."""
    return np.arange(len(game)) - game.searchsorted(game)


def settle(rules: Rules, state: State, may: Options, wanted: Decisions) -> Settled:
    """Apply the limits in a fixed order: cards, levers, initiatives. Not allowed: default, unchanged, not played.

    What nobody wants is passed over: it would reserve nothing.
    """
    purse = Purse(rules, state)
    choices = _settled_choices(rules, state, may, wanted.choices, purse)
    table = rules.part(table_of)
    now = state.values[table.levers.row]
    levers = _settings(rules, state, wanted.levers)
    moved = levers != now
    if np.count_nonzero(moved):
        cash, capital = lever_price(table.levers, now, levers)
        for i in np.flatnonzero(np.logical_or.reduce(moved, axis=1)):
            moved[i] = purse.reserve(cash[i], capital[i], moved[i])
        levers = np.where(moved, levers, now)
    initiatives = wanted.initiatives & may.initiatives
    if np.count_nonzero(initiatives):
        count = np.zeros(state.games, dtype=np.int32)
        for i in np.flatnonzero(np.logical_or.reduce(initiatives, axis=1)):
            room = initiatives[i] & (count < rules.tables.agenda.initiatives)
            initiatives[i] = purse.reserve(table.cost[i], table.capital[i], room)
            count = count + initiatives[i]
    return Settled(choices, levers, initiatives, purse.spent_cash, purse.spent_capital)


def _settled_choices(rules: Rules, state: State, may: Options, wanted: np.ndarray, purse: Purse) -> np.ndarray:
    table, card = rules.choices, state.agenda
    default = table.default[card]
    choice = np.where((wanted >= 0) & (wanted < table.exists.shape[1]), wanted, default)
    cash, capital = table.cost[card, choice], table.capital[card, choice]
    fits = may.choices[card, choice, np.arange(state.games)]
    for place in range(len(card)):
        fits[place] = purse.reserve(cash[place], capital[place], fits[place])
    return np.where(fits, choice, default).astype(wanted.dtype)


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
        if not may.choices[card, choice, 0]:
            return Refusal("not-open", about)
        cash, capital = table.cost[card, choice], table.capital[card, choice]
    elif kind == "lever":
        lever = rules.tables.levers[number]
        setting = _settings(rules, state, with_decision(wanted, about).levers)[number]
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


def _all_done(settled: Settled, rules: Rules, state: State, wanted: Decisions) -> bool:
    """Whether game 0 gets all that it asked for."""
    asked = wanted.choices[:, 0]
    levers = _settings(rules, state, wanted.levers)
    return bool(((asked == NONE) | (settled.choices[:, 0] == asked)).all()
                and (settled.levers[:, 0] == levers[:, 0]).all()
                and (settled.initiatives[:, 0] == wanted.initiatives[:, 0]).all())
