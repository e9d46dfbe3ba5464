"""The page of one card: what happened, and what each choice is expected to do, to cost and to leave behind."""

from __future__ import annotations

from game.engine.state import NONE
from game.view.comes_back import comes_back
from game.view.decisions import cost_text, odds_text
from game.view.foretelling import foretold
from game.view.lookahead import Ahead, ahead_text, card_ahead, situation
from game.view.names import Names
from game.view.pages import CardPage, ChoiceLine
from game.view.refusals import refusal_sentence
from game.view.sources import CLAIMS, source_text
from game.view.words import season

DESK = "The desk"  # heading of a card without tags
SHOWN = 4  # effects of a choice at first sight
FANS = 2  # fans of a choice


def card_page(session, place: int, ahead: Ahead | None = None, wait: bool = True) -> CardPage:
    """The card at a place of the desk. Raises IndexError if the place is empty or does not exist.

    `ahead`: what lookahead.card_ahead made of the game as it stands; without it the page works it out, or leaves it
    out for now if it is not to `wait`.
    """
    state, names = session.state, Names(session.scenario)
    if not 0 <= place < len(state.agenda) or state.agenda[place, 0] == NONE:
        raise IndexError(f"there is no card at place {place}")
    number = int(state.agenda[place, 0])
    doc, date = names.document.cards[number], names.tables.first_quarter + state.turn
    heading = doc.tags[0].replace("_", " ").replace("-", " ").capitalize() if doc.tags else DESK
    if ahead is None and wait:
        ahead = card_ahead(situation(session), place)
    return CardPage(
        place=place, kicker=f"{season(date)} \u00b7 {heading}", title=doc.title, text=doc.text,
        picture=doc.picture or "", claim=CLAIMS[doc.claim], source=source_text(doc.source), objective=doc.objective,
        ahead=ahead_text(ahead), looking=ahead is None,
        choices=tuple(_choice(session, names, ahead, place, number, index) for index in range(len(doc.choices))))


def _choice(session, names: Names, ahead: Ahead | None, place: int, number: int, index: int) -> ChoiceLine:
    doc, option = names.document.cards[number].choices[index], names.tables.cards[number].choices[index]
    refused = session.refusal(("choice", place, index))
    line = ChoiceLine(
        index=index, label=doc.label, bargain=doc.bargain,
        cost_text=cost_text(names, option.cost, option.capital) or "nothing",
        odds_text=odds_text(session, option), effects=(), smaller=(), fans=(),
        comes_back=comes_back(names, session.state, option, number),
        refusal=refusal_sentence(names, refused, tuple(session.state.agenda[:, 0].tolist())),
        chosen=bool(session.wanted.choices[place, 0] == index), is_default=doc.default)
    return line if ahead is None else foretold(line, session.state, option, number, ahead, index, SHOWN, FANS)
