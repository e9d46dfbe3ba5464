"""A temporary checkout for the tests of play.py, with stand-ins for the slow parts. Read next: test_play.py.

The stand-ins are modules that PYTHONPATH puts before the real ones: a `venv` that makes a real environment
but without pip, a `pip` that writes down what it was asked and does what the test says, and a `game` and a
`pytest` that print what they were started with. play.py itself is the real one, run as a person runs it.
"""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

VENV = """
    import os, sys
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sys.path[:] = [place for place in sys.path if place != here]
    sys.modules.pop("venv", None)
    if os.environ.get("VENV_SAYS"):
        print(os.environ["VENV_SAYS"])
        sys.exit(1)
    import venv
    venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False).create(sys.argv[-1])
"""
PIP = """
    import os, sys, time
    with open(os.environ["PIP_CALLS"], "a") as calls:
        calls.write(" ".join(sys.argv[1:]) + "\\n")
    time.sleep(float(os.environ.get("PIP_SLEEPS", "0")))
    if os.environ.get("PIP_SAYS"):
        print("Collecting numpy\\n" + os.environ["PIP_SAYS"])
        sys.exit(1)
"""
TELL = """
    import json, os, sys
    print(json.dumps({"program": __package__, "arguments": sys.argv[1:], "folder": os.getcwd(),
                      "python": sys.prefix}))
    sys.exit(int(os.environ.get("EXIT_CODE", "0")))
"""


class Checkout:
    """A folder with play.py as in a checkout, and ways to start it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "the game"
        self.elsewhere = folder / "elsewhere"
        self.fakes = folder / "fakes"
        self.calls = folder / "pip-calls.txt"
        self.elsewhere.mkdir(parents=True)
        self.root.mkdir()
        for name in ("play.py", "pyproject.toml", "constraints.txt"):
            shutil.copy(REPOSITORY / name, self.root / name)
        for name, code in (("venv", VENV), ("pip", PIP), ("game", TELL), ("pytest", TELL)):
            (self.fakes / name).mkdir(parents=True)
            (self.fakes / name / "__init__.py").touch()
            (self.fakes / name / "__main__.py").write_text(textwrap.dedent(code))

    def environment(self, **more: str) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.fakes), "PIP_CALLS": str(self.calls), **more}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.root / "play.py"), *arguments]

    def start(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run play.py to its end, from another folder than its own; `more` are environment variables."""
        return subprocess.run(self.command(*arguments), cwd=self.elsewhere, env=self.environment(**more),
                              capture_output=True, text=True, timeout=60)

    def begin(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """Start play.py, in a process group of its own, without waiting for it."""
        return subprocess.Popen(self.command(*arguments), cwd=self.elsewhere, env=self.environment(**more),
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                start_new_session=True)

    def pip_calls(self) -> list[str]:
        return self.calls.read_text().splitlines() if self.calls.exists() else []

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def told(done: subprocess.CompletedProcess[str]) -> dict:
    """What the stand-in for the game or for pytest printed about its own start."""
    return json.loads(done.stdout)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.fixture
def tell():
    return told
