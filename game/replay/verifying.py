"""Proving that a log is what these rules give, and saying where it first differs."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from game.content import Scenario
from game.engine.state import array_fields
from game.engine.turn import RULES_VERSION
from game.replay.errors import LogError
from game.replay.following import check_version, followed, scenario_of
from game.replay.ids import quarter_text
from game.replay.log import Entry, Log, read_log
from game.replay.session import Session
from game.replay.snapshot import from_plain, unpack

SAME, DIFFERENT, NOT_VERIFIABLE = "same", "different", "not-verifiable"


@dataclass(frozen=True)
class Verification:
    """What came of it. Where it differs: line of the file, turn (0-based) and variable, as far as known.

    A log proves a game under the rules that it carries; whoever compares games compares `fingerprint` too.
    """

    verdict: str  # same | different | not-verifiable
    message: str
    turns: int = 0  # turns that were played again, those of abandoned branches included
    rewinds: int = 0
    line: int = 0
    turn: int | None = None
    variable: str | None = None
    scenario: str = ""
    fingerprint: str = ""  # of the rules that the log carries


def verify(path: Path) -> Verification:
    """Play the log again from its seed and compare every result; raises LogError if it cannot be read."""
    log = read_log(Path(path))
    check_version(log)
    scenario = scenario_of(log)
    return replace(_compared(log, scenario), scenario=scenario.document.id, fingerprint=scenario.fingerprint)


def _compared(log: Log, scenario: Scenario) -> Verification:
    turns, session = 0, None
    if log.header["rules"] < RULES_VERSION:
        return Verification(NOT_VERIFIABLE, "The log was begun under older rules, so it cannot be verified.")
    if log.header["scenario"]["fingerprint"] != scenario.fingerprint:
        message = "The scenario inside the log is not the one that its first line names."
        return Verification(DIFFERENT, message, line=1)
    try:
        for entry, session, same in followed(log, scenario, log.entries):
            turns += entry.kind == "turn"
            if not same:
                return _difference(scenario, session, entry, turns)
    except LogError as error:
        if error.code in ("bad-settings", "cut-short"):
            raise
        rewinds, turn = (session.rewinds, session.state.turn) if session else (0, None)
        return Verification(DIFFERENT, error.message, turns, rewinds, error.line, turn)
    if log.state is not None and not _same_state(session, log.state):
        return Verification(DIFFERENT, "The stored state at the end is not the one that the decisions lead to.",
                            turns, session.rewinds, log.state.line, session.state.turn)
    return Verification(SAME, f"All {turns} turns give what the log holds.", turns, session.rewinds)


def _difference(scenario: Scenario, session: Session, entry: Entry, turns: int) -> Verification:
    turn, variable = None, None
    where, what = f"Line {entry.line}", "the decision"
    if entry.kind in ("begin", "turn"):
        closing = session.state.closing[:, 0] if entry.kind == "begin" else session.records[-1].report.closing[:, 0]
        turn = 0 if entry.kind == "begin" else session.records[-1].turn
        where = quarter_text(scenario.tables.first_quarter, turn)
        mine, what = json.loads(session.last_entry), "what is on its way"
        try:
            stored = unpack(entry.value["values"], closing, entry.line)
        except LogError:
            stored = closing
        rows = np.flatnonzero(stored != closing)
        if rows.size:
            row = int(rows[0])
            variable = scenario.tables.variables[row].id
            what = f"{variable} ({closing[row]:.12g} here, {stored[row]:.12g} in the log)"
        elif mine.get("did") != entry.value.get("did"):
            what = "what was decided and done"
    message = f"The log first differs in {where}: {what}."
    return Verification(DIFFERENT, message, turns, session.rewinds, entry.line, turn, variable)


def _same_state(session: Session, entry: Entry) -> bool:
    try:
        stored = from_plain(session.rules, entry.value["state"], session.settings.seed, session.state.turns, entry.line)
    except LogError:
        return False
    mine, theirs = array_fields(session.state), array_fields(stored)
    return session.state.turn == stored.turn and all(np.array_equal(mine[name], theirs[name]) for name in mine)
