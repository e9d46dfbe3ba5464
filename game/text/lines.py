"""Writing plain lines: one sentence a line, wrapped at a terminal's width, in letters that the terminal has."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Callable, Iterable

SPACE = "\u00a0"  # the pages put it between a number and its unit
NARROWEST = 30  # columns; below that wrapping does more harm than good
NUMBERED = re.compile(r"\d+\. ")
# The end of a sentence; "U.S. dollars", "St. Petersburg" and "No. 4" are none.
SENTENCE = re.compile(r"(?<![ .][A-Z]\.)(?<!\bSt\.)(?<!\bMr\.)(?<!\bDr\.)(?<!\bNo\.)(?<=[.!?]) "
                      r"(?=[A-Z\u201c\u2018\"$0-9])")
UNIT = re.compile(r"(?<=\d) (?=\w|%)")  # a number and its unit stay on one line
# What to write where a terminal lacks a letter.
SUBSTITUTES = {
    "\u2212": "-", "\u2013": "-", "\u2014": "-", "\u00d7": "x", "\u00f7": "/", "\u00b7": "-", "\u2026": "...",
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u20ae": "tugrik ", "\u20ac": "EUR ", "\u2264": "<=",
    "\u2265": ">=", "\u2260": "not =",
}


def sentences(text: str) -> list[str]:
    """The sentences of a text without its **bold** marks; the number of a list entry stays with its text."""
    text = " ".join(text.replace("**", "").replace(SPACE, "\0").split()).replace("\0", SPACE)
    start = NUMBERED.match(text)
    head = start.group() if start else ""
    parts = SENTENCE.split(text[len(head):])
    return [head + parts[0], *parts[1:]]


def unbroken(path: object) -> str:
    """A path whose spaces are neither wrapped nor taken for the end of a sentence."""
    return str(path).replace(" ", SPACE)


def wrapped(sentence: str, width: int | None) -> list[str]:
    """Lines of at most `width` columns, if the words allow; None: one line. Ordinary spaces only."""
    if width is None or len(sentence) <= width:
        lines = [sentence]
    else:
        lines = textwrap.wrap(UNIT.sub(SPACE, sentence), width, break_long_words=False, break_on_hyphens=False)
    return [line.replace(SPACE, " ") for line in lines]


def writable(text: str, encoding: str) -> str:
    """The text in letters of an encoding: substitutes where there are some, else "?"."""
    try:
        text.encode(encoding)
        return text
    except UnicodeEncodeError:
        text = "".join(SUBSTITUTES.get(letter, letter) if ord(letter) > 127 else letter for letter in text)
        return text.encode(encoding, errors="replace").decode(encoding)


class Lines:
    """Where the game writes. `write` takes whole lines; `width` gives the columns, None: do not wrap."""

    def __init__(self, write: Callable[[str], object], width: Callable[[], int | None], encoding: str) -> None:
        self._write, self._width, self.encoding = write, width, encoding

    def say(self, texts: Iterable[str]) -> None:
        """Each text on lines of its own; "" is an empty line."""
        for text in texts:
            for sentence in sentences(text):
                for line in wrapped(sentence, self._width()):
                    self._write(writable(line, self.encoding))


def terminal_width() -> int | None:
    """Columns of the terminal; None if it is too narrow to wrap for."""
    columns = shutil.get_terminal_size((80, 24)).columns
    return columns if columns >= NARROWEST else None
