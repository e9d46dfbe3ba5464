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
from functools import cached_property

import numpy as np

from game.content import Scenario
from game.engine.decisions import Decisions, nothing
from game.engine.dice import Dice
from game.engine.formulas import Reading
from game.engine.state import RUNNING, AtHand, State, pick_games
from game.engine.tables import Option, Rules, compile_rules
from game.engine.turn import play, reading_of
from game.outlook.policies.candidates import Candidates, candidates, decisions_of, take
from game.outlook.policies.common import Policy, own_seed
from game.outlook.utility import utility

Worth = Callable[[Rules, State, Candidates], np.ndarray]  # -> [candidates, games] against doing nothing

SHOWN_TURNS = 8  # how far a preview shows: two years
ROLLOUTS, HORIZON = 4, 8  # of the planner; doubling both must change its mean by less than 5 %
AT_ONCE = 2_000  # futures; fewer are slower (calls), more hardly faster (memory)


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
        tried = Tried.of(rules, state, found)
        after = _measured(measure, won, state, tried.game, tried.wanted)
        base, changed = after[..., tried.base], after[..., tried.idle:]
        good, chance = weigh(base, changed), gamble_odds(rules, state, found)[tried.pick, tried.others]
        risky = (chance < 1.0).nonzero()[0]
        if len(risky):
            chance = chance[risky]
            bad = weigh(base[..., risky], _measured(measure, lost, state, tried.others[risky],
                                                    of_games(tried.wanted, tried.idle + risky)))
            good[risky] = chance * good[risky] + (1.0 - chance) * bad
        worth[tried.pick, tried.others] = good
        return worth
    return value


def _measured(measure: Callable, rules: Rules, state: State, game: np.ndarray, wanted: Decisions) -> np.ndarray:
    """A measure [.., tries] of tries in games."""
    return np.concatenate([measure(rules, pick_games(state, game[some]), of_games(wanted, some))
                           for some in pieces(len(game), AT_ONCE)], axis=-1)


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


# --- all candidates of all games are tried side by side, for small batches are slow

@dataclass(frozen=True)
class Tried:
    """Tries: doing nothing in each game that has candidates, then each candidate in each game where it is open."""

    game: np.ndarray  # [tries]
    wanted: Decisions  # of each try
    idle: int  # how many do nothing
    pick: np.ndarray  # [other tries] candidate
    base: np.ndarray  # [other tries] the try that does nothing in the same game

    @property
    def others(self) -> np.ndarray:
        """Games of the other tries."""
        return self.game[self.idle:]

    @classmethod
    def of(cls, rules: Rules, state: State, found: Candidates) -> Tried:
        tried = np.logical_or.reduce(found.open, 0).nonzero()[0]
        games, picks, plans = [tried], [], [of_games(nothing(rules, state), tried)]
        for pick, here in layers(found):
            games.append(here.nonzero()[0])
            picks.append(pick[here])
            plans.append(of_games(decisions_of(rules, state, found, chosen_of(found, pick)), games[-1]))
        wanted = Decisions(*(np.concatenate([getattr(plan, name) for plan in plans], 1) for name in KINDS))
        game = np.concatenate(games)
        return cls(game, wanted, len(tried), np.concatenate(picks), tried.searchsorted(game[len(tried):]))


KINDS = ("choices", "levers", "initiatives")


def of_games(wanted: Decisions, games: np.ndarray | slice) -> Decisions:
    """The decisions of some games of a batch."""
    return Decisions(*(getattr(wanted, name)[:, games] for name in KINDS))


def pieces(count: int, most: int) -> list[slice]:
    return [slice(first, first + most) for first in range(0, count, most)]


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
class Picked(Dice):
    """Another batch's dice for some of its games, each as often as it is `chosen`."""

    whole: Dice
    chosen: np.ndarray  # [games] places in that batch

    @cached_property
    def next(self) -> Picked:
        return replace(self, turn=self.turn + 1, whole=self.whole.next)

    @cached_property
    def luck(self) -> np.ndarray:
        return self.whole.luck.take(self.chosen, 1)

    @cached_property
    def _numbers(self) -> np.ndarray:
        return self.whole._numbers.take(self.chosen, 1)


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
        tried, dice = Tried.of(rules, state, found), self._dice(rules, state)
        means = np.concatenate([self._means(rules, state, dice, tried.game[some], of_games(tried.wanted, some))
                                for some in pieces(len(tried.game), max(AT_ONCE // self.rollouts, 1))])
        worth[tried.pick, tried.others] = means[tried.idle:] - means[tried.base]
        return worth

    def _dice(self, rules: Rules, state: State) -> Dice:
        """Those of all games' futures, which depend on a game's number alone."""
        return Dice(rules, own_seed(state), state.first_game * self.rollouts, state.games * self.rollouts, state.turn)

    def copies(self, rules: Rules, state: State, game: np.ndarray, dice: Dice | None = None) -> State:
        """Some games (a game may come more than once), each as often as there are rollouts; they meet the luck of
        futures (`dice`), the same every time that a game comes."""
        dice = dice or self._dice(rules, state)
        many = np.repeat(game, self.rollouts)
        place = many * self.rollouts + np.tile(np.arange(self.rollouts), len(game))
        copies = replace(pick_games(state, many), seed=dice.seed, first_game=dice.first_game)
        own = Picked(rules, dice.seed, dice.first_game, len(many), dice.turn, dice, place)
        read = reading_of(rules, state).all_read.take(many, 1)
        landing = copies.due.split(state.turn, (copies.ended != RUNNING).nonzero()[0])
        return copies.changed(at_hand=AtHand(copies.values, copies.due, *landing, own, read))

    def _means(self, rules: Rules, state: State, dice: Dice, game: np.ndarray, wanted: Decisions) -> np.ndarray:
        """Mean utility at the end of the futures of games, each with decisions of its own."""
        copies = self.copies(rules, state, game, dice)
        decided = of_games(wanted, np.repeat(np.arange(len(game)), self.rollouts))
        for _ in range(self.horizon):
            if not copies.running.any():
                break
            copies, _ = play(rules, copies, decided)
            decided = nothing(rules, copies)
        reached = utility(rules, reading_of(rules, copies), self.weights)
        total = np.zeros(len(game))
        for rollout in reached.reshape(len(game), self.rollouts).T:  # added in order: the same in any batch
            total = total + rollout
        return total / self.rollouts
