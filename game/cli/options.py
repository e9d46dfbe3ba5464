"""What `play` hands to the window or the text edition."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FIRST_SCENARIO = "mongolia-2011"  # what `third-neighbour` alone plays


@dataclass(frozen=True)
class PlayOptions:
    """None: not given, so ask the player or take the default.

    scenario    folder of the scenario
    seed        as typed; replay.seed_of makes the number
    length, difficulty, priorities   ids that the scenario has
    text        the text edition was asked for
    save        file to keep the game in; a game that is there already goes on
    """

    scenario: Path
    seed: str | None = None
    length: str | None = None
    difficulty: str | None = None
    priorities: tuple[str, str] | None = None
    text: bool = False
    save: Path | None = None
