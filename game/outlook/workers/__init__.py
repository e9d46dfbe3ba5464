"""One way to get pieces of work done: here, in processes of this machine, or on a Dask cluster.

`each(work, pieces, where, stop)` gives (piece, result) as they come, in any order; each piece once. A result
depends on the work and its piece alone, so who does it and how many do it cannot be seen in it.
Read next: work.py, then processes.py.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from game.outlook.workers.processes import by_processes
from game.outlook.workers.work import Piece, Stop, Work, WorkError

__all__ = ["HERE", "Piece", "Stop", "Where", "Work", "WorkError", "each", "usable_cores"]

PATIENCE = 0.3  # seconds of work after which processes pay: about what starting one takes


@dataclass(frozen=True)
class Where:
    """`processes` of this machine (1: this one), or the workers of the Dask cluster at an address.

    patience: seconds that this process works alone before it starts others, and it goes on until they are there;
    with 0 it does nothing itself.
    """

    processes: int = 1
    dask: str | None = None
    patience: float = PATIENCE


HERE = Where()


def each(work: Work, pieces: Iterable[Piece], where: Where, stop: Stop) -> Iterator[tuple[Piece, Any]]:
    """The result of each piece; when `stop` says so, no more come. Closing it ends the workers.

    What a piece raises is raised here. WorkError if workers cannot do it.
    """
    waiting = deque(pieces)
    if where.dask is not None:
        from game.outlook.workers.cluster import by_cluster
        yield from by_cluster(work, waiting, where.dask, stop)
        return
    do, began = work.open(), time.monotonic()

    def enough() -> bool:
        shared = where.processes > 1 and len(waiting) > 1
        return stop() or (shared and time.monotonic() - began >= where.patience)
    while waiting and not enough():
        result = do(waiting[0], enough)
        if result is None:
            break
        yield waiting.popleft(), result
    if waiting and not stop():
        yield from by_processes(work, waiting, where.processes, stop, do if where.patience else None)


def usable_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "process_cpu_count"):  # from Python 3.13 on
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
