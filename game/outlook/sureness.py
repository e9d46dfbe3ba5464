"""How sure the numbers of a scenario are.

A number here is what carries a source: the start value of a variable (four quarters count as one) or the value of a
constant. Numbers inside formulas, the points of curves among them, carry no source of their own and are counted apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from game.content import Scenario
from game.engine.expr import Node

GRADES = ("high", "medium", "low", "judged")


@dataclass(frozen=True)
class Numbers:
    """`by_confidence`: how many of each of GRADES; `in_formulas`: numbers in formulas of the model, 0 and 1 aside."""

    by_confidence: dict[str, int]
    in_formulas: int

    @property
    def total(self) -> int:
        return sum(self.by_confidence.values())

    @property
    def judged_share(self) -> float:
        """Share of judged numbers, 0 to 1; 0 for a scenario without any number."""
        return self.by_confidence["judged"] / self.total if self.total else 0.0

    def plain(self) -> dict:
        return {**self.by_confidence, "total": self.total, "judged_share": round(self.judged_share, 4),
                "in_formulas": self.in_formulas}


def numbers_of(scenario: Scenario) -> Numbers:
    sources = [doc.source for doc in scenario.document.variables.values() if doc.source is not None]
    counts = Counter(source.confidence for source in sources)
    nodes = [v.formula for v in scenario.tables.variables if v.formula is not None]
    nodes += [flow.formula for stock in scenario.tables.stocks for flow in stock.flows]
    return Numbers({grade: counts[grade] for grade in GRADES}, sum(map(_constants, nodes)))


def _constants(node: Node) -> int:
    if node[0] == "number":
        return int(abs(node[1]) not in (0.0, 1.0))
    points = 2 * len(node[2]) if node[0] == "curve" else 0
    return points + sum(_constants(part) for part in node[1:] if isinstance(part, tuple) and isinstance(part[0], str))
