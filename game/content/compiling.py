"""Document and formulas -> Tables for the engine. Called only when there is no error, so it checks nothing.

Rows are the variables in file order, then hidden ones: what `unmet` reads, and a flag for each thing that
`chosen`, `played` or `made` asks about (an automatic effect sets it). Read next: engine/tables.py.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

from game.content.checks_model import YEARLY
from game.content.compiled import VerdictNodes
from game.content.demands import unbarred_nodes
from game.content.document import (
    MAX_TURNS,
    AuxiliaryDoc,
    CardDoc,
    ChoiceDoc,
    Document,
    DriverDoc,
    EffectDoc,
    FlagDoc,
    InitiativeDoc,
    LeverDoc,
    ParameterDoc,
    StockDoc,
    VariableDoc,
)
from game.content.expressions import quarter_number
from game.content.sites import Formulas, Path
from game.engine import tables as t
from game.engine.expr import Node, rows_read

ALWAYS_TRUE: Node = ("number", 1.0)
COOLDOWN = 4  # turns, where an author gives none
UNBOUNDED = 1e15  # beyond any number that a scenario may hold; finite, so that the tables are plain JSON
KINDS = {"stock": t.STOCK, "auxiliary": t.AUXILIARY, "driver": t.DRIVER, "lever": t.LEVER,
         "parameter": t.PARAMETER, "flag": t.FLAG}


@dataclass
class _Build:
    """What is being collected: landings, and the texts of causes, each once."""

    document: Document
    formulas: Formulas
    rows: dict[str, int]
    cards: dict[str, int]
    promises: dict[str, int]
    unbarred: dict[str, Node]  # see demands.py
    landings: list[t.Landing] = field(default_factory=lambda: [t.Landing(("none",), ())])
    causes: dict[str, int] = field(default_factory=dict)

    def cause(self, text: str) -> int:
        return self.causes.setdefault(text, len(self.causes))

    def effect(self, effect: EffectDoc, default_cause: str) -> t.Effect:
        cause = self.cause(effect.because or default_cause)
        if effect.follow is not None:
            # called in the resolution of the turn before, so that the agenda of turn t + after shows it
            return t.Effect("follow", self.cards[effect.follow], 1.0, effect.after - 1, 1, cause)
        if effect.promise is not None:
            return t.Effect("promise", self.promises[effect.promise], 1.0, effect.after, 1, cause)
        if effect.set_ is not None:
            return t.Effect("add", self.rows[effect.to], 1.0 if effect.set_ else -1.0, effect.after, 1, cause)
        length = t.ALWAYS if effect.for_ == "always" else effect.for_
        return t.Effect("add", self.rows[effect.to], float(effect.add), effect.after, length, cause)

    def effects(self, effects: Iterable[EffectDoc], default_cause: str) -> tuple[t.Effect, ...]:
        return tuple(self.effect(effect, default_cause) for effect in effects)

    def record(self, verb: str, name: str, cause: str) -> tuple[t.Effect, ...]:
        """The effect that remembers what happened, if any formula asks."""
        row = self.formulas.scope.hidden.get((verb, name))
        return () if row is None else (t.Effect("add", row, 1.0, 0, 1, self.cause(cause)),)

    def landing(self, origin: tuple, effects: tuple[t.Effect, ...]) -> int:
        if not effects:
            return 0
        self.landings.append(t.Landing(origin, effects))
        return len(self.landings) - 1


def compile_verdict(document: Document, formulas: Formulas) -> VerdictNodes:
    """The conditions of the verdict's texts; they are no part of the rules."""
    def nodes(part: str, count: int) -> tuple[Node | None, ...]:
        return tuple(formulas.node("verdict", part, i, "when") for i in range(count))
    return VerdictNodes(nodes("titles", len(document.verdict.titles)),
                        nodes("sentences", len(document.verdict.sentences)))


