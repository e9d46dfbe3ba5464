"""The bot that does what was really done: choices marked `history: true`; other cards take their default."""

from __future__ import annotations

import numpy as np

from game.content import Scenario
from game.engine.decisions import Decisions, nothing, options
from game.engine.formulas import Reading
from game.engine.state import NONE, State
from game.engine.tables import Rules
from game.outlook.policies.common import Policy, payable_choices


def history(scenario: Scenario) -> Policy:
    """History's choices, where they are open and can be paid."""
    marked = [next((x for x, choice in enumerate(card.choices) if choice.history), NONE)
              for card in scenario.document.cards]
    choices = np.array([*marked, NONE], dtype=np.int32)  # the last one is for "no card"

    def decide(rules: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
        wanted, games = nothing(rules, state), np.arange(state.games)
        fits = payable_choices(rules, state, options(rules, state, reading))
        for place, card in enumerate(state.agenda):
            choice = choices[card]
            wanted.choices[place] = np.where(fits[place, choice, games], choice, NONE)
        return wanted
    return decide


def do_nothing(rules: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
    """Defaults, levers as they are, no initiative."""
    return nothing(rules, state)
