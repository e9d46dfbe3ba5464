"""The same games on every Python and numpy to be had here: `python -m tests.oracle.matrix`.

Every supported Python on the PATH gets a fresh virtual environment, and in it each supported numpy in turn. The oracle
is compared with a thousand games of every world, and a thousand random games of every world are hashed: with all
vector instructions of the processor, without AVX-512, and without any beyond numpy's baseline (AVX2 among them).
Prints a table; exit code 0 if all agree, 1 if not. pip fetches the packages; what is not to be had is said and left
out.
Read next: digest.py, compare.py.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PYTHONS, NUMPYS = ("3.11", "3.12", "3.13", "3.14"), ("2.0", "2.1", "2.2", "2.3", "2.4", "2.5")
PACKAGES = ("PyYAML", "pydantic", "platformdirs")  # what reading scenarios and playing them needs beside numpy


@dataclass(frozen=True)
class Row:
    """One environment with one set of vector instructions: the digest of its games, and how many were compared with the
    oracle's."""

    python: str
    numpy: str
    features: str
    digest: str
    compared: int = 0


class NotToBeHad(Exception):
    """Something that this machine cannot give, in words."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.matrix", description=__doc__.splitlines()[0])
    parser.add_argument("--games", type=int, default=1_000, help="games of every world (1000)")
    parser.add_argument("--python", nargs="*", default=PYTHONS, metavar="3.x", help="Pythons, without: all")
    parser.add_argument("--numpy", nargs="*", default=NUMPYS, metavar="2.x", help="numpys, without: all")
    given = parser.parse_args(arguments)
    rows: list[Row] = []
    for version in given.python:
        with tempfile.TemporaryDirectory() as folder:
            try:
                python = environment(version, Path(folder))
            except NotToBeHad as reason:
                say(f"Python {version}: {reason}")
                continue
            for numpy in given.numpy:
                rows += _rows(python, version, numpy, given.games)
    print(table(rows))
    return 0 if agree(rows) else 1


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def agree(rows: list[Row]) -> bool:
    """There is something to compare, and it is all the same."""
    return len(rows) > 0 and len({row.digest for row in rows}) == 1


def table(rows: list[Row]) -> str:
    """As Markdown, a line for each environment; digests beside that of the first row."""
    sets = list(dict.fromkeys(row.features for row in rows))
    lines = [f"| Python | numpy | games as the oracle has them | {' | '.join(sets)} |",
             f"|---|---|---:{'|---' * len(sets)}|"]
    for python, numpy in dict.fromkeys((row.python, row.numpy) for row in rows):
        here = {row.features: row for row in rows if (row.python, row.numpy) == (python, numpy)}
        verdicts = [("the same" if here[name].digest == rows[0].digest else f"DIFFERS: {here[name].digest[:12]}")
                    if name in here else "–" for name in sets]
        compared = sum(row.compared for row in here.values())
        lines.append(f"| {python} | {numpy} | {compared:,} | {' | '.join(verdicts)} |")
    return "\n".join([*lines, f"\nThe digest of the first: {rows[0].digest[:12] if rows else 'nothing compared'}."])


def environment(version: str, folder: Path) -> Path:
    """The Python of a new virtual environment with everything but numpy."""
    for base in interpreters(version):
        made = subprocess.run([base, "-m", "venv", folder / "venv"], capture_output=True, text=True)
        if made.returncode == 0:
            break
        shutil.rmtree(folder / "venv", ignore_errors=True)
    else:
        raise NotToBeHad("none on the PATH that can make an environment")
    python = folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pinned = [line for line in (REPOSITORY / "constraints.txt").read_text("utf-8").splitlines()
              if not line.startswith("numpy")]
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(pinned), "utf-8")
    install(python, "-c", str(constraints), *PACKAGES)
    return python


def interpreters(version: str) -> list[str]:
    """Pythons of a version on the PATH, this one first if it is one. Some only pretend to be there: a chooser of
    versions may have a command for each that it could start."""
    named = [shutil.which(f"python{version}", path=folder) for folder in os.get_exec_path()]
    found = dict.fromkeys([sys.executable, *filter(None, named)])
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    return [python for python in found
            if subprocess.run([python, "-c", ask], capture_output=True, text=True).stdout.strip() == version]


def install(python: Path, *what: str) -> None:
    done = subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--only-binary=:all:",
                           *what], capture_output=True, text=True)
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise NotToBeHad((errors or ["pip failed"])[-1])


def _rows(python: Path, version: str, numpy: str, games: int) -> list[Row]:
    try:
        install(python, f"numpy=={numpy}.*")
    except NotToBeHad as reason:
        say(f"Python {version}, numpy {numpy}: {reason}")
        return []
    compared = asked(python, "compared", games, ())
    usual = asked(python, "report", games, ())
    rows = [Row(version, usual["numpy"], "all instructions", _digest(usual), compared)]
    for name, features in usual["sets"].items():
        other = asked(python, "report", games, features)
        if set(other["simd"]) & set(features):
            raise AssertionError(f"numpy {numpy} still used {features}")
        rows.append(Row(version, usual["numpy"], name, _digest(other)))
    say(table(rows))
    return rows


def asked(python: Path | str, question: str, games: int, without: tuple[str, ...]) -> object:
    """What a function of digest.py answers in a process of that Python in which numpy may not use some features."""
    environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(without)}
    code = f"import json; from tests.oracle.digest import {question}; print(json.dumps({question}({games})))"
    done = subprocess.run([python, "-c", code], cwd=REPOSITORY, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


def _digest(report: dict) -> str:
    return report["games"] + report["numbers"]


if __name__ == "__main__":
    sys.exit(main())
