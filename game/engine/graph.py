"""Many formulas as one graph of operations: what is written twice is computed once.

A formula's tree (expr.py) becomes numbered nodes, `Graph.add` by `Graph.add`, each after those that it reads:

    number, leaf                              inputs
    add, sub, mul, div, neg, abs, max, min    max and min: a number, if there is one, is the second
    lt, le, eq, ne, and, or, not              truths; `real` makes 1.0 or 0.0 of one, where a formula counts with it
    if, ratio, curve, sqrt, ln, exp

Everything else is written with these, always so that every rounding stays the one of the tree. Only the sign of a zero
may differ; a division would read it, so it is given a settled divisor. Read next: script.py.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from game.engine import numbers
from game.engine.expr import LEAVES, Node, compile_expr

TRUTHS = {"lt", "le", "eq", "ne", "and", "or", "not"}
FEW_POINTS = 12  # of a curve; with more, looking up the piece is faster than trying all (measured)


class Op(NamedTuple):
    """One node: its kind, the nodes that it reads, and what is fixed in it."""

    kind: str
    args: tuple[int, ...]
    fixed: tuple = ()


class Graph:
    """Nodes by number, each after those that it reads. `rows` holds the node of every row computed so far, `given` the
    nodes that stand for leaves in formulas added from now on.

    `lazy`: a node that chooses (ratio, curve) computes only what it chooses. Arrays of games can not: there a choice
    is an `if` between nodes that are all computed.
    """

    def __init__(self, lazy: bool) -> None:
        self.lazy = lazy
        self.ops: list[Op] = []
        self.rows: dict[int, int] = {}
        self.given: dict[Node, int] = {}
        self._places: dict[Op, int] = {}
        self._plain: list[bool] = []

    def put(self, kind: str, args: tuple[int, ...] = (), fixed: tuple = ()) -> int:
        op = Op(kind, args, fixed)
        if op not in self._places:
            self._places[op] = len(self.ops)
            self.ops.append(op)
            self._plain.append(self._never_negative_zero(op))
        return self._places[op]

    def number(self, x: float) -> int:
        return self.put("number", (), (float(x) + 0.0,))

    def leaf(self, leaf: Node) -> int:
        return self.put("leaf", (), leaf)

    def known(self, node: int) -> float | None:
        """The number that a node is, if it is one."""
        op = self.ops[node]
        return op.fixed[0] if op.kind == "number" else None

    def add(self, node: Node) -> int:
        """The number of a tree's node; a truth becomes 1.0 or 0.0."""
        return self.real(self._part(node))

    def _part(self, node: Node) -> int:
        kind = node[0]
        if kind == "number":
            return self.number(node[1])
        if kind in LEAVES:
            return self._input(node)
        args, points = [self._part(part) for part in node[1:] if isinstance(part[0], str)], node[2:]
        known = [self.known(a) for a in args]
        if None not in known:
            given = [("number", x) for x in known]
            return self.number(float(compile_expr((kind, *given, *(points if kind == "curve" else ()))).evaluate([])))
        if kind == "curve":
            return self.curve(self.real(args[0]), *points)
        return getattr(self, f"_{kind}")(*args)

    def _input(self, leaf: Node) -> int:
        kind = leaf[0]
        if leaf in self.given:
            return self.given[leaf]
        if kind == "now":
            return self.rows[leaf[1]] if leaf[1] in self.rows else self.leaf(leaf)
        if kind in ("year_sum", "year_mean"):
            total = self._part(("now", leaf[1]))
            for ago in range(3):
                total = self._add(total, self.leaf(("past", ago, leaf[1])))
            return total if kind == "year_sum" else self._mul(total, self.number(0.25))
        if kind in ("last", "year_ago"):
            return self.leaf(("past", 0 if kind == "last" else 3, leaf[1]))
        return self.leaf(leaf)

    # --- truths

    def real(self, a: int) -> int:
        return self.put("real", (a,)) if self.ops[a].kind in TRUTHS else a

    def truth(self, a: int) -> int:
        return a if self.ops[a].kind in TRUTHS else self.put("ne", (a, self.number(0.0)))

    def _lt(self, a: int, b: int) -> int:
        return self.put("lt", (self.real(a), self.real(b)))

    def _le(self, a: int, b: int) -> int:
        return self.put("le", (self.real(a), self.real(b)))

    def _gt(self, a: int, b: int) -> int:
        return self._lt(b, a)

    def _ge(self, a: int, b: int) -> int:
        return self._le(b, a)

    def _eq(self, a: int, b: int) -> int:
        return self.put("eq", (self.real(a), self.real(b)))

    def _ne(self, a: int, b: int) -> int:
        return self.put("ne", (self.real(a), self.real(b)))

    def _not(self, a: int) -> int:
        return self.put("not", (self.truth(a),))

    def _and(self, a: int, b: int) -> int:
        return self.put("and", (self.truth(a), self.truth(b)))

    def _or(self, a: int, b: int) -> int:
        return self.put("or", (self.truth(a), self.truth(b)))

    def _if(self, condition: int, a: int, b: int) -> int:
        return self.put("if", (self.truth(condition), self.real(a), self.real(b)))

    # --- sums, products and limits

    def _add(self, a: int, b: int) -> int:
        a, b = sorted((self.real(a), self.real(b)))
        if self.known(a) == 0.0:
            return b
        return a if self.known(b) == 0.0 else self.put("add", (a, b))

    def plus(self, a: int, b: int) -> int:
        return self._add(a, b)

    def _sub(self, a: int, b: int) -> int:
        return self.real(a) if self.known(b) == 0.0 else self.put("sub", (self.real(a), self.real(b)))

    def minus(self, a: int, b: int) -> int:
        return self._sub(a, b)

    def excess(self, a: int) -> int:
        """By how much it is above 0; not a number stays so."""
        return a if self.known(a) == 0.0 else self._if(self._lt(a, self.number(0.0)), self.number(0.0), a)

    def shortfall(self, a: int) -> int:
        """By how much it is below 0."""
        return a if self.known(a) == 0.0 else self._if(self._lt(a, self.number(0.0)), self._neg(a), self.number(0.0))

    def share(self, supply: int, demand: int) -> int:
        """Which part of a demand is met: all of it unless there is less."""
        one = self.number(1.0)
        part = self._div(supply, self._if(self._lt(self.number(0.0), demand), demand, one))
        return self._if(self._lt(supply, demand), part, one)

    def cut(self, a: int, share: int) -> int:
        """A share of what is below 0, and all of anything else."""
        return a if self.known(a) == 0.0 else self._if(self._lt(a, self.number(0.0)), self._mul(a, share), a)

    def _mul(self, a: int, b: int) -> int:
        a, b = sorted((self.real(a), self.real(b)))
        if self.known(a) == 1.0:
            return b
        return a if self.known(b) == 1.0 else self.put("mul", (a, b))

    def times(self, a: int, b: int) -> int:
        return self._mul(a, b)

    def over(self, a: int, b: int) -> int:
        return self._div(a, b)

    def _neg(self, a: int) -> int:
        return self.put("neg", (self.real(a),))

    def _abs(self, a: int) -> int:
        return self.put("abs", (self.real(a),))

    def _extreme(self, kind: str, args: tuple[int, ...]) -> int:
        total = self.real(args[0])
        for other in args[1:]:
            other = self.real(other)
            free, bound = (other, total) if self.known(total) is not None else (total, other)
            total = free if self.known(bound) != self.known(bound) else self.put(kind, (free, bound))  # not a number
        return total

    def _max(self, *args: int) -> int:
        return self._extreme("max", args)

    def _min(self, *args: int) -> int:
        return self._extreme("min", args)

    def lower(self, a: int, b: int) -> int:
        return self._min(a, b)

    def limit(self, a: int, low: float, high: float) -> int:
        """At least `low`, then at most `high`; what is not a number becomes the lowest."""
        if math.isfinite(low):
            a = self._max(a, self.number(low))
        return self._min(a, self.number(high)) if math.isfinite(high) else a

    def settled(self, a: int) -> int:
        """The same without a negative zero: what is kept as a value."""
        return a if self._plain[a] else self.put("add", (a, self.number(0.0)))

    def _never_negative_zero(self, op: Op) -> bool:
        """Whether a node can not be a negative zero, given that kept values are none."""
        plain = [self._plain[a] for a in op.args]
        if op.kind in ("add", "sub"):  # rounded to nearest, a sum is one only of two, and x - x is none
            return any(plain) if op.kind == "add" else plain[0]
        if op.kind in ("max", "min", "if"):
            return all(plain[-2:])
        return op.kind in ("number", "real", "abs", "exp") or op.fixed[:1] in (("now",), ("past",))

    # --- division, and functions

    def _div(self, a: int, b: int) -> int:
        a, b = self.real(a), self.real(b)
        return self.put("div", (a, self.settled(b)))  # it alone would read the sign of a zero

    def _ratio(self, a: int, b: int, otherwise: int) -> int:
        a, b, otherwise = self.real(a), self.real(b), self.real(otherwise)
        if self.lazy:
            return self.put("ratio", (a, b, otherwise))
        return self.put("if", (self.truth(b), self.put("div", (a, b)), otherwise))

    def curve(self, x: int, xs: tuple[float, ...], ys: tuple[float, ...]) -> int:
        """The piecewise linear function through (xs, ys), flat outside."""
        if self.lazy or len(xs) > FEW_POINTS:
            return self.put("curve", (x,), (xs, ys))
        slopes = numbers.curve_slopes(xs, ys)
        meets = [left_y + (right - left) * slope == right_y for left, right, left_y, right_y, slope
                 in zip(xs[:-1], xs[1:], ys[:-1], ys[1:], slopes, strict=True)]
        inner, total = self.limit(x, xs[0], xs[-1]), self.number(ys[0])
        before = self.number(xs[0])
        for n, slope in enumerate(slopes):
            reached = inner if n == len(slopes) - 1 else self._min(inner, self.number(xs[n + 1]))
            run = self._sub(reached, before)  # on this piece: none to the left of it, all of it to the right
            rise = self._mul(run, self.number(slope)) if slope else self.number(0.0)
            if n == 0 or meets[n - 1]:
                total = self._add(total, rise)
            else:
                piece = self._add(self.number(ys[n]), rise)
                total = self._if(self._le(self.number(xs[n]), x), piece, total)
            before = reached
        return total if meets[-1] else self._if(self._le(self.number(xs[-1]), x), self.number(ys[-1]), total)

    def _sqrt(self, a: int) -> int:
        return self.put("sqrt", (self.limit(self.real(a), 0.0, math.inf),))

    def _ln(self, a: int) -> int:
        return self.put("ln", (self.real(a),))

    def _exp(self, a: int) -> int:
        return self.put("exp", (self.real(a),))

    def _pow(self, a: int, b: int) -> int:
        power = self._exp(self._mul(b, self._ln(a)))
        return self._if(self._lt(self.number(0.0), a), power, self.number(0.0))

    def _logistic(self, a: int) -> int:
        return self._div(self.number(1.0), self._add(self._exp(self._neg(a)), self.number(1.0)))
