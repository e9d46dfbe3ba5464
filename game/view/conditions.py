"""Formulas of a scenario in words: what averts a threat, what keeps a promise, how a number is computed.

A small generic translator of the engine's trees (expr.py): labels for ids, units for plain numbers.
"""

from __future__ import annotations

from collections.abc import Callable

from game.engine.expr import LEAVES, Node
from game.engine.tables import FLAG
from game.view.names import Names
from game.view.words import listed, quarter, short_number

COMPARISONS = {"lt": "below", "le": "at most", "gt": "above", "ge": "at least", "eq": "exactly", "ne": "other than"}
OPPOSITE = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq"}
MIRROR = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}
ORDINALS = ("first", "second", "third", "fourth")
SEASONAL = {"eq": "in the {} quarter of a year", "ge": "from the {} quarter of a year on",
            "lt": "before the {} quarter of a year"}
DONE = {"chose": "chosen", "played": "played"}
ORDER = {"add": 1, "sub": 1, "mul": 2, "div": 2, "neg": 3}
SIGNS = {"add": " + ", "sub": " \u2212 ", "mul": " \u00d7 ", "div": " \u00f7 "}


def condition(names: Names, node: Node) -> str:
    """A condition as a phrase: "Fuel cover above 60 days and friends with Korea"."""
    kind = node[0]
    if kind in ("and", "or"):
        first, *rest = _flat(kind, node)
        return listed([_part(names, first, str), *(_part(names, part, names.lowered) for part in rest)], kind)
    if kind == "not":
        return _denied(names, node[1])
    if kind in COMPARISONS:
        return _compared(names, kind, node[1], node[2])
    if kind == "number":
        return "always" if node[1] else "never"
    if kind == "now":
        flag = names.tables.variables[node[1]].kind == FLAG
        return names.label(node[1]) if flag else f"{names.label(node[1])} above 0"
    return formula(names, node)


def _part(names: Names, node: Node, say: Callable[[str], str]) -> str:
    """A part of a longer condition; one that is joined itself gets parentheses, or "and" and "or" could be misread."""
    text = say(condition(names, node))
    return f"({text})" if _is_joined(node) else text


def _is_joined(node: Node) -> bool:
    return node[0] in ("and", "or") or (node[0] == "not" and _is_joined(node[1]))


def _flat(kind: str, node: Node) -> list[Node]:
    return [part for side in node[1:] for part in (_flat(kind, side) if side[0] == kind else [side])]


def _denied(names: Names, node: Node) -> str:
    if node[0] in OPPOSITE:
        return _compared(names, OPPOSITE[node[0]], node[1], node[2])
    if node[0] in ("and", "or"):
        other = "or" if node[0] == "and" else "and"
        return listed([f"({_denied(names, part)})" if _is_joined(part) else _denied(names, part)
                       for part in _flat(node[0], node)], other)
    if node[0] == "not":
        return condition(names, node[1])
    text = names.lowered(condition(names, node))
    done = next((word for word in ("chose", "played") if text.startswith(f"you {word} ")), "")
    return text.replace(f"you {done}", f"you have not {DONE[done]}", 1) if done else f"not {text}"


def _compared(names: Names, kind: str, a: Node, b: Node) -> str:
    if a[0] == "number" and b[0] != "number":
        kind, a, b = MIRROR[kind], b, a
    if a[0] == "date" and b[0] == "number":
        return _dated(kind, int(b[1]))
    if a[0] == "quarter" and b[0] == "number" and kind in SEASONAL:
        return SEASONAL[kind].format(ORDINALS[int(b[1]) - 1])
    if a[0] == "now" and b[0] == "number" and names.tables.variables[a[1]].kind == FLAG:
        truth = (kind in ("eq", "ge", "gt")) == bool(b[1] or kind == "gt")
        return condition(names, a) if truth else _denied(names, a)
    right = names.line(a[1], b[1]) if b[0] == "number" and a[0] in LEAVES and len(a) > 1 else formula(names, b)
    return f"{formula(names, a)} {COMPARISONS[kind]} {right}"


def _dated(kind: str, date: int) -> str:
    return {"ge": f"from {quarter(date)} on", "gt": f"after {quarter(date)}", "lt": f"before {quarter(date)}",
            "le": f"up to {quarter(date)}", "eq": f"in {quarter(date)}", "ne": f"not in {quarter(date)}"}[kind]


def formula(names: Names, node: Node) -> str:
    """A formula with labels instead of ids."""
    return _formula(names, node, 0)


def _formula(names: Names, node: Node, inside: int) -> str:
    kind = node[0]
    if kind == "number":
        return short_number(node[1])
    if kind in LEAVES:
        return leaf(names, node)
    if kind in ORDER:
        return _arithmetic(names, node, inside)
    if kind in COMPARISONS or kind in ("and", "or", "not"):
        return f"({condition(names, node)})"
    tight = TIGHTEST if kind in ("pow", "ratio", *PREFIXED) else ORDER["mul"] if kind == "curve" else 0
    parts = [_formula(names, part, tight) for part in node[1:] if isinstance(part[0], str)]
    if kind == "curve":
        return names.curve(parts[0], node[2], node[3])
    if kind == "if":
        return f"({parts[1]} if {condition(names, node[1])}, or else {parts[2]})"
    if kind in PREFIXED:
        return f"{PREFIXED[kind]} {parts[0]}"
    return CALLS[kind](parts)


def _arithmetic(names: Names, node: Node, inside: int) -> str:
    kind, own = node[0], ORDER[node[0]]
    if kind == "neg":
        return "\u2212" + _formula(names, node[1], own)
    right = own + 1 if kind in ("sub", "div") else own
    text = _formula(names, node[1], own) + SIGNS[kind] + _formula(names, node[2], right)
    return f"({text})" if own < inside else text


def _either(of_two: str, of_many: str) -> Callable[[list[str]], str]:
    return lambda parts: f"the {of_two if len(parts) == 2 else of_many} of ({'; '.join(parts)})"


TIGHTEST = 9  # arithmetic inside gets parentheses
PREFIXED = {"abs": "the size of", "sqrt": "the square root of", "ln": "the logarithm of", "exp": "the exponential of",
            "logistic": "an S-curve of"}
CALLS: dict[str, Callable[[list[str]], str]] = {
    "min": _either("smaller", "smallest"), "max": _either("larger", "largest"),
    "pow": lambda p: f"{p[0]} to the power {p[1]}",
    "ratio": lambda p: f"({p[0]} \u00f7 {p[1]}, or {p[2]} if the divisor is 0)",
}


def leaf(names: Names, node: Node) -> str:
    """An input of a formula, as the ledger names it."""
    kind = node[0]
    if len(node) > 1:
        label = names.label(node[1])
        return {"now": label, "last": f"{label} a quarter ago", "year_ago": f"{label} a year ago",
                "year_sum": f"{label} over a year", "year_mean": f"{label}, mean of a year",
                "luck": "luck", "path": "the path of history"}[kind]
    return {"turn": "the number of the quarter", "quarter": "the season", "date": "the date"}[kind]
