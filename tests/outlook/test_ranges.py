"""Judged numbers at the ends of their ranges: planted ones flip what they should and nothing else, every time."""

from __future__ import annotations

import json
import pickle
from functools import cache

import pytest

from game.content import Scenario, load_source
from game.outlook import ranges
from game.outlook.balance import study_of
from game.outlook.study import Study
from game.outlook.workers.work import Over
from game.reports.balance_page import balance_page
from tests.conformance.worlds import scenario

JUDGED = "source: {confidence: judged, low: "
SMALL = f"""
format: 1
id: small
title: Small
start: 2011-Q1
player: home
lengths: {{short: {{label: Short, turns: 6, minutes: 5}}}}
roles: {{cash: cash, credit: credit, capital: capital, capital_income: income}}
actors:
- {{id: home, label: Home, side: home}}
- {{id: north, label: North, side: russia, relations: north_relations}}
- {{id: south, label: South, side: china, relations: south_relations}}
variables:
  cash: {{label: Cash, kind: stock, start: 100, range: [0, 1000], flows: {{}}, {JUDGED}50, high: 150}}}}
  capital: {{label: Capital, kind: stock, start: 3, range: [0, 10], {JUDGED}3, high: 3}}}}
  credit: {{label: Credit, kind: auxiliary, is: "10", range: [0, 100]}}
  income: {{label: Income, kind: auxiliary, is: "1", range: [0, 10]}}
  north_relations: {{label: North, kind: stock, start: 50, range: [0, 100], flows: {{}}, {JUDGED}45, high: 55}}}}
  south_relations: {{label: South, kind: stock, start: 50, range: [0, 100], flows: {{}}, {JUDGED}45, high: 55}}}}
  worth: {{label: Worth of the north, kind: parameter, value: 1, {JUDGED}-3, high: 3}}}}
  luck_of_all: {{label: Luck, kind: driver, is: 10 * luck, start: 0, range: [-40, 40], {JUDGED}-1, high: 1}}}}
  past: {{label: Past, kind: auxiliary, is: "1", start: [1, 1, 1, 1], range: [0, 2], {JUDGED}0, high: 2}}}}
cards:
- id: visit
  title: A visit
  text: Whom to see?
  claim: invented
  source: {{confidence: judged, low: 0, high: 0}}
  weight: "1"
  cooldown: 1
  choices:
  - {{id: nobody, label: Nobody, bargain: nothing, default: true}}
  - {{id: north, label: The north, bargain: trust, effects: [{{add: 4, to: north_relations}}]}}
  - {{id: south, label: The south, bargain: trust, effects: [{{add: 5, to: south_relations}}]}}
indicators:
- {{variable: cash, good: up, small: 1, medium: 2, large: 4}}
goals:
- {{id: g, label: G, is: "50 + worth * (north_relations - 50) + 0.5 * (south_relations - 50) + 0.01 * luck_of_all"}}
priorities:
- {{id: p, label: P, goals: {{g: {{achieved: 60, partly: 40}}}}}}
endings:
- {{id: lost, kind: defeat, title: Lost, when: cash < 60, text: t}}
"""


@cache
def small() -> Scenario:
    return load_source({"scenario.yaml": SMALL})


@cache
def study() -> Study:
    return study_of(small(), 1, games=800, depth_games=2)


@cache
def done() -> dict:
    return {ranges.name_of(piece): ranges.do(study(), piece) for piece in ranges.work(study())}


@cache
def found() -> dict:
    return json.loads(json.dumps(ranges.summary(study(), json.loads(json.dumps(done())))))


def conclusion(words: str) -> dict:
    (one,) = [each for each in found()["conclusions"] if words in each["says"]]
    return one


def test_judged_numbers_are_those_with_a_range():
    assert [number.variable for number in ranges.judged(small())] == [
        "cash", "north_relations", "south_relations", "worth", "luck_of_all"]
    assert ranges.judged(small())[3] == ranges.Judged("worth", 1.0, -3.0, 3.0)


def test_what_hangs_on_a_planted_number_flips_by_it_alone():
    best = conclusion("does best of the simple policies")
    assert best["verdict"] == "flips" and "leaning on the north" in best["says"]
    assert [(at["variable"], at["side"], at["value"]) for at in best["flips"]] == [("worth", "low", -3.0)]
    assert best["most"]["variable"] == "worth" and best["most"]["side"] == "high"
    assert best["number"] > 0.0 > best["flips"][0]["number"]


def test_courting_is_told_by_the_goal_and_its_direction():
    north, south = conclusion("North: courting it raises"), conclusion("South: courting it raises")
    assert north["verdict"] == "flips" and south["verdict"] == "holds"
    assert south["flips"] == [] and north["flips"][0]["number"] < 0.0 < north["number"]


def test_a_start_value_that_ends_games_flips_the_share_of_defeats():
    idle = conclusion("Doing nothing ends in defeat in less than half")
    assert idle["number"] == 0.0 and idle["verdict"] == "flips"
    assert [(at["variable"], at["side"], at["number"]) for at in idle["flips"]] == [("cash", "low", 1.0)]


def test_a_favourite_is_found_where_the_numbers_make_one():
    favourite = conclusion("A partner is worth courting")
    assert favourite["verdict"] == "holds" and favourite["number"] > 0.5  # the north, or the south where it is worse
    assert (favourite["most"]["variable"], favourite["most"]["side"]) == ("worth", "high")


def test_a_variant_is_the_same_in_a_batch_and_alone():
    """The first variant of a batch has the games that it would have alone."""
    together = ranges.do(study(), (ranges.NAME, 3, 2))["variants"]
    alone = ranges.do(study(), (ranges.NAME, 3, 1))["variants"]
    assert together[:2] == alone and len(together) == 4


def test_it_is_the_same_every_time_wherever_it_is_done():
    piece = ranges.work(study())[1]
    elsewhere = pickle.loads(pickle.dumps(Over(study(), ranges.do))).open()
    assert elsewhere(piece, lambda: False) == done()[ranges.name_of(piece)]
    assert ranges.do(study(), piece, stop=lambda: True) is None


def test_there_is_no_summary_before_all_is_done():
    some = dict(list(done().items())[:1])
    assert ranges.summary(study(), some) is None


@pytest.mark.parametrize("name", ["minimal", "mongolia-2011"])
def test_each_judged_number_is_in_one_piece(name):
    own = study_of(scenario(name), 1, games=100, depth_games=2)
    numbers = ranges.judged(scenario(name))
    covered = [n for _, first, count in ranges.work(own) if first >= 0 for n in range(first, first + count)]
    assert numbers and covered == list(range(len(numbers)))


def test_the_report_says_what_flips():
    from game.outlook.balance import summary
    page = balance_page(summary(study(), done()))
    assert "What hangs on judged numbers" in page and "does best of the simple policies" in page
    assert "Worth of the north -3" in page and "of them are our own judgement" in page
    assert "Conclusions were not tried yet" in balance_page(summary(study(), {}))
