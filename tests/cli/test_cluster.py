"""`--dask`: a cluster of two workers on this machine gives the same text as this process, also when one is killed."""

import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game.outlook.workers import cluster as backend

REPOSITORY = Path(__file__).resolve().parents[2]
FAIR = REPOSITORY / "tests" / "outlook" / "fair-deck"
needs_dask = pytest.mark.skipif(importlib.util.find_spec("distributed") is None,
                                reason="the extra `dask` is not installed (pip install distributed)")
OWN = """
from game.engine.decisions import nothing

def f(rules, state, reading, dice):
    return nothing(rules, state)
"""


class Cluster:
    """A scheduler and workers of one thread each, on the loopback address only."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.processes = folder, []
        self.file = folder / "scheduler.json"
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show",
                    "--scheduler-file", self.file)
        end = time.monotonic() + 60
        while not self.file.exists() or not self.file.read_text("utf-8"):
            assert time.monotonic() < end
            time.sleep(0.1)
        self.address = json.loads(self.file.read_text("utf-8"))["address"]

    def worker(self, path=REPOSITORY):
        return self._start("dask_worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
                           "--no-dashboard", path=path)

    def _start(self, module, *arguments, path=REPOSITORY):
        environment = {**os.environ, "PYTHONPATH": str(path), "DASK_TEMPORARY_DIRECTORY": str(self.folder)}
        process = subprocess.Popen([sys.executable, "-m", f"distributed.cli.{module}", *map(str, arguments)],
                                   cwd=self.folder, env=environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.processes.append(process)
        return process

    def play(self, *arguments):
        """The program at work on the cluster."""
        return subprocess.Popen([sys.executable, "-m", "game", *map(str, arguments), "--dask", self.address],
                                cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env={**os.environ, "PYTHONPATH": str(REPOSITORY), "TN_HOME": str(self.folder / "home")})


@pytest.fixture
def cluster(tmp_path):
    folder = tmp_path / "cluster"
    folder.mkdir()
    found = Cluster(folder)
    yield found
    for process in reversed(found.processes):
        process.kill()
        process.wait()


def heard(process, start):
    for line in process.stderr:
        if line.startswith(start):
            return
    raise AssertionError(f"{start} was not said")


@needs_dask
def test_two_workers_and_one_of_them_killed_midway(run, minimal, cluster):
    one, _ = cluster.worker(), cluster.worker()
    arguments = ("simulate", minimal, "--games", 20_000, "--policy", "lean-north", "--json")
    here = run(*arguments, "--workers", 1).out
    process = cluster.play(*arguments)
    heard(process, "4,000 of")
    one.kill()
    out, err = process.communicate(timeout=100)
    assert process.returncode == 0 and out == here and "Traceback" not in err


@needs_dask
def test_the_balance_is_the_same_and_outlives_the_cluster(run, cluster, monkeypatch):
    """The scheduler goes midway: what is done is kept, and this machine goes on."""
    monkeypatch.chdir(cluster.folder)
    cluster.worker(), cluster.worker()
    arguments = ("balance", FAIR, "--games", 600, "--depth-games", 20, "--json")
    process = cluster.play(*arguments)
    heard(process, "9 of")
    cluster.processes[0].kill()
    out, err = process.communicate(timeout=100)
    assert process.returncode == 2 and out == "" and "was lost" in err and "--resume goes on" in err
    assert "Traceback" not in err
    resumed = run(*arguments, "--resume")
    assert resumed.code == 0 and "\n1 of " not in "\n" + resumed.err
    assert resumed.out == run(*arguments, "--workers", 1).out


@needs_dask
def test_what_is_missing_on_a_worker_is_said(minimal, cluster, tmp_path):
    worker = cluster.worker()
    (tmp_path / "mine.py").write_text(OWN, "utf-8")
    arguments = ("simulate", minimal, "--games", 50, "--policy")
    found = cluster.play(*arguments, f"{tmp_path}/mine.py:f")
    assert found.communicate(timeout=60) and found.returncode == 0
    _, err = (lost := cluster.play(*arguments, f"{tmp_path}/other.py:f")).communicate(timeout=60)
    assert lost.returncode == 2 and "there is no file" in err and "Each machine of the cluster must have it" in err
    worker.kill()
    (tmp_path / "game").mkdir()  # hides the game even where it is installed, as `play.py` does
    (tmp_path / "game" / "__init__.py").touch()
    cluster.worker(path=tmp_path)
    _, err = (without := cluster.play(*arguments, "random")).communicate(timeout=60)
    assert without.returncode == 2 and "does not have this game" in err and "Traceback" not in err


@needs_dask
def test_no_workers_and_no_cluster_are_said(run, minimal, cluster, monkeypatch):
    monkeypatch.setattr(backend, "PATIENCE", 2)
    ran = run("simulate", minimal, "--dask", cluster.address)
    assert ran.code == 2 and "has no workers" in ran.err
    cluster.processes[0].kill()
    ran = run("simulate", minimal, "--dask", cluster.address)
    assert ran.code == 2 and "there is no Dask cluster at" in ran.err


def test_without_the_extra_it_is_named(run, minimal, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setitem(sys.modules, "distributed.comm", None)
    ran = run("simulate", minimal, "--dask", "127.0.0.1:8786")
    assert ran.code == 2 and "needs the package `distributed`" in ran.err
