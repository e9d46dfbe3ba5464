"""What a person can do wrong at the command line, as one plain sentence with a fix."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class UserError(Exception):
    """Shown as it is, without a traceback; the exit code is 2."""


def unknown(what: str, name: str, known: Iterable[str]) -> UserError:
    """There is no such thing: the nearest name, or all there are."""
    known = list(known)
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return UserError(f"There is no {what} “{name}”. Did you mean “{near[0]}”?")
    return UserError(f"There is no {what} “{name}”. There is: {', '.join(known) or 'none'}.")
