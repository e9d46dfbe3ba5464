"""What the next turns may bring: one game's situation played on many times, with and without a possible decision.

All futures start from the same opened state. What the screen shows is known in them (this quarter's prices and
weather); everything else is luck of the stream FORECAST, never the game's own: later prices, cards, how neighbours
answer. Future n has the same luck whatever is decided, so the difference between two of its courses is what the
decision did. After the decision in question the stated policy decides; usually nothing more is decided, and cards
take their default.

A decision that cannot be paid now is shown all the same: it lands and is charged without asking the purse. A gamble
is two variants, won and lost. Nothing here knows words: see game/view/effects.py. Read next: preview.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from game.engine.decisions import Decisions, nothing
from game.engine.dice import Dice
from game.engine.formulas import Reading
from game.engine.state import NONE, AtHand, State, repeat_game
from game.engine.tables import Rules
from game.engine.turn import play, reading_of
from game.outlook.batch import keep_memory
from game.outlook.policies.common import Policy, bot_dice, own_seed
from game.outlook.preview import HORIZON, Variant, charged, sent, with_charges

# The share of futures below an end of the 10-90 % band is found with a standard error of 0.3 / sqrt(futures): here two
# points in a hundred, which no eye sees in a chart. The sign of an effect does not hang on this number: what does not
# clear ERRORS standard errors is not shown, and what just clears two has the wrong sign once in forty times.
FUTURES = 250
ODDS_TURNS = 4  # turns for which changed odds of threats are looked at
ERRORS = 2.0  # standard errors by which a mean must clear nought to be called an effect
LOW, HIGH = 0.1, 0.9  # the band that is shown: eight of ten futures


class Stopped(Exception):
    """The forecast is not wanted any more."""


@dataclass(frozen=True)
class Question:
    """A one-game situation, what is decided in it anyway, and the decisions that are compared with that.

    state     opened and running; a card that is asked about is taken off its agenda, so that the reference is "no
              answer given", not even the default
    wanted    what is decided this turn in every course, as one game's Decisions
    variants  what each course adds; the first course, the reference, adds nothing
    """

    state: State
    wanted: Decisions
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class Forecast:
    """levels [courses, turns, rows, futures]: the reference, then each variant; as of each turn's last day.

    odds [courses, turns up to ODDS_TURNS, cards]: mean chance (0-1), as each next turn opens, of cards that would be
    announced first; none after the last turn.
    """

    levels: np.ndarray
    odds: np.ndarray

    def changes(self, variant: int) -> np.ndarray:
        """What a variant changes against the reference [turns, rows, futures], in the rows' units."""
        return self.levels[variant + 1] - self.levels[0]

    def odds_changes(self, variant: int) -> np.ndarray:
        """[turns up to ODDS_TURNS, cards]."""
        return self.odds[variant + 1] - self.odds[0]


def forecast(rules: Rules, question: Question, rows: Sequence[int], turns: int = HORIZON, futures: int = FUTURES,
             policy: Policy | None = None, stop: Callable[[], bool] = lambda: False, first: int = 0) -> Forecast:
    """Play the reference and every variant over futures number `first` to `first` + `futures` - 1 of `turns` turns,
    looking at `rows`. After the first turn `policy` decides; without one nothing more is decided. Another `first` is
    fresh luck.

    A future that ends early stays as it ended. Raises Stopped as soon as `stop` says so, ValueError for a game that
    is over.
    """
    keep_memory()
    rules, state = rules.part(charged), question.state
    start = replace(repeat_game(state, futures), seed=own_seed(state), first_game=state.first_game * futures + first)
    known = Known(rules, start.seed, start.first_game, futures, start.turn,
                  np.repeat(Dice(rules, state.seed, state.first_game, 1, state.turn).luck, futures, axis=1))
    shown = np.repeat(Reading(rules, state.values, state.past, state.turn).all_read, futures, axis=1)
    courses = []
    for variant in (Variant(), *question.variants):
        batch, wanted = _decided(rules, start, question.wanted, variant, known, shown)
        courses.append(_course(rules, batch, wanted, rows, turns, policy, stop))
    levels, odds = zip(*courses, strict=True)
    return Forecast(np.array(levels), np.array(odds))


@dataclass(frozen=True)
class Known(Dice):
    """This turn's dice in every future: drivers as they stand on the screen, everything else by the futures' seed."""

    drivers: np.ndarray  # [drivers, games]

    @property
    def luck(self) -> np.ndarray:
        return self.drivers


