"""The window edition of the game. `run` is all that the layers above use. Read next: app.py, then screens/."""

from __future__ import annotations

import gc


class NoDisplay(Exception):
    """There is no screen to open a window on; the message says so in one line."""


def run(options) -> int:
    """Plays in a window until it is closed; the exit code.

    `options` has the fields of game.cli.options.PlayOptions. Raises NoDisplay before anything is shown,
    LogError for a save that was asked for and cannot be used.
    """
    gc.disable()  # until all is prepared: what a start makes stays, and looking for garbage in it takes a twentieth
    try:
        from game.ui.loop import play  # pygame only when a window is wanted

        return play(options)
    finally:
        gc.enable()
