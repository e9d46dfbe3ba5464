"""A state as plain JSON data and back, and its fingerprint. Read next: session.py."""

from __future__ import annotations

import base64
import binascii
import hashlib

import numpy as np

from game.engine.state import NONE, RUNNING, State, array_fields, blank_state, state_of
from game.engine.tables import NEVER, Rules
from game.replay.errors import LogError

SUM_LIMIT = 1e12  # no sum of effects comes near it


def fingerprint(state: State) -> str:
    """sha256 over turn, length and every array's little-endian bytes: equal for equal states only."""
    digest = hashlib.sha256(f"{state.turn} {state.turns}".encode())
    for name, array in sorted(array_fields(state).items()):
        digest.update(f"|{name} {array.shape} {_little(array).dtype.str}|".encode())
        digest.update(_little(array).tobytes())
    return digest.hexdigest()


def _little(array: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<")))


def pack(array: np.ndarray) -> str:
    return base64.b64encode(_little(array).tobytes()).decode("ascii")


def unpack(text: object, like: np.ndarray, line: int) -> np.ndarray:
    """An array of the shape and type of `like`; raises LogError "bad-state"."""
    try:
        data = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        data = b""
    if len(data) != like.nbytes:
        raise LogError("bad-state", "A stored state does not fit the scenario.", "Use another copy of the file.", line)
    stored = np.frombuffer(data, dtype=like.dtype.newbyteorder("<")).reshape(like.shape)
    if like.dtype == np.float64 and not np.isfinite(stored).all():
        raise LogError("bad-state", "A stored state holds impossible values.", "Use another copy of the file.", line)
    return stored.astype(bool) if like.dtype == bool else stored.astype(like.dtype)


def to_plain(state: State) -> dict:
    arrays = {name: pack(array) for name, array in array_fields(state).items()}
    return {"turn": state.turn, "turns": state.turns, **arrays}


def from_plain(rules: Rules, plain: dict, seed: int, turns: int, line: int) -> State:
    """The stored state of a batch of one; every number is checked, so that no stranger's file can do harm."""
    blank = blank_state(rules, seed, 0, turns, {})
    arrays = {name: unpack(plain.get(name), array, line) for name, array in array_fields(blank).items()}
    turn = plain.get("turn")
    limits = _limits(rules, turns)
    sound = type(turn) is int and 0 <= turn <= turns == plain.get("turns") and set(plain) == {"turn", "turns", *arrays}
    for name, array in arrays.items():
        if array.dtype == bool:
            continue
        low, high = limits.get(name, (-SUM_LIMIT, SUM_LIMIT) if array.dtype == np.float64 else (-NEVER, NEVER))
        sound = sound and bool((array >= low).all() and (array <= high).all())
    if not sound:
        raise LogError("bad-state", "A stored state holds impossible values.", "Use another copy of the file.", line)
    return state_of(rules, arrays, seed, 0, turn, turns)


def _limits(rules: Rules, turns: int) -> dict[str, tuple]:
    """Bounds of what is used as an index, and of the variables."""
    t = rules.tables
    span = (rules.low, rules.high)
    return {"values": span, "closing": span, "past": span, "agenda": (NONE, len(t.cards) - 1),
            "lapsing": (NONE, len(t.cards) - 1), "landed": (0, len(t.landings) - 1),
            "ended": (RUNNING, len(t.endings)), "ended_turn": (NONE, turns)}
