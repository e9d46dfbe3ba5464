"""What bots try to reach: the mean of the chosen priorities' goal values. Never shown to players as a score."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from game.content import Scenario
from game.engine.formulas import Reading
from game.engine.tables import Rules

PAIRS = 6  # of priorities over which depth is pooled at least


def weights_of(scenario: Scenario, priorities: tuple[str, ...]) -> np.ndarray:
    """The weight of each goal [goals]: priorities count alike, and so do the goals of a priority.

    Raises ValueError for a priority that the scenario does not have.
    """
    document = scenario.document
    known, weights = {p.id: p for p in document.priorities}, np.zeros(len(document.goals))
    goals = [goal.id for goal in document.goals]
    for name in priorities:
        if name not in known:
            raise ValueError(f"no priority “{name}”; there are {', '.join(known)}")
        for goal in known[name].goals:
            weights[goals.index(goal)] += 1.0 / (len(priorities) * len(known[name].goals))
    return weights


def utility(rules: Rules, reading: Reading, weights: np.ndarray) -> np.ndarray:
    """The weighted mean of the goals' values, [games]."""
    found = np.zeros(reading.values.shape[1])
    for node, weight in zip(rules.tables.goals, weights, strict=True):
        if weight:
            found = found + weight * reading.number(node)
    return found


def default_priorities(scenario: Scenario) -> tuple[str, ...]:
    """The first two."""
    return tuple(p.id for p in scenario.document.priorities[:2])


def priority_pairs(scenario: Scenario, count: int = PAIRS) -> list[tuple[str, ...]]:
    """At least `count` pairs of priorities, each priority as often as the others: first neighbours around a ring,
    then those two apart, and so on; fewer if the scenario has no more. One priority alone is its own set."""
    ids = [p.id for p in scenario.document.priorities]
    if len(ids) < 2:
        return [tuple(ids)] if ids else []
    order = {pair: min(pair[1] - pair[0], len(ids) - pair[1] + pair[0])
             for pair in combinations(range(len(ids)), 2)}
    steps = sorted(set(order.values()))
    found: list[tuple[str, ...]] = []
    for step in steps:
        if len(found) < count:
            found += [(ids[a], ids[b]) for (a, b), distance in order.items() if distance == step]
    return found
