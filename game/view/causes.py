"""Why a number changed: the terms of the ledger in plain words, rounded so that they add up on the screen.

A term that is another variable says what mainly moved that: "Exports up: a rise in coal price at the border". Used by
changes.py, report.py and why.py. Read next: tracing.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from game.engine.ledger import Term
from game.engine.tables import STOCK
from game.replay import TurnRecord
from game.view.names import Names, quoted
from game.view.pages import Cause
from game.view.tracing import (
    AFTERWARDS,
    AGAINST,
    OPENED,
    QUARTER,
    YEAR,
    YEARLY,
    Source,
    Trace,
    bill_text,
    flow_name,
    is_over,
    merged,
    of_turn,
    single_row,
)
from game.view.words import Measure, capital_first, judgement, listed, share_out

FEW_STEPS = 5


@dataclass(frozen=True)
class Change:
    """How one variable changed in a step; `steps` counts the shown change, causes largest first add up to it."""

    row: int
    before: float
    after: float
    steps: int
    causes: tuple[Cause, ...]


def change_of(names: Names, history: list[TurnRecord], row: int, measure: Measure | None = None) -> Change | None:
    """The change in the last turn of `history`, counted by the row's own measure or a finer one; None if constant."""
    return change_in(of_turn(names, history), row, measure)


def change_in(trace: Trace, row: int, measure: Measure | None = None) -> Change | None:
    """The change in the step that a trace is of; None if the row has no account in it."""
    account = trace.accounts.get(row)
    if account is None:
        return None
    measure = measure or trace.names.measure(row)
    before, after = float(account.before[0]), float(account.after[0])
    steps = measure.steps(after) - measure.steps(before)
    terms = merged(account)
    shares = share_out([float(term.amount[0]) * 10**measure.decimals for term in terms], steps)
    causes = [_cause(trace, row, term, share, measure) for term, share in zip(terms, shares, strict=True) if share]
    return Change(row, before, after, steps, tuple(sorted(causes, key=lambda cause: -abs(cause.amount))))


def finer(traces: list[Trace], row: int) -> Measure:
    """The row's measure, with one decimal more where no term of these steps would show more than a few steps."""
    measure = traces[0].names.measure(row) if traces else None
    largest = max([abs(float(term.amount[0])) for trace in traces if row in trace.accounts
                   for term in merged(trace.accounts[row])], default=0.0)
    is_small = 0.0 < largest * 10**measure.decimals < FEW_STEPS
    return replace(measure, decimals=measure.decimals + 1) if is_small else measure


def _cause(trace: Trace, row: int, term: Term, steps: int, measure: Measure) -> Cause:
    names, amount = trace.names, steps / 10**measure.decimals
    indicator, before = names.watched.get(row), float(trace.accounts[row].before[0])
    judged = judgement(indicator.good, indicator.band, before, before + amount) if indicator else "same"
    named = _named_row(names, row, term)
    refers = names.tables.variables[named].id if named is not None and names.doc(named) else ""
    return Cause(capital_first(term_text(trace, row, term)), measure.share(steps), amount, judged, refers,
                 _name(trace, row, term))


def both_sides(trace: Trace, row: int, most: int) -> tuple[str, str]:
    """What added to a stock in this step, and what took away: "new loans +$90 m, aid +$9 m and more"."""
    up, down = _sides(trace, row)
    return _listed(trace, row, up, most), _listed(trace, row, down, most)


def _sides(trace: Trace, row: int) -> tuple[list[Cause], list[Cause]]:
    change = change_in(trace, row)
    causes = change.causes if change else ()
    return [cause for cause in causes if cause.amount > 0.0], [cause for cause in causes if cause.amount < 0.0]


def _listed(trace: Trace, row: int, causes: list[Cause], most: int) -> str:
    measure = trace.names.measure(row)
    told = [f"{cause.name} {measure.gain(cause.amount)}" for cause in causes[:most]]
    return listed([*told, "more"] if len(causes) > most else told)


def _both_largest(trace: Trace, row: int) -> str:
    """The largest on each side, if these two by themselves move the stock the way it went: "deliveries +210 kt,
    burned −251 kt"."""
    largest = [side[:1] for side in _sides(trace, row)]
    explains = sum(cause.amount for side in largest for cause in side) * trace.moved(row) > 0.0
    return ", ".join(_listed(trace, row, side, 1) for side in largest if side) if explains else ""


