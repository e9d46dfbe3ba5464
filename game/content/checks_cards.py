"""Are cards, initiatives, moves, promises and their effects right? Read next: checks_goals.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from game.content.checks_model import KEBAB_HINT, is_kebab
from game.content.document import CardDoc, Document, EffectDoc, UnmetDoc, VariableDoc
from game.content.findings import Findings, did_you_mean
from game.content.items import Item
from game.content.sites import Formulas, Path, at, options
from game.engine.expr import Node, rows_read

MODES = ("chance", "weight", "scheduled", "follow")
DATED = ("ge", "gt", "eq")


def check_card_modes(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    for i, card in enumerate(document.cards):
        given = [mode for mode in MODES if getattr(card, mode) not in (None, False)]
        if len(given) != 1:
            findings.add(at(top, "cards", i, "id"), "card-mode",
                         f"`{card.id}` has {' and '.join(given) if given else 'none of the four ways to appear'}",
                         "give exactly one: chance (odds a turn), weight (competes), scheduled: true, follow: true")
        _check_threat(card, at(top, "cards", i), findings)
    for section in ("cards", "initiatives"):
        for i, thing in enumerate(getattr(document, section)):
            if thing.once and thing.cooldown is not None:
                findings.add(at(top, section, i, "cooldown"), "once-and-cooldown",
                             "what comes once needs no cooldown", "keep one of the two")


def _check_threat(card: CardDoc, item: Item, findings: Findings) -> None:
    if card.announce and card.chance is None:
        findings.add(at(item, "announce"), "card-threat", "only cards with `chance` can be announced", "")
    elif card.announce and not card.threat:
        findings.add(at(item, "announce"), "card-threat", "an announced card needs a threat",
                     "threat: one sentence that is shown while it looms")
    elif not card.announce and (card.averted_if is not None or card.threat):
        key = "averted_if" if card.averted_if is not None else "threat"
        findings.add(at(item, key).key, "card-threat", f"`{key}` is for announced cards", "announce: 2")


def check_choices(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    for i, card in enumerate(document.cards):
        place = at(top, "cards", i, "choices")
        if not 3 <= len(card.choices) <= 5:
            findings.add(place.key, "card-choices", f"`{card.id}` has {len(card.choices)} choices", "three to five")
        defaults = [j for j, choice in enumerate(card.choices) if choice.default]
        if len(defaults) != 1:
            findings.add(place.key, "card-default", f"`{card.id}` has {len(defaults)} default choices",
                         "mark one choice with `default: true`: what happens if nobody decides")
        for j in defaults:
            for key in ("cost", "capital", "when"):
                if getattr(card.choices[j], key):
                    findings.add(at(place, j, key).key, "card-default", f"the default choice may not have `{key}`",
                                 "it must be possible whatever happens")
        seen: set[str] = set()
        for j, choice in enumerate(card.choices):
            _check_choice_id(choice.id, at(place, j, "id"), seen, findings)


def _check_choice_id(name: str, place: Item, seen: set[str], findings: Findings) -> None:
    if not is_kebab(name):
        findings.add(place, "id-form", f"`{name[:60]}` is not an id", KEBAB_HINT)
    if name in seen:
        findings.add(place, "duplicate-id", f"the card already has a choice `{name[:60]}`",
                     "each choice has its own id")
    seen.add(name)


def check_gambles(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    for path, option in options(document):
        place = at(top, *path)
        if option.odds is not None and not (option.success or option.failure):
            findings.add(at(place, "odds").key, "gamble", "odds of what?", "give success, failure or both")
        if option.odds is None and (option.success or option.failure):
            key = "success" if option.success else "failure"
            findings.add(at(place, key).key, "gamble", f"`{key}` without odds", "odds: 0.5, or put it under effects")


def check_dated(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    for i, card in enumerate(document.cards):
        node = formulas.node("cards", i, "when")
        if node is None or not card.scheduled or not _has_date(node):
            continue
        if not card.once:
            findings.add(at(top, "cards", i, "when"), "dated-not-once",
                         f"`{card.id}` would come again after its cooldown", "once: true")
        if card.claim == "fact" and not any(choice.history for choice in card.choices):
            findings.add(at(top, "cards", i, "choices").key, "history-missing",
                         f"`{card.id}` does not say what history did", "mark a choice with history: true")


def _has_date(node: Node) -> bool:
    if node[0] in DATED and ("date",) in node[1:]:
        return True
    return any(_has_date(part) for part in node[1:] if isinstance(part, tuple) and part and isinstance(part[0], str))


# --- effects

def effect_lists(document: Document) -> Iterator[tuple[Path, tuple[EffectDoc, ...]]]:
    """All lists of effects and where they stand."""
    owners: list[tuple[Path, Any, tuple[str, ...]]] = [
        (("cards", i), card, ("effects",)) for i, card in enumerate(document.cards)
    ]
    owners += [(path, option, ("effects", "success", "failure")) for path, option in options(document)]
    owners += [(("moves", i), move, ("effects",)) for i, move in enumerate(document.moves)]
    owners += [(("promises", i), promise, ("kept", "broken")) for i, promise in enumerate(document.promises)]
    for path, owner, keys in owners:
        for key in keys:
            yield (*path, key), getattr(owner, key)


def check_effects(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    ghosts = formulas.scope.ghosts
    cards, promises = {card.id for card in document.cards}, {promise.id for promise in document.promises}
    for path, effects in effect_lists(document):
        for k, effect in enumerate(effects):
            place = at(top, *path, k)
            if not _check_effect_shape(effect, place, findings):
                continue
            if effect.follow is not None:
                _known(effect.follow, cards, ghosts, at(place, "follow"), "card", findings)
            elif effect.promise is not None:
                _known(effect.promise, promises, ghosts, at(place, "promise"), "promise", findings)
            elif _known(effect.to, document.variables, ghosts, at(place, "to"), "variable", findings):
                _check_target(effect, document.variables[effect.to], place, findings)


def _known(name: str, known: Iterable[str], ghosts: set[str], place: Item, what: str, findings: Findings) -> bool:
    if name in known:
        return True
    if name not in ghosts:
        findings.add(place, "unknown-reference", f"there is no {what} `{name[:60]}`", did_you_mean(name, known))
    return False


def _check_effect_shape(effect: EffectDoc, place: Item, findings: Findings) -> bool:
    verbs = [v for v, value in (("add", effect.add), ("set", effect.set_), ("follow", effect.follow),
                                ("promise", effect.promise)) if value is not None]
    problem = hint = ""
    if len(verbs) != 1:
        problem = f"an effect has {' and '.join(verbs) if verbs else 'nothing to do'}"
        hint = "exactly one of add, set, follow, promise"
    elif verbs[0] in ("add", "set") and effect.to is None:
        problem, hint = f"`{verbs[0]}` to what?", f"{{{verbs[0]}: 1, to: id_of_a_variable}}"
    elif verbs[0] in ("follow", "promise") and effect.to is not None:
        problem, hint = f"`{verbs[0]}` has no `to`", "leave `to` out"
    elif verbs[0] != "add" and effect.for_ != 1:
        problem, hint = "`for` repeats only `add`", "leave `for` out"
    elif verbs[0] == "follow" and effect.after < 1:
        problem, hint = "a card can follow next turn at the earliest", "after: 1, or more"
    if problem:
        findings.add(place, "effect-shape", problem, hint)
    return not problem


def _check_target(effect: EffectDoc, target: VariableDoc, place: Item, findings: Findings) -> None:
    kind, problem, hint = target.kind, "", ""
    if effect.set_ is not None and kind != "flag":
        problem, hint = f"`set` is for flags; `{effect.to}` is a {kind}", "use add"
    elif effect.add is not None and kind == "flag":
        problem, hint = f"`{effect.to}` is a flag", f"{{set: 1, to: {effect.to}}}"
    elif kind == "parameter":
        problem = f"`{effect.to}` is a parameter and never changes"
        hint = "make an auxiliary that reads it, and add to that"
    elif isinstance(target, UnmetDoc):
        problem, hint = f"`{effect.to}` only sums demands", "meet the demand, or change its `when` or `met_if`"
    elif kind == "lever":
        problem, hint = f"`{effect.to}` is a lever, which only the player sets", "add to what the lever acts on"
    elif effect.for_ == "always" and kind not in ("auxiliary", "driver"):
        problem, hint = f"`for: always` would never stop changing the {kind} `{effect.to}`", "give a number of turns"
    if problem:
        findings.add(at(place, "to"), "effect-target", problem, hint)


def check_flags_and_follows(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    """Flags set but never read, or read but never set; cards that wait for a follow that nobody gives."""
    effects = [effect for _, found in effect_lists(document) for effect in found]
    written = {effect.to for effect in effects if effect.set_ is not None}
    leaves = frozenset({"now", "last", "year_ago", "year_sum", "year_mean"})
    read = {row for part in formulas.parts.values() for row in rows_read(part.node, leaves)}
    for row, (name, variable) in enumerate(document.variables.items()):
        if variable.kind != "flag":
            continue
        place = at(top, "variables", name).key
        if name in written and row not in read:
            findings.add(place, "flag-unused", f"`{name}` is set but nothing reads it",
                         "read it in a `when`, or remove it")
        elif row in read and name not in written:
            findings.add(place, "flag-never-set", f"`{name}` is read but nothing sets it", f"{{set: 1, to: {name}}}")
    followed = {effect.follow for effect in effects}
    for i, card in enumerate(document.cards):
        if card.follow and card.id not in followed:
            findings.add(at(top, "cards", i, "id"), "card-never", f"nothing is followed by `{card.id}`",
                         f"{{follow: {card.id}, after: 2}}")


def check_people(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    """Actors: who they are, what they read, and whose moves can be made."""
    actors = {actor.id: actor for actor in document.actors}
    ghosts = formulas.scope.ghosts
    _known(document.player, actors, ghosts, at(top, "player"), "actor", findings)
    for i, actor in enumerate(document.actors):
        for key in ("relations", "leverage", "memory"):
            if getattr(actor, key) is not None:
                _known(getattr(actor, key), document.variables, ghosts, at(top, "actors", i, key), "variable", findings)
    for i, move in enumerate(document.moves):
        known = _known(move.actor, actors, ghosts, at(top, "moves", i, "actor"), "actor", findings)
        if known and actors[move.actor].attention == 0:
            findings.add(at(top, "moves", i, "actor"), "actor-never-moves", f"`{move.actor}` has attention 0",
                         "attention: 1 in actors.yaml")
