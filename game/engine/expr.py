"""Formulas: from a tree of plain tuples to functions over arrays of games.

The content layer parses an author's text into a tree (a "node"); this module turns the tree into numpy
steps. A node is a tuple that starts with its kind:

    ("number", 3.0)            ("now", row)      value of a variable this turn
    ("last", row)              ("year_ago", row) ("year_sum", row)  ("year_mean", row)
    ("luck", driver)           ("path", driver)  a driver's own normal draw, its own table
    ("turn",) ("quarter",) ("date",)             1-based turn, 1-4, quarters since year 0
    ("add" | "sub" | "mul" | "div", a, b)        ("neg", a)  ("not", a)
    ("lt" | "le" | "gt" | "ge" | "eq" | "ne", a, b)   ("and" | "or", a, b)
    ("if", condition, a, b)    ("min" | "max", a, b, ...)
    ("abs" | "sqrt" | "ln" | "exp" | "logistic", a)   ("pow", a, b)  ("ratio", a, b, otherwise)
    ("curve", x, (x0, x1, ...), (y0, y1, ...))

Inputs ("leaves") are collected in written order, so that the ledger can switch them one at a time.
Read next: tables.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.engine import numbers

Node = tuple
LEAVES = {"now", "last", "year_ago", "year_sum", "year_mean", "luck", "path", "turn", "quarter", "date"}


def _truth(x: np.ndarray) -> np.ndarray:
    return x != 0.0


def _choose(condition: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.where(_truth(condition), a, b)


def _fold(step: Callable) -> Callable:
    def folded(*values: np.ndarray) -> np.ndarray:
        total = values[0]
        for value in values[1:]:
            total = step(total, value)
        return total
    return folded


# Every operation gives float64; a condition is 1.0 or 0.0, so that formulas may count conditions.
OPERATIONS: dict[str, Callable[..., np.ndarray]] = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "neg": np.negative,
    "lt": lambda a, b: (a < b) * 1.0, "le": lambda a, b: (a <= b) * 1.0,
    "gt": lambda a, b: (a > b) * 1.0, "ge": lambda a, b: (a >= b) * 1.0,
    "eq": lambda a, b: (a == b) * 1.0, "ne": lambda a, b: (a != b) * 1.0,
    "and": lambda a, b: (_truth(a) & _truth(b)) * 1.0, "or": lambda a, b: (_truth(a) | _truth(b)) * 1.0,
    "not": lambda a: (a == 0.0) * 1.0,
    "if": _choose, "min": _fold(np.fmin), "max": _fold(np.fmax),  # a number rather than none
    "abs": np.abs, "sqrt": lambda a: np.sqrt(np.fmax(a, 0.0)),
    "ln": numbers.ln, "exp": numbers.exp, "pow": numbers.power, "logistic": numbers.logistic,
    "ratio": numbers.ratio,
}


@dataclass(frozen=True)
class Expr:
    """A compiled formula. `evaluate` takes one array [games] (or number) for each leaf."""

    leaves: tuple[Node, ...]
    evaluate: Callable[[list], np.ndarray]


def compile_expr(node: Node) -> Expr:
    """Compile a tree; the tree was checked by the content layer."""
    leaves: list[Node] = []
    step = _compile(node, leaves)
    return Expr(tuple(leaves), step)


def _compile(node: Node, leaves: list[Node]) -> Callable[[list], np.ndarray]:
    kind = node[0]
    if kind == "number":
        value = np.float64(node[1])
        return lambda _: value
    if kind in LEAVES:
        if node not in leaves:
            leaves.append(node)
        place = leaves.index(node)
        return lambda inputs: inputs[place]
    if kind == "curve":
        argument, through = _compile(node[1], leaves), numbers.curve_through(node[2], node[3])
        return lambda inputs: through(argument(inputs))
    operation, parts = OPERATIONS[kind], [_compile(part, leaves) for part in node[1:]]
    if len(parts) == 1:
        (a,) = parts
        return lambda inputs: operation(a(inputs))
    if len(parts) == 2:
        a, b = parts
        return lambda inputs: operation(a(inputs), b(inputs))
    return lambda inputs: operation(*[part(inputs) for part in parts])


def seasonal(node: Node) -> bool:
    """Whether a formula reads the season itself, so that what it gives comes back every year."""
    return ("quarter",) in compile_expr(node).leaves


def rows_read(node: Node, kinds: frozenset[str] = frozenset({"now", "year_sum", "year_mean"})) -> list[int]:
    """Rows that the tree reads this turn, in written order: what must be computed before it."""
    if node[0] in kinds:
        return [node[1]]
    found: list[int] = []
    for part in node[1:]:
        if isinstance(part, tuple) and part and isinstance(part[0], str):
            found += [row for row in rows_read(part, kinds) if row not in found]
    return found
