"""Finished pieces of a study in a file, one line each, so that a stopped report can go on.

The first line says what study they belong to. A line that was cut off by a kill is left out.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from game.outlook.study import Study
from game.outlook.workers.work import VERSION


def read_done(path: Path, study: Study) -> dict[str, dict]:
    """Results by name of piece; none if there is no file. ValueError if they belong to another study."""
    if not path.exists():
        return {}
    entries = []
    for line in path.read_text("utf-8").splitlines():
        try:
            entries.append(json.loads(line))
        except ValueError:
            break
    if not entries or entries[0] != _heading(study):
        raise ValueError("it belongs to another study, or to another version of the scenario or of the game")
    return {entry["piece"]: entry["result"] for entry in entries[1:]}


def start(path: Path, study: Study, done: dict[str, dict]) -> None:
    """A fresh file with what is done already; killed on the way, the old one stays."""
    lines = [_heading(study), *({"piece": piece, "result": result} for piece, result in done.items())]
    new = path.with_name(path.name + ".new")
    new.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    os.replace(new, path)


def _heading(study: Study) -> dict:
    return {"study": study.key(), "version": list(VERSION)}


def keep(path: Path, piece: str, result: dict) -> None:
    """Adds one result."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"piece": piece, "result": result}) + "\n")
