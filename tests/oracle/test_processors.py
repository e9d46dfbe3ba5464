"""The same games to the bit on processors with and without wide vector instructions, and under other numpys."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.oracle import matrix
from tests.oracle.digest import feature_sets, simd
from tests.oracle.matrix import REPOSITORY, Row, agree, asked, interpreters, table

GAMES, VERSION = 1_000, f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_games_do_not_depend_on_vector_instructions():
    if not simd():
        pytest.skip("numpy uses nothing beyond its baseline on this processor")
    usual = asked(sys.executable, "report", GAMES, ())
    assert set(usual["simd"]) == set(simd()) and usual["sets"] == feature_sets() != {}
    for features in usual["sets"].values():
        other = asked(sys.executable, "report", GAMES, tuple(features))
        assert not set(other["simd"]) & set(features), "the features were still in use"
        assert (other["numbers"], other["games"]) == (usual["numbers"], usual["games"]), features


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_games_do_not_depend_on_numpy():
    """Every numpy that this Python can have, in an environment of its own."""
    ran = subprocess.run([sys.executable, "-m", "tests.oracle.matrix", "--games", "50", "--python", VERSION],
                         cwd=REPOSITORY, capture_output=True, text=True)
    if "the same" not in ran.stdout:
        assert "ERROR" in ran.stderr, ran.stderr
        pytest.skip(f"packages are not to be had here: {ran.stderr[-300:]}")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_matrix_tells_what_differs():
    everything = "all instructions"
    rows = [Row("3.11", "2.0.2", everything, "abcdef", 300), Row("3.12", "2.4.6", everything, "abcdef", 2)]
    odd = Row("3.12", "2.4.6", "baseline only", "abcdee")
    assert agree(rows) and not agree([*rows, odd]) and not agree([])
    told = table([*rows, odd]).splitlines()
    assert told[2:4] == ["| 3.11 | 2.0.2 | 300 | the same | – |",
                         "| 3.12 | 2.4.6 | 2 | the same | DIFFERS: abcdee |"]


def test_only_pythons_that_run_are_taken(tmp_path, monkeypatch):
    """A chooser of versions puts commands on the PATH for Pythons that it will not start."""
    pretender = tmp_path / f"python{VERSION}"
    pretender.write_text("#!/bin/sh\nexit 127\n")
    pretender.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert interpreters(VERSION) == [sys.executable] and interpreters("3.10") == []


def test_a_difference_is_not_swallowed():
    """What fails in another process fails here, with its words."""
    with pytest.raises(AssertionError, match="negative dimensions|ValueError"):
        asked(sys.executable, "report", -1, ())
    assert matrix.main(["--python", "3.10"]) == 1, "nothing compared is no agreement"
