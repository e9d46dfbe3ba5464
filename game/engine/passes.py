"""What is computed in a turn, each pass as one script over many formulas.

    computed   drivers and auxiliaries
    asked      every condition, odds, weight and appeal, on given values
    opened     both: what a turn opens with
    resolved   with what was decided: flags, drivers and auxiliaries, all flows, and where these take the stocks; then
               on the moved stocks: capital that lapses, auxiliaries that are levels, the conditions of the endings
    flowing    the flows of such a resolution, for whoever asks (the ledger)

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
    from game.engine.tables import Stock, Tables


class Resolved(NamedTuple):
    """A resolution, in the order of the tables."""

    free: np.ndarray  # [drivers and auxiliaries in order, games] what they would be without their range
    free_level: np.ndarray  # [stocks, games] after flows, effects and costs
    level: np.ndarray  # [stocks, games] the same within its range
    closing: np.ndarray  # [rows, games] as of the last day
    endings: np.ndarray  # [endings, games] 1.0 where its condition holds on the last day


class Bills(NamedTuple):
    """What may cost cash or political capital, in this order: places of the agenda, levers with a price, and as many
    initiatives as a turn may have."""

    numbers: np.ndarray  # of the levers
    levers: int  # where they begin
    initiatives: int  # where these begin
    count: int


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
        self.bills, self.width = _bills(tables), len(columns)
        self._stocks = np.array([stock.row for stock in tables.stocks], dtype=np.intp)
        unmet = [flow.unmet_row for stock in tables.stocks for flow in stock.flows if flow.unmet_row >= 0]
        self._late = np.array([tables.roles.capital, *unmet, *self.levels], dtype=np.intp)  # closed after the stocks
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

    def resolve(self, inputs: Inputs) -> Resolved:
        """Computes `inputs.values` in place. `inputs.purses` [2 + bills + bills, games]: what more comes to cash and to
        capital, and what either is to pay, one after the other (see landing.py)."""
        free, free_level, level, late, endings = self._resolved.run(inputs, inputs.values)
        closing = inputs.values.copy()
        closing[self._stocks] = level
        closing[self._late] = late
        return Resolved(free, free_level, level, closing, endings)

    def flows(self, inputs: Inputs) -> list[np.ndarray]:
        """Flows as they ran, in the stock's unit, by stock [its flows, games]; from what a resolution has computed."""
        return self._flowing.run(inputs)

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
            free, used = self._compute(graph, self.order), dict(graph.rows)
            moved = self._moved(graph)
            levels = [self._put(graph, stock.row, level) for stock, _, _, level in moved]
            for stock, wanted, ran, _ in moved:
                self._tell_unmet(graph, stock, wanted, ran)
            self._lapse(graph)
            self._compute(graph, self.levels)
            late = [graph.rows[row] for row in self._late.tolist()]
            endings = [graph.add(ending.when) for ending in self._tables.endings]
            graph.rows = used
            return [free, [level for _, _, _, level in moved], levels, late, endings]
        return self._script(build)

    @cached_property
    def _flowing(self) -> Script:
        return self._script(lambda graph: [ran for _, _, ran, _ in self._moved(graph)])

    def _moved(self, graph: Graph) -> list[tuple[Stock, list[int], list[int], int]]:
        """Each stock with its flows as they want to run and as they run, and the level to which all takes it."""
        wanted = [[graph.times(graph.add(flow.formula), graph.number(flow.scale)) for flow in stock.flows]
                  for stock in self._tables.stocks]
        return [(stock, own, *self._run(graph, stock, own))
                for stock, own in zip(self._tables.stocks, wanted, strict=True)]

    def _run(self, graph: Graph, stock: Stock, flows: list[int]) -> tuple[list[int], int]:
        """A stock's flows as they run, and the level to which they, effects and costs take it. What a physical stock
        would lose beyond what it has above its floor and what flows in is cut in proportion."""
        now, jump, zero = graph.add(("now", stock.row)), self._jump(graph, stock.row), graph.number(0.0)
        if stock.physical:
            above = graph.minus(now, graph.number(self._tables.variables[stock.row].low))
            supply = graph.plus(_sum(graph, above, [graph.excess(flow) for flow in flows]), graph.excess(jump))
            drain = graph.plus(_sum(graph, zero, [graph.shortfall(flow) for flow in flows]), graph.shortfall(jump))
            share = graph.share(supply, drain)
            flows, jump = [graph.cut(flow, share) for flow in flows], graph.cut(jump, share)
        return flows, graph.plus(_sum(graph, now, flows), jump)

    def _jump(self, graph: Graph, row: int) -> int:
        """What effects, costs and the income of political capital do to a stock."""
        roles = self._tables.roles
        jump = self._effects(graph, row) if row in self._columns else graph.number(0.0)
        for purse, own in enumerate((roles.cash, roles.capital)):
            if row == own:
                jump = graph.plus(jump, graph.leaf(("purse", purse)))
                if row == roles.capital:
                    jump = graph.plus(jump, graph.add(("now", roles.capital_income)))
                first = 2 + purse * self.bills.count
                for bill in range(first, first + self.bills.count):
                    jump = graph.minus(jump, graph.leaf(("purse", bill)))
        return jump

    def _tell_unmet(self, graph: Graph, stock: Stock, wanted: list[int], ran: list[int]) -> None:
        """What an emptied stock could not deliver, in the flow's own unit."""
        for flow, full, part in zip(stock.flows, wanted, ran, strict=True):
            if flow.unmet_row >= 0:
                unmet = graph.minus(part, full) if part != full else graph.number(0.0)
                graph.rows[flow.unmet_row] = graph.settled(graph.over(unmet, graph.number(flow.scale)))

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

    def _put(self, graph: Graph, row: int, value: int) -> int:
        """The value, within the row's range, is what is read from now on."""
        variable = self._tables.variables[row]
        graph.rows[row] = graph.settled(graph.limit(value, variable.low, variable.high))
        return graph.rows[row]

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


def _bills(tables: Tables) -> Bills:
    levers = np.array([n for n, lever in enumerate(tables.levers)
                       if lever.capital or lever.cost_once or lever.cost_per_turn], dtype=np.intp)
    return Bills(levers, tables.agenda.places, tables.agenda.places + len(levers),
                 tables.agenda.places + len(levers) + tables.agenda.initiatives)


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
