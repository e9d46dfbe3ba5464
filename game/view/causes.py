"""Why a number changed: the terms of the ledger in plain words, rounded so that they add up on the screen.

A term that is another variable is followed down the ledger, at most three levels, as long as one thing did most
of it: "Fuel stock down: "Wagons are held at Naushki"". Used by report.py, why.py and verdict.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from game.engine.expr import Node
from game.engine.formulas import Reading
from game.engine.ledger import Account, Term
from game.engine.tables import STOCK
from game.replay import TurnRecord
from game.view.conditions import leaf
from game.view.names import Names, quoted
from game.view.pages import Cause
from game.view.words import Measure, capital_first, judgement, share_out

DEPTH = 3  # levels down the ledger
FEW_STEPS = 5
YEARLY = ("year_sum", "year_mean")
MAINLY = 0.6  # share of all movement that makes one thing the reason


@dataclass(frozen=True)
class Change:
    """How one variable changed in a turn; `steps` counts the shown change, causes largest first add up to it."""

    row: int
    before: float
    after: float
    steps: int
    causes: tuple[Cause, ...]


def change_of(names: Names, history: list[TurnRecord], row: int, measure: Measure | None = None) -> Change | None:
    """The change in the last turn of `history`, counted by the row's own measure or a finer one; None if constant."""
    account = history[-1].accounts.get(row)
    if account is None:
        return None
    measure = measure or names.measure(row)
    before, after = float(account.before[0]), float(account.after[0])
    steps = measure.steps(after) - measure.steps(before)
    terms = [term for term in account.terms if float(term.amount[0]) != 0.0]
    shares = share_out([float(term.amount[0]) * 10**measure.decimals for term in terms], steps)
    causes = [_cause(names, history, account, term, share, measure)
              for term, share in zip(terms, shares, strict=True) if share]
    return Change(row, before, after, steps, tuple(sorted(causes, key=lambda cause: -abs(cause.amount))))


def finer(names: Names, history: list[TurnRecord], row: int) -> Measure:
    """The row's measure, with one decimal more where no term of the last change would show more than a few steps."""
    measure, account = names.measure(row), history[-1].accounts.get(row)
    largest = max([abs(float(term.amount[0])) for term in account.terms], default=0.0) if account else 0.0
    is_small = 0.0 < largest * 10**measure.decimals < FEW_STEPS
    return replace(measure, decimals=measure.decimals + 1) if is_small else measure


def _cause(names: Names, history: list[TurnRecord], account: Account, term: Term, steps: int,
           measure: Measure) -> Cause:
    row = account.row
    amount = steps / 10**measure.decimals
    indicator, before = names.watched.get(row), float(account.before[0])
    judged = judgement(indicator.good, indicator.band, before, before + amount) if indicator else "same"
    source = _named_row(names, account, term)
    refers = names.tables.variables[source].id if source is not None and names.doc(source) else ""
    return Cause(term_text(names, history, account, term), measure.share(steps), amount, judged, refers)


def term_text(names: Names, history: list[TurnRecord], account: Account, term: Term) -> str:
    """What a term is, in words, with the reason behind it if there is one."""
    if term.kind == "effect":
        over = is_over(names, account.row, term)
        return capital_first(names.because(term.ref)) + (", now over" if over else "")
    if term.kind == "input" and term.ref[0] == "now":
        moved = _moved(history[-1].accounts.get(term.ref[1]))
        text, why = f"{names.label(term.ref[1])}{moved}", reason(names, history, term.ref[1])
        return f"{text}: {why}" if why and why != names.lowered(text) else text
    if term.kind == "flow":
        source, why = _source_row(names, account, term), ""
        if source is not None:
            moved = _moved(history[-1].accounts.get(source))
            why = reason(names, history, source)
            return capital_first(_flow_name(names, account.row, term)) + (f" ({moved.strip()}: {why})" if why else "")
        return capital_first(_flow_name(names, account.row, term))
    return capital_first(_plain_text(names, history[-1], account.row, term))


def reason(names: Names, history: list[TurnRecord], row: int, depth: int = DEPTH) -> str:
    """The one thing that mainly moved a row in the last turn: a title in quotes, a phrase, "oil price up"; or ""."""
    account = history[-1].accounts.get(row)
    if account is None or depth == 0 or not _moved(account):
        return ""
    movers = _movers(names, history, account)
    total = sum(abs(amount) for _, amount in movers)
    term, amount = max(movers, key=lambda mover: abs(mover[1]), default=(None, 0.0))
    against = amount * float(account.after[0] - account.before[0]) <= 0.0
    if term is None or against or abs(amount) < MAINLY * total or term.kind == "limit":
        return ""
    if term.kind == "effect":
        return names.cause(term.ref) + (", now over" if is_over(names, row, term) else "")
    source = _source_row(names, account, term)
    if source is not None:
        deeper = reason(names, history, source, depth - 1)
        return deeper or f"{names.inside(source)}{_moved(history[-1].accounts.get(source))}"
    if term.kind == "outside":
        return f"{names.inside(row)}{_moved(account)}"
    if term.kind == "input" and term.ref[0] in YEARLY:
        return ""  # what moved a sum over a year is not what moved the quarter
    return _plain_text(names, history[-1], row, term)


