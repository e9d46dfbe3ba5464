"""What cards and the cabinet foretell is true on fresh luck: directions of all shown effects, and ranges.

Over every choice of every card of the scenarios that come with the game, in situations from games of the random
policy. The quick test takes some cards, the slow one all of them, and the cabinet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from game.content import load
from game.engine.decisions import nothing
from game.engine.state import NONE, State, pick_games
from game.engine.tables import Rules, compile_rules
from game.engine.turn import begin, play, reading_of
from game.outlook.forecast import band, effects, forecast
from game.outlook.policies import bot_dice, random_policy
from game.outlook.preview import horizon_of, phases
from game.view.effects import Outlook, fans, least_shown, option_lines, peak_turn
from game.view.lookahead import CABINET, Ahead, Situation, cabinet_question, card_question, look
from tests.view.conftest import SHIPPED

GAMES, TURNS = 200, 12
FRESH, FIRST = 1_000, 10_000  # futures of fresh luck, and the number of the first of them
WRONG = 0.05  # of shown effects, at most
HOLDS = (0.75, 0.85)  # share of outcomes in the 10-90 % band
FULL = 250  # futures behind a card in the game


@dataclass
class Count:
    """Shown effects and how many have the wrong sign; outcomes and how many lie in their band."""

    shown: int = 0
    wrong: int = 0
    outcomes: int = 0
    inside: float = 0.0


@cache
def rules_of(folder) -> Rules:
    return compile_rules(load(folder).tables)


@cache
def situations(folder) -> dict[int, tuple[State, int]]:
    """A situation with each card on the desk, and its place; a card that never came is laid there."""
    rules, found = rules_of(folder), {}
    batch = begin(rules, 77, GAMES, turns=TURNS)
    middle = None
    while batch.running.any() and batch.turn < TURNS - 2:
        for place, cards in enumerate(batch.agenda):
            for game in np.flatnonzero(batch.running & (cards != NONE)):
                found.setdefault(int(cards[game]), (pick_games(batch, slice(game, game + 1)), place))
        middle = batch if batch.turn == TURNS // 2 else middle
        batch, _ = play(rules, batch, random_policy(rules, batch, reading_of(rules, batch), bot_dice(rules, batch)))
    one = pick_games(middle, slice(int(np.argmax(middle.running)), int(np.argmax(middle.running)) + 1))
    for card in set(range(len(rules.tables.cards))) - set(found):
        agenda = np.full_like(one.agenda, NONE)
        agenda[0] = card
        found[card] = (replace(one, agenda=agenda), 0)
    return found


def situation_of(folder, state: State) -> Situation:
    return Situation(load(folder), rules_of(folder), state, nothing(rules_of(folder), state))


def fresh(ahead: Ahead, now: Situation, place: int) -> Outlook:
    """The same question on fresh luck."""
    question, _ = cabinet_question(now) if place == CABINET else card_question(now, place)
    outlook = ahead.outlook
    seen = forecast(now.rules, question, outlook.rows, horizon_of(now.state), FRESH, first=FIRST)
    return replace(outlook, forecast=seen)


def count_signs(count: Count, ahead: Ahead, other: Outlook) -> None:
    """Every shown effect's direction at its largest, against the mean on fresh luck."""
    outlook = ahead.outlook
    for course in ahead.courses:
        found = 0
        for variant in course.variants:
            means = other.forecast.changes(variant).mean(axis=2)
            for place, effect in enumerate(effects(outlook.forecast.changes(variant), np.zeros(len(outlook.rows)))):
                for phase in phases(effect.seen, least_shown(outlook.names, outlook.rows[place])):
                    found += 1
                    count.wrong += np.sign(means[peak_turn(phase, effect), place]) != np.sign(phase.peak)
        lines = option_lines(outlook, course)
        assert found >= len(lines) and (found == len(lines) or len(course.variants) == 2)
        count.shown += found


def count_bands(count: Count, ahead: Ahead, other: Outlook, dice: np.random.Generator) -> None:
    """Levels on fresh luck within each band, where the outcome is open at all by the number as it is shown."""
    names, rows = ahead.outlook.names, ahead.outlook.rows
    steps = np.array([10.0 ** -names.measure(row).decimals for row in rows])
    for course in ahead.courses:
        low, _, high = band(ahead.outlook.levels(course))
        won, lost = (other.forecast.levels[course.variants[n] + 1] for n in (0, -1))
        outcome = np.where(dice.random(FRESH) < course.odds, won, lost)
        held = (outcome >= low[..., None]) & (outcome <= high[..., None])
        is_open = high - low > steps
        count.outcomes += int(is_open.sum()) * FRESH
        count.inside += int(held[is_open].sum())


def check(folder, cards, monkeypatch) -> None:
    monkeypatch.setattr("game.view.lookahead.FUTURES", FULL)
    count, dice = Count(), np.random.default_rng(5)
    for card in cards:
        state, place = situations(folder)[card]
        now = situation_of(folder, state)
        ahead = look(now, place)
        other, here = fresh(ahead, now, place), Count()
        count_signs(here, ahead, other)
        count_bands(here, ahead, other, dice)
        assert HOLDS[0] <= here.inside / here.outcomes <= HOLDS[1], now.scenario.document.cards[card].id
        for name in ("shown", "wrong", "outcomes", "inside"):
            setattr(count, name, getattr(count, name) + getattr(here, name))
    assert count.shown > len(cards) and count.wrong <= WRONG * count.shown


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)
def test_some_cards_foretell_truly(folder, monkeypatch):
    cards = sorted(situations(folder))
    check(folder, cards[:: max(1, len(cards) // 4)], monkeypatch)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)
def test_every_card_foretells_truly(folder, monkeypatch):
    check(folder, sorted(situations(folder)), monkeypatch)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)
def test_the_cabinet_foretells_directions_truly(folder, monkeypatch):
    monkeypatch.setattr("game.view.lookahead.FEWER", 100)
    count = Count()
    for card in sorted(situations(folder))[::17]:
        now = situation_of(folder, situations(folder)[card][0])
        ahead = look(now, CABINET)
        count_signs(count, ahead, fresh(ahead, now, CABINET))
    assert count.shown > 100 and count.wrong <= WRONG * count.shown


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)
def test_a_fan_begins_at_the_number_on_the_screen_and_opens(folder):
    state, place = situations(folder)[0]
    now = situation_of(folder, state)
    ahead = look(now, place)
    drawn = [fan for course in ahead.courses
             for fan in fans(ahead.outlook, course, option_lines(ahead.outlook, course), 2)]
    assert drawn and len(drawn) <= 2 * len(ahead.courses)
    for fan in drawn:
        first, _, second = fan.text.partition("; unanswered ")
        assert bool(second) or first.endswith(", the same unanswered") and fan.ends == "same"
        assert not first.endswith(f": {second}")
        row = ahead.outlook.rows[[ahead.outlook.names.watched[r].variable for r in ahead.outlook.rows].index(fan.id)]
        assert fan.low[0] == fan.high[0] == fan.without[0] == float(state.values[row, 0])
        assert len(fan.low) == len(fan.middle) == len(fan.high) == len(fan.without) == horizon_of(state) + 1
        assert all(low <= middle <= high for low, middle, high in zip(fan.low, fan.middle, fan.high, strict=True))
