"""The reference part of the authors' manual, made from the registries that the checks themselves use.

    python -m game.content.manual scenarios/README.md

writes it into that file, between its two markers. Read next: verbs.py and findings.py, where it comes from.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import MISSING, fields
from pathlib import Path

from game.content.document import KINDS, Part
from game.content.findings import CODES
from game.content.verbs import EFFECTS, FUNCTIONS, MEMORY, REFERENCES, WORDS

BEGIN, END = "<!-- reference: begin (made by python -m game.content.manual) -->", "<!-- reference: end -->"
OPERATORS = (
    ("`+ - * /`", "Arithmetic; `*` and `/` come before `+` and `-`. What stands under `/` must not be able to be 0."),
    ("`< <= > >= == !=`", "Comparisons; two of them are joined with `and`, never chained."),
    ("`and`, `or`, `not`", "For conditions; `not` comes before `and`, `and` before `or`."),
)

DEMAND = {
    "`actor: russia`": "Who wants it; `id`, `title`, `text`, `claim` and `source` are as for a card.",
    "`salience: 3`": "How much it wants it, from 1 (a wish) to 5 (it will not let go).",
    "`when: date >= 2012-Q1`": "While this holds, the demand stands; left out, it always does.",
    "`met_if: khaan_quest <= 1`": "While this holds, it is met.",
    "`russia_unmet`": "A variable that the game makes for each actor with demands: the salience of all that stand and "
                      "are not met, added up. Odds, baselines and other formulas may read it; no effect can add to it.",
    "`needs: Nobody sends tents`": "The same in words, where the condition would read badly.",
    "`core: true`": "It calls this a core interest.",
    "`bars: [eg-dam, some-card/choice]`": "For a core interest: initiatives and choices that are closed while it "
                                          "stands, because nobody pays for what it would anger.",
}


def reference() -> str:
    """Markdown: what may be written in formulas and effects, kinds of variables, and all findings."""
    groups = (WORDS, MEMORY, REFERENCES, FUNCTIONS)
    words = [(f"`{verb.shape}`", verb.text) for group in groups for verb in group.values()]
    return "\n\n".join([
        "### In a formula", "A condition counts as 1 or 0, and any number but 0 counts as true.",
        _table(("write", "meaning"), [*OPERATORS, *words]),
        "### In an effect", _table(("write", "meaning"), [(f"`{v.shape}`", v.text) for v in EFFECTS.values()]),
        "### Keys of each kind of variable", "**Bold** keys must be given.",
        _table(("kind", "keys"), [(f"`{kind}`", _keys(cls)) for kind, cls in KINDS.items()]),
        "### Keys of a demand", _table(("write", "meaning"), DEMAND.items()),
        "### What the check may find",
        _table(("code", "severity", "meaning"), [(f"`{code}`", *about) for code, about in CODES.items()]),
    ])


def _keys(cls: type[Part]) -> str:
    names = [(f.name.rstrip("_"), f.default is MISSING and f.default_factory is MISSING) for f in fields(cls)]
    return ", ".join(f"**{name}**" if needed else name for name, needed in names)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def with_reference(text: str) -> str:
    """The manual's text with the reference between its markers brought up to date. ValueError without markers."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the manual has lost the markers of its reference")
    return f"{before}{BEGIN}\n\n{reference()}\n\n{END}{after}"


if __name__ == "__main__":
    manual = Path(sys.argv[1])
    manual.write_text(with_reference(manual.read_text(encoding="utf-8")), encoding="utf-8")
