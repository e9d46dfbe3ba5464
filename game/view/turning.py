"""Turning points: the decisions that moved the indicators most, and what the ledger says they did.

How much a decision mattered is measured by playing its turn on with and without it (outlook/preview.py); what
is told of it are the effects that really landed, as the ledger has them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.state import NONE, landing_slots
from game.engine.tables import FLAG, Rules
from game.outlook.preview import Base, Variant, horizon_of, lever_charge, preview
from game.replay import TurnRecord
from game.view.decisions import lever_text, titled
from game.view.names import Names
from game.view.pages import TurningPoint
from game.view.words import SPACE, quarter

POINTS = 3
EFFECTS = 4
LEAST = 0.1  # of a large change of one indicator: less is no turning point


@dataclass(frozen=True)
class Deed:
    """One decision: its words, how the turn looks without it, and the landing it put on its way (or 0)."""

    title: str
    without: Variant
    landing: int


def turning_points(names: Names, rules: Rules, records: list[TurnRecord]) -> tuple[TurningPoint, ...]:
    """The three decisions of a game that mattered most, in order of time."""
    weighed = [(weight, record, deed) for record in records for weight, deed in _weighed(names, rules, record)]
    best = sorted(weighed, key=lambda item: -item[0])[:POINTS]
    chosen = sorted((item for item in best if item[0] >= LEAST), key=lambda item: item[1].turn)
    return tuple(
        TurningPoint(number, deed.title, quarter(names.tables.first_quarter + record.turn),
                     _effects(names, records, record, deed), record.turn)
        for number, (_, record, deed) in enumerate(chosen, 1))


def _weighed(names: Names, rules: Rules, record: TurnRecord) -> list[tuple[float, Deed]]:
    """Each decision of a turn with the sum of its largest effects, in large changes of the indicators."""
    deeds, rows = _deeds(names, record), list(names.watched)
    if not deeds or not rows:
        return []
    base = _base(record)
    found = preview(rules, record.opened, base, [deed.without for deed in deeds], rows, horizon_of(record.opened))
    large = np.array([names.watched[row].large for row in rows])
    weights = (np.abs(found.changes).max(axis=0) / large[:, None]).sum(axis=0)
    return list(zip(weights.tolist(), deeds, strict=True))


def _base(record: TurnRecord) -> Base:
    """The turn as it was really decided, moves of others included."""
    settled = record.report.settled
    levers = settled.levers[:, 0]
    cash = sum(float(cash[0]) for origin, cash, _ in record.report.bills if origin[0] != "lever")
    capital = sum(float(capital[0]) for _, _, capital in record.report.bills)
    for lever, setting in zip(record.rules.tables.levers, levers, strict=True):
        cash += lever_charge(lever, float(record.opened.values[lever.row, 0]), float(setting))[0]
    return Base(record.report.decided.landed[:, 0], levers, cash, capital)


def _deeds(names: Names, record: TurnRecord) -> list[Deed]:
    t, settled, landed = names.tables, record.report.settled, record.report.decided.landed[:, 0]
    slots, found = landing_slots(record.rules), []
    for place, card in enumerate(record.opened.agenda[:, 0]):
        if card != NONE:
            choice = int(settled.choices[place, 0])
            option, label = t.cards[card].choices[choice], names.document.cards[card].choices[choice].label
            slot = slots.cards + place
            found.append(Deed(titled(names.document.cards[card].title, names.lowered(label)),
                              Variant((), (slot,), -option.cost, -option.capital), int(landed[slot])))
    played = [i for i, on in enumerate(settled.initiatives[:, 0]) if on]
    for n, i in enumerate(played):  # played initiatives take the slots in file order
        option, slot = t.initiatives[i].option, slots.initiatives + n
        found.append(Deed(names.document.initiatives[i].title,
                          Variant((), (slot,), -option.cost, -option.capital), int(landed[slot])))
    for i, lever in enumerate(t.levers):
        now, setting = float(record.opened.values[lever.row, 0]), float(settled.levers[i, 0])
        if now != setting:
            cash, capital = lever_charge(lever, now, setting)
            found.append(Deed(lever_text(names, i, setting), Variant((), (), -cash, -capital, i, now), 0))
    return found


def _effects(names: Names, records: list[TurnRecord], record: TurnRecord, deed: Deed) -> tuple[str, ...]:
    """What the decision's own effects summed up to, by variable, over all turns that were played."""
    totals: dict[int, float] = {}
    last = records[-1].turn
    for effect in names.tables.landings[deed.landing].effects:
        if effect.kind != "add" or not names.doc(effect.target) or names.tables.variables[effect.target].kind == FLAG:
            continue
        first = record.turn + effect.after
        times = last - first + 1 if effect.length < 0 else min(effect.length, last - first + 1)
        totals[effect.target] = totals.get(effect.target, 0.0) + effect.amount * max(times, 0)
    if deed.without.cash:
        cash = names.tables.roles.cash
        totals[cash] = totals.get(cash, 0.0) + deed.without.cash
    found = sorted(totals.items(), key=lambda item: -_relative(names, *item))[:EFFECTS]
    return tuple(_total(names, row, amount) for row, amount in found if names.measure(row).steps(amount))


def _relative(names: Names, row: int, amount: float) -> float:
    """How large an amount is: in large changes for indicators, else as a part of the variable's range."""
    variable = names.tables.variables[row]
    scale = names.watched[row].large if row in names.watched else (variable.high - variable.low) / 2.0
    return abs(amount) / scale


def _total(names: Names, row: int, amount: float) -> str:
    """"Fuel delivered +80 kt in all"."""
    measure = names.measure(row)
    text = measure.share(measure.steps(amount))
    unit = "" if measure.is_money else measure.short(amount).partition(SPACE)[2]
    return f"{names.label(row)} {text}{SPACE + unit if unit else ''} in all"
