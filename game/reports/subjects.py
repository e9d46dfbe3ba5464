"""Which file of a scenario each variable is written in: its subject, with what the author says about it.

A subject is a file in model/. The comment at its top introduces it: up to the first colon or full stop it is the title,
if that is short. Comments like `# --- debt ---` divide the file. What
other files define (flags beside the cards that set them, mostly) is one subject more, and so is what no file defines
(sums of open demands).
Read next: model_page.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from game.content import Scenario
from game.content.findings import Findings
from game.content.items import MAX_ITEMS, parse
from game.content.shelf import BASE
from game.view.words import capital_first

MODEL = "model"  # the folder of the subjects' files
ELSEWHERE, MADE = "beside-the-model", "made"
TITLE = re.compile(r"([A-Z][^.:]{2,37})[.:](?: |$)")
HEADING = re.compile(r"^\s*# -{2,}\s*(.*?)\s*-*\s*$")


@dataclass(frozen=True)
class Subject:
    """`parts`: (heading, ids of variables in the order of the file); "" where the file has no headings."""

    id: str
    title: str
    intro: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(name for _, names in self.parts for name in names)


def subjects(scenario: Scenario) -> tuple[Subject, ...]:
    """All files with variables; those of the extended scenario first. Each variable once, where it was first given."""
    left = dict.fromkeys(scenario.document.variables)
    found: dict[str, Subject] = {}
    others: list[tuple[str, tuple[str, ...]]] = []
    for path in sorted(scenario.source, key=lambda path: (not path.startswith(f"{BASE}/"), path)):
        if not path.endswith((".yaml", ".yml")):
            continue
        subject = _subject(path, scenario.source[path], left)
        for name in subject.variables:
            del left[name]
        if PurePosixPath(path).parent.name != MODEL:
            others += [("", names) for _, names in subject.parts]
        elif subject.parts:
            earlier = found.get(subject.id)
            found[subject.id] = subject if earlier is None else Subject(
                earlier.id, earlier.title, earlier.intro, earlier.parts + subject.parts)
    if others:
        title = "Beside the model" if found else "The model"
        intro = "Defined in the files of the cards that set or read them." if found else ""
        found[ELSEWHERE] = Subject(ELSEWHERE, title, intro, (("", tuple(n for _, names in others for n in names)),))
    if left:
        found[MADE] = Subject(MADE, "Open demands", "Made by the game from what others ask for; see there.",
                              (("", tuple(left)),))
    return tuple(found.values())


def _subject(path: str, text: str, wanted: dict[str, None]) -> Subject:
    name = PurePosixPath(path).stem
    item, _ = parse(text, path, Findings(), MAX_ITEMS)
    section = item.value.get("variables") if item is not None and isinstance(item.value, dict) else None
    given = section.value if section is not None and isinstance(section.value, dict) else {}
    headings = [(number, match[1]) for number, line in enumerate(text.splitlines(), 1)
                if (match := HEADING.match(line))]
    parts: dict[str, list[str]] = {}
    for variable, own in given.items():
        if variable in wanted:
            above = [heading for line, heading in headings if line < own.key_line]
            parts.setdefault(above[-1] if above else "", []).append(variable)
    title, intro = _introduced(_intro(text), name.replace("-", " ").replace("_", " ").capitalize())
    return Subject(name, title, intro, tuple((heading, tuple(names)) for heading, names in parts.items()))


def _introduced(intro: str, otherwise: str) -> tuple[str, str]:
    """The title and the rest of an introduction."""
    found = TITLE.match(intro)
    return (found[1], capital_first(intro[found.end():])) if found else (otherwise, intro)


def _intro(text: str) -> str:
    """The comment lines at the top of a file."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# ").rstrip())
    return " ".join(line for line in lines if line)
