"""Writing a graph of formulas as one Python function, node by node, in one of two dialects.

    Floats   one game: leaves and results are lists of Python floats
    Arrays   many games: leaves are arrays [games] or numbers, results are arrays [games] to write on

Nothing that an author wrote is ever handed to Python's compiler. Statements are built from the numbered operations of
graph.py: of the tables of operations below, of float constants, and of names made here from numbers; there is no text
anywhere between a formula's tree and the function, and the function sees no builtins. An architecture test holds that
nothing else in the engine compiles anything. Read next: numbers.py, the functions that are called.
"""

from __future__ import annotations

import ast
import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from game.engine import numbers
from game.engine.graph import TRUTHS, Graph, Op

DEEPEST = 12  # expressions in one another; below, a value gets a name


@dataclass(frozen=True)
class Plan:
    """What a function computes: `needed` nodes in rising order, place of each leaf, nodes `wanted` as results."""

    graph: Graph
    needed: list[int]
    leaves: dict[int, int]
    wanted: list[int]
    same_for_all: set[int]  # nodes that are numbers even where others are arrays

    def targets(self) -> dict[int, list[int]]:
        """Places of each wanted node among the results."""
        found: dict[int, list[int]] = {}
        for place, node in enumerate(self.wanted):
            found.setdefault(node, []).append(place)
        return found


# --- pieces of syntax

AT = {"lineno": 1, "col_offset": 0}
LOAD, STORE = ast.Load(), ast.Store()
LEAVES, RESULTS = "leaves", "results"


def _name(name: str, context: ast.expr_context = LOAD) -> ast.expr:
    return ast.Name(name, context, **AT)


def _number(x: float) -> ast.expr:
    return ast.Constant(x, **AT)


def _item(name: str, place: int, context: ast.expr_context = LOAD) -> ast.expr:
    return ast.Subscript(_name(name), ast.Constant(place, **AT), context, **AT)


def _call(function: str, *args: ast.expr) -> ast.expr:
    return ast.Call(_name(function), list(args), [], **AT)


def _assign(targets: list[ast.expr], value: ast.expr) -> ast.stmt:
    return ast.Assign(targets, value, **AT)


def _compiled(body: list[ast.stmt], names: dict[str, Any]) -> Callable:
    given = ast.arguments([], [ast.arg(name, **AT) for name in (LEAVES, RESULTS)], None, [], [], None, [])
    more = {"type_params": []} if "type_params" in ast.FunctionDef._fields else {}  # from Python 3.12 on
    function = ast.FunctionDef("script", given, body or [ast.Pass(**AT)], [], **more, **AT)
    module = compile(ast.Module([function], []), "<formulas>", "exec")
    code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))
    return FunctionType(code, {**names, "__builtins__": {}})  # it reaches its operations and nothing else


class Registers:
    """Names of local variables, used again when nobody will read what they hold; the last one given back comes first.

    Few names matter: Python makes room for all of them at every call, and arrays that are used again are in the cache.
    """

    def __init__(self) -> None:
        self._count = 0
        self._free: dict[str, list[str]] = {}

    def take(self, kind: str = "") -> tuple[str, bool]:
        """A name, and whether it already holds something of this kind."""
        free = self._free.get(kind)
        if free:
            return free.pop(), True
        self._count += 1
        return f"{kind}{self._count}", False

    def give(self, name: str, kind: str = "") -> None:
        self._free.setdefault(kind, []).append(name)


def _last_reads(reads: dict[int, set[int]], statements: Iterable[int]) -> dict[int, list[int]]:
    """For each statement, what is read there for the last time."""
    seen: set[int] = set()
    last: dict[int, list[int]] = {}
    for node in reversed(list(statements)):
        last[node] = sorted(reads[node] - seen)
        seen |= reads[node]
    return last


# --- on Python floats

def _operator(operator: ast.operator) -> Callable[..., ast.expr]:
    return lambda a, b: ast.BinOp(a, operator, b, **AT)


def _comparison(operator: ast.cmpop) -> Callable[..., ast.expr]:
    return lambda a, b: ast.Compare(a, [operator], [b], **AT)


def _junction(operator: ast.boolop) -> Callable[..., ast.expr]:
    return lambda a, b: ast.BoolOp(operator, [a, b], **AT)


def _negative(a: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), a, **AT)


def _choice(condition: ast.expr, a: ast.expr, b: ast.expr) -> ast.expr:
    return ast.IfExp(condition, a, b, **AT)


