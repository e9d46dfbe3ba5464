"""The text edition: the same game in plain lines, for terminals without a display and for screen readers.

One fact a line, one sentence a line, headings that end with a colon, nothing told by colour or position alone.
At a terminal, lines are wrapped at its width; into a file or a pipe a sentence is never broken.
Read next: edition.py, which reads a line and does what it says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.text.beginning import Options

__all__ = ["run"]


def run(options: Options) -> int:
    """Play in text until the player leaves; the exit code. Raises LogError if no save can be read or written."""
    from game.text.edition import run as play
    return play(options)
