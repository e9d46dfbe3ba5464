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

from game.outlook.workers.work import Do, Piece, Stop, Work, WorkError

POLL = 0.2  # seconds between looks at `stop`
HERE = None  # what a worker says when it has started
TRIES = 3  # a piece that ends so many workers is to blame itself


def by_processes(work: Work, pieces: Iterable[Piece], count: int, stop: Stop,
                 do: Do | None = None) -> Iterator[tuple[Piece, Any]]:
    """Results as they come, of at most `count` processes with one piece each at a time. Until they are there, this
    process goes on by itself with `do`, which does a piece here, if it is given."""
    waiting = deque(pieces)
    team = _Team(pickle.dumps(work), waiting, count)

    def served() -> bool:
        team.serve(0)
        return stop()
    try:
        team.begin()
        while team.busy() or team.results:
            if do is not None and waiting and not team.there():
                piece = waiting.popleft()
                result = do(piece, served)
                if result is None:
                    return
                yield piece, result
            else:
                team.serve(POLL)
            while team.results and (do is not None or team.there()) and not stop():
                yield team.results.popleft()  # not before all have their first piece, if nothing else is done meanwhile
            if stop():
                return
    finally:
        team.end()


class _Team:
    """Workers, the pieces that wait for them, and the results that nobody has had yet."""

    def __init__(self, held: bytes, waiting: deque[Piece], count: int) -> None:
        self.waiting, self.results = waiting, deque()
        self._lost: Counter = Counter()
        self._workers = [_Worker(held) for _ in range(min(count, len(waiting)))]

    def begin(self) -> None:
        for worker in self._workers:
            worker.begin()
            worker.take(self.waiting)

    def busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.piece is not None]

    def there(self) -> bool:
        """Whether all have started and can work."""
        return all(worker.there for worker in self._workers)

    def serve(self, seconds: float) -> None:
        """Hears what workers say within `seconds`, and gives the next pieces; a lost worker's piece is done again."""
        busy = self.busy()
        ready = wait([worker.pipe for worker in busy], seconds)
        for worker in (worker for worker in busy if worker.pipe in ready):
            piece = worker.piece
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                _count_loss(self._lost, piece)
                self.waiting.appendleft(piece)
                worker.end()
                worker.begin()
                worker.take(self.waiting)
                continue
            if answer is HERE:
                worker.arrived()
                continue
            result, error = answer
            if error is not None:
                raise error
            worker.take(self.waiting)  # before the result is dealt with, so that nobody waits for that
            self.results.append((piece, result))

    def end(self) -> None:
        for worker in self._workers:
            worker.end()


def _count_loss(lost: Counter, piece: Piece) -> None:
    lost[piece] += 1
    if lost[piece] >= TRIES:
        raise WorkError(f"{TRIES} processes ended while they did the same piece ({'/'.join(map(str, piece))}); perhaps "
                        "memory ran out (fewer --workers may help), or a policy of your own ends Python")


class _Worker:
    """A process, the pipe to it, whether it is there already, and the piece that it is at (None: none)."""

    def __init__(self, held: bytes) -> None:
        self.piece: Piece | None = None
        self.there = False
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
        self._process, self.there = process, False
        theirs.close()  # so that the pipe ends when the process does

    def arrived(self) -> None:
        """It has said that it is there: only then it is told what to do, since a full pipe would have to wait."""
        self.there = True
        self._tell(self._held)
        self._tell(pickle.dumps(self.piece))

    def take(self, waiting: deque[Piece]) -> None:
        """Do the next piece, or be idle if there is none."""
        self.piece = waiting.popleft() if waiting else None
        if self.there and self.piece is not None:
            self._tell(pickle.dumps(self.piece))

    def _tell(self, what: bytes) -> None:
        with suppress(OSError):  # it is dead: reading will tell
            self.pipe.send_bytes(what)

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
        pipe.send(HERE)
        held, do = pipe.recv_bytes(), None
        while True:
            piece = pickle.loads(pipe.recv_bytes())
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
