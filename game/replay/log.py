"""The log: JSON Lines, UTF-8. This file is the format; session.py writes it, following.py plays it.

    {"log": "third-neighbour", "format": 1, "rules": 1, "program": "0.1.0",
     "scenario": {"id": ..., "title": ..., "fingerprint": ...}, "settings": {"seed": ..., ...}}
    {"source": {"scenario.yaml": "the text of the file", ...}}
    {"begin": fingerprint, "values": closing values of every variable}
    {"decide": ["card", card id, choice id or null]}     or ["lever", id, setting], ["initiative", id, true]
    {"undo": true}                                       takes back the last decision of the turn
    {"turn": 0, "result": fingerprint of the next opened state, "values": ..., "did": {...}}
    {"rewind": 0}                                        back to the opening of that turn (0-based)
    {"state": {...}, "date": "2011 Q2", "ended": false}  the latest state; always the last line

Entries are only ever appended; the last line alone is written anew. Numbers of `values` are the bytes of
little-endian float64, base64. Read next: snapshot.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from game.replay.errors import LogError
from game.replay.files import read_whole
from game.replay.settings import NAME_LIMIT, SEED_LIMIT, Settings, is_code

FORMAT = 1
LINES_LIMIT = 100_000
KEYS = {  # kind of an entry -> its keys and their types
    "begin": {"begin": str, "values": str},
    "decide": {"decide": list},
    "undo": {"undo": bool},
    "turn": {"turn": int, "result": str, "values": str, "did": dict},
    "rewind": {"rewind": int},
    "state": {"state": dict, "date": str, "ended": bool},
}
HEADER = {"log": str, "format": int, "rules": int, "program": str, "scenario": dict, "settings": dict}
SCENARIO = {"id": str, "title": str, "fingerprint": str}
DONE = {  # parts of what a turn did, all optional: ids, or ids with values of a type
    "cards": str, "gambles": bool, "levers": float, "lapsed": None, "initiatives": None, "moves": None,
    "kept": None, "broken": None, "ended": "",
}
TURNS_LIMIT = 1_000
NUMBER_LIMIT = 1e12  # no lever of any scenario comes near it
SETTINGS = {"seed": int, "length": str, "difficulty": str, "priorities": list, "name": str}


@dataclass(frozen=True)
class Entry:
    """One line of the log after the header: its kind, its value as in KEYS, and where it stands."""

    kind: str
    value: dict
    line: int


@dataclass(frozen=True)
class Log:
    """A log as read; `state` is the value of its last line, if it is there."""

    header: dict
    settings: Settings
    source: dict[str, str]
    entries: tuple[Entry, ...]
    state: Entry | None


def header_of(program: str, rules: int, scenario: dict[str, str], settings: Settings) -> dict:
    """The first line of a new log."""
    code = {"code": settings.code} if settings.code else {}
    return {"log": "third-neighbour", "format": FORMAT, "rules": rules, "program": program, "scenario": scenario,
            "settings": {"seed": settings.seed, "length": settings.length, "difficulty": settings.difficulty,
                         "priorities": list(settings.priorities), "name": settings.name, **code}}


def dump(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def read_log(path: Path) -> Log:
    """A log from a file, its form checked; raises LogError."""
    return parse_log(read_whole(path))


def parse_log(data: bytes) -> Log:
    lines = split_lines(data)
    header, settings = read_header(lines[0])
    if len(lines) < 2:
        raise LogError("cut-short", "The log ends after its first line.", "Use another copy of the file.", 2)
    source = parse_line(lines[1], 2, last=len(lines) == 2)
    if list(source) != ["source"] or not _is_texts(source["source"]):
        raise LogError("bad-entry", "The second line does not hold the scenario.", "Use another copy.", 2)
    entries = [parse_entry(parse_line(line, n, last=n == len(lines)), n) for n, line in enumerate(lines[2:], 3)]
    states = [entry for entry in entries if entry.kind == "state"]
    if states and states != entries[-1:]:
        raise LogError("bad-entry", "A stored state stands in the middle of the log.", "", states[0].line)
    return Log(header, settings, source["source"], tuple(e for e in entries if e.kind != "state"),
               states[0] if states else None)


def split_lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    if len(lines) > LINES_LIMIT:
        raise LogError("too-big", f"The log has over {LINES_LIMIT:,} lines.", "This is probably not a saved game.")
    if not lines:
        raise LogError("not-a-log", "The file is empty.", "Choose a saved game.", 1)
    return lines


def parse_line(line: bytes, number: int, last: bool) -> dict:
    """One line as a JSON object; raises LogError."""
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        if last and number > 1:
            raise LogError("cut-short", "The last line of the log is damaged; the file was cut short.",
                           f"Delete line {number}: the game then goes on from what stands before it.",
                           number) from error
        code = "not-a-log" if number == 1 else "bad-json"
        raise LogError(code, f"This is not a line of a saved game ({type(error).__name__}).",
                       "Use another copy of the file.", number) from error
    if not isinstance(value, dict):
        raise LogError("not-a-log" if number == 1 else "bad-entry", "This is not a line of a saved game.",
                       "Use another copy of the file.", number)
    return value


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number")


def _unique(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same key twice")
    return found


def parse_entry(value: dict, line: int) -> Entry:
    for kind, keys in KEYS.items():
        if kind in value:
            check_keys(value, keys, line)
            if not _sound(kind, value):
                raise LogError("bad-entry", "This entry has not the form of one.", "Use another copy.", line)
            return Entry(kind, value, line)
    raise LogError("bad-entry", "This entry is of no known kind.", "Was the log written by a newer version?", line)


def _sound(kind: str, value: dict) -> bool:
    if kind in ("turn", "rewind") and not 0 <= value[kind] < TURNS_LIMIT:
        return False
    return kind != "turn" or all(key in DONE and _is_part(part, DONE[key]) for key, part in value["did"].items())


def _is_part(part: object, form: object) -> bool:
    if form == "":
        return type(part) is str
    if form is None:
        return isinstance(part, list) and all(type(name) is str for name in part)
    if not isinstance(part, dict):
        return False
    if form is float:
        return all(type(x) in (int, float) and abs(x) < NUMBER_LIMIT for x in part.values())
    return all(type(x) is form for x in part.values())


def check_keys(value: dict, keys: dict[str, type], line: int) -> None:
    """Exactly these keys with values of these types (a bool is no int here)."""
    for key, kind in keys.items():
        if type(value.get(key)) is not kind:
            raise LogError("bad-entry", f"“{key}” is missing or is not what it should be ({kind.__name__}).",
                           "Use another copy of the file.", line)
    for key in value:
        if key not in keys:
            raise LogError("bad-entry", f"“{key[:40]}” does not belong here.", "Use another copy of the file.", line)


def read_header(line: bytes) -> tuple[dict, Settings]:
    """The first line, checked; raises LogError."""
    header = parse_line(line, 1, last=False)
    if header.get("log") != "third-neighbour":
        raise LogError("not-a-log", "This is not a saved game of Third Neighbour.", "Choose a saved game.", 1)
    if type(header.get("format")) is int and header["format"] > FORMAT:
        raise LogError("newer-format", "This game was saved by a newer version of the program.",
                       "Update the program to open it.", 1)
    check_keys(header, HEADER, 1)
    check_keys(header["scenario"], SCENARIO, 1)
    chosen = header["settings"]
    check_keys({"code": "", **chosen}, {**SETTINGS, "code": str}, 1)  # older logs have none
    code = chosen.get("code", "")
    if not (0 <= chosen["seed"] < SEED_LIMIT and len(chosen["name"]) <= NAME_LIMIT
            and all(type(p) is str for p in chosen["priorities"]) and is_code(code, chosen["seed"])):
        raise LogError("bad-entry", "The settings of the game are not valid.", "Use another copy of the file.", 1)
    return header, Settings(chosen["seed"], chosen["length"], chosen["difficulty"], tuple(chosen["priorities"]),
                            chosen["name"], code)


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(type(text) is str for text in value.values())
