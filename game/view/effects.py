"""Expected effects in words: arrow, judgement, size, when and how sure; never the simulated number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.content.document import IndicatorDoc
from game.outlook.preview import Phase, Preview, phases
from game.view.figures import status
from game.view.names import Names
from game.view.pages import EffectLine
from game.view.words import COUNTS, judgement, quarter, size_word

Lines = tuple[EffectLine, ...]
CERTAIN, WON, LOST = "certain", "if it works", "if it fails"


@dataclass(frozen=True)
class Outlook:
    """The preview of a card or of the whole cabinet; `rows`: indicators and relations, `date`: this quarter,
    `left`: quarters to the planned end of the game, this one included."""

    names: Names
    preview: Preview
    rows: tuple[int, ...]
    date: int
    left: int


def option_lines(outlook: Outlook, variants: tuple[int, ...]) -> Lines:
    """Lines of an option: one variant, or success and failure of a gamble; what both share is certain."""
    if len(variants) == 1:
        return _lines(outlook, variants[0], CERTAIN)
    won, lost = (_lines(outlook, variant, sure) for variant, sure in zip(variants, (WON, LOST), strict=True))
    shared = {_same(line) for line in won} & {_same(line) for line in lost}
    both = tuple(line for line in _lines(outlook, variants[0], CERTAIN) if _same(line) in shared)
    return both + tuple(line for line in won + lost if _same(line) not in shared)


def strongest(lines: Lines, most: int) -> tuple[Lines, Lines]:
    """The strongest lines and the others, both in order. One that concerns a crisis always stays, one for the worse,
    and one of each end of a gamble."""
    ranked = sorted(lines, key=lambda line: -line.weight)
    firsts = [next((line for line in ranked if keep(line)), None) for keep in (
        lambda line: line.urgent, lambda line: line.judgement == "worse", lambda line: line.sure == WON,
        lambda line: line.sure == LOST)]
    kept = list(dict.fromkeys(line for line in (*firsts, *ranked) if line is not None))[:most]
    return tuple(line for line in lines if line in kept), tuple(line for line in lines if line not in kept)


def _same(line: EffectLine) -> tuple[str, ...]:
    return line.indicator, line.arrow, line.size, line.when


def _lines(outlook: Outlook, variant: int, sure: str) -> Lines:
    """All visible effects of a variant, the weightiest indicator first, its phases in order of time."""
    found = []
    for place, row in enumerate(outlook.rows):
        indicator = outlook.names.watched[row]
        changes, levels = outlook.preview.changes[:, place, variant], outlook.preview.reference[:, place]
        seen = phases(changes, indicator.small / 2.0)
        lines = [_line(outlook, row, indicator, phase, changes, levels, sure) for phase in seen]
        found.append((max([abs(p.peak) for p in seen], default=0.0) / indicator.large, lines))
    return tuple(line for _, lines in sorted(found, key=lambda pair: -pair[0]) for line in lines)


def _line(outlook: Outlook, row: int, indicator: IndicatorDoc, phase: Phase, changes: np.ndarray,
          levels: np.ndarray, sure: str) -> EffectLine:
    label = outlook.names.label(row)
    at = phase.first + int(np.argmax(np.abs(changes[phase.first: phase.stop]) == abs(phase.peak)))
    direction, size = ("up" if phase.peak > 0 else "down"), size_word(phase.peak, indicator.medium, indicator.large)
    when, level = when_text(phase, outlook.date, outlook.left), float(levels[at])
    urgent = row in outlook.names.indicators and "crisis" in (
        status(outlook.names, row, level), status(outlook.names, row, level + phase.peak))
    doubt = "" if sure == CERTAIN else f", {sure}"
    return EffectLine(
        indicator=indicator.variable, label=label, icon=indicator.icon, arrow=direction,
        judgement=judgement(indicator.good, indicator.band, level, level + phase.peak),
        size=size, when=when, sure=sure, text=f"{label} {direction} {size}, {when}{doubt}",
        weight=abs(phase.peak) / indicator.large, urgent=urgent)


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
