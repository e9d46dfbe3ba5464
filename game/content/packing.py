"""A compiled scenario as plain JSON values and back, for cache.py.

Every list begins with a number that says what it is: -1 a tuple, -2 a dict (key, value, key, value, ...), and from 0
on a dataclass by its place in CLASSES, its fields in their order. Texts, numbers, True, False and None are
themselves. So no class can be named that is not in the list, and nothing is run.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from game.content import compiled, document
from game.engine import tables

TUPLE, DICT = -1, -2
CLASSES: tuple[type, ...] = tuple(
    found for module in (compiled, document, tables) for found in vars(module).values()
    if isinstance(found, type) and is_dataclass(found) and found.__module__ == module.__name__)
NUMBERS: dict[type, int] = {found: number for number, found in enumerate(CLASSES)}
FIELDS: tuple[tuple[str, ...], ...] = tuple(tuple(field.name for field in fields(found)) for found in CLASSES)


def pack(value: Any) -> Any:
    """Frozen dataclasses, tuples and dicts as lists. Raises KeyError for a class that is not in CLASSES."""
    if is_dataclass(value):
        number = NUMBERS[type(value)]
        return [number, *(pack(getattr(value, name)) for name in FIELDS[number])]
    if isinstance(value, tuple):
        return [TUPLE, *map(pack, value)]
    if isinstance(value, dict):
        return [DICT, *(pack(part) for pair in value.items() for part in pair)]
    return value


def unpack(value: Any) -> Any:
    """What was packed. Raises IndexError, TypeError or ValueError for anything else."""
    if type(value) is not list:
        return value
    number = value[0]
    parts = [part if type(part) is not list else unpack(part) for part in value[1:]]
    if number == TUPLE:
        return tuple(parts)
    if number == DICT:
        return dict(zip(parts[::2], parts[1::2], strict=True))
    return CLASSES[number](**dict(zip(FIELDS[number], parts, strict=True)))
