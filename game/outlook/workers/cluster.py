"""The workers of a Dask cluster (optional extra `dask`). Dask itself does again what a lost worker had.

Each worker needs this game installed, in the same version. Threads of one worker share its Python, so start
workers with one thread each: `dask worker ADDRESS --nthreads 1 --nworkers N`.
"""

from __future__ import annotations

import logging
import pickle
import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from game.outlook.workers.work import VERSION, Piece, Stop, Work, WorkError, work_elsewhere

if TYPE_CHECKING:
    from distributed import Client, Future

POLL = 0.2  # seconds between looks at `stop`
PATIENCE = 15  # seconds for the cluster to answer and to have a worker
LOST = 60  # seconds without any worker, after which no more is hoped for
IN_FLIGHT = 2  # pieces for each thread of the cluster: one at work and one waiting there


def by_cluster(work: Work, waiting: deque[Piece], address: str, stop: Stop) -> Iterator[tuple[Piece, Any]]:
    """Results as they come; few pieces are on the cluster at a time, so that results do not pile up."""
    with _client(address) as client:
        from distributed import wait
        flying: dict[Future, Piece] = {}
        # As a task, not as scattered data: that would be gone with the worker that holds it.
        held = client.submit(bytes, pickle.dumps(work), pure=False)
        last_seen = time.monotonic()
        while waiting or flying:
            threads = sum(client.nthreads().values())
            last_seen = time.monotonic() if threads else last_seen
            if time.monotonic() - last_seen > LOST:
                raise WorkError(f"the Dask cluster at {address} has no workers any more")
            room = max(IN_FLIGHT * threads, 1)
            while waiting and len(flying) < room:
                piece = waiting.popleft()
                flying[client.submit(work_elsewhere, VERSION, held, piece, pure=False)] = piece
            try:
                done = wait(list(flying), timeout=POLL, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                done = ()
            for future in done:
                yield flying.pop(future), _result(future)
            if stop():
                return


@contextmanager
def _client(address: str) -> Iterator[Client]:
    """A connection with a cluster that has workers; its loss is a WorkError."""
    try:
        from distributed.comm import CommClosedError
    except ImportError as error:
        raise WorkError("a Dask cluster needs the package `distributed`, which is not installed here: "
                        f"`{sys.executable} -m pip install distributed` does it") from error
    try:
        with _quiet(), _connected(address) as client:
            yield client
    except (CommClosedError, CancelledError) as error:
        raise WorkError(f"the connection with the Dask cluster at {address} was lost") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask's warnings and tracebacks tell of lost workers and schedulers, which is dealt with here."""
    logs = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for log, level in zip(logs, levels, strict=True):
            log.setLevel(level)


def _connected(address: str) -> Client:
    from distributed import Client
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise WorkError(f"there is no Dask cluster at {address}: `dask scheduler` starts one and says its address"
                        ) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        _check_workers(client)
    except BaseException as error:
        client.close()
        if isinstance(error, TimeoutError):
            raise WorkError(f"the Dask cluster at {address} has no workers: `dask worker {address}` starts one"
                            ) from error
        raise
    return client


def _check_workers(client: Client) -> None:
    """Asked with a function of Python's own: a worker that cannot read a task ends without a word."""
    found = client.run(find_spec, work_elsewhere.__module__, on_error="return")
    for worker, spec in found.items():
        if not isinstance(spec, ModuleSpec):
            raise WorkError(f"the worker {worker} of the cluster does not have this game: install it there, in the "
                            "same version")


def _result(future: Future) -> Any:
    from distributed import KilledWorker
    try:
        return future.result()
    except KilledWorker as error:
        raise WorkError("workers of the cluster ended again and again at the same piece; perhaps their memory ran out"
                        ) from error
