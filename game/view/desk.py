"""The desk: how things stand, what happened, what is coming, and which cards wait. Read next: figures.py.

Numbers stand as the quarter opens, with their change since the last desk. What is told of the last quarter is told
as in its report, from last day to last day.
"""

from __future__ import annotations

from game.view.alarms import warnings
from game.view.coming import coming
from game.view.decisions import card_heads, purse
from game.view.dispatches import dispatches
from game.view.figures import (
    Span,
    beyond,
    figures,
    gauges,
    judge,
    last_quarter,
    relations,
    sections,
    shown_before,
    shown_now,
    status,
)
from game.view.names import Names
from game.view.pages import CardHead, Coming, Desk, Dispatch, FlowLine
from game.view.words import capital_first, count, listed, quarter, season, sentence

FACTS = 3  # attention is rationed
NEAR = 2  # turns within which a limit is reached at the present pace
DISPATCHES = 40


def desk_page(session) -> Desk:
    """The whole desk of the current turn."""
    names, state = Names(session.scenario), session.state
    now, before, last = shown_now(session), shown_before(session), last_quarter(session)
    found, date = figures(names, now, before, last), names.tables.first_quarter + state.turn
    cards, ahead = card_heads(session, names), coming(names, session.rules, state)
    alarms = warnings(names, session.rules, state)
    return Desk(
        title=names.document.title, date=quarter(date), season=season(date),
        turn_text=f"Turn {min(state.turn + 1, state.turns)} of {state.turns}",
        bar=tuple(found[row] for row, indicator in names.indicators.items() if indicator.bar),
        sections=sections(names, found), gauges=gauges(names, now), relations=relations(names, now, before),
        briefing=briefing(names, now, last, alarms, ahead), warnings=alarms, dispatches=_dispatches(session, names),
        coming=ahead, flows=_flows(names, now), cards=cards, purse=purse(session, names), end_hint=_end_hint(cards))


def briefing(names: Names, now: dict[int, float], last: dict[int, Span], alarms: tuple[str, ...],
             ahead: tuple[Coming, ...]) -> tuple[str, ...]:
    """At most three facts: what is in crisis, what may end the game, what is near a limit, then the rest."""
    facts = [_in_crisis(names, now), *alarms, _near(names, now, last)]
    soon = [item for item in ahead if item.kind in ("promise", "payment", "election") and item.turns <= 1]
    facts += [f"{capital_first(item.when)}: {names.lowered(item.text)}"
              for item in (*(item for item in ahead if item.kind == "threat"), *soon)]
    facts += [_most_changed(names, last)] if last else [names.document.summary]
    return tuple(sentence(fact) for fact in dict.fromkeys(facts) if fact)[:FACTS]


def _in_crisis(names: Names, now: dict[int, float]) -> str:
    bad = [f"{names.inside(row)} at {names.measure(row).short(now[row])}" for row in names.indicators
           if status(names, row, now[row]) == "crisis"]
    return f"In crisis: {listed(bad)}" if bad else ""


def _near(names: Names, now: dict[int, float], last: dict[int, Span]) -> str:
    """What reaches its crisis level within two quarters at the pace of the last one."""
    near = []
    for row, indicator in names.indicators.items():
        before, after = last.get(row, (0.0, 0.0))
        ahead = now[row] + NEAR * (after - before)
        if last and status(names, row, now[row]) != "crisis" and beyond(names, row, ahead, indicator.crisis):
            near.append(f"{names.inside(row)} (now {names.measure(row).short(now[row])})")
    return f"Two more quarters like the last would bring a crisis: {listed(near)}" if near else ""


def _most_changed(names: Names, last: dict[int, Span]) -> str:
    """The indicator that moved most in the last quarter, measured by its own large change."""
    row = max((row for row in names.indicators if row in last), default=None,
              key=lambda r: abs(last[r][1] - last[r][0]) / names.indicators[r].large)
    if row is None or judge(names, row, *last[row]) == "same":
        return ""
    before, after = (names.measure(row).short(value) for value in last[row])
    return f"Last quarter: {names.inside(row)} went from {before} to {after}"


def _dispatches(session, names: Names) -> tuple[Dispatch, ...]:
    newest_first = [item for record in reversed(session.records) for item in reversed(dispatches(names, record))]
    return tuple(newest_first[:DISPATCHES])


def _flows(names: Names, now: dict[int, float]) -> tuple[FlowLine, ...]:
    found = []
    for flow in names.document.map.flows:
        row = names.scenario.row(flow.variable)
        width = min(max(now[row] / flow.full, 0.0), 1.0) if flow.full else 0.0
        label = flow.label or names.label(row)
        found.append(FlowLine(flow.id, flow.from_, flow.to, flow.side, width, label,
                              f"{label}: {names.measure(row).text(now[row])}"))
    return tuple(found)


def _end_hint(cards: tuple[CardHead, ...]) -> str:
    left = sum(not card.decided for card in cards)
    return f"{capital_first(count(left, 'card'))} will take {'its' if left == 1 else 'their'} default" if left else ""
