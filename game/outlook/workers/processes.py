"""Workers as processes of this machine, each at the end of a pipe of its own.

A worker that dies (out of memory, killed) costs only its piece, which another does again; concurrent.futures
would throw away all of its processes then and could not say which piece it was. Processes are spawned, not
forked: forking is not safe once threads or SDL run, and Windows has none.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import traceback
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from game.outlook.workers.work import Piece, Stop, Work, WorkError

POLL = 0.2  # seconds between looks at `stop`
TRIES = 3  # a piece that ends so many workers is to blame itself


def by_processes(work: Work, pieces: Iterable[Piece], count: int, stop: Stop) -> Iterator[tuple[Piece, Any]]:
    """Results as they come, of at most `count` processes with one piece each at a time."""
    waiting, lost, held = deque(pieces), Counter(), pickle.dumps(work)
    team = [_Worker(held) for _ in range(min(count, len(waiting)))]
    try:
        for worker in team:
            worker.begin()
        for worker in team:
            worker.take(waiting)
        while busy := [worker for worker in team if worker.piece is not None]:
            ready = wait([worker.pipe for worker in busy], POLL)
            for worker in (worker for worker in busy if worker.pipe in ready):
                piece = worker.piece
                try:
                    result, error = worker.pipe.recv()
                except (EOFError, OSError):
                    _count_loss(lost, piece)
                    waiting.appendleft(piece)
                    worker.end()
                    worker.begin()
                    worker.take(waiting)
                    continue
                if error is not None:
                    raise error
                worker.take(waiting)  # before the result is dealt with, so that nobody waits for that
                yield piece, result
            if stop():
                return
    finally:
        for worker in team:
            worker.end()


def _count_loss(lost: Counter, piece: Piece) -> None:
    lost[piece] += 1
    if lost[piece] >= TRIES:
        raise WorkError(f"{TRIES} processes ended while they did the same piece ({'/'.join(map(str, piece))}); perhaps "
                        "memory ran out (fewer --workers may help), or a policy of your own ends Python")


class _Worker:
    """A process, the pipe to it, and the piece that it is at (None: none)."""

    def __init__(self, held: bytes) -> None:
        self.piece: Piece | None = None
        self._held = held
        self._process = self.pipe = None

    def begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), daemon=True)
        try:
            with _interrupts_held_back():
                process.start()
        except OSError as error:
            raise WorkError(f"no process can be started: {error.strerror or error}") from error
        self._process, self._knows = process, False
        theirs.close()  # so that the pipe ends when the process does

    def take(self, waiting: deque[Piece]) -> None:
        """Do the next piece, or be idle if there is none."""
        self.piece = waiting.popleft() if waiting else None
        if self.piece is None:
            return
        with suppress(OSError):  # it is dead: reading will tell
            if not self._knows:  # not in begin: this waits until the process is there, and all shall come together
                self.pipe.send_bytes(self._held)
                self._knows = True
            self.pipe.send(self.piece)

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
            self.pipe.close()


def _serve(pipe: Connection) -> None:
    """A worker's life: pieces in, (result, error) out, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the process that was asked ends its workers
    with suppress(EOFError, OSError):
        held, do = pipe.recv_bytes(), None
        while True:
            piece = pipe.recv()
            try:
                do = do or pickle.loads(held).open()
                answer = do(piece, pipe.poll), None  # nothing comes while it works, except the pipe's end
            except Exception as error:
                answer = None, _portable(error)
            pipe.send(answer)


def _portable(error: Exception) -> Exception:
    """The error itself if it can be sent, with its traceback as a note."""
    error.add_note(traceback.format_exc())
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return WorkError(f"{type(error).__name__}: {error}")
    return error


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Processes that start meanwhile never hear Ctrl-C, not even before they can say so; here it is not lost."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # started with the first process otherwise, and unblocks them when it is there
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
