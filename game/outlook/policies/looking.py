"""Bots that weigh each candidate by playing it on the engine: bars, total, goals-now, planner.

    bars      the indicators at the close of this turn
    total     the indicators' changes over the turns that a preview shows, gains and losses added up
    goals-now the chosen goals at the close of this turn; `greedy-last-turn` grabs at them
    planner   the chosen goals at the end of simulated games

The first three look at what the screen shows, a world with median luck and without cards and moves to come,
a gamble counted by its odds. The planner plays on with luck of the stream FORECAST, never the game's, and
the same luck for every candidate of a game, so that their difference is theirs. After the turn in question
nothing more is decided in these futures: cards take their default. Read next: candidates.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from game.content import Scenario
from game.engine.decisions import Decisions, nothing
from game.engine.formulas import Reading
from game.engine.state import State, pick_games
from game.engine.tables import Option, Rules, compile_rules
from game.engine.turn import play, reading_of
from game.outlook.policies.candidates import Candidates, candidates, decisions_of, take
from game.outlook.policies.common import Policy, own_seed
from game.outlook.utility import utility

Worth = Callable[[Rules, State, Candidates], np.ndarray]  # -> [candidates, games] against doing nothing

SHOWN_TURNS = 8  # how far a preview shows: two years
ROLLOUTS, HORIZON = 4, 8  # of the planner; doubling both must change its mean by less than 5 %


def by_worth(value: Worth, kinds: tuple[str, ...] = ("choice", "lever", "initiative")) -> Policy:
    """A policy that takes what `value` thinks worth most; only candidates of some kinds if so asked."""
    def decide(rules: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
        found = candidates(rules, state, reading)
        wanted = np.array([thing[0] in kinds for thing in found.things], dtype=bool)
        found = replace(found, open=found.open & wanted[:, None])
        return take(rules, state, found, value(rules, state, found))
    return decide


def until_last(policy: Policy, last: Policy) -> Policy:
    """One policy, and another in the last turn."""
    return lambda rules, state, reading, dice: (last if state.turn == state.turns - 1 else policy)(
        rules, state, reading, dice)


# --- what the screen shows

def bars(scenario: Scenario, rules: Rules) -> Worth:
    """Indicators at the close of this turn, each in units of its medium change, in its good direction."""
    looks = Looks(scenario)
    return _shown(rules, 1, looks.rows, lambda base, changed: looks.better(base[0], changed[0]))


def total(scenario: Scenario, rules: Rules) -> Worth:
    """The largest gain plus the largest loss of each indicator over the turns that a preview shows, added up."""
    looks = Looks(scenario)

    def weigh(base: np.ndarray, changed: np.ndarray) -> np.ndarray:
        better = np.array([looks.each(then, now) for then, now in zip(base, changed, strict=True)])
        return (np.maximum(better.max(axis=0), 0.0) + np.minimum(better.min(axis=0), 0.0)).sum(axis=0)
    return _shown(rules, SHOWN_TURNS, looks.rows, weigh)


class Looks:
    """How good indicators look: the rows shown, and changes in units of each one's medium change."""

    def __init__(self, scenario: Scenario) -> None:
        indicators = [i for i in scenario.document.indicators if i.medium > 0.0]
        self.rows = [scenario.row(i.variable) for i in indicators]
        self._medium = np.array([[i.medium] for i in indicators]).reshape(-1, 1)
        self._sign = np.array([[{"up": 1.0, "down": -1.0}.get(i.good, 0.0)] for i in indicators]).reshape(-1, 1)
        bands = [i.band or (-np.inf, np.inf) for i in indicators]
        self._low, self._high = (np.array([[band[n]] for band in bands]).reshape(-1, 1) for n in (0, 1))

    def each(self, base: np.ndarray, changed: np.ndarray) -> np.ndarray:
        """By how many medium changes each indicator is better, [indicators, games]; out of its band is worse."""
        up = self._sign * (changed - base)
        return (up - self._outside(changed) + self._outside(base)) / self._medium

    def better(self, base: np.ndarray, changed: np.ndarray) -> np.ndarray:
        return self.each(base, changed).sum(axis=0)

    def _outside(self, x: np.ndarray) -> np.ndarray:
        return np.maximum(self._low - x, 0.0) + np.maximum(x - self._high, 0.0)


def goals_now(weights: np.ndarray, rules: Rules) -> Worth:
    """The chosen goals at the close of this turn."""
    def measure(rules: Rules, state: State, wanted: Decisions) -> np.ndarray:
        after, report = play(rules, state, wanted, still=True)
        return utility(rules, Reading(rules, report.closing, after.past, state.turn), weights)
    return by_odds(rules, measure, lambda base, changed: changed - base)


def _shown(rules: Rules, turns: int, rows: list[int], weigh: Callable) -> Worth:
    """Worth by the paths of some rows, [turns, rows, games], beside those of doing nothing."""
    def measure(rules: Rules, state: State, wanted: Decisions) -> np.ndarray:
        return still_paths(rules, state, wanted, min(turns, state.turns - state.turn), rows)
    return by_odds(rules, measure, weigh)


def still_paths(rules: Rules, state: State, wanted: Decisions, turns: int, rows: list[int]) -> np.ndarray:
    """Closing values [turns, rows, games] with median luck, no cards and no moves after the turn decided."""
    found = []
    for _ in range(turns):
        if state.running.any():
            state, _ = play(rules, state, wanted, still=True)
            wanted = nothing(rules, state)
        found.append(state.closing[rows])
    return np.array(found)


