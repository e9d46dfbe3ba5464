"""How each kind of operation is computed, for one node or for many nodes [nodes, games] at once, as calls of numpy.

A block says in which order it wants the nodes of a step, and the calls that compute them. Results do not depend on how
many nodes or games are done together. Arguments are never written on, unless they were gathered. Read next: numbers.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from game.engine import numbers
from game.engine.graph import Graph, Op

Call = tuple[Callable, tuple]
ZERO = np.array(0.0)


class Views:
    """The scratch array [rows, games], and room that all steps share for what lasts only for a step."""

    def __init__(self, scratch: np.ndarray) -> None:
        self.scratch = scratch
        self.games = scratch.shape[1]
        self._shared: dict[str, np.ndarray] = {}

    def room(self, use: str, rows: int, dtype: type = np.float64) -> np.ndarray:
        """Room [rows, games]; a step may have one for each `use`."""
        if use not in self._shared or len(self._shared[use]) < rows:
            self._shared[use] = np.empty((rows, self.games), dtype=dtype)
        return self._shared[use][:rows]

    def arguments(self, groups: list[list]) -> tuple[list[Call], list[np.ndarray]]:
        """The calls that make the arguments of a step's nodes, and the arguments, each [nodes, games]."""
        raise NotImplementedError

    def constant(self, values: list[float], dtype: type = np.float64) -> np.ndarray:
        """A fixed number for each node."""
        raise NotImplementedError


class Wide(Views):
    """Many nodes a step."""

    def arguments(self, groups: list[list]) -> tuple[list[Call], list[np.ndarray]]:
        rows = np.array([row for group in groups for row in group], dtype=np.intp)
        room, ends = self.room("gathered", len(rows)), np.cumsum([len(group) for group in groups]).tolist()
        return ([(self.scratch.take, (rows, 0, room, "clip"))],
                [room[end - len(group): end] for group, end in zip(groups, ends, strict=True)])

    def constant(self, values: list[float], dtype: type = np.float64) -> np.ndarray:
        """As whole rows, because numpy is several times slower on a column."""
        return np.repeat(np.array(values, dtype=dtype)[:, None], self.games, axis=1)


class Deep(Views):
    """One node a step, read where it stands."""

    def arguments(self, groups: list[list]) -> tuple[list[Call], list[np.ndarray]]:
        return [], [self._argument(*group) if group else self.scratch[:0] for group in groups]

    def _argument(self, argument: int | float) -> np.ndarray:
        return np.array(argument) if isinstance(argument, float) else self.scratch[argument: argument + 1]

    def constant(self, values: list[float], dtype: type = np.float64) -> np.ndarray:
        return np.array(*values, dtype=dtype)


class Block:
    """A kind of operation with a fixed number of arguments."""

    def sorted(self, graph: Graph, nodes: list[int]) -> list[int]:
        return nodes

    def calls(self, views: Views, ops: tuple[Op, ...], out: np.ndarray) -> list[Call]:
        calls, args = views.arguments([[op.args[p] for op in ops] for p in range(len(ops[0].args))])
        return calls + self.compute(views, args, out)

    def compute(self, views: Views, args: list[np.ndarray], out: np.ndarray) -> list[Call]:
        raise NotImplementedError


class Plain(Block):
    """One call of a function of numpy that takes the array to write as its last argument."""

    def __init__(self, function: Callable) -> None:
        self.function = function

    def compute(self, views: Views, args: list[np.ndarray], out: np.ndarray) -> list[Call]:
        return [(self.function, (*args, out))]


