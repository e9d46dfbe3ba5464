"""The bot that decides by its dice: `random`."""

from __future__ import annotations

import numpy as np

from game.engine.decisions import Decisions, Purse, lever_price, lever_setting, levers_at, nothing, options
from game.engine.formulas import Reading
from game.engine.quick import running_sums
from game.engine.state import NONE, State
from game.engine.tables import Rules
from game.outlook.policies.common import payable_choices, payable_initiatives

LEVER_SHARE = 0.5  # of turns in which the random bot moves a lever
INITIATIVE_SHARE = 0.5  # of turns in which it plays an initiative


def random_policy(rules: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
    """Any payable choice; half of the time one step of a lever, half of the time one payable initiative."""
    places = rules.tables.agenda.places
    wanted, may = nothing(rules, state), options(rules, state, reading)
    wanted.choices[:] = _any_of(payable_choices(rules, state, may).swapaxes(0, 1), dice[:places])
    _step_a_lever(rules, state, wanted, *dice[places: places + 3])
    pick = _any_of(payable_initiatives(rules, state, may), dice[places + 3])
    game = np.flatnonzero((pick != NONE) & (dice[places + 4] < INITIATIVE_SHARE))
    wanted.initiatives[pick[game], game] = True
    return wanted


def _any_of(fits: np.ndarray, dice: np.ndarray) -> np.ndarray:
    """One of the true things [things, ..., games], all alike likely, by dice [..., games]; NONE where there is none."""
    if not len(fits):
        return np.full(dice.shape, NONE)
    count = running_sums(fits.astype(np.int16))
    left = np.floor(dice * count[-1])  # how many true things are passed over
    pick = np.add.reduce(count <= left, axis=0, dtype=np.int16)
    return np.where(count[-1] > 0, pick, NONE)


def _step_a_lever(rules: Rules, state: State, wanted: Decisions, which: np.ndarray, way: np.ndarray,
                  whether: np.ndarray) -> None:
    """One step of one lever, up or down, where it can be paid."""
    if not rules.tables.levers:
        return
    game = np.flatnonzero(whether < LEVER_SHARE)
    number = np.floor(which[game] * len(rules.tables.levers)).astype(np.intp)
    lever = levers_at(rules, number)
    now = wanted.levers[number, game]
    new = lever_setting(rules, lever, now + np.where(way[game] < 0.5, -lever.step, lever.step))
    paid = Purse(rules, state).payable(*lever_price(lever, now, new), game)
    wanted.levers[number[paid], game[paid]] = new[paid]
