"""Scenarios that can be played, and a first code for the dice. Read next: screens/newgame.py."""

from __future__ import annotations

import secrets
from pathlib import Path

from game.content import ContentError, Scenario, find_scenarios, load

WORDS = ("ALTAI", "GOBI", "HANGAI", "HERLEN", "ORHON", "SELENGE", "STEPPE", "TUUL", "ULZ")
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that could be taken for another


def playable(asked: Path | None) -> tuple[list[Scenario], str]:
    """The scenario in `asked` first, then the others that load; and what is wrong with `asked`, or ""."""
    found, problem = [], ""
    try:
        found += [load(asked)] if asked else []
    except ContentError as error:
        first = next(iter(error.findings), None)
        problem = (f"{asked.name} cannot be played: {first.message if first else error} "
                   f"All its errors: third-neighbour check {asked.name}")
    for folder in find_scenarios():
        if asked is not None and folder.absolute() == asked.absolute():
            continue  # read above, or found to be wrong
        try:
            scenario = load(folder)
        except ContentError:
            continue  # `check` says what is wrong with it
        if scenario.document.id not in [other.document.id for other in found]:
            found.append(scenario)
    return found, problem


def new_code() -> str:
    """A code that is easy to say to a friend, such as GOBI-7K4Q."""
    return f"{secrets.choice(WORDS)}-{''.join(secrets.choice(SIGNS) for _ in range(4))}"
