"""The fingerprint of the rules: the same for two scenarios exactly if they play the same.

It covers numbers, conditions and ids; never texts, labels, sources or pictures. Read next: scenario.py.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import Any

from game.content.document import Document
from game.engine.tables import Effect, Tables


def fingerprint(tables: Tables, document: Document) -> str:
    """SHA-256 in hexadecimal of the tables, and of the lengths and difficulties that a game is started with."""
    rules = {
        "tables": _plain(tables),
        "lengths": {name: length.turns for name, length in document.lengths.items()},
        "difficulties": {difficulty.id: difficulty.set_ for difficulty in document.difficulties},
    }
    text = json.dumps(rules, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Effect):  # without `cause`, which numbers texts
        return [value.kind, value.target, value.amount, value.after, value.length]
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return float(value) if isinstance(value, float | int) and not isinstance(value, bool) else value
