"""The desk in lines: a short opening for each turn, the whole desk, and its parts in full."""

from __future__ import annotations

from game.text.words import coming_line, dispatch_line, judged, moved, section
from game.view.decisions import titled
from game.view.pages import Desk, Figure, Purse, Relation
from game.view.words import percent, sentence

RECENT = 6  # dispatches on the desk; the command shows them all


def opening(desk: Desk) -> list[str]:
    """How a turn begins: the date, the facts, the main numbers, the cards."""
    return [f"{desk.title}: {desk.date}, {desk.season}. {desk.turn_text}.", *section("Briefing", desk.briefing),
            *section("Warnings", desk.warnings),
            *section("Main indicators, with the change since last quarter", [figure_line(f) for f in desk.bar]),
            f"Political capital: {desk.purse.capital_text}.", *cards(desk)]


def whole(desk: Desk) -> list[str]:
    """Everything on the desk, numbers without their explanations."""
    lines = [f"{desk.title}: {desk.date}, {desk.season}. {desk.turn_text}.", *section("Briefing", desk.briefing),
             *section("Warnings", desk.warnings)]
    for heading, figures in desk.sections:
        lines += section(heading, [figure_line(f) for f in figures])
    lines += section("Relations", [relation_line(r) for r in desk.relations])
    lines += section("Trade on the move", [sentence(flow.text) for flow in desk.flows])
    lines += coming(desk) + dispatches(desk, RECENT) + purse_lines(desk.purse) + cards(desk)
    return [*lines, "", "In full, with explanations: indicators, relations, neighbours, dispatches, or why and a name."]


def cards(desk: Desk) -> list[str]:
    """The cards that wait, numbered as they are opened."""
    facts = [f"{n}. {titled(card.title, f'decided, {card.decided}.' if card.decided else 'open.')}"
             for n, card in enumerate(desk.cards, 1)]
    hint = [sentence(desk.end_hint + " if you end the turn now")] if desk.end_hint else []
    return [*section("Cards on the desk", facts, "No cards this quarter."), *hint]


def balance(purse: Purse) -> list[str]:
    """What there is to spend."""
    money = f"Treasury: {purse.cash_text}."
    if purse.cash_after_text != purse.cash_text:
        money = f"Treasury: {purse.cash_text}, and {purse.cash_after_text} after what is committed."
    return [money, f"Political capital: {purse.capital_text}."]


def purse_lines(purse: Purse) -> list[str]:
    return ["", *balance(purse),
            *section("Committed this quarter", [sentence(f"{what}: {cost}") for what, cost in purse.lines])]


def indicators(desk: Desk) -> list[str]:
    """Every indicator with what it means, and the dependences with their limits."""
    lines = []
    for heading, figures in desk.sections:
        lines += section(heading, [f"{figure_line(f)} {f.note}" for f in figures])
    return lines + section("What hangs on one partner", [
        f"{gauge.label}: {gauge.text}." + (f" Marks: {_marks(gauge.marks)}." if gauge.marks else "") + f" {gauge.note}"
        for gauge in desk.gauges])


def _marks(marks: tuple[float, ...]) -> str:
    words = ("warning", "crisis")
    return ", ".join(f"{word} at {percent(mark)} of the bar" for word, mark in zip(words, marks, strict=False))


def relations(desk: Desk) -> list[str]:
    return section("Relations", [f"{relation_line(r)} {r.note}" for r in desk.relations])


def coming(desk: Desk) -> list[str]:
    return section("Coming", [coming_line(item) for item in desk.coming], "Nothing is announced.")


def dispatches(desk: Desk, most: int | None = None) -> list[str]:
    """Newest first."""
    return section("Dispatches", [dispatch_line(item) for item in desk.dispatches[:most]])


def figure_line(figure: Figure) -> str:
    """"Growth: 18.1 %, up 0.5, better; below 3 %: warning. Last quarter ended at 17.9 %."."""
    change = judged(moved(figure.change_text), figure.judgement)
    line = f"{figure.label}: {figure.text}" + (f", {change}" if change else "")
    line = f"{line}; {figure.status_text}." if figure.status_text else f"{line}."
    return f"{line} {figure.last_text}".rstrip()


def relation_line(relation: Relation) -> str:
    change = f", {moved(relation.change_text)}" if relation.change_text else ""
    return f"{relation.label}: {relation.word}, {relation.dots} of 5{change}."
