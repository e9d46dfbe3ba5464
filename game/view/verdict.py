"""The verdict of history: goals, priorities, sentences that cite the game, turning points, charts."""

from __future__ import annotations

import re

import numpy as np

from game.engine.expr import Node, compile_expr, rows_read
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
    title, text = names.ending(ended, session.settings.length)
    return f"{title}. {text}".rstrip()


def holds(reading: Reading, node: Node | None) -> bool:
    """Whether a condition of the verdict's texts holds; these are not part of the rules, so they are compiled here."""
    return node is None or bool(np.ravel(reading.value(compile_expr(node)))[0])


def _title(session, names: Names, reading: Reading) -> tuple[str, str]:
    for title, when in zip(names.document.verdict.titles, names.scenario.verdict.titles, strict=True):
        if holds(reading, when):
            return _filled(session, names, title.title), _filled(session, names, title.subtitle)
    return names.document.title, ""


def _sentences(session, names: Names, reading: Reading) -> tuple[str, ...]:
    return tuple(_filled(session, names, sentence.text) for sentence, when in zip(
        names.document.verdict.sentences, names.scenario.verdict.sentences, strict=True) if holds(reading, when))


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
    parts = [level, rewound, session.settings.dice, session.notice]
    return ". ".join(capital_first(part.rstrip(".")) for part in parts if part) + "."
