"""The one thing behind a movement, followed down the model to something concrete.

A variable's movers are the terms of its account; each is followed to what mainly moved it, and what leads to the
same thing is added up, so that two inputs of a ratio that share a cause do not hide it (where they pull against each
other through one cause, their shares are weighed one level deeper). Three spans: QUARTER, since
the quarter before; YEAR, against the same quarter a year before, which is what moves a sum or a mean over a year; and
OPENED, from one quarter's opening to the next, for a level that is read before it moves. A stock is moved by what flows
in and out of it in the quarter, whether or not that differs from the quarter before.
Nothing is ever named as its own cause. Used by causes.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from game.engine.expr import Node, compile_expr, seasonal
from game.engine.formulas import Reading
from game.engine.ledger import Account, Term, effects_on, opening
from game.engine.state import State
from game.engine.tables import AUXILIARY, FLAG, STOCK, Rules
from game.replay import TurnRecord
from game.view.names import Names, quoted
from game.view.words import capital_first, quarter

QUARTER, OPENED, YEAR = "quarter", "opened", "year"
DEPTH = 4  # levels down the model
MAINLY = 0.6  # share of all movement that makes one thing the reason
LARGEST = 1.0 / 3.0  # share from which the largest cause is worth naming
YEARLY = ("year_sum", "year_mean")
BOTH_WAYS = 0.25  # of the stronger pull: a weaker one the other way from which the two are weighed
AGAINST = "against"  # kind of a merged term: a variable and the same variable a year ago in one formula
AFTERWARDS = {"last": (1, "a quarter"), "year_ago": (4, "a year")}


@dataclass(frozen=True)
class Source:
    """What a movement comes from. `label`: its name alone; `text`: as told in a sentence; `brief`: behind a colon
    that already says since when; `row`: the variable of which no more can be said than that it moved, or -1."""

    label: str
    text: str
    brief: str
    row: int = -1


@dataclass(frozen=True)
class Reason:
    """What to tell of a change: a source, whether it did most of it, and the stock to be told by what added to it and
    what took away, or -1."""

    source: Source | None = None
    mainly: bool = False
    stock: int = -1


Mover = tuple[Source | None, float]  # None: nothing that can be named
Child = tuple[int, str]  # a row and a span
Part = tuple[Source | None, float, Child | None]  # a mover, and the variable behind it


class Trace:
    """What moved the variables in one step of a game: a turn, or the opening of the next quarter."""

    def __init__(self, names: Names, rules: Rules, accounts: dict[int, Account], readings: tuple[Reading, ...],
                 landed: Sequence[np.ndarray], records: list[TurnRecord]) -> None:
        """`readings`: now, a quarter before, a year before; `records`: the finished turns up to the step."""
        self.names, self.rules, self.accounts, self.landed, self.records = names, rules, accounts, landed, records
        self.now, self.before, self.year_before = readings

    # -- whole answers

    def main(self, row: int, span: str = QUARTER, depth: int = DEPTH, shun: str = "") -> Source | None:
        """What did most of a row's movement; None if no single thing did, or it is the variable called `shun`."""
        if span == QUARTER and self._begins_elsewhere(row):
            return None
        share, source = self._strongest(self._weighed(row, span, depth, shun), self.moved(row, span))
        return source if share >= MAINLY else None

    def reason(self, row: int) -> Reason:
        """What to tell of a row's change in this step; what mainly follows a stock is told by that stock."""
        shun, account = self.names.inside(row), self.accounts[row]
        change = float(account.after[0] - account.before[0])
        share, source = self._strongest(self._weighed(row, QUARTER, DEPTH, shun), change)
        if self._kind(row) == STOCK:
            return Reason(source, True) if share >= MAINLY else Reason(stock=row)
        if source is None or share < LARGEST:
            return Reason()
        if source.row < 0 or self._kind(source.row) != STOCK:
            return Reason(source, share >= MAINLY)
        part, deeper = self._strongest(self._weighed(source.row, QUARTER, DEPTH, shun), self.moved(source.row))
        if deeper is not None and share * part >= MAINLY:
            return Reason(deeper, True)
        return Reason(source, share >= MAINLY, source.row)

    def seasonal(self, row: int) -> set[tuple[str, object]]:
        """Kind and ref of the terms of a row's account that the calendar itself turns on and off."""
        flows = stock_of(self.names, row).flows if self._kind(row) == STOCK else ()
        return {("input", ("quarter",))} | {("flow", number) for number, flow in enumerate(flows)
                                            if seasonal(flow.formula)}

    def moved(self, row: int, span: str = QUARTER) -> float:
        """How far a row moved."""
        if span != QUARTER or not self._is_level(row):
            before = self.year_before if span == YEAR else self.before
            return float(self.now.values[row, 0] - before.values[row, 0])
        account = self.accounts.get(row)
        return float(account.after[0] - account.before[0]) if account else 0.0

    def span(self, reader: int, row: int) -> str:
        """How far back a row's movement lies for one that reads it. Only what is computed again on the last day reads
        stocks after they have moved; all else reads them, and levels made from them, as the quarter began."""
        moves_late = self._kind(row) == STOCK or self._kind(row) == AUXILIARY and self._is_level(row)
        reads_last_day = self._kind(reader) == AUXILIARY and self._is_level(reader)
        return OPENED if moves_late and not reads_last_day else QUARTER

    def _kind(self, row: int) -> str:
        return self.names.tables.variables[row].kind

    @staticmethod
    def _strongest(movers: list[Mover], change: float) -> tuple[float, Source | None]:
        """The named source that pushed hardest the way it went, and its share of all movement."""
        nets: dict[Source, float] = {}
        for source, amount in movers:
            if source is not None:
                nets[source] = nets.get(source, 0.0) + amount
        total = sum(abs(net) for net in nets.values()) + sum(abs(amount) for source, amount in movers if source is None)
        source = max((s for s, net in nets.items() if net * change > 0.0), key=lambda s: abs(nets[s]), default=None)
        return (abs(nets[source]) / total, source) if source is not None else (0.0, None)

    # -- what moved a row

    def _weighed(self, row: int, span: str, depth: int, shun: str) -> list[Mover]:
        """The movers with their sources; where one source pulls both ways, each mover's own movers in its place."""
        parts = list(self._movers(row, span, depth, shun)) if depth else []
        movers: list[Mover] = [(source, amount) for source, amount, _ in parts]
        if not any(source and self._pulls_both_ways(source, movers) for source, _ in movers):
            return movers
        return [mover for source, amount, child in parts for mover in self._spread(source, amount, child, depth, shun)]

    @staticmethod
    def _pulls_both_ways(source: Source, movers: list[Mover]) -> bool:
        amounts = [amount for other, amount in movers if other == source]
        up, down = sum(a for a in amounts if a > 0.0), -sum(a for a in amounts if a < 0.0)
        return min(up, down) > BOTH_WAYS * max(up, down)

    def _spread(self, source: Source | None, amount: float, child: Child | None, depth: int, shun: str) -> list[Mover]:
        known = child and depth > 1 and not (child[1] == QUARTER and self._begins_elsewhere(child[0]))
        inner = [(s, a) for s, a, _ in self._movers(*child, depth - 1, shun)] if known else []
        total = sum(a for _, a in inner)
        if abs(total) <= BOTH_WAYS * sum(abs(a) for _, a in inner):
            return [(source, amount)] if not inner else [(None, amount)]
        return [(s, amount * a / total) for s, a in inner]

    def _movers(self, row: int, span: str, depth: int, shun: str) -> Iterator[Part]:
        """Source and amount of each term, and the variable and span behind it."""
        if span == YEAR:
            yield from self._over_a_year(row, depth, shun)
        elif span == QUARTER and row in self.accounts:
            for term in merged(self.accounts[row]):
                yield self.source(row, term, depth, shun), float(term.amount[0]), self._child(row, term)

    def _begins_elsewhere(self, row: int) -> bool:
        """Whether an account does not begin at the value that others read: in a first quarter, where an author's
        start value is not what the formula gives, so that the account explains another movement."""
        account = self.accounts.get(row)
        if self._is_level(row) or account is None:
            return False
        gap = float(account.before[0] - self.before.values[row, 0])
        return abs(gap) > BOTH_WAYS * abs(float(account.after[0] - account.before[0]))

    def _is_level(self, row: int) -> bool:
        variable = self.names.tables.variables[row]
        return variable.kind != AUXILIARY or variable.closing

    def _child(self, row: int, term: Term) -> Child | None:
        if term.kind == "input" and term.ref[0] in ("now", *YEARLY):
            return term.ref[1], self.span(row, term.ref[1]) if term.ref[0] == "now" else YEAR
        return None

    def _over_a_year(self, row: int, depth: int, shun: str) -> Iterator[Part]:
        """The inputs of an auxiliary against the same quarter a year ago; what they do not explain has no name."""
        if self._kind(row) != AUXILIARY:
            return
        rest = self.moved(row, YEAR)
        for leaf, amount in _switched(self.rules.formulas[row], self.year_before, self.now):
            rest -= amount
            child = (leaf[1], YEAR) if leaf[0] == "now" else None
            yield self.of_row(*child, depth - 1, shun) if child else None, amount, child
        for target, cause, amount in self._new_effects:
            if target == row:
                rest -= amount
                yield self._effect(cause), amount, None
        yield None, rest, None

    @cached_property
    def _new_effects(self) -> list[tuple[int, int, float]]:
        """Row, cause and amount of the effects that are in force and were not a year ago."""
        now, then = (effects_on(self.rules, self.landed, turn) if turn >= 0 else {}
                     for turn in (self.now.turn, self.now.turn - 4))
        return [(*key, float(amount[0])) for key, amount in now.items() if key not in then]

    # -- the source of a term

    def source(self, row: int, term: Term, depth: int = DEPTH, shun: str = "") -> Source | None:
        """Where a term of a row's account comes from; None if that cannot be said."""
        names = self.names
        if term.kind == "effect":
            return self._effect(term.ref, is_over(names, row, term))
        if term.kind == "input":
            return self._of_leaf(row, term.ref, depth, shun)
        if term.kind == AGAINST:
            return self._against(row, term, depth, shun)
        if term.kind == "flow":
            return self._flow(row, term.ref, shun)
        if term.kind == "income":
            return _plainly(names.inside(term.ref))
        if term.kind == "bill":
            return _plainly(bill_text(names, self.records[-1], term.ref))
        if term.kind == "outside":
            return self._itself(row, QUARTER, shun)
        return _plainly("your decision") if term.kind == "setting" else None

    def _effect(self, cause: int, over: bool = False) -> Source:
        because = self.names.because(cause)
        return _plainly(f"{quoted(capital_first(because), always=True)} has run out" if over else quoted(because))

    def _of_leaf(self, row: int, node: Node, depth: int, shun: str) -> Source | None:
        kind = node[0]
        if kind == "now":
            return self.of_row(node[1], self.span(row, node[1]), depth - 1, shun)
        if kind in YEARLY:
            return self.of_row(node[1], YEAR, depth - 1, shun)
        if kind in AFTERWARDS:
            return None if self._is_called(node[1], shun) else _plainly(self.afterwards(node))
        if kind == "quarter":
            text = f"a seasonal {_rise(self.moved(row))} in {self.names.inside(row)}"
            return _plainly("the season") if self._is_called(row, shun) else Source(self.names.inside(row), text, text)
        return None

    def _against(self, reader: int, term: Term, depth: int, shun: str) -> Source | None:
        """A variable against itself a year ago: what moved it now, if that is most of it."""
        now, ago = term.ref[1:]
        if abs(now) >= MAINLY * (abs(now) + abs(ago)):
            return self.of_row(term.ref[0], self.span(reader, term.ref[0]), depth - 1, shun)
        text = f"{self.names.inside(term.ref[0])} {self.against(term.ref[0])}"
        return None if self._is_called(term.ref[0], shun) else Source(self.names.inside(term.ref[0]), text, text)

    def against(self, row: int) -> str:
        """How a variable stands against a year ago, in per cent of that, seen from how it stood a quarter before."""
        gap, was = (_against(float(reading.values[row, 0]), float(reading.past[3][row, 0]))
                    for reading in (self.now, self.before))
        if not gap:
            return f"no longer {'above' if was > 0.0 else 'below'} a year ago"
        further = "further" if abs(gap) > abs(was) else "less far"
        return f"{'now' if gap * was <= 0.0 else further} {'above' if gap > 0.0 else 'below'} a year ago"

    def of_row(self, row: int, span: str, depth: int = DEPTH, shun: str = "") -> Source | None:
        """What mainly moved a variable, or that variable itself."""
        return self.main(row, span, depth, shun) or self._itself(row, span, shun)

    def _itself(self, row: int, span: str, shun: str) -> Source | None:
        change = self.moved(row, span)
        if self._is_called(row, shun) or not change:
            return None
        label = self.names.inside(row)
        if self._kind(row) == FLAG:
            text = label if change > 0.0 else f"no longer {label}"
            return Source(label, text, text)
        if span == YEAR:
            than = "higher" if change > 0.0 else "lower"
            return Source(label, f"{label}, {than} than a year ago", f"a {_rise(change)} in {label}")
        if span == OPENED:
            text = f"an earlier {_rise(change)} in {label}"
            return Source(label, text, text)
        text = f"a {_rise(change)} in {label}"
        return Source(label, text, text, row)

    def _is_called(self, row: int, shun: str) -> bool:
        """Whether a variable has the shunned name or its words: "exports" are no cause of "exports to China"."""
        words, shunned = _words(self.names.label(row)), _words(shun)
        return bool(shunned) and (words <= shunned or shunned <= words)

    def _flow(self, row: int, number: int, shun: str) -> Source | None:
        """What flows in or out, by the name of the variable that it is, or its own and that of its stock."""
        single, name = single_row(self.names, row, number), flow_name(self.names, row, number)
        if single is None:
            return _plainly(name if self._is_called(row, shun) else f"{self.names.inside(row)}, {name}")
        return None if self._is_called(single, shun) else _plainly(self.names.inside(single))

    def of_flow(self, row: int, number: int, depth: int = DEPTH, shun: str = "") -> Source | None:
        """What mainly made a flow differ from the quarter before, or the flow by its name."""
        flow, single = stock_of(self.names, row).flows[number], single_row(self.names, row, number)
        if single is not None:
            return self.of_row(single, self.span(row, single), depth - 1, shun)
        name = f"{self.names.inside(row)}, {flow_name(self.names, row, number)}"
        movers: list[Mover] = []
        for leaf, amount in _switched(compile_expr(flow.formula), self.before, self.now):
            if leaf[0] == "quarter":
                movers.append((Source(name, f"the season ({name})", "the season"), amount))
            elif leaf[0] != "now" or leaf[1] != row:  # its own level is no cause of a stock's change
                movers.append((self._of_leaf(row, leaf, depth - 1, shun) if depth > 1 else None, amount))
            else:
                movers.append((None, amount))
        share, source = self._strongest(movers, sum(amount for _, amount in movers))
        return source if share >= MAINLY else _plainly(name)

    def afterwards(self, node: Node) -> str:
        """"growth in 2011 Q1, 17.3 %, felt a year later"."""
        ago, length = AFTERWARDS[node[0]]
        date = quarter(self.names.tables.first_quarter + self.now.turn - ago)
        shown = self.names.shown(node[1], float(self.now.leaf(node)[0]))
        return f"{self.names.inside(node[1])} in {date}, {shown}, felt {length} later"


