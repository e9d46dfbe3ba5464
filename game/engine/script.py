"""Formulas that are computed together, as one Python function: for one game on floats, for many on arrays.

For a few games the script runs game by game on Python floats, which is many times faster than numpy on arrays of one
element; for more it runs once on arrays [games]. What is computed is the same, to the bit.
Read next: writing.py, which writes the function; passes.py, which says what is computed when.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from struct import Struct
from typing import NamedTuple

import numpy as np

from game.engine.graph import Graph
from game.engine.writing import Arrays, Floats, Plan

FEW = 20  # games up to which one after the other on floats is faster (measured)
SOURCES = ("now", "due", "standing", "luck", "purse", "past")  # of leaves, in the order of Inputs.arrays
CLOCK = 99  # stands behind all of them for the plain numbers


class Inputs(NamedTuple):
    """What formulas read: values [rows, games], past: of the last quarters, luck [drivers, games].

    due [columns, games] are the effects that land now, standing [rows that have any, games] those that last;
    purses: what cash and capital are told beside, see Passes.resolve.
    `clock` are plain numbers by leaf: turn, quarter, date and the paths of drivers.
    """

    values: np.ndarray
    past: tuple[np.ndarray, ...] | np.ndarray
    due: np.ndarray
    standing: np.ndarray
    luck: np.ndarray
    clock: dict[tuple, float]
    purses: np.ndarray | None = None

    def arrays(self) -> tuple[np.ndarray, ...]:
        return (self.values, self.due, self.standing, self.luck, self.purses, *self.past)


class Script:
    """Computes rows of values and groups of nodes; `drivers` are the rows of Inputs.luck.

    `build` puts the formulas in a graph and says which nodes are wanted, group by group; the graph's rows are the rows.
    """

    def __init__(self, build: Callable[[Graph], list[list[int]]], drivers: tuple[int, ...]) -> None:
        self._build, self._drivers = build, drivers

    def run(self, inputs: Inputs, values: np.ndarray | None = None) -> list[np.ndarray]:
        """The groups of results, each [nodes, games]; computed rows are written on `values` [rows, games], which may be
        `inputs.values`. What is infinite or not a number passes silently."""
        few = inputs.values.shape[1] <= FEW
        script = self.on_floats if few else self.on_arrays
        results = script.by_game(inputs, values) if few else script.together(inputs, values)
        return [results[group] for group in script.groups]

    @cached_property
    def on_floats(self) -> Compiled:
        return self._compiled(Floats)

    @cached_property
    def on_arrays(self) -> Compiled:
        return self._compiled(Arrays)

    def _compiled(self, dialect: type[Floats | Arrays]) -> Compiled:
        graph = Graph(lazy=dialect.lazy)
        groups = self._build(graph)
        wanted = [*graph.rows.values(), *(node for group in groups for node in group)]
        needed = _needed(graph, wanted)
        leaves = [node for node in needed if graph.ops[node].kind == "leaf"]
        leaves.sort(key=lambda node: _source(graph.ops[node].fixed))
        plan = Plan(graph, needed, {node: n for n, node in enumerate(leaves)}, wanted, _same_for_all(graph, needed))
        rows, clock = _taken([graph.ops[node].fixed for node in leaves], self._drivers)
        ends = np.cumsum([0] + [len(group) for group in groups]).tolist()
        return Compiled(dialect(plan).function(), rows, clock, np.array(list(graph.rows), dtype=np.intp), ends[-1],
                        [slice(*span) for span in zip(ends, ends[1:], strict=False)], Struct(f"{len(wanted)}d"))


@dataclass(frozen=True)
class Compiled:
    """A function and what it is given."""

    function: Callable
    rows: tuple[tuple[int, np.ndarray], ...]  # which of Inputs.arrays, what to take of it
    clock: tuple[tuple, ...]  # leaves that are plain numbers, after those
    stored: np.ndarray  # rows of values that are the first results
    others: int  # how many results come after those
    groups: list[slice]  # of these
    floats: Struct  # all results of one game

    def by_game(self, inputs: Inputs, values: np.ndarray | None) -> np.ndarray:
        """Writes the computed rows; all other results [nodes, games]. Game by game, on floats."""
        games, stored = inputs.values.shape[1], len(self.stored)
        blank, pack = [0.0] * (stored + self.others), self.floats.pack_into
        arrays = inputs.arrays()
        taken = [arrays[source].take(rows, 0) for source, rows in self.rows] or [np.empty((0, games))]
        clock = [inputs.clock[leaf] for leaf in self.clock]
        found = np.empty((games, len(blank)))
        for row, leaves in zip(found, np.concatenate(taken).T.tolist(), strict=True):
            results = blank.copy()
            leaves += clock
            self.function(leaves, results)
            pack(row, 0, *results)  # the fastest way from many floats to an array
        found = found.T
        if stored:
            values[self.stored] = found[:stored]
        return found[stored:]

    def together(self, inputs: Inputs, values: np.ndarray | None) -> np.ndarray:
        """The same on arrays: all games at once."""
        arrays = inputs.arrays()
        leaves = [arrays[source][row] for source, rows in self.rows for row in rows.tolist()]
        results = np.empty((self.others, inputs.values.shape[1]))
        with np.errstate(all="ignore"):
            self.function(leaves + [inputs.clock[leaf] for leaf in self.clock],
                          [values[row] for row in self.stored.tolist()] + list(results))
        return results


def _source(leaf: tuple) -> int:
    """Which of Inputs.arrays a leaf is found in; a number beyond all for the clock."""
    if leaf[0] not in SOURCES:
        return CLOCK
    return SOURCES.index(leaf[0]) + (leaf[1] if leaf[0] == "past" else 0)


def _taken(leaves: list[tuple], drivers: tuple[int, ...]) -> tuple:
    """For leaves sorted by source: what to take of each source, and the leaves of the clock."""
    rows: dict[int, list[int]] = {}
    for leaf in leaves:
        place = drivers.index(leaf[-1]) if leaf[0] == "luck" else leaf[-1]
        rows.setdefault(_source(leaf), []).append(place)
    rows.pop(CLOCK, None)
    clock = tuple(leaf for leaf in leaves if _source(leaf) == CLOCK)
    return tuple((source, np.array(taken, dtype=np.intp)) for source, taken in rows.items()), clock


def _needed(graph: Graph, outputs: list[int]) -> list[int]:
    """The nodes that the outputs hang on, in rising order."""
    found, left = set(), list(outputs)
    while left:
        node = left.pop()
        if node not in found:
            found.add(node)
            left += graph.ops[node].args
    return sorted(found)


def _same_for_all(graph: Graph, needed: list[int]) -> set[int]:
    """Nodes that are numbers, not arrays, in a script on arrays: those that hang on nothing but numbers and clock."""
    same: set[int] = set()
    for node in needed:
        op = graph.ops[node]
        if (op.kind != "leaf" or _source(op.fixed) == CLOCK) and same.issuperset(op.args):
            same.add(node)
    return same
