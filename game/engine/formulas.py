"""Reading variables: the inputs of a formula, conditions, odds; and what effects add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.engine import numbers
from game.engine.expr import Expr, Node
from game.engine.script import Inputs
from game.engine.tables import Rules


@dataclass(frozen=True)
class Reading:
    """What a formula may read: values [rows, games], past: quarters of such values, turn, luck [drivers, games].

    `read` are the nodes of passes.py on these values, where they are known already.
    """

    rules: Rules
    values: np.ndarray
    past: Sequence[np.ndarray]
    turn: int
    luck: np.ndarray | None = None
    read: np.ndarray | None = None

    def leaf(self, leaf: Node) -> np.ndarray | float:
        kind = leaf[0]
        if kind == "now":
            return self.values[leaf[1]]
        if kind == "last":
            return self.past[0][leaf[1]]
        if kind == "year_ago":
            return self.past[3][leaf[1]]
        if kind in ("year_sum", "year_mean"):
            row = leaf[1]
            total = self.values[row] + self.past[0][row] + self.past[1][row] + self.past[2][row]
            return total if kind == "year_sum" else total * 0.25
        if kind == "luck":
            return self.luck[self.rules.luck_rows.index(leaf[1])]
        return self.rules.passes.clock(self.turn)[leaf]

    def inputs(self, expr: Expr) -> list:
        return [self.leaf(leaf) for leaf in expr.leaves]

    def value(self, expr: Expr) -> np.ndarray:
        """Value of a formula, shape [games] or a plain number."""
        return expr.evaluate(self.inputs(expr))

    def holds(self, node: Node) -> np.ndarray:
        """Truth of a condition for every game, [games] of bool."""
        return self.number(node) != 0.0

    def number(self, node: Node) -> np.ndarray:
        """Value of a node for every game, [games]."""
        place = self.rules.passes.places.get(node) if self.read is not None else None
        if place is not None:
            return self.read[place]
        return np.broadcast_to(self.value(self.rules.formula(node)), self.values.shape[1:])

    @cached_property
    def all_read(self) -> np.ndarray:
        """Every condition, odds and appeal [nodes, games]; passes.places says which is where."""
        if self.read is not None:
            return self.read
        return self.rules.passes.ask(inputs_of(self.rules, self.values, self.past, self.turn))


def places(rules: Rules, nodes: Sequence[Node]) -> np.ndarray:
    """Rows of Reading.all_read."""
    return np.array([rules.passes.places[node] for node in nodes], dtype=np.intp)


def inputs_of(rules: Rules, values: np.ndarray, past: Sequence[np.ndarray], turn: int, due: np.ndarray | None = None,
              standing: np.ndarray | None = None, luck: np.ndarray | None = None,
              purses: np.ndarray | None = None) -> Inputs:
    """What a pass reads: without luck the median one; without effects only what reads none."""
    if luck is None:
        luck = np.zeros((len(rules.luck_rows), values.shape[1]))
    return Inputs(values, past, due, standing, luck, rules.passes.clock(turn), purses)


def held(rules: Rules, row: int | np.ndarray, x: np.ndarray) -> np.ndarray:
    """x within the variable's range, whatever happens (not a number: the lowest); + 0.0 leaves no negative zero."""
    return np.fmin(np.fmax(x, rules.low.take(row, 0)), rules.high.take(row, 0)) + 0.0


FEW_DICE = 40  # up to so many, one after the other on floats is faster (measured)


def driver_luck(dice: np.ndarray) -> np.ndarray:
    """Standard normal draws [drivers, games] from the drivers' dice."""
    held_dice = np.minimum(np.maximum(dice, numbers.LEAST_DIE), numbers.MOST_DIE)
    if dice.size > FEW_DICE:
        return numbers.normal(held_dice)
    return np.array([numbers.normal_of(u) for u in held_dice.ravel().tolist()]).reshape(dice.shape)


Pairs = tuple[np.ndarray, np.ndarray]  # columns of State.due and what each is for; none of these comes twice


@dataclass(frozen=True)
class Columns:
    """Columns of State.due that do other things than adding, which passes.py reads."""

    always: np.ndarray  # in the order of State.standing
    follow: Pairs
    promise: Pairs


def columns_of(rules: Rules) -> Columns:
    def pairs(found: list[tuple[int, int]]) -> Pairs:
        return tuple(np.array([pair[i] for pair in found], dtype=np.intp) for i in (0, 1))

    def of(*kinds: str) -> list[tuple[int, int]]:
        return [(n, target) for n, (kind, target) in enumerate(rules.columns) if kind in kinds]

    always = np.array([column for column, _ in of("always")], dtype=np.intp)
    return Columns(always, pairs(of("follow")), pairs(of("promise")))


def lasting(rules: Rules, due: np.ndarray, standing: np.ndarray) -> np.ndarray:
    """Standing effects after a turn: those that start now stay."""
    starting = due.take(rules.part(columns_of).always, 0)
    return standing + starting if np.count_nonzero(starting) else standing