def term_text(trace: Trace, row: int, term: Term) -> str:
    """What a term is, in words, with the reason behind it if there is one."""
    names = trace.names
    if term.kind == "effect":
        return names.because(term.ref) + (", now over" if is_over(names, row, term) else "")
    if term.kind == "input":
        return _input_text(trace, row, term.ref)
    if term.kind == AGAINST:
        why = trace.source(row, term, shun=names.inside(term.ref[0]))
        return _with(f"{names.label(term.ref[0])} {trace.against(term.ref[0])}", why)
    if term.kind == "flow":
        return _flow_text(trace, row, term.ref)
    if term.kind == "bill":
        return bill_text(names, trace.records[-1], term.ref)
    if term.kind == "outside":
        return "the world market" if names.measure(row).unit.startswith("$") else "from outside"
    if term.kind == "income":
        return names.label(term.ref)
    return {"setting": "your decision", "lapsed": "not used in time", "limit": "held at its limit"}[term.kind]


def _name(trace: Trace, row: int, term: Term) -> str:
    """What a term is, without the reason behind it, to stand within a sentence."""
    if term.kind == "flow":
        return flow_name(trace.names, row, term.ref)
    if term.kind == "effect":
        return quoted(trace.names.because(term.ref))
    return trace.names.lowered(term_text(trace, row, term))


def _input_text(trace: Trace, reader: int, node: tuple) -> str:
    kind = node[0]
    if kind in AFTERWARDS:
        return trace.afterwards(node)
    if len(node) == 1:
        return {"turn": "time", "quarter": "the season", "date": "the date"}[kind]
    if kind in ("luck", "path"):
        return {"luck": "luck", "path": "the world market"}[kind]
    label, span = trace.names.label(node[1]), YEAR if kind in YEARLY else trace.span(reader, node[1])
    change = trace.moved(node[1], span)
    up, down = {YEAR: (" higher than a year ago", " lower than a year ago"),
                OPENED: (" higher as the quarter began", " lower as the quarter began")}.get(span, (" up", " down"))
    moved = up if change > 0.0 else down if change < 0.0 else ""
    why = trace.main(node[1], span, shun=trace.names.inside(node[1])) if moved else None
    if why is None and span == QUARTER and trace.names.tables.variables[node[1]].kind == STOCK:
        return ": ".join(filter(None, (f"{label}{moved}", _both_largest(trace, node[1]))))
    return _with(f"{label}{moved}", why)


def _flow_text(trace: Trace, row: int, number: int) -> str:
    """"Standing spending (up: a rise in wages, pensions, schools)": a flow, and why it differs from the last one."""
    names = trace.names
    name = flow_name(names, row, number)
    earlier = trace.records[-2].accounts[row].terms if len(trace.records) > 1 else ()
    before = next((abs(float(t.amount[0])) for t in earlier if (t.kind, t.ref) == ("flow", number)), None)
    now = next(abs(float(t.amount[0])) for t in trace.accounts[row].terms if (t.kind, t.ref) == ("flow", number))
    why = trace.of_flow(row, number, shun=names.inside(row))
    if before is None or before == now:
        return f"{name} (the season)" if why is not None and why.brief == "the season" else name
    moved, itself = "up" if now > before else "down", why is None or why.label.endswith(name)
    if itself or why.row >= 0 and why.row == single_row(names, row, number):
        return f"{name} ({moved})"
    return f"{name} ({moved}: {why.brief})"


def _with(text: str, why: Source | None) -> str:
    return text if why is None or why.label.lower() in text.lower() else f"{text}: {why.brief}"


def _named_row(names: Names, row: int, term: Term) -> int | None:
    """The variable that a term names, whatever its time; the one variable that a flow consists of."""
    if term.kind == "input":
        return term.ref[1] if len(term.ref) > 1 and term.ref[0] not in ("luck", "path") else None
    if term.kind == AGAINST:
        return term.ref[0]
    if term.kind == "flow":
        return single_row(names, row, term.ref)
    return names.tables.roles.capital_income if term.kind == "income" else None
