"""Numbers, dates and judgements in plain English.

A number is rounded once, to a whole count of its smallest shown step (a "quantum": 0.1 for one decimal), and
everything shown is made from such counts; so a change on the screen is always the difference of the two
numbers on the screen. Read next: names.py.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from game.content.units import behind

MINUS = "\u2212"
SPACE = "\u00a0"  # non-breaking: between a number and its unit, so that they stay on one line
MONEY = "$m"  # money is counted in millions of dollars
BILLION = 1000.0  # of those

SEASONS = ("January to March", "April to June", "July to September", "October to December")
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
RELATIONS = ("hostile", "cold", "wary", "correct", "friendly", "close")  # six equal bands of 0-100
GRADES = ("failing", "poor", "weak", "fair", "good", "strong")  # by fifths reached, 0-5
CHANCES = ((0.02, "almost no chance"), (0.08, "about one in twenty"), (0.15, "about one in ten"),
           (0.29, "about one in five"), (0.42, "about one in three"), (0.58, "about an even chance"),
           (0.71, "about two in three"), (0.86, "about four in five"), (0.98, "very likely"))


def whole(x: float) -> int:
    """The nearest whole number, halves away from zero, so that +0.5 and -0.5 look alike."""
    return int(math.copysign(math.floor(abs(x) + 0.5 + 1e-9), x))


def plain(x: float, decimals: int = 0) -> str:
    """A number with thousands separators and a true minus."""
    steps = whole(x * 10**decimals)
    text = f"{abs(steps) / 10**decimals:,.{decimals}f}"
    return MINUS + text if steps < 0 else text


def short_number(x: float) -> str:
    """A number as an author would write it, for formulas: no needless zeros."""
    return plain(x, next((d for d in range(6) if abs(x * 10**d - whole(x * 10**d)) < 1e-9), 6))


@dataclass(frozen=True)
class Measure:
    """How a variable's numbers are written: unit as in the scenario, decimals shown."""

    unit: str
    decimals: int

    def steps(self, x: float) -> int:
        """The number as a count of the smallest shown step."""
        return whole(x * 10**self.decimals)

    @property
    def is_money(self) -> bool:
        return self.unit.split(" ")[0] == MONEY and " per " not in self.unit

    def text(self, x: float) -> str:
        """With its whole unit: "45 kt", "31 % of GDP", "$2.3 bn a year"."""
        if self.is_money:
            return _money(x, self.decimals) + _tail(self.unit[len(MONEY):])
        if self.unit.startswith("$/"):
            return ("" if x >= 0 else MINUS) + "$" + plain(abs(x), self.decimals) + self.unit[1:]
        return self._figure(x, self.unit)

    def short(self, x: float) -> str:
        """For bars and table cells: the first word of the unit only."""
        if self.is_money:
            return _money(x, self.decimals)
        if self.unit.startswith(("$/", "per ")):
            return self.text(x)
        return self._figure(x, self.unit.split(" ")[0])

    def exact(self, x: float) -> str:
        """As the terms of a change are counted: money in millions even when large."""
        return _millions(x, self.decimals) if self.is_money else self.text(x)

    def gain(self, x: float) -> str:
        """What was added or taken away, with its unit: "+45 kt", "−$1,200 m"."""
        return ("+" if x > 0.0 else MINUS) + (self.exact if self.is_money else self.short)(abs(x))

    def _figure(self, x: float, unit: str) -> str:
        if not unit or "=" in self.unit or unit in ("points", "times", "share", "steps") or unit[0].isdigit():
            return plain(x, self.decimals)
        number = plain(x, self.decimals)
        return number + SPACE + behind(number, unit)

    def signed(self, steps: int) -> str:
        """A change, given as a count of steps: "+0.5", "−$45 m", "no change"."""
        if steps == 0:
            return "no change"
        x = abs(steps) / 10**self.decimals
        return ("+" if steps > 0 else MINUS) + (_money(x, self.decimals) if self.is_money else plain(x, self.decimals))

    def share(self, steps: int) -> str:
        """A term of a change: as `signed`, money in millions so that terms add up on the screen."""
        if steps == 0 or not self.is_money:
            return self.signed(steps)
        return ("+" if steps > 0 else MINUS) + _millions(abs(steps) / 10**self.decimals, self.decimals)


