"""What all bots share: their dice, and what is open and can be paid. Read next: candidates.py."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.decisions import Decisions, Options, Purse, table_of
from game.engine.formulas import Reading
from game.engine.luck import BOTS, FORECAST, uniforms
from game.engine.state import State
from game.engine.tables import Rules

Policy = Callable[[Rules, State, Reading, np.ndarray], Decisions]  # dice: [dice_slots(rules), games] in [0, 1)


def dice_slots(rules: Rules) -> int:
    """Numbers that a policy may use in a turn: one for each place, three for a lever, two for an initiative."""
    return rules.tables.agenda.places + 5


def bot_dice(rules: Rules, state: State) -> np.ndarray:
    return uniforms(state.seed, state.first_game, state.games, state.turn, dice_slots(rules), BOTS)


def own_seed(state: State) -> int:
    """A seed for simulated futures, apart from the game's own luck: of its seed and turn alone."""
    high, low = uniforms(state.seed, 0, 1, state.turn, 2, FORECAST)[:, 0]
    return (int(high * 2.0**53) << 64) + int(low * 2.0**53)


def payable_choices(rules: Rules, state: State, may: Options) -> np.ndarray:
    """Choices on the desk that are open and can each be paid, [places, choices, games]."""
    table, card = rules.choices, state.agenda[:, None]
    choice = np.arange(table.exists.shape[1])[None, :, None]
    flat = table.flat(card, choice)
    paid = Purse(rules, state).payable(table.cost.take(flat), table.capital.take(flat))
    return paid & may.of_cards(state.agenda)


def payable_initiatives(rules: Rules, state: State, may: Options) -> np.ndarray:
    """Initiatives that are open and can each be paid, [initiatives, games]."""
    table = rules.part(table_of)
    return may.initiatives & Purse(rules, state).payable(table.cost, table.capital)