def of_turn(names: Names, history: list[TurnRecord]) -> Trace:
    """What moved in the last turn of `history`."""
    record = history[-1]
    state = record.report.before
    now = Reading(record.rules, record.report.values, state.past, state.turn)
    return Trace(names, record.rules, record.accounts, (now, *_earlier_readings(now, history[:-1])),
                 record.after.landed, history)


def of_opening(names: Names, rules: Rules, state: State, history: list[TurnRecord]) -> Trace:
    """What moved between the last day of `history` and the opened `state`."""
    now = Reading(rules, state.values, state.past, state.turn)
    return Trace(names, rules, opening(rules, state), (now, *_earlier_readings(now, history)), state.landed, history)


def _earlier_readings(now: Reading, history: list[TurnRecord]) -> tuple[Reading, Reading]:
    """A quarter and a year before; in the first year from the start values, older ones taken as the same."""
    quarter_before = Reading(now.rules, now.past[0], now.past[1:], now.turn - 1)
    if len(history) >= 4:
        report = history[-4].report
        return quarter_before, Reading(now.rules, report.values, report.before.past, report.before.turn)
    return quarter_before, Reading(now.rules, now.past[3], (now.past[4],) * 4, now.turn - 4)


def merged(account: Account) -> list[Term]:
    """The terms that are not 0; a variable and the same a year ago are one: "exports against a year ago"."""
    terms = [term for term in account.terms if float(term.amount[0]) != 0.0]
    inputs = {term.ref: term for term in terms if term.kind == "input"}
    found = []
    for term in terms:
        kind, about = (term.ref[0], term.ref[1:]) if term.kind == "input" else ("", ())
        other = inputs.get(({"now": "year_ago", "year_ago": "now"}.get(kind), *about))
        if other is None:
            found.append(term)
        elif kind == "now":
            ref = (term.ref[1], float(term.amount[0]), float(other.amount[0]))
            found.append(Term(AGAINST, ref, term.amount + other.amount))
    return found


