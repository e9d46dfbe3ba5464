"""Each variable of a scenario on the model page: what it is, how it is made, where its numbers come from, who
touches it. Constants stand in tables. Read next: model_page.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from game.content.document import AuxiliaryDoc, DriverDoc, LeverDoc, ParameterDoc, Source, StockDoc, VariableDoc
from game.engine.expr import rows_read
from game.reports.model_words import Linked, sparkline
from game.reports.touching import KINDS, READS, Thing, Touching, title_of
from game.view.sources import source_text
from game.view.words import capital_first, listed, quarter, sentence, short_number

KIND_WORDS = {"stock": "stock", "auxiliary": "computed", "driver": "from outside", "lever": "lever",
              "parameter": "constant", "flag": "yes or no"}
YEARLY = {"sum": "a year is the sum of its quarters", "mean": "a year is the mean of its quarters",
          "end": "a year is its last day"}
WAYS = {"+": "Raised by", "-": "Lowered by", "mixed": "Raised or lowered by"}
SURE = {"high": "high", "medium": "medium", "low": "low", "judged": "judged"}


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
    return "; ".join(fact for fact in facts if fact) + "."


def _start(names: Linked, row: int, doc: VariableDoc) -> str:
    start = getattr(doc, "start", None)
    if start is None:
        return "computed from the start on"
    if isinstance(start, tuple):
        return "the four quarters before the start: " + ", ".join(map(short_number, start))
    return f"starts at {names.shown(row, float(start))}"


def _lever(names: Linked, row: int, doc: LeverDoc) -> list[str]:
    facts = [f"one step is {short_number(doc.step)}"]
    facts += [f"a step costs {short_number(doc.capital)} political capital"] if doc.capital else []
    facts += [f"${short_number(doc.cost_once)} m once for each unit of change"] if doc.cost_once else []
    facts += [f"${short_number(doc.cost_per_turn)} m a quarter for each unit"] if doc.cost_per_turn else []
    facts += [f"more of it: {doc.up}"] if doc.up else []
    return facts + ([f"less of it: {doc.down}"] if doc.down else [])


def _made(names: Linked, row: int, doc: VariableDoc) -> list[str]:
    variable = names.tables.variables[row]
    if isinstance(doc, AuxiliaryDoc | DriverDoc):
        code = names.code(doc.is_) if doc.is_ else ""  # sums of open demands are made without one
        found = [f"<div class=\"made\">{names.in_words(variable.formula)}{code}</div>"]
        return found + ([_path(names, doc)] if isinstance(doc, DriverDoc) and doc.path else [])
    if not isinstance(doc, StockDoc):
        return []
    if not doc.flows:
        return ["<p class=\"soft\">Nothing flows in or out by itself.</p>"]
    stock = next(s for s in names.tables.stocks if s.row == row)
    rows = []
    for flow, text in zip(stock.flows, doc.flows.values(), strict=True):
        year = "" if flow.scale == 1.0 else " <span class=\"soft\">a year, so a quarter of it each turn</span>"
        rows.append(f"<dt>{escape(capital_first(flow.name.replace('_', ' ')))}{year}</dt>"
                    f"<dd>{names.in_words(flow.formula)}{names.code(text)}</dd>")
    floor = " It cannot fall below its floor: what flows out is cut in proportion." if doc.physical else ""
    return [f"<div class=\"made\"><p>It changes each quarter by the sum of what flows.{floor}</p>"
            f"<dl>{''.join(rows)}</dl></div>"]


def _path(names: Linked, doc: DriverDoc) -> str:
    """The table of a driver: a small chart, and the figures."""
    points = sorted(doc.path.items())
    first = names.tables.first_quarter
    dates = [int(text[:4]) * 4 + int(text[-1]) - 1 for text, _ in points]
    figures = "; ".join(f"{quarter(date)} {short_number(value)}"
                        for date, (_, value) in zip(dates, points, strict=True))
    chart = sparkline(tuple(float(d - first) for d in dates), tuple(float(v) for _, v in points))
    return f"<p class=\"soft\">The world market by quarter: {chart} {escape(figures)}.</p>"


def _source(doc: VariableDoc) -> str:
    if doc.source is None:
        return ""
    return f"<p class=\"soft\">Source: {escape(source_text(doc.source))}. {confidence(doc.source)}</p>"


def confidence(source: Source) -> str:
    """How sure a number is, and within which bounds."""
    span = f", {short_number(source.low)} to {short_number(source.high)}" \
        if source.low is not None and source.high is not None else ""
    return f"<span class=\"sure {source.confidence}\">{SURE[source.confidence]}{span}</span>"


def _around(names: Linked, row: int, around: Touching) -> list[str]:
    parts = []
    feeds = [names.link(other) for other in around.feeds.get(row, ()) if names.doc(other)]
    goals = [goal.label for goal, node in zip(names.document.goals, names.tables.goals, strict=True)
             if row in rows_read(node, READS)]
    if feeds:
        parts.append(f"<p class=\"around\">Feeds: {', '.join(feeds)}.</p>")
    if goals:
        parts.append(f"<p class=\"around\">Counts in the goal{'s' if len(goals) > 1 else ''} "
                     f"{escape(listed(goals))}.</p>")
    changes = around.changes.get(row, {})
    for sign, head in WAYS.items():
        things = [thing for thing, way in changes.items() if way == sign]
        if things:
            parts.append(f"<p class=\"around\">{head} {things_html(names, things)}.</p>")
    read = around.read.get(row, {})
    if read:
        parts.append(f"<p class=\"around\">Looked at by {things_html(names, read)}.</p>")
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
        value = f"{short_number(doc.value)} {doc.unit}".strip()
        lines.append(
            f"<tr id=\"v-{names.tables.variables[row].id}\"><td>{escape(doc.label)}<br>"
            f"<code>{escape(names.tables.variables[row].id)}</code></td><td class=\"n\">{escape(value)}</td>"
            f"<td>{confidence(doc.source)}</td><td>{escape(sentence(doc.note) if doc.note else '')} "
            f"<span class=\"soft\">{escape(source_text(doc.source))}</span></td><td>{', '.join(used)}</td></tr>")
    head = "".join(f"<th scope=\"col\">{text}</th>" for text in (
        "constant", "value", "how sure", "what it says and where it comes from", "used by"))
    return f"<div class=\"wide\"><table class=\"constants\"><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}" \
           "</tbody></table></div>"
