"""The compiled scenario: plain data that the engine runs.

The content layer makes `Tables` from YAML; nothing here knows of files or texts. Things are addressed by
their index; formulas are the trees of expr.py. `compile_rules` adds what is derived once per scenario
(compiled formulas, when each effect arrives). Read next: state.py, then turn.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from game.engine.expr import Expr, Node, compile_expr
from game.engine.passes import Passes

T = TypeVar("T")

NEVER = 10_000  # turns; a cooldown of NEVER means once a game
NONE_GROUP = -1  # Card.group of a card that shares its turn with any other
ALWAYS = -1  # Effect.length of `for: always`

STOCK, AUXILIARY, DRIVER, LEVER, PARAMETER, FLAG, UNMET = range(7)
SCHEDULED, CHANCE, FOLLOW, WEIGHT = range(4)  # card modes, in the order in which they get places
DEFEAT, FINISH = range(2)


@dataclass(frozen=True)
class Variable:
    """A named number. `start` holds four quarters, oldest first; None: the first computed value."""

    id: str
    kind: int
    low: float
    high: float
    start: tuple[float, float, float, float] | None
    formula: Node | None = None  # auxiliaries and drivers
    closing: bool = False  # an auxiliary that is computed again after the stocks have moved
    path: tuple[float, ...] = ()  # drivers: a value for each turn, the last one holds on


@dataclass(frozen=True)
class Flow:
    """One named flow of a stock, in the stock's unit per turn after `scale`."""

    name: str
    formula: Node
    scale: float  # 0.25 for a flow given per year
    unmet_row: int = -1  # where `unmet(stock.flow)` is stored, in the formula's own unit


@dataclass(frozen=True)
class Stock:
    row: int
    flows: tuple[Flow, ...]
    physical: bool = False


@dataclass(frozen=True)
class Lever:
    """`capital` per step of change, `cost_once` per unit of change, `cost_per_turn` per unit of level."""

    row: int
    step: float
    capital: float
    cost_once: float
    cost_per_turn: float


@dataclass(frozen=True)
class Effect:
    """What lands: kind is add (also for flags) | follow | promise; target is a row, a card or a promise."""

    kind: str
    target: int
    amount: float
    after: int
    length: int  # resolutions, or ALWAYS
    cause: int  # index of the text that names the ledger line


@dataclass(frozen=True)
class Landing:
    """A bundle of effects with one origin, e.g. ("card", 3, 1) for the second choice of card 3."""

    origin: tuple
    effects: tuple[Effect, ...]


@dataclass(frozen=True)
class Option:
    """A choice of a card, or an initiative: landing indices for success (or no gamble) and failure."""

    id: str
    when: Node | None
    cost: float
    capital: float
    odds: Node | None
    landing: int
    landing_failure: int


@dataclass(frozen=True)
class Card:
    id: str
    mode: int
    when: Node
    odds: Node | None  # the chance, or the weight
    announce: int
    averted_if: Node | None
    patience: int
    cooldown: int
    group: int  # or NONE_GROUP
    default: int
    choices: tuple[Option, ...]


@dataclass(frozen=True)
class Initiative:
    option: Option
    cooldown: int


@dataclass(frozen=True)
class Move:
    id: str
    actor: int
    when: Node
    appeal: Node
    odds: Node | None
    cooldown: int
    landing: int


@dataclass(frozen=True)
class Actor:
    id: str
    attention: int
    temper: float


@dataclass(frozen=True)
class Promise:
    id: str
    within: int
    kept_if: Node
    landing_kept: int
    landing_broken: int


@dataclass(frozen=True)
class Ending:
    id: str
    kind: int
    when: Node
    for_turns: int
    warn_when: Node | None


@dataclass(frozen=True)
class Roles:
    """Rows of the variables that have a job in the engine."""

    cash: int
    credit: int
    capital: int
    capital_income: int


@dataclass(frozen=True)
class Agenda:
    places: int
    initiatives: int
    quiet: float


@dataclass(frozen=True)
class Tables:
    """A whole scenario. `order` lists drivers, then auxiliaries in the order of computation."""

    first_quarter: int  # quarters since year 0
    variables: tuple[Variable, ...]
    order: tuple[int, ...]
    stocks: tuple[Stock, ...]
    levers: tuple[Lever, ...]
    landings: tuple[Landing, ...]  # landings[0] is empty: "nothing"
    cards: tuple[Card, ...]
    initiatives: tuple[Initiative, ...]
    actors: tuple[Actor, ...]
    moves: tuple[Move, ...]  # sorted by id, which breaks ties
    promises: tuple[Promise, ...]
    endings: tuple[Ending, ...]
    goals: tuple[Node, ...]
    roles: Roles
    agenda: Agenda


@dataclass(frozen=True)
class ChoiceTable:
    """Choices by [card, place in the card]; the extra last card is "no card", whose one choice does nothing."""

    exists: np.ndarray
    cost: np.ndarray
    capital: np.ndarray
    priced: np.ndarray  # whether either is not 0
    landing: np.ndarray
    default: np.ndarray  # [card]
    conditional: tuple[tuple[int, int, Node], ...]  # (card, choice, when)
    gambles: tuple[tuple[int, int, Node, int], ...]  # (card, choice, odds, landing of failure)

    def flat(self, card: np.ndarray, choice: np.ndarray) -> np.ndarray:
        """Where choices of cards (-1: no card) are in these tables, for `take`."""
        return card * self.exists.shape[1] + choice


