"""Moving the stocks: all at once, from the flows as they stand (explicit Euler, a step of one quarter)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.engine.formulas import Reading, held
from game.engine.tables import Rules, Stock


@dataclass(frozen=True)
class Step:
    """How one stock moved: flows [flows, games] as they really ran, level before and after the range."""

    flows: np.ndarray
    free_level: np.ndarray
    level: np.ndarray
    unmet: np.ndarray  # [flows, games] what an emptied physical stock could not deliver, in the stock's unit


def move_stock(rules: Rules, number: int, reading: Reading, jump: np.ndarray) -> Step:
    """One stock's step; `jump` [games] is the sum of effects and costs on it."""
    stock, games = rules.tables.stocks[number], reading.values.shape[1]
    level = reading.values[stock.row]
    flows = np.zeros((len(stock.flows), games))
    for f, flow in enumerate(stock.flows):
        flows[f] = reading.value(rules.flows[number][f]) * flow.scale
    unmet = np.zeros_like(flows)
    if stock.physical:
        flows, unmet, jump = _within_supply(rules, stock, level, flows, jump)
    free = level + 0.0
    for flow in flows:
        free = free + flow
    free = free + jump
    return Step(flows, free, held(rules, stock.row, free), unmet)


def _within_supply(rules: Rules, stock: Stock, level: np.ndarray, flows: np.ndarray,
                   jump: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Outflows (and taking effects) scaled down in proportion where the stock would fall below its floor."""
    supply, wanted = level - rules.low[stock.row], np.zeros(level.shape)
    for flow in (*flows, jump):
        supply = supply + np.maximum(flow, 0.0)
        wanted = wanted + np.maximum(-flow, 0.0)
    share = np.where(wanted > supply, supply / np.where(wanted > 0.0, wanted, 1.0), 1.0)
    ran = np.where(flows < 0.0, flows * share, flows)
    return ran, ran - flows, np.where(jump < 0.0, jump * share, jump)
