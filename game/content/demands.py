"""Demands: what an actor wants of the player, and the variable that sums what is still open.

For each actor with demands the scenario gets one auxiliary, `<actor>_unmet`: the salience of its demands that stand
(`when`) and are not met (`met_if`), added up. Formulas read it like any other variable. A demand on a core interest
may bar initiatives and choices while it stands: neither giant pays for what the other calls that.
Read next: compiling.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from game.content.compiled import DemandNodes, unmet_name
from game.content.document import DemandDoc, Document, UnmetDoc
from game.content.expressions import Part
from game.content.findings import Findings, did_you_mean
from game.content.items import Item
from game.content.sites import Formulas, at
from game.engine.expr import Node

if TYPE_CHECKING:
    from game.content.shape import Shaped

UNIT = "points"
ALWAYS: Node = ("number", 1.0)


def with_demands(shaped: Shaped, findings: Findings) -> Shaped:
    """The document and its items with one more variable for each actor that has demands."""
    document, variables = shaped.document, at(shaped.top, "variables")
    made: dict[str, UnmetDoc] = {}
    items: dict[str, Item] = {}
    for actor in document.actors:
        own = [(demand, at(shaped.top, "demands", i)) for i, demand in enumerate(document.demands)
               if demand.actor == actor.id]
        name = unmet_name(actor.id)
        if own and name in document.variables:
            findings.add(variables.value[name].key, "duplicate-id", f"`{name}` is made from the demands of this actor",
                         "choose another id for this variable, and read that one where you want it")
        elif own:
            made[name] = _unmet(actor.seat or actor.label, [demand for demand, _ in own])
            items[name] = replace(own[0][1], value={"is": own[0][1]})  # findings about it point to its first demand
        elif "demands" in shaped.ghosts:  # perhaps one of those that could not be read
            shaped.ghosts.setdefault("variables", set()).add(name)
    top = replace(shaped.top, value={**shaped.top.value, "variables": replace(
        variables, value={**variables.value, **items})})
    return replace(shaped, document=replace(document, variables={**document.variables, **made}), top=top)


def _unmet(who: str, demands: list[DemandDoc]) -> UnmetDoc:
    titles = "; ".join(f"{demand.title} ({demand.salience})" for demand in demands)
    return UnmetDoc(
        label=f"Open demands of {who}", unit=UNIT, kind="auxiliary", is_="",
        range=(0.0, float(max(sum(demand.salience for demand in demands), 1))),
        note=f"Each demand that stands and is not met counts by its weight, from 1 to 5. They are: {titles}.")


def add_formulas(document: Document, formulas: Formulas) -> None:
    """Gives the variables their formulas, from those of the demands; a demand that cannot be read counts nothing."""
    for actor in dict.fromkeys(demand.actor for demand in document.demands):
        name = unmet_name(actor)
        terms = [("mul", ("number", float(demand.salience)), open_node(nodes))
                 for demand, nodes in zip(document.demands, demand_nodes(document, formulas), strict=True)
                 if demand.actor == actor and nodes is not None]
        variable = document.variables.get(name)
        if terms and isinstance(variable, UnmetDoc):
            node = terms[0]
            for term in terms[1:]:
                node = ("add", node, term)
            formulas.parts["variables", name, "is"] = Part(node, UNIT, variable.range, 0)


def open_node(nodes: DemandNodes) -> Node:
    """Whether a demand stands and is not met."""
    denied = ("not", nodes.met)
    return denied if nodes.stands == ALWAYS else ("and", nodes.stands, denied)


def demand_nodes(document: Document, formulas: Formulas) -> list[DemandNodes | None]:
    """When each demand stands and when it is met; None where a formula could not be read."""
    found = []
    for i, demand in enumerate(document.demands):
        stands, met = formulas.node("demands", i, "when"), formulas.node("demands", i, "met_if")
        stands = ALWAYS if demand.when is None else stands
        found.append(None if stands is None or met is None else DemandNodes(stands, met))
    return found


def unbarred_nodes(document: Document, formulas: Formulas) -> dict[str, Node]:
    """By initiative or card/choice that a core interest bars: the condition under which none does."""
    found: dict[str, Node] = {}
    for demand, nodes in zip(document.demands, demand_nodes(document, formulas), strict=True):
        for name in demand.bars if nodes is not None else ():
            free = ("not", nodes.stands)
            found[name] = ("and", found[name], free) if name in found else free
    return found


def check_demands(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    """Whose they are, and what they bar."""
    actors, ghosts = {actor.id for actor in document.actors}, formulas.scope.ghosts
    defaults = {f"{card.id}/{choice.id}" for card in document.cards for choice in card.choices if choice.default}
    known = formulas.scope.things["played"] | formulas.scope.things["chosen"]
    for i, demand in enumerate(document.demands):
        place = at(top, "demands", i)
        if demand.actor not in actors and demand.actor not in ghosts:
            findings.add(at(place, "actor"), "unknown-reference", f"there is no actor `{demand.actor[:60]}`",
                         did_you_mean(demand.actor, actors))
        if demand.bars and not demand.core:
            findings.add(at(place, "bars").key, "veto", "only a core interest bars what others would pay for",
                         "core: true, or leave `bars` out")
        for j, name in enumerate(demand.bars):
            if name in defaults:
                findings.add(at(place, "bars", j), "veto", f"`{name}` is the default choice of its card",
                             "what happens if nobody decides cannot be barred")
            elif name not in known and name.split("/")[0] not in ghosts:
                findings.add(at(place, "bars", j), "unknown-reference",
                             f"there is no initiative or choice `{name[:60]}`",
                             did_you_mean(name, known, "initiative-id, or card-id/choice-id"))