@dataclass(frozen=True)
class Rules:
    """Tables with what is derived from them; made once, shared by every game."""

    tables: Tables
    low: np.ndarray  # [rows, 1]
    high: np.ndarray
    formulas: dict[int, Expr]  # row -> formula of a driver or auxiliary, for looking into it
    passes: Passes  # the same and all others, to be computed together
    columns: tuple[tuple[str, int], ...]  # (kind, target) of each column of State.due
    arrivals: tuple[tuple[tuple[int, int, float], ...], ...]  # by landing: (delay, column, amount) of all it brings
    horizon: int  # turns that the ring of what is due must hold
    luck_rows: tuple[int, ...]  # rows of drivers, in the order of their dice
    choices: ChoiceTable
    same_group: np.ndarray  # [card or none, card] cards that may not share a turn
    card_order: np.ndarray  # cards by class, then file order: who gets a place first
    _parts: dict = field(default_factory=dict, init=False, repr=False, compare=False)
    _exprs: dict[Node, Expr] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def standing_rows(self) -> tuple[int, ...]:
        """Rows on which any effect can last for always, in the order of their columns."""
        return tuple(target for kind, target in self.columns if kind == "always")

    def part(self, make: Callable[[Rules], T]) -> T:
        """What `make` derives from these rules, made once; it may depend on nothing else."""
        if make not in self._parts:
            self._parts[make] = make(self)
        return self._parts[make]

    def formula(self, node: Node) -> Expr:
        """A formula to be computed alone; what is computed every turn has its place in `passes`."""
        if node not in self._exprs:
            self._exprs[node] = compile_expr(node)
        return self._exprs[node]


def compile_rules(tables: Tables) -> Rules:
    columns = tuple(sorted({column_of(effect) for landing in tables.landings for effect in landing.effects}))
    arrivals = tuple(_arrivals(landing, columns) for landing in tables.landings)
    luck_rows = tuple(row for row, v in enumerate(tables.variables) if v.kind == DRIVER)
    return Rules(
        tables=tables,
        low=np.array([[v.low] for v in tables.variables]),
        high=np.array([[v.high] for v in tables.variables]),
        formulas={row: compile_expr(v.formula) for row, v in enumerate(tables.variables) if v.formula is not None},
        passes=Passes(tables, columns, luck_rows),
        columns=columns,
        arrivals=arrivals,
        horizon=max([delay for landing in arrivals for delay, _, _ in landing], default=0) + 1,
        luck_rows=luck_rows,
        choices=_choice_table(tables.cards),
        same_group=_same_group(tables.cards),
        card_order=np.array(sorted(range(len(tables.cards)), key=lambda c: (tables.cards[c].mode, c)), dtype=np.intp),
    )


def _choice_table(cards: tuple[Card, ...]) -> ChoiceTable:
    shape = (len(cards) + 1, max([len(card.choices) for card in cards], default=1))
    exists, landing = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=np.int16)
    cost, capital = np.zeros(shape), np.zeros(shape)
    exists[-1, 0] = True
    for c, card in enumerate(cards):
        for x, choice in enumerate(card.choices):
            exists[c, x], landing[c, x] = True, choice.landing
            cost[c, x], capital[c, x] = choice.cost, choice.capital
    listed = [(c, x, choice) for c, card in enumerate(cards) for x, choice in enumerate(card.choices)]
    return ChoiceTable(
        exists, cost, capital, (cost != 0.0) | (capital != 0.0), landing,
        default=np.array([card.default for card in cards] + [0], dtype=np.int32),
        conditional=tuple((c, x, o.when) for c, x, o in listed if o.when is not None),
        gambles=tuple((c, x, o.odds, o.landing_failure) for c, x, o in listed if o.odds is not None),
    )


def _same_group(cards: tuple[Card, ...]) -> np.ndarray:
    groups = np.array([card.group for card in cards] + [NONE_GROUP], dtype=np.int32)
    same = (groups[:, None] == groups[None, :-1]) & (groups[:, None] >= 0)
    for c in range(len(cards)):
        same[c, c] = True
    return same


def column_of(effect: Effect) -> tuple[str, int]:
    """The column of State.due in which an effect arrives."""
    return ("always", effect.target) if effect.length == ALWAYS else (effect.kind, effect.target)


def delays_of(effect: Effect) -> range:
    """Turns after the decision in whose resolutions the effect lands (`always` starts once)."""
    return range(effect.after, effect.after + (1 if effect.length == ALWAYS else effect.length))


def _arrivals(landing: Landing, columns: tuple[tuple[str, int], ...]) -> tuple[tuple[int, int, float], ...]:
    return tuple((delay, columns.index(column_of(effect)), effect.amount)
                 for effect in landing.effects for delay in delays_of(effect))