ADD, SUB, MUL, DIV = map(_operator, (ast.Add(), ast.Sub(), ast.Mult(), ast.Div()))
LT, LE, EQ, NE, GE = map(_comparison, (ast.Lt(), ast.LtE(), ast.Eq(), ast.NotEq(), ast.GtE()))


def _curve(x: ast.expr, xs: tuple[float, ...], ys: tuple[float, ...]) -> ast.expr:
    """The piece where x lies, found by halving; what is not a number lies before the first point."""
    slopes = [*numbers.curve_slopes(xs, ys), 0.0]

    def among(first: int, last: int) -> ast.expr:
        """Of the pieces from `first` to `last`; piece n begins at point n, and -1 is what lies before all."""
        if first < last:
            middle = (first + last + 1) // 2
            return _choice(GE(x, _number(xs[middle])), among(middle, last), among(first, middle - 1))
        point = max(first, 0)
        if first < 0 or slopes[point] == 0.0:
            return _number(ys[point])
        run = x if xs[point] == 0.0 else SUB(x, _number(xs[point]))
        rise = MUL(run, _number(slopes[point]))
        return rise if ys[point] == 0.0 else ADD(rise, _number(ys[point]))
    return among(-1, len(xs) - 1)


class Floats:
    """The function for one game. A truth is a bool; what is read once stands where it is read."""

    lazy = True
    kinds: dict[str, Callable[..., ast.expr]] = {
        "add": ADD, "sub": SUB, "mul": MUL, "neg": _negative,
        "lt": LT, "le": LE, "eq": EQ, "ne": NE, "and": _junction(ast.And()), "or": _junction(ast.Or()),
        "not": lambda a: ast.UnaryOp(ast.Not(), a, **AT), "real": lambda a: _choice(a, _number(1.0), _number(0.0)),
        "if": _choice, "ratio": lambda a, b, otherwise: _choice(b, DIV(a, b), otherwise),
        "abs": lambda a: _choice(GE(a, _number(0.0)), a, _negative(a)),
        "sqrt": lambda a: _call("sqrt", a), "ln": lambda a: _call("ln", a), "exp": lambda a: _call("exp", a),
    }
    names = {"sqrt": math.sqrt, "ln": numbers.ln_of, "exp": numbers.exp_of, "divided": numbers.divided}

    def __init__(self, plan: Plan) -> None:
        self.plan, self.graph = plan, plan.graph
        self._readers = Counter(a for node in plan.needed for a in plan.graph.ops[node].args)

    def function(self) -> Callable:
        plan, targets, registers = self.plan, self.plan.targets(), Registers()
        named, reads = self._named()
        last = _last_reads(reads, [node for node in plan.needed if node in named])
        found: dict[int, ast.expr] = {}
        body = []
        for node in plan.needed:
            found[node] = value = self.expression(node, found)
            if node in named:
                for ended in last[node]:
                    if isinstance(found[ended], ast.Name):
                        registers.give(found[ended].id)
                stores = [_item(RESULTS, place, STORE) for place in targets.get(node, ())]
                if self._readers[node]:
                    found[node] = _name(registers.take()[0])
                    stores.append(_name(found[node].id, STORE))
                body.append(_assign(stores, value))
        return _compiled(body, self.names)

    def _named(self) -> tuple[set[int], dict[int, set[int]]]:
        """Nodes that get a name or are results, and which of them each node reads."""
        graph, plan = self.graph, self.plan
        wanted = set(plan.wanted)
        repeated = {a for node in plan.needed for a in self._repeated(graph.ops[node])}
        named, reads, depth = set(), {}, {}
        for node in plan.needed:
            args = graph.ops[node].args
            reads[node] = {n for a in args for n in ({a} if a in named else reads[a])}
            depth[node] = 1 + max((0 if a in named else depth[a] for a in args), default=0)
            once = self._readers[node] == 1 and node not in repeated and depth[node] < DEEPEST
            if node in wanted or not (once or graph.ops[node].kind == "number"):
                named.add(node)
        return named, reads

    def _repeated(self, op: Op) -> tuple[int, ...]:
        """What the expression of an operation reads more than once."""
        if op.kind == "div":
            return () if self.graph.known(op.args[1]) else op.args
        if op.kind in ("max", "min"):
            return op.args
        return {"ratio": op.args[1:2], "abs": op.args, "curve": op.args}.get(op.kind, ())

    def expression(self, node: int, found: dict[int, ast.expr]) -> ast.expr:
        op = self.graph.ops[node]
        if op.kind == "number":
            return _number(op.fixed[0])
        if op.kind == "leaf":
            return _item(LEAVES, self.plan.leaves[node])
        args, bound = [found[a] for a in op.args], self.graph.known(op.args[-1])
        if op.kind == "curve":
            return _curve(*args, *op.fixed)
        if op.kind == "div":
            return DIV(*args) if bound else _choice(args[1], DIV(*args), _call("divided", *args))
        if op.kind in ("max", "min"):
            first = (GE if op.kind == "max" else LE)(*args)
            if bound is None:  # a number rather than none
                first = ast.BoolOp(ast.Or(), [first, NE(args[1], args[1])], **AT)
            return _choice(first, *args)
        return self.kinds[op.kind](*args)


