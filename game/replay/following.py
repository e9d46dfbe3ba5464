"""Playing a log again: the way back from a file to a session, and what verify compares."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from game.content import ContentError, Scenario, load_source
from game.engine.tables import compile_rules
from game.engine.turn import RULES_VERSION
from game.replay.errors import LogError
from game.replay.ids import indexed
from game.replay.log import Entry, Log, dump, read_log
from game.replay.session import Session
from game.replay.settings import check_settings
from game.replay.snapshot import from_plain

OLD_RULES = "It was begun under older rules and goes on from its stored state; it cannot be verified."
OTHER_RESULT = "These rules give another result than the log holds; it goes on from its stored state, unverified."


def scenario_of(log: Log) -> Scenario:
    """The embedded scenario, checked as a stranger's; raises LogError "bad-scenario"."""
    try:
        return load_source(log.source)
    except ContentError as error:
        raise LogError("bad-scenario", f"The scenario inside the log is not valid: {error}",
                       "Use another copy of the file.", 2) from error


def continued(path: Path, known: Scenario | None = None) -> Session:
    """The session that a log leads to, not yet bound to a file; raises LogError."""
    log = read_log(path)
    check_version(log)
    scenario = known if known is not None and known.source == log.source else scenario_of(log)
    notice = OLD_RULES if log.header["rules"] < RULES_VERSION else ""
    if not notice:
        steps = [(session, same) for _, session, same in followed(log, scenario, surviving(log.entries))]
        if all(same for _, same in steps):
            return _as_logged(steps[-1][0], log)
        notice = OTHER_RESULT
    session = _as_logged(_from_state(log, scenario), log)
    session.notice = notice
    return session


def surviving(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries that made the current line: what rewinds left behind is out. `verify` plays that too."""
    kept: list[Entry] = []
    opens = [1]  # how many entries stand before the decisions of each turn; the first is "begin"
    for entry in entries:
        if entry.kind == "rewind" and entry.value["rewind"] < len(opens) - 1:
            opens = opens[: entry.value["rewind"] + 1]
            kept = kept[: opens[-1]]
            continue
        kept.append(entry)
        if entry.kind == "turn":
            opens.append(len(kept))
    return tuple(kept)


def _as_logged(session: Session, log: Log) -> Session:
    """The session with all that the log holds, abandoned branches included."""
    session.rewinds = sum(entry.kind == "rewind" for entry in log.entries)
    session._lines = [dump(value) for value in
                      (log.header, {"source": log.source}, *(entry.value for entry in log.entries))]
    return session


def check_version(log: Log) -> None:
    if log.header["rules"] > RULES_VERSION:
        raise LogError("newer-rules", "This game was played with the rules of a newer version of the program.",
                       "Update the program to open it.", 1)


def followed(log: Log, scenario: Scenario, entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, Session, bool]]:
    """Play entries of the log one by one: the entry, the session after it, and whether the result is the log's.

    Raises LogError where the log cannot be followed.
    """
    session = Session.new(scenario, log.settings)
    for entry in entries:
        if entry.kind == "begin":
            if entry is not entries[0]:
                raise LogError("bad-entry", "The game begins twice.", "Use another copy.", entry.line)
        else:
            _apply(session, entry)
        yield entry, session, json.loads(session.last_entry) == entry.value
    if not entries:
        raise LogError("cut-short", "The log ends before the game begins.", "Use another copy of the file.", 3)


def _apply(session: Session, entry: Entry) -> None:
    kind, value, line = entry.kind, entry.value, entry.line
    if kind == "decide":
        _decide(session, value["decide"], line)
    elif kind == "undo":
        if not session.undo():
            raise LogError("bad-entry", "There is no decision to take back.", "The log was edited.", line)
    elif kind == "rewind":
        try:
            session.rewind(value["rewind"])
        except ValueError as error:
            raise LogError("wrong-turn", f"The log goes back to a turn that was not played: {error}.",
                           "The log was edited.", line) from error
    else:
        if session.ended or value["turn"] != session.state.turn:
            raise LogError("wrong-turn", f"Turn {value['turn']} cannot come here.", "The log was edited.", line)
        session.end_turn()


def _decide(session: Session, decision: list, line: int) -> None:
    kind, index, value = indexed(session.rules, session.state, decision, line)
    act = {"choice": session.choose, "lever": session.set_lever, "initiative": session.play}[kind]
    refused = act(index, value)
    if refused is not None:
        raise LogError("refused", f"This decision is not possible here ({refused.code}).",
                       "The log does not fit its scenario, or was edited.", line)


def _from_state(log: Log, scenario: Scenario) -> Session:
    """The session at the stored state, with this turn's decisions as far as the rules still allow them.

    Earlier turns are out of its reach: it has no records, and no rewind to them.
    """
    if log.state is None:
        raise LogError("bad-state", "The log holds no stored state to go on from.", "Use another copy of the file.")
    check_settings(scenario, log.settings)
    rules = compile_rules(scenario.tables)
    turns = scenario.document.lengths[log.settings.length].turns
    state = from_plain(rules, log.state.value["state"], log.settings.seed, turns, log.state.line)
    session = Session(scenario, log.settings, rules, state, [])
    ends = [n for n, entry in enumerate(log.entries) if entry.kind in ("begin", "turn", "rewind")]
    for entry in log.entries[ends[-1] + 1 if ends else 0:]:
        try:
            _apply(session, entry)
        except LogError:
            break  # newer rules may refuse what was decided; the player sees the desk and decides again
    return session
