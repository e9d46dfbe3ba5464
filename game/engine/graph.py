"""Many formulas as one graph of operations: what is written twice is computed once.

A formula's tree (expr.py) becomes numbered nodes, `Graph.add` by `Graph.add`. There are few kinds, so that tape.py
can do many nodes with one call of numpy:

    number, leaf                            inputs
    blend   x * y + z, then at least `low`, then at most `high`; y None: x + z
    max, min, div, ratio, if, lt, le, eq, curve, ln, exp, sqrt

Everything else is written with these, always so that every rounding stays the one of the tree: x - y is y * -1 + x,
and a limit is taken exactly. Only the sign of a zero may differ, which nothing can read. Read next: tape.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from game.engine.expr import LEAVES, Node, compile_expr

INFINITE = (-math.inf, math.inf)
TRUTHS = {"lt", "le", "eq"}  # kinds that give 1.0 or 0.0


@dataclass(frozen=True)
class Op:
    """One node: its kind, the nodes that it reads (None: no factor), and what is fixed in it."""

    kind: str
    args: tuple[int | None, ...]
    fixed: tuple = ()


class Graph:
    """Nodes by number, each after those that it reads. `rows` holds the node of every row computed so far."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.rows: dict[int, int] = {}
        self._places: dict[Op, int] = {}
        self._depth: list[int] = []
        self._truths: set[int] = set()

    def put(self, kind: str, args: tuple[int | None, ...] = (), fixed: tuple = ()) -> int:
        op = Op(kind, args, fixed)
        if op not in self._places:
            self._places[op] = len(self.ops)
            self.ops.append(op)
            self._depth.append(1 + max((self._depth[a] for a in args if a is not None), default=-1))
            if kind in TRUTHS:
                self._truths.add(self._places[op])
        return self._places[op]

    def number(self, x: float) -> int:
        return self.put("number", (), (float(x) + 0.0,))

    def leaf(self, leaf: Node) -> int:
        return self.put("leaf", (), leaf)

    def add(self, node: Node) -> int:
        """The number of a tree's node."""
        kind = node[0]
        if kind == "number":
            return self.number(node[1])
        if kind == "now":
            return self.rows[node[1]] if node[1] in self.rows else self.leaf(node)
        if kind in ("year_sum", "year_mean"):
            total = self.add(("now", node[1]))
            for ago in range(3):
                total = self.plus(total, self.leaf(("past", ago, node[1])))
            return total if kind == "year_sum" else self.times(total, self.number(0.25))
        if kind in ("last", "year_ago"):
            return self.leaf(("past", 0 if kind == "last" else 3, node[1]))
        if kind in LEAVES:
            return self.leaf(node)
        args, points = [self.add(part) for part in node[1:] if isinstance(part[0], str)], node[2:]
        if all(self.ops[a].kind == "number" for a in args):
            known = [("number", self.ops[a].fixed[0]) for a in args]
            known += points if kind == "curve" else ()
            return self.number(float(compile_expr((kind, *known)).evaluate([])))
        if kind == "curve":
            return self._curve(args[0], *points)
        return getattr(self, f"_{kind}")(*args)

    # --- sums and products

    def plus(self, a: int, b: int) -> int:
        first, second = (a, b) if self._depth[a] >= self._depth[b] else (b, a)
        for p, q in ((first, second), (second, first)):
            factors = self._product(p)
            if factors:
                return self.put("blend", (*factors, q), INFINITE)
        return self.put("blend", (a, None, b), INFINITE)

    def times(self, a: int, b: int) -> int:
        return self.put("blend", (a, b, self.number(0.0)), INFINITE)

    def _is(self, node: int, x: float) -> bool:
        return self.ops[node] == Op("number", (), (x,))

    def _product(self, node: int) -> tuple[int, int] | None:
        op = self.ops[node]
        plain = op.kind == "blend" and op.fixed == INFINITE and op.args[1] is not None and self._is(op.args[2], 0.0)
        return op.args[:2] if plain else None

    def _neg(self, a: int) -> int:
        if self.ops[a].kind == "number":
            return self.number(-self.ops[a].fixed[0])
        x, y = self._product(a) or (a, a)
        if self.ops[x].kind == "number":
            return self.times(self._neg(x), y)
        if self.ops[y].kind == "number":
            return self.times(x, self._neg(y))
        return self.times(a, self.number(-1.0))

    def _add(self, a: int, b: int) -> int:
        return self.plus(a, b)

    def _mul(self, a: int, b: int) -> int:
        return self.times(a, b)

    def _sub(self, a: int, b: int) -> int:
        factors = self._product(b)
        if factors:  # a - x * y is (-x) * y + a, negating what is known first
            x, y = sorted(factors, key=lambda f: (self.ops[f].kind != "number", self._depth[f]))
            return self.put("blend", (self._neg(x), y, a), INFINITE)
        if self.ops[b].kind == "number" or (self._product(a) and self._depth[b] < self._depth[a]):
            return self.plus(a, self._neg(b))
        return self.put("blend", (b, self.number(-1.0), a), INFINITE)

    # --- limits

    def limit(self, a: int, low: float, high: float) -> int:
        """At least `low`, then at most `high`."""
        op = self.ops[a]
        if op.kind != "blend":
            return self.put("blend", (a, None, self.number(0.0)), (low, high))
        below, above = op.fixed
        if low > above:
            return self.put("blend", (a, None, self.number(0.0)), (low, high))
        return self.put("blend", op.args, (max(below, low), min(above, high)))

    def _extreme(self, kind: str, args: tuple[int, ...]) -> int:
        total = args[0]
        for other in args[1:]:
            numbers = [x for x in (total, other) if self.ops[x].kind == "number"]
            if not numbers:
                total = self.put(kind, (total, other))
                continue
            rest, bound = (other, total) if total in numbers else (total, other)
            x = self.ops[bound].fixed[0]
            total = self.limit(rest, x, math.inf) if kind == "max" else self.limit(rest, -math.inf, x)
        return total

    def _max(self, *args: int) -> int:
        return self._extreme("max", args)

    def _min(self, *args: int) -> int:
        return self._extreme("min", args)

    def _abs(self, a: int) -> int:
        return self.put("max", (a, self._neg(a)))

    # --- truth: 1.0 or 0.0

    def _lt(self, a: int, b: int) -> int:
        return self.put("lt", (a, b))

    def _le(self, a: int, b: int) -> int:
        return self.put("le", (a, b))

    def _gt(self, a: int, b: int) -> int:
        return self.put("lt", (b, a))

    def _ge(self, a: int, b: int) -> int:
        return self.put("le", (b, a))

    def _eq(self, a: int, b: int) -> int:
        return self.put("eq", (a, b))

    def _ne(self, a: int, b: int) -> int:
        return self._not(self._eq(a, b))

    def _truth(self, a: int) -> int:
        return a if a in self._truths else self._ne(a, self.number(0.0))

    def _marked(self, a: int) -> int:
        self._truths.add(a)
        return a

    def _not(self, a: int) -> int:
        if a not in self._truths:
            return self._eq(a, self.number(0.0))
        return self._marked(self.put("blend", (a, self.number(-1.0), self.number(1.0)), INFINITE))

    def _and(self, a: int, b: int) -> int:
        return self._marked(self.times(self._truth(a), self._truth(b)))

    def _or(self, a: int, b: int) -> int:
        return self._marked(self.put("max", (self._truth(a), self._truth(b))))

    def _if(self, condition: int, a: int, b: int) -> int:
        return self.put("if", (self._truth(condition), a, b))

    # --- division, and functions

    def _curve(self, x: int, xs: tuple[float, ...], ys: tuple[float, ...]) -> int:
        slope = (ys[1] - ys[0]) / (xs[1] - xs[0])
        if len(xs) > 2 or (xs[1] - xs[0]) * slope + ys[0] != ys[1]:
            return self.put("curve", (x,), (xs, ys))
        run = self.limit(x, *xs)  # a straight piece that meets its end exactly needs no table
        if xs[0] != 0.0:
            run = self.plus(run, self.number(-xs[0]))
        return self.put("blend", (run, self.number(slope), self.number(ys[0])), INFINITE)

    def _div(self, a: int, b: int) -> int:
        return self.put("div", (a, b))

    def _ratio(self, a: int, b: int, otherwise: int) -> int:
        return self.put("ratio", (a, b, otherwise))

    def _sqrt(self, a: int) -> int:
        return self.put("sqrt", (a,))

    def _ln(self, a: int) -> int:
        return self.put("ln", (a,))

    def _exp(self, a: int) -> int:
        return self.put("exp", (a,))

    def _pow(self, a: int, b: int) -> int:
        power = self._exp(self.times(b, self._ln(a)))
        return self.put("if", (self._lt(self.number(0.0), a), power, self.number(0.0)))

    def _logistic(self, a: int) -> int:
        return self._div(self.number(1.0), self.plus(self._exp(self._neg(a)), self.number(1.0)))
