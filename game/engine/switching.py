"""The inputs of formulas, switched one at a time from one reading to another: what the ledger's terms are made of.

All formulas of a group are one script (script.py), so that what two steps share is computed once; a script reads each
input twice, as it was and as it is. Used by ledger.py.
"""

from __future__ import annotations

import numpy as np

from game.engine.formulas import Reading
from game.engine.graph import Graph
from game.engine.script import Inputs, Script
from game.engine.tables import AUXILIARY, Rules

READ = ("now", "last", "year_ago", "year_sum", "year_mean")  # leaves with rows; all others are plain numbers


class Switching:
    """The auxiliaries `rows`, each with its formula's `leaves` in written order and the `names` of the ledger's terms;
    `first` and `last` are the places of its values."""

    def __init__(self, rules: Rules, rows: list[int]) -> None:
        self.rows, self.places = np.array(rows, dtype=np.intp), {row: place for place, row in enumerate(rows)}
        self.leaves = [rules.formulas[row].leaves for row in rows]
        self.names = [(*(("input", leaf) for leaf in leaves), ("limit", row))
                      for row, leaves in zip(rows, self.leaves, strict=True)]
        self.last = np.cumsum([len(leaves) + 1 for leaves in self.leaves], dtype=np.intp) - 1
        self.first = self.last - np.array([len(leaves) for leaves in self.leaves], dtype=np.intp)
        read = sorted(dict.fromkeys(leaf for leaves in self.leaves for leaf in leaves), key=_order)
        self._rows = [np.array([leaf[1] for leaf in read if leaf[0] == kind], dtype=np.intp) for kind in READ]
        self._numbers = [leaf for leaf in read if leaf[0] not in READ]

        def build(graph: Graph) -> list[list[int]]:
            return [[step for row, leaves in zip(rows, self.leaves, strict=True)
                     for step in _steps(graph, rules.tables.variables[row].formula, leaves, read)]]
        self._script = Script(build, ())

    def values(self, old: Reading, new: Reading) -> np.ndarray:
        """What each auxiliary's formula gives on the old reading, and after each switch [rows and leaves, games]."""
        none = np.empty((0, old.values.shape[1]))
        (found,) = self._script.run(Inputs(self._inputs(old), (self._inputs(new),), none, none, none, {}))
        return found

    def _inputs(self, reading: Reading) -> np.ndarray:
        """What all formulas read [leaves, games], in the order of the script's rows."""
        values, past = reading.values, reading.past
        now, last, year_ago, *years = self._rows
        sums, means = (values.take(rows, 0) + past[0].take(rows, 0) + past[1].take(rows, 0) + past[2].take(rows, 0)
                       for rows in years)
        clock = reading.rules.passes.clock(reading.turn)
        numbers = np.array([clock[leaf] for leaf in self._numbers]).reshape(-1, 1).repeat(values.shape[1], 1)
        return np.concatenate((values.take(now, 0), past[0].take(last, 0), past[3].take(year_ago, 0), sums,
                               means * 0.25, numbers))


def _order(leaf: tuple) -> int:
    return READ.index(leaf[0]) if leaf[0] in READ else len(READ)


def _steps(graph: Graph, formula: tuple, leaves: tuple[tuple, ...], read: list[tuple]) -> list[int]:
    """The formula's node with all inputs as they were (rows of Inputs.values), then with one more as it is (rows of
    Inputs.past) in each step."""
    graph.given = {leaf: graph.leaf(("now", read.index(leaf))) for leaf in leaves}
    steps = [graph.add(formula)]
    for leaf in leaves:
        graph.given[leaf] = graph.leaf(("past", 0, read.index(leaf)))
        steps.append(graph.add(formula))
    return steps


def levels_of(rules: Rules) -> Switching:
    """Auxiliaries that are computed again from the moved stocks."""
    return Switching(rules, [row for row, v in enumerate(rules.tables.variables) if v.kind == AUXILIARY and v.closing])


def others_of(rules: Rules) -> Switching:
    """All other auxiliaries."""
    return Switching(rules, [row for row, v in enumerate(rules.tables.variables)
                             if v.kind == AUXILIARY and not v.closing])
