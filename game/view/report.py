"""The report of a finished turn: what changed and why, what the neighbours did, what was decided."""

from __future__ import annotations

from game.engine.state import NONE, RUNNING
from game.replay import TurnRecord
from game.view.alarms import warnings
from game.view.causes import change_of
from game.view.changes import Told, by_importance, told
from game.view.coming import coming
from game.view.decisions import decided
from game.view.dispatches import dispatches, moves_of
from game.view.figures import relation_change
from game.view.headlines import headline, summary
from game.view.names import Names
from game.view.pages import NeighbourNote, ReportPage
from game.view.tracing import is_over
from game.view.words import relation, season, sentence

FACTS = 3
EVENT_SHARE = 0.5  # of all that moved a number: an event with this much may stand in the headline


def report_page(session, turn: int = -1) -> ReportPage:
    """The report of the finished turn at place `turn` of the records (default: the last).

    Raises IndexError if no such turn is finished.
    """
    names, last = Names(session.scenario), session.records[turn]
    history = session.records[: len(session.records) + turn + 1 if turn < 0 else turn + 1]
    items, length = told(names, history), session.settings.length
    ranked = by_importance(items)
    facts = [item for item in ranked if item.visible][:FACTS] or ranked[:1]
    return ReportPage(
        kicker=f"Turn report \u00b7 {season(names.tables.first_quarter + last.turn)}",
        headline=headline(names, ranked, _event(names, history, ranked), _ending(names, length, last)),
        sentence=summary(names, ranked), picture=_picture(names, last), facts=tuple(item.line for item in facts),
        rows=tuple(item.line for item in items), neighbours=_neighbours(names, history),
        happened=dispatches(names, last),
        decided=decided(names, last.opened, last.report.settled, last.wanted),
        coming=coming(names, session.rules, last.after),
        warnings=warnings(names, session.rules, last.after), final=_over(last))


def _over(record: TurnRecord) -> bool:
    return int(record.after.ended[0]) != RUNNING


def _ending(names: Names, length: str, record: TurnRecord) -> str:
    """Title of the ending that this turn brought; "" while the game goes on."""
    if not _over(record):
        return ""
    ended = int(record.after.ended[0])
    return names.ending(ended, length)[0]


def _event(names: Names, history: list[TurnRecord], ranked: list[Told]) -> str:
    """The event that mainly moved the first number; not a choice's own label, which is an order."""
    if not ranked:
        return ""
    account, change = history[-1].accounts[ranked[0].row], ranked[0].after - ranked[0].before
    total = sum(abs(float(term.amount[0])) for term in account.terms)
    orders = {choice.label for card in names.document.cards for choice in card.choices}
    for term in account.terms:
        share = float(term.amount[0]) / total if total else 0.0
        if term.kind == "effect" and abs(share) >= EVENT_SHARE and share * change > 0.0:
            because = names.because(term.ref)
            return "" if because in orders or is_over(names, account.row, term) else because
    return ""


def _picture(names: Names, record: TurnRecord) -> str:
    """The picture of the first card of the turn, or of the scenario."""
    cards = [names.document.cards[card] for card in record.opened.agenda[:, 0] if card != NONE]
    return next((card.picture for card in cards if card.picture), names.document.picture or "")


def _neighbours(names: Names, history: list[TurnRecord]) -> tuple[NeighbourNote, ...]:
    """Actors that made a move or whose relation moved, those with moves first."""
    record = history[-1]
    moves = [names.document.moves[move] for move in moves_of(names, record)]
    notes = []
    for actor in names.document.actors:
        texts = [f"**{doc.title}.** {doc.text}" for doc in moves if doc.actor == actor.id]
        change = change_of(names, history, names.scenario.row(actor.relations)) if actor.relations else None
        if actor.id == names.document.player or not (texts or (change and change.steps)):
            continue
        dots, word = relation(change.after) if change else (0, "")
        moved = relation_change(names, change.row, {change.row: change.after}, {change.row: change.before}) \
            if change else ""
        because = ", ".join(f"{c.name} ({c.amount_text})" for c in change.causes[:2]) if change else ""
        notes.append(NeighbourNote(actor.label, actor.side, word, dots, moved,
                                   " ".join(sentence(text) for text in texts), because))
    return tuple(sorted(notes, key=lambda note: not note.text))
