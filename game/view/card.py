"""The page of one card: what happened, and what each choice is expected to do, to cost and to leave behind."""

from __future__ import annotations

from game.engine.state import NONE
from game.outlook.preview import base_of, horizon_of, outcomes, preview, without_card
from game.view.comes_back import comes_back
from game.view.decisions import cost_text, odds_text
from game.view.effects import Outlook, option_lines, strongest
from game.view.names import Names
from game.view.pages import CardPage, ChoiceLine
from game.view.refusals import refusal_sentence
from game.view.sources import CLAIMS, source_text
from game.view.words import season

DESK = "The desk"  # heading of a card without tags
SHOWN = 4  # effects of a choice at first sight


def card_page(session, place: int) -> CardPage:
    """The card at a place of the desk. Raises IndexError if the place is empty or does not exist."""
    state, names = session.state, Names(session.scenario)
    if not 0 <= place < len(state.agenda) or state.agenda[place, 0] == NONE:
        raise IndexError(f"there is no card at place {place}")
    number = int(state.agenda[place, 0])
    doc, date = names.document.cards[number], names.tables.first_quarter + state.turn
    heading = doc.tags[0].replace("_", " ").replace("-", " ").capitalize() if doc.tags else DESK
    return CardPage(
        place=place, kicker=f"{season(date)} \u00b7 {heading}", title=doc.title, text=doc.text,
        picture=doc.picture or "",
        claim=CLAIMS[doc.claim], source=source_text(doc.source), objective=doc.objective,
        choices=_choices(session, names, place, number, date))


def _choices(session, names: Names, place: int, number: int, date: int) -> tuple[ChoiceLine, ...]:
    card = names.tables.cards[number]
    opened, wanted = without_card(session.state, session.wanted, place)
    variants = [outcomes(option) for option in card.choices]
    rows = tuple(names.watched)
    flat = [variant for group in variants for variant in group]
    found = preview(session.rules, session.state, base_of(session.rules, opened, wanted), flat, list(rows),
                    horizon_of(session.state))
    outlook, first, lines = Outlook(names, found, rows, date, session.state.turns - session.state.turn), 0, []
    for index, group in enumerate(variants):
        lines.append(_choice(session, outlook, place, number, index, tuple(range(first, first + len(group)))))
        first += len(group)
    return tuple(lines)


def _choice(session, outlook: Outlook, place: int, number: int, index: int, variants: tuple[int, ...]) -> ChoiceLine:
    names = outlook.names
    doc, option = names.document.cards[number].choices[index], names.tables.cards[number].choices[index]
    found = option_lines(outlook, variants)
    effects, smaller = strongest(found, SHOWN)
    refused = session.refusal(("choice", place, index))
    return ChoiceLine(
        index=index, label=doc.label, bargain=doc.bargain, cost_text=cost_text(names, option.cost, option.capital),
        odds_text=odds_text(session, option), effects=effects, smaller=smaller,
        comes_back=comes_back(outlook, option, variants[0], number, found),
        refusal=refusal_sentence(names, refused, tuple(session.state.agenda[:, 0].tolist())),
        chosen=bool(session.wanted.choices[place, 0] == index), is_default=doc.default)
