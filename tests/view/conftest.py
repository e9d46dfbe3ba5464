"""Games to look at: random ones of the small scenario and of those that come with the game."""

import random
from pathlib import Path

import pytest

from game.content import load
from game.replay import Session, Settings
from tests.futures import few_futures  # noqa: F401

ROOT = Path(__file__).parents[2]
MINIMAL = ROOT / "tests" / "content" / "minimal"
SHIPPED = sorted(path.parent for path in (ROOT / "scenarios").glob("*/scenario.yaml"))


@pytest.fixture(scope="session")
def minimal():
    return load(MINIMAL)


@pytest.fixture(scope="session", params=[MINIMAL, *SHIPPED], ids=lambda path: path.name)
def any_scenario(request):
    return load(request.param)


def new_game(scenario, seed=1, difficulty=0):
    document = scenario.document
    return Session.new(scenario, Settings(
        seed, next(iter(document.lengths)), document.difficulties[difficulty].id,
        tuple(priority.id for priority in document.priorities[:2])))


def decide_at_random(session, dice):
    """Most cards answered, some levers moved, some initiatives played; refusals are left at that."""
    tables = session.rules.tables
    for place, card in enumerate(session.state.agenda[:, 0]):
        if card >= 0 and dice.random() < 0.8:
            session.choose(place, dice.randrange(len(tables.cards[card].choices)))
    for i in range(len(tables.initiatives)):
        if dice.random() < 0.2:
            session.play(i)
    for i, lever in enumerate(tables.levers):
        if dice.random() < 0.15:
            session.set_lever(i, float(session.state.values[lever.row, 0]) + dice.choice((-1, 1)) * lever.step)


def random_game(scenario, seed, turns=99):
    """A game with `turns` turns played, or to its end."""
    session, dice = new_game(scenario, seed), random.Random(seed)
    while not session.ended and len(session.records) < turns:
        decide_at_random(session, dice)
        session.end_turn()
    return session


@pytest.fixture(scope="session")
def played(any_scenario):
    """Whole random games, one in the middle and one that has just begun."""
    return [random_game(any_scenario, 1), random_game(any_scenario, 2), random_game(any_scenario, 3, turns=4),
            new_game(any_scenario, 4)]
