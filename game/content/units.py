"""How a unit is written behind a number: "2 days", "1 day". The one place to change for another language."""

from __future__ import annotations

import re

ONE = re.compile(r"[-\u2212]?1")


def behind(number: str, unit: str) -> str:
    """The unit for a number as it is shown; its first word is singular behind a one: "1 shift a day"."""
    first, space, rest = unit.partition(" ")
    if not ONE.fullmatch(number) or not first.isalpha() or not first.endswith("s") or first.endswith("ss"):
        return unit
    return (first[:-3] + "y" if first.endswith("ies") else first[:-1]) + space + rest
