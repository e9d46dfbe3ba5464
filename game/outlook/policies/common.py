"""What all bots share: their dice, and what is open and can be paid. Read next: candidates.py."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.engine.decisions import Decisions, Options, Purse
from game.engine.formulas import Reading
from game.engine.luck import BOTS, uniforms
from game.engine.state import State
from game.engine.tables import Rules

Policy = Callable[[Rules, State, Reading, np.ndarray], Decisions]  # dice: [dice_slots(rules), games] in [0, 1)


def dice_slots(rules: Rules) -> int:
    """Numbers that a policy may use in a turn: one for each place, three for a lever, two for an initiative."""
    return rules.tables.agenda.places + 5


def bot_dice(rules: Rules, state: State) -> np.ndarray:
    return uniforms(state.seed, state.first_game, state.games, state.turn, dice_slots(rules), BOTS)


def payable_choices(rules: Rules, state: State, may: Options) -> np.ndarray:
    """Choices on the desk that are open and can each be paid, [places, choices, games]."""
    purse, table, games = Purse(rules, state), rules.choices, np.arange(state.games)
    fits = np.empty((len(state.agenda), table.exists.shape[1], state.games), dtype=bool)
    for place, card in enumerate(state.agenda):
        for choice in range(table.exists.shape[1]):
            cost, capital = table.cost[card, choice], table.capital[card, choice]
            fits[place, choice] = may.choices[card, choice, games] & payable(purse, cost, capital)
    return fits


def payable_initiatives(rules: Rules, state: State, may: Options) -> np.ndarray:
    """Initiatives that are open and can each be paid, [initiatives, games]."""
    purse, fits = Purse(rules, state), may.initiatives.copy()
    for i, initiative in enumerate(rules.tables.initiatives):
        fits[i] &= payable(purse, initiative.option.cost, initiative.option.capital)
    return fits


def payable(purse: Purse, cost: np.ndarray | float, capital: np.ndarray | float) -> np.ndarray:
    """Whether a price can still be paid beside what is reserved, [games]."""
    return ((np.asarray(cost) <= 0.0) | (purse.spent_cash + cost <= purse.cash)) & (
        (np.asarray(capital) <= 0.0) | (purse.spent_capital + capital <= purse.capital))
