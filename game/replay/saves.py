"""The folder of saved games: names for new ones, and the list that a person chooses from."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import NamedTuple

from game.replay.errors import LogError
from game.replay.files import read_whole
from game.replay.log import parse_entry, parse_line, read_header, split_lines
from game.replay.settings import Settings

SUFFIX = ".tnlog"


class SaveInfo(NamedTuple):
    """A saved game as the list shows it; `turns` is its planned length, `modified` seconds since 1970."""

    path: Path
    title: str
    date: str  # "2011 Q2"
    turn: int  # 0-based: how many turns are finished
    turns: int  # 0 if the scenario's length is not known to the log
    settings: Settings
    modified: float
    ended: bool


def new_save_path(folder: Path, scenario: str, moment: datetime.datetime) -> Path:
    """A name that is still free, such as mongolia-2011-2025-11-24-0712.tnlog."""
    stem = f"{scenario}-{moment:%Y-%m-%d-%H%M}"
    for number in range(1, 10_000):
        path = Path(folder) / f"{stem}{'' if number == 1 else f'-{number}'}{SUFFIX}"
        if not path.exists():
            return path
    raise LogError("no-write", f"{folder} is full of games of this minute.", "Choose another name.")


def list_saves(folder: Path) -> list[SaveInfo]:
    """Saved games, newest first; files that are none, or are broken, are left out."""
    found = []
    for path in sorted(Path(folder).glob(f"*{SUFFIX}")):
        try:
            found.append(_info(path))
        except (LogError, OSError):
            continue
    return sorted(found, key=lambda info: -info.modified)


def _info(path: Path) -> SaveInfo:
    """From the first and the last line alone: a list of a hundred games must be quick."""
    lines = split_lines(read_whole(path))
    header, settings = read_header(lines[0])
    entry = parse_entry(parse_line(lines[-1], len(lines), last=True), len(lines))
    turn = entry.value["state"].get("turn") if entry.kind == "state" else None
    if type(turn) is not int:
        raise LogError("bad-state", "The log does not end with its state.", "", len(lines))
    turns = entry.value["state"].get("turns", 0)
    return SaveInfo(path, header["scenario"]["title"], entry.value["date"], turn, turns if type(turns) is int else 0,
                    settings, path.stat().st_mtime, entry.value["ended"])
