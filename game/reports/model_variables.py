"""Each variable of a scenario on the model page: what it is, how it is made, where its numbers come from, who
touches it. Constants stand in tables. Read next: model_page.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from game.content.document import AuxiliaryDoc, DriverDoc, LeverDoc, ParameterDoc, Source, StockDoc, VariableDoc
from game.engine.expr import rows_read
from game.engine.tables import FLAG
from game.reports.amounts import amount
from game.reports.model_words import Linked, sparkline
from game.reports.touching import KINDS, READS, Thing, Touching, title_of
from game.view.names import quoted
from game.view.sources import CONFIDENCE, source_text
from game.view.words import MONEY, capital_first, listed, quarter, sentence, short_number

KIND_WORDS = {"stock": "stock", "auxiliary": "computed", "driver": "from outside", "lever": "lever",
              "parameter": "constant", "flag": "yes or no"}
YEARLY = {"sum": "a year\u2019s figure is the sum of its quarters",
          "mean": "a year\u2019s figure is the mean of its quarters",
          "end": "a year\u2019s figure is that of its last day"}
WAYS = {"+": "Raised by", "-": "Lowered by", "mixed": "Raised or lowered by"}
SETS = {"+": "Made so by", "-": "Ended by", "mixed": "Made so or ended by"}


def article(names: Linked, row: int, around: Touching) -> str:
    """One variable that is no constant."""
    doc = names.doc(row)
    parts = [f"<h4>{escape(doc.label)} <span class=\"kind {doc.kind}\">{KIND_WORDS[doc.kind]}</span> "
             f"<code>{escape(names.tables.variables[row].id)}</code></h4>"]
    if doc.note:
        parts.append(f"<p>{escape(doc.note)}</p>")
    parts.append(f"<p class=\"facts\">{escape(_facts(names, row, doc))}</p>")
    parts += _made(names, row, doc)
    parts.append(_source(doc))
    parts += _around(names, row, around)
    return f"<article class=\"var\" id=\"v-{names.tables.variables[row].id}\">{''.join(parts)}</article>"


def _facts(names: Linked, row: int, doc: VariableDoc) -> str:
    variable = names.tables.variables[row]
    facts = [f"Unit: {doc.unit}" if doc.unit else "A plain number"] if doc.kind != "flag" else []
    if doc.kind != "flag":
        facts.append(f"from {short_number(variable.low)} to {short_number(variable.high)}")
    facts.append(_start(names, row, doc))
    if isinstance(doc, LeverDoc):
        facts += _lever(names, row, doc)
    elif doc.kind != "flag":
        facts.append(YEARLY[doc.annual])
    return capital_first("; ".join(fact for fact in facts if fact)) + "."


def _start(names: Linked, row: int, doc: VariableDoc) -> str:
    start = getattr(doc, "start", None)
    if start is None:
        return "computed from the start on"
    if isinstance(start, tuple):
        return "the four quarters before the start: " + ", ".join(map(short_number, start))
    if names.tables.variables[row].kind == FLAG:
        return f"at the start: {names.shown(row, float(start))}"
    words = getattr(doc, "words", {})
    return f"starts at {quoted(words[start], always=True) if start in words else amount(float(start), doc.unit)}"


def _lever(names: Linked, row: int, doc: LeverDoc) -> list[str]:
    facts = [", ".join(f"{short_number(value)} is {quoted(word, always=True)}" for value, word in doc.words.items())
             or f"one step is {short_number(doc.step)}"]
    facts += [f"a step costs {short_number(doc.capital)} political capital"] if doc.capital else []
    facts += [f"{amount(doc.cost_once, MONEY)} once for each unit of change"] if doc.cost_once else []
    facts += [f"{amount(doc.cost_per_turn, MONEY)} a quarter for each unit"] if doc.cost_per_turn else []
    facts += [f"more of it: {doc.up}"] if doc.up else []
    return facts + ([f"less of it: {doc.down}"] if doc.down else [])


def _made(names: Linked, row: int, doc: VariableDoc) -> list[str]:
    variable = names.tables.variables[row]
    if isinstance(doc, AuxiliaryDoc | DriverDoc):
        text = names.twice(variable.formula, doc.is_)  # sums of open demands are made without the author's formula
        found = [f"<div class=\"made\">{text}</div>"]
        return found + ([_path(names, doc)] if isinstance(doc, DriverDoc) and doc.path else [])
    if not isinstance(doc, StockDoc):
        return []
    if not doc.flows:
        return ["<p class=\"soft\">Nothing flows in or out by itself.</p>"]
    stock = next(s for s in names.tables.stocks if s.row == row)
    rows = []
    for flow, text in zip(stock.flows, doc.flows.values(), strict=True):
        year = "" if flow.scale == 1.0 else " <span class=\"soft\">a year, so a quarter of it each turn</span>"
        rows.append(f"<dt>{escape(capital_first(names.flow(flow.name)))}{year}</dt>"
                    f"<dd>{names.twice(flow.formula, text)}</dd>")
    floor = " It cannot fall below its floor: what flows out is cut in proportion." if doc.physical else ""
    return [f"<div class=\"made\"><p>It changes each quarter by the sum of what flows.{floor}</p>"
            f"<dl>{''.join(rows)}</dl></div>"]


def _path(names: Linked, doc: DriverDoc) -> str:
    """The table of a driver: a small chart, and the figures."""
    points = [(int(text[:4]) * 4 + int(text[-1]) - 1, float(value)) for text, value in sorted(doc.path.items())]
    chart = sparkline(tuple(float(date) for date, _ in points), tuple(value for _, value in points))
    years = (_year(year, dict(given)) for year, given in groupby(points, lambda point: point[0] // 4))
    return f"<p class=\"soft\">The path of history by quarter: {chart} {escape('; '.join(years))}.</p>"


def _year(year: int, given: dict[int, float]) -> str:
    """The four quarters of a year in a row; one by one where the author left some out."""
    if len(given) == 4:
        return f"{year}: " + " \u00b7 ".join(map(short_number, given.values()))
    return "; ".join(f"{quarter(date)}: {short_number(value)}" for date, value in given.items())


def _source(doc: VariableDoc) -> str:
    if doc.source is None:
        return ""
    return f"<p class=\"soft\">{escape(_origin(doc.source))}. {confidence(doc.source)}</p>"


def _origin(source: Source) -> str:
    """Where it comes from, without the words that `confidence` shows beside it."""
    sure = CONFIDENCE[source.confidence]
    text = source_text(source).removesuffix(f" ({sure})").removeprefix(f"{capital_first(sure)}: ")
    return f"{'Source' if source.title else 'Grounds'}: {text}"


def confidence(source: Source) -> str:
    """How sure a number is, and within which bounds."""
    span = f", between {short_number(source.low)} and {short_number(source.high)}" \
        if source.low is not None and source.high is not None else ""
    return f"<span class=\"sure {source.confidence}\">{CONFIDENCE[source.confidence]}</span>{span}"


def _around(names: Linked, row: int, around: Touching) -> list[str]:
    parts = []
    feeds = [names.link(other) for other in around.feeds.get(row, ()) if names.doc(other)]
    goals = [goal.label for goal, node in zip(names.document.goals, names.tables.goals, strict=True)
             if row in rows_read(node, READS)]
    if feeds:
        parts.append(f"<p class=\"around\">Feeds: {'; '.join(feeds)}.</p>")
    if goals:
        parts.append(f"<p class=\"around\">Counts in the goal{'s' if len(goals) > 1 else ''} "
                     f"{escape(listed(goals))}.</p>")
    changes = around.changes.get(row, {})
    for sign, head in (SETS if names.tables.variables[row].kind == FLAG else WAYS).items():
        things = [thing for thing, way in changes.items() if way == sign]
        if things:
            parts.append(f"<p class=\"around\">{head} {things_html(names, things)}.</p>")
    if not changes and names.tables.variables[row].kind == FLAG:
        parts.append("<p class=\"around\">Nothing in this scenario changes it.</p>")
    read = around.read.get(row, {})
    if read:
        parts.append(f"<p class=\"around\">Conditions read it: {things_html(names, read)}.</p>")
    return parts


def things_html(names: Linked, things: Iterable[Thing]) -> str:
    """Titles by kind: cards “A”, “B”; moves of others “C”."""
    by_kind: dict[str, list[str]] = {}
    for thing in things:
        by_kind.setdefault(KINDS[thing[0]], []).append(f"\u201c{title_of(names.scenario, thing)}\u201d")
    return "; ".join(f"<b>{kind}</b> {escape(', '.join(dict.fromkeys(titles)))}" for kind, titles in by_kind.items())


def constants(names: Linked, rows: list[int], around: Touching) -> str:
    """The constants of a subject in one table."""
    lines = []
    for row in rows:
        doc = names.doc(row)
        assert isinstance(doc, ParameterDoc)
        used = [names.link(other) for other in around.feeds.get(row, ()) if names.doc(other)]
        name, value = escape(names.tables.variables[row].id), escape(amount(doc.value, doc.unit))
        lines.append(
            f"<tr id=\"v-{name}\"><td>{escape(doc.label)}<br><code>{name}</code></td><td class=\"n\">{value}</td>"
            f"<td>{confidence(doc.source)}</td><td>{escape(sentence(doc.note) if doc.note else '')} "
            f"<span class=\"soft\">{escape(_origin(doc.source))}</span></td><td>{'; '.join(used)}</td></tr>")
    head = "".join(f"<th scope=\"col\">{text}</th>" for text in (
        "constant", "value", "how sure", "what it says and where it comes from", "used by"))
    return f"<div class=\"wide\"><table class=\"constants\"><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}" \
           "</tbody></table></div>"
