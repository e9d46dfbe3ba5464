"""A program for test_kills.py: plays the game in a file for ever, and prints each confirmed line of its log.

Usage: python -m tests.replay.endless FILE. At a game's end it goes back to the second turn.
"""

import sys
from pathlib import Path

from game.replay import Session
from tests.replay.playing import decide, new_session


def play_on(path: Path) -> None:
    session = Session.load(path) if path.exists() else new_session("minimal", path)
    while True:
        going = [lambda: decide(session), session.undo, session.end_turn]
        for act in [lambda: session.rewind(1)] if session.ended else going:
            act()
            print(session.last_entry, flush=True)


if __name__ == "__main__":
    play_on(Path(sys.argv[1]))
