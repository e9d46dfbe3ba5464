"""The verdict of history: goals, priorities, sentences that cite the game, turning points, charts."""

from __future__ import annotations

import re

from game.content.expressions import Scope, Symbol, parse
from game.engine.expr import compile_expr, rows_read
from game.engine.formulas import Reading
from game.engine.state import RUNNING
from game.engine.turn import reading_of
from game.view.charts import charts
from game.view.names import Names
from game.view.pages import GoalLine, PriorityLine, VerdictPage
from game.view.turning import turning_points
from game.view.words import SPACE, capital_first, count, grade, listed, plain, quarter

PLACEHOLDER = re.compile(r"\{(start\.)?([a-z0-9_]+)\}")
INPUTS = 2  # of a goal, named beside it


def verdict_page(session) -> VerdictPage:
    """How the game went so far; complete once it has ended."""
    names, rules, state = Names(session.scenario), session.rules, session.state
    reading = reading_of(rules, state)
    values = {goal.id: float(reading.number(node)[0])
              for goal, node in zip(names.document.goals, names.tables.goals, strict=True)}
    points = turning_points(names, rules, session.records)
    title, subtitle = _title(session, names, reading)
    first = names.tables.first_quarter
    last = first + max(len(session.records) - 1, 0)
    return VerdictPage(
        kicker=f"{names.document.title}, {quarter(first)} to {quarter(last)}: the verdict", title=title,
        subtitle=subtitle, picture=names.document.picture or "", ending=_ending(session, names),
        goals=_goals(names, reading, values),
        priorities=_priorities(session, names, values), sentences=_sentences(session, names, reading),
        turning_points=points, charts=charts(names, session.records, points), footnote=_footnote(session, names))


def _goals(names: Names, reading: Reading, values: dict[str, float]) -> tuple[GoalLine, ...]:
    found = []
    for goal, node in zip(names.document.goals, names.tables.goals, strict=True):
        fifths, word = grade(values[goal.id])
        rows = [row for row in rows_read(node) if names.doc(row)][:INPUTS]
        inputs = [f"{names.inside(row)} {names.measure(row).short(float(reading.values[row, 0]))}" for row in rows]
        found.append(GoalLine(goal.id, goal.label, goal.icon, values[goal.id], fifths, word,
                              capital_first(listed(inputs)) or goal.text))
    return tuple(found)


def _priorities(session, names: Names, values: dict[str, float]) -> tuple[PriorityLine, ...]:
    """The chosen priorities: achieved if all their goals reach the level, partly if all reach the lower one."""
    labels = {goal.id: goal.label for goal in names.document.goals}
    found = []
    for priority in names.document.priorities:
        if priority.id not in session.settings.priorities:
            continue
        levels = priority.goals
        outcome = "achieved" if all(values[g] >= level.achieved for g, level in levels.items()) else \
            "partly" if all(values[g] >= level.partly for g, level in levels.items()) else "missed"
        parts = [f"{labels[g]} {plain(values[g])} of 100 (achieved from {plain(level.achieved)}, "
                 f"partly from {plain(level.partly)})" for g, level in levels.items()]
        found.append(PriorityLine(priority.label, outcome, listed(parts)))
    return tuple(found)


def _ending(session, names: Names) -> str:
    ended = int(session.state.ended[0])
    if ended == RUNNING:
        return "The game is still going on."
    if ended < len(names.document.endings):
        doc = names.document.endings[ended]
        return f"{doc.title}. {doc.text}"
    return f"The {count(session.state.turns, 'quarter')} are over."


def holds(names: Names, reading: Reading, text: str | None) -> bool:
    """Whether a condition of the verdict's texts holds; these are not part of the rules, so they are read here."""
    if text is None:
        return True
    part, _ = parse(text, _scope(names))
    return bool(_value(reading, part.node)) if part else False


def _value(reading: Reading, node: tuple) -> float:
    """Value of a formula that is not among the compiled rules, for a batch of one."""
    value = reading.value(compile_expr(node))
    return float(value[0]) if getattr(value, "shape", ()) else float(value)


def _scope(names: Names) -> Scope:
    """What the scenario's formulas may name, with the rows of its own hidden variables."""
    t, symbols, hidden = names.tables, {}, {}
    for row, variable in enumerate(t.variables):
        doc = names.doc(row)
        if doc is not None:
            symbols[variable.id] = Symbol(row, doc.kind, doc.unit.strip() or None, variable.low, variable.high)
        else:
            verb, _, about = variable.id.rstrip(")").partition("(")
            hidden[verb, about] = row
    flows = {f"{t.variables[stock.row].id}.{flow.name}": stock.physical for stock in t.stocks for flow in stock.flows}
    document = names.document
    things = {"chosen": {f"{card.id}/{choice.id}" for card in document.cards for choice in card.choices},
              "played": {i.id for i in document.initiatives}, "made": {m.id for m in document.moves}}
    return Scope(symbols, flows, things, hidden=hidden)


def _title(session, names: Names, reading: Reading) -> tuple[str, str]:
    for title in names.document.verdict.titles:
        if holds(names, reading, title.when):
            return _filled(session, names, title.title), _filled(session, names, title.subtitle)
    return names.document.title, ""


def _sentences(session, names: Names, reading: Reading) -> tuple[str, ...]:
    return tuple(_filled(session, names, sentence.text) for sentence in names.document.verdict.sentences
                 if holds(names, reading, sentence.when))


def _filled(session, names: Names, text: str) -> str:
    """The text with {variable} and {start.variable} replaced by their numbers, with units unless they follow."""
    opened = session.records[0].opened if session.records else session.state

    def number(match: re.Match[str]) -> str:
        row = names.scenario.row(match[2])
        values = opened.values if match[1] else session.state.values
        shown = names.measure(row).short(float(values[row, 0]))
        figure, _, unit = shown.partition(SPACE)
        return figure if unit and text[match.end():].startswith(f" {unit}") else shown
    return PLACEHOLDER.sub(number, text)


def _footnote(session, names: Names) -> str:
    difficulty = next((d.label for d in names.document.difficulties if d.id == session.settings.difficulty), "")
    rewound = f"{capital_first(count(session.rewinds, 'rewind'))} across turns" if session.rewinds else "No rewinds"
    level = f"Difficulty: {difficulty}" if difficulty else ""
    parts = [level, rewound, f"seed {session.settings.seed}", session.notice]
    return ". ".join(capital_first(part.rstrip(".")) for part in parts if part) + "."
