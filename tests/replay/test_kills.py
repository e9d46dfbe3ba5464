"""Killing the program at any moment loses nothing that was confirmed."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game.replay import Session, verify
from game.replay.log import dump, read_log

REPOSITORY = Path(__file__).resolve().parents[2]
KILLS = 100


def killed(path, lines, pause):
    """Let a program play on, kill it some time after so many confirmed lines, and return the last of them."""
    child = subprocess.Popen([sys.executable, "-m", "tests.replay.endless", str(path)], cwd=REPOSITORY,
                             stdout=subprocess.PIPE, encoding="utf-8")
    with child.stdout:
        for _ in range(lines):
            assert child.stdout.readline(), "the program ended by itself"
        time.sleep(pause)
        child.kill()
        confirmed = [line.strip() for line in child.stdout.read().split("\n")[:-1]]
    child.wait()
    return confirmed


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_kill_at_any_moment_loses_nothing_that_was_confirmed(tmp_path):
    moments, path, kept = random.Random(2011), tmp_path / "a.tnlog", 0
    for kill in range(KILLS):
        confirmed = killed(path, moments.randint(1, 12), moments.random() * 0.02)
        log = read_log(path)
        entries = [dump(entry.value) for entry in log.entries]
        assert len(entries) >= kept
        assert log.state is not None, "every save is whole"
        for line in confirmed:
            assert line in entries
        kept = len(entries)
        Session.load(path)
        if kept > 400:  # a log that only grows would make the test slower and slower
            assert verify(path).verdict == "same", kill
            path.unlink()
            kept = 0
    assert [p.name for p in tmp_path.iterdir() if p.suffix not in (".tnlog", ".part")] == []
