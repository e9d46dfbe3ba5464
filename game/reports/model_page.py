"""The model of a scenario as one page: every variable in words and formula, what moves what as pictures, what drives
each indicator, and how others choose. Start reading here: subjects.py, then model_words.py, model_variables.py,
model_diagrams.py, model_drivers.py, model_others.py.
"""

from __future__ import annotations

import re
from html import escape

from game.content import Scenario
from game.engine.tables import PARAMETER, compile_rules
from game.outlook.influence import Influence
from game.outlook.sureness import numbers_of
from game.reports import model_others as others
from game.reports.balance_page import sureness_text
from game.reports.diagram import FILL, heads
from game.reports.model_diagrams import diagrams
from game.reports.model_drivers import drivers
from game.reports.model_style import STYLE
from game.reports.model_variables import KIND_WORDS, article, constants
from game.reports.model_words import Linked
from game.reports.page import heading, link, page, paragraph
from game.reports.subjects import Subject, subjects
from game.reports.touching import Touching, touching
from game.view.words import count

MANY = {"stock": "stocks", "auxiliary": "computed", "driver": "from outside", "lever": "levers",
        "parameter": "constants", "flag": "that are so or not"}
CODE = re.compile("`([^`]+)`")
READ = (
    "This page is the model that the game plays with: all of it, and nothing else. A variable is a number with a "
    "name. A stock (such as fuel in the tanks) keeps its level, and only what flows in and out, or an effect of a "
    "decision, changes it. What is computed is worked out anew each quarter from other numbers. What comes from "
    "outside (world prices, weather) nobody at home can change; levers are set by the cabinet; constants stay as they "
    "are. Each number says where it comes from and how sure it is; \u201cjudged\u201d means that no source gives it, "
    "and then it says between which bounds it may lie.",
    "Read a picture from top to bottom: an arrow goes from a cause to what it moves. + means that more of the one "
    "makes more of the other, \u2212 that it makes less, \u00b1 that it depends. Boxes with a broken edge belong to "
    "another subject; a click on a box leads to the formula. The signs were not written down by anybody: each input "
    "was nudged alone, at the start and in states that games came to, or else anywhere in all ranges; a grey arrow "
    "made no difference at all.",
    "Below each name stands its formula twice: in words, and as the author wrote it. In a small chart the input runs "
    "to the right and what it gives runs up; the points are given as input\u2192value, with straight lines between "
    "them, and flat outside.",
)


def model_page(scenario: Scenario, found: Influence) -> str:
    """The whole page."""
    names, rules, around = Linked(scenario), compile_rules(scenario.tables), touching(scenario)
    files = subjects(scenario)
    home = {scenario.row(name): subject.title for subject in files for name in subject.variables}
    sections = [part for subject in files for part in _subject(names, found, around, subject, home)]
    parts = [heads(), *_opening(names, files), *drivers(names, rules, found), *others.indicators(names), *sections,
             *others.actors(names), *others.demands(names), *others.moves(names), *others.promises(names),
             *others.goals(names), *others.endings(names),
             paragraph(f"Scenario {scenario.document.id}, rules {scenario.fingerprint[:16]}.", "soft")]
    return page(f"The model of \u201c{scenario.document.title}\u201d", parts, STYLE)


def _opening(names: Linked, files: tuple[Subject, ...]) -> list[str]:
    document = names.document
    kinds = [doc.kind for doc in document.variables.values()]
    counts = ", ".join(f"{kinds.count(kind)} {words}" for kind, words in MANY.items() if kind in kinds)
    places = [("drivers", "What drives each indicator"), ("indicators", "What the desk shows"),
              *((f"s-{subject.id}", subject.title) for subject in files), ("actors", "Who acts"),
              *([("demands", "What they ask for")] if document.demands else []),
              ("moves", "What others may do"), *([("promises", "Promises")] if document.promises else []),
              ("goals", "Goals and priorities"), ("endings", "How a game may end"),
              *([("difficulties", "Difficulties")] if document.difficulties else [])]
    contents = " \u00b7 ".join(link(f"#{place}", text) for place, text in places)
    legend = "".join(f"<span class=\"key\"><span class=\"swatch\" style=\"background:{FILL[kind]}\"></span>"
                     f"{KIND_WORDS[kind]}</span>" for kind in KIND_WORDS if kind in FILL)
    return [paragraph(document.summary), *(paragraph(text) for text in READ), f"<p class=\"legend\">{legend}</p>",
            paragraph(f"{len(kinds)} variables in {count(len(files), 'subject')}: {counts}."),
            paragraph(f"How sure: {sureness_text(numbers_of(names.scenario).plain())}"), f"<nav>{contents}</nav>"]


def _intro(text: str) -> str:
    """What an author wrote at the top of a file."""
    html = CODE.sub(r"<code>\1</code>", escape(text.replace("->", "\u2192")))
    return f"<p class=\"soft\">{html}</p>" if text else ""


def _subject(names: Linked, found: Influence, around: Touching, subject: Subject, home: dict[int, str]) -> list[str]:
    """Introduction, pictures, variables by the headings of the file, constants."""
    parts = [heading(subject.title, f"s-{subject.id}"), _intro(subject.intro)]
    parts += diagrams(names, found, subject, home)
    fixed = []
    for title, ids in subject.parts:
        rows = [names.scenario.row(name) for name in ids]
        open_rows = [row for row in rows if names.tables.variables[row].kind != PARAMETER]
        fixed += [row for row in rows if row not in open_rows]
        if title and open_rows:
            parts.append(f"<h3>{escape(title[:1].upper() + title[1:])}</h3>")
        parts += [article(names, row, around) for row in open_rows]
    if fixed:
        parts += ["<h3>Constants</h3>", constants(names, fixed, around)]
    return parts