def _decided(rules: Rules, start: State, wanted: Decisions, variant: Variant, known: Known,
             shown: np.ndarray) -> tuple[State, Decisions]:
    """The futures with a variant on its way, and this turn's decisions in each."""
    games = start.games
    levers, values = wanted.levers.copy(), start.values.copy()
    if variant.lever != NONE:
        levers[variant.lever] = values[rules.tables.levers[variant.lever].row] = variant.setting
    landed = np.repeat(np.array(variant.landings, dtype=np.int16).reshape(-1, 1), games, axis=1)
    due = with_charges(start, variant.cash, variant.capital)
    hand = AtHand(values, due, *sent(rules, due, landed, start.turn), known, shown)
    many = Decisions(*(np.repeat(array, games, axis=1) for array in (wanted.choices, levers, wanted.initiatives)))
    return replace(start, values=values, due=due, at_hand=hand), many


def _course(rules: Rules, batch: State, wanted: Decisions, rows: Sequence[int], turns: int, policy: Policy | None,
            stop: Callable[[], bool]) -> tuple[np.ndarray, np.ndarray]:
    """Levels [turns, rows, futures] and mean odds [turns up to ODDS_TURNS, cards] of one course."""
    levels, odds = np.empty((turns, len(rows), batch.games)), []
    for turn in range(turns):
        if stop():
            raise Stopped
        if turn == turns - 1:  # nobody will play on, so nothing needs to be opened
            batch = replace(batch, turns=batch.turn + 1)
        if turn == 0 or batch.running.any():
            batch, _ = play(rules, batch, wanted)
        levels[turn], reading = batch.closing[list(rows)], reading_of(rules, batch)
        if turn < ODDS_TURNS:
            odds.append(_odds(rules, batch, reading))
        if turn < turns - 1 and batch.running.any():
            wanted = policy(rules, batch, reading, bot_dice(rules, batch)) if policy else nothing(rules, batch)
    return levels, np.array(odds)


def _odds(rules: Rules, batch: State, reading: Reading) -> np.ndarray:
    """Mean chance of each card that would be announced first [cards]; 0 for any other, or out of question."""
    chances = np.zeros(len(rules.tables.cards))
    for c, card in enumerate(rules.tables.cards):
        if card.announce > 0 and card.odds is not None:
            odds = np.minimum(np.maximum(reading.number(card.odds), 0.0), 1.0)
            chances[c] = np.where(batch.running & reading.holds(card.when), odds, 0.0).mean()
    return chances


# --- what is read from futures

@dataclass(frozen=True)
class Effect:
    """How a decision changes one row, turn by turn [turns]: mean, its standard error, and the share of futures (0-1)
    in which the row is higher, and lower, than without it."""

    mean: np.ndarray
    error: np.ndarray
    up: np.ndarray
    down: np.ndarray

    @property
    def seen(self) -> np.ndarray:
        """The mean where it clears its sampling error, else 0."""
        return np.where(np.abs(self.mean) >= ERRORS * self.error, self.mean, 0.0)


def effects(changes: np.ndarray, least: np.ndarray) -> list[Effect]:
    """The effect on each row from changes [turns, rows, futures]; a change under `least` [rows] counts as none when
    futures are counted."""
    futures, edge = changes.shape[2], least[:, None]
    mean, error = changes.mean(axis=2), changes.std(axis=2) / np.sqrt(futures)
    up, down = (changes > edge).mean(axis=2), (changes < -edge).mean(axis=2)
    return [Effect(mean[:, r], error[:, r], up[:, r], down[:, r]) for r in range(changes.shape[1])]


def by_odds(won: np.ndarray, lost: np.ndarray, odds: float) -> np.ndarray:
    """Futures in which a gamble goes by its odds, from those in which it is won and those in which it is lost.

    The last axis is futures; they are dealt out evenly, as luck that is independent of everything else would on the
    whole: every stretch of them holds its share of successes.
    """
    place = np.arange(won.shape[-1])
    return np.where(np.floor((place + 1) * odds) > np.floor(place * odds), won, lost)


def band(levels: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The 10 % end, the median and the 90 % end over futures, the last axis."""
    low, middle, high = np.quantile(levels, (LOW, 0.5, HIGH), axis=-1)
    return low, middle, high
