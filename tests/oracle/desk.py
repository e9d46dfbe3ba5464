"""The oracle's agenda: which cards lie on the desk this quarter, and which threats loom.

Places go to scheduled cards, struck chances, follow-ups, then weighted ones. Who finds no place waits, and in
the end takes its default. Read next: seats.py.
"""

from __future__ import annotations

from game.engine.tables import CHANCE, NEVER, NONE_GROUP, SCHEDULED, WEIGHT
from tests.oracle.game import Game

LAPSES = 2  # waiting cards that may take their default in one turn; the others wait on


def draw_desk(game: Game) -> None:
    game.averted = set()
    wants, weights = set(game.waiting), {}
    for number, card in enumerate(game.tables.cards):
        if _claims(game, number):
            wants.add(number)
        if card.mode == WEIGHT and _rested(game, number) and game.holds(card.when):
            weights[number] = max(game.number_of(card.odds), 0.0)
    for number in [n for n, turn in game.called.items() if turn <= game.turn]:
        del game.called[number]
    game.desk = []
    for place in range(game.tables.agenda.places):
        card = _next_claim(game, wants)
        if card is None:
            card = _drawn(game, weights, game.luck.places[place])
        game.desk.append(card)
        if card is not None:
            wants.discard(card)
            game.waiting.pop(card, None)
            game.shown[card] = game.turn
    _wait(game, wants)


def _rested(game: Game, number: int) -> bool:
    """May it come up of itself? Its cooldown runs from showing, and who waits already is not asked again."""
    if number in game.waiting:
        return False
    return number not in game.shown or game.turn - game.shown[number] >= game.tables.cards[number].cooldown


def _claims(game: Game, number: int) -> bool:
    """Does a card newly claim a place this turn?"""
    card = game.tables.cards[number]
    ready = _rested(game, number) and game.holds(card.when)
    follows = ready and number in game.called and game.called[number] <= game.turn and number not in game.threats
    if card.mode == SCHEDULED:
        return ready
    if card.mode == CHANCE:
        return _strikes(game, number, ready) or follows
    return follows


def _strikes(game: Game, number: int, may: bool) -> bool:
    """A chance card strikes when its odds are met; an announced one looms first, and may be averted."""
    card = game.tables.cards[number]
    if number in game.threats:
        if game.threats[number] > game.turn:
            return False
        del game.threats[number]
        if card.averted_if is not None and game.holds(card.averted_if):
            game.averted.add(number)
            if card.cooldown < NEVER:
                game.shown[number] = game.turn  # it was on the screen: the cooldown runs from here
            return False
        return True
    if not (may and game.luck.chances[number] < game.number_of(card.odds)):
        return False
    if card.announce:
        game.threats[number] = game.turn + card.announce
        return False
    return True


def _blocked(game: Game, number: int) -> bool:
    """Already on the desk, or another card of its group is."""
    group = game.tables.cards[number].group
    return any(number == other or (group != NONE_GROUP and group == game.tables.cards[other].group)
               for other in game.desk if other is not None)


def _next_claim(game: Game, wants: set[int]) -> int | None:
    """The first card of the first class that claims a place, in file order."""
    free = [number for number in wants if not _blocked(game, number)]
    return min(free, key=lambda number: (game.tables.cards[number].mode, number), default=None)


def _drawn(game: Game, weights: dict[int, float], die: float) -> int | None:
    """One of the weighted cards, or none by the weight of quiet."""
    free = {number: weight for number, weight in weights.items() if not _blocked(game, number)}
    total = 0.0
    for weight in free.values():
        total += weight
    mark, reached = die * (total + game.tables.agenda.quiet), 0.0
    for number, weight in free.items():
        reached += weight
        if reached > mark:
            return number
    return None


def _wait(game: Game, left: set[int]) -> None:
    """Who found no place goes on waiting, or takes its default when its patience has ended."""
    game.lapsing = []
    for number in sorted(left):
        since = game.waiting.setdefault(number, game.turn)
        patience_ended = since < game.turn and game.turn - since >= game.tables.cards[number].patience
        if patience_ended and len(game.lapsing) < LAPSES:
            game.lapsing.append(number)
            del game.waiting[number]
            game.shown[number] = game.turn
