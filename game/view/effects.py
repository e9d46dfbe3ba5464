"""Expected effects in words: arrow, judgement, size, when and how sure; never the simulated number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.content.document import IndicatorDoc
from game.outlook.preview import Phase, Preview, phases
from game.view.names import Names
from game.view.pages import EffectLine
from game.view.words import COUNTS, judgement, quarter, size_word

CERTAIN, WON, LOST = "certain", "if it works", "if it fails"


@dataclass(frozen=True)
class Outlook:
    """The preview of a card or of the whole cabinet; `rows`: indicators and relations, `date`: this quarter."""

    names: Names
    preview: Preview
    rows: tuple[int, ...]
    date: int


def option_lines(outlook: Outlook, variants: tuple[int, ...]) -> tuple[EffectLine, ...]:
    """Lines of an option: one variant, or success and failure of a gamble; what both share is certain."""
    if len(variants) == 1:
        return _lines(outlook, variants[0], CERTAIN)
    won, lost = (_lines(outlook, variant, sure) for variant, sure in zip(variants, (WON, LOST), strict=True))
    shared = {_same(line) for line in won} & {_same(line) for line in lost}
    both = tuple(line for line in _lines(outlook, variants[0], CERTAIN) if _same(line) in shared)
    return both + tuple(line for line in won + lost if _same(line) not in shared)


def _same(line: EffectLine) -> tuple[str, ...]:
    return line.indicator, line.arrow, line.size, line.when


def _lines(outlook: Outlook, variant: int, sure: str) -> tuple[EffectLine, ...]:
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
    when = when_text(phase, outlook.date)
    doubt = "" if sure == CERTAIN else f", {sure}"
    return EffectLine(
        indicator=indicator.variable, label=label, icon=indicator.icon, arrow=direction,
        judgement=judgement(indicator.good, indicator.band, float(levels[at]), float(levels[at]) + phase.peak),
        size=size, when=when, sure=sure, text=f"{label} {direction} {size}, {when}{doubt}")


def when_text(phase: Phase, date: int) -> str:
    """"this quarter", "for two quarters", "from this quarter on", "in 2011 Q4", "from 2011 Q4 on"."""
    turns = phase.stop - phase.first
    length = f"for {COUNTS[turns]} quarters"
    if phase.first == 0:
        return "from this quarter on" if phase.lasting else "this quarter" if turns == 1 else length
    start = quarter(date + phase.first)
    if phase.lasting:
        return f"from {start} on"
    return f"in {start}" if turns == 1 else f"from {start}, {length}"
