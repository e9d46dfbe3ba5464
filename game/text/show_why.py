"""Why a number is as it is, in lines."""

from __future__ import annotations

from game.text.words import cause_line, moved, section
from game.view.pages import WhyPage
from game.view.words import capital_first, sentence


def why_lines(page: WhyPage, onward: list[tuple[str, str]]) -> list[str]:
    """`onward`: (id, label) of what the numbers 1, 2, ... lead to."""
    lines = ["", f"Why {page.label}:", f"Now: {page.value_text}."]
    for step in page.steps:
        lines.append(f"{step.head}: from {step.before_text} to {step.after_text}, {moved(step.change_text)}.")
        lines += [cause_line(term) for term in step.terms]
    if not page.steps:
        lines.append("It has no earlier quarter to compare with.")
    lines += [page.note] if page.note else []
    lines.append(sentence(f"Kind: {page.kind}"))
    lines += [sentence(f"How it is made: {capital_first(page.formula)}")] if page.formula else []
    lines += [sentence(f"Source: {page.source}")] if page.source else []
    lines += section("It is made from", [f"{label}: {value}." for _, label, value in page.inputs])
    lines += section("It feeds", [f"{label}." for _, label in page.feeds])
    return lines + section("Numbers lead on to why", [f"{n}. {label}." for n, (_, label) in enumerate(onward, 1)])


def leads(page: WhyPage) -> list[tuple[str, str]]:
    """What the page refers to, once each: causes first, then inputs, then what it feeds; itself left out."""
    labels = {name: label for name, label in (*page.feeds, *((name, label) for name, label, _ in page.inputs))}
    terms = [term for step in page.steps for term in step.terms]
    causes = [(term.refers, labels.get(term.refers, term.text)) for term in terms if term.refers]
    found = dict([*page.feeds[::-1], *((name, label) for name, label, _ in page.inputs[::-1]), *causes[::-1]])
    return [(name, label) for name, label in reversed(found.items()) if name != page.id]
