"""Numbers of the model page with their units: exactly as the scenario has them, since formulas stand beside them.

The game rounds to what a player needs; a page that is checked against its formulas may not. Read next: model_words.py.
"""

from __future__ import annotations

from game.content.units import behind
from game.view.words import MINUS, MONEY, SPACE, short_number

BARE = ("", "share", "times")  # units that say nothing after a number
DOLLARS = 0.01  # millions below which plain dollars are easier to read
INDEX = ("% of 2", "% of normal")  # shares of a base, whose changes are told as they are


def amount(value: float, unit: str) -> str:
    """"$20 m per step", "9 %", "0.83" (a share), "1 seat per point"."""
    sign, text = MINUS if value < 0 else "", short_number(abs(value))
    if unit.split(" ")[0] == MONEY and 0.0 < abs(value) < DOLLARS:
        return f"{sign}${short_number(1e6 * abs(value))}{unit[len(MONEY):]}"
    if unit.split(" ")[0] == MONEY:
        return f"{sign}${text}{SPACE}m{unit[len(MONEY):]}"
    if unit.startswith("$/"):
        return f"{sign}${text}{unit[1:]}"
    return f"{sign}{text}" + ("" if unit in BARE else SPACE + _unit(text, unit))


def change(value: float, unit: str) -> str:
    """What an effect adds: "+$60 m", "−1 point", "+14 percentage points" to what is counted in per cent."""
    if unit.startswith("%") and not unit.startswith(INDEX):
        unit = "percentage points"
    return ("+" if value > 0 else "") + amount(value, unit)


def _unit(number: str, unit: str) -> str:
    """The unit as it is said of one thing, if it is one."""
    return "percentage point" if (number, unit) == ("1", "percentage points") else behind(number, unit)
