"""Bots with a fixed taste: they take the payable option whose listed effects they value most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.content import Scenario
from game.engine.decisions import Decisions, nothing, options
from game.engine.formulas import Reading
from game.engine.state import NONE, State
from game.engine.tables import Rules
from game.outlook.policies.common import Policy, payable_choices, payable_initiatives

HABIT = 1e-6  # what a stance adds to the default, so that ties go to it
LASTING = 8  # resolutions for which an effect "for always" counts: two years
NORTH, SOUTH, FAR = "russia", "china", "third"  # sides of actors


@dataclass(frozen=True)
class Stance:
    """How a bot values what lands: `weights` by row, per unit; what cash and capital cost it, per unit.

    `harm_only`: gains count for nothing. `active`: plays the best initiative that it values above nothing.
    """

    weights: dict[int, float]
    cash: float = 0.0
    capital: float = 0.0
    harm_only: bool = False
    active: bool = False


def cautious(scenario: Scenario) -> Stance:
    """Spends and harms as little as it can: harm in units of each indicator's medium change, and so is cash."""
    weights = {}
    for indicator in scenario.document.indicators:
        sign = {"up": 1.0, "down": -1.0}.get(indicator.good)
        if sign is not None and indicator.medium > 0.0:
            weights[scenario.row(indicator.variable)] = sign / indicator.medium
    cash = scenario.tables.roles.cash
    return Stance(weights, cash=abs(weights.get(cash, 0.01)), capital=1.0, harm_only=True)


def leaning(scenario: Scenario, *sides: str) -> Stance:
    """Does what warms relations with the actors of some sides."""
    return Stance(dict.fromkeys(_relations(scenario, *sides), 1.0), active=True)


def courting(scenario: Scenario, actor: str) -> Stance:
    """Does what warms relations with one actor."""
    rows = [scenario.row(a.relations) for a in scenario.document.actors if a.id == actor and a.relations]
    return Stance(dict.fromkeys(rows, 1.0), active=True)


def diversifying(scenario: Scenario) -> Stance:
    """Warms relations with far friends and loosens the grip of both neighbours, a point for a point."""
    neighbours = [a for a in scenario.document.actors if a.side in (NORTH, SOUTH) and a.leverage]
    return Stance(dict.fromkeys(_relations(scenario, FAR), 1.0)
                  | {scenario.row(actor.leverage): -1.0 for actor in neighbours}, active=True)


def _relations(scenario: Scenario, *sides: str) -> list[int]:
    """Rows of the relations with the actors of some sides."""
    return [scenario.row(a.relations) for a in scenario.document.actors if a.side in sides and a.relations]


def landing_scores(rules: Rules, stance: Stance) -> np.ndarray:
    """What a stance thinks of each landing [landings], all its visible effects added up."""
    scores = np.zeros(len(rules.tables.landings))
    for number, landing in enumerate(rules.tables.landings):
        for effect in landing.effects:
            if effect.kind == "add" and effect.target in stance.weights:
                times = effect.length if effect.length > 0 else LASTING
                worth = stance.weights[effect.target] * effect.amount * times
                scores[number] += min(worth, 0.0) if stance.harm_only else worth
    return scores


def by_stance(rules: Rules, stance: Stance) -> Policy:
    """A policy that takes the payable option it values most; a gamble counts half won, half lost."""
    table, scores = rules.choices, landing_scores(rules, stance)
    worth = scores[table.landing] - stance.cash * table.cost - stance.capital * table.capital
    for card, choice, _, failure in table.gambles:
        worth[card, choice] += 0.5 * (scores[failure] - scores[table.landing[card, choice]])
    worth[np.arange(len(worth)), table.default] += HABIT
    plays = np.array([_initiative_worth(i.option, scores, stance) for i in rules.tables.initiatives])

    def decide(rules: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
        wanted = nothing(rules, state)
        may = options(rules, state, reading)
        fits = payable_choices(rules, state, may)
        for place, card in enumerate(state.agenda):
            value = np.where(fits[place], worth[card].T, -np.inf)
            wanted.choices[place] = np.where(fits[place].any(axis=0), np.argmax(value, axis=0), NONE)
        if stance.active and len(plays):
            value = np.where(payable_initiatives(rules, state, may), plays[:, None], 0.0)
            best, games = np.argmax(value, axis=0), np.arange(state.games)
            wanted.initiatives[best, games] = value[best, games] > 0.0
        return wanted
    return decide


def _initiative_worth(option, scores: np.ndarray, stance: Stance) -> float:
    landed = scores[option.landing]
    if option.odds is not None:
        landed = 0.5 * (landed + scores[option.landing_failure])
    return landed - stance.cash * option.cost - stance.capital * option.capital
