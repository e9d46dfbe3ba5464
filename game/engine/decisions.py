"""Decisions of a turn, and what is allowed: the same function greys out a button and settles a turn.

A person's decisions are checked one by one with `refusal`; `settle` does the same for a batch and replaces
what is not allowed by the default. Codes are stable; the sentences are written in the view layer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.engine.formulas import Reading
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


def nothing(rules: Rules, state: State) -> Decisions:
    """Defaults on every card, levers as they are, no initiative."""
    t = rules.tables
    levers = np.array([state.values[lever.row] for lever in t.levers]).reshape(len(t.levers), state.games)
    return Decisions(np.full((t.agenda.places, state.games), NONE, dtype=np.int32), levers,
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
    table = rules.choices
    choices = np.broadcast_to(table.exists[:, :, None], (*table.exists.shape, state.games)).copy()
    for card, choice, when in table.conditional:
        if (state.agenda == card).any():
            choices[card, choice] = reading.holds(when)
    initiatives = np.array([
        (state.turn - state.played[i] >= initiative.cooldown)
        & (reading.holds(initiative.option.when) if initiative.option.when is not None else True)
        for i, initiative in enumerate(rules.tables.initiatives)
    ], dtype=bool).reshape(len(rules.tables.initiatives), state.games)
    return Options(choices, initiatives)


def lever_setting(rules: Rules, lever: Lever, wanted: np.ndarray) -> np.ndarray:
    """The nearest step within the lever's range."""
    low, high = rules.low[lever.row, 0], rules.high[lever.row, 0]
    steps = np.floor((wanted - low) / lever.step + 0.5)
    return np.minimum(np.maximum(low + steps * lever.step, low), high)


def _setting(rules: Rules, lever: Lever, state: State, wanted: np.ndarray) -> np.ndarray:
    """The setting that a wish means: a lever left where it is stays there to the bit."""
    now = state.values[lever.row]
    return np.where((wanted == now) | np.isnan(wanted), now, lever_setting(rules, lever, wanted))


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


def settle(rules: Rules, state: State, may: Options, wanted: Decisions) -> Settled:
    """Apply the limits in a fixed order: cards, levers, initiatives. Not allowed: default, unchanged, not played."""
    purse, games = Purse(rules, state), np.arange(state.games)
    table = rules.choices
    choices = np.empty_like(wanted.choices)
    for place, card in enumerate(state.agenda):
        known = (wanted.choices[place] >= 0) & (wanted.choices[place] < table.exists.shape[1])
        choice = np.where(known, wanted.choices[place], table.default[card])
        fits = purse.reserve(table.cost[card, choice], table.capital[card, choice], may.choices[card, choice, games])
        choices[place] = np.where(fits, choice, table.default[card])
    levers = np.empty_like(wanted.levers)
    for i, lever in enumerate(rules.tables.levers):
        now, new = state.values[lever.row], _setting(rules, lever, state, wanted.levers[i])
        done = purse.reserve(*lever_price(lever, now, new), new != now)
        levers[i] = np.where(done, new, now)
    initiatives = np.zeros_like(wanted.initiatives)
    count = np.zeros(state.games, dtype=np.int32)
    for i, initiative in enumerate(rules.tables.initiatives):
        room = wanted.initiatives[i] & may.initiatives[i] & (count < rules.tables.agenda.initiatives)
        cost, capital = (np.full(state.games, x) for x in (initiative.option.cost, initiative.option.capital))
        initiatives[i] = purse.reserve(cost, capital, room)
        count = count + initiatives[i]
    return Settled(choices, levers, initiatives, purse.spent_cash, purse.spent_capital)


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
        price = lever_price(lever, state.values[lever.row], _setting(rules, lever, state, np.full(1, float(about[2]))))
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
    levers = [_setting(rules, lever, state, wanted.levers[i])[0] for i, lever in enumerate(rules.tables.levers)]
    return bool(((asked == NONE) | (settled.choices[:, 0] == asked)).all()
                and (settled.levers[:, 0] == levers).all()
                and (settled.initiatives[:, 0] == wanted.initiatives[:, 0]).all())
