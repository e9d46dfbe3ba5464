"""The bot that decides by its dice: `random`."""

from __future__ import annotations

import numpy as np

from game.engine.decisions import Decisions, Purse, lever_price, lever_setting, nothing, options
from game.engine.formulas import Reading
from game.engine.state import NONE, State
from game.engine.tables import Rules
from game.outlook.policies.common import payable, payable_choices, payable_initiatives

LEVER_SHARE = 0.5  # of turns in which the random bot moves a lever
INITIATIVE_SHARE = 0.5  # of turns in which it plays an initiative


def random_policy(rules: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
    """Any payable choice; half of the time one step of a lever, half of the time one payable initiative."""
    places = rules.tables.agenda.places
    wanted = nothing(rules, state)
    may = options(rules, state, reading)
    fits = payable_choices(rules, state, may)
    for place in range(places):
        wanted.choices[place] = _any_of(fits[place], dice[place])
    _step_a_lever(rules, state, wanted, *dice[places: places + 3])
    pick = _any_of(payable_initiatives(rules, state, may), dice[places + 3])
    pick = np.where(dice[places + 4] < INITIATIVE_SHARE, pick, NONE)
    for i in range(len(rules.tables.initiatives)):
        wanted.initiatives[i] = pick == i
    return wanted


def _any_of(fits: np.ndarray, dice: np.ndarray) -> np.ndarray:
    """One of the true things of each game [things, games], all alike likely; NONE where there is none."""
    count = np.zeros(fits.shape[1])
    for row in fits:
        count = count + row
    left = np.floor(dice * count)  # how many true things are passed over
    pick = np.full(fits.shape[1], NONE, dtype=np.int32)
    for thing, row in enumerate(fits):
        pick = np.where(row & (left == 0.0), thing, pick)
        left = left - row
    return pick


def _step_a_lever(rules: Rules, state: State, wanted: Decisions, which: np.ndarray, way: np.ndarray,
                  whether: np.ndarray) -> None:
    """One step of one lever, up or down, where it can be paid."""
    purse, levers = Purse(rules, state), rules.tables.levers
    pick = np.where(whether < LEVER_SHARE, np.floor(which * len(levers)), NONE)
    for i, lever in enumerate(levers):
        now = state.values[lever.row]
        new = lever_setting(rules, lever, now + np.where(way < 0.5, -lever.step, lever.step))
        wanted.levers[i] = np.where((pick == i) & payable(purse, *lever_price(lever, now, new)), new, now)
