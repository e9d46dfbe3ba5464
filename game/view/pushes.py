"""Why a move is likely or unlikely just now: the terms of its odds and its appeal, each weighed by leaving it out.

A term's push is the chance of the move as it stands less the chance if that one term were 0, all else equal; so an
author's term reads as it was meant: a curve that is 0 at a usual level pushes up above it and down below. Constants
and parameters push nothing. An auxiliary that makes a sum into a chance (its formula is a `logistic`) is looked into.
Used by neighbours.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.engine.expr import LEAVES, Node, compile_expr
from game.engine.formulas import Reading
from game.engine.tables import AUXILIARY, FLAG, PARAMETER
from game.view.conditions import leaf
from game.view.move_odds import Bid, chance, with_bid
from game.view.names import Names
from game.view.neighbour_lines import Push
from game.view.words import capital_first, listed

Path = tuple[int, ...]
SIZES = ((0.10, "strongly"), (0.03, "clearly"), (0.005, "slightly"))  # change of the chance from which each is said
MOST = 5  # pushes named of one move


def pushes(names: Names, reading: Reading, own: Bid, bids: Sequence[Bid], temper: float, attention: int,
           ) -> tuple[Push, ...]:
    """The strongest pushes of a move, strongest first."""
    move, usual = names.tables.moves[own.move], chance(own, bids, temper, attention)
    found: dict[str, tuple[float, str]] = {}
    for key, node in (("odds", move.odds), ("appeal", move.appeal)):
        for text, refers, value in _without_each(names, reading, node) if node is not None else ():
            value = min(max(value, 0.0), 1.0) if key == "odds" else value
            changed, others = with_bid(bids, own, **{key: value})
            push = usual - chance(changed, others, temper, attention)
            found[text] = (found.get(text, (0.0, ""))[0] + push, refers)
    strongest = sorted(found.items(), key=lambda item: -abs(item[1][0]))[:MOST]
    return tuple(Push(text=text, arrow="up" if push > 0.0 else "down", size=size, refers=refers)
                 for text, (push, refers) in strongest if (size := _size(push)))


def _size(push: float) -> str:
    return next((word for least, word in SIZES if abs(push) >= least), "")


def _without_each(names: Names, reading: Reading, node: Node) -> Iterator[tuple[str, str, float]]:
    """For each term: its words, the variable that it is about or "", and the formula's value without it."""
    whole = _opened(names, node)
    for path in _terms(names, whole, (), False):
        term = _at(whole, path)
        rest = _replaced(whole, path, ("number", 0.0))
        text, refers = _words(names, reading, term)
        yield text, refers, float(_value(reading, rest))


def _value(reading: Reading, node: Node) -> float:
    value = reading.value(compile_expr(node))
    return float(value) if getattr(value, "ndim", 0) == 0 else float(value[0])


def _opened(names: Names, node: Node) -> Node:
    """With the formulas of auxiliaries that are chances in the place of their names."""
    if node[0] == "now":
        variable = names.tables.variables[node[1]]
        is_chance = variable.kind == AUXILIARY and variable.formula is not None and variable.formula[0] == "logistic"
        return variable.formula if is_chance else node
    return (node[0], *(_opened(names, part) if _is_node(part) else part for part in node[1:]))


def _is_node(part: object) -> bool:
    return isinstance(part, tuple) and bool(part) and isinstance(part[0], str)


def _terms(names: Names, node: Node, path: Path, in_product: bool) -> Iterator[Path]:
    """Where the terms of a formula stand in its tree, in written order."""
    kind = node[0]
    if not _leaves(names, node):
        return
    if kind in ("add", "sub", "neg") and not (in_product and kind != "neg" and _about_a_level(names, node)):
        for n in range(1, len(node)):
            yield from _terms(names, node[n], (*path, n), in_product)
    elif kind == "mul":
        for n in (1, 2):
            yield from _terms(names, node[n], (*path, n), True)
    elif kind == "div":
        yield from _terms(names, node[1], (*path, 1), True)
    elif kind == "logistic":
        yield from _terms(names, node[1], (*path, 1), False)
    else:
        yield path


def _about_a_level(names: Names, node: Node) -> bool:
    """`(relations - 50)` inside a product is one term."""
    return any(not _leaves(names, part) for part in node[1:])


def _leaves(names: Names, node: Node) -> list[Node]:
    """What a formula reads that can change in a game, each once."""
    if node[0] in LEAVES:
        fixed = len(node) > 1 and names.tables.variables[node[1]].kind == PARAMETER
        return [] if fixed else [node]
    return list(dict.fromkeys(found for part in node[1:] if _is_node(part) for found in _leaves(names, part)))


def _at(node: Node, path: Path) -> Node:
    for step in path:
        node = node[step]
    return node


def _replaced(node: Node, path: Path, by: Node) -> Node:
    if not path:
        return by
    return (*node[:path[0]], _replaced(node[path[0]], path[1:], by), *node[path[0] + 1:])


def _words(names: Names, reading: Reading, term: Node) -> tuple[str, str]:
    """"Moscow's leverage: 62" and the variable's id; several inputs are only named."""
    leaves = _leaves(names, term)
    row = leaves[0][1] if len(leaves) == 1 and len(leaves[0]) > 1 else -1
    if row < 0:
        return capital_first(listed([leaf(names, each) for each in leaves])), ""
    label = capital_first(leaf(names, leaves[0]))
    refers = names.tables.variables[row].id if names.doc(row) else ""
    if names.tables.variables[row].kind == FLAG:
        return label, refers
    return f"{label}: {names.shown(row, float(reading.leaf(leaves[0])[0]))}", refers
