"""Why one variable stands where it stands: its terms in the last quarter and as this one opened, its formula, what it
reads and feeds."""

from __future__ import annotations

from game.engine.expr import LEAVES, Node, rows_read
from game.engine.tables import AUXILIARY, DRIVER, FLAG, LEVER, PARAMETER, STOCK
from game.view.causes import Change, change_in, finer
from game.view.conditions import formula
from game.view.names import Names
from game.view.pages import WhyPage, WhyStep
from game.view.sources import source_text
from game.view.tracing import of_opening, of_turn
from game.view.words import Measure, capital_first, quarter

KINDS = {STOCK: "keeps its level; only what flows in and out changes it", AUXILIARY: "computed each quarter",
         DRIVER: "comes from outside", LEVER: "set by you", PARAMETER: "a constant",
         FLAG: "either is so or is not"}
WITH_ROW = frozenset(LEAVES) - {"turn", "quarter", "date", "luck", "path"}


def why_page(session, variable: str) -> WhyPage:
    """The working behind a variable id: what moved it in the last quarter, and what as the new one opened.

    Raises KeyError for an unknown or hidden one.
    """
    names = Names(session.scenario)
    row = names.scenario.row(variable)
    if names.doc(row) is None:
        raise KeyError(variable)
    value = float(session.state.values[row, 0])
    return WhyPage(
        id=variable, label=names.label(row), note=names.note(row), kind=KINDS[names.tables.variables[row].kind],
        formula=_formula(names, row), value_text=names.shown(row, value), steps=_steps(session, names, row),
        source=source_text(names.doc(row).source),
        inputs=tuple((names.tables.variables[r].id, names.label(r), names.shown(r, float(session.state.values[r, 0])))
                     for r in _inputs(names, row)),
        feeds=tuple((names.tables.variables[r].id, names.label(r)) for r in _feeds(names, row)))


def _steps(session, names: Names, row: int) -> tuple[WhyStep, ...]:
    """The last quarter, and the opening of this one if it changed the number that is shown."""
    if not session.records:
        return ()
    turn = of_turn(names, session.records)
    opened = None if session.ended else of_opening(names, session.rules, session.state, session.records)
    account = opened.accounts.get(row) if opened else None
    differs = account is not None and names.shown(row, float(account.before[0])) != names.shown(
        row, float(account.after[0]))
    traces = [turn, opened] if differs else [turn]
    measure, date = finer(traces, row), names.tables.first_quarter + session.records[-1].turn
    heads = (quarter(date), f"As {quarter(date + 1)} opens")
    return tuple(_step(names, row, measure, change, head) for trace, head in zip(traces, heads, strict=False)
                 if (change := change_in(trace, row, measure)) is not None)


def _step(names: Names, row: int, measure: Measure, change: Change, head: str) -> WhyStep:
    """Both ends of a change, money in millions so that the terms add up to what is shown."""
    show = (lambda x: names.shown(row, x)) if names.tables.variables[row].kind in (FLAG, LEVER) else measure.exact
    return WhyStep(head, show(change.before), show(change.after), measure.share(change.steps), change.causes)


def _nodes(names: Names, row: int) -> list[Node]:
    """The formula of a variable, or those of its flows."""
    own = names.tables.variables[row].formula
    flows = [flow.formula for stock in names.tables.stocks if stock.row == row for flow in stock.flows]
    return [own] if own is not None else flows


def _formula(names: Names, row: int) -> str:
    stock = next((s for s in names.tables.stocks if s.row == row), None)
    if stock is None:
        return "".join(formula(names, node) for node in _nodes(names, row))
    flows = [(capital_first(flow.name.replace("_", " ")), formula(names, flow.formula), flow.scale)
             for flow in stock.flows]
    return "; ".join(f"{name}: {text}" if scale == 1.0 else f"{name}: {text}, a year" for name, text, scale in flows)


def _rows(node: Node) -> list[int]:
    return rows_read(node, WITH_ROW)


def _inputs(names: Names, row: int) -> list[int]:
    """Variables that the formula reads, itself left out, in written order."""
    found = dict.fromkeys(r for node in _nodes(names, row) for r in _rows(node))
    return [r for r in found if r != row and names.doc(r)]


def _feeds(names: Names, row: int) -> list[int]:
    return [r for r in range(len(names.tables.variables))
            if r != row and names.doc(r) and any(row in _rows(node) for node in _nodes(names, r))]