def _movers(names: Names, history: list[TurnRecord], account: Account) -> list[tuple[Term, float]]:
    """What moved a row: all terms, but of a stock's flows only what differs from the quarter before."""
    if names.tables.variables[account.row].kind != STOCK or len(history) < 2:
        return [(term, float(term.amount[0])) for term in account.terms]
    earlier = {t.ref: float(t.amount[0]) for t in history[-2].accounts[account.row].terms if t.kind == "flow"}
    return [(term, float(term.amount[0]) - (earlier[term.ref] if term.kind == "flow" else 0.0))
            for term in account.terms]


def _moved(account: Account | None) -> str:
    """" up", " down", or "" where nothing moved."""
    if account is None:
        return ""
    change = float(account.after[0]) - float(account.before[0])
    return " up" if change > 0.0 else " down" if change < 0.0 else ""


def _source_row(names: Names, account: Account, term: Term) -> int | None:
    """The variable behind a term: an input as it is now, or the one variable that a flow consists of."""
    if term.kind == "input" and term.ref[0] == "now":
        return term.ref[1]
    if term.kind == "flow":
        node: Node = _stock(names, account.row).flows[term.ref].formula
        node = node[1] if node[0] == "neg" else node
        return node[1] if node[0] == "now" else None
    return names.tables.roles.capital_income if term.kind == "income" else None


def _named_row(names: Names, account: Account, term: Term) -> int | None:
    """The variable that a term names, whatever its time."""
    if term.kind == "input" and len(term.ref) > 1 and term.ref[0] not in ("luck", "path"):
        return term.ref[1]
    return _source_row(names, account, term)


def _stock(names: Names, row: int):
    return next(stock for stock in names.tables.stocks if stock.row == row)


def _flow_name(names: Names, row: int, term: Term) -> str:
    return _stock(names, row).flows[term.ref].name.replace("_", " ")


def is_over(names: Names, row: int, term: Term) -> bool:
    """Whether an effect's term is its end: it points against every effect of that cause on the row."""
    amounts = [effect.amount for landing in names.tables.landings for effect in landing.effects
               if effect.kind == "add" and effect.target == row and effect.cause == term.ref]
    return bool(amounts) and all(amount * float(term.amount[0]) < 0.0 for amount in amounts)


def _plain_text(names: Names, record: TurnRecord, row: int, term: Term) -> str:
    """Terms that need no tracing."""
    if term.kind == "bill":
        return bill_text(names, record, term.ref)
    if term.kind == "flow":
        return _flow_name(names, row, term)
    if term.kind == "input":
        return names.lowered(leaf(names, term.ref)) + _leaf_moved(names, record, row, term.ref)
    if term.kind == "outside":
        return "the world market" if names.measure(row).unit.startswith("$") else "from outside"
    if term.kind == "income":
        return names.inside(term.ref)
    return {"setting": "your decision", "lapsed": "not used in time", "limit": "held at its limit"}[term.kind]


def _leaf_moved(names: Names, record: TurnRecord, row: int, node: Node) -> str:
    """Whether an input of another time rose or fell since the quarter before: as the ledger switches it."""
    if len(node) == 1 or node[0] in ("luck", "path"):
        return ""
    state, report, rules = record.report.before, record.report, record.rules
    closing = names.tables.variables[row].closing
    new = Reading(rules, report.closing if closing else report.values, state.past, state.turn)
    old = Reading(rules, state.closing if closing else state.past[0], state.past[1:], state.turn - 1)
    change = float(new.leaf(node)[0] - old.leaf(node)[0])
    return " up" if change > 0.0 else " down" if change < 0.0 else ""


def bill_text(names: Names, record: TurnRecord, origin: tuple) -> str:
    """What was paid for: a choice, a lever, an initiative."""
    kind, number = origin
    if kind == "lever":
        return f"cost of {names.inside(names.tables.levers[number].row)}"
    if kind == "initiative":
        return f"cost of {quoted(names.document.initiatives[number].title)}"
    card = int(record.report.before.agenda[number, 0])
    return f"cost of {quoted(names.document.cards[card].choices[int(record.report.settled.choices[number, 0])].label)}"
