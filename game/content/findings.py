"""What is wrong with a scenario: findings with file, line, column, a stable code, a sentence and a hint.

CODES is the one list of codes: its severity and what it means (the manual prints it; a test demands a bad
example of each). Read next: items.py, which gives every value of the YAML its place.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

MAX_FINDINGS = 300  # more help nobody, and a hostile file could ask for millions
MAX_NAME = 60  # characters; longer words are not compared with known names

ERROR, WARNING = "error", "warning"

CODES: dict[str, tuple[str, str]] = {
    # reading
    "no-scenario": (ERROR, "The folder does not exist or has no scenario.yaml."),
    "file-unreadable": (ERROR, "A file cannot be read, or is not a plain file."),
    "file-link": (ERROR, "A file or folder is a link; a scenario may not reach outside its folder."),
    "file-too-large": (ERROR, "A file is over 1 MB, or all together are over 8 MB."),
    "file-ignored": (WARNING, "A YAML file lies where none is read, or has another ending than .yaml."),
    "encoding": (ERROR, "A file is not UTF-8 text."),
    "byte-order-mark": (WARNING, "A file begins with a byte-order mark."),
    "yaml-character": (ERROR, "A text holds a character that cannot be printed."),
    "yaml-tab": (ERROR, "A line is indented with a tab."),
    "yaml-syntax": (ERROR, "A file is not correct YAML."),
    "yaml-tag": (ERROR, "A value has a tag (!something)."),
    "yaml-alias": (ERROR, "A value is an anchor (&name) or an alias (*name)."),
    "yaml-duplicate-key": (ERROR, "A key is given twice."),
    "yaml-too-deep": (ERROR, "Values are nested more than 40 deep."),
    "yaml-too-large": (ERROR, "A text is longer than 20 000 characters, or there are too many values."),
    "yaml-number": (ERROR, "A number is infinite, not a number, or beyond a million million."),
    "yaml-key": (ERROR, "A key is a list or a map instead of a word."),
    "yaml-documents": (ERROR, "A file holds several documents (---)."),
    "yaml-top": (ERROR, "A file is not a map of sections."),
    # putting files together
    "duplicate-section": (ERROR, "A key is given in two files."),
    "duplicate-id": (ERROR, "Two things of one kind have the same id."),
    "extends-unknown": (ERROR, "The scenario that is extended cannot be found."),
    "extends-chain": (ERROR, "The scenario that is extended extends another."),
    "remove-unknown": (ERROR, "`remove` names something that the extended scenario does not have."),
    # keys and types
    "unknown-key": (ERROR, "A key is not one of the format's."),
    "missing-key": (ERROR, "A key that is needed is missing."),
    "wrong-type": (ERROR, "A value is of the wrong type."),
    "wrong-value": (ERROR, "A value is not one of those allowed."),
    "out-of-range": (ERROR, "A number is outside what is allowed."),
    "too-large": (ERROR, "The scenario has more things than the game can hold."),
    # formulas
    "formula-syntax": (ERROR, "A formula cannot be read."),
    "formula-unknown-name": (ERROR, "A formula names something that does not exist."),
    "formula-arguments": (ERROR, "A function has too many, too few or the wrong arguments."),
    "formula-place": (ERROR, "A word is used where it has no meaning."),
    "formula-chained": (ERROR, "Comparisons are chained."),
    "formula-too-long": (ERROR, "A formula is too long or too deeply nested."),
    "formula-unit": (ERROR, "Two values of different unit are added or compared."),
    "formula-division": (ERROR, "A denominator may be 0."),
    "formula-date": (ERROR, "`date` may only be compared with a quarter such as 2011-Q2."),
    "flow-unit": (WARNING, "It is not clear whether a flow is per turn or per year."),
    # meaning
    "id-form": (ERROR, "An id is not written as ids are."),
    "id-reserved": (ERROR, "An id is a word of the formula language."),
    "unknown-reference": (ERROR, "Something is named that does not exist."),
    "cycle": (ERROR, "Auxiliaries need each other in a circle."),
    "driver-order": (ERROR, "A driver reads what is computed after it."),
    "date-form": (ERROR, "A quarter is not written as 2011-Q1."),
    "effect-shape": (ERROR, "An effect is not exactly one of add, set, follow and promise."),
    "effect-target": (ERROR, "An effect cannot act on its target in this way."),
    "card-mode": (ERROR, "A card is not exactly one of chance, weight, scheduled and follow."),
    "card-choices": (ERROR, "A card does not have three to five choices."),
    "card-default": (ERROR, "A card does not have exactly one default choice that is always free."),
    "card-threat": (ERROR, "The announcement of a card is incomplete."),
    "once-and-cooldown": (ERROR, "Both `once` and `cooldown` are given."),
    "gamble": (ERROR, "Odds, success and failure do not fit together."),
    "range-order": (ERROR, "A range does not rise."),
    "start-outside": (ERROR, "A start or a value is outside its range."),
    "lever-step": (ERROR, "A lever's step does not divide its range, or its start is between two steps."),
    "source-missing": (ERROR, "A number from the real world has no source."),
    "source-incomplete": (ERROR, "A source lacks its title, publisher, date or figure."),
    "source-range": (ERROR, "A judged number has no low and high around it."),
    "role-kind": (ERROR, "A role is given to a variable of the wrong kind."),
    "goal-levels": (ERROR, "A priority's `achieved` is below its `partly`."),
    "indicator-levels": (ERROR, "An indicator's levels are in the wrong order."),
    "verdict-titles": (ERROR, "A title of the verdict can never be given, or none may fit."),
    "difficulty-default": (ERROR, "Not exactly one difficulty is the default."),
    "history-file": (ERROR, "history.csv cannot be read."),
    "history-gap": (ERROR, "A column that a variable shall follow lacks a year."),
    "calibration-target": (ERROR, "The calibration cannot lead a variable, or add to it, in this way."),
    "add-factor-bound": (ERROR, "An add-factor has no bound, is beyond it, or is for a year that must do without."),
    "picture-missing": (WARNING, "A picture does not exist."),
    "text-length": (WARNING, "A text is longer or shorter than fits well on screen."),
    "flag-unused": (WARNING, "A flag is set but never read."),
    "flag-never-set": (WARNING, "A flag is read but never set."),
    "card-never": (WARNING, "A card that needs to be followed is followed by nothing."),
    "dated-not-once": (WARNING, "A scheduled card with a date would come again and again."),
    "history-missing": (WARNING, "A dated card of fact does not say which choice history made."),
    "veto": (ERROR, "A demand bars what it may not bar."),
    "actor-never-moves": (WARNING, "A move belongs to an actor without attention."),
}


@dataclass(frozen=True, order=True)
class Finding:
    """One thing wrong, at a line and column counted from 1."""

    file: str
    line: int
    column: int
    severity: str
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column} {self.severity} {self.code} {self.message}{hint}"


class ContentError(Exception):
    """A scenario that cannot be played; `findings` says why, errors and warnings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [str(f) for f in self.findings if f.severity == ERROR]
        more = f"\n... and {len(errors) - 5} more" if len(errors) > 5 else ""
        super().__init__("\n".join(errors[:5]) + more)


class Place(Protocol):
    """Anything that knows where it stands: an item of the YAML, or a Spot."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Spot:
    """A bare place."""

    file: str
    line: int = 1
    column: int = 1


@dataclass
class Findings:
    """Collects what is found, at most MAX_FINDINGS."""

    found: list[Finding] = field(default_factory=list)

    def add(self, place: Place, code: str, message: str, hint: str = "") -> None:
        if not self.full:
            severity = CODES[code][0]
            self.found.append(Finding(place.file, place.line, place.column, severity, code, message, hint))

    @property
    def full(self) -> bool:
        return len(self.found) >= MAX_FINDINGS

    @property
    def errors(self) -> bool:
        return any(f.severity == ERROR for f in self.found)

    def sorted(self) -> list[Finding]:
        return sorted(set(self.found))


def nearest(name: str, names: Iterable[str]) -> str:
    """The known name most like `name`, or ""."""
    if len(name) > MAX_NAME:
        return ""
    lower = {n.lower(): n for n in names}
    close = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=0.6)
    return lower[close[0]] if close else ""


def did_you_mean(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """A hint with the nearest right name; else `otherwise`."""
    near = nearest(name, names)
    return f"did you mean `{near}`?" if near else otherwise
