"""The names that formulas may use, and what is known of them. Read next: expressions.py."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.content.bounds import Interval


@dataclass(frozen=True)
class Symbol:
    """What a formula needs to know of a variable; `low` and `high` are its declared range."""

    row: int
    kind: str
    unit: str | None
    low: float
    high: float


@dataclass
class Scope:
    """The names that formulas may use. `hidden` collects rows that only formulas ask for, in order of first use."""

    symbols: dict[str, Symbol]
    flows: dict[str, bool]  # "stock.flow" -> is the stock physical?
    things: dict[str, set[str]]  # "chosen" -> "card/choice" ids, "played", "made"
    ghosts: set[str] = field(default_factory=set)  # names of broken things: known, but nothing more
    hidden: dict[tuple[str, str], int] = field(default_factory=dict)

    def hidden_row(self, verb: str, name: str) -> int:
        return self.hidden.setdefault((verb, name), len(self.symbols) + len(self.hidden))


@dataclass(frozen=True)
class Owner:
    """The variable whose formula is read; conditions have none."""

    name: str
    kind: str
    path: Interval | None = None
