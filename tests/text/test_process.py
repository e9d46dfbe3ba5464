"""The text edition as people start it: a process that reads a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEW = ("--seed", "5", "--length", "lesson", "--difficulty", "historic", "--priorities", "energy_security,prosperity")


@pytest.fixture
def game(tmp_path):
    """Runs the program; gives exit code, lines of output, and errors."""
    def run(*arguments: str, typed: str | bytes = "", **environment: str):
        env = {**os.environ, "TN_HOME": str(tmp_path), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), **environment}
        data = typed if isinstance(typed, bytes) else typed.encode("utf-8")
        done = subprocess.run([sys.executable, "-m", "game", *arguments], input=data, capture_output=True, env=env,
                              cwd=tmp_path, timeout=110)
        return done.returncode, done.stdout, done.stderr
    return run


def test_a_whole_game_from_a_pipe_is_verified(game, tmp_path):
    script = "1\n2\n1\nset fuel reserve 30\nplay korean\nend\nyes\n\n" * 14
    code, output, errors = game("play", "--text", *NEW, "--save", "game.tnlog", typed=script)
    text = output.decode("utf-8")
    assert (code, errors) == (0, b"")
    assert "Your priorities:" in text and "Turning points:" in text and "\x1b" not in text
    assert text.rstrip().splitlines()[-1].startswith("Goodbye: your game is kept")
    code, output, errors = game("replay", "--verify", "game.tnlog")
    assert code == 0, errors


def test_a_terminal_without_our_letters(game):
    code, output, errors = game("play", "--text", *NEW, typed="1\ndesk\nend\nyes\nreport\nwhy treasury\n\xe9\xff\n",
                                PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (code, errors) == (0, b"")
    text = output.decode("ascii")
    assert "-Standing spending" in text and "(minus 1)" in text  # of a formula, and of a reason
    assert "?Standing" not in text


def test_bytes_that_are_no_text(game):
    code, output, errors = game("play", "--text", *NEW, typed=b"\xff\xfe\x00\nhelp\n")
    assert (code, errors) == (0, b"") and b"is not understood" in output


def test_a_place_that_cannot_be_written(game, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, output, errors = game("play", "--text", *NEW, "--save", "file/game.tnlog")
    assert code == 2 and b"could not be saved" in errors and b"Traceback" not in errors
