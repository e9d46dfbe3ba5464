"""Finding a thing by what a person types: a number, a label, a part of one, or nearly one."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import NamedTuple

NEARNESS = 0.6  # of difflib, 0-1; enough for a slip or two in a word


class Thing(NamedTuple):
    """Something with a name; `also` is another name that counts (a variable's id in plain words)."""

    key: object
    label: str
    also: str = ""


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("\u2019", "'").replace("_", " ").replace("-", " ").split())


def matches(typed: str, things: Sequence[Thing]) -> list[Thing]:
    """What the typed words fit, by the first rule that fits anything: whole name, its beginning, its words."""
    words = _plain(typed)
    if not words:
        return []
    names = [(thing, [_plain(name) for name in (thing.label, thing.also) if name]) for thing in things]
    rules = (lambda name: name == words, lambda name: name.startswith(words), lambda name: words in name,
             lambda name: all(any(part.startswith(word) for part in name.split()) for word in words.split()))
    for fits in rules:
        found = [thing for thing, own in names if any(fits(name) for name in own)]
        if found:
            return found
    return []


def nearest(typed: str, names: Sequence[str], limit: int = 1) -> list[str]:
    """Names that are spelled nearly so, the nearest first; also by one of their words."""
    words, found = _plain(typed), {}
    for name in names:
        whole = _plain(name)
        parts = [whole, *(part for part in whole.split() if len(part) > 3)]
        likeness = max((difflib.SequenceMatcher(None, words, part).ratio() for part in parts), default=0.0)
        if likeness >= NEARNESS:
            found[name] = likeness
    return sorted(found, key=lambda name: -found[name])[:limit]


def numbered(typed: str, count: int) -> int | None:
    """The place (0-based) that a typed number names among `count`; None if it is no such number."""
    typed = typed.strip().rstrip(".")
    if typed.isascii() and typed.isdigit() and len(typed) < 6 and 1 <= int(typed) <= count:
        return int(typed) - 1
    return None
