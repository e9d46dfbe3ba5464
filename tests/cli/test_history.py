"""`history`: what it prints, what it gives as JSON, and what it says when it cannot."""

from __future__ import annotations

import json
import shutil

import pytest


@pytest.fixture
def copy(minimal, tmp_path):
    return shutil.copytree(minimal, tmp_path / "minimal")


def test_json_is_one_mode_and_driven_if_none_is_asked_for(run, minimal):
    ran = run("history", minimal, "--json")
    found = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert found["mode"] == "driven" and found["exogenised"] == ["price"]
    assert [(row["indicator"], row["year"]) for row in found["rows"]] == [
        ("cover", 2011), ("cover", 2012), ("price", 2011), ("price", 2012)]
    assert {"indicator", "year", "simulated", "real", "error"} <= set(found["rows"][0])
    withheld = found["rows"][2]
    assert withheld["real"] is None and withheld["error"] is None and withheld["simulated"] == 700.0


def test_all_modes_are_a_list(run, minimal):
    found = json.loads(run("history", minimal, "--json", "--mode", "all").out)
    assert [part["mode"] for part in found] == ["driven", "free", "anchored"]
    assert found[2]["add_factors"] == [{"variable": "demand", "year": 2011, "value": -2, "most": 5}]


def test_lines_fit_eighty_columns_and_tell_each_year(run, minimal):
    ran = run("history", minimal, "--mode", "all")
    assert ran.code == 0 and ran.err == ""
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "Days of fuel (cover)" in ran.out and "Price of fuel (price) *" in ran.out
    assert "Mean errors until 2011" in ran.out and "Add-factors: 1, in 50 %" in ran.out


def test_a_history_that_does_not_fit_is_told_with_its_line(run, copy):
    path = copy / "playthroughs" / "history.yaml"
    path.write_text(path.read_text("utf-8").replace("old-debt: refuse\n", ""), "utf-8")
    ran = run("history", copy)
    assert ran.code == 1 and ran.out == ""
    assert f"{path}:1:1 error playthrough 2011-Q2: the card `old-debt` comes up" in ran.err


def test_a_name_that_is_not_there_is_found_by_check_too(run, copy):
    path = copy / "playthroughs" / "history.yaml"
    path.write_text(path.read_text("utf-8").replace("old-debt: refuse\n", "old-debt: refuze\n"), "utf-8")
    ran = run("history", copy)
    assert ran.code == 1 and "history.yaml:2:" in ran.err and "unknown-reference" in ran.err
    checked = run("check", copy)
    assert checked.code == 1 and checked.out == ran.err


def test_what_is_missing_is_said(run, copy):
    (copy / "playthroughs" / "history.yaml").unlink()
    ran = run("history", copy)
    assert ran.code == 2 and "history.yaml" in ran.err
    (copy / "calibration.yaml").unlink()
    ran = run("history", copy)
    assert ran.code == 2 and "no calibration" in ran.err
    assert "“drivn”" in run("history", copy, "--mode", "drivn").err


def test_a_scenario_that_extends_another_uses_its_history(run, copy):
    mine = copy.parent / "mine"
    mine.mkdir()
    (mine / "scenario.yaml").write_text("extends: minimal\nid: mine\nvariables: {fuel: {start: 60}}\n", "utf-8")
    base, changed = (json.loads(run("history", folder, "--json").out) for folder in (copy, mine))
    assert base["rows"][0]["simulated"] < changed["rows"][0]["simulated"]
