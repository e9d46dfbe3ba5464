"""Drawing the agenda: which cards a turn shows.

Places go to scheduled cards, then struck chances, then follow-ups, each in file order, then to weighted
cards by a draw. A card of the first three classes that finds no place waits without a new roll; when its
patience ends it takes its default. Everything is decided for all games at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.engine.dice import Dice
from game.engine.formulas import Reading
from game.engine.state import LAPSES, NONE, State
from game.engine.tables import CHANCE, NEVER, SCHEDULED, WEIGHT, Rules


@dataclass
class Draw:
    """Work space of one drawing; arrays [cards, games]."""

    wants: np.ndarray  # cards that claim a place
    weights: np.ndarray  # weighted cards; 0 where not eligible
    blocked: np.ndarray  # by a card of the same group, or placed already


def open_agenda(rules: Rules, state: State, reading: Reading, dice: Dice) -> State:
    """The state with threats rolled and the agenda drawn; `reading` holds the opened values."""
    shape = (len(rules.tables.cards), state.games)
    draw = Draw(np.zeros(shape, dtype=bool), np.zeros(shape), np.zeros(shape, dtype=bool))
    state = replace(state, shown=state.shown.copy(), waiting=state.waiting.copy(),
                    averted=np.zeros(shape, dtype=bool), follow_due=state.follow_due.copy(),
                    threat_due=state.threat_due.copy())
    for c in range(len(rules.tables.cards)):
        _claim(rules, state, reading, dice, draw, c)
    agenda = np.full((rules.tables.agenda.places, state.games), NONE, dtype=np.int32)
    for place in range(len(agenda) if rules.tables.cards else 0):
        agenda[place] = _fill(rules, state, draw, dice.places[place])
    return replace(state, agenda=agenda, lapsing=_wait(rules, state, draw))


def _claim(rules: Rules, state: State, reading: Reading, dice: Dice, draw: Draw, c: int) -> None:
    """Whether card c claims a place or takes part in the draw."""
    card, turn = rules.tables.cards[c], state.turn
    ready = state.running & (turn - state.shown[c] >= card.cooldown) & (state.waiting[c] == NONE)
    called = (state.follow_due[c] != NONE) & (state.follow_due[c] <= turn)
    if not (ready | called).any() and not (state.threat_due[c] != NONE).any():
        draw.wants[c] = state.running & (state.waiting[c] != NONE)
        return
    holds = reading.holds(card.when)
    wants = called & ready & holds & (state.threat_due[c] == NONE)  # a card that looms comes anyway
    state.follow_due[c] = np.where(called, NONE, state.follow_due[c])
    if card.mode == SCHEDULED:
        wants = wants | (ready & holds)
    elif card.mode == CHANCE:
        wants = wants | _struck(state, reading, dice, c, card, ready & holds)
    elif card.mode == WEIGHT:
        draw.weights[c] = np.where(ready & holds, np.maximum(reading.number(card.odds), 0.0), 0.0)
    draw.wants[c] = wants | (state.running & (state.waiting[c] != NONE))


def _struck(state: State, reading: Reading, dice: Dice, c: int, card, ready: np.ndarray) -> np.ndarray:
    """Roll a chance card; an announced one becomes a threat first and strikes when due unless averted."""
    struck = ready & (state.threat_due[c] == NONE) & (dice.chances[c] < reading.number(card.odds))
    if card.announce == 0:
        return struck
    due = state.running & (state.threat_due[c] == state.turn)
    saved = due & reading.holds(card.averted_if) if card.averted_if is not None else np.zeros_like(due)
    state.averted[c] = saved
    if card.cooldown < NEVER:  # it was on the screen, so its cooldown runs; but a card of once has not been shown
        state.shown[c] = np.where(saved, state.turn, state.shown[c])
    state.threat_due[c] = np.where(struck, state.turn + card.announce, np.where(due, NONE, state.threat_due[c]))
    return due & ~saved


def _fill(rules: Rules, state: State, draw: Draw, dice: np.ndarray) -> np.ndarray:
    """The card for one place in every game, or NONE; marks it as shown and its group as taken."""
    cards = len(rules.tables.cards)
    games = np.arange(state.games)
    claims = (draw.wants & ~draw.blocked)[rules.card_order]
    first = np.argmax(claims, axis=0)
    pick = np.where(claims[first, games], rules.card_order[first], cards)
    if draw.weights.any():
        pick = np.where(pick == cards, _weighted(rules, draw, dice), pick)
    pick = np.where(state.running, pick, cards)
    placed = pick < cards
    state.shown[pick[placed], games[placed]] = state.turn
    state.waiting[pick[placed], games[placed]] = NONE
    draw.wants[pick[placed], games[placed]] = False
    draw.blocked |= rules.same_group[pick].T
    return np.where(placed, pick, NONE)


def _weighted(rules: Rules, draw: Draw, dice: np.ndarray) -> np.ndarray:
    """Draw one of the weighted cards, or none with the agenda's quiet weight."""
    cards = len(rules.tables.cards)
    total = np.zeros(draw.weights.shape[1])
    sums = np.empty_like(draw.weights)
    for c in range(cards):  # a running sum row by row: numpy's own is slow here and may round otherwise
        total = total + np.where(draw.blocked[c], 0.0, draw.weights[c])
        sums[c] = total
    hit = sums > dice * (total + rules.tables.agenda.quiet)
    first = np.argmax(hit, axis=0)
    return np.where(hit.any(axis=0), first, cards)


def _wait(rules: Rules, state: State, draw: Draw) -> np.ndarray:
    """Cards without a place start or go on waiting; those whose patience ended lapse, [LAPSES, games]."""
    lapsing = np.full((LAPSES, state.games), NONE, dtype=np.int32)
    for c, card in enumerate(rules.tables.cards):
        left = draw.wants[c]
        if not left.any():
            continue
        over = left & (state.waiting[c] != NONE) & (state.turn - state.waiting[c] >= card.patience)
        state.waiting[c] = np.where(left & (state.waiting[c] == NONE), state.turn, state.waiting[c])
        for slot in range(LAPSES):
            takes = over & (lapsing[slot] == NONE)
            lapsing[slot] = np.where(takes, c, lapsing[slot])
            state.waiting[c] = np.where(takes, NONE, state.waiting[c])
            state.shown[c] = np.where(takes, state.turn, state.shown[c])
            over = over & ~takes
    return lapsing
