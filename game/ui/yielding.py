"""Work beside the frames: a thread that lets every frame go first."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

YIELD = 0.001  # seconds after which the thread lets a frame go first; Python's usual five thousandths would be seen


@contextmanager
def yielding() -> Iterator[None]:
    """For as long as a thread works."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(YIELD)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
