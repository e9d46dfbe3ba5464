"""The ledger: every change of every variable in a turn, split into terms with a cause.

A stock's terms are its flows, effects, costs and `limit` (what its range cut off). An auxiliary's terms are
its inputs, switched one at a time, in written order, from last turn's value to this turn's; then effects;
then `limit`. Terms add up to the change within 1e-9 of scale: a property test holds that.

`ledger` explains a turn: from the last day of the quarter before to the last day of this one. `opening` explains the
step from there to what the next quarter shows as it opens: new season, new world prices, effects that ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.engine.formulas import Reading, held
from game.engine.state import State
from game.engine.stocks import Step
from game.engine.tables import ALWAYS, AUXILIARY, DRIVER, FLAG, LEVER, Effect, Rules, delays_of
from game.engine.turn import Report


@dataclass(frozen=True)
class Term:
    """One named part of a change. kind and ref:

    flow (index in the stock) | input (leaf of the formula) | effect (cause) | bill (origin) | income | lapsed
    | outside (a driver) | setting (a lever) | limit
    """

    kind: str
    ref: object
    amount: np.ndarray  # [games]


@dataclass(frozen=True)
class Account:
    """Change of one variable in a turn, in its own unit; arrays [games]."""

    row: int
    before: np.ndarray
    after: np.ndarray
    terms: tuple[Term, ...]


def ledger(rules: Rules, report: Report) -> dict[int, Account]:
    """Accounts of all variables that can change, by row."""
    state = report.before
    landed = (*state.landed[: state.turn], report.decided.landed)
    now, before = effects_on(rules, landed, state.turn), effects_on(rules, landed, state.turn - 1)
    accounts = {}
    for number, (stock, step) in enumerate(zip(rules.tables.stocks, report.steps, strict=True)):
        accounts[stock.row] = _stock(rules, report, number, step, now)
    for row, variable in enumerate(rules.tables.variables):
        if variable.kind == AUXILIARY:
            new = Reading(rules, report.closing if variable.closing else report.values, state.past, state.turn)
            accounts[row] = _switched(row, _last_reading(rules, state, row), new, before, now)
        elif variable.kind == DRIVER:
            accounts[row] = _driver(row, state.closing[row], report.closing[row], _differences(row, now, before))
        elif variable.kind in (LEVER, FLAG):
            change = report.closing[row] - report.before.closing[row]
            terms = (Term("setting", row, change),) if variable.kind == LEVER else _flag_terms(row, now, change)
            accounts[row] = Account(row, report.before.closing[row], report.closing[row], terms)
    return accounts


def opening(rules: Rules, state: State) -> dict[int, Account]:
    """Accounts of what changed between the last day of a quarter and the opening of the next; none in the first."""
    if state.turn == 0:
        return {}
    before, now = (effects_on(rules, state.landed, turn) for turn in (state.turn - 1, state.turn))
    new = Reading(rules, state.values, state.past, state.turn)
    accounts = {}
    for row, variable in enumerate(rules.tables.variables):
        if variable.kind == AUXILIARY:
            accounts[row] = _switched(row, _last_reading(rules, state, row), new, before, now)
        elif variable.kind == DRIVER:
            accounts[row] = _driver(row, state.closing[row], state.values[row], _differences(row, now, before))
    return accounts


def _last_reading(rules: Rules, state: State, row: int) -> Reading:
    """What an auxiliary was computed from in the turn before `state`: levels from the last day, others as used."""
    values = state.closing if rules.tables.variables[row].closing else state.past[0]
    return Reading(rules, values, state.past[1:], state.turn - 1)


Effects = dict[tuple[int, int], np.ndarray]  # (row, cause) -> amount [games] in force in a turn


def effects_on(rules: Rules, landed: Sequence[np.ndarray], turn: int) -> Effects:
    """Effects in force in the resolution of `turn`, of what landed by turn, each [slots, games], up to then."""
    found: Effects = {}
    for decided in range(min(turn + 1, len(landed))):
        slots = landed[decided]
        for number in np.unique(slots[slots > 0]):
            times = np.zeros(slots.shape[1])
            for slot in slots:
                times = times + (slot == number)
            for effect in rules.tables.landings[number].effects:
                if effect.kind == "add" and _in_force(effect, turn - decided):
                    key = (effect.target, effect.cause)
                    found[key] = found.get(key, 0.0) + effect.amount * times
    return found


def _in_force(effect: Effect, delay: int) -> bool:
    return delay >= effect.after if effect.length == ALWAYS else delay in delays_of(effect)


def _on(row: int, effects: Effects) -> list[Term]:
    return [Term("effect", cause, amount) for (target, cause), amount in effects.items() if target == row]


def _differences(row: int, now: Effects, before: Effects) -> list[Term]:
    """Effects on a row that began (or grew) and that ended since the turn before."""
    keys = [key for key in {**now, **before} if key[0] == row]
    return [Term("effect", key[1], now.get(key, 0.0) - before.get(key, 0.0)) for key in keys]


def _stock(rules: Rules, report: Report, number: int, step: Step, effects: Effects) -> Account:
    stock, roles = rules.tables.stocks[number], rules.tables.roles
    row = stock.row
    before, after = report.before.closing[row], report.closing[row]
    terms = [Term("flow", f, amount) for f, amount in enumerate(step.flows)]
    terms += _on(row, effects)
    if row in (roles.cash, roles.capital):
        terms += [Term("bill", origin, -(cash if row == roles.cash else capital))
                  for origin, cash, capital in report.bills]
    if row == roles.capital:
        terms.append(Term("income", roles.capital_income, report.values[roles.capital_income]))
        terms.append(Term("lapsed", row, after - step.level))
    cut = step.level - step.free_level
    if stock.physical:  # effects that took more than there was are cut like outflows
        jump = sum((t.amount for t in terms if t.kind in ("effect", "bill")), np.zeros(before.shape))
        ran = step.free_level - before - sum((flow for flow in step.flows), np.zeros(before.shape))
        cut = cut + np.where(jump < 0.0, ran - jump, 0.0)
    terms.append(Term("limit", row, cut))
    return Account(row, before, after, tuple(terms))


def _switched(row: int, old: Reading, new: Reading, before: Effects, now: Effects) -> Account:
    """An auxiliary's inputs, switched one at a time from the old reading to the new one."""
    rules, games = new.rules, new.values.shape[1]
    expr = rules.formulas[row]
    inputs, targets = old.inputs(expr), new.inputs(expr)
    value = first = expr.evaluate(inputs) + np.zeros(games)
    terms = []
    for place, leaf in enumerate(expr.leaves):
        inputs[place] = targets[place]
        switched = expr.evaluate(inputs)
        terms.append(Term("input", leaf, switched - value + np.zeros(games)))
        value = switched
    terms += _differences(row, now, before)
    adds_old = sum((t.amount for t in _on(row, before)), np.zeros(games))
    adds_new = sum((t.amount for t in _on(row, now)), np.zeros(games))
    cut = (held(rules, row, value + adds_new) - (value + adds_new)) - (
        held(rules, row, first + adds_old) - (first + adds_old))
    terms.append(Term("limit", row, cut))
    return Account(row, held(rules, row, first + adds_old), new.values[row], tuple(terms))


def _driver(row: int, before: np.ndarray, after: np.ndarray, effects: list[Term]) -> Account:
    """What comes from outside is one term: the world's own change."""
    own = after - before - sum((t.amount for t in effects), np.zeros(before.shape))
    return Account(row, before, after, (Term("outside", row, own), *effects))


def _flag_terms(row: int, effects: Effects, change: np.ndarray) -> tuple[Term, ...]:
    """Flags change by the effects that set them; the first one that points the same way is named."""
    for term in _on(row, effects):
        if ((term.amount * change) > 0.0).any():
            return (Term("effect", term.ref, change),)
    return (Term("limit", row, change),)
