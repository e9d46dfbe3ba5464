"""What is on its way: threats and what averts them, promises due, dates, effects decided earlier, odds."""

from __future__ import annotations

import re

from game.engine.expr import Node
from game.engine.formulas import Reading
from game.engine.state import NONE, State
from game.engine.tables import CHANCE, FLAG, SCHEDULED, Effect, Rules
from game.view.conditions import condition
from game.view.names import Names, quoted
from game.view.pages import Coming
from game.view.words import away, capital_first, chance_words, listed, percent, sentence

DATES_AHEAD = 4  # quarters
EFFECTS_SHOWN = 8  # the heaviest
ODDS_SHOWN = 3  # chance cards
ODDS_LEAST = 0.03  # below this a chance is not worth a place on the desk


def coming(names: Names, rules: Rules, state: State) -> tuple[Coming, ...]:
    """Everything announced that comes before the planned end, soonest first; () when the game is over."""
    if not state.running[0]:
        return ()
    found = (*_threats(names, state), *_promises(names, state), *_dates(names, rules, state),
             *_effects(names, state), *_odds(names, rules, state))
    left = state.turns - state.turn
    return tuple(sorted((item for item in found if item.turns < left), key=lambda item: item.turns))


def _threats(names: Names, state: State) -> list[Coming]:
    found = []
    for c, doc in enumerate(names.document.cards):
        if state.threat_due[c, 0] != NONE:
            turns = int(state.threat_due[c, 0]) - state.turn
            text, averted_if = sentence(doc.threat or doc.title), names.tables.cards[c].averted_if
            remedy = condition(names, averted_if) if averted_if is not None else ""
            if remedy and not _says(text, remedy):
                text += f" {capital_first(remedy)} would avert it."
            found.append(Coming("threat", turns, away(turns), text))
    return found


def _says(text: str, remedy: str) -> bool:
    """Whether an author's warning already gives the figures of what averts it."""
    figures = re.findall(r"\d+", remedy)
    return bool(figures) and set(figures) <= set(re.findall(r"\d+", text))


def _promises(names: Names, state: State) -> list[Coming]:
    found = []
    for p, doc in enumerate(names.document.promises):
        if state.promised[p, 0] != NONE:
            turns = int(state.promised[p, 0]) - state.turn
            to, kept_if = names.actor_inside(doc.to), condition(names, names.tables.promises[p].kept_if)
            text = f"Promise to {to}, {quoted(doc.title)}. Kept by: {names.lowered(kept_if)}."
            found.append(Coming("promise", turns, away(turns), text))
    return found


def _dates(names: Names, rules: Rules, state: State) -> list[Coming]:
    """Dated cards that would come in the next quarters if all else stays as it is."""
    found = []
    for c, card in enumerate(names.tables.cards):
        if card.mode != SCHEDULED or not _has_date(card.when) or state.waiting[c, 0] != NONE:
            continue
        held = Reading(rules, state.values, state.past, state.turn).holds(card.when)[0]
        for ahead in range(1, DATES_AHEAD + 1):
            later = Reading(rules, state.values, state.past, state.turn + ahead)
            if not held and later.holds(card.when)[0] and state.turn + ahead - state.shown[c, 0] >= card.cooldown:
                doc = names.document.cards[c]
                kind = "election" if "election" in doc.tags else "date"
                found.append(Coming(kind, ahead, away(ahead), doc.title))
                break
    return found


def _has_date(node: Node) -> bool:
    return node[0] == "date" or any(_has_date(part) for part in node[1:]
                                    if isinstance(part, tuple) and part and isinstance(part[0], str))


def _effects(names: Names, state: State) -> list[Coming]:
    """Effects of earlier turns that have not begun to land, grouped by cause and quarter."""
    groups: dict[tuple[int, int], list[Effect]] = {}
    for decided in range(state.turn):
        for number in state.landed[decided][:, 0]:
            for effect in names.tables.landings[number].effects:
                turns = decided + effect.after - state.turn
                if turns >= 0 and effect.after > 0 and effect.kind == "add" and names.doc(effect.target):
                    groups.setdefault((effect.cause, turns), []).append(effect)
    heaviest = sorted(groups.items(), key=lambda group: -sum(_weight(names, effect) for effect in group[1]))
    return [_effect(names, cause, turns, effects) for (cause, turns), effects in heaviest[:EFFECTS_SHOWN]]


def _weight(names: Names, effect: Effect) -> float:
    """How large an effect is, as a part of its variable's range (its large change for an indicator)."""
    variable, watched = names.tables.variables[effect.target], names.watched.get(effect.target)
    return abs(effect.amount) * max(effect.length, 1) / (watched.large if watched else variable.high - variable.low)


def _effect(names: Names, cause: int, turns: int, effects: list[Effect]) -> Coming:
    cash, title = names.tables.roles.cash, capital_first(names.because(cause))
    if all(e.target == cash and e.amount < 0.0 for e in effects):
        due = names.measure(cash).short(-sum(e.amount for e in effects))
        return Coming("payment", turns, away(turns), f"{title}: {due} to pay")
    parts = dict.fromkeys(_direction(names, e) for e in effects)
    return Coming("effect", turns, away(turns), f"{title}: {listed(list(parts))}")


def _direction(names: Names, effect: Effect) -> str:
    label = names.inside(effect.target)
    if names.tables.variables[effect.target].kind == FLAG:
        return label if effect.amount > 0.0 else f"no longer {label}"
    return f"{label} {'up' if effect.amount > 0.0 else 'down'}"


def _odds(names: Names, rules: Rules, state: State) -> list[Coming]:
    """The highest chances of what may strike next quarter, as things stand."""
    reading, found = Reading(rules, state.values, state.past, state.turn), []
    for c, card in enumerate(names.tables.cards):
        resting = state.turn + 1 - state.shown[c, 0] < card.cooldown
        busy = state.threat_due[c, 0] != NONE or state.waiting[c, 0] != NONE or c in state.agenda[:, 0]
        if card.mode != CHANCE or card.odds is None or resting or busy or not reading.holds(card.when)[0]:
            continue
        odds = min(max(float(reading.number(card.odds)[0]), 0.0), 1.0)
        if odds >= ODDS_LEAST:
            found.append((odds, names.document.cards[c].title))
    strongest = sorted(found, key=lambda pair: -pair[0])[:ODDS_SHOWN]
    return [Coming("odds", 1, away(1), f"{title}: {percent(odds)}, {chance_words(odds)}", odds)
            for odds, title in strongest]