def _tail(rest: str) -> str:
    return rest if not rest or rest.startswith(" ") else " " + rest


def _money(x: float, decimals: int) -> str:
    if abs(x) < BILLION - 0.5:
        return _millions(x, decimals)
    return ("" if x >= 0 else MINUS) + "$" + plain(abs(x) / BILLION, 1) + SPACE + "bn"


def _millions(x: float, decimals: int) -> str:
    sign = MINUS if x * 10**decimals <= -0.5 else ""
    return sign + "$" + plain(abs(x), decimals) + SPACE + "m"


def percent(p: float, decimals: int = 0) -> str:
    return plain(100.0 * p, decimals) + SPACE + "%"


def chance_words(p: float) -> str:
    """Odds as people say them: "about one in five"."""
    return next((words for limit, words in CHANCES if p < limit), "almost certain")


def quarter(date: int) -> str:
    """`date` counts quarters since year 0: "2011 Q1"."""
    return f"{date // 4} Q{date % 4 + 1}"


def season(date: int) -> str:
    return f"{SEASONS[date % 4]} {date // 4}"


def count(n: int, thing: str) -> str:
    """"one card", "two cards"; things that add an s."""
    words = COUNTS[n] if 0 <= n < len(COUNTS) else str(n)
    return f"{words} {thing}" + ("" if n == 1 else "s")


def away(turns: int) -> str:
    """How far off a quarter is."""
    return "this quarter" if turns <= 0 else "next quarter" if turns == 1 else f"in {turns} quarters"


def listed(things: list[str] | tuple[str, ...], word: str = "and") -> str:
    """"a, b and c"."""
    things = list(things)
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} {word} {things[-1]}" if things else ""


def capital_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = capital_first(text.strip())
    return text if text.endswith((".", "!", "?")) else text + "."


def relation(value: float) -> tuple[int, str]:
    """Dots 0-5 and the word of a relation 0-100."""
    band = min(max(int(value * len(RELATIONS) / 100.0), 0), len(RELATIONS) - 1)
    return band, RELATIONS[band]


def grade(value: float) -> tuple[int, str]:
    """Fifths 0-5 and the word of a goal 0-100."""
    fifths = min(max(whole(value / 20.0), 0), 5)
    return fifths, GRADES[fifths]


def size_word(change: float, medium: float, large: float) -> str:
    return "strongly" if abs(change) >= large else "clearly" if abs(change) >= medium else "slightly"


def arrow(change: float) -> str:
    return "up" if change > 0 else "down" if change < 0 else "same"


def judgement(good: str, band: tuple[float, float] | None, before: float, after: float) -> str:
    """Whether a change is for the better; `good` is up, down or band."""
    if before == after:
        return "same"
    if good == "band" and band is not None:
        was, is_ = _outside(before, band), _outside(after, band)
        return "same" if was == is_ else "better" if is_ < was else "worse"
    return "better" if (after > before) == (good == "up") else "worse"


def _outside(x: float, band: tuple[float, float]) -> float:
    return max(band[0] - x, x - band[1], 0.0)


def is_plural(label: str) -> bool:
    """Whether a label takes a plural verb: "Exports", "Relations with Russia", but not "Readiness"."""
    head = re.split(r" (?:of|with|from|to|in|for|between|after|over|at|lost|bought)\b|,", label)[0]
    last = head.split(" ")[-1].lower()
    return last.endswith("s") and not last.endswith(("ss", "us", "is", "news", "\u2019s"))


def share_out(amounts: list[float], total: int) -> list[int]:
    """Whole numbers near `amounts` that add up to `total`: largest remainders are rounded up.

    The amounts must add up to nearly `total` (it is a rounding of their sum, off by at most a step or two).
    """
    floors = [math.floor(a + 1e-9) for a in amounts]
    missing = total - sum(floors)
    by_rest = sorted(range(len(amounts)), key=lambda i: (floors[i] - amounts[i], i))
    shares = list(floors)
    step = 1 if missing > 0 else -1
    order = by_rest if missing > 0 else by_rest[::-1]
    for n in range(abs(missing)):
        if order:
            shares[order[n % len(order)]] += step
    return shares