class Blend(Block):
    """x * y + z within limits. Those without factor stand first, and those with the same limits together."""

    def sorted(self, graph: Graph, nodes: list[int]) -> list[int]:
        def place(node: int) -> tuple[bool, int]:
            op = graph.ops[node]
            factor, (low, high) = op.args[1] is not None, map(math.isfinite, op.fixed)
            near = {(False, False): 0, (True, False): 1, (True, True): 2, (False, True): 3}[low, high]
            return factor, -near if factor else near
        return sorted(nodes, key=place)

    def calls(self, views: Views, ops: tuple[Op, ...], out: np.ndarray) -> list[Call]:
        k, bare = len(ops), sum(op.args[1] is None for op in ops)
        calls, (x, z, y) = views.arguments([[op.args[0] for op in ops], [op.args[2] for op in ops],
                                            [op.args[1] for op in ops[bare:]]])
        if 0 < bare < k:  # gathered, so it may be written on
            calls += [(np.multiply, (x[bare:], y, x[bare:])), (np.add, (x, z, out))]
        elif bare:
            calls.append((np.add, (x, z, out)))
        else:
            calls.append((np.multiply, (x, y, out)))
            if not all(isinstance(op.args[2], float) and op.args[2] == 0.0 for op in ops):
                calls.append((np.add, (out, z, out)))
        return calls + self._limits(views, [op.fixed for op in ops], out)

    def _limits(self, views: Views, limits: list[tuple[float, float]], out: np.ndarray) -> list[Call]:
        calls = []
        for end, function in ((0, np.fmax), (1, np.fmin)):
            held = [n for n, limit in enumerate(limits) if math.isfinite(limit[end])]
            if held:
                first, last = held[0], held[-1] + 1
                part, bounds = out[first: last], views.constant([limit[end] for limit in limits[first: last]])
                calls.append((function, (part, bounds, part)))
        return calls


class If(Block):
    def compute(self, views: Views, args: list[np.ndarray], out: np.ndarray) -> list[Call]:
        condition, a, b = args
        truth = views.room("truth", len(out), bool)
        return [(np.not_equal, (condition, ZERO, truth)), (np.copyto, (out, b)),
                (np.copyto, (out, a, "same_kind", truth))]


class Ratio(Block):
    def compute(self, views: Views, args: list[np.ndarray], out: np.ndarray) -> list[Call]:
        a, b, otherwise = args
        zero, divisor = views.room("truth", len(out), bool), views.room("divisor", len(out))
        return [(np.equal, (b, ZERO, zero)), (np.add, (b, zero, divisor)), (np.divide, (a, divisor, out)),
                (np.copyto, (out, otherwise, "same_kind", zero))]


class Function(Block):
    """A function of numbers.py, which gives a new array."""

    def __init__(self, function: Callable[[np.ndarray], np.ndarray]) -> None:
        self.function = function

    def compute(self, views: Views, args: list[np.ndarray], out: np.ndarray) -> list[Call]:
        return [(self._write, (args[0], out))]

    def _write(self, x: np.ndarray, out: np.ndarray) -> None:
        out[...] = self.function(x)


class Curves(Block):
    """Piecewise linear functions: count the points that are reached, look up the piece, compute."""

    def calls(self, views: Views, ops: tuple[Op, ...], out: np.ndarray) -> list[Call]:
        k, points = len(ops), [op.fixed[0] for op in ops]
        most = max(map(len, points))
        calls, (x,) = views.arguments([[op.args[0] for op in ops]])
        knots = np.array([views.constant([own[p] if p < len(own) else math.inf for own in points])
                          for p in range(most)])  # [points, nodes, games]; what is not there is never reached
        reached = views.room("reached", most * k, bool).reshape(most, k, views.games)
        count, piece = views.room("count", k, np.int8), views.room("piece", k, np.intp)
        calls += [(np.greater_equal, (x, knots.reshape(most, *knots.shape[1:] or (1, 1)), reached)),
                  (np.add.reduce, (reached.view(np.int8), 0, np.int8, count)), (np.copyto, (piece, count))]
        if k > 1:
            starts = views.constant([sum(len(own) + 1 for own in points[:n]) for n in range(k)], np.intp)
            calls.append((np.add, (piece, starts, piece)))
        tables = [numbers.curve_pieces(*op.fixed) for op in ops]
        left, base, slope = (np.concatenate(column) for column in zip(*tables, strict=True))
        table, found = np.array([left, slope, base]), views.room("found", 3 * k).reshape(3, k, views.games)
        return [*calls, (table.take, (piece, 1, found, "clip")), (np.subtract, (x, found[0], out)),
                (np.multiply, (out, found[1], out)), (np.add, (out, found[2], out))]


BLOCKS: dict[str, Block] = {
    "blend": Blend(), "max": Plain(np.fmax), "min": Plain(np.fmin), "div": Plain(np.divide), "lt": Plain(np.less),
    "le": Plain(np.less_equal), "eq": Plain(np.equal), "if": If(), "ratio": Ratio(), "curve": Curves(),
    "ln": Function(numbers.ln), "exp": Function(numbers.exp),
    "sqrt": Function(lambda x: np.sqrt(np.maximum(x, 0.0))),
}
