"""Rows of the turn report: one indicator's change, how much it matters, and its largest causes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from game.replay import TurnRecord
from game.view.causes import both_sides, change_in
from game.view.figures import judge, status
from game.view.names import Names
from game.view.pages import Cause, ChangeRow
from game.view.tracing import Trace, of_turn
from game.view.words import arrow, capital_first, size_word

CAUSES = 3
SIDES = 2  # largest causes told of what adds to a stock, and of what takes away
SMALL_CAUSE = 0.1  # a third or second cause below this part of the largest is not worth a line
YEAR = 4  # quarters
RELIEF = 0.25  # of a large change: what a lifted warning adds
RANKS = {"crisis": 2, "warn": 1, "ok": 0}


@dataclass(frozen=True)
class Told:
    """A row of the report with what the headline needs to know about it."""

    row: int
    line: ChangeRow
    before: float
    after: float
    weight: float  # change without what its season always brings, in units of the indicator's large change
    status: str  # ok | warn | crisis, after
    crossed: int  # +1, +2: worse status than before; negative: better
    reason: str  # "The main reason: ...", "Added: ... Taken away: ..."; "" where nothing concrete can be said
    visible: bool  # at least half a small change, or a crossed limit


def told(names: Names, history: list[TurnRecord]) -> list[Told]:
    """Every indicator's change in the last turn of `history`, in the order of goals.yaml."""
    trace = of_turn(names, history)
    return [item for row in names.indicators if (item := _told(trace, row)) is not None]


def by_importance(items: list[Told]) -> list[Told]:
    """Limits crossed for the worse first, a crisis before a warning; then size, with an extra for lifted ones."""
    return sorted(items, key=lambda item: (-max(item.crossed, 0), -abs(item.weight) - RELIEF * (item.crossed < 0)))


def _told(trace: Trace, row: int) -> Told | None:
    names = trace.names
    change, indicator, measure = change_in(trace, row), names.indicators[row], names.measure(row)
    if change is None:
        return None
    moved = change.after - change.before
    visible = change.steps != 0 and abs(moved) >= indicator.small / 2.0
    now = status(names, row, change.after)
    crossed = RANKS[now] - RANKS[status(names, row, change.before)]
    line = ChangeRow(
        id=indicator.variable, label=names.label(row), icon=indicator.icon, before_text=measure.short(change.before),
        after_text=measure.short(change.after), change_text=measure.share(change.steps), arrow=arrow(change.steps),
        judgement=judge(names, row, change.before, change.after),
        size=size_word(moved, indicator.medium, indicator.large) if visible else "", causes=_largest(change.causes))
    return Told(row, line, change.before, change.after, _news(trace, row, moved) / indicator.large, now, crossed,
                _reason(trace, row), visible or crossed != 0)


def _news(trace: Trace, row: int, moved: float) -> float:
    """How far a row moved, without what its season brings every year: of that counts only by how much it differs from
    the same quarter a year before, and in the first year, where that is not known, nothing."""
    terms, seasonal = trace.accounts[row].terms, trace.seasonal(row)
    earlier = trace.records[-1 - YEAR].accounts[row].terms if len(trace.records) > YEAR else terms
    usual = sum(float(term.amount[0]) for term in earlier if (term.kind, term.ref) in seasonal)
    return math.copysign(min(abs(moved - usual), abs(moved)), moved)


def _reason(trace: Trace, row: int) -> str:
    reason = trace.reason(row)
    if reason.stock == row:
        return " ".join(f"{capital_first(part)}." for part in _sides(trace, row))
    if reason.source is None:
        return ""
    sides = "; ".join(_sides(trace, reason.stock)) if reason.stock >= 0 else ""
    told = f"{reason.source.text} ({sides})" if sides else reason.source.text
    return f"The {'main reason' if reason.mainly else 'largest cause'}: {told}."


def _sides(trace: Trace, row: int) -> list[str]:
    """"added: new loans $90 m", "taken away: repayments $30 m" of a stock, as far as there are such."""
    heads = ("added", "taken away")
    return [f"{head}: {told}" for head, told in zip(heads, both_sides(trace, row, SIDES), strict=True) if told]


def _largest(causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    least = SMALL_CAUSE * abs(causes[0].amount) if causes else 0.0
    return tuple(cause for cause in causes[:CAUSES] if abs(cause.amount) >= least)
