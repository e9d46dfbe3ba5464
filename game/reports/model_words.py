"""Formulas and conditions of a scenario as HTML: in words whose names are links, and as the author wrote them.

The words are those of game.view.conditions; here names become marks, so that the text can be escaped as a whole and
the marks replaced by links and small charts afterwards. Read next: model_variables.py.
"""

from __future__ import annotations

import re
from html import escape

from game.content import Scenario
from game.engine.expr import Node
from game.engine.tables import FLAG, PARAMETER
from game.reports.amounts import amount
from game.view.conditions import condition, formula
from game.view.names import Names, quoted
from game.view.words import capital_first, short_number

NAME, SMALL, CURVE, END = "\ue000", "\ue001", "\ue002", "\ue003"  # private letters, which no honest text holds
MARK = re.compile(f"([{NAME}{SMALL}{CURVE}])([0-9]+){END}")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
SPANS = ((" over a year", " over the last four quarters"), (", mean of a year", ", mean of the last four quarters"),
         (" a year ago", " in the same quarter a year ago"))
PLUS, LESS, TIMES, OVER = "+ ", "\u2212 ", "\u00d7 ", "\u00f7 "
UNSAID = ("points", "steps")  # after a limit, as in the game
CHART_WIDE, CHART_HIGH, EDGE = 84.0, 34.0, 3.0
SHORT, TINY = 70, 12  # letters of a formula that stays on one line, and of what is no line by itself
LONG = 130  # letters of a term that is divided


class Linked(Names):
    """Names whose labels are marks; `html` turns a text with marks into HTML."""

    def __init__(self, scenario: Scenario) -> None:
        super().__init__(scenario)
        self._curves: list[tuple[str, tuple[float, ...], tuple[float, ...]]] = []

    def label(self, row: int) -> str:
        return f"{NAME}{row}{END}" if self.doc(row) else super().label(row)

    def lowered(self, text: str) -> str:
        return SMALL + text[1:] if text.startswith(NAME) else text if text[:1] in (SMALL, CURVE) else \
            super().lowered(text)

    def curve(self, of: str, xs: tuple[float, ...], ys: tuple[float, ...]) -> str:
        self._curves.append((of, xs, ys))
        return f"{CURVE}{len(self._curves) - 1}{END}"

    def line(self, row: int, value: float) -> str:
        """A limit with every decimal that it has: a page that rounds it contradicts the formula below."""
        doc, words = self.doc(row), getattr(self.doc(row), "words", {})
        if doc is None or value in words:
            return quoted(words[value], always=True) if value in words else short_number(value)
        return short_number(value) if doc.unit in UNSAID else amount(value, doc.unit)

    def html(self, text: str) -> str:
        for short, long in SPANS:
            text = text.replace(f"{END}{short}", f"{END}{long}")
        return MARK.sub(self._replaced, escape(text))

    def _replaced(self, mark: re.Match) -> str:
        number = int(mark[2])
        if number >= len(self._curves if mark[1] == CURVE else self.tables.variables):
            return ""  # no mark of ours, but a scenario's own odd letters
        if mark[1] == CURVE:
            return self._curve(number)
        if self.tables.variables[number].kind == FLAG:  # in quotation marks: a title that is so or not
            return f"\u201c{self.link(number)}\u201d"
        return self.link(number, small=mark[1] == SMALL)

    def flow(self, name: str) -> str:
        """A flow's id in words, with the capitals of countries."""
        known = {actor.label.lower(): actor.label for actor in self.document.actors}
        return " ".join(known.get(word, word) for word in name.split("_"))

    def plain_label(self, row: int) -> str:
        return super().label(row)

    def link(self, row: int, small: bool = False) -> str:
        """The name as a link to its place on the page; a constant with its value."""
        label, variable = self.plain_label(row), self.tables.variables[row]
        if not self.doc(row):
            return escape(label)
        text = f"<a href=\"#v-{variable.id}\">{escape(super().lowered(label) if small else label)}</a>"
        if variable.kind == PARAMETER:
            text += f" <span class=\"soft\">({escape(short_number(variable.start[-1]))})</span>"
        return text

    def _curve(self, number: int) -> str:
        """A curve as a small chart with its points in figures."""
        of, xs, ys = self._curves[number]
        points = " \u00b7 ".join(f"{short_number(x)}\u2192{short_number(y)}" for x, y in zip(xs, ys, strict=True))
        return (f"<span class=\"curve\">a curve of {self.html(of)} {sparkline(xs, ys)} "
                f"<span class=\"points\">{escape(points)}</span></span>")

    # --- whole formulas

    def in_words(self, node: Node) -> str:
        """A formula as lines: each term of a sum, or each factor of a product, on a line of its own if it is long."""
        whole = self.html(formula(self, node))
        if _letters(whole) <= SHORT:
            return f"<div class=\"words\">{whole}</div>"
        terms = _terms(node, "")
        if len(terms) > 1:
            lines = [line for sign, part in terms for line in self._term(sign, part)]
        else:
            lines = self._product(node)
        return f"<div class=\"words\">{'<br>'.join(lines)}</div>"

    def _term(self, sign: str, node: Node) -> list[str]:
        """A term of a sum: on one line, or a line for each factor of a long product."""
        whole = self.html(formula(self, node))
        first, *rest = self._product(node) if _letters(whole) > LONG else [whole]
        return [f"{sign}{first}", *rest]

    def _product(self, node: Node) -> list[str]:
        return _packed([f"{sign}{self._factor(sign, part)}" for sign, part in _factors(node, "")])

    def _factor(self, sign: str, node: Node) -> str:
        text = self.html(formula(self, node))
        loose = node[0] in ("add", "sub") or (sign and node[0] == "neg") or (sign == OVER and node[0] in ("mul", "div"))
        return f"({text})" if loose else text

    def condition_html(self, node: Node) -> str:
        return self.html(capital_first(condition(self, node)))

    def twice(self, node: Node, text: str) -> str:
        """A formula in words and as the author wrote it; a plain number only once."""
        return self.in_words(node) + ("" if node[0] == "number" or not text else self.code(text))

    def code(self, text: str) -> str:
        """A formula as the author wrote it, its ids as links."""
        return f"<code class=\"formula\">{self.code_words(' '.join(text.split()))}</code>"

    def code_words(self, text: str) -> str:
        """A text whose ids of variables are links."""
        variables = self.document.variables

        def linked(match: re.Match) -> str:
            name = match[0]
            return f"<a href=\"#v-{name}\">{name}</a>" if name in variables else name
        return WORD.sub(linked, escape(text, quote=False))


