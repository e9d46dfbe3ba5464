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
        "parameter": "constants", "flag": "yes or no"}
CODE = re.compile("`([^`]+)`")
FILE = re.compile(r"\b([a-z][a-z0-9_-]*)\.yaml\b")
APOSTROPHE, QUOTES = re.compile("(?<=[A-Za-z])&#x27;"), re.compile("&quot;([^&<>]*)&quot;")
READ = (
    "This page is the model that the game plays with: every number, every formula, and all that others may ask and do. "
    "Cards and initiatives are named where they touch a number; what they say and do stands in the scenario\u2019s "
    "folder, in cards/. A variable is a number with a name. A stock (such as fuel in the tanks) keeps its level, and "
    "only what flows in and out, or an effect of a decision, changes it. What is computed is worked out anew each "
    "quarter from other numbers. What comes from outside (world prices, weather) nobody at home can change; levers are "
    "set by the cabinet; constants stay as they are. Each start and each constant says where it comes from and how "
    "sure it is; what is our own judgement gives its grounds and the bounds between which it may lie.",
    "Read a picture from top to bottom: an arrow goes from a cause to what it moves. + means that more of the one "
    "makes more of the other, \u2212 that it makes less, \u00b1 that it depends. Boxes with a broken edge belong to "
    "another picture; one with a number in parentheses stands for so many of them. A click on a box leads to the "
    "formula. The signs were not written down by anybody: each input was nudged alone, at the start and in states that "
    "games came to, or else anywhere in all ranges; a grey arrow made no difference at all.",
    "Below each name stands its formula twice: in words, and as the author wrote it. In a small chart the input runs "
    "to the right and what it gives runs up; the points are given as input\u2192value, with straight lines between "
    "them, and flat outside. A name in quotation marks is something that is so or not; in a sum it counts 1 if it is "
    "so and 0 if not, and so does a condition in parentheses. Luck is a random number, drawn anew each quarter with "
    "mean 0 and standard deviation 1 (normal distribution). The path of history is what really happened, quarter by "
    "quarter, as far as we know it. Where a number was fitted to data, s.e. is the standard error of the estimate; the "
    "constant in use need not be the estimate itself, but lies within the bounds given beside it.",
)


def model_page(scenario: Scenario, found: Influence) -> str:
    """The whole page."""
    names, rules, around = Linked(scenario), compile_rules(scenario.tables), touching(scenario)
    files = subjects(scenario)
    home = {scenario.row(name): subject.title for subject in files for name in subject.variables}
    titles = {subject.id: subject.title for subject in files}
    sections = [part for subject in files for part in [
        heading(subject.title, f"s-{subject.id}"), _intro(subject.intro, titles),
        *_subject(names, found, around, subject, home)]]
    parts = [heads(), *_opening(names, files), *drivers(names, rules, found), *others.indicators(names), *sections,
             *others.actors(names), *others.demands(names), *others.moves(names), *others.promises(names),
             *others.goals(names), *others.endings(names),
             paragraph(f"Scenario {scenario.document.id}, rules {scenario.fingerprint[:16]}.", "soft")]
    return page(f"The model of \u201c{scenario.document.title}\u201d", [_typeset(part) for part in parts], STYLE)


def _typeset(html: str) -> str:
    """With curly quotation marks and apostrophes, also where an author typed straight ones."""
    return QUOTES.sub("\u201c\\1\u201d", APOSTROPHE.sub("\u2019", html))


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


def _intro(text: str, home: dict[str, str]) -> str:
    """What an author wrote at the top of a file; other files of the model become links. `home`: file -> its title."""
    html = CODE.sub(r"<code>\1</code>", escape(text.replace("->", "\u2192")))
    html = FILE.sub(lambda match: link(f"#s-{match[1]}", home[match[1]]) if match[1] in home else match[0], html)
    return f"<p class=\"soft\">{html}</p>" if text else ""


def _subject(names: Linked, found: Influence, around: Touching, subject: Subject, home: dict[int, str]) -> list[str]:
    """Pictures, variables by the headings of the file, constants."""
    parts, fixed = diagrams(names, found, subject, home), []
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
