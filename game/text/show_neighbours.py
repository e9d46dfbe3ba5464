"""The neighbours in lines: each in one, or one in full."""

from __future__ import annotations

from game.text.words import moved, section
from game.view.neighbour_lines import ClosedMove, DemandLine, MoveLine, Neighbour, NeighboursPage, Push, Standing
from game.view.words import capital_first, sentence


def overview(page: NeighboursPage) -> list[str]:
    """Every neighbour in one line, numbered as they are opened, and what nobody pays for."""
    lines = [f"{n}. {each.label}: {_relations(each)}{each.summary}" for n, each in enumerate(page.neighbours, 1)]
    return [*section(f"The neighbours, {page.date}, {page.turn_text}", lines),
            *section("Vetoes that stand", page.vetoes)]


def _relations(each: Neighbour) -> str:
    return f"{each.standings[0].text}, {each.dots} of 5. " if each.standings else ""


def in_full(page: NeighboursPage, place: int) -> list[str]:
    """One neighbour: how it stands, what it wants, what it may do and why."""
    each = page.neighbours[place]
    return [
        *section(each.label, [*(_standing(line) for line in each.standings),
                              *(f"{head}: {text}" for head, text in each.notes)]),
        *section("What it wants now", [_demand(line) for line in each.demands]),
        *section("Promises that run", each.promises),
        *section("Refusals it remembers", [sentence(line) for line in each.refusals]),
        *section("What it may do this quarter", [sentence(each.quiet_text), *(
            text for line in each.moves for text in _move(line))]),
        *section("Not this quarter", [_closed(line) for line in each.closed]),
        *section("Vetoes that stand", page.vetoes), "", page.how]


def _standing(line: Standing) -> str:
    change = f", {moved(line.change_text)}" if line.change_text else ""
    return f"{line.label}: {line.text}{change}."


def _demand(line: DemandLine) -> str:
    core = " A core interest." if line.core else ""
    source = f" Source: {sentence(line.source)}" if line.source else ""
    bars = f" {line.bars}" if line.bars else ""
    return f"{line.title}: {line.state_text}; {line.weight_text}.{core} {line.text} {line.met_by}{bars}{source}"


def _move(line: MoveLine) -> list[str]:
    return [f"{line.title}, {line.tone_word}: {line.odds_text}. {line.text}", *(_push(push) for push in line.pushes)]


def _push(push: Push) -> str:
    way = "likelier" if push.arrow == "up" else "less likely"
    return sentence(f"{capital_first(push.size)} {way} through {push.text}")


def _closed(line: ClosedMove) -> str:
    return f"{line.title}, {line.tone_word}. {line.why}"
