"""Works for tests of workers: small, and telling who did what. Processes import this file, so it needs nothing else."""

import os
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Squares:
    """(piece's number squared, process that did it)"""

    def open(self):
        return lambda piece, stop: (piece[1] ** 2, os.getpid())


@dataclass(frozen=True)
class Slow:
    """(piece's number, process that did it), a twentieth of a second later, asking now and then whether to stop"""

    def open(self):
        def do(piece, stop):
            for _ in range(5):
                time.sleep(0.01)
                if stop():
                    return None
            return piece[1], os.getpid()
        return do


@dataclass(frozen=True)
class Dying:
    """Piece number `at` ends its process without a word, the first `times` times."""

    folder: Path
    at: int
    times: int

    def open(self):
        def do(piece, stop):
            marks = len(list(self.folder.iterdir()))
            if piece[1] == self.at and marks < self.times:
                (self.folder / str(marks)).touch()
                os._exit(9)
            return piece[1] ** 2
        return do


@dataclass(frozen=True)
class Failing:
    kind: str

    def open(self):
        def do(piece, stop):
            if piece[1] == 3 and self.kind == "plain":
                raise ValueError("three is too many")
            if piece[1] == 3:
                class Local(Exception):  # of a kind that no other process can have
                    pass
                raise Local("three is too many")
            return piece[1]
        return do


@dataclass(frozen=True)
class Endless:
    """Every piece but the first takes until it is told to stop; each process leaves its number in the folder."""

    folder: Path

    def open(self):
        def do(piece, stop):
            (self.folder / str(os.getpid())).touch()
            while piece[1] and not stop():
                time.sleep(0.05)
            return None if piece[1] else 0
        return do
