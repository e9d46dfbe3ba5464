"""Moving the stocks: all at once, from the flows as they stand (explicit Euler, a step of one quarter)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.engine.formulas import held
from game.engine.passes import Flowing
from game.engine.tables import Rules


@dataclass(frozen=True)
class Step:
    """How one stock moved: flows [flows, games] as they really ran, level before and after the range."""

    flows: np.ndarray
    free_level: np.ndarray
    level: np.ndarray
    unmet: np.ndarray  # [flows, games] what an emptied physical stock could not deliver, in the stock's unit


@dataclass(frozen=True)
class Steps:
    """How all stocks moved: [all flows, games], [stocks, games], in the order of the tables; a sequence of Step."""

    first: tuple[int, ...]  # flow of each stock, and where the last one's end
    flows: np.ndarray
    free_level: np.ndarray
    level: np.ndarray
    wanted: np.ndarray  # [all flows, games] flows as they wanted to run

    @cached_property
    def unmet(self) -> np.ndarray:
        return self.flows - self.wanted

    def __len__(self) -> int:
        return len(self.level)

    def __getitem__(self, number: int) -> Step:
        if not 0 <= number < len(self):
            raise IndexError(number)
        own = slice(self.first[number], self.first[number + 1])
        return Step(self.flows[own], self.free_level[number], self.level[number], self.unmet[own])


@dataclass(frozen=True)
class Pipes:
    """Where the flows of the stocks are."""

    rows: np.ndarray
    first: tuple[int, ...]
    physical: np.ndarray
    unmet_rows: np.ndarray
    unmet: np.ndarray  # flows of those rows
    unmet_scale: np.ndarray  # [flows, 1]


def pipes_of(rules: Rules) -> Pipes:
    stocks = rules.tables.stocks
    first = [0]
    for stock in stocks:
        first.append(first[-1] + len(stock.flows))
    told = [(flow.unmet_row, n, flow.scale)
            for n, flow in enumerate(flow for stock in stocks for flow in stock.flows) if flow.unmet_row >= 0]
    return Pipes(
        np.array([stock.row for stock in stocks], np.intp), tuple(first),
        np.array([s for s, stock in enumerate(stocks) if stock.physical], np.intp),
        np.array([row for row, _, _ in told], np.intp), np.array([n for _, n, _ in told], np.intp),
        np.array([scale for _, _, scale in told]).reshape(-1, 1),
    )


def move_stocks(rules: Rules, values: np.ndarray, flowing: Flowing, jumps: np.ndarray) -> Steps:
    """All stocks' steps: from values [rows, games], flows as they want to run, and `jumps` [stocks, games], the sums
    of effects and costs."""
    pipes, flows, free = rules.part(pipes_of), flowing.flows, flowing.levels
    taken = jumps[pipes.physical]
    supplies = flowing.supplies + np.maximum(taken, 0.0)
    drains = flowing.drains - np.minimum(taken, 0.0)
    short = drains > supplies
    if np.count_nonzero(short):
        share = np.where(short, supplies / np.where(drains > 0.0, drains, 1.0), 1.0)
        flows, free, jumps = flows.copy(), free.copy(), jumps.copy()
        jumps[pipes.physical] = np.where(taken < 0.0, taken * share, taken)
        for stock, part in zip(pipes.physical.tolist(), share, strict=True):
            own = flows[pipes.first[stock]: pipes.first[stock + 1]]
            own[:] = np.where(own < 0.0, own * part, own)
            free[stock] = values[pipes.rows[stock]]
            for flow in own:
                free[stock] += flow
    free = free + jumps
    return Steps(pipes.first, flows, free, held(rules, pipes.rows, free), flowing.flows)


def put_levels(rules: Rules, values: np.ndarray, steps: Steps) -> np.ndarray:
    """The values with moved stocks and what they could not deliver."""
    pipes, values = rules.part(pipes_of), values.copy()
    values[pipes.rows] = steps.level
    if steps.flows is not steps.wanted or np.count_nonzero(values[pipes.unmet_rows]):
        unmet = steps.flows[pipes.unmet] - steps.wanted[pipes.unmet]
        values[pipes.unmet_rows] = unmet / pipes.unmet_scale + 0.0
    return values
