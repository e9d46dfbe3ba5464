"""What a forecast says, in words and as fans: arrow, judgement, size, when, how sure; never the simulated number.

All of it is read from the futures that were played (game/outlook/forecast.py), not from what an author wrote. Read
next: lookahead.py, which asks for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.content.document import IndicatorDoc
from game.outlook.forecast import Effect, Forecast, band, by_odds, effects
from game.outlook.preview import Phase, phases
from game.view.figures import status
from game.view.names import Names
from game.view.prospects import EffectLine, Fan
from game.view.words import COUNTS, SPACE, judgement, quarter, size_word

Lines = tuple[EffectLine, ...]
CERTAIN, LIKELY, POSSIBLE, EITHER = "certain", "likely", "possible", "may go either way"
WON, LOST = "if it works", "if it fails"
SURE_FROM, LIKELY_FROM = 0.95, 0.75  # shares of futures in which an effect goes the way that is shown
EITHER_FROM = 0.1  # share of futures in which it goes the other way, from which that is said
NOTHING = 0.1  # of a small change: less in one future counts as no change of it


@dataclass(frozen=True)
class Course:
    """What an option leads to: the variants of a forecast that belong to it (success, and failure if it is a gamble)
    and the odds of success (0-1)."""

    variants: tuple[int, ...]
    odds: float = 1.0


@dataclass(frozen=True)
class Outlook:
    """The forecast of a card or of the whole cabinet; `rows`: indicators and relations, `now` their values on the
    screen, `date`: this quarter, `left`: quarters to the planned end of the game, this one included, `otherwise`: what
    the reference is called."""

    names: Names
    forecast: Forecast
    rows: tuple[int, ...]
    now: tuple[float, ...]
    date: int
    left: int
    otherwise: str

    @cached_property
    def reference(self) -> np.ndarray:
        """Mean levels of the reference [turns, rows]."""
        return self.forecast.levels[0].mean(axis=2)

    def levels(self, course: Course) -> np.ndarray:
        """Levels [turns, rows, futures]; a gamble goes by its odds."""
        won, lost = (self.forecast.levels[course.variants[n] + 1] for n in (0, -1))
        return by_odds(won, lost, course.odds) if len(course.variants) > 1 else won

    def odds_changes(self, course: Course) -> np.ndarray:
        """Changes of the chances of announced cards [turns, cards]."""
        won, lost = (self.forecast.odds_changes(course.variants[n]) for n in (0, -1))
        return course.odds * won + (1.0 - course.odds) * lost


def option_lines(outlook: Outlook, course: Course) -> Lines:
    """Lines of an option: of a gamble for success and failure each; what both share stands alone."""
    if len(course.variants) == 1:
        return _lines(outlook, course.variants[0], "")
    won, lost = (_lines(outlook, variant, given) for variant, given in zip(course.variants, (WON, LOST), strict=True))
    shared = {_same(line) for line in won} & {_same(line) for line in lost}
    both = tuple(line for line in _lines(outlook, course.variants[0], "") if _same(line) in shared)
    return both + tuple(line for line in won + lost if _same(line) not in shared)


def strongest(lines: Lines, most: int) -> tuple[Lines, Lines]:
    """The strongest lines and the others, both in order. One that concerns a crisis always stays, one for the worse,
    and one of each end of a gamble."""
    ranked = sorted(lines, key=lambda line: -line.weight)
    firsts = [next((line for line in ranked if keep(line)), None) for keep in (
        lambda line: line.urgent, lambda line: line.judgement == "worse", lambda line: line.given == WON,
        lambda line: line.given == LOST)]
    kept = list(dict.fromkeys(line for line in (*firsts, *ranked) if line is not None))[:most]
    return tuple(line for line in lines if line in kept), tuple(line for line in lines if line not in kept)


def _same(line: EffectLine) -> tuple[str, ...]:
    return line.indicator, line.arrow, line.size, line.when


def _lines(outlook: Outlook, variant: int, given: str) -> Lines:
    """All visible effects of a variant, the weightiest indicator first, its phases in order of time."""
    small = np.array([outlook.names.watched[row].small for row in outlook.rows])
    found = []
    for place, effect in enumerate(effects(outlook.forecast.changes(variant), NOTHING * small)):
        row = outlook.rows[place]
        indicator = outlook.names.watched[row]
        seen = phases(effect.seen, least_shown(outlook.names, row))
        lines = [_line(outlook, place, phase, effect, given) for phase in seen]
        found.append((max([abs(p.peak) for p in seen], default=0.0) / indicator.large, lines))
    return tuple(line for _, lines in sorted(found, key=lambda pair: -pair[0]) for line in lines)


def least_shown(names: Names, row: int) -> float:
    """The smallest mean effect that is worth a line: half a small change, and a step of the number as it is shown."""
    return max(names.watched[row].small / 2.0, 10.0 ** -names.measure(row).decimals)


def _line(outlook: Outlook, place: int, phase: Phase, effect: Effect, given: str) -> EffectLine:
    names, row = outlook.names, outlook.rows[place]
    indicator, label = names.watched[row], names.label(row)
    at = peak_turn(phase, effect)
    direction, size = ("up" if phase.peak > 0 else "down"), size_word(phase.peak, indicator.medium, indicator.large)
    when, level = when_text(phase, outlook.date, outlook.left), float(outlook.reference[at, place])
    up, down = float(effect.up[at]), float(effect.down[at])
    sure = certainty(up, down) if phase.peak > 0 else certainty(down, up)
    urgent = row in names.indicators and "crisis" in (
        status(names, row, level), status(names, row, level + phase.peak))
    parts = [f"{label} {direction} {size}", when, most_text(phase, at, outlook.date),
             "" if sure == CERTAIN else sure, given]
    return EffectLine(
        indicator=indicator.variable, label=label, icon=indicator.icon, arrow=direction,
        judgement=_judgement(indicator, level, level + phase.peak),
        size=size, when=when, sure=sure, given=given, text=", ".join(part for part in parts if part),
        weight=abs(phase.peak) / indicator.large, urgent=urgent)


def _judgement(indicator: IndicatorDoc, before: float, after: float) -> str:
    return judgement(indicator.good, indicator.band, before, after)


def peak_turn(phase: Phase, effect: Effect) -> int:
    """The turn of a phase's largest effect."""
    return phase.first + int(np.argmax(effect.mean[phase.first: phase.stop] == phase.peak))


