"""What several commands need to know about the game as it stands. Read next: playing.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine.decisions import Refusal
from game.view import desk_page, refusal_sentence
from game.view.decisions import card_heads
from game.view.names import Names
from game.view.pages import CardHead, Purse

if TYPE_CHECKING:
    from game.text.edition import Edition

OVER = "This game has ended. Type verdict, record, rewind, new, load or quit."


def heads(edition: Edition) -> tuple[CardHead, ...]:
    """The cards on the desk; none when the game is over."""
    session = edition.session
    return () if session.ended else card_heads(session, Names(session.scenario))


def purse_of(edition: Edition) -> Purse:
    return desk_page(edition.session).purse


def begun(edition: Edition) -> bool:
    """Whether there is a game; says so if not."""
    if edition.session is None:
        edition.say(["There is no game yet. Answer the question, or load a kept game."])
    return edition.session is not None


def over(edition: Edition) -> bool:
    """Whether the game has ended; says so."""
    if edition.session.ended:
        edition.say([OVER])
    return edition.session.ended


def refused(edition: Edition, refusal: Refusal | None) -> bool:
    """Whether a decision is refused; says why."""
    if refusal is not None:
        session = edition.session
        edition.say([refusal_sentence(Names(session.scenario), refusal, tuple(session.state.agenda[:, 0].tolist()))])
    return refusal is not None
