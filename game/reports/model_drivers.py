"""For each indicator what drives it most: what is behind its movement, and what sets games apart at the end.

The figures are those of game.outlook.influence, which says how they are measured. Read next: model_page.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from html import escape

from game.engine.tables import Rules
from game.outlook.influence import Influence, Outside, Ref, behind
from game.reports.model_words import Linked
from game.reports.page import heading, paragraph, percent
from game.view.names import quoted
from game.view.words import capital_first, listed

SHOWN, NAMED = 6, 3  # causes of an indicator; effects that are named
APART = 5
LEAST = 0.01  # a share that is worth a line
BILLS = {"place": "what choices on cards cost", "lever": "what levers cost", "initiative": "what initiatives cost"}
WORDS = {"season": "the season and the calendar", "limit": "the end of its range", "luck": "luck",
         "path": "the path of history", "outside": "the world", "setting": "the cabinet\u2019s setting",
         "income": "income of political capital", "lapsed": "political capital that lapses"}


def drivers(names: Linked, rules: Rules, found: Influence) -> list[str]:
    """The whole section."""
    parts = [heading("What drives each indicator", "drivers"), paragraph(
        f"Measured, not claimed: {found.games} games of {found.turns} quarters were played by a bot that decides by "
        "chance. Behind its movement: the ledger splits the change of each number in each quarter into terms; their "
        "sizes are added up, whichever way they point, and the share of what is computed is handed on to what it is "
        "computed from, down to levers, the world outside, the flows of stocks, and effects of cards, initiatives and "
        "moves. These shares add up to 100 %. What sets games apart: how much of the differences between games at the "
        "end goes with one thing alone (the square of the correlation), if that is more than chance would give. "
        "\u201cRaises it\u201d says that games with more of it ended higher; it may only have gone along with the true "
        "cause. These overlap and do not add up; a thing that many games share sets none of them apart.", "soft")]
    for row in names.indicators:
        parts.append(f"<section class=\"drive\"><h3>{names.link(row)}</h3><div class=\"two\">"
                     f"<div><h5>Behind its movement</h5>{_behind(names, rules, found, row)}</div>"
                     f"<div><h5>What sets games apart at the end</h5>{_apart(names, found.apart.get(row, []))}</div>"
                     "</div></section>")
    return parts


def _behind(names: Linked, rules: Rules, found: Influence, row: int) -> str:
    shares: dict[str, float] = defaultdict(float)
    effects: list[tuple[str, float]] = []
    for ref, share in behind(rules, found, row):
        if ref[0] == "effect":
            effects.append((names.cause(ref[1]), share))
        else:
            shares["its own past" if ref == ("variable", row) else _ref(names, ref)] += share
    if effects:
        strongest = listed([escape(text) for text, _ in effects[:NAMED]])
        shares[f"effects of cards, initiatives and moves <span class=\"soft\">(most: {strongest})</span>"] = sum(
            share for _, share in effects)
    lines = sorted(((text, share) for text, share in shares.items() if share >= LEAST), key=lambda x: -x[1])
    rest = sum(shares.values()) - sum(share for _, share in lines[:SHOWN])
    shown = lines[:SHOWN] + ([("all the rest", rest)] if rest >= LEAST else [])
    return bars(shown) if shown else paragraph("It did not move.", "soft")


def _apart(names: Linked, found: list[tuple[Outside, float, int]]) -> str:
    if not found:
        return paragraph("No single thing by more than chance.", "soft")
    return bars((f"{_outside(names, thing)} <span class=\"soft\">({'raises' if sign > 0 else 'lowers'} it)</span>",
                 share) for thing, share, sign in found[:APART])


def bars(lines: Iterable[tuple[str, float]]) -> str:
    """Shares as bars with their figures; the texts are HTML."""
    rows = "".join(f"<tr><td>{capital_first(text)}</td><td class=\"n\">{percent(share)}</td><td class=\"barcell\">"
                   f"<span class=\"bar\" style=\"width:{100 * min(share, 1.0):.1f}%\"></span></td></tr>"
                   for text, share in lines)
    return f"<table class=\"bars\"><tbody>{rows}</tbody></table>"


def _ref(names: Linked, ref: Ref) -> str:
    if ref[0] == "variable":
        return names.link(ref[1])
    if ref[0] == "flow":
        stock = next(s for s in names.tables.stocks if s.row == ref[1])
        return f"{names.link(ref[1])}: {escape(names.flow(stock.flows[ref[2]].name))}"
    return BILLS.get(ref[1], "what decisions cost") if ref[0] == "bill" else WORDS[ref[0]]


def _outside(names: Linked, thing: Outside) -> str:
    document = names.document
    if thing[0] == "choice":
        card = document.cards[thing[1]]
        return escape(f"{quoted(card.choices[thing[2]].label, True)} on {quoted(card.title, True)}")
    if thing[0] == "initiative":
        return escape(f"the initiative {quoted(document.initiatives[thing[1]].title, True)}")
    if thing[0] == "move":
        move = document.moves[thing[1]]
        return escape(f"the move {quoted(move.title, True)} ({names.actor(move.actor)})")
    return names.link(thing[1])
