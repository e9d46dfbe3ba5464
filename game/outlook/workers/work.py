"""What workers do: plain data that says it, and one piece of it at a time. Read next: processes.py, cluster.py."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Protocol

from game import __version__
from game.engine.turn import RULES_VERSION

Piece = tuple  # plain data: names and numbers
Stop = Callable[[], bool]
Do = Callable[[Piece, Stop], Any]

VERSION = (__version__, RULES_VERSION)  # results of workers with another one must not be mixed with these
OPENED = 2  # works that a worker keeps open for each of its threads


class Work(Protocol):
    """Plain data (it must be picklable) from which every worker builds what it needs, once."""

    def open(self) -> Do:
        """The function that does a piece; None from it means that it was stopped on the way."""


@dataclass(frozen=True)
class Over:
    """Work that does every piece from the same plain data; `do` is a function of a module, so that it can be sent."""

    data: Any
    do: Callable[[Any, Piece, Stop], Any]

    def open(self) -> Do:
        return partial(self.do, self.data)


class WorkError(Exception):
    """Workers are not there, or cannot do the work; the message is for the person who asked for it."""


def work_elsewhere(version: tuple, held: bytes, piece: Piece) -> Any:
    """What a worker of a cluster does: one piece of a pickled work. WorkError for another version of the game."""
    if tuple(version) != VERSION:
        raise WorkError(f"a worker has version {VERSION[0]} of the game with rules {VERSION[1]}, and this is version "
                        f"{version[0]} with rules {version[1]}: install the same one everywhere")
    return _opened(held, threading.get_ident())(piece, lambda: False)


@lru_cache(maxsize=OPENED * 64)
def _opened(held: bytes, thread: int) -> Do:
    """Kept between pieces. For each thread its own, since rules may keep working memory."""
    return pickle.loads(held).open()