def compile_tables(document: Document, formulas: Formulas) -> tuple[t.Tables, tuple[str, ...]]:
    """The tables, and the texts of causes by their index."""
    rows = {name: row for row, name in enumerate(document.variables)}
    build = _Build(document, formulas, rows, {card.id: i for i, card in enumerate(document.cards)},
                   {promise.id: i for i, promise in enumerate(document.promises)}, unbarred_nodes(document, formulas))
    first = quarter_number(document.start) or 0
    actors = {actor.id: i for i, actor in enumerate(document.actors)}
    roles, agenda = document.roles, document.agenda
    tables = t.Tables(
        first_quarter=first,
        variables=(*[_variable(name, v, build, first) for name, v in document.variables.items()], *_hidden(formulas)),
        order=_order(document, formulas),
        stocks=tuple(_stock(name, v, build) for name, v in document.variables.items() if isinstance(v, StockDoc)),
        levers=tuple(t.Lever(rows[name], v.step, v.capital, v.cost_once, v.cost_per_turn)
                     for name, v in document.variables.items() if isinstance(v, LeverDoc)),
        cards=tuple(_card(i, card, build) for i, card in enumerate(document.cards)),
        initiatives=tuple(_initiative(i, initiative, build) for i, initiative in enumerate(document.initiatives)),
        actors=tuple(t.Actor(actor.id, actor.attention, actor.temper) for actor in document.actors),
        moves=tuple(_move(i, build, actors) for i in range(len(document.moves))),
        promises=tuple(_promise(i, build) for i in range(len(document.promises))),
        landings=tuple(build.landings),  # after everything that lands
        endings=tuple(_ending(i, build) for i in range(len(document.endings))),
        goals=tuple(formulas.node("goals", i, "is") or ALWAYS_TRUE for i in range(len(document.goals))),
        roles=t.Roles(rows[roles.cash], rows[roles.credit], rows[roles.capital], rows[roles.capital_income]),
        agenda=t.Agenda(agenda.places, agenda.initiatives, agenda.quiet),
    )
    return tables, tuple(build.causes)


# --- variables

def _four(start: float | tuple[float, ...] | None) -> tuple[float, float, float, float] | None:
    return start if isinstance(start, tuple) or start is None else (start, start, start, start)


def _variable(name: str, doc: VariableDoc, build: _Build, first: int) -> t.Variable:
    kind = KINDS[doc.kind]
    if isinstance(doc, FlagDoc):
        return t.Variable(name, kind, 0.0, 1.0, _four(float(doc.start)))
    if isinstance(doc, ParameterDoc):
        low, high = doc.range or (-UNBOUNDED, UNBOUNDED)  # a difficulty or a test may set any value
        return t.Variable(name, kind, low, high, _four(doc.value))
    return t.Variable(
        name, kind, *doc.range, _four(doc.start),
        formula=build.formulas.node("variables", name, "is"),
        closing=isinstance(doc, AuxiliaryDoc) and doc.annual == "end",
        path=path_values(doc.path, first) if isinstance(doc, DriverDoc) and doc.path else (),
    )


def path_values(path: dict[str, float], first: int) -> tuple[float, ...]:
    """A value for each turn from quarter `first`: straight lines between given quarters, flat outside."""
    points = sorted((quarter_number(text) or 0, value) for text, value in path.items())
    values = []
    for quarter in range(first, first + MAX_TURNS):
        before = [point for point in points if point[0] <= quarter]
        after = [point for point in points if point[0] >= quarter]
        if not before or not after:
            values.append((before or after)[-1 if before else 0][1])
            continue
        (q0, v0), (q1, v1) = before[-1], after[0]
        values.append(v0 if q0 == q1 else v0 + (v1 - v0) * (quarter - q0) / (q1 - q0))
    return tuple(float(value) for value in values)


def _hidden(formulas: Formulas) -> list[t.Variable]:
    nothing = (0.0, 0.0, 0.0, 0.0)
    return [
        t.Variable(f"{verb}({name})", t.UNMET, -UNBOUNDED, UNBOUNDED, nothing) if verb == "unmet"
        else t.Variable(f"{verb}({name})", t.FLAG, 0.0, 1.0, nothing)
        for verb, name in formulas.scope.hidden
    ]


def _stock(name: str, doc: StockDoc, build: _Build) -> t.Stock:
    flows = []
    for flow in doc.flows:
        part = build.formulas.parts["variables", name, "flows", flow]
        scale = 0.25 if doc.unit and part.unit == doc.unit.strip() + YEARLY else 1.0
        flows.append(t.Flow(flow, part.node, scale, build.formulas.scope.hidden.get(("unmet", f"{name}.{flow}"), -1)))
    return t.Stock(build.rows[name], tuple(flows), doc.physical)


