"""The cabinet: all levers and initiatives, what each is expected to do, and what the turn costs so far.

What each is expected to do is against "no lever moved, no initiative played, the cards as decided so far", so that it
does not change while levers are being moved.
"""

from __future__ import annotations

from dataclasses import replace

from game.engine.tables import Rules
from game.outlook.preview import lever_charge
from game.view.comes_back import comes_back
from game.view.decisions import cost_text, odds_text, purse
from game.view.effects import fans, option_lines
from game.view.foretelling import foretold
from game.view.lookahead import Ahead, ahead_text, cabinet_ahead, situation
from game.view.names import Names
from game.view.pages import Cabinet, EffectLine, InitiativeLine, LeverLine
from game.view.refusals import refusal_sentence
from game.view.sources import source_text
from game.view.words import quarter

SHOWN = 3  # effects of an initiative at first sight
FANS, PLAN_FANS = 1, 3  # fans of an initiative and of each way of a lever; of all decisions together
GROUPS = {"energy": ("Energy", "power"), "trade": ("Trade and transit", "trade"), "money": ("Money", "coin"),
          "defence": ("Defence", "defence"), "land": ("Land and people", "herds"), "abroad": ("Abroad", "relations")}


def cabinet_page(session, ahead: Ahead | None = None, plan: Ahead | None = None, wait: bool = True) -> Cabinet:
    """Levers and initiatives as they stand.

    `ahead`: what lookahead.cabinet_ahead made; it holds while no card's choice and no turn changes. Without it the
    page works it out, or leaves it out for now if it is not to `wait`. `plan`: what lookahead.plan_ahead made of the
    decisions as they stand; without it nothing is told of them together.
    """
    state, names = session.state, Names(session.scenario)
    if ahead is None and wait and not session.ended:
        ahead = cabinet_ahead(situation(session))
    played, steps = int(session.wanted.initiatives[:, 0].sum()), 2 * len(names.tables.levers)
    lines = tuple(_lever(session, names, ahead, i) for i in range(len(names.tables.levers)))
    cards = tuple(_initiative(session, names, ahead, i, steps + i) for i in range(len(names.tables.initiatives)))
    used = {line.group for line in lines} | {line.group for line in cards}
    limit = names.tables.agenda.initiatives
    together = option_lines(plan.outlook, plan.courses[0]) if plan else ()
    return Cabinet(
        date=quarter(names.tables.first_quarter + state.turn), turn_text=f"Turn {state.turn + 1} of {state.turns}",
        purse=purse(session, names),
        groups=tuple((group, *GROUPS[group]) for group in GROUPS if group in used), levers=lines, initiatives=cards,
        initiatives_text=f"{played} of {limit} initiative{'' if limit == 1 else 's'} this quarter",
        planned=plan is not None, plan=together,
        fans=fans(plan.outlook, plan.courses[0], together, PLAN_FANS) if plan else (),
        ahead="" if session.ended else ahead_text(ahead), looking=ahead is None and not session.ended)


def _lever(session, names: Names, ahead: Ahead | None, i: int) -> LeverLine:
    lever = names.tables.levers[i]
    doc, low, high = names.doc(lever.row), *_range(session.rules, lever.row)
    now, setting = float(session.state.values[lever.row, 0]), float(session.wanted.levers[i, 0])
    line = LeverLine(
        index=i, group=doc.group, label=doc.label, note=doc.note, low=low, high=high, step=lever.step, now=now,
        setting=setting, now_text=names.shown(lever.row, now), setting_text=names.shown(lever.row, setting),
        cost_text=_lever_cost(names, i, now, setting), raise_effects=(), lower_effects=(), raise_fans=(),
        lower_fans=(), raise_hope="", lower_hope="",
        raise_refusal="Already at its highest setting." if setting >= high else
        refusal_sentence(names, session.refusal(("lever", i, setting + lever.step))),
        lower_refusal="Already at its lowest setting." if setting <= low else
        refusal_sentence(names, session.refusal(("lever", i, setting - lever.step))))
    if ahead is None:
        return line
    down, up = ahead.courses[2 * i: 2 * i + 2]
    lowered, raised = (option_lines(ahead.outlook, course) for course in (down, up))
    return replace(line, raise_effects=raised, lower_effects=lowered, raise_hope=_hope(doc.up, raised),
                   lower_hope=_hope(doc.down, lowered), raise_fans=fans(ahead.outlook, up, raised, FANS),
                   lower_fans=fans(ahead.outlook, down, lowered, FANS))


def _hope(text: str, seen: tuple[EffectLine, ...]) -> str:
    """What a step is for, if nothing good of it is within sight: slow works would look like a mere bill."""
    return "" if any(effect.judgement == "better" for effect in seen) else text


def _range(rules: Rules, row: int) -> tuple[float, float]:
    return float(rules.low[row, 0]), float(rules.high[row, 0])


def _lever_cost(names: Names, i: int, now: float, setting: float) -> str:
    """"$14 m a quarter, $3 m once, 1 political capital" or "none"."""
    lever, cash = names.tables.levers[i], names.measure(names.tables.roles.cash)
    once, capital = lever_charge(lever, now, setting)
    parts = [f"{cash.short(lever.cost_per_turn * setting)} a quarter"] if lever.cost_per_turn * setting else []
    parts += [f"{cash.short(once)} once"] if once else []
    return ", ".join(parts + ([cost_text(names, 0.0, capital)] if capital else [])) or "none"


def _initiative(session, names: Names, ahead: Ahead | None, i: int, place: int) -> InitiativeLine:
    """`place`: where its course stands in `ahead`."""
    doc, option = names.document.initiatives[i], names.tables.initiatives[i].option
    line = InitiativeLine(
        index=i, group=doc.group, title=doc.title, text=doc.text, capital=int(option.capital),
        cost_text=cost_text(names, option.cost, 0.0), odds_text=odds_text(session, option),
        likes=_sides(names, doc.for_), dislikes=_sides(names, doc.against), effects=(), smaller=(), fans=(),
        comes_back=comes_back(names, session.state, option, -1),
        refusal=refusal_sentence(names, session.refusal(("initiative", i))),
        chosen=bool(session.wanted.initiatives[i, 0]), source=source_text(doc.source))
    return line if ahead is None else foretold(line, session.state, option, -1, ahead, place, SHOWN, FANS)


def _sides(names: Names, who: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((names.side(actor), names.actor(actor)) for actor in who)
