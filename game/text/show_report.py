"""The report of a turn in lines: what matters at once, and everything on request."""

from __future__ import annotations

from game.text.words import cause_line, coming_line, dispatch_line, heading, judged, moved, section, spoken
from game.view.pages import ChangeRow, NeighbourNote, ReportPage
from game.view.words import sentence


def short(page: ReportPage) -> list[str]:
    """Headline, decisive facts with causes, decisions, neighbours, warnings; facts are numbered."""
    lines = ["", f"{heading(page.kicker)}:", sentence(page.headline)]
    lines += [spoken(page.sentence)] if page.sentence else []
    facts = []
    for place, row in enumerate(page.facts, 1):
        facts += [f"{place}. {change_line(row)}", *(cause_line(cause) for cause in row.causes)]
    lines += section("What changed most", facts)
    lines += section("You decided", [sentence(text) for text in page.decided], "You decided nothing.")
    lines += section("The neighbours", [neighbour(note) for note in page.neighbours])
    lines += section("Happened", [dispatch_line(item) for item in page.happened])
    lines += section("Warnings", page.warnings)
    return [*lines, *(["", "The game has ended."] if page.final else [])]


def full(page: ReportPage) -> list[str]:
    """The short report, every indicator with its causes, and what is coming."""
    rows = []
    for row in page.rows:
        rows += [change_line(row), *(cause_line(cause) for cause in row.causes)]
    return [*short(page), *section("Every indicator", rows),
            *section("Coming", [coming_line(item) for item in page.coming])]


def change_line(row: ChangeRow) -> str:
    if row.arrow == "same":
        return f"{row.label}: {row.after_text}, no change."
    size = f", {row.size}" if row.size else ""
    return (f"{row.label}: from {row.before_text} to {row.after_text}, "
            f"{judged(moved(row.change_text) + size, row.judgement)}.")


def neighbour(note: NeighbourNote) -> str:
    change = f", {moved(note.change_text)}" if note.change_text else ""
    stands = f"{note.word}, {note.dots} of 5{change}" if note.word else "acted"
    because = sentence(spoken(f"Because: {note.because}")) if note.because else ""
    return " ".join(part for part in (f"{note.actor}: {stands}.", note.text, because) if part)
