"""How many numbers are judged: counted as the page says, and at most half in what is shipped."""

from __future__ import annotations

import pytest

from game.outlook.sureness import numbers_of
from tests.conformance.worlds import scenario

MOST = 0.5  # of all numbers that carry a source


def test_numbers_with_a_source_are_counted_by_confidence():
    found = numbers_of(scenario("minimal"))
    sources = [doc.source for doc in scenario("minimal").document.variables.values() if doc.source]
    assert found.total == len(sources) == sum(found.by_confidence.values())
    assert found.by_confidence["judged"] == sum(source.confidence == "judged" for source in sources)
    assert found.judged_share == pytest.approx(found.by_confidence["judged"] / found.total)
    assert found.in_formulas > 0 and found.plain()["judged_share"] == pytest.approx(found.judged_share, abs=1e-4)


def test_at_most_half_of_the_numbers_of_mongolia_2016_are_judged():
    assert numbers_of(scenario("mongolia-2016")).judged_share <= MOST


def test_at_most_half_of_the_numbers_of_mongolia_2011_are_judged():
    assert numbers_of(scenario("mongolia-2011")).judged_share <= MOST
