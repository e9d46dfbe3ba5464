"""Decisions between the engine's indexes and the stable ids that a log keeps."""

from __future__ import annotations

import numpy as np

from game.engine.state import NONE, RUNNING, State
from game.engine.tables import Rules
from game.engine.turn import Report
from game.replay.errors import LogError
from game.replay.log import NUMBER_LIMIT

About = tuple  # ("choice", place, choice or NONE) | ("lever", lever, setting) | ("initiative", initiative, on)


def named(rules: Rules, state: State, about: About) -> list:
    """A decision as a log keeps it."""
    kind, index, value = about
    t = rules.tables
    if kind == "choice":
        card = t.cards[state.agenda[index, 0]]
        return ["card", card.id, None if value == NONE else card.choices[value].id]
    if kind == "lever":
        return ["lever", t.variables[t.levers[index].row].id, value]
    return ["initiative", t.initiatives[index].option.id, value]


def indexed(rules: Rules, state: State, decision: list, line: int) -> About:
    """The engine's indexes of a log's decision; raises LogError "bad-entry" or "unknown-id"."""
    if len(decision) != 3 or type(decision[0]) is not str or type(decision[1]) is not str:
        raise LogError("bad-entry", "This decision has not the form of one.", "Use another copy.", line)
    t, (kind, name, value) = rules.tables, decision
    if kind == "card" and (value is None or type(value) is str):
        place = _find([t.cards[c].id if c != NONE else "" for c in state.agenda[:, 0]], name, "card on the desk", line)
        choices = [choice.id for choice in t.cards[state.agenda[place, 0]].choices]
        return "choice", place, NONE if value is None else _find(choices, value, f"choice of {name}", line)
    if kind == "lever" and type(value) in (int, float) and abs(value) < NUMBER_LIMIT:
        return "lever", _find([t.variables[lever.row].id for lever in t.levers], name, "lever", line), float(value)
    if kind == "initiative" and type(value) is bool:
        return "initiative", _find([i.option.id for i in t.initiatives], name, "initiative", line), value
    raise LogError("bad-entry", "This decision has not the form of one.", "Use another copy.", line)


def _find(ids: list[str], name: str, what: str, line: int) -> int:
    if not name or name not in ids:
        raise LogError("unknown-id", f"There is no {what} with the id “{name[:60]}”.",
                       "The log does not fit its scenario, or was edited.", line)
    return ids.index(name)


def done(rules: Rules, report: Report, after: State) -> dict:
    """What a turn of a batch of one really did, by ids; empty parts are left out."""
    t, state, decided = rules.tables, report.before, report.decided
    cards = [(int(c), int(x), int(g)) for c, x, g in zip(state.agenda[:, 0], decided.choices[:, 0],
                                                         decided.gambles[:, 0], strict=True) if c != NONE]
    levers = {t.variables[lever.row].id: float(report.settled.levers[i, 0]) for i, lever in enumerate(t.levers)
              if report.settled.levers[i, 0] != state.values[lever.row, 0]}
    parts = {
        "cards": {t.cards[c].id: t.cards[c].choices[x].id for c, x, _ in cards},
        "gambles": {t.cards[c].id: g == 1 for c, _, g in cards if g != NONE},
        "lapsed": [t.cards[c].id for c in state.lapsing[:, 0] if c != NONE],
        "levers": levers,
        "initiatives": [t.initiatives[i].option.id for i in np.flatnonzero(decided.initiatives[:, 0])],
        "moves": [t.moves[m].id for m in decided.moves[:, 0] if m != NONE],
        "kept": [t.promises[p].id for p in np.flatnonzero(decided.kept[:, 0])],
        "broken": [t.promises[p].id for p in np.flatnonzero(decided.broken[:, 0])],
        "ended": ending_id(rules, after) if after.ended[0] != RUNNING else "",
    }
    return {name: part for name, part in parts.items() if part}


def ending_id(rules: Rules, state: State) -> str:
    """Id of the ending, or "planned-end"."""
    endings, ended = rules.tables.endings, int(state.ended[0])
    return endings[ended].id if ended < len(endings) else "planned-end"


def quarter_text(first_quarter: int, turn: int) -> str:
    """The date of a turn as people write it: "2011 Q1"."""
    quarter = first_quarter + turn
    return f"{quarter // 4} Q{quarter % 4 + 1}"
