"""Rich text: `**bold**` runs, links, inline marks; wrapping, alignment, ellipsis. Pure: fonts are handed in.

Content is a string, or a list whose items are strings (parsed for `**bold**`) and `(text, TextStyle)` pairs.
Spaces and newlines may break a line, a no-break space (U+00A0, U+202F) never does; an empty line parts
paragraphs.
`layout_text` turns content into a `TextBlock`, which `Painter.text` draws. Read next: `painter.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .layout import Rect
from .theme import TextStyle

Piece = tuple[str, TextStyle]
Content = str | Sequence[str | Piece]
Measure = Callable[[str, TextStyle], float]

MARK = "\ufffc"
PARAGRAPH_GAP = 0.55  # of a line: what an empty line is worth

_TOKEN = re.compile(r"\n|[ \t]+|[^ \t\n]+")
_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])|(?<=\u2014)")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def mark(kind: str, style: TextStyle) -> Piece:
    """An inline mark (see `shapes.py`) to put among spans: `mark("up", style)`."""
    return MARK, style.but(mark=kind)


def pieces_of(content: Content, base: TextStyle) -> list[Piece]:
    """Content as styled pieces; an unmatched `**` stays as it is."""
    items: Iterable[str | Piece] = [content] if isinstance(content, str) else content
    pieces: list[Piece] = []
    for item in items:
        if isinstance(item, str):
            for k, part in enumerate(_BOLD.split(item)):
                if part:
                    pieces.append((part, base.but(bold=True) if k % 2 else base))
        elif item[0]:
            pieces.append(item)
    return [(text.replace("\u202f", "\u00a0").replace("\u2060", ""), style) for text, style in pieces]


def plain(content: Content) -> str:
    """What is read aloud or written in a tree dump: no markup, no marks, single spaces."""
    items = [content] if isinstance(content, str) else content
    text = "".join(_BOLD.sub(r"\1", i) if isinstance(i, str) else i[0] for i in items)
    return " ".join(text.replace(MARK, " ").split())


@dataclass
class Word:
    """Pieces that stay together, the space before them, and how many line ends come first."""

    pieces: list[Piece]
    lead: Piece | None
    breaks: int


def words_of(pieces: Iterable[Piece]) -> list[Word]:
    words: list[Word] = []
    lead: Piece | None = None
    breaks, joined = 0, False
    for text, style in pieces:
        for token in _TOKEN.findall(text):
            if token == "\n":
                breaks, lead, joined = breaks + 1, None, False
            elif token[0] in " \t":
                lead, joined = (" ", style), False
            else:
                for k, part in enumerate(_AFTER_HYPHEN.split(token)):
                    if joined and k == 0:
                        words[-1].pieces.append((part, style))
                    else:
                        words.append(Word([(part, style)], lead, breaks))
                        lead, breaks = None, 0
                    joined = True
    return words


def wrap(words: Sequence[Word], limit: float, measure: Measure) -> tuple[list[list[Piece]], bool]:
    """Lines of merged pieces no wider than `limit`, and whether a word had to be cut apart for that."""
    lines: list[list[Piece]] = [[]]
    at, broken = 0.0, False
    for word in words:
        for _ in range(word.breaks):
            lines.append([])
            at = 0.0
        width = sum(measure(*piece) for piece in word.pieces)
        space = measure(*word.lead) if word.lead and lines[-1] else 0.0
        if lines[-1] and at + space + width > limit:
            lines.append([])
            at, space = 0.0, 0.0
        if space and word.lead:
            lines[-1].append(word.lead)
            at += space
        if width <= limit:
            lines[-1].extend(word.pieces)
            at += width
        else:
            broken = True
            at = _cut_word(word, limit, measure, lines)
    return [_merged(line) for line in lines], broken


def _cut_word(word: Word, limit: float, measure: Measure, lines: list[list[Piece]]) -> float:
    """Spreads a word that is wider than a whole line over several; returns the last one's width."""
    at = 0.0
    for text, style in word.pieces:
        for char in text:
            width = measure(char, style)
            if lines[-1] and at + width > limit:
                lines.append([])
                at = 0.0
            lines[-1].append((char, style))
            at += width
    return at


