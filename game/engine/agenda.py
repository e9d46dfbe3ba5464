"""Drawing the agenda: which cards a turn shows.

Places go to scheduled cards, then struck chances, then follow-ups, each in file order, then to weighted
cards by a draw. A card of the first three classes that finds no place waits without a new roll; when its
patience ends it takes its default. Everything is decided for all cards of all games at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.dice import CHANCES, PLACES, Dice, used
from game.engine.formulas import Reading, places
from game.engine.state import LAPSES, NONE, State
from game.engine.tables import CHANCE, NEVER, SCHEDULED, WEIGHT, Rules


@dataclass(frozen=True)
class Deck:
    """All cards as columns [cards, 1], rows of what was read, and cards by kind."""

    when: np.ndarray
    cooldown: np.ndarray
    patience: np.ndarray
    scheduled: np.ndarray
    sudden: np.ndarray  # chance cards that strike at once
    sudden_die: np.ndarray  # among the cards with a chance
    sudden_odds: np.ndarray
    weighted: np.ndarray
    weight: np.ndarray
    announced: np.ndarray  # chance cards that are a threat first
    announced_die: np.ndarray
    announced_odds: np.ndarray
    notice: np.ndarray  # [announced, 1] turns
    avertable: np.ndarray  # places among the announced
    averted_if: np.ndarray
    again: np.ndarray  # [announced, 1] whether its cooldown runs from a threat that passed


def deck_of(rules: Rules) -> Deck:
    cards = rules.tables.cards

    def these(wanted: list[bool]) -> np.ndarray:
        return np.flatnonzero(np.array(wanted, dtype=bool))

    def odds(numbers: np.ndarray) -> np.ndarray:
        return places(rules, [cards[c].odds for c in numbers])

    def dice(numbers: np.ndarray) -> np.ndarray:
        return np.searchsorted(used(rules)[CHANCES], numbers)

    sudden = these([card.mode == CHANCE and card.announce == 0 for card in cards])
    weighted = these([card.mode == WEIGHT for card in cards])
    announced = these([card.mode == CHANCE and card.announce > 0 for card in cards])
    avertable = these([cards[c].averted_if is not None for c in announced])
    return Deck(
        places(rules, [card.when for card in cards]), np.array([[card.cooldown] for card in cards]),
        np.array([[card.patience] for card in cards]), these([card.mode == SCHEDULED for card in cards]),
        sudden, dice(sudden), odds(sudden), weighted, odds(weighted), announced, dice(announced), odds(announced),
        np.array([[cards[c].announce] for c in announced]), avertable,
        places(rules, [cards[announced[n]].averted_if for n in avertable]),
        np.array([[cards[c].cooldown < NEVER] for c in announced]),
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
    weights: np.ndarray  # [weighted, games]; 0 where not eligible
    blocked: np.ndarray  # [cards, games] by a card of the same group, or placed already


def draw_agenda(rules: Rules, state: State, reading: Reading, dice: Dice) -> dict[str, np.ndarray]:
    """What opening the turn changes of the state: threats rolled, agenda drawn. `reading` holds the opened values."""
    places, games = rules.tables.agenda.places, np.arange(state.games)
    agenda = np.full((places, state.games), NONE, dtype=np.int32)
    if not rules.tables.cards:
        return {"agenda": agenda, "lapsing": np.full((LAPSES, state.games), NONE, dtype=np.int32)}
    blank = np.zeros((len(rules.tables.cards), state.games), dtype=bool)
    draw = Draw(state.turn, state.running, state.shown.copy(), state.waiting.copy(), state.threat_due.copy(), blank,
                blank, blank, blank.copy())
    follow_due = _claim(rules.part(deck_of), draw, state, reading.all_read, dice)
    for place in range(places):
        agenda[place] = _fill(rules, draw, games, dice.of(PLACES)[place])
    return {"agenda": agenda, "lapsing": _wait(rules.part(deck_of), draw), "shown": draw.shown,
            "waiting": draw.waiting, "threat_due": draw.threat_due, "averted": draw.averted, "follow_due": follow_due}


def empty_agenda(state: State) -> dict[str, np.ndarray]:
    return {"agenda": np.full_like(state.agenda, NONE), "lapsing": np.full_like(state.lapsing, NONE)}


def when_over(state: State) -> dict[str, np.ndarray]:
    """What draw_agenda would change besides where every game has ended."""
    called = (state.follow_due != NONE) & (state.follow_due <= state.turn)
    return {"averted": np.zeros_like(state.averted), "follow_due": np.where(called, NONE, state.follow_due)}


def _claim(deck: Deck, draw: Draw, state: State, read: np.ndarray, dice: Dice) -> np.ndarray:
    """Cards that claim a place or take part in the draw; gives follow-ups still due."""
    waits = draw.waiting != NONE
    ready = draw.running & (draw.turn - draw.shown >= deck.cooldown) & ~waits & (read[deck.when] != 0.0)
    calm = draw.threat_due == NONE
    called = (state.follow_due != NONE) & (state.follow_due <= draw.turn)
    fresh, chances = ready & calm, dice.of(CHANCES)
    wants = called & fresh  # a card that looms comes anyway
    wants[deck.scheduled] |= ready[deck.scheduled]
    if len(deck.sudden):
        wants[deck.sudden] |= fresh[deck.sudden] & (chances[deck.sudden_die] < read[deck.sudden_odds])
    if len(deck.announced):
        struck = fresh[deck.announced] & (chances[deck.announced_die] < read[deck.announced_odds])
        wants[deck.announced] |= _threaten(deck, draw, read, struck)
    draw.weights = np.where(ready[deck.weighted], np.maximum(read[deck.weight], 0.0), 0.0)
    draw.wants = wants | (draw.running & waits)
    return np.where(called, NONE, state.follow_due)


def _threaten(deck: Deck, draw: Draw, read: np.ndarray, struck: np.ndarray) -> np.ndarray:
    """Announced cards: a roll that struck makes a threat; which threats strike now, unless averted."""
    threats = draw.threat_due[deck.announced]
    due = draw.running & (threats == draw.turn)
    draw.threat_due[deck.announced] = np.where(struck, draw.turn + deck.notice, np.where(due, NONE, threats))
    if not np.count_nonzero(due):
        return due
    saved = np.zeros_like(due)
    saved[deck.avertable] = due[deck.avertable] & (read[deck.averted_if] != 0.0)
    draw.averted[deck.announced] = saved
    # it was on the screen, so its cooldown runs; but a card of once has not been shown
    draw.shown[deck.announced] = np.where(saved & deck.again, draw.turn, draw.shown[deck.announced])
    return due & ~saved


def _fill(rules: Rules, draw: Draw, games: np.ndarray, dice: np.ndarray) -> np.ndarray:
    """The card for one place in every game, or NONE; marks it as shown and its group as taken."""
    cards = len(rules.tables.cards)
    claims = draw.wants & ~draw.blocked
    pick = np.full(len(games), cards)
    if np.count_nonzero(claims):
        claims = claims[rules.card_order]
        first = claims.argmax(axis=0)
        pick = np.where(claims[first, games], rules.card_order[first], cards)
    if np.count_nonzero(draw.weights):
        pick = np.where(pick == cards, _weighted(rules, draw, dice), pick)
    pick = np.where(draw.running, pick, cards)
    here = np.flatnonzero(pick < cards)
    if not len(here):
        return np.full(len(games), NONE)
    card = pick[here]
    draw.shown[card, here] = draw.turn
    draw.waiting[card, here] = NONE
    draw.wants[card, here] = False
    draw.blocked |= rules.same_group.T.take(pick, axis=1)
    return np.where(pick < cards, pick, NONE)


def _weighted(rules: Rules, draw: Draw, dice: np.ndarray) -> np.ndarray:
    """Draw one of the weighted cards, or none with the agenda's quiet weight."""
    weighted = rules.part(deck_of).weighted
    weights = np.where(draw.blocked[weighted], 0.0, draw.weights)
    total, sums = np.zeros(weights.shape[1]), np.empty_like(weights)
    for c in range(len(weights)):  # a running sum row by row: numpy's own is slow here and may round otherwise
        total = np.add(total, weights[c], out=sums[c])
    missed = (sums <= dice * (total + rules.tables.agenda.quiet)).sum(axis=0)
    return np.append(weighted, len(rules.tables.cards))[missed]


def _wait(deck: Deck, draw: Draw) -> np.ndarray:
    """Cards without a place start or go on waiting; those whose patience ended lapse, [LAPSES, games]."""
    lapsing = np.full((LAPSES, len(draw.running)), NONE, dtype=np.int32)
    if not np.count_nonzero(draw.wants):
        return lapsing
    waits = draw.waiting != NONE
    over = draw.wants & waits & (draw.turn - draw.waiting >= deck.patience)
    draw.waiting[draw.wants & ~waits] = draw.turn
    for slot in range(LAPSES):
        here = np.flatnonzero(np.logical_or.reduce(over))
        if not len(here):
            break
        card = over[:, here].argmax(axis=0)
        lapsing[slot, here] = card
        draw.waiting[card, here] = NONE
        draw.shown[card, here] = draw.turn
        over[card, here] = False
    return lapsing
