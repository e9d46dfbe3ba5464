"""Running commands as a person does: arguments in; exit code, standard output and standard error out."""

from dataclasses import dataclass

import pytest

from game.cli import main
from tests.conformance.worlds import FOLDERS


@dataclass
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """A command run inside this process, with the player's files in a folder of its own."""
    monkeypatch.setenv("TN_HOME", str(tmp_path / "home"))

    def command(*arguments) -> Ran:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(code, out, err)
    return command


@pytest.fixture
def minimal():
    return FOLDERS["minimal"]
