"""The decisions of a turn in words: what is committed and what it costs, what was decided."""

from __future__ import annotations

from game.engine.decisions import Decisions, Settled, lever_price, settle
from game.engine.state import NONE, State
from game.engine.tables import Option
from game.engine.turn import reading_of
from game.view.names import Names
from game.view.pages import CardHead, Purse
from game.view.words import percent, plain


def cost_text(names: Names, cash: float, capital: float) -> str:
    """"$45 m, 1 political capital"; "" when free."""
    parts = [names.measure(names.tables.roles.cash).short(cash)] if cash else []
    if capital:
        parts.append(f"{plain(capital)} political capital")
    return ", ".join(parts)


def odds_text(session, option: Option) -> str:
    """"works with 60 %"; "" without a gamble."""
    if option.odds is None:
        return ""
    odds = float(reading_of(session.rules, session.state).number(option.odds)[0])
    return f"works with {percent(min(max(odds, 0.0), 1.0))}"


def purse(session, names: Names) -> Purse:
    """What is committed this turn, and what is left."""
    state, roles, cash = session.state, names.tables.roles, names.measure(names.tables.roles.cash)
    settled = settle(session.rules, state, session.options, session.wanted)
    owned = int(state.values[roles.capital, 0] + 1e-9)
    committed = int(settled.capital[0] + 0.5)
    treasury = float(state.values[roles.cash, 0])
    return Purse(
        cash_text=cash.short(treasury), cash_after_text=cash.short(treasury - float(settled.cash[0])),
        capital=owned, capital_committed=committed,
        capital_text=f"{max(owned - committed, 0)} left of {owned}; {committed} committed",
        lines=tuple((what, cost) for what, cost in _committed(names, state, settled) if cost))


def _committed(names: Names, state: State, settled: Settled) -> list[tuple[str, str]]:
    """(what, cost) of every decision that is settled."""
    found = []
    for card, choice in zip(state.agenda[:, 0], settled.choices[:, 0], strict=True):
        if card != NONE:
            option = names.tables.cards[card].choices[choice]
            label = names.document.cards[card].choices[choice].label
            found.append((label, cost_text(names, option.cost, option.capital)))
    for i, lever in enumerate(names.tables.levers):
        price = lever_price(lever, state.values[lever.row], settled.levers[i])
        if settled.levers[i, 0] != state.values[lever.row, 0]:
            found.append((lever_text(names, i, float(settled.levers[i, 0])),
                          cost_text(names, float(price[0][0]), float(price[1][0]))))
    for i, played in enumerate(settled.initiatives[:, 0]):
        if played:
            option = names.tables.initiatives[i].option
            found.append((names.document.initiatives[i].title, cost_text(names, option.cost, option.capital)))
    return found


def lever_text(names: Names, lever: int, setting: float) -> str:
    """"Fuel reserve wanted: 30 days"."""
    row = names.tables.levers[lever].row
    return f"{names.label(row)}: {names.shown(row, setting)}"


def titled(title: str, text: str) -> str:
    """"Title: text", without a colon after a question."""
    return f"{title} {text}" if title.endswith(("?", "!")) else f"{title}: {text}"


def card_heads(session, names: Names) -> tuple[CardHead, ...]:
    """The cards on the desk, with what is chosen so far."""
    heads = []
    for place, card in enumerate(session.state.agenda[:, 0]):
        if card == NONE:
            continue
        doc, choice = names.document.cards[card], int(session.wanted.choices[place, 0])
        heads.append(CardHead(place, doc.title, doc.picture or "", doc.choices[choice].label if choice != NONE else ""))
    return tuple(heads)


def decided(names: Names, opened: State, settled: Settled, wanted: Decisions) -> tuple[str, ...]:
    """What was decided in a turn, in words; a card left open says that it took its default."""
    found = []
    for place, card in enumerate(opened.agenda[:, 0]):
        if card != NONE:
            doc = names.document.cards[card]
            left = "" if wanted.choices[place, 0] != NONE else " (left open, so the default was taken)"
            found.append(titled(doc.title, f"{doc.choices[settled.choices[place, 0]].label}{left}"))
    for i, lever in enumerate(names.tables.levers):
        before, after = float(opened.values[lever.row, 0]), float(settled.levers[i, 0])
        if before != after:
            found.append(f"{names.label(lever.row)}: from {names.shown(lever.row, before)} "
                         f"to {names.shown(lever.row, after)}")
    return (*found, *(names.document.initiatives[i].title for i, on in enumerate(settled.initiatives[:, 0]) if on))
