"""The headline and the sentence of a turn report, made from its facts.

A headline names what matters most: the end of the game, a crossed limit, an event that did it, two things that
moved, or one. It never says more than the numbers do.
"""

from __future__ import annotations

from game.view.changes import Told
from game.view.names import Names
from game.view.pages import ChangeRow
from game.view.words import SPACE, capital_first, is_plural, sentence

# size -> arrow -> (singular, plural)
VERBS = {
    "strongly": {"up": ("jumps", "jump"), "down": ("drops", "drop")},
    "clearly": {"up": ("rises", "rise"), "down": ("falls", "fall")},
    "slightly": {"up": ("edges up", "edge up"), "down": ("edges down", "edge down")},
    "": {"up": ("edges up", "edge up"), "down": ("edges down", "edge down"), "same": ("stays", "stay")},
}
PAST = {"up": "rose", "down": "fell", "same": "stayed"}
WEIGHTY = 0.3  # of a large change: what may stand in a headline beside the first


def headline(names: Names, ranked: list[Told], event: str, ending: str) -> str:
    """`ranked` most important first; `event` is the title of what mainly moved the first, `ending` that of the end."""
    if ending:
        return ending
    if not ranked or not ranked[0].visible:
        return f"A quiet quarter: {_quiet(names, ranked)}"
    first = ranked[0]
    second = next((item for item in ranked[1:] if item.visible and abs(item.weight) >= WEIGHTY), None)
    if first.crossed > 0 and first.line.judgement == "worse":
        return _crossed(names, first)
    if event:
        return f"{capital_first(event)}; {_clause(names, first, inside=True)}"
    if first.crossed < 0 and first.line.judgement == "better":
        relief = "out of the crisis" if first.status == "warn" or first.crossed == -2 else "the warning is lifted"
        return f"{_clause(names, first)}: {relief}"
    if second is None:
        return _clause(names, first)
    return _pair(names, first, second)


def _quiet(names: Names, ranked: list[Told]) -> str:
    if not ranked:
        return "little moved"
    line, row = ranked[0].line, ranked[0].row
    where = "at" if line.arrow == "same" else "to"
    return f"{names.inside(row)} {_verb(line.label, '', line.arrow)} {where} {_bare(line.label, line.after_text)}"


def _crossed(names: Names, item: Told) -> str:
    clause = _clause(names, item)
    return f"Crisis: {_clause(names, item, inside=True)}" if item.status == "crisis" else f"{clause}: a warning"


def _pair(names: Names, first: Told, second: Told) -> str:
    a, b = first.line, second.line
    if a.arrow == b.arrow:
        verb = VERBS[a.size or "slightly"][a.arrow][1]
        return f"{a.label} and {names.inside(second.row)} {verb}"
    return f"{a.label} {_verb(a.label, a.size, a.arrow)}, {names.inside(second.row)} {_verb(b.label, b.size, b.arrow)}"


def _clause(names: Names, item: Told, inside: bool = False) -> str:
    line = item.line
    label = names.inside(item.row) if inside else line.label
    return f"{label} {_verb(line.label, line.size, line.arrow)} to {_bare(line.label, line.after_text)}"


def _verb(label: str, size: str, direction: str) -> str:
    return VERBS[size][direction][int(is_plural(label))]


def summary(names: Names, ranked: list[Told]) -> str:
    """The first change with its reason if there is one to tell, and the second change."""
    if not ranked:
        return ""
    first = ranked[0]
    reason = first.reason if first.line.arrow != "same" else ""
    second = _told(ranked[1].line) if len(ranked) > 1 and ranked[1].visible else ""
    return " ".join(part for part in (_told(first.line), reason, second) if part)


def _told(line: ChangeRow) -> str:
    before, after = (_bare(line.label, text) for text in (line.before_text, line.after_text))
    if line.arrow == "same":
        return sentence(f"{line.label} stayed at {after}")
    return sentence(f"{line.label} {PAST[line.arrow]} from {before} to {after}")


def _bare(label: str, text: str) -> str:
    """A number without a unit that the label already names: "Days of fuel fell from 19 to 3"."""
    number, _, unit = text.partition(SPACE)
    named = {word.strip(",").rstrip("s") for word in label.lower().split()}
    return number if unit and unit.rstrip("s") in named else text
