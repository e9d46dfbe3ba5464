"""Formulas of authors: text -> engine node, with every mistake at its column. Nothing is ever evaluated here.

One pass: while reading, each part gets its node, its unit and its bounds, so that a wrong unit or a
denominator that may be 0 is found where it is written. Precedence, from loose to tight: or, and, not,
comparisons, + -, * /, sign. Read next: sites.py, which lists all formulas of a scenario.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from game.content import bounds, verbs
from game.content.bounds import ANY, TRUTH, Interval
from game.content.findings import did_you_mean
from game.content.scope import Owner, Scope, Symbol
from game.engine.expr import Node

MAX_LENGTH = 2000  # characters
MAX_DEPTH = 60  # of the tree; the engine walks it by recursion
DATE = "date"  # the unit of `date` and of quarters

TOKEN = re.compile(
    r"\s*(?:(?P<quarter>[0-9]{4}-Q[0-9]+)|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign><=|>=|==|!=|\*\*|&&|\|\||[-+*/(),<>])|(?P<other>\S))"
)
QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a formula: what it becomes and what is known of it."""

    node: Node
    unit: str | None
    bounds: Interval
    offset: int
    depth: int = 1


@dataclass(frozen=True)
class Trouble:
    """A mistake at a character of the text."""

    offset: int
    code: str
    message: str
    hint: str = ""


