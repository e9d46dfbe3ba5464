"""Moving the stocks: all at once, from the flows as they stand (explicit Euler, a step of one quarter)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.engine.formulas import held
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
class Rounds:
    """How to add every stock's flows in their order with few calls: all first flows, then all second ones..."""

    order: np.ndarray  # stocks, those with most flows first
    back: np.ndarray  # where each stock is in that order
    flows: np.ndarray  # flows, round by round
    spans: tuple[tuple[int, int], ...]  # of each round in `flows`

    def added(self, totals: np.ndarray, flows: np.ndarray) -> np.ndarray:
        """Totals [stocks, games] with each stock's flows, of all flows [flows, games], added one after the other."""
        totals, flows = totals[self.order], flows[self.flows]
        for first, last in self.spans:
            totals[: last - first] += flows[first: last]
        return totals[self.back]


def _rounds(flows: list[range]) -> Rounds:
    order = sorted(range(len(flows)), key=lambda s: -len(flows[s]))
    turns, spans = [], []
    for n in range(max(map(len, flows), default=0)):
        found = [flows[s][n] for s in order if len(flows[s]) > n]
        spans.append((len(turns), len(turns) + len(found)))
        turns += found
    return Rounds(np.array(order, np.intp), np.argsort(order), np.array(turns, np.intp), tuple(spans))


@dataclass(frozen=True)
class Pipes:
    """Where the flows of the stocks are."""

    rows: np.ndarray
    first: tuple[int, ...]
    rounds: Rounds
    physical: np.ndarray
    floor: np.ndarray  # [physical, 1]
    drained: np.ndarray  # flows of physical stocks
    drains: Rounds  # of these stocks, what comes and then what goes, by place among these flows taken twice
    drained_place: np.ndarray  # and which of these stocks
    unmet_rows: np.ndarray
    unmet: np.ndarray  # flows of those rows
    unmet_scale: np.ndarray  # [flows, 1]


def pipes_of(rules: Rules) -> Pipes:
    stocks = rules.tables.stocks
    first = [0]
    for stock in stocks:
        first.append(first[-1] + len(stock.flows))
    own = [range(start, end) for start, end in zip(first, first[1:], strict=False)]
    physical = [s for s, stock in enumerate(stocks) if stock.physical]
    drained = [(n, place) for place, s in enumerate(physical) for n in own[s]]
    drains, last = [], 0
    for s in physical * 2:
        drains.append(range(last, last + len(own[s])))
        last += len(own[s])
    told = [(flow.unmet_row, n, flow.scale)
            for n, flow in enumerate(flow for stock in stocks for flow in stock.flows) if flow.unmet_row >= 0]
    return Pipes(
        np.array([stock.row for stock in stocks], np.intp), tuple(first), _rounds(own), np.array(physical, np.intp),
        rules.low[[stocks[s].row for s in physical]], np.array([flow for flow, _ in drained], np.intp), _rounds(drains),
        np.array([place for _, place in drained], np.intp),
        np.array([row for row, _, _ in told], np.intp), np.array([n for _, n, _ in told], np.intp),
        np.array([scale for _, _, scale in told]).reshape(-1, 1),
    )


def move_stocks(rules: Rules, values: np.ndarray, flows: np.ndarray, jumps: np.ndarray) -> Steps:
    """All stocks' steps: from values [rows, games], flows [all flows, games] as they want to run, and `jumps`
    [stocks, games], the sums of effects and costs."""
    pipes, wanted = rules.part(pipes_of), flows
    before = values[pipes.rows]
    if len(pipes.physical):
        drained, taken = flows[pipes.drained], jumps[pipes.physical]
        share = _supplied(pipes, before[pipes.physical], drained, taken)
        if share is not None:
            flows, jumps = flows.copy(), jumps.copy()
            flows[pipes.drained] = np.where(drained < 0.0, drained * share[pipes.drained_place], drained)
            jumps[pipes.physical] = np.where(taken < 0.0, taken * share, taken)
    free = pipes.rounds.added(before, flows)
    free += jumps
    return Steps(pipes.first, flows, free, held(rules, pipes.rows, free), wanted)


def _supplied(pipes: Pipes, level: np.ndarray, flows: np.ndarray, jumps: np.ndarray) -> np.ndarray | None:
    """Share of what goes out of each physical stock that it can give, [physical, games]; None: all of it. `flows` are
    those of physical stocks, `jumps` and `level` these stocks' own."""
    zero, count = np.zeros_like(level), len(level)
    come = np.maximum(np.concatenate((flows, -flows)), 0.0)
    sums = pipes.drains.added(np.concatenate((level - pipes.floor, zero)), come)
    sums += np.maximum(np.concatenate((jumps, -jumps)), 0.0)
    supply, wanted = sums[:count], sums[count:]
    short = wanted > supply
    if not np.count_nonzero(short):
        return None
    return np.where(short, supply / np.where(wanted > 0.0, wanted, 1.0), 1.0)


def put_levels(rules: Rules, values: np.ndarray, steps: Steps) -> np.ndarray:
    """The values with moved stocks and what they could not deliver."""
    pipes, values = rules.part(pipes_of), values.copy()
    values[pipes.rows] = steps.level
    if steps.flows is not steps.wanted or np.count_nonzero(values[pipes.unmet_rows]):
        unmet = steps.flows[pipes.unmet] - steps.wanted[pipes.unmet]
        values[pipes.unmet_rows] = unmet / pipes.unmet_scale + 0.0
    return values
