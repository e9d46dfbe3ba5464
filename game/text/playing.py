"""A turn: the desk, its cards, the end of the quarter, the report, and at last the verdict. Read next: deciding.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.text import show_card, show_desk, show_report, show_verdict
from game.text.asking import show_why
from game.text.prompts import Option, Prompt, understand
from game.text.standing import OVER, heads, purse_of, refused
from game.view import card_page, desk_page, report_page, verdict_page
from game.view.lookahead import situation
from game.view.names import Names

if TYPE_CHECKING:
    from game.text.edition import Edition


def desk(edition: Edition) -> None:
    """How a turn begins."""
    edition.card = None
    edition.say(show_desk.opening(desk_page(edition.session)))
    edition.say(["", "Enter opens the next card. Or type cabinet, desk, end or help."])
    to_desk(edition)


def whole_desk(edition: Edition, _: str = "") -> None:
    edition.say(show_desk.whole(desk_page(edition.session)))
    if edition.session.ended:
        _ask_verdict(edition)
    else:
        to_desk(edition)


def to_desk(edition: Edition) -> None:
    """Ask the desk's question: numbers open cards, Enter the next open one."""
    edition.place = lambda: to_desk(edition)
    found = heads(edition)
    options = tuple(Option(head.title, lambda place=head.place: card(edition, place)) for head in found)
    numbers = f", card 1 to {len(found)}" if len(found) > 1 else ", card 1" if found else ""
    edition.ask(Prompt(f"Desk{numbers}: ", options, lambda: _next_card(edition)))


def _next_card(edition: Edition) -> None:
    """The first open card behind the one shown last, in a circle."""
    left = [head.place for head in heads(edition) if not head.decided]
    if not left:
        edition.say(["No card is open. Type cabinet for levers and initiatives, or end to end the quarter."])
        return
    last = -1 if edition.card is None else edition.card
    card(edition, next((place for place in left if place > last), left[0]))


def cards(edition: Edition, rest: str) -> None:
    """The list of cards, or the card of a number."""
    to_desk(edition)
    meant = understand(rest, edition.prompt, {}) if rest else ""
    if callable(meant):
        meant()
    else:
        edition.say([meant] if meant else show_desk.cards(desk_page(edition.session)))


def card(edition: Edition, place: int) -> None:
    """Show a card and ask for a choice."""
    edition.card = place
    page = card_page(edition.session, place, edition.foresight.get(situation(edition.session), place))
    edition.say([*show_card.card(page), "", "Choose by number, or Enter leaves the card open for now."])
    options = tuple(Option(choice.label, lambda index=choice.index: choose(edition, place, index))
                    for choice in page.choices)

    def ask() -> None:
        edition.place = ask
        edition.ask(Prompt(f"Choice, 1 to {len(options)}: ", options, lambda: to_desk(edition)))
    ask()


def choose(edition: Edition, place: int, index: int) -> None:
    """Take a choice, say what is left, and go on to the next open card."""
    if refused(edition, edition.session.choose(place, index)):
        return
    found = heads(edition)
    taken = next(head for head in found if head.place == place)
    edition.say([f"Decided: {taken.decided}.", *show_desk.balance(purse_of(edition))])
    if any(not head.decided for head in found):
        _next_card(edition)
    else:
        edition.say(["All cards are decided. Type cabinet for levers and initiatives, or end to end the quarter."])
        to_desk(edition)


def end(edition: Edition, _: str) -> None:
    """End the quarter; asks first if cards are open."""
    left = [head for head in heads(edition) if not head.decided]
    if not left:
        _resolve(edition)
        return
    back = edition.place
    edition.say([f"{desk_page(edition.session).end_hint}: {', '.join(head.title for head in left)}."])
    edition.ask(Prompt("End the quarter? 1 yes, 2 no: ", (
        Option("Yes", lambda: _resolve(edition)), Option("No", back)), back))


def _resolve(edition: Edition) -> None:
    """Play the turn and show its short report."""
    edition.session.end_turn()
    edition.card = None
    page = report_page(edition.session)
    on = "the verdict" if edition.session.ended else "the next quarter"
    edition.say([*show_report.short(page), "",
                 f"Enter for {on}. A number for why, report for every indicator."])
    _ask_report(edition, tuple((row.id, row.label) for row in page.facts))


def _ask_report(edition: Edition, facts: tuple[tuple[str, str], ...]) -> None:
    edition.place = lambda: _ask_report(edition, facts)
    options = tuple(Option(label, lambda name=name: show_why(edition, name)) for name, label in facts)
    on = verdict if edition.session.ended else desk
    edition.ask(Prompt(f"Report, 1 to {len(options)}: " if options else "Report: ", options, lambda: on(edition)))


def report(edition: Edition, _: str) -> None:
    """Everything that the last report says."""
    if edition.session.records:
        edition.say(show_report.full(report_page(edition.session)))
    else:
        edition.say(["There is no report yet. It comes at the end of a quarter."])


def verdict(edition: Edition, _: str = "") -> None:
    """The verdict so far, or for good."""
    edition.say(show_verdict.verdict(verdict_page(edition.session)))
    if edition.session.ended:
        edition.say(["", "This was the last page. Type record, rewind, new, load or quit."])
        _ask_verdict(edition)


def _ask_verdict(edition: Edition) -> None:
    edition.place = lambda: _ask_verdict(edition)
    edition.ask(Prompt("The end: ", enter=lambda: edition.say([OVER])))


def record(edition: Edition, _: str) -> None:
    """The charts, quarter by quarter."""
    session = edition.session
    names = Names(session.scenario)

    def shown(name: str, value: float) -> str:
        return names.measure(session.scenario.row(name)).short(value)
    edition.say(show_verdict.record(verdict_page(session).charts, names.tables.first_quarter, shown))
