"""Why one variable stands where it stands: its terms in the last turn, its formula, what it reads and feeds."""

from __future__ import annotations

from game.engine.expr import LEAVES, Node, rows_read
from game.engine.tables import AUXILIARY, DRIVER, FLAG, LEVER, PARAMETER, STOCK
from game.view.causes import Change, change_of, finer
from game.view.conditions import formula
from game.view.names import Names
from game.view.pages import WhyPage
from game.view.sources import source_text
from game.view.words import Measure, capital_first

KINDS = {STOCK: "keeps its level; only what flows in and out changes it", AUXILIARY: "computed each quarter",
         DRIVER: "comes from outside", LEVER: "set by you", PARAMETER: "a constant",
         FLAG: "either is so or is not"}
WITH_ROW = frozenset(LEAVES) - {"turn", "quarter", "date", "luck", "path"}


def why_page(session, variable: str) -> WhyPage:
    """The working behind a variable id. Raises KeyError for an unknown or hidden one."""
    names = Names(session.scenario)
    row = names.scenario.row(variable)
    if names.doc(row) is None:
        raise KeyError(variable)
    value = float(session.state.values[row, 0])
    measure = finer(names, session.records, row) if session.records else names.measure(row)
    change = change_of(names, session.records, row, measure) if session.records else None
    before, after = (names.shown(row, value),) * 2 if change is None else \
        _pair(names, row, measure, change)
    return WhyPage(
        id=variable, label=names.label(row), note=names.note(row), kind=KINDS[names.tables.variables[row].kind],
        formula=_formula(names, row), value_text=names.shown(row, value), before_text=before, after_text=after,
        change_text="" if change is None else measure.share(change.steps),
        terms=change.causes if change else (), source=source_text(names.doc(row).source),
        inputs=tuple((names.tables.variables[r].id, names.label(r), names.shown(r, float(session.state.values[r, 0])))
                     for r in _inputs(names, row)),
        feeds=tuple((names.tables.variables[r].id, names.label(r)) for r in _feeds(names, row)))


def _pair(names: Names, row: int, measure: Measure, change: Change) -> tuple[str, str]:
    """Both ends of the change, money in millions so that the terms add up to what is shown."""
    if names.tables.variables[row].kind in (FLAG, LEVER):
        return names.shown(row, change.before), names.shown(row, change.after)
    return measure.exact(change.before), measure.exact(change.after)


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
