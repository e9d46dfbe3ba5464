"""What is computed in a turn, each pass as one script over many formulas.

    computed   drivers and auxiliaries
    asked      every condition, odds, weight and appeal, on given values
    opened     both: what a turn opens with
    resolved   with what was decided: flags, drivers and auxiliaries, all flows, and where these take the stocks
    closed     on the moved stocks: capital that lapses, auxiliaries that are levels, the conditions of the endings

Scripts are compiled when they are first run. Read next: graph.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from game.engine.expr import Node
from game.engine.graph import Graph
from game.engine.script import Inputs, Script

if TYPE_CHECKING:
    from game.engine.tables import Tables


class Flowing(NamedTuple):
    """Flows as they want to run, in the stock's unit, and what comes of them; effects and costs are not in it."""

    flows: np.ndarray  # [all flows, games]
    levels: np.ndarray  # [stocks, games]
    supplies: np.ndarray  # [physical stocks, games] what there is above the floor and what flows in
    drains: np.ndarray  # [physical stocks, games] what flows out


class Passes:
    """The scripts of a scenario. `places` says in which row of the read nodes a node is found."""

    def __init__(self, tables: Tables, columns: tuple[tuple[str, int], ...], drivers: tuple[int, ...]) -> None:
        self._tables, self._drivers = tables, drivers
        self._columns: dict[int, list[tuple[str, int]]] = defaultdict(list)  # row -> kind and column of its effects
        self._standing = [target for kind, target in columns if kind == "always"]  # rows, see Inputs.standing
        for column, (kind, target) in enumerate(columns):
            if kind in ("add", "always"):
                self._columns[target].append((kind, column))
        self.order = np.array(tables.order, dtype=np.intp)
        stocks = {stock.row for stock in tables.stocks}
        self._flags = [row for row in self._columns if row not in stocks and row not in tables.order]
        self.levels = np.array([row for row in tables.order if tables.variables[row].closing], dtype=np.intp)
        self._paths = [(("path", row), tables.variables[row].path) for row in drivers if tables.variables[row].path]
        self._clocks: dict[int, dict[tuple, float]] = {}  # by turn, those asked for so far
        self.places: dict[Node, int] = {node: n for n, node in enumerate(dict.fromkeys(_nodes(tables)))}

    def clock(self, turn: int) -> dict[tuple, float]:
        """Plain numbers that formulas read in a turn."""
        if turn not in self._clocks:
            date, place = self._tables.first_quarter + turn, max(turn, 0)
            paths = {leaf: path[min(place, len(path) - 1)] for leaf, path in self._paths}
            self._clocks[turn] = {("turn",): turn + 1.0, ("date",): float(date), ("quarter",): date % 4 + 1.0, **paths}
        return self._clocks[turn]

    # --- runs

    def compute(self, inputs: Inputs) -> np.ndarray:
        """Values [rows, games] with drivers and auxiliaries computed."""
        values = inputs.values.copy()
        self._computed.run(inputs, values)
        return values

    def open(self, inputs: Inputs) -> tuple[np.ndarray, np.ndarray]:
        """The same, and the read nodes [nodes, games]."""
        values = inputs.values.copy()
        (read,) = self._opened.run(inputs, values)
        return values, read

    def resolve(self, inputs: Inputs) -> tuple[np.ndarray, Flowing]:
        """Computes `inputs.values` in place; the computed rows before their range [order, games]."""
        free, flows, levels, supplies, drains = self._resolved.run(inputs, inputs.values)
        return free, Flowing(flows, levels, supplies, drains)

    def close(self, inputs: Inputs) -> np.ndarray:
        """Computes capital and levels in `inputs.values` in place; the conditions of the endings [endings, games]."""
        (endings,) = self._closed.run(inputs, inputs.values)
        return endings

    def ask(self, inputs: Inputs) -> np.ndarray:
        """The read nodes [nodes, games]."""
        (read,) = self._asked.run(inputs)
        return read

    # --- scripts

    @cached_property
    def _computed(self) -> Script:
        def build(graph: Graph) -> list[list[int]]:
            self._compute(graph, self.order)
            return []
        return self._script(build)

    @cached_property
    def _opened(self) -> Script:
        def build(graph: Graph) -> list[list[int]]:
            self._compute(graph, self.order)
            return self._read(graph)
        return self._script(build)

    @cached_property
    def _asked(self) -> Script:
        return self._script(self._read)

    @cached_property
    def _resolved(self) -> Script:
        def build(graph: Graph) -> list[list[int]]:
            for row in self._flags:
                self._put(graph, row, graph.plus(graph.add(("now", row)), self._effects(graph, row)))
            free = self._compute(graph, self.order)
            stocks = self._tables.stocks
            flows = [[graph.times(graph.add(flow.formula), graph.number(flow.scale)) for flow in stock.flows]
                     for stock in stocks]
            levels = [_sum(graph, graph.add(("now", stock.row)), own) for stock, own in zip(stocks, flows, strict=True)]
            physical = [(stock.row, own) for stock, own in zip(stocks, flows, strict=True) if stock.physical]
            supplies = [self._supply(graph, row, own) for row, own in physical]
            drains = [_sum(graph, graph.number(0.0), [graph.shortfall(flow) for flow in own]) for _, own in physical]
            return [free, [flow for own in flows for flow in own], levels, supplies, drains]
        return self._script(build)

    def _supply(self, graph: Graph, row: int, flows: list[int]) -> int:
        """What a physical stock can give: all that is above its floor, and what flows in."""
        level = graph.minus(graph.add(("now", row)), graph.number(self._tables.variables[row].low))
        return _sum(graph, level, [graph.excess(flow) for flow in flows])

    @cached_property
    def _closed(self) -> Script:
        def build(graph: Graph) -> list[list[int]]:
            self._lapse(graph)
            self._compute(graph, self.levels)
            return [[graph.add(ending.when) for ending in self._tables.endings]]
        return self._script(build)

    def _script(self, build: Callable[[Graph], list[list[int]]]) -> Script:
        return Script(build, self._drivers)

    def _read(self, graph: Graph) -> list[list[int]]:
        return [[graph.add(node) for node in self.places]]

    def _compute(self, graph: Graph, rows: np.ndarray) -> list[int]:
        """Formula, then effects, then range; the nodes before the range."""
        free = []
        for row in rows.tolist():
            value = graph.add(self._tables.variables[row].formula)
            if row in self._columns:
                value = graph.plus(value, self._effects(graph, row))
            free.append(value)
            self._put(graph, row, value)
        return free

    def _put(self, graph: Graph, row: int, value: int) -> None:
        """The value, within the row's range, is what is read from now on."""
        variable = self._tables.variables[row]
        graph.rows[row] = graph.settled(graph.limit(value, variable.low, variable.high))

    def _lapse(self, graph: Graph) -> None:
        """At most two turns' income of political capital is carried over."""
        roles = self._tables.roles
        most = graph.times(graph.add(("now", roles.capital_income)), graph.number(2.0))
        self._put(graph, roles.capital, graph.lower(graph.add(("now", roles.capital)), most))

    def _effects(self, graph: Graph, row: int) -> int:
        """The sum of what lands on a row."""
        columns = self._columns[row]
        parts = [graph.leaf(("standing", self._standing.index(row)))] if row in self._standing else []
        parts += [graph.leaf(("due", column)) for _, column in columns]
        return _sum(graph, parts[0], parts[1:])


def _sum(graph: Graph, total: int, parts: list[int]) -> int:
    """One after the other."""
    for part in parts:
        total = graph.plus(total, part)
    return total


def _nodes(tables: Tables) -> list[Node]:
    """Everything that is read on the values of an opened turn."""
    options = [choice for card in tables.cards for choice in card.choices] + [i.option for i in tables.initiatives]
    found = [node for option in options for node in (option.when, option.odds)]
    found += [node for card in tables.cards for node in (card.when, card.odds, card.averted_if)]
    found += [node for move in tables.moves for node in (move.when, move.appeal, move.odds)]
    found += [promise.kept_if for promise in tables.promises]
    return [node for node in found if node is not None]
