"""Reading and computing variables: the inputs of a formula, conditions, drivers and auxiliaries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine import numbers
from game.engine.expr import Expr, Node
from game.engine.tables import Rules


@dataclass(frozen=True)
class Reading:
    """What a formula may read: values [rows, games], past [quarters, rows, games], turn, luck [drivers, games]."""

    rules: Rules
    values: np.ndarray
    past: np.ndarray
    turn: int
    luck: np.ndarray | None = None

    def leaf(self, leaf: Node) -> np.ndarray | float:
        kind = leaf[0]
        if kind == "now":
            return self.values[leaf[1]]
        if kind == "last":
            return self.past[0, leaf[1]]
        if kind == "year_ago":
            return self.past[3, leaf[1]]
        if kind in ("year_sum", "year_mean"):
            row = leaf[1]
            total = self.values[row] + self.past[0, row] + self.past[1, row] + self.past[2, row]
            return total if kind == "year_sum" else total * 0.25
        return self._outside(kind, leaf)

    def _outside(self, kind: str, leaf: Node) -> np.ndarray | float:
        tables = self.rules.tables
        if kind == "luck":
            return self.luck[self.rules.luck_rows.index(leaf[1])]
        if kind == "path":
            path = tables.variables[leaf[1]].path
            return path[min(max(self.turn, 0), len(path) - 1)]
        date = tables.first_quarter + self.turn
        return {"turn": self.turn + 1.0, "date": float(date), "quarter": date % 4 + 1.0}[kind]

    def inputs(self, expr: Expr) -> list:
        return [self.leaf(leaf) for leaf in expr.leaves]

    def value(self, expr: Expr) -> np.ndarray:
        """Value of a formula, shape [games] or a plain number."""
        return expr.evaluate(self.inputs(expr))

    def holds(self, node: Node) -> np.ndarray:
        """Truth of a condition for every game, [games] of bool."""
        return np.broadcast_to(self.value(self.rules.nodes[node]) != 0.0, self.values.shape[1:])

    def number(self, node: Node) -> np.ndarray:
        """Value of a node for every game, [games]."""
        return np.broadcast_to(self.value(self.rules.nodes[node]), self.values.shape[1:])


def held(rules: Rules, row: int, x: np.ndarray) -> np.ndarray:
    """x within the variable's range, whatever happens (not a number: the lowest); + 0.0 leaves no negative zero."""
    return np.fmin(np.fmax(x, rules.low[row]), rules.high[row]) + 0.0


def driver_luck(rules: Rules, dice: np.ndarray) -> np.ndarray:
    """Standard normal draws of the drivers, from the first slots of a turn's dice."""
    return numbers.normal(np.minimum(np.maximum(dice[: len(rules.luck_rows)], 2.0**-54), 1.0 - 2.0**-53))


def compute(reading: Reading, adds: np.ndarray, rows: tuple[int, ...]) -> None:
    """Compute drivers and auxiliaries in place, in the order of `rows`; `adds` [rows, games] is put on top."""
    rules = reading.rules
    for row in rows:
        reading.values[row] = held(rules, row, reading.value(rules.formulas[row]) + adds[row])


def added(rules: Rules, due: np.ndarray, standing: np.ndarray) -> np.ndarray:
    """Sum of the effects on each row in a turn [rows, games], from its column sums and the standing ones."""
    adds = standing.copy()
    for column, (kind, target) in enumerate(rules.columns):
        if kind in ("add", "always"):
            adds[target] = adds[target] + due[column]
    return adds


def lasting(rules: Rules, due: np.ndarray, standing: np.ndarray) -> np.ndarray:
    """Standing effects after a turn: those that start now stay."""
    after = standing.copy()
    for column, (kind, target) in enumerate(rules.columns):
        if kind == "always":
            after[target] = after[target] + due[column]
    return after

