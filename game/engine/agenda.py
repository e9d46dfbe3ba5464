"""Drawing the agenda: which cards a turn shows.

Places go to scheduled cards, then struck chances, then follow-ups, each in file order, then to weighted
cards by a draw. A card of the first three classes that finds no place waits without a new roll; when its
patience ends it takes its default. Everything is decided for all cards of all games at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.dice import CHANCES, PLACES, Dice
from game.engine.formulas import Reading, places
from game.engine.quick import first_true, running_sums
from game.engine.state import LAPSES, NONE, State
from game.engine.tables import CHANCE, NEVER, SCHEDULED, WEIGHT, Rules


@dataclass(frozen=True)
class Deck:
    """All cards as columns [cards, 1], rows of what was read, and cards by kind."""

    when: np.ndarray
    cooldown: np.ndarray
    patience: np.ndarray
    scheduled: np.ndarray  # [cards, 1] bool
    weighted: np.ndarray
    weight: np.ndarray
    chance: np.ndarray
    odds: np.ndarray
    announced: np.ndarray  # places among the chance cards: those that are a threat first
    threats: np.ndarray  # the same as cards
    notice: np.ndarray  # [announced, 1] turns
    avertable: np.ndarray  # places among the announced
    averted_if: np.ndarray
    again: np.ndarray  # [announced, 1] whether its cooldown runs from a threat that passed
    in_order: np.ndarray  # [cards + 1] cards in the order in which they get places, then NONE
    weighted_or_none: np.ndarray  # [weighted + 1]
    leaves: np.ndarray  # [cards + 1, cards + 1] whether the card of a place in that order may share a turn with a card
    leaves_weighted: np.ndarray  # [weighted, cards + 1] the same of the weighted cards


def deck_of(rules: Rules) -> Deck:
    cards = rules.tables.cards

    def these(mode: int) -> np.ndarray:
        return np.flatnonzero([card.mode == mode for card in cards])

    def odds(numbers: np.ndarray) -> np.ndarray:
        return places(rules, [cards[c].odds for c in numbers])

    def column(numbers: list[int]) -> np.ndarray:
        return np.array(numbers, dtype=np.int32)[:, None]

    weighted, chance = these(WEIGHT), these(CHANCE)
    announced = np.flatnonzero([cards[c].announce > 0 for c in chance])
    threats = chance[announced]
    avertable = np.flatnonzero([cards[c].averted_if is not None for c in threats])
    leaves = ~rules.same_group.T  # [card, card or none]
    return Deck(
        places(rules, [card.when for card in cards]),
        column([card.cooldown for card in cards]), column([card.patience for card in cards]),
        column([card.mode == SCHEDULED for card in cards]).astype(bool), weighted, odds(weighted),
        chance, odds(chance),
        announced, threats, column([cards[c].announce for c in threats]), avertable,
        places(rules, [cards[threats[n]].averted_if for n in avertable]),
        column([cards[c].cooldown < NEVER for c in threats]).astype(bool),
        np.append(rules.card_order, NONE).astype(np.int32), np.append(weighted, NONE).astype(np.int32),
        np.vstack((leaves[rules.card_order], np.ones(len(cards) + 1, dtype=bool))), leaves[weighted],
    )


@dataclass
class Draw:
    """Work space of one drawing; the arrays are the drawing's own."""

    turn: int
    running: np.ndarray  # [games]
    shown: np.ndarray  # [cards, games] as in State
    waiting: np.ndarray
    threat_due: np.ndarray
    averted: np.ndarray
    wants: np.ndarray  # [cards, games] cards that claim a place
    weights: np.ndarray  # [weighted, games]; 0 where not eligible, or blocked by a card of the same group


def draw_agenda(rules: Rules, state: State, reading: Reading, dice: Dice) -> dict[str, np.ndarray]:
    """What opening the turn changes of the state: threats rolled, agenda drawn. `reading` holds the opened values."""
    if not rules.tables.cards:
        return empty_agenda(state)
    deck, places = rules.part(deck_of), rules.tables.agenda.places
    blank = np.zeros((len(rules.tables.cards), state.games), dtype=bool)
    draw = Draw(state.turn, state.running, state.shown.copy(), state.waiting, state.threat_due, blank, blank, blank)
    follow_due = _claim(deck, draw, state, reading.all_read, dice)
    claims = np.ones((len(blank) + 1, state.games), dtype=bool)  # who gets a place first is first; the last is no card
    draw.wants.take(rules.card_order, 0, claims[:-1])
    agenda, dice = np.empty((places, state.games), dtype=np.int32), dice.of(PLACES)
    for place in range(places):
        card = deck.in_order.take(first_true(claims, 0))
        free = card == NONE
        if len(deck.weighted) and np.count_nonzero(free):
            card = np.where(free, _weighted(rules, deck, draw.weights, dice[place]), card)
        agenda[place] = card
        if place + 1 < places:
            claims &= deck.leaves.take(card, 1)
            draw.weights = np.where(deck.leaves_weighted.take(card, 1), draw.weights, 0.0)
    _show(draw, agenda)
    return {"agenda": agenda, "lapsing": _wait(deck, draw), "shown": draw.shown,
            "waiting": draw.waiting, "threat_due": draw.threat_due, "averted": draw.averted, "follow_due": follow_due}


