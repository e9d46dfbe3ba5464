"""The two decks of the balance tests: a fair one, and one that extends it with four planted defects."""

from functools import cache
from pathlib import Path

from game.content import Scenario, load

HERE = Path(__file__).parent


@cache
def deck(name: str) -> Scenario:
    """`fair-deck` or `planted`."""
    return load(HERE / name)