def by_odds(rules: Rules, measure: Callable, weigh: Callable) -> Worth:
    """Worth by a measure in the still world; a gamble is played won and lost, and weighed by its odds."""
    won, lost = sure_rules(rules, True), sure_rules(rules, False)

    def value(rules: Rules, state: State, found: Candidates) -> np.ndarray:
        worth = np.zeros(found.open.shape)
        if not found.open.any():
            return worth
        odds = gamble_odds(rules, state, found)
        games = np.arange(state.games)
        base = measure(won, state, nothing(won, state))
        for pick, here in layers(found):
            wanted = decisions_of(rules, state, found, chosen_of(found, pick))
            good = weigh(base, measure(won, state, wanted))
            chance = odds[pick, games]
            if (chance[here] < 1.0).any():
                bad = weigh(base, measure(lost, state, wanted))
                good = chance * good + (1.0 - chance) * bad
            worth[pick[here], games[here]] = good[here]
        return worth
    return value


def sure_rules(rules: Rules, won: bool) -> Rules:
    """The same rules with every gamble won, or every one lost."""
    def sure(option: Option) -> Option:
        landing = option.landing if won or option.odds is None else option.landing_failure
        return replace(option, odds=None, landing=landing)
    t = rules.tables
    cards = tuple(replace(card, choices=tuple(sure(x) for x in card.choices)) for card in t.cards)
    initiatives = tuple(replace(i, option=sure(i.option)) for i in t.initiatives)
    return compile_rules(replace(t, cards=cards, initiatives=initiatives))


def gamble_odds(rules: Rules, state: State, found: Candidates) -> np.ndarray:
    """The odds of each candidate [candidates, games]; 1 for what is no gamble."""
    reading, odds = reading_of(rules, state), np.ones(found.open.shape)
    for n, thing in enumerate(found.things):
        if thing[0] == "choice":
            for card, choice, node, _ in rules.choices.gambles:
                here = found.open[n] & (state.agenda[thing[1]] == card) if choice == thing[2] else None
                if here is not None and here.any():
                    odds[n] = np.where(here, np.clip(reading.number(node), 0.0, 1.0), odds[n])
        elif thing[0] == "initiative" and found.open[n].any():
            node = rules.tables.initiatives[thing[1]].option.odds
            if node is not None:
                odds[n] = np.clip(reading.number(node), 0.0, 1.0)
    return odds


# --- every game tries its candidates one after another, so that all games of a batch are busy

def layers(found: Candidates) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yields (candidate of each game, where there is one): first each game's first open one, then its second ..."""
    rank = np.where(found.open, np.cumsum(found.open, axis=0), 0)
    for layer in range(1, int(rank.max(initial=0)) + 1):
        hit = rank == layer
        yield np.argmax(hit, axis=0), hit.any(axis=0)


def chosen_of(found: Candidates, pick: np.ndarray) -> np.ndarray:
    """[candidates, games] of bool with one candidate in each game, where it is open."""
    return (np.arange(len(found.things))[:, None] == pick) & found.open


# --- planner

@dataclass(frozen=True)
class Planner:
    """Looks ahead by simulation: the mean utility at the end of `rollouts` futures of up to `horizon` turns."""

    weights: np.ndarray  # of the goals
    rollouts: int = ROLLOUTS
    horizon: int = HORIZON

    def __call__(self, rules: Rules, state: State, found: Candidates) -> np.ndarray:
        worth = np.zeros(found.open.shape)
        if not found.open.any():
            return worth
        games, copies = np.arange(state.games), self.copies(state)
        base = self._mean(rules, copies, nothing(rules, state), 0, state.games)
        for pick, here in layers(found):
            low, high = int(np.argmax(here)), state.games - int(np.argmax(here[::-1]))
            wanted = decisions_of(rules, state, found, chosen_of(found, pick))
            mean = np.zeros(state.games)
            mean[low:high] = self._mean(rules, copies, wanted, low, high)
            worth[pick[here], games[here]] = (mean - base)[here]
        return worth

    def copies(self, state: State) -> State:
        """Each game as often as there are rollouts, on luck of its own that depends on its number alone."""
        many = pick_games(state, np.repeat(np.arange(state.games), self.rollouts))
        return replace(many, seed=own_seed(state),
                       first_game=state.first_game * self.rollouts)

    def _mean(self, rules: Rules, copies: State, wanted: Decisions, low: int, high: int) -> np.ndarray:
        """Mean utility at the end of the futures of games low .. high - 1."""
        part = slice(low * self.rollouts, high * self.rollouts)
        state = pick_games(copies, part)
        decided = Decisions(*(np.repeat(getattr(wanted, name)[:, low:high], self.rollouts, axis=1)
                              for name in ("choices", "levers", "initiatives")))
        for _ in range(self.horizon):
            if not state.running.any():
                break
            state, _ = play(rules, state, decided)
            decided = nothing(rules, state)
        reached = utility(rules, reading_of(rules, state), self.weights)
        total = np.zeros(high - low)
        for rollout in reached.reshape(high - low, self.rollouts).T:  # added in order: the same in any batch
            total = total + rollout
        return total / self.rollouts
