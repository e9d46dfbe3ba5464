"""`--workers`: the same answer from any number of processes; one of them killed, Ctrl-C to all, one's own policy."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game.cli.simulating import SHARES
from game.outlook.batch import CHUNK

psutil = pytest.importorskip("psutil", reason="needs psutil, which the extra `dask` brings, to find processes")
REPOSITORY = Path(__file__).resolve().parents[2]
FAIR = REPOSITORY / "tests" / "outlook" / "fair-deck"
STUDY = ("balance", FAIR, "--games", 600, "--depth-games", 20, "--json")


def program(folder, *arguments):
    return subprocess.Popen([sys.executable, "-m", "game", *map(str, arguments)], cwd=folder, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
                            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "TN_HOME": str(folder / "home")})


def workers(process, count=2):
    """The processes that do its work, once there are so many."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = [child for child in psutil.Process(process.pid).children()
                 if any("spawn_main" in word for word in child.cmdline())]
        if len(found) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError("no workers")


@pytest.mark.parametrize("games", [6_000, 2 * SHARES * CHUNK])  # few to begin with here, many
def test_any_number_of_processes_gives_the_same_text(run, minimal, games):
    texts = {run("simulate", minimal, "--games", games, "--json", "--workers", n).out for n in (1, 2, 3)}
    assert len(texts) == 1 and json.loads(texts.pop())["games"] == games


def test_a_killed_worker_costs_nothing_but_time(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    process = program(tmp_path, *STUDY, "--workers", 2)
    workers(process)[0].kill()
    out, err = process.communicate(timeout=100)
    assert process.returncode == 0 and "Traceback" not in err
    assert out == run(*STUDY, "--workers", 1).out


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to whole consoles, not to one group")
def test_ctrl_c_on_a_terminal_reaches_all_and_ends_all(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    process = program(tmp_path, *STUDY, "--workers", 2)
    team = workers(process)
    for line in process.stderr:
        if line.startswith("6 of "):
            break
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130 and "--resume goes on" in err
    assert "Traceback" not in err and "KeyboardInterrupt" not in err
    assert json.loads(out)["complete"] is False
    assert psutil.wait_procs(team, timeout=10)[1] == []
    resumed = run(*STUDY, "--workers", 2, "--resume")
    assert resumed.code == 0 and "\n1 of " not in "\n" + resumed.err
    assert resumed.out == run(*STUDY, "--workers", 1).out


SLOW_TO_FAIL = """
import os, time
from game.engine.decisions import nothing

def late(rules, state, reading, dice):
    time.sleep(0.02)
    if state.first_game >= 2_000:
        return 1 / 0
    return nothing(rules, state)

def deadly(rules, state, reading, dice):
    time.sleep(0.02)
    if state.first_game == 2_000:
        os._exit(1)
    return nothing(rules, state)
"""


@pytest.mark.parametrize("name, says", [("late", "fails in turn 1: ZeroDivisionError"),
                                        ("deadly", "3 processes ended while they did the same piece (2000/200)")])
def test_ones_own_policy_that_fails_in_a_worker_is_one_sentence(run, minimal, tmp_path, monkeypatch, name, says):
    (tmp_path / "mine.py").write_text(SLOW_TO_FAIL, "utf-8")
    monkeypatch.chdir(tmp_path)
    ran = run("simulate", minimal, "--games", 4_000, "--policy", f"mine.py:{name}", "--workers", 2)
    assert ran.code == 2 and says in ran.err


@pytest.mark.parametrize("more, says", [
    (("--workers", "0"), "is not a number of processes"), (("--workers", "many"), "is not a number of processes"),
    (("--dask", "nowhere"), "is not the address of a scheduler"), (("--dask", "ftp://a:1"), "is not the address"),
    (("--dask", "tcp://a:b"), "is not the address"), (("--dask", "a:1", "--workers", "2"), "not allowed with"),
])
@pytest.mark.parametrize("command", ["simulate", "balance"])
def test_wrong_usage_is_one_sentence(run, minimal, command, more, says):
    ran = run(command, minimal, *more)
    assert ran.code == 2 and says in ran.err