def _merged(line: Sequence[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for text, style in line:
        if merged and merged[-1][1] == style and not style.mark:
            merged[-1] = (merged[-1][0] + text, style)
        else:
            merged.append((text, style))
    return merged


class Run(NamedTuple):
    """Text of one style on one line; x and width in device px from the block's left edge."""

    text: str
    style: TextStyle
    x: int
    width: int


class Line(NamedTuple):
    """Device px from the block's top left corner."""

    runs: tuple[Run, ...]
    top: float
    height: float
    baseline: int


@dataclass(frozen=True)
class TextBlock:
    """Laid out text. `broken`: a word was cut apart. `cut`: an ellipsis hides the rest."""

    lines: tuple[Line, ...]
    px_width: int
    px_height: float
    scale: float
    broken: bool = False
    cut: bool = False
    links: tuple[str, ...] = field(default=())

    @property
    def width(self) -> float:
        """Logical px of the widest line."""
        return self.px_width / self.scale

    @property
    def height(self) -> float:
        return self.px_height / self.scale

    def link_parts(self, link: str, x: float, y: float) -> tuple[str, list[Rect]]:
        """The text of a link and its rects in logical px when the block is drawn at x, y."""
        text, rects = [], []
        for line in self.lines:
            for run in line.runs:
                if run.style.link == link:
                    text.append(run.text)
                    rects.append(
                        Rect(
                            x + run.x / self.scale,
                            y + line.top / self.scale,
                            run.width / self.scale,
                            line.height / self.scale,
                        )
                    )
        return plain(" ".join(text)), rects


class Fonts(NamedTuple):
    """What layout needs to know of fonts, all in device px."""

    measure: Measure
    line_height: Callable[[TextStyle], float]
    cap_height: Callable[[TextStyle], float]


def layout_text(
    content: Content,
    base: TextStyle,
    fonts: Fonts,
    scale: float,
    width: float | None = None,
    align: str = "left",
    most_lines: int = 0,
) -> TextBlock:
    """Lays content out into `width` device px (None: one line a paragraph).

    `most_lines` > 0 asks for an ellipsis at the end of that line when there is more.
    """
    pieces = pieces_of(content, base)
    limit = float("inf") if width is None else width
    lines, broken = wrap(words_of(pieces), limit, fonts.measure)
    cut = bool(most_lines) and len(lines) > most_lines
    if cut:
        lines = lines[:most_lines]
        lines[-1] = _with_ellipsis(lines[-1], limit, fonts.measure)
    widths = [sum(fonts.measure(*piece) for piece in line) for line in lines]
    extent = max(widths, default=0.0)
    room = extent if width is None else width
    placed, top = [], 0.0
    for line, line_width in zip(lines, widths, strict=True):
        start = {"left": 0.0, "center": (room - line_width) / 2, "right": room - line_width}[align]
        height = max((fonts.line_height(style) for _, style in line), default=0.0)
        if not line:
            height = fonts.line_height(base) * PARAGRAPH_GAP
        cap = max((fonts.cap_height(s) for _, s in line if not s.raised), default=fonts.cap_height(base))
        baseline = round(top + (height + cap) / 2)
        placed.append(Line(_runs(line, max(0.0, start), fonts.measure), top, height, baseline))
        top += height
    links = tuple(dict.fromkeys(style.link for line in lines for _, style in line if style.link))
    return TextBlock(tuple(placed), round(extent + 0.49), top, scale, broken, cut, links)


def _runs(line: Sequence[Piece], start: float, measure: Measure) -> tuple[Run, ...]:
    runs, x = [], start
    for text, style in line:
        width = measure(text, style)
        runs.append(Run(text, style, round(x), round(width)))
        x += width
    return tuple(runs)


def _with_ellipsis(line: list[Piece], limit: float, measure: Measure) -> list[Piece]:
    """Shortens the last line until it ends in an ellipsis within the limit."""
    line = list(line)
    while line:
        text, style = line[-1]
        rest = sum(measure(*piece) for piece in line[:-1])
        while text:
            candidate = text.rstrip() + "\u2026"
            if rest + measure(candidate, style) <= limit:
                return [*line[:-1], (candidate, style)]
            text = text[:-1]
        line.pop()
    return line
