"""Pieces of work by several processes: each once, whoever does it, and whatever happens to a process."""

import os
import pickle
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from game.outlook.balance import do, study_of
from game.outlook.workers import HERE, Where, WorkError, each, usable_cores
from game.outlook.workers.processes import TRIES
from game.outlook.workers.work import VERSION, Over, work_elsewhere
from tests.outlook.decks import deck
from tests.outlook.jobs import Dying, Endless, Failing, Slow, Squares

REPOSITORY = Path(__file__).resolve().parents[2]
PIECES = [("piece", n) for n in range(20)]
TWO = Where(processes=2, patience=0.0)


def done(work, where, pieces=PIECES):
    return dict(each(work, pieces, where, lambda: False))


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def wait_until(what, seconds=30.0):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("where", [HERE, TWO, Where(processes=50, patience=0.0)])
def test_each_piece_is_done_once(where):
    found = list(each(Squares(), PIECES, where, lambda: False))
    assert sorted((piece, result) for piece, (result, _) in found) == [(("piece", n), n * n) for n in range(20)]


def test_small_work_stays_here_and_larger_work_goes_to_as_many_as_asked_for():
    assert {pid for _, pid in done(Squares(), Where(processes=2)).values()} == {os.getpid()}
    others = {pid for _, pid in done(Squares(), TWO).values()}
    assert len(others) <= 2 and os.getpid() not in others
    assert {pid for _, pid in done(Squares(), TWO, PIECES[:1]).values()} == {os.getpid()}  # nothing to share
    assert done(Squares(), TWO, []) == {}


def test_this_process_goes_on_until_the_others_are_there():
    pieces = [("piece", n) for n in range(150)]
    found = list(each(Slow(), pieces, Where(processes=2, patience=0.01), lambda: False))
    assert sorted(number for _, (number, _) in found) == list(range(150))
    shares = Counter(pid for _, (_, pid) in found)
    assert shares[os.getpid()] >= 3, "starting others takes longer than three pieces"
    assert 2 <= len(shares) <= 3 and found[-1][1][1] != os.getpid(), "then it leaves the work to them"


def test_stopping_ends_what_this_process_does_meanwhile():
    asked = []
    for _ in each(Slow(), PIECES * 10, Where(processes=2, patience=0.01), lambda: bool(asked)):
        asked.append(True)
    assert len(asked) == 1


@pytest.mark.parametrize("at", [0, 7, 19])
def test_what_a_lost_process_had_is_done_by_another(tmp_path, at):
    assert done(Dying(tmp_path, at, TRIES - 1), TWO) == {("piece", n): n * n for n in range(20)}
    assert len(list(tmp_path.iterdir())) == TRIES - 1


def test_a_piece_that_always_ends_its_process_is_given_up(tmp_path):
    with pytest.raises(WorkError, match=r"3 processes ended while they did the same piece \(piece/4\)"):
        done(Dying(tmp_path, 4, 100), TWO)


def test_what_a_piece_raises_is_raised_here():
    with pytest.raises(ValueError, match="three is too many") as caught:
        done(Failing("plain"), TWO)
    assert "jobs.py" in caught.value.__notes__[0]  # the traceback of there, for whoever mends it
    with pytest.raises(WorkError, match="Local: three is too many"):
        done(Failing("local"), TWO)


def test_stopping_ends_the_processes_at_once(tmp_path):
    began, asked = time.monotonic(), []
    for _ in each(Endless(tmp_path), PIECES, TWO, lambda: bool(asked)):
        wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
        asked.append(True)
    assert asked and time.monotonic() - began < 30
    assert all(gone(int(file.name)) for file in tmp_path.iterdir())


def test_leaving_early_ends_the_processes(tmp_path):
    with closing(each(Endless(tmp_path), PIECES, TWO, lambda: False)) as results:
        next(results)
        wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    assert all(gone(int(file.name)) for file in tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="os.kill cannot ask about a process there")
def test_processes_do_not_outlive_the_one_that_wanted_them(tmp_path):
    script = ("from pathlib import Path; from tests.outlook.test_workers import *\n"
              f"for _ in each(Endless(Path({str(tmp_path)!r})), PIECES, TWO, lambda: False): pass")
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=REPOSITORY)
    wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    parent.kill()
    parent.wait()
    wait_until(lambda: all(gone(int(file.name)) for file in tmp_path.iterdir()))


def test_a_study_is_sent_without_what_follows_from_it():
    study = study_of(deck("fair-deck"), 5, 300, 10)
    sent = pickle.dumps(Over(study, do))
    there = pickle.loads(sent).data
    assert there.key() == study.key() and there.pairs == study.pairs and there.parameters == study.parameters
    assert len(sent) < 2 * len(pickle.dumps(study.scenario))
    piece = ("cautious", -1, 3, 20)
    assert work_elsewhere(VERSION, sent, piece) == Over(study, do).open()(piece, lambda: False)


def test_another_version_of_the_game_is_refused():
    with pytest.raises(WorkError, match="version 0.0.0 with rules"):
        work_elsewhere(("0.0.0", 1), b"", PIECES[0])


def test_there_is_a_core():
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
