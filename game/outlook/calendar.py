"""Which cards the calendar keeps out of a game: a lesson does not see what comes years later.

Read next: audit.py, which finds no fault with them.
"""

from __future__ import annotations

import numpy as np

from game.engine.expr import LEAVES, OPERATIONS, Node
from game.engine.tables import FOLLOW, Tables


def kept_out(tables: Tables, turns: int) -> set[int]:
    """Cards whose `when` cannot hold in any quarter of a game of so many turns, whatever happens in it, and cards that
    only follow from such."""
    out = {c for c, card in enumerate(tables.cards)
           if not any(_known(card.when, turn, tables.first_quarter + turn) != 0.0 for turn in range(turns))}
    callers: dict[int, set[int]] = {c: set() for c, card in enumerate(tables.cards) if card.mode == FOLLOW}
    for landing in tables.landings:
        for effect in landing.effects:
            if effect.kind == "follow" and effect.target in callers:
                callers[effect.target].add(landing.origin[1] if landing.origin[0] == "card" else -1)
    for _ in callers:  # one follows from another
        out |= {c for c, by in callers.items() if by and by <= out}
    return out


def _known(node: Node, turn: int, date: int) -> float | None:
    """The value of a formula in a quarter if dates alone settle it, else None."""
    kind = node[0]
    if kind == "number":
        return node[1]
    if kind in LEAVES or kind == "curve":
        return {"turn": turn + 1.0, "date": float(date), "quarter": date % 4 + 1.0}.get(kind)
    parts = [_known(part, turn, date) for part in node[1:]]
    if kind == "and" and 0.0 in parts:
        return 0.0
    if None in parts:
        return None
    return float(OPERATIONS[kind](*(np.float64(part) for part in parts)))
