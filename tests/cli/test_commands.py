"""What each command does: its output, where it goes, and the exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conformance.worlds import FOLDERS
from tests.replay.playing import new_session, play_turns

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def log(tmp_path):
    return play_turns(new_session("minimal", tmp_path / "a.tnlog"), 4).path


def test_check_of_a_clean_scenario(run, minimal):
    ran = run("check", minimal)
    assert (ran.code, ran.out, ran.err) == (0, "", "No findings.\n")
    assert json.loads(run("check", minimal, "--format", "json").out) == []


@pytest.mark.parametrize("name", FOLDERS)
def test_shipped_scenarios_have_no_findings(run, name):
    assert run("check", FOLDERS[name]).out == ""


def test_check_says_where_and_what(run, tmp_path, minimal):
    folder = tmp_path / "broken"
    folder.mkdir()
    for path in minimal.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(minimal)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    text = (folder / "scenario.yaml").read_text("utf-8")
    (folder / "scenario.yaml").write_text(text + "colour: red\n", "utf-8")
    ran = run("check", folder)
    line = text.count("\n") + 1
    assert ran.code == 1
    assert f"scenario.yaml:{line}:1 error unknown-key" in ran.out and "1 errors, 0 warnings" in ran.err
    (finding,) = json.loads(run("check", folder, "--format", "json").out)
    assert (finding["line"], finding["code"], finding["severity"]) == (line, "unknown-key", "error")


def test_schema_is_json(run):
    ran = run("schema")
    assert ran.code == 0 and ran.err == ""
    assert json.loads(ran.out)["$schema"].startswith("https://json-schema.org/")


def test_simulate_json_is_one_document_and_the_same_again(run, minimal):
    first = run("simulate", minimal, "--games", 60, "--seed", "spring", "--json")
    again = run("simulate", minimal, "--games", 60, "--seed", "spring", "--json")
    assert first.code == 0 and first.out == again.out
    summary = json.loads(first.out)
    assert (summary["games"], summary["policy"], summary["length"]) == (60, "random", "lesson")
    assert "60 of 60 games" in first.err
    other = json.loads(run("simulate", minimal, "--games", 60, "--seed", "autumn", "--json").out)
    assert other["indicators"] != summary["indicators"]


def test_simulate_tells_people(run, minimal):
    ran = run("simulate", minimal, "--games", 40, "--policy", "lean-north", "--difficulty", "tight")
    assert ran.code == 0
    assert ran.out.startswith("40 games of minimal, lesson, tight, policy lean-north, seed 1\n")
    for heading in ("Endings", "Indicators at the end", "Cards (a game)", "Initiatives (a game)", "Moves (a game)"):
        assert f"\n{heading}" in ran.out


def test_replay_tells_and_verifies(run, log):
    told = run("replay", log)
    assert told.code == 0 and told.out.startswith("A small example: ") and "\n2011 Q4\n" in told.out
    assert json.loads(run("replay", log, "--json").out)["lines"] == told.out.splitlines()
    assert run("replay", log, "--verify").out == "All 4 turns give what the log holds.\n"
    result = json.loads(run("replay", log, "--verify", "--json").out)
    assert (result["verdict"], result["turns"], result["scenario"]) == ("same", 4, "minimal")
    assert result["installed_rules"] is False


def test_replay_says_whether_the_rules_are_the_installed_ones(run, tmp_path):
    path = play_turns(new_session("mongolia-2011", tmp_path / "a.tnlog"), 1).path
    assert json.loads(run("replay", path, "--verify", "--json").out)["installed_rules"] is True
    assert "they are those of the scenario installed here" in run("replay", path, "--verify").err


def test_replay_of_a_log_that_does_not_verify(run, log):
    text = log.read_text("utf-8")
    log.write_text(text.replace('"rules":1', '"rules":0', 1), "utf-8")
    old = run("replay", log, "--verify")
    assert old.code == 2 and "older rules" in old.out
    start = text.index('"seed":7')
    log.write_text(text[:start] + '"seed":8' + text[start + 8:], "utf-8")
    other = run("replay", log, "--verify")
    assert other.code == 1 and "differs" in other.out


def test_replay_of_something_else(run, minimal):
    ran = run("replay", minimal / "scenario.yaml", "--verify")
    assert ran.code == 2 and "not a line of a saved game" in ran.err


def child(*arguments, **more):
    return subprocess.Popen([sys.executable, "-m", "game", *map(str, arguments)], cwd=REPOSITORY, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


def test_commands_run_as_a_program_and_json_stands_alone(minimal):
    process = child("simulate", minimal, "--games", 20, "--json")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0 and json.loads(out)["games"] == 20 and "20 of 20 games" in err


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to whole consoles, not to one child")
def test_ctrl_c_sums_up_what_was_done(minimal):
    process = child("simulate", minimal, "--games", 5_000_000, "--json")
    for _ in range(2):
        assert "games" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    summary = json.loads(out)
    assert 0 < summary["games"] < summary["asked"] == 5_000_000
    assert sum(summary["endings"].values()) == pytest.approx(1.0)
    assert "were done" in err and "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no closed pipes of this kind")
def test_a_reader_that_has_seen_enough_is_no_error(log):
    read, write = os.pipe()
    os.close(read)
    process = subprocess.Popen([sys.executable, "-m", "game", "replay", str(log)], cwd=REPOSITORY, text=True,
                               stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0 and err == ""


def test_commands_are_quick_to_start():
    """The help of a command needs neither numpy's games nor a window."""
    started = time.perf_counter()
    process = child("--version")
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert time.perf_counter() - started < 5.0  # half a second on an idle machine


OWN = """
from game.engine.decisions import nothing

def idle(rules, state, reading, dice):
    return nothing(rules, state)

def wrong(rules, state, reading, dice):
    return 1 / 0

def other(rules, state, reading, dice):
    return 5
"""


def test_a_policy_of_ones_own(run, minimal, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(OWN, "utf-8")
    mine = json.loads(run("simulate", minimal, "--games", 20, "--policy", f"{path}:idle", "--json").out)
    idle = json.loads(run("simulate", minimal, "--games", 20, "--policy", "nothing", "--json").out)
    assert mine["indicators"] == idle["indicators"]
    for name, says in (("wrong", "fails in turn 1: ZeroDivisionError"), ("other", "must give Decisions"),
                       ("none", "has no function")):
        ran = run("simulate", minimal, "--games", 20, "--policy", f"{path}:{name}")
        assert ran.code == 2 and says in ran.err
    assert "no file" in run("simulate", minimal, "--policy", "nowhere.py:f").err


def test_priorities_of_bots(run, minimal):
    assert run("simulate", minimal, "--games", 4, "--policy", "planner", "--priorities", "energy").code == 0
    ran = run("simulate", minimal, "--games", 4, "--priorities", "enrgy")
    assert ran.code == 2 and "Did you mean “energy”?" in ran.err