def _order(document: Document, formulas: Formulas) -> tuple[int, ...]:
    """Drivers in file order, then auxiliaries so that each comes after what it reads; ties by file order."""
    docs = list(document.variables.items())
    drivers = [row for row, (_, v) in enumerate(docs) if isinstance(v, DriverDoc)]
    auxiliaries = {row for row, (_, v) in enumerate(docs) if isinstance(v, AuxiliaryDoc)}
    needs = {row: {r for r in rows_read(formulas.node("variables", docs[row][0], "is")) if r in auxiliaries}
             for row in auxiliaries}
    waiting = {row: len(needs[row]) for row in auxiliaries}
    needed_by: dict[int, list[int]] = {}
    for row in sorted(auxiliaries):
        for need in needs[row]:
            needed_by.setdefault(need, []).append(row)
    ready = sorted(row for row in auxiliaries if not waiting[row])
    order = []
    while ready:
        row = heapq.heappop(ready)
        order.append(row)
        for other in needed_by.get(row, ()):
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(ready, other)
    return (*drivers, *order)


# --- what happens

def _option(path: Path, doc: ChoiceDoc | InitiativeDoc, name: str, origin: tuple, before: tuple[t.Effect, ...],
            cause: str, build: _Build) -> t.Option:
    """`name` as `chosen` and `played` call it."""
    effects = before + build.effects(doc.effects, cause)
    odds = build.formulas.node(*path, "odds")
    landing = build.landing(origin, effects + build.effects(doc.success, cause))
    failure = landing if odds is None else \
        build.landing((*origin, "failure"), effects + build.effects(doc.failure, cause))
    conditions = [node for node in (build.formulas.node(*path, "when"), build.unbarred.get(name)) if node is not None]
    when = ("and", *conditions) if len(conditions) == 2 else conditions[0] if conditions else None
    return t.Option(doc.id, when, doc.cost, doc.capital, odds, landing, failure)


def _card(i: int, card: CardDoc, build: _Build) -> t.Card:
    node = build.formulas.node
    groups = list(dict.fromkeys(c.group for c in build.document.cards if c.group is not None))
    mode = t.SCHEDULED if card.scheduled else t.FOLLOW if card.follow else \
        t.CHANCE if card.chance is not None else t.WEIGHT
    choices = []
    for j, choice in enumerate(card.choices):
        before = build.effects(card.effects, card.title)
        name = f"{card.id}/{choice.id}"
        before += build.record("chosen", name, choice.label)
        choices.append(_option(("cards", i, "choices", j), choice, name, ("card", i, j), before, choice.label, build))
    return t.Card(
        card.id, mode, node("cards", i, "when") or ALWAYS_TRUE,
        odds=node("cards", i, "chance") if mode == t.CHANCE else node("cards", i, "weight"),
        announce=card.announce,
        averted_if=node("cards", i, "averted_if"),
        patience=build.document.agenda.patience,
        cooldown=_cooldown(card),
        group=groups.index(card.group) if card.group is not None else t.NONE_GROUP,
        default=next(j for j, choice in enumerate(card.choices) if choice.default),
        choices=tuple(choices),
    )


def _cooldown(doc: CardDoc | InitiativeDoc) -> int:
    return t.NEVER if doc.once else COOLDOWN if doc.cooldown is None else doc.cooldown


def _initiative(i: int, doc: InitiativeDoc, build: _Build) -> t.Initiative:
    before = build.record("played", doc.id, doc.title)
    option = _option(("initiatives", i), doc, doc.id, ("initiative", i), before, doc.title, build)
    return t.Initiative(option, _cooldown(doc))


def _move(i: int, build: _Build, actors: dict[str, int]) -> t.Move:
    doc, node = build.document.moves[i], build.formulas.node
    effects = build.record("made", doc.id, doc.title) + build.effects(doc.effects, doc.title)
    return t.Move(
        doc.id, actors[doc.actor], node("moves", i, "when") or ALWAYS_TRUE, node("moves", i, "appeal") or ALWAYS_TRUE,
        node("moves", i, "odds"), COOLDOWN if doc.cooldown is None else doc.cooldown,
        build.landing(("move", i), effects),
    )


def _promise(i: int, build: _Build) -> t.Promise:
    doc = build.document.promises[i]
    kept = build.landing(("kept", i), build.effects(doc.kept, doc.title))
    broken = build.landing(("broken", i), build.effects(doc.broken, doc.title))
    return t.Promise(doc.id, doc.within, build.formulas.node("promises", i, "kept_if") or ALWAYS_TRUE, kept, broken)


def _ending(i: int, build: _Build) -> t.Ending:
    doc = build.document.endings[i]
    return t.Ending(doc.id, t.DEFEAT if doc.kind == "defeat" else t.FINISH,
                    build.formulas.node("endings", i, "when") or ALWAYS_TRUE, doc.for_turns,
                    build.formulas.node("endings", i, "warn_when"))
