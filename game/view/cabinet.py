"""The cabinet: all levers and initiatives, what each is expected to do, and what the turn costs so far.

Expectations are against "no lever moved, no initiative played, the cards as decided so far", so that they do
not change while levers are being moved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.engine.tables import Rules
from game.outlook.preview import base_of, horizon_of, lever_charge, lever_steps, outcomes, preview
from game.view.comes_back import comes_back
from game.view.decisions import cost_text, odds_text, purse
from game.view.effects import Outlook, option_lines, strongest
from game.view.names import Names
from game.view.pages import Cabinet, EffectLine, InitiativeLine, LeverLine
from game.view.refusals import refusal_sentence
from game.view.sources import source_text
from game.view.words import quarter

SHOWN = 3  # effects of an initiative at first sight
GROUPS = {"energy": ("Energy", "power"), "trade": ("Trade and transit", "trade"), "money": ("Money", "coin"),
          "defence": ("Defence", "defence"), "land": ("Land and people", "herds"), "abroad": ("Abroad", "relations")}


@dataclass(frozen=True)
class Expected:
    """The preview of a whole cabinet: variants of each lever's step down and up, and of each initiative."""

    outlook: Outlook
    levers: list[tuple[int, int]]
    initiatives: list[tuple[int, ...]]


def cabinet_page(session, expected: Expected | None = None) -> Cabinet:
    """Levers and initiatives as they stand. `expected` may be kept while no card's choice and no turn changes."""
    expected = expected or cabinet_expected(session)
    outlook, state = expected.outlook, session.state
    names = outlook.names
    played = int(session.wanted.initiatives[:, 0].sum())
    lines = tuple(_lever(session, outlook, i, *steps) for i, steps in enumerate(expected.levers))
    cards = tuple(_initiative(session, outlook, i, variants) for i, variants in enumerate(expected.initiatives))
    used = {line.group for line in lines} | {line.group for line in cards}
    limit = names.tables.agenda.initiatives
    return Cabinet(
        date=quarter(outlook.date), turn_text=f"Turn {state.turn + 1} of {state.turns}", purse=purse(session, names),
        groups=tuple((group, *GROUPS[group]) for group in GROUPS if group in used), levers=lines, initiatives=cards,
        initiatives_text=f"{played} of {limit} initiative{'' if limit == 1 else 's'} this quarter")


def cabinet_expected(session) -> Expected:
    """Play all lever steps and initiatives side by side."""
    rules, state, names = session.rules, session.state, Names(session.scenario)
    still = replace(session.wanted, initiatives=np.zeros_like(session.wanted.initiatives), levers=np.array(
        [state.values[lever.row] for lever in rules.tables.levers]).reshape(session.wanted.levers.shape))
    variants = lever_steps(rules, state)
    levers, initiatives = [(2 * i, 2 * i + 1) for i in range(len(rules.tables.levers))], []
    for initiative in rules.tables.initiatives:
        group = outcomes(initiative.option)
        initiatives.append(tuple(range(len(variants), len(variants) + len(group))))
        variants += group
    rows = tuple(names.watched)
    found = preview(rules, state, base_of(rules, state, still), variants, list(rows), horizon_of(state))
    outlook = Outlook(names, found, rows, rules.tables.first_quarter + state.turn, state.turns - state.turn)
    return Expected(outlook, levers, initiatives)


def _lever(session, outlook: Outlook, i: int, down: int, up: int) -> LeverLine:
    names = outlook.names
    lever = names.tables.levers[i]
    doc, low, high = names.doc(lever.row), *_range(session.rules, lever.row)
    now, setting = float(session.state.values[lever.row, 0]), float(session.wanted.levers[i, 0])
    return LeverLine(
        index=i, group=doc.group, label=doc.label, note=doc.note, low=low, high=high, step=lever.step, now=now,
        setting=setting, now_text=names.shown(lever.row, now), setting_text=names.shown(lever.row, setting),
        cost_text=_lever_cost(names, i, now, setting),
        raise_effects=_step_lines(outlook, up), lower_effects=_step_lines(outlook, down),
        raise_refusal="Already at its highest setting." if setting >= high else
        refusal_sentence(names, session.refusal(("lever", i, setting + lever.step))),
        lower_refusal="Already at its lowest setting." if setting <= low else
        refusal_sentence(names, session.refusal(("lever", i, setting - lever.step))))


def _range(rules: Rules, row: int) -> tuple[float, float]:
    return float(rules.low[row, 0]), float(rules.high[row, 0])


def _step_lines(outlook: Outlook, variant: int) -> tuple[EffectLine, ...]:
    return option_lines(outlook, (variant,))


def _lever_cost(names: Names, i: int, now: float, setting: float) -> str:
    """"$14 m a quarter, $3 m once, 1 political capital" or "none"."""
    lever, cash = names.tables.levers[i], names.measure(names.tables.roles.cash)
    once, capital = lever_charge(lever, now, setting)
    parts = [f"{cash.short(lever.cost_per_turn * setting)} a quarter"] if lever.cost_per_turn * setting else []
    parts += [f"{cash.short(once)} once"] if once else []
    return ", ".join(parts + ([cost_text(names, 0.0, capital)] if capital else [])) or "none"


def _initiative(session, outlook: Outlook, i: int, variants: tuple[int, ...]) -> InitiativeLine:
    names = outlook.names
    doc, option = names.document.initiatives[i], names.tables.initiatives[i].option
    found = option_lines(outlook, variants)
    effects, smaller = strongest(found, SHOWN)
    return InitiativeLine(
        index=i, group=doc.group, title=doc.title, text=doc.text, capital=int(option.capital),
        cost_text=cost_text(names, option.cost, 0.0), odds_text=odds_text(session, option),
        likes=_sides(names, doc.for_), dislikes=_sides(names, doc.against), effects=effects, smaller=smaller,
        comes_back=comes_back(outlook, option, variants[0], -1, found),
        refusal=refusal_sentence(names, session.refusal(("initiative", i))),
        chosen=bool(session.wanted.initiatives[i, 0]), source=source_text(doc.source))


def _sides(names: Names, who: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((names.side(actor), names.actor(actor)) for actor in who)