# --- on arrays

class Arrays:
    """The function for many games. A truth is an array of bool. What is the same for all games is computed on Python
    floats, as in `Floats`, in a tenth of the time.

    An array that nobody will read any more is written on next, so that what is at work stays in the cache.
    """

    lazy = False
    kinds: dict[str, Callable] = {  # these take the array to write on as their last argument
        "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "neg": np.negative, "abs": np.abs,
        "max": np.fmax, "min": np.fmin, "sqrt": np.sqrt, "real": numbers.real,
        "lt": np.less, "le": np.less_equal, "eq": np.equal, "ne": np.not_equal,
        "and": np.logical_and, "or": np.logical_or, "not": np.logical_not,
    }
    fresh: dict[str, Callable] = {"if": np.where, "ln": numbers.ln, "exp": numbers.exp}  # these give a new array

    def __init__(self, plan: Plan) -> None:
        self.plan, self.graph = plan, plan.graph
        self._floats, self._loads = Floats(plan), {}

    def function(self) -> Callable:
        plan, targets, registers = self.plan, self.plan.targets(), Registers()
        names: dict[str, Any] = {**Floats.names, **self.kinds, **self.fresh, "copyto": np.copyto}
        last = _last_reads({node: set(self.graph.ops[node].args) for node in plan.needed}, plan.needed)
        found: dict[int, ast.expr] = {}
        plain: dict[int, ast.expr] = {}  # what is the same for all games
        held: dict[int, str] = {}  # what the register of a node holds
        body = []
        for node in plan.needed:
            op, places = self.graph.ops[node], [_item(RESULTS, place) for place in targets.get(node, ())]
            if op.kind == "number":
                plain[node] = _number(op.fixed[0])
                found[node], names[f"k{node}"] = _name(f"k{node}"), np.array(op.fixed[0])
            elif op.kind == "leaf":
                found[node] = plain[node] = _item(LEAVES, plan.leaves[node])
            else:
                for ended in last[node]:
                    if ended in held:
                        registers.give(found[ended].id, held[ended])
                args, held[node] = [found[a] for a in op.args], self._holds(node, bool(places))
                name, spare = registers.take(held[node])
                if held[node] == "result":
                    args.append(places.pop())
                elif spare and op.kind in self.kinds:
                    args.append(self._load(name))
                found[node] = plain[node] = self._load(name)
                same = held[node] == "number"
                value = self._floats.expression(node, plain) if same else self._called(node, args, names)
                body.append(_assign([_name(name, STORE)], value))
            body += [ast.Expr(_call("copyto", place, found[node]), **AT) for place in places]
        return _compiled(body, names)

    def _holds(self, node: int, wanted: bool) -> str:
        """What a node's register holds: a number for all, or an array of truths, of a result, or of other values."""
        kind = self.graph.ops[node].kind
        if node in self.plan.same_for_all:
            return "number"
        if kind in TRUTHS:
            return "truth"
        return "result" if wanted and kind in self.kinds else "value"

    def _called(self, node: int, args: list[ast.expr], names: dict[str, Any]) -> ast.expr:
        op = self.graph.ops[node]
        if op.kind != "curve":
            return ast.Call(self._load(op.kind), args, [], **AT)
        names[f"c{node}"] = numbers.curve_through(*op.fixed)
        return _call(f"c{node}", *args)

    def _load(self, name: str) -> ast.expr:
        """The reading of a name; one piece of syntax serves everywhere."""
        if name not in self._loads:
            self._loads[name] = _name(name)
        return self._loads[name]
