"""What a decision sets in motion beyond the numbers: follow-ups, promises, memory, and bills that come later."""

from __future__ import annotations

import numpy as np

from game.engine.expr import LEAVES, Node, rows_read
from game.engine.state import State
from game.engine.tables import ALWAYS, FLAG, Effect, Option
from game.view.conditions import condition
from game.view.names import Names, quoted
from game.view.pages import EffectLine
from game.view.words import MINUS, away, count, listed, quarter, short_number

EVERY_LEAF = frozenset(LEAVES)
MOST = 2  # lines of one option: attention is rationed
NAMED = 2  # actors that are listed; more are "several others"
ODDS_SHOWN = 0.03  # a change of a threat's odds by three points in a hundred is worth a word


def comes_back(names: Names, state: State, option: Option, own_card: int, lines: tuple[EffectLine, ...] = (),
               odds: np.ndarray | None = None) -> tuple[str, ...]:
    """Sentences for an option, won or lost; `own_card` (-1: none) is not counted as remembering itself.

    `lines` and `odds` (changes of the chances of announced cards [turns, cards]) are what a forecast says of it;
    without them only what is written is told. What would come after the planned end of the game is left out.
    """
    date, left = names.tables.first_quarter + state.turn, state.turns - state.turn
    landings = dict.fromkeys((option.landing, option.landing_failure))
    effects = [e for number in landings for e in names.tables.landings[number].effects if e.after < left]
    found = _promises(names, effects, date, left) + _capital(names, option, date, left) + _follows(names, effects, left)
    found += _taken_back(names, effects, lines, date)
    if left > 1:
        found += _remembered(names, effects, own_card)
    found += [] if odds is None else _odds(names, odds[: left - 1])
    return tuple(dict.fromkeys(found))[:MOST]


def _promises(names: Names, effects: list[Effect], date: int, left: int) -> list[str]:
    found = []
    for effect in effects:
        promise = names.tables.promises[effect.target] if effect.kind == "promise" else None
        if promise is not None and effect.after + promise.within < left:
            doc, turns = names.document.promises[effect.target], effect.after + promise.within
            to, kept_if = names.actor_inside(doc.to), names.lowered(condition(names, promise.kept_if))
            found.append(f"A promise to {to} falls due {away(turns)} ({quarter(date + turns)}): {doc.title}. "
                         f"Kept by: {kept_if}")
    return found


def _capital(names: Names, option: Option, date: int, left: int) -> list[str]:
    """What an option gives and takes of the player's own means besides its price, whether or not it works: political
    capital is no indicator, so that no forecast tells of it."""
    capital, income = names.tables.roles.capital, names.tables.roles.capital_income
    won, lost = (names.tables.landings[n].effects for n in (option.landing, option.landing_failure))
    found = []
    for effect in won:
        if effect.kind == "add" and effect.target in (capital, income) and effect.after < left and effect in lost:
            turns = left - effect.after if effect.length == ALWAYS else min(effect.length, left - effect.after)
            start = "" if effect.after == 0 else f"from {quarter(date + effect.after)} "
            when = f"a quarter {start}for {count(turns, 'quarter')}"
            if turns == 1:
                when = "this quarter" if effect.after == 0 else f"in {quarter(date + effect.after)}"
            found.append(f"{names.label(capital)} {'+' if effect.amount > 0.0 else MINUS}"
                         f"{short_number(abs(effect.amount))} {when}")
    return found


def _follows(names: Names, effects: list[Effect], left: int) -> list[str]:
    found = []
    for effect in effects:
        if effect.kind == "follow" and effect.after + 1 < left:
            sure = names.tables.cards[effect.target].when == ("number", 1.0)
            found.append(f"Something {'will' if sure else 'may'} follow {away(effect.after + 1)}")
    return found


def _taken_back(names: Names, effects: list[Effect], lines: tuple[EffectLine, ...], date: int) -> list[str]:
    """Effects that turn round later, on the indicators as foreseen or on any variable as written."""
    for first, later in zip(lines, lines[1:], strict=False):  # phases of an indicator stand together, in order of time
        if (first.indicator, first.given) == (later.indicator, later.given) and first.judgement == "better" \
                and later.judgement == "worse":
            return [f"What it gives now it takes back {later.when}: {names.lowered(first.label)}"]
    adds = [e for e in effects if e.kind == "add" and names.doc(e.target)
            and names.tables.variables[e.target].kind != FLAG]
    for first in adds:
        later = min((e.after for e in adds if e.target == first.target and e.after > first.after
                     and e.amount * first.amount < 0.0), default=None)
        if later is not None:
            now, then = ("Up", "down") if first.amount > 0.0 else ("Down", "up")
            return [f"{now} at first, {then} from {quarter(date + later)}: {names.inside(first.target)}"]
    return []


def _remembered(names: Names, effects: list[Effect], own_card: int) -> list[str]:
    """What is remembered, where anything reads it, and by whom if that is clear."""
    t, rows = names.tables, {e.target for e in effects if e.kind == "add"
                             and names.tables.variables[e.target].kind == FLAG}
    answering = dict.fromkeys(names.actor_inside(names.document.actors[m.actor].id) for m in t.moves
                              if _reads(rows, m.when, m.appeal, m.odds))
    answering |= dict.fromkeys(names.actor_inside(doc.to) for doc, promise in zip(
        names.document.promises, t.promises, strict=True) if _reads(rows, promise.kept_if))
    if answering:
        who = listed(list(answering)) if len(answering) <= NAMED else "several others"
        return [f"Remembered: {who} may come back to it"]
    if any(_reads(rows, card.when, card.odds, card.averted_if, *(choice.when for choice in card.choices))
           for c, card in enumerate(t.cards) if c != own_card):
        return ["Remembered: may come back as a card"]
    return ["Changes which initiatives are open"] if any(_reads(rows, i.option.when) for i in t.initiatives) else []


def _reads(rows: set[int], *nodes: Node | None) -> bool:
    return any(rows & set(_rows(node)) for node in nodes if node is not None)


def _rows(node: Node) -> list[int]:
    return [row for row in rows_read(node, EVERY_LEAF - {"turn", "quarter", "date"})]


def _odds(names: Names, changes: np.ndarray) -> list[str]:
    """Announced dangers that become likelier or less likely, the strongest two."""
    if not len(changes):
        return []
    peaks = [(float(change[abs(change).argmax()]), card) for card, change in enumerate(changes.T)]
    strongest = sorted(peaks, key=lambda peak: -abs(peak[0]))
    return [f"Makes {quoted(names.document.cards[card].title)} {'likelier' if change > 0 else 'less likely'}"
            for change, card in strongest[:2] if abs(change) >= ODDS_SHOWN]
