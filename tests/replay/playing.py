"""A bot at the place of a person: plays a Session by the calls that a screen makes."""

from __future__ import annotations

from pathlib import Path

from game.content import Scenario
from game.engine.state import NONE
from game.engine.turn import reading_of
from game.outlook.policies import bot_dice, random_policy
from game.replay import Session, Settings
from tests.conformance.worlds import scenario


def settings_for(found: Scenario, seed: int = 7) -> Settings:
    document = found.document
    return Settings(seed, next(iter(document.lengths)), document.difficulties[0].id,
                    tuple(p.id for p in document.priorities[:2]), "Oyuna")


def new_session(name: str = "minimal", path: Path | None = None, seed: int = 7) -> Session:
    found = scenario(name)
    return Session.new(found, settings_for(found, seed), path)


def decide(session: Session) -> int:
    """Random decisions of one turn, as far as they are allowed; returns how many."""
    wanted = random_policy(session.rules, session.state, reading_of(session.rules, session.state),
                           bot_dice(session.rules, session.state))
    count = 0
    for place, card in enumerate(session.state.agenda[:, 0]):
        if card != NONE:
            count += session.choose(place, int(wanted.choices[place, 0])) is None
    for lever, setting in enumerate(wanted.levers[:, 0]):
        if setting != session.wanted.levers[lever, 0]:
            count += session.set_lever(lever, float(setting)) is None
    for initiative, wants in enumerate(wanted.initiatives[:, 0]):
        if wants:
            count += session.play(initiative) is None
    return count


def play_turns(session: Session, turns: int = 1_000) -> Session:
    """That many turns, or to the end."""
    while turns and not session.ended:
        decide(session)
        session.end_turn()
        turns -= 1
    return session
