"""The oracle's game: all that is true of one game between two turns, and how a formula reads it.

A game is "opened": this quarter's drivers and auxiliaries are computed and the cards are on the desk.
Things are lists by their index in the tables, and None means never or nothing. Read next: quarter.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from game.engine.expr import Node
from game.engine.luck import uniforms
from game.engine.tables import ALWAYS, DRIVER, Effect, Landing, Tables
from tests.oracle.arithmetic import clamp, evaluate, normal

Amounts = dict[tuple[str, int], float]

QUARTERS_BEFORE = 4  # `start` may give so many values from before the game


@dataclass
class Luck:
    """One turn's dice for one game, each use in a place of its own."""

    drivers: dict[int, float]  # standard normal, by row
    chances: list[float]
    places: list[float]
    choices: list[float]  # by card
    initiatives: list[float]
    move_odds: list[float]
    tempers: list[float]


@dataclass
class Game:
    tables: Tables
    seed: int
    number: int  # which game of the seed
    turns: int
    turn: int = 0  # the first is 0 here and 1 for authors
    values: list[float] = field(default_factory=list)  # what the screen shows
    closing: list[float] = field(default_factory=list)  # as of the last day of the turn before
    used: list[list[float]] = field(default_factory=list)  # values of earlier quarters' resolutions, newest first
    luck: Luck | None = None

    due: dict[int, Amounts] = field(default_factory=dict)  # by turn: effects on their way, (kind, target) -> amount
    standing: dict[int, float] = field(default_factory=dict)  # effects for always, by row

    desk: list[int | None] = field(default_factory=list)  # card at each place
    lapsing: list[int] = field(default_factory=list)  # cards that waited in vain and take their default now
    shown: dict[int, int] = field(default_factory=dict)  # card -> turn of its last showing
    waiting: dict[int, int] = field(default_factory=dict)  # card -> turn since which it waits for a place
    called: dict[int, int] = field(default_factory=dict)  # card -> turn in which it follows
    threats: dict[int, int] = field(default_factory=dict)  # card -> turn in which it strikes
    averted: set[int] = field(default_factory=set)  # threats that passed as this turn opened
    promised: dict[int, int] = field(default_factory=dict)  # promise -> turn in which it falls due
    played: dict[int, int] = field(default_factory=dict)  # initiative -> turn of last play
    moved: dict[int, int] = field(default_factory=dict)  # move -> turn of last making
    held_for: list[int] = field(default_factory=list)  # by ending: turns in a row for which it has held
    ending: int | None = None  # its index, or len(endings) at the planned end
    ending_turn: int | None = None

    # --- reading

    def read(self, leaf: Node, values: Sequence[float]) -> float:
        """What a name in a formula stands for, where the variables now have `values`."""
        kind, row = leaf[0], leaf[1] if len(leaf) > 1 else None
        date = self.tables.first_quarter + self.turn
        match kind:
            case "now":
                return values[row]
            case "last":
                return self.used[0][row]
            case "year_ago":
                return self.used[3][row]
            case "year_sum":
                return values[row] + self.used[0][row] + self.used[1][row] + self.used[2][row]
            case "year_mean":
                return self.read(("year_sum", row), values) * 0.25
            case "luck":
                return self.luck.drivers[row]
            case "path":
                path = self.tables.variables[row].path
                return path[min(self.turn, len(path) - 1)]
        return {"turn": self.turn + 1.0, "date": float(date), "quarter": date % 4 + 1.0}[kind]

    def value(self, node: Node, values: Sequence[float]) -> float:
        return evaluate(node, lambda leaf: self.read(leaf, values))

    def number_of(self, node: Node) -> float:
        """The value of odds, weights and appeals: on what the screen shows."""
        return self.value(node, self.values)

    def holds(self, node: Node | None) -> bool:
        """A condition, on what the screen shows; no condition always holds."""
        return node is None or self.number_of(node) != 0.0

    def in_range(self, row: int, x: float) -> float:
        variable = self.tables.variables[row]
        return clamp(x, variable.low, variable.high)

    def in_force(self, row: int) -> float:
        """Effects on a row in this turn's resolution."""
        now = self.due.get(self.turn, {})
        return self.standing.get(row, 0.0) + now.get(("add", row), 0.0) + now.get(("always", row), 0.0)

    def compute(self, values: list[float], rows: Sequence[int]) -> None:
        """Drivers and auxiliaries, in order: formula, then effects, then range."""
        for row in rows:
            computed = self.value(self.tables.variables[row].formula, values)
            values[row] = self.in_range(row, computed + self.in_force(row))

    # --- effects on their way

    def send(self, landing: Landing) -> None:
        """`after: 2` lands in the resolution of turn t + 2; `for: n` in n resolutions from then on."""
        for effect in landing.effects:
            first = self.turn + effect.after
            if effect.length == ALWAYS:
                self._add(first, "always", effect)
                continue
            for turn in range(first, first + effect.length):
                self._add(turn, effect.kind, effect)

    def _add(self, turn: int, kind: str, effect: Effect) -> None:
        amounts = self.due.setdefault(turn, {})
        amounts[kind, effect.target] = amounts.get((kind, effect.target), 0.0) + effect.amount


# --- beginning

def roll(game: Game) -> Luck:
    """This turn's dice; the order of their places is part of the rules."""
    t = game.tables
    drivers = [row for row, variable in enumerate(t.variables) if variable.kind == DRIVER]
    sizes = [len(drivers), len(t.cards), t.agenda.places, len(t.cards), len(t.initiatives), len(t.moves), len(t.moves)]
    dice = [float(x) for x in uniforms(game.seed, game.number, 1, game.turn, sum(sizes))[:, 0]]
    normals, *groups = [dice[end - size: end] for size, end in zip(sizes, accumulate(sizes), strict=True)]
    return Luck(dict(zip(drivers, map(normal, normals), strict=True)), *groups)


def blank_game(tables: Tables, seed: int, number: int, turns: int, parameters: dict[int, float]) -> Game:
    """A game before its first turn opens. What has no start value begins at its own first value, on median luck."""
    game = Game(tables, seed, number, turns)
    starts = []
    for row, variable in enumerate(tables.variables):
        four = variable.start or (0.0,) * QUARTERS_BEFORE
        starts.append((parameters[row],) * QUARTERS_BEFORE if row in parameters else four)
    game.used = [[start[ago] for start in starts] for ago in (3, 2, 1, 0)]
    game.values = [start[3] for start in starts]
    game.luck = Luck(dict.fromkeys(range(len(tables.variables)), 0.0), [], [], [], [], [], [])
    for _ in range(2):  # twice, because a first value may read another one's
        first = list(game.values)
        game.compute(first, tables.order)
        for row, variable in enumerate(tables.variables):
            if variable.start is None:
                game.values[row] = first[row]
                for quarter in game.used:
                    quarter[row] = first[row]
    game.closing = list(game.values)
    game.held_for = [0] * len(tables.endings)
    return game
