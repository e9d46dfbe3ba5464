"""The neighbours think: what they do depends on relations, on what they can press with, and on what they were refused.

Each is moved to a low and a high level (start and the level where it settles) in games of the random bot; at one of
the two ends the neighbour's hard or soft moves must be at least twice or at most half as frequent as without.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from game.engine.tables import Rules
from game.outlook.policies import random_policy
from tests.scenarios.games import play_out, rules, scenario, with_start

GAMES, SEED = 300, 5
SETTLES = {"russia_relations": "russia_baseline", "china_relations": "china_baseline",
           "us_relations": "third_baseline", "japan_relations": "third_baseline", "korea_relations": "third_baseline",
           "russia_leverage": "russia_grip", "china_leverage": "china_grip"}
LEVELS = {"relations": (35, 85), "leverage": (35, 88), "snub": (0, 5)}
CASES = [(actor, f"{name}_{what}")
         for actor, name, of in (("russia", "russia", LEVELS), ("china", "china", LEVELS),
                                 ("united_states", "us", ("relations", "snub")),
                                 ("japan", "japan", ("relations", "snub")),
                                 ("south_korea", "korea", ("relations", "snub")))
         for what in of]


def shifted(name: str, level: float) -> Rules:
    """Rules under which a variable starts at a level and settles as much higher or lower."""
    return with_start(name, level, SETTLES.get(name))


@cache
def frequencies(name: str = "", level: float = 0.0) -> dict[tuple[str, str], float]:
    """Moves a game by (actor, tone)."""
    played = play_out(random_policy, GAMES, SEED, rule=shifted(name, level) if name else None)
    counts = played.moves.sum(axis=1) / GAMES
    found: dict[tuple[str, str], float] = {}
    for move, count in zip(scenario().document.moves, counts, strict=True):
        found[move.actor, move.tone] = found.get((move.actor, move.tone), 0.0) + float(count)
    return found


@pytest.mark.parametrize(("actor", "name"), CASES)
def test_a_neighbour_minds(actor, name):
    usual, ratios = frequencies(), {}
    for level in LEVELS[name.rpartition("_")[2]]:
        there = frequencies(name, level)
        for tone in ("hard", "soft"):
            ratios[level, tone] = (there[actor, tone] + 0.01) / (usual[actor, tone] + 0.01)
    assert any(ratio >= 2.0 or ratio <= 0.5 for ratio in ratios.values()), ratios


@pytest.mark.parametrize(("actor", "name"), CASES)
def test_it_minds_in_the_direction_that_people_expect(actor, name):
    low, high = (frequencies(name, level) for level in LEVELS[name.rpartition("_")[2]])
    friendly, cross = (high, low) if name.endswith("relations") else (low, high)
    assert friendly[actor, "hard"] < cross[actor, "hard"]
    if not name.endswith("leverage"):  # a strong hand makes nobody kinder or colder, only bolder
        assert friendly[actor, "soft"] > cross[actor, "soft"]


@pytest.mark.parametrize(("name", "level"), [("russia_relations", 30), ("china_relations", 30), ("russia_leverage", 85),
                                             ("china_leverage", 85)])
def test_it_costs_to_fall_out_with_a_giant_or_to_be_in_its_hand(name, level):
    """Otherwise whoever ignores both neighbours does best, and there is no game."""
    usual, cold = (play_out(random_policy, GAMES, SEED, rule=rule) for rule in (None, shifted(name, level)))
    assert cold.goals().sum(axis=0).mean() < usual.goals().sum(axis=0).mean() - 8.0


def test_every_move_of_the_five_is_made_now_and_then():
    played = play_out(random_policy, GAMES, SEED)
    idle = [move.id for move, count in zip(rules().tables.moves, played.moves.sum(axis=1), strict=True) if not count]
    assert len(idle) <= 2, idle
    assert np.all(played.moves.sum(axis=0) > 0), "a game in which no neighbour ever moved"
