"""What `play` hands to the window or the text edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.content import Scenario

FIRST_SCENARIO = "mongolia-2011"  # what `third-neighbour` alone plays


def show_model(scenario: Scenario) -> tuple[str, Path | None]:
    """Writes the model page and opens it; what to tell the player, and where the page is. It takes seconds."""
    from game.cli.modelling import show

    return show(scenario)


@dataclass(frozen=True)
class PlayOptions:
    """None: not given, so ask the player or take the default.

    scenario    folder of the scenario; `named`: it was asked for, so the player need not be
    seed        as typed; replay.seed_of makes the number
    length, difficulty, priorities   ids that the scenario has
    text        the text edition was asked for
    save        file to keep the game in; a game that is there already goes on
    show_model  how a player gets to see how the model works: see show_model above
    """

    scenario: Path
    seed: str | None = None
    length: str | None = None
    difficulty: str | None = None
    priorities: tuple[str, str] | None = None
    text: bool = False
    save: Path | None = None
    named: bool = False
    show_model: Callable[[Scenario], tuple[str, Path | None]] = show_model
