"""What happened in a turn, as short dispatches: moves, gambles, promises, cards that lapsed, threats."""

from __future__ import annotations

from game.engine.state import NONE
from game.replay import TurnRecord
from game.view.names import HOME, Names, quoted
from game.view.pages import Dispatch
from game.view.words import quarter, sentence

HARD, SOFT, PLAIN = "hard", "soft", "plain"


def dispatches(names: Names, record: TurnRecord) -> tuple[Dispatch, ...]:
    """Everything reported of one turn, the weightiest kinds first."""
    date, next_date = (quarter(names.tables.first_quarter + record.turn + ahead) for ahead in (0, 1))
    found = [Dispatch(date, sentence(text), side, tone) for text, side, tone in (
        *_moves(names, record), *_promises(names, record), *_gambles(names, record), *_lapsed(names, record))]
    return (*found, *(Dispatch(next_date, sentence(text), HOME, tone) for text, tone in _threats(names, record)))


def moves_of(names: Names, record: TurnRecord) -> list[int]:
    """Moves made in a turn, in the order of actors."""
    return [int(move) for move in record.report.decided.moves[:, 0] if move != NONE]


def _moves(names: Names, record: TurnRecord) -> list[tuple[str, str, str]]:
    docs = [names.document.moves[move] for move in moves_of(names, record)]
    return [(f"{names.actor(doc.actor)}: {doc.title}", names.side(doc.actor), doc.tone) for doc in docs]


def _promises(names: Names, record: TurnRecord) -> list[tuple[str, str, str]]:
    found = []
    for p, doc in enumerate(names.document.promises):
        for happened, words, tone in ((record.report.decided.kept, "kept", SOFT),
                                      (record.report.decided.broken, "broken", HARD)):
            if happened[p, 0]:
                text = f"Promise {words}: {names.lowered(doc.title)} (to {names.actor_inside(doc.to)})"
                found.append((text, names.side(doc.to), tone))
    return found


def _gambles(names: Names, record: TurnRecord) -> list[tuple[str, str, str]]:
    found, report, t = [], record.report, names.tables
    for place, won in enumerate(report.decided.gambles[:, 0]):
        if won != NONE:
            card = names.document.cards[int(report.before.agenda[place, 0])]
            found.append((card.choices[int(report.decided.choices[place, 0])].label, bool(won)))
    landed = set(report.decided.landed[:, 0].tolist())
    for i, played in enumerate(report.decided.initiatives[:, 0]):
        option = t.initiatives[i].option
        if played and option.odds is not None and option.landing != option.landing_failure:
            found.append((names.document.initiatives[i].title, option.landing_failure not in landed))
    return [(f"{quoted(label)} {'worked' if won else 'failed'}", HOME, SOFT if won else HARD) for label, won in found]


def _lapsed(names: Names, record: TurnRecord) -> list[tuple[str, str, str]]:
    found = []
    for card in record.report.before.lapsing[:, 0]:
        if card != NONE:
            doc = names.document.cards[card]
            default = names.lowered(doc.choices[names.tables.cards[card].default].label)
            found.append((f"No time was found for {quoted(doc.title)}; so it was: {default}", HOME, PLAIN))
    return found


def _threats(names: Names, record: TurnRecord) -> list[tuple[str, str]]:
    """Threats that appeared or passed when the next turn opened."""
    before, after = record.opened.threat_due[:, 0], record.after.threat_due[:, 0]
    found = [(doc.threat or f"{quoted(doc.title)} looms", HARD)
             for c, doc in enumerate(names.document.cards) if after[c] != NONE and after[c] != before[c]]
    return found + [(f"Averted: {quoted(doc.title)}", SOFT)
                    for c, doc in enumerate(names.document.cards) if record.after.averted[c, 0]]
