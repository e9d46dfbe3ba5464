"""The page "Neighbours" as plain data; what pages.py says of strings, sides and judgements holds here too.

Built by neighbours.py, shown by game/ui/screens/neighbours.py and game/text/show_neighbours.py.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Push:
    """One reason why a move is likelier or less likely than it would be without it."""

    text: str  # "Moscow's leverage: 62"
    arrow: str  # "up" | "down"
    size: str  # "strongly" | "clearly" | "slightly"
    refers: str  # id of the variable for "why?", or ""


@dataclass(frozen=True)
class MoveLine:
    """A move that may be made this quarter."""

    title: str
    text: str
    tone: str  # "hard" | "soft" | "plain"
    tone_word: str  # "unfriendly", "friendly", "neutral"
    odds: float  # 0-1
    odds_text: str  # "23 %, about one in five"
    pushes: tuple[Push, ...]


@dataclass(frozen=True)
class ClosedMove:
    """A move that cannot be made this quarter, and why."""

    title: str
    tone: str
    tone_word: str
    why: str  # "Not before 2012 Q1", "Needs: refusals that Moscow remembers at least 1.4"


@dataclass(frozen=True)
class DemandLine:
    title: str
    text: str
    met: bool
    state_text: str  # "open", "met"
    weight: int  # 1-5
    weight_text: str  # "firm, 3 of 5"
    core: bool
    met_by: str  # "Met by: Dornod uranium venture at least 25 %."
    bars: str  # what a core interest closes: "Closed while it stands: “A dam on the Eg river”."; ""
    source: str


@dataclass(frozen=True)
class Standing:
    """A number of a neighbour with its change."""

    label: str
    text: str  # "friendly, 62", "62"
    change_text: str  # "+3", "steady"; "" in the first quarter
    refers: str


@dataclass(frozen=True)
class Neighbour:
    id: str
    label: str
    side: str
    dots: int  # of relations, 0-5
    standings: tuple[Standing, ...]  # relations, leverage, open demands, refusals: those that it has
    notes: tuple[tuple[str, str], ...]  # ("Wants", "..."), ("Gives", ...), ("Punishes", ...)
    demands: tuple[DemandLine, ...]  # that stand now, open ones first
    promises: tuple[str, ...]
    refusals: tuple[str, ...]  # what it remembers, newest first: "The refused stations (2011 Q2)"
    moves: tuple[MoveLine, ...]  # likeliest first
    closed: tuple[ClosedMove, ...]
    quiet_text: str  # "No move at all: 34 %, about one in three"
    summary: str  # one line: "2 demands open; most likely: A kinder price for diesel, 31 %"


@dataclass(frozen=True)
class NeighboursPage:
    date: str
    turn_text: str
    neighbours: tuple[Neighbour, ...]
    vetoes: tuple[str, ...]  # what no neighbour pays for now
    how: str  # how the odds were reckoned
