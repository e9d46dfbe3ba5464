"""Running a graph of formulas for many games with few calls of numpy.

Nodes stand in rows of a scratch array [rows, games]. For few games what costs is the number of calls, so nodes of one
kind that can be computed at the same time are done together (`wide`): all that they read is gathered with one `take`,
and they write one block of rows. For many games what costs is memory, so nodes are done one after the other, each on
rows that have just been used (`deep`). Every node is computed by the same operations either way: blocks.py has them.
The scratch array is kept for the next run with as many games; nothing in it outlives a run. Read next: blocks.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.engine.blocks import BLOCKS, Call, Deep, Views, Wide
from game.engine.graph import Graph, Op

MANY = 700  # games from which on one node after the other is faster (measured)
KEPT = 3  # numbers of games for which a scratch array is kept: one game, a chunk, the last chunk
SOURCES = {"now": "values", "due": "due", "standing": "standing", "luck": "luck"}


@dataclass(frozen=True)
class Inputs:
    """What formulas read: values [rows, games], past: of the last quarters, luck [drivers, games].

    due [columns, games] are the effects that land now, standing [rows, games] those that last.
    `clock` are plain numbers by leaf: turn, quarter, date and the paths of drivers.
    """

    values: np.ndarray
    past: tuple[np.ndarray, ...] | np.ndarray
    due: np.ndarray
    standing: np.ndarray
    luck: np.ndarray
    clock: dict[tuple, float]


@dataclass(frozen=True)
class Layout:
    """Where things stand in the scratch array, and the steps of a run."""

    size: int
    numbers: np.ndarray  # [numbers], in the first rows
    leaves: dict[str, tuple[int, np.ndarray]]  # kind -> first row, what to take of this kind of input
    clock: tuple[int, tuple[tuple, ...]]  # first row, leaves
    steps: tuple[tuple[int, tuple[Op, ...]], ...]  # first row, operations with rows (or numbers) as arguments
    outputs: tuple[np.ndarray, ...]  # rows of each group of results


class Tape:
    """Computes the nodes of `outputs`, groups of nodes of a graph; `drivers` are the rows of Inputs.luck."""

    def __init__(self, graph: Graph, outputs: list[list[int]], drivers: tuple[int, ...]) -> None:
        self.graph, self.outputs, self.drivers = graph, outputs, drivers
        self._needed = _needed(graph, [node for group in outputs for node in group])
        self._kept: dict[int, Workspace] = {}

    def run(self, inputs: Inputs) -> list[np.ndarray]:
        """The groups of results, each [nodes, games]."""
        games = inputs.values.shape[1]
        work = self._kept.pop(games, None)  # popped, so that no other thread has it too
        if work is None:
            work = Workspace(self.wide, Wide, games) if games < MANY else Workspace(self.deep, Deep, games)
        results = work.run(inputs)
        while len(self._kept) >= KEPT:
            self._kept.pop(next(iter(self._kept)), None)
        self._kept[games] = work
        return results

    @cached_property
    def wide(self) -> Layout:
        graph, place = self.graph, {}

        def put(nodes: list[int]) -> int:
            start = len(place)
            place.update({node: start + n for n, node in enumerate(nodes)})
            return start

        numbers = [n for n in self._needed if graph.ops[n].kind == "number"]
        put(numbers)
        leaves, clock = self._inputs(put)
        steps = []
        for nodes in schedule(graph, self._needed):
            nodes = BLOCKS[graph.ops[nodes[0]].kind].sorted(graph, nodes)
            start = put(nodes)
            steps.append((start, tuple(_located(graph.ops[node], place) for node in nodes)))
        return self._layout(numbers, leaves, clock, steps, place, len(place))

    @cached_property
    def deep(self) -> Layout:
        """Nodes in written order; a row is used again as soon as nobody will read what stands there."""
        graph, place, free = self.graph, {}, []
        results = {node for group in self.outputs for node in group}
        readers = Counter(a for node in self._needed for a in graph.ops[node].args if a is not None)
        size = 0

        def put(nodes: list[int]) -> int:
            nonlocal size
            place.update({node: size + n for n, node in enumerate(nodes)})
            size += len(nodes)
            return size - len(nodes)

        numbers = [n for n in self._needed if graph.ops[n].kind == "number" and n in results]
        put(numbers)
        leaves, clock = self._inputs(put)
        inputs, steps = set(place), []
        fixed = [n for n in self._needed if graph.ops[n].kind == "number" and n not in place]
        place.update({n: graph.ops[n].fixed[0] for n in fixed})
        for node in self._needed:
            if graph.ops[node].kind in ("number", "leaf"):
                continue
            if free:
                place[node] = free.pop()
            else:
                put([node])
            steps.append((place[node], (_located(graph.ops[node], place),)))
            for a in {a for a in graph.ops[node].args if a is not None}:
                readers[a] -= graph.ops[node].args.count(a)
                if not readers[a] and a not in results and a not in inputs and graph.ops[a].kind != "number":
                    free.append(place[a])
        return self._layout(numbers, leaves, clock, steps, place, size)

    def _inputs(self, put) -> tuple[dict[str, tuple[int, np.ndarray]], tuple[int, tuple[tuple, ...]]]:
        groups = defaultdict(list)
        for node in self._needed:
            if self.graph.ops[node].kind == "leaf":
                groups[_source(self.graph.ops[node].fixed)].append(node)
        clock, leaves = groups.pop("clock", []), {}
        for kind, nodes in groups.items():
            rows = [self.graph.ops[node].fixed[-1] for node in nodes]
            taken = [self.drivers.index(row) for row in rows] if kind == "luck" else rows
            leaves[kind] = (put(nodes), np.array(taken, dtype=np.intp))
        return leaves, (put(clock), tuple(self.graph.ops[n].fixed for n in clock))

    def _layout(self, numbers: list[int], leaves: dict, clock: tuple, steps: list, place: dict, size: int) -> Layout:
        return Layout(size, np.array([self.graph.ops[n].fixed[0] for n in numbers]), leaves, clock, tuple(steps),
                      tuple(np.array([place[node] for node in group], dtype=np.intp) for group in self.outputs))


class Workspace:
    """The scratch array for so many games, and every call that a run makes, ready to be made."""

    def __init__(self, layout: Layout, views: type[Views], games: int) -> None:
        self.layout = layout
        self.scratch = np.empty((layout.size, games))
        self.scratch[: len(layout.numbers)] = layout.numbers[:, None]
        shared = views(self.scratch)
        self.calls: list[Call] = []
        for start, ops in layout.steps:
            self.calls += BLOCKS[ops[0].kind].calls(shared, ops, self.scratch[start: start + len(ops)])

    def run(self, inputs: Inputs) -> list[np.ndarray]:
        for kind, (start, rows) in self.layout.leaves.items():
            block = self.scratch[start: start + len(rows)]
            source = inputs.past[int(kind[4:])] if kind.startswith("past") else getattr(inputs, kind)
            source.take(rows, 0, block, "clip")
        start, leaves = self.layout.clock
        if leaves:
            self.scratch[start: start + len(leaves)] = np.array([[inputs.clock[leaf]] for leaf in leaves])
        for function, arguments in self.calls:
            function(*arguments)
        return [self.scratch.take(rows, 0) for rows in self.layout.outputs]


# --- laying out

def _needed(graph: Graph, outputs: list[int]) -> list[int]:
    """The nodes that the outputs hang on, in rising order."""
    found, left = set(), list(outputs)
    while left:
        node = left.pop()
        if node not in found:
            found.add(node)
            left += [a for a in graph.ops[node].args if a is not None]
    return sorted(found)


def _source(leaf: tuple) -> str:
    return f"past{leaf[1]}" if leaf[0] == "past" else SOURCES.get(leaf[0], "clock")


def _located(op: Op, place: dict[int, int | float]) -> Op:
    return Op(op.kind, tuple(None if a is None else place[a] for a in op.args), op.fixed)


def schedule(graph: Graph, needed: list[int]) -> list[list[int]]:
    """Steps of nodes of one kind, each after what it reads: first the kind on which the longest chain hangs."""
    inner = [n for n in needed if graph.ops[n].kind not in ("number", "leaf")]
    readers, missing = defaultdict(list), {}
    for node in inner:
        reads = {a for a in graph.ops[node].args if a is not None and graph.ops[a].kind not in ("number", "leaf")}
        missing[node] = len(reads)
        for a in reads:
            readers[a].append(node)
    height: dict[int, int] = {}
    for node in reversed(inner):
        height[node] = 1 + max((height[r] for r in readers[node]), default=0)
    ready, steps = defaultdict(list), []
    for node in inner:
        if not missing[node]:
            ready[graph.ops[node].kind].append(node)
    while ready:
        kind = max(sorted(ready), key=lambda k: max(height[n] for n in ready[k]))
        step = ready.pop(kind)
        steps.append(step)
        for node in step:
            for reader in readers[node]:
                missing[reader] -= 1
                if not missing[reader]:
                    ready[graph.ops[reader].kind].append(reader)
    return steps
