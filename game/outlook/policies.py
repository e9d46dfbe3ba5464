"""Bots: policies that decide for all games of a batch at once.

A policy is a function of what the screen shows and of dice of its own (stream BOTS), so that it cannot
disturb the game's luck. It picks only what is open and can be paid; the engine's `settle` has the last word
on several things at once. Read next: batch.py, which plays many games with one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.content import Scenario
from game.engine.decisions import (
    Decisions,
    Options,
    Purse,
    lever_price,
    lever_setting,
    nothing,
    options,
)
from game.engine.formulas import Reading
from game.engine.luck import BOTS, uniforms
from game.engine.state import NONE, State
from game.engine.tables import Rules

Policy = Callable[[Rules, State, Reading, np.ndarray], Decisions]  # dice: [dice_slots(rules), games] in [0, 1)

NAMES = ("random", "cautious", "lean_north", "lean_south")
LEVER_SHARE = 0.5  # of turns in which the random bot moves a lever
INITIATIVE_SHARE = 0.5  # of turns in which it plays an initiative
HABIT = 1e-6  # what a stance adds to the default, so that ties go to it
LASTING = 8  # resolutions for which an effect "for always" counts: two years


def dice_slots(rules: Rules) -> int:
    """Numbers that a policy may use in a turn: one for each place, three for a lever, two for an initiative."""
    return rules.tables.agenda.places + 5


def bot_dice(rules: Rules, state: State) -> np.ndarray:
    return uniforms(state.seed, state.first_game, state.games, state.turn, dice_slots(rules), BOTS)


def policy_named(name: str, scenario: Scenario, rules: Rules) -> Policy:
    """One of NAMES; ValueError for any other."""
    if name == "random":
        return random_policy
    if name == "cautious":
        return by_stance(rules, cautious(scenario))
    if name in ("lean_north", "lean_south"):
        return by_stance(rules, leaning(scenario, "russia" if name == "lean_north" else "china"))
    raise ValueError(f"no policy “{name}”; there are {', '.join(NAMES)}")


# --- what can be decided

def payable_choices(rules: Rules, state: State, may: Options) -> np.ndarray:
    """Choices on the desk that are open and can each be paid, [places, choices, games]."""
    purse, table, games = Purse(rules, state), rules.choices, np.arange(state.games)
    fits = np.empty((len(state.agenda), table.exists.shape[1], state.games), dtype=bool)
    for place, card in enumerate(state.agenda):
        for choice in range(table.exists.shape[1]):
            cost, capital = table.cost[card, choice], table.capital[card, choice]
            fits[place, choice] = may.choices[card, choice, games] & _payable(purse, cost, capital)
    return fits


def payable_initiatives(rules: Rules, state: State, may: Options) -> np.ndarray:
    """Initiatives that are open and can each be paid, [initiatives, games]."""
    purse, fits = Purse(rules, state), may.initiatives.copy()
    for i, initiative in enumerate(rules.tables.initiatives):
        fits[i] &= _payable(purse, initiative.option.cost, initiative.option.capital)
    return fits


def _payable(purse: Purse, cost: np.ndarray | float, capital: np.ndarray | float) -> np.ndarray:
    enough = (np.asarray(cost) <= 0.0) | (cost <= purse.cash)
    return enough & ((np.asarray(capital) <= 0.0) | (capital <= purse.capital))


# --- random

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
        wanted.levers[i] = np.where((pick == i) & _payable(purse, *lever_price(lever, now, new)), new, now)


# --- by stance

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


def leaning(scenario: Scenario, side: str) -> Stance:
    """Does what warms relations with the actors of a side."""
    actors = scenario.document.actors
    rows = [scenario.row(actor.relations) for actor in actors if actor.side == side and actor.relations]
    return Stance(dict.fromkeys(rows, 1.0), active=True)


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