def certainty(same: float, opposite: float) -> str:
    """How sure an effect is, from the shares of futures in which it goes the way shown, and the other way."""
    if opposite >= EITHER_FROM:
        return EITHER
    return CERTAIN if same >= SURE_FROM else LIKELY if same >= LIKELY_FROM else POSSIBLE


def when_text(phase: Phase, date: int, left: int) -> str:
    """"this quarter", "for two quarters", "from this quarter on", "in 2011 Q4", "from 2011 Q4 on"; an effect that is
    still there in the last of the `left` quarters of the game lasts "to the end"."""
    turns = phase.stop - phase.first
    to_the_end, length = phase.stop >= left, f"for {COUNTS[turns]} quarters"
    if phase.first == 0:
        if turns == 1 and (to_the_end or not phase.lasting):
            return "this quarter"
        return "to the end" if to_the_end else "from this quarter on" if phase.lasting else length
    start = quarter(date + phase.first)
    if turns == 1 and (to_the_end or not phase.lasting):
        return f"in {start}"
    if to_the_end:
        return f"from {start} to the end"
    return f"from {start} on" if phase.lasting else f"from {start}, {length}"


def most_text(phase: Phase, at: int, date: int) -> str:
    """"most in 2012 Q1", where the largest effect is neither at once nor plain from the beginning."""
    return "" if at == phase.first else f"most in {quarter(date + at)}"


# --- fans

def fans(outlook: Outlook, course: Course, lines: Lines, most: int) -> tuple[Fan, ...]:
    """Of the indicators that an option moves most, the strongest first."""
    ranked = dict.fromkeys(line.indicator for line in sorted(lines, key=lambda line: -line.weight))
    places = {outlook.names.watched[row].variable: place for place, row in enumerate(outlook.rows)}
    levels = outlook.levels(course) if ranked else None
    return tuple(_fan(outlook, places[name], levels[:, places[name]]) for name in list(ranked)[:most])


def _fan(outlook: Outlook, place: int, levels: np.ndarray) -> Fan:
    """One row's fan from its levels [turns, futures]."""
    names, row, now = outlook.names, outlook.rows[place], outlook.now[place]
    low, middle, high = (np.concatenate([[now], line]) for line in band(levels))
    before_low, before, before_high = band(outlook.forecast.levels[0][:, place])
    last = outlook.date + len(levels) - 1
    ends, ends_before = _range(names, row, low[-1], high[-1]), _range(names, row, before_low[-1], before_high[-1])
    is_same = ends == ends_before
    text = (f"{names.label(row)} at the end of {quarter(last)}: "
            + (f"{ends}, the same {outlook.otherwise}" if is_same else f"{ends}; {outlook.otherwise} {ends_before}"))
    ends_as = "same" if is_same else _judgement(names.watched[row], float(before[-1]), float(middle[-1]))
    at = int(np.argmax(np.abs(middle[1:] - before)))
    return Fan(names.watched[row].variable, names.label(row),
               _judgement(names.watched[row], float(before[at]), float(middle[at + 1])),
               *(tuple(line.tolist()) for line in (low, middle, high)), (now, *before.tolist()), text, ends_as)


def _range(names: Names, row: int, low: float, high: float) -> str:
    """"18 to 31 days"; one number where both ends look alike."""
    measure = names.measure(row)
    first, last = measure.short(low), measure.short(high)
    if first == last:
        return first
    unit = first.partition(SPACE)[2]
    if unit and unit == last.partition(SPACE)[2] and not measure.is_money:
        first = first.partition(SPACE)[0]
    return f"{first} to {last}"
