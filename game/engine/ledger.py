"""The ledger: every change of every variable in a turn, split into terms with a cause.

A stock's terms are its flows, effects, costs and `limit` (what its range cut off). An auxiliary's terms are
its inputs, switched one at a time, in written order, from last turn's value to this turn's; then effects;
then `limit`. Terms add up to the change within 1e-9 of scale: a property test holds that.

`ledger` explains a turn: from the last day of the quarter before to the last day of this one. `opening` explains the
step from there to what the next quarter shows as it opens: new season, new world prices, effects that ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from game.engine.formulas import Reading, held
from game.engine.state import State
from game.engine.switching import Switching, levels_of, others_of
from game.engine.tables import ALWAYS, AUXILIARY, DRIVER, FLAG, LEVER, STOCK, Effect, Landing, Rules, delays_of
from game.engine.turn import Report


class Term(NamedTuple):
    """One named part of a change. kind and ref:

    flow (index in the stock) | input (leaf of the formula) | effect (cause) | bill (origin) | income | lapsed
    | outside (a driver) | setting (a lever) | limit
    """

    kind: str
    ref: object
    amount: np.ndarray  # [games]


class Account(NamedTuple):
    """Change of one variable in a turn, in its own unit; arrays [games]. Terms are kept as their names (kind and ref)
    and amounts: a turn has some fifteen hundred, of which few are looked at."""

    row: int
    before: np.ndarray
    after: np.ndarray
    names: Sequence[Name]
    amounts: Sequence[np.ndarray]

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(Term(*name, amount) for name, amount in zip(self.names, self.amounts, strict=True))


Name = tuple[str, object]
Terms = tuple[list[Name], list[np.ndarray]]  # names and amounts


def ledger(rules: Rules, report: Report) -> dict[int, Account]:
    """Accounts of all variables that can change, by row."""
    state, closing = report.before, report.closing
    landed = (*state.landed[: state.turn], report.decided.landed)
    before, now = map(_by_row, effects_of(rules, landed, (state.turn - 1, state.turn)))
    levels, others = (Reading(rules, values, state.past, state.turn) for values in (closing, report.values))
    stocks, auxiliaries = _stocks(rules, report, now), _auxiliaries(rules, state, levels, others, before, now)
    difference = closing - state.closing
    accounts, first, last, changes = {}, list(state.closing), list(closing), list(difference)
    changed = np.logical_or.reduce(difference != 0.0, 1).tolist()
    for row, variable in enumerate(rules.tables.variables):
        kind = variable.kind
        if kind == STOCK:
            accounts[row] = stocks[row]
        elif kind == AUXILIARY:
            accounts[row] = auxiliaries[row]
        elif kind == DRIVER:
            accounts[row] = _driver(row, first[row], last[row], _differences(row, now, before))
        elif kind == LEVER:
            accounts[row] = Account(row, first[row], last[row], (("setting", row),), (changes[row],))
        elif kind == FLAG:
            name = _flag_name(row, now, changes[row]) if changed[row] else ("limit", row)
            accounts[row] = Account(row, first[row], last[row], (name,), (changes[row],))
    return accounts


def opening(rules: Rules, state: State) -> dict[int, Account]:
    """Accounts of what changed between the last day of a quarter and the opening of the next; none in the first."""
    if state.turn == 0:
        return {}
    before, now = map(_by_row, effects_of(rules, state.landed, (state.turn - 1, state.turn)))
    new = Reading(rules, state.values, state.past, state.turn)
    accounts = _auxiliaries(rules, state, new, new, before, now)
    for row, variable in enumerate(rules.tables.variables):
        if variable.kind == DRIVER:
            accounts[row] = _driver(row, state.closing[row], state.values[row], _differences(row, now, before))
    return accounts


Effects = dict[tuple[int, int], np.ndarray]  # (row, cause) -> amount [games] in force in a turn


ByRow = dict[int, dict[int, np.ndarray]]  # row -> cause -> amount [games]


def _by_row(effects: Effects) -> ByRow:
    found: ByRow = {}
    for (row, cause), amount in effects.items():
        found.setdefault(row, {})[cause] = amount
    return found


def adding_of(rules: Rules) -> list[list[list[tuple[tuple[int, int], float]]]]:
    """By landing and delay the effects that add: (row, cause), amount. The last delay stands for all later ones."""
    return [[_adding(landing, delay) for delay in range(_longest(landing) + 1)] for landing in rules.tables.landings]


def _longest(landing: Landing) -> int:
    """The delay from which on nothing changes any more."""
    return max([delays_of(effect).stop for effect in landing.effects], default=0)


def _adding(landing: Landing, delay: int) -> list[tuple[tuple[int, int], float]]:
    return [((effect.target, effect.cause), effect.amount) for effect in landing.effects
            if effect.kind == "add" and _in_force(effect, delay)]


def _in_force(effect: Effect, delay: int) -> bool:
    return delay >= effect.after if effect.length == ALWAYS else delay in delays_of(effect)


def effects_on(rules: Rules, landed: Sequence[np.ndarray], turn: int) -> Effects:
    """Effects in force in the resolution of `turn`, of what landed by turn, each [slots, games], up to then."""
    return effects_of(rules, landed, (turn,))[0]


def effects_of(rules: Rules, landed: Sequence[np.ndarray], turns: Sequence[int]) -> list[Effects]:
    """The same of several turns, in rising order."""
    found: list[Effects] = [{} for _ in turns]
    adding = rules.part(adding_of)
    for decided, slots in enumerate(landed[: turns[-1] + 1]):
        spans = [(turn - decided, into) for turn, into in zip(turns, found, strict=True) if turn >= decided]
        for number in sorted(set(slots.ravel().tolist())):
            effects, times = adding[number], None
            for delay, into in spans:
                for key, amount in effects[delay] if delay < len(effects) else effects[-1]:
                    times = np.add.reduce(slots == number, 0) if times is None else times
                    into[key] = into.get(key, 0.0) + amount * times
    return found


def _on(row: int, effects: ByRow) -> Terms:
    own = effects.get(row, {})
    return [("effect", cause) for cause in own], list(own.values())


def _differences(row: int, now: ByRow, before: ByRow) -> Terms:
    """Effects on a row that began (or grew) and that ended since the turn before."""
    new, old = now.get(row, {}), before.get(row, {})
    causes = {**new, **old}
    return [("effect", cause) for cause in causes], [new.get(cause, 0.0) - old.get(cause, 0.0) for cause in causes]


def flow_names_of(rules: Rules) -> list[list[Name]]:
    return [[("flow", n) for n in range(len(stock.flows))] for stock in rules.tables.stocks]


def _stocks(rules: Rules, report: Report, effects: ByRow) -> dict[int, Account]:
    roles, steps = rules.tables.roles, report.steps
    flows, cuts, accounts = rules.passes.flows(report.inputs), list(steps.level - steps.free_level), {}
    first, last, flow_names = list(report.before.closing), list(report.closing), rules.part(flow_names_of)
    for number, (stock, own, cut) in enumerate(zip(rules.tables.stocks, flows, cuts, strict=True)):
        row, before = stock.row, first[stock.row]
        names, amounts = _on(row, effects) if row in effects else ([], [])
        if row == roles.cash or row == roles.capital:
            for origin, cash, capital in report.bills:
                names.append(("bill", origin))
                amounts.append(-(cash if row == roles.cash else capital))
        if stock.physical:  # effects that took more than there was are cut like outflows
            jump = sum(amounts, np.zeros(before.shape))
            ran = steps.free_level[number] - before - sum(own, np.zeros(before.shape))
            cut = cut + np.where(jump < 0.0, ran - jump, 0.0)
        if row == roles.capital:
            names += [("income", roles.capital_income), ("lapsed", row)]
            amounts += [report.values[roles.capital_income], last[row] - steps.level[number]]
        accounts[row] = Account(row, before, last[row], (*flow_names[number], *names, ("limit", row)),
                                (*own, *amounts, cut))
    return accounts


def _auxiliaries(rules: Rules, state: State, levels: Reading, others: Reading, before: ByRow,
                 now: ByRow) -> dict[int, Account]:
    """Accounts of levels, from what they were computed from in the turn before `state` (its last day) to the reading
    `levels`, and of all other auxiliaries, from what was used then to the reading `others`."""
    accounts = {}
    for group, values, new in ((levels_of, state.closing, levels), (others_of, state.past[0], others)):
        old = Reading(rules, values, state.past[1:], state.turn - 1)
        accounts |= _switched(rules.part(group), old, new, before, now)
    return accounts


def _switched(group: Switching, old: Reading, new: Reading, before: ByRow, now: ByRow) -> dict[int, Account]:
    """Auxiliaries' inputs, switched one at a time from the old reading to the new one."""
    rules, rows, values = new.rules, group.rows, group.values(old, new)
    was = values.take(group.first, 0)
    becomes = values.take(group.last, 0)
    was += _sums(group, before, was.shape)
    becomes += _sums(group, now, was.shape)
    begins = held(rules, rows, was)
    cuts = (held(rules, rows, becomes) - becomes) - (begins - was)
    amounts, accounts = np.empty_like(values), {}
    np.subtract(values[1:], values[:-1], amounts[:-1])
    amounts[:-1] += 0.0  # leaves no negative zero
    amounts[group.last] = cuts  # the limit stands after an auxiliary's inputs
    for row, names, first, last, begin, end in zip(rows.tolist(), group.names, group.first.tolist(),
                                                   group.last.tolist(), begins, new.values.take(rows, 0), strict=True):
        own = amounts[first: last + 1]
        if row in now or row in before:
            causes, effects = _differences(row, now, before)
            names, own = (*names[:-1], *causes, names[-1]), (*own[:-1], *effects, own[-1])
        accounts[row] = Account(row, begin, end, names, own)
    return accounts


def _sums(group: Switching, effects: ByRow, shape: tuple[int, int]) -> np.ndarray:
    """All effects on each of a group's rows [rows, games]."""
    sums = np.zeros(shape)
    for row in effects.keys() & group.places.keys():
        for amount in effects[row].values():
            sums[group.places[row]] += amount
    return sums


def _driver(row: int, before: np.ndarray, after: np.ndarray, effects: Terms) -> Account:
    """What comes from outside is one term: the world's own change."""
    (names, amounts), own = effects, after - before
    if amounts:
        own = own - sum(amounts, np.zeros(before.shape))
    return Account(row, before, after, (("outside", row), *names), (own, *amounts))


def _flag_name(row: int, effects: ByRow, change: np.ndarray) -> Name:
    """A flag changes by the effects that set it; the first one that points the same way is named."""
    for cause, amount in effects.get(row, {}).items():
        if np.count_nonzero(amount * change > 0.0):
            return "effect", cause
    return "limit", row