class Stuck(Exception):
    """Reading cannot go on after this trouble."""

    def __init__(self, offset: int, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.trouble = Trouble(offset, code, message, hint)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # quarter | number | name | sign | other | end
    text: str
    offset: int


def quarter_number(text: str) -> int | None:
    """Quarters since year 0 of a text like 2011-Q2; None if it is not one."""
    match = QUARTER.fullmatch(text)
    return int(match[1]) * 4 + int(match[2]) - 1 if match else None


def parse(text: str, scope: Scope, owner: Owner | None = None) -> tuple[Part | None, list[Trouble]]:
    """Reads one formula; the part is None if it cannot be read to its end."""
    if len(text) > MAX_LENGTH:
        return None, [Trouble(0, "formula-too-long",
                              f"the formula has {len(text)} characters; {MAX_LENGTH} are allowed",
                              "divide it into several auxiliaries")]
    parser = _Parser(text, scope, owner)
    try:
        part = parser.whole()
    except Stuck as stuck:
        return None, [*parser.troubles, stuck.trouble]
    return part, parser.troubles


def _tokens(text: str) -> list[Token]:
    found = [Token(m.lastgroup or "", m[m.lastgroup], m.start(m.lastgroup)) for m in TOKEN.finditer(text)]
    return [*found, Token("end", "", len(text.rstrip()))]


class _Parser:
    def __init__(self, text: str, scope: Scope, owner: Owner | None) -> None:
        self.text, self.scope, self.owner = text, scope, owner
        self.tokens = _tokens(text)
        self.place = 0
        self.nesting = 0
        self.troubles: list[Trouble] = []

    # --- tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        token = self.token
        self.place += token.kind != "end"
        return token

    def accept(self, sign: str) -> bool:
        if self.token.text == sign and self.token.kind == "sign":
            self.place += 1
            return True
        return False

    def expect(self, sign: str, after: str) -> None:
        if not self.accept(sign):
            raise self.unexpected(self.token, f"`{sign}` is missing after {after}")

    def unexpected(self, token: Token, message: str = "") -> Stuck:
        if token.kind == "end":
            return Stuck(token.offset, "formula-syntax", message or "the formula ends too early",
                         "something is missing at the end")
        hint = verbs.FOREIGN.get(token.text, "")
        if not hint and token.kind == "name":
            hint = did_you_mean(token.text, ("and", "or", "not"))
        return Stuck(token.offset, "formula-syntax", message or f"`{token.text[:40]}` is not expected here", hint)

    def trouble(self, offset: int, code: str, message: str, hint: str = "") -> None:
        self.troubles.append(Trouble(offset, code, message, hint))

    # --- grammar

    def whole(self) -> Part:
        if self.token.kind == "end":
            raise Stuck(0, "formula-syntax", "the formula is empty", "write a number or a formula")
        part = self.expression(0)
        if self.token.kind != "end":
            raise self.unexpected(self.token)
        self.check_date(part, None)
        return part

    def expression(self, binding: int) -> Part:
        """Everything that holds tighter than `binding`."""
        self.nesting += 1
        if self.nesting > MAX_DEPTH:
            raise Stuck(self.token.offset, "formula-too-long", f"parts are nested more than {MAX_DEPTH} deep",
                        "divide it into several auxiliaries")
        left = self.prefix()
        while (operator := self.operator()) is not None and operator.binding > binding:
            token = self.take()
            right = self.expression(operator.binding)
            left = self.binary(token, operator, left, right)
            following = self.operator()
            if operator.binding == verbs.COMPARISON and following and following.binding == verbs.COMPARISON:
                raise Stuck(self.token.offset, "formula-chained", "comparisons cannot be chained",
                            "join two comparisons with `and`")
        self.nesting -= 1
        return left

    def operator(self) -> verbs.Operator | None:
        if self.token.kind in ("sign", "name"):
            return verbs.OPERATORS.get(self.token.text)
        return None

    def prefix(self) -> Part:
        token = self.token
        if token.text == "not" and token.kind == "name":
            self.take()
            part = self.expression(verbs.NOT_BINDING - 1)
            return self.made(("not", part.node), None, TRUTH, token.offset, [part])
        if token.text in ("-", "+") and token.kind == "sign":
            self.take()
            part = self.expression(verbs.SIGN_BINDING)
            if token.text == "+":
                return part
            node = ("number", -part.node[1]) if part.node[0] == "number" else ("neg", part.node)
            return self.made(node, part.unit, bounds.neg(part.bounds), token.offset, [part])
        return self.primary()

    def primary(self) -> Part:
        token = self.take()
        if token.kind == "number":
            value = float(token.text)
            if not abs(value) <= 1e12:
                raise Stuck(token.offset, "formula-syntax", f"the number {token.text[:30]} is too large")
            return Part(("number", value), None, (value, value), token.offset)
        if token.kind == "quarter":
            return self.quarter(token)
        if token.kind == "name":
            return self.call(token) if self.token.text == "(" else self.name(token)
        if token.text == "(" and token.kind == "sign":
            part = self.expression(0)
            self.expect(")", "the parenthesis")
            return part
        raise self.unexpected(token)

    def made(self, node: Node, unit: str | None, limits: Interval, offset: int, parts: list[Part]) -> Part:
        depth = 1 + max([part.depth for part in parts], default=0)
        if depth > MAX_DEPTH:
            raise Stuck(offset, "formula-too-long", f"the formula has more than {MAX_DEPTH} steps in a row",
                        "divide it into several auxiliaries")
        return Part(node, unit, limits, offset, depth)

    def binary(self, token: Token, operator: verbs.Operator, left: Part, right: Part) -> Part:
        self.check_date(left, token, right)
        self.check_date(right, token, left)
        unit = self.unit(operator.units, [left, right], token, "compares" if operator.units == verbs.ALIKE else "adds")
        if token.text == "/":
            self.check_denominator(right)
        limits = operator.bounds(left.bounds, right.bounds)
        return self.made((operator.node, left.node, right.node), unit, limits, left.offset, [left, right])

    # --- names and functions

    def quarter(self, token: Token) -> Part:
        number = quarter_number(token.text)
        if number is None:
            raise Stuck(token.offset, "formula-date", f"{token.text} is not a quarter", "quarters are Q1 to Q4")
        return Part(("number", float(number)), DATE, (number, number), token.offset)

    def name(self, token: Token) -> Part:
        name = token.text
        if name in ("and", "or", "not"):
            raise self.unexpected(token)
        if name in verbs.FUNCTIONS or name in verbs.MEMORY or name in verbs.REFERENCES:
            shape = (verbs.FUNCTIONS.get(name) or verbs.MEMORY.get(name) or verbs.REFERENCES[name]).shape
            raise Stuck(token.offset, "formula-arguments", f"`{name}` needs arguments", f"write {shape}")
        if name == "turn":
            return Part(("turn",), None, (1.0, 400.0), token.offset)
        if name == "quarter":
            return Part(("quarter",), None, (1.0, 4.0), token.offset)
        if name == DATE:
            return Part((DATE,), DATE, (0.0, 40000.0), token.offset)
        if name in ("luck", "path"):
            return self.own(token)
        symbol = self.symbol(token)
        return Part(("now", symbol.row), symbol.unit, (symbol.low, symbol.high), token.offset)

    def own(self, token: Token) -> Part:
        """`luck` and `path` of the driver that is being defined."""
        owner = self.owner
        if owner is None or owner.kind != "driver":
            self.trouble(token.offset, "formula-place", f"`{token.text}` belongs to drivers only",
                         "make a driver that uses it, and read the driver here")
            return Part(("number", 0.0), None, ANY, token.offset)
        row = self.scope.symbols[owner.name].row
        if token.text == "luck":
            return Part(("luck", row), None, (-10.0, 10.0), token.offset)
        if owner.path is None:
            self.trouble(token.offset, "formula-place", "this driver has no `path`",
                         "give it one: path: {2011-Q1: 100, 2012-Q1: 120}")
        return Part(("path", row), self.scope.symbols[owner.name].unit, owner.path or ANY, token.offset)

    def symbol(self, token: Token) -> Symbol:
        if token.text == "self" and self.owner is not None:
            return self.scope.symbols[self.owner.name]
        known = self.scope.symbols.get(token.text)
        if known is None:
            if token.text not in self.scope.ghosts:
                names = [*self.scope.symbols, *verbs.WORDS]
                self.trouble(token.offset, "formula-unknown-name", f"there is no variable `{token.text[:60]}`",
                             did_you_mean(token.text, names, _word_hint(token.text)))
            return Symbol(0, "ghost", None, *ANY)
        return known

    def call(self, token: Token) -> Part:
        name = token.text
        if name in verbs.MEMORY:
            return self.memory(token)
        if name in verbs.REFERENCES:
            return self.reference(token)
        if name not in verbs.FUNCTIONS:
            known = [*verbs.FUNCTIONS, *verbs.MEMORY, *verbs.REFERENCES]
            raise Stuck(token.offset, "formula-unknown-name", f"there is no function `{name[:60]}`",
                        did_you_mean(name, known, "to multiply, write *"))
        self.take()
        arguments = self.arguments(name)
        verb = verbs.FUNCTIONS[name]
        if len(arguments) < verb.least or (verb.most is not None and len(arguments) > verb.most):
            raise Stuck(token.offset, "formula-arguments", f"`{name}` does not take {len(arguments)} arguments",
                        f"write {verb.shape}")
        for part in arguments:
            self.check_date(part, None)
        if name == "curve":
            return self.curve(token, arguments)
        unit = self.unit(verb.units, arguments, token, f"`{name}` compares")
        limits = verb.bounds(*[part.bounds for part in arguments])
        return self.made((name, *[part.node for part in arguments]), unit, limits, token.offset, arguments)

    def arguments(self, name: str) -> list[Part]:
        if self.accept(")"):
            return []
        found = [self.expression(0)]
        while self.accept(","):
            found.append(self.expression(0))
        self.expect(")", f"the arguments of `{name}`")
        return found

    def curve(self, token: Token, arguments: list[Part]) -> Part:
        x, points = arguments[0], arguments[1:]
        for part in points:
            if part.node[0] != "number" or part.unit is not None:
                raise Stuck(part.offset, "formula-arguments", "the points of `curve` must be numbers",
                            verbs.FUNCTIONS["curve"].shape)
        xs, ys = tuple(p.node[1] for p in points[::2]), tuple(p.node[1] for p in points[1::2])
        if len(xs) != len(ys):
            raise Stuck(token.offset, "formula-arguments", "the last point of `curve` has no y",
                        verbs.FUNCTIONS["curve"].shape)
        for before, part in zip(points[::2], points[2::2], strict=False):
            if part.node[1] <= before.node[1]:
                raise Stuck(part.offset, "formula-arguments", "each x of `curve` must be greater than the one before")
        return self.made(("curve", x.node, xs, ys), None, (min(ys), max(ys)), token.offset, [x])

    def memory(self, token: Token) -> Part:
        self.take()
        inner = self.take()
        if inner.kind != "name" or self.token.text != ")":
            raise Stuck(inner.offset, "formula-arguments", f"`{token.text}` takes one variable and nothing else",
                        f"write {verbs.MEMORY[token.text].shape}; for a formula, make an auxiliary first")
        self.take()
        symbol = self.symbol(inner)
        limits = (symbol.low, symbol.high)
        if token.text == "year_sum":  # a sum of four quarters has a unit of its own
            return Part((token.text, symbol.row), None, bounds.times_four(limits), token.offset)
        return Part((token.text, symbol.row), symbol.unit, limits, token.offset)

    def reference(self, token: Token) -> Part:
        opening = self.take()
        while self.token.kind != "end" and self.token.text not in ("(", ")"):
            self.take()
        closing = self.token
        self.expect(")", f"`{token.text}(...`")
        inside = self.text[opening.offset + 1:closing.offset]
        name, offset = inside.strip(), opening.offset + 1 + len(inside) - len(inside.lstrip())
        known = self.scope.flows if token.text == "unmet" else self.scope.things[token.text]
        if name not in known:
            if name not in self.scope.ghosts and name.split("/")[0].split(".")[0] not in self.scope.ghosts:
                shape = verbs.REFERENCES[token.text].shape
                self.trouble(offset, "formula-unknown-name", f"there is nothing called `{name[:80]}`",
                             did_you_mean(name, known, f"write {shape}"))
            return Part(("number", 0.0), None, ANY, token.offset)
        if token.text == "unmet" and not self.scope.flows[name]:
            self.trouble(offset, "formula-place", "only a physical stock can leave a flow unmet",
                         "give the stock `physical: true`")
        limits = ANY if token.text == "unmet" else TRUTH
        return Part(("now", self.scope.hidden_row(token.text, name)), None, limits, token.offset)

    # --- checks

    def unit(self, policy: str, parts: list[Part], token: Token, what: str) -> str | None:
        unit, clash = verbs.combine(policy, [part.unit for part in parts])
        if clash and DATE not in clash:
            self.trouble(token.offset, "formula-unit", f"this {what.replace('adds', 'adds or subtracts')} "
                         f"{clash[0]} and {clash[1]}", "multiply one of them by a parameter that converts it")
        return None if unit == DATE else unit

    def check_denominator(self, part: Part) -> None:
        low, high = part.bounds
        if low <= 0.0 <= high:
            self.trouble(part.offset, "formula-division",
                         f"this denominator may be 0 (it lies between {low:g} and {high:g})",
                         "write ratio(a, b, otherwise), or declare a range without 0")

    def check_date(self, part: Part, token: Token | None, other: Part | None = None) -> None:
        """`date` and quarters stand on both sides of a comparison, and nowhere else."""
        if part.unit != DATE:
            return
        operator = verbs.OPERATORS.get(token.text) if token is not None else None
        compared = operator is not None and operator.units == verbs.ALIKE
        if not compared or other is None or other.unit != DATE:
            self.trouble(part.offset, "formula-date", "a date is only for comparing with a quarter",
                         "write date >= 2011-Q2, with a quarter from Q1 to Q4")


def _word_hint(word: str) -> str:
    if word.lower() in ("true", "yes"):
        return "write 1"
    if word.lower() in ("false", "no"):
        return "write 0"
    return "variables are defined in model/"
