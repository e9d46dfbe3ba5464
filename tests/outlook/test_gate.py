"""The gate: each line turns when its figure crosses the bound, and the record says what was measured on what."""

import copy
import json

import pytest

from game.engine.turn import RULES_VERSION
from game.outlook.gate import RECORD, gate, write_record

SOUND = {
    "depth": {"gaps": {"bars": {"gap": 0.5, "error": 0.02}, "total": {"gap": 0.4, "error": 0.02},
                       "goals-now": {"gap": 0.01, "error": 0.5}},
              "doubled": {"games": 12, "change": -0.01}, "last_turn_gain": 0.005,
              "please_both": {"mean": 50.0, "planner_median": 70.0}},
    "options": {"always": [], "never": [], "no_consequence": [], "disagree": 0.4,
                "cards": {"flood": {"dig": {"taken": 30, "open": 100, "share": 0.3, "worth": 1.0}}}},
}


def failing(figures: dict) -> list[str]:
    return [line["code"] for line in gate(figures) if not line["holds"]]


def test_a_sound_study_passes():
    assert failing(SOUND) == [] and len(gate(SOUND)) == 10


@pytest.mark.parametrize("path, value, code", [
    (("gaps", "bars", "gap"), 0.29, "shallow"), (("gaps", "bars", "gap"), float("nan"), "shallow"),
    (("gaps", "total", "gap"), 0.14, "shallow"), (("gaps", "bars", "error"), 0.031, "uncertain"),
    (("gaps", "total", "error"), float("nan"), "uncertain"), (("doubled", "change"), 0.051, "unsteady"),
    (("doubled", "change"), -0.06, "unsteady"), (("last_turn_gain",), 0.021, "last-turn"),
    (("please_both", "mean"), 71.0, "please-both"),
])
def test_each_figure_has_its_bound(path, value, code):
    figures = copy.deepcopy(SOUND)
    place = figures["depth"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert failing(figures) == [code]


@pytest.mark.parametrize("code", ["always", "never", "no_consequence"])
def test_one_option_or_card_is_enough_to_fail(code):
    figures = copy.deepcopy(SOUND)
    figures["options"][code] = [["flood", "dig", 0.95]]
    assert failing(figures) == [code]


def test_without_the_planner_there_is_nothing_to_say():
    assert gate({"cards": {}}) == []


def test_the_record_names_what_it_was_measured_on(tmp_path):
    key = {"scenario": "s", "fingerprint": "f", "length": "lesson", "difficulty": "d", "seed": 5, "games": 1,
           "depth_games": 2, "rollouts": 4, "horizon": 8, "complete": True, "findings": [],
           "policies": {"bars": {"utility": 50.0}}}
    path = write_record({**SOUND, **key, "gate": gate(SOUND)}, tmp_path)
    kept = json.loads(path.read_text("utf-8"))
    assert path == tmp_path / RECORD.format("lesson")
    assert (kept["fingerprint"], kept["rules_version"], kept["seed"]) == ("f", RULES_VERSION, 5)
    assert kept["options"]["flood"] == {"dig": [30, 100]} and all(line["holds"] for line in kept["gate"])
    with pytest.raises(ValueError, match="not finished"):
        write_record({**SOUND, **key, "complete": False}, tmp_path)
