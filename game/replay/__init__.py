"""Games of a person: playing one, keeping it as a log, reading it back, proving it.

A log is seed, settings, scenario and decisions, with what resulted; that is enough to rebuild the game.
`Session` plays one and saves itself after every decision. Read next: session.py, then log.py (the format).
"""

from game.replay.errors import LogError
from game.replay.retelling import retell
from game.replay.saves import SUFFIX, SaveInfo, list_saves, new_save_path
from game.replay.session import Session, TurnRecord
from game.replay.settings import Settings, seed_of
from game.replay.verifying import Verification, verify

__all__ = ["SUFFIX", "LogError", "SaveInfo", "Session", "Settings", "TurnRecord", "Verification", "list_saves",
           "new_save_path", "retell", "seed_of", "verify"]