def _switched(expr, old: Reading, new: Reading) -> list[tuple[Node, float]]:
    """What each input does, switched one at a time from the old reading to the new one, as the ledger does it."""
    inputs, targets = old.inputs(expr), new.inputs(expr)
    value, found = expr.evaluate(inputs), []
    for place, leaf in enumerate(expr.leaves):
        inputs[place] = targets[place]
        switched = expr.evaluate(inputs)
        amount = float(np.ravel(switched - value)[0])
        value = switched
        if amount:
            found.append((leaf, amount))
    return found


def _against(value: float, ago: float) -> float:
    return (value - ago) / (abs(ago) or 1.0)


def _rise(change: float) -> str:
    return "rise" if change > 0.0 else "fall"


def _words(label: str) -> set[str]:
    return {word.strip(".,:;") for word in label.lower().split()}


def _plainly(text: str) -> Source:
    return Source(text, text, text)


def stock_of(names: Names, row: int):
    return next(stock for stock in names.tables.stocks if stock.row == row)


def single_row(names: Names, row: int, number: int) -> int | None:
    """The one variable that a flow consists of, if it does."""
    node = stock_of(names, row).flows[number].formula
    node = node[1] if node[0] == "neg" else node
    return node[1] if node[0] == "now" else None


def flow_name(names: Names, row: int, number: int) -> str:
    return stock_of(names, row).flows[number].name.replace("_", " ")


def is_over(names: Names, row: int, term: Term) -> bool:
    """Whether an effect's term is its end: it points against every effect of that cause on the row."""
    amounts = [effect.amount for landing in names.tables.landings for effect in landing.effects
               if effect.kind == "add" and effect.target == row and effect.cause == term.ref]
    return bool(amounts) and all(amount * float(term.amount[0]) < 0.0 for amount in amounts)


def bill_text(names: Names, record: TurnRecord, origin: tuple) -> str:
    """What was paid for: a choice, a lever, an initiative."""
    kind, number = origin
    if kind == "lever":
        return f"cost of {names.inside(names.tables.levers[number].row)}"
    if kind == "initiative":
        return f"cost of {quoted(names.document.initiatives[number].title)}"
    card = int(record.report.before.agenda[number, 0])
    return f"cost of {quoted(names.document.cards[card].choices[int(record.report.settled.choices[number, 0])].label)}"
