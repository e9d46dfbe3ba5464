"""The verdict tells games apart: every title can be earned, every sentence is sometimes true and sometimes not."""

from __future__ import annotations

from functools import cache

import numpy as np

from game.engine.expr import Node, compile_expr
from game.engine.turn import reading_of
from tests.scenarios.bots import make_plan, planned, variable
from tests.scenarios.games import Played, play_out, rules, scenario
from tests.scenarios.test_fairness import LOSERS, SPECIALISTS, losing, played

BOTS = ("nothing", "random", "cautious", "lean-north", "lean-south", "sensible", *SPECIALISTS)


def holds(games: Played, node: Node | None) -> np.ndarray:
    """[games] of bool; no condition always holds."""
    if node is None:
        return np.ones(games.state.games, dtype=bool)
    value = reading_of(rules(), games.state).value(compile_expr(node))
    return np.broadcast_to(value != 0.0, (games.state.games,))


# Cabinets with one idea, for the corners of the verdict.
OBSESSIONS = {"savings": variable("stability_fund"), "soldiers": variable("peacekeepers"),
              "tanks": lambda state: variable("fuel_cover")(state) - 0.5 * variable("russia_fuel_share")(state),
              "quarrels": lambda state: variable("china_snub")(state) + variable("russia_snub")(state),
              "the mine": variable("oyu_tolgoi", -1.0)}


@cache
def everything() -> dict[str, Played]:
    obsessed = {name: play_out(planned(make_plan(aim)), 200, 11) for name, aim in OBSESSIONS.items()}
    return {name: played(name) for name in BOTS} | {f"losing by {name}": losing(name) for name in LOSERS} | obsessed


def titles(games: Played) -> dict[str, float]:
    """Share of games with each title: the first whose condition holds."""
    left, found = np.ones(games.state.games, dtype=bool), {}
    for title, node in zip(scenario().document.verdict.titles, scenario().verdict.titles, strict=True):
        here = left & holds(games, node)
        found[title.title] = float(here.mean())
        left &= ~here
    return found


def test_every_title_can_be_earned():
    shares = [titles(games) for games in everything().values()]
    never = [name for name in shares[0] if max(share[name] for share in shares) < 0.01]
    assert never == []


def test_ordinary_games_do_not_all_get_the_same_title():
    for name in ("nothing", "random"):
        assert max(titles(played(name)).values()) <= 0.6, name
    assert len({max(titles(games), key=titles(games).get) for games in everything().values()}) >= 7


def test_every_sentence_is_sometimes_true_and_never_always():
    for sentence, node in zip(scenario().document.verdict.sentences, scenario().verdict.sentences, strict=True):
        shares = [float(holds(games, node).mean()) for games in everything().values()]
        assert max(shares) >= 0.01, f"never said: {sentence.text}"
        assert min(shares) <= 0.9, f"always said: {sentence.text}"