def _letters(html: str) -> int:
    """How many letters a piece of HTML shows."""
    return len(re.sub(r"<[^>]*>", "", html))


def _packed(pieces: list[str]) -> list[str]:
    """The pieces in lines, several on one where they are short."""
    lines = pieces[:1]
    for piece in pieces[1:]:
        if _letters(lines[-1]) + _letters(piece) <= SHORT or _letters(lines[-1]) < TINY:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines


def _terms(node: Node, sign: str) -> list[tuple[str, Node]]:
    """The terms of a sum with the signs before them."""
    if node[0] == "neg":
        return _terms(node[1], PLUS if sign == LESS else LESS)
    if node[0] in ("add", "sub"):
        second = LESS if (node[0] == "sub") != (sign == LESS) else PLUS
        return _terms(node[1], sign) + _terms(node[2], second)
    return [(sign, node)]


def _factors(node: Node, sign: str) -> list[tuple[str, Node]]:
    """The factors of a product with the signs before them; what is divided by stays whole."""
    if node[0] in ("mul", "div") and sign != OVER:
        return _factors(node[1], sign) + _factors(node[2], TIMES if node[0] == "mul" else OVER)
    return [(sign, node)]


def sparkline(xs: tuple[float, ...], ys: tuple[float, ...]) -> str:
    """A line through points as a tiny picture; nought is drawn where it is crossed."""
    least, most = min(ys), max(ys)
    wide, high = (xs[-1] - xs[0]) or 1.0, (most - least) or 1.0

    def y(value: float) -> float:
        return round(CHART_HIGH - EDGE - (CHART_HIGH - 2 * EDGE) * (value - least) / high, 1)
    places = [(round(EDGE + (CHART_WIDE - 2 * EDGE) * (x - xs[0]) / wide, 1), y(value))
              for x, value in zip(xs, ys, strict=True)]
    nought = (f"<line x1=\"0\" x2=\"{CHART_WIDE:g}\" y1=\"{y(0.0)}\" y2=\"{y(0.0)}\" stroke=\"#b9a67f\" "
              "stroke-dasharray=\"2 2\"/>" if least < 0.0 < most else "")
    dots = "".join(f"<circle cx=\"{x}\" cy=\"{v}\" r=\"1.8\" fill=\"#3a2b1a\"/>" for x, v in places) \
        if len(places) <= 12 else ""
    line = " ".join(f"{x},{v}" for x, v in places)
    return (f"<svg class=\"spark\" viewBox=\"0 0 {CHART_WIDE:g} {CHART_HIGH:g}\" width=\"{CHART_WIDE:g}\" "
            f"height=\"{CHART_HIGH:g}\" aria-hidden=\"true\">{nought}<polyline points=\"{line}\" fill=\"none\" "
            f"stroke=\"#9c3a26\" stroke-width=\"1.5\"/>{dots}</svg>")
