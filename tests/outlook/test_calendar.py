"""Cards that a game is too short for are no fault of theirs."""

import pytest

from game import paths
from game.content import load
from game.outlook.calendar import kept_out


@pytest.fixture(scope="module")
def tables():
    return load(paths.scenarios() / "mongolia-2011").tables


def out(tables, turns):
    return {tables.cards[c].id for c in kept_out(tables, turns)}


def test_a_lesson_is_kept_from_later_cards_and_from_what_follows_them(tables):
    lesson = out(tables, 12)
    assert {"xi-state-visit", "briquette-poisonings", "smoke-over-the-city"} <= lesson  # dated, following, undated
    assert not lesson & {"moscow-state-visit", "first-concentrate", "queues-remembered", "rosneft-stations-ask"}


def test_longer_games_see_more_and_a_campaign_all(tables):
    assert out(tables, 56) == set() and out(tables, 22) < out(tables, 12) < out(tables, 1)