def empty_agenda(state: State) -> dict[str, np.ndarray]:
    return {"agenda": np.full_like(state.agenda, NONE), "lapsing": np.full_like(state.lapsing, NONE)}


def when_over(state: State) -> dict[str, np.ndarray]:
    """What draw_agenda would change besides where every game has ended."""
    called = (state.follow_due != NONE) & (state.follow_due <= state.turn)
    return {"averted": np.zeros_like(state.averted), "follow_due": np.where(called, NONE, state.follow_due)}


def _claim(deck: Deck, draw: Draw, state: State, read: np.ndarray, dice: Dice) -> np.ndarray:
    """Cards that claim a place or take part in the draw; gives follow-ups still due."""
    waits, follow_due = draw.waiting != NONE, state.follow_due
    ready = read.take(deck.when, 0) != 0.0
    ready &= draw.shown <= draw.turn - deck.cooldown
    ready &= draw.running
    draw.wants = waits & draw.running
    ready &= ~waits
    draw.wants |= ready & deck.scheduled
    fresh = ready & (draw.threat_due == NONE)
    called = follow_due != NONE
    if np.count_nonzero(called):
        called &= follow_due <= draw.turn
        draw.wants |= called & fresh  # a card that looms comes anyway
        follow_due = np.where(called, NONE, follow_due)
    if len(deck.chance):
        struck = fresh[deck.chance]
        struck &= dice.of(CHANCES) < read.take(deck.odds, 0)
        struck[deck.announced] = _threaten(deck, draw, read, struck[deck.announced])
        draw.wants[deck.chance] |= struck
    draw.weights = np.where(ready[deck.weighted], np.maximum(read.take(deck.weight, 0), 0.0), 0.0)
    return follow_due


def _threaten(deck: Deck, draw: Draw, read: np.ndarray, struck: np.ndarray) -> np.ndarray:
    """Announced cards: a roll that struck makes a threat; which threats strike now, unless averted."""
    threats = draw.threat_due[deck.threats]
    due = threats == draw.turn
    due &= draw.running
    if np.count_nonzero(struck) or np.count_nonzero(due):
        draw.threat_due = draw.threat_due.copy()
        draw.threat_due[deck.threats] = np.where(struck, draw.turn + deck.notice, np.where(due, NONE, threats))
    if not np.count_nonzero(due):
        return due
    saved = np.zeros_like(due)
    saved[deck.avertable] = due[deck.avertable] & (read[deck.averted_if] != 0.0)
    draw.averted[deck.threats] = saved
    # it was on the screen, so its cooldown runs; but a card of once has not been shown
    draw.shown[deck.threats] = np.where(saved & deck.again, draw.turn, draw.shown[deck.threats])
    return due & ~saved


def _weighted(rules: Rules, deck: Deck, weights: np.ndarray, dice: np.ndarray) -> np.ndarray:
    """Draw one of the weighted cards, or none with the agenda's quiet weight."""
    sums = running_sums(weights)
    missed = np.add.reduce(sums <= dice * (sums[-1] + rules.tables.agenda.quiet), 0, np.int16)
    return deck.weighted_or_none.take(missed)


def _show(draw: Draw, agenda: np.ndarray) -> None:
    """Mark the cards of an agenda [places, games] as shown."""
    place, game = (agenda != NONE).nonzero()
    here = agenda[place, game] * np.intp(agenda.shape[1]) + game  # places in the flat tables, faster than pairs
    draw.shown.put(here, draw.turn)
    draw.wants.put(here, False)
    if np.count_nonzero(draw.waiting.take(here) != NONE):
        draw.waiting = draw.waiting.copy()
        draw.waiting.put(here, NONE)


def _wait(deck: Deck, draw: Draw) -> np.ndarray:
    """Cards without a place start or go on waiting; those whose patience ended lapse, [LAPSES, games]."""
    lapsing = np.full((LAPSES, len(draw.running)), NONE, dtype=np.int32)
    if not np.count_nonzero(draw.wants):
        return lapsing
    waits = draw.waiting != NONE
    over = draw.wants & waits & (draw.waiting <= draw.turn - deck.patience)
    draw.waiting = np.where(draw.wants & ~waits, draw.turn, draw.waiting)
    for slot in range(LAPSES):
        here = np.logical_or.reduce(over).nonzero()[0]
        if not len(here):
            break
        card = over[:, here].argmax(axis=0)
        lapsing[slot, here] = card
        draw.waiting[card, here] = NONE
        draw.shown[card, here] = draw.turn
        over[card, here] = False
    return lapsing
