"""Fair and worth playing: what doing nothing costs, what good play wins, and nothing out of the blue.

The bands are wide on purpose: they say what kind of game this is. Run `python -m tests.scenarios.tables` for the
numbers themselves.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from game.engine.state import NONE
from game.engine.tables import DEFEAT
from game.outlook.policies import policy_named
from tests.scenarios.bots import do_nothing, grabbing, make_plan, planned, prudent, toward, until_last, variable
from tests.scenarios.games import Played, achieved, in_crisis, play_out, rules, scenario

GAMES, SEED = 500, 11
EVERYTHING = {"welfare": 1.0, "autonomy": 1.0, "security": 1.0, "democracy": 1.0}
SPECIALISTS = {"energy_security": {"security": 1.0}, "prosperity": {"welfare": 1.0}, "own_hands": {"autonomy": 1.0},
               "open_society": {"democracy": 1.0}, "many_friends": {"autonomy": 1.0, "security": 1.0},
               "steady_house": {"welfare": 1.0, "democracy": 1.0}}


def bot(name: str):
    if name == "nothing":
        return do_nothing
    if name == "sensible":
        return planned(make_plan(prudent(toward(EVERYTHING))))
    if name in SPECIALISTS:
        return planned(make_plan(prudent(toward(SPECIALISTS[name]))))
    return policy_named(name, scenario(), rules())


@cache
def played(name: str, difficulty: str = "historic") -> Played:
    return play_out(bot(name), GAMES, SEED, difficulty)


def troubled(games: Played, screens: int = 2) -> np.ndarray:
    """[games] of bool: lost, or with an indicator in crisis on one of the last screens."""
    late = [crisis for back in range(1, screens + 1) for crisis in in_crisis(games.shown[-back]).values()]
    return games.defeats() | np.any(late, axis=0)


def reached(games: Played) -> dict[str, float]:
    """Share of games in which each priority was achieved by a cabinet that stayed in office."""
    return {name: float((done & ~games.defeats()).mean()) for name, done in achieved(games.goals()).items()}


# --- stakes

def test_doing_nothing_is_dangerous_and_not_hopeless():
    assert 0.15 <= troubled(played("nothing")).mean() <= 0.40
    assert 0.02 <= played("nothing").defeats().mean() <= 0.20


def test_any_activity_is_safer_and_sense_is_safest():
    nothing, chance, sense = (troubled(played(name)).mean() for name in ("nothing", "random", "sensible"))
    assert nothing > chance > sense
    assert sense <= 0.05


@pytest.mark.parametrize("name", ["nothing", "random", "sensible"])
def test_difficulties_keep_their_order(name):
    calm, historic, stormy = (played(name, d) for d in ("calm", "historic", "stormy"))
    totals = [games.goals().sum(axis=0).mean() for games in (calm, historic, stormy)]
    assert totals[0] > totals[1] > totals[2]
    if name == "nothing":
        trouble = [troubled(games).mean() for games in (calm, historic, stormy)]
        assert trouble[0] < trouble[1] < trouble[2]


# --- what can be won

@pytest.mark.parametrize("name", SPECIALISTS)
def test_a_priority_can_be_achieved_and_not_by_accident(name):
    assert max(reached(played(bot))[name] for bot in (name, "sensible")) >= 0.6, "who works for it gets it"
    assert reached(played(name))[name] >= 0.3
    assert reached(played("random"))[name] <= 0.35
    assert reached(played("nothing"))[name] <= 0.10


def test_no_bot_that_pursues_one_goal_gets_everything():
    for name in ("energy_security", "prosperity", "own_hands", "open_society"):
        assert min(reached(played(name)).values()) < 0.2, name


def test_leaning_on_one_neighbour_costs_autonomy():
    spread = played("own_hands").final("autonomy").mean()
    for name in ("lean-north", "lean-south"):
        assert played(name).final("autonomy").mean() < spread - 5.0
        assert played(name).goals().sum(axis=0).mean() < played("sensible").goals().sum(axis=0).mean()


def test_doing_nothing_leans_on_nobody_in_particular():
    for name, start in (("russia_relations", 62), ("china_relations", 55)):
        assert abs(played("nothing").final(name).mean() - start) <= 8, name


@pytest.mark.parametrize("name", ["nothing", "sensible"])
def test_nothing_is_won_by_a_grab_in_the_last_quarter(name):
    grabbed = play_out(until_last(bot(name), grabbing(toward(EVERYTHING))), GAMES, SEED)
    usual = played(name).goals().mean()
    assert grabbed.goals().mean() - usual < 0.02 * usual


# --- nothing out of the blue

LOSERS = {
    "insolvency": lambda state: -variable("reserves_cover")(state) - 0.01 * variable("treasury")(state),
    "loss_of_confidence": variable("approval", -1.0),
    "cold_winter": variable("heat_risk"),
    "vassal": variable("china_leverage"),
}


@cache
def losing(name: str) -> Played:
    """Games of a bot that works for a bad end, when times are hard."""
    return play_out(planned(make_plan(LOSERS[name])), 1_000, SEED, "stormy")


def unwarned(games: Played) -> list[tuple[int, str]]:
    """Games lost although the screen did not warn of that end in the last two turns."""
    found = []
    for game in np.flatnonzero(games.defeats()):
        ending, turn = int(games.state.ended[game]), int(games.state.ended_turn[game])
        assert turn != NONE
        if turn < 1 or not (games.warned[turn, ending, game] and games.warned[turn - 1, ending, game]):
            found.append((int(game), rules().tables.endings[ending].id))
    return found


@pytest.mark.parametrize("name", LOSERS)
def test_every_defeat_can_happen_and_was_seen_coming(name):
    games = losing(name)
    ids = [ending.id for ending in rules().tables.endings]
    assert (games.state.ended == ids.index(name)).mean() > 0.01
    assert unwarned(games) == []


def test_defeats_of_ordinary_play_are_seen_coming_too():
    games = play_out(do_nothing, 1_000, SEED, "stormy")
    assert games.defeats().sum() > 100
    assert unwarned(games) == []


def test_every_defeat_has_a_warning():
    for ending, doc in zip(rules().tables.endings, scenario().document.endings, strict=True):
        if ending.kind == DEFEAT:
            assert ending.warn_when is not None and doc.warning, ending.id
