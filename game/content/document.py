"""What an author wrote, as plain frozen dataclasses: a mirror of the scenario format, texts included.

Field names are the format's own keys; `is`, `for`, `set` and `from` become `is_`, `for_`, `set_`, `from_`.
Lists are tuples. shape.py checks YAML against these classes (and makes the JSON Schema from them), so a
new key of the format is one new line here. Numbers' limits stand beside them. Read next: shape.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from annotated_types import Ge, Interval

MAX_TURNS = 80  # twenty years; longer games are not a class and not an evening

Expression = str  # parsed by expressions.py
Turns = Annotated[int, Interval(ge=1, le=MAX_TURNS)]
Cost = Annotated[float, Ge(0)]
Claim = Literal["fact", "interpretation", "invented"]
Heading = Literal["energy", "trade", "money", "defence", "land", "abroad"]
Side = Literal["russia", "china", "third", "home", "world"]
Annual = Literal["sum", "mean", "end"]


def _yaml_name(name: str) -> str:
    return name.rstrip("_")


@dataclass(frozen=True, kw_only=True)
class Part:
    """Base of all parts: unknown keys and wrong types are errors (read by pydantic, which needs no import here)."""

    __pydantic_config__ = {"extra": "forbid", "strict": True, "alias_generator": _yaml_name}


@dataclass(frozen=True, kw_only=True)
class Source(Part):
    """Where a number or a claim comes from; `low` and `high` bound a judged number."""

    confidence: Literal["high", "medium", "low", "judged"]
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    figure: str = ""
    note: str = ""
    low: float | None = None
    high: float | None = None


# --- variables

@dataclass(frozen=True, kw_only=True)
class VariableDoc(Part):
    """What all kinds have in common."""

    label: str
    note: str = ""
    unit: str = ""
    decimals: Annotated[int, Interval(ge=0, le=6)] = 0
    annual: Annual = "mean"
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class StockDoc(VariableDoc):
    """Keeps its level; its flows change it."""

    kind: Literal["stock"]
    range: tuple[float, float]
    start: float
    flows: dict[str, Expression] = field(default_factory=dict)
    physical: bool = False
    source: Source = field()  # without the default that it would inherit


@dataclass(frozen=True, kw_only=True)
class AuxiliaryDoc(VariableDoc):
    """Computed each turn."""

    kind: Literal["auxiliary"]
    range: tuple[float, float]
    is_: Expression
    start: float | tuple[float, float, float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class UnmetDoc(AuxiliaryDoc):
    """The sum of an actor's open demands: no author writes it, demands.py makes it and its formula."""


@dataclass(frozen=True, kw_only=True)
class DriverDoc(VariableDoc):
    """Comes from outside: a formula with luck, a path by quarter, or both."""

    kind: Literal["driver"]
    range: tuple[float, float]
    is_: Expression
    path: dict[str, float] | None = None
    start: float | tuple[float, float, float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class LeverDoc(VariableDoc):
    """Set by the player. `capital` per step of change, `cost_once` per unit of change, `cost_per_turn` per unit."""

    kind: Literal["lever"]
    range: tuple[float, float]
    start: float
    step: float
    group: Heading
    capital: Cost = 0.0
    cost_once: Cost = 0.0
    cost_per_turn: Cost = 0.0
    words: dict[float, str] = field(default_factory=dict)
    up: str = ""
    down: str = ""
    source: Source = field()  # without the default that it would inherit


@dataclass(frozen=True, kw_only=True)
class ParameterDoc(VariableDoc):
    """A constant."""

    kind: Literal["parameter"]
    value: float
    range: tuple[float, float] | None = None
    source: Source = field()  # without the default that it would inherit


@dataclass(frozen=True, kw_only=True)
class FlagDoc(VariableDoc):
    """Is or is not: 0 or 1."""

    kind: Literal["flag"]
    start: Literal[0, 1] = 0


KINDS: dict[str, type[VariableDoc]] = {
    "stock": StockDoc, "auxiliary": AuxiliaryDoc, "driver": DriverDoc,
    "lever": LeverDoc, "parameter": ParameterDoc, "flag": FlagDoc,
}


# --- cards and what else can happen

@dataclass(frozen=True, kw_only=True)
class EffectDoc(Part):
    """One of add (a number to a variable), set (a flag), follow (a card), promise."""

    add: float | None = None
    set_: Literal[0, 1] | None = None
    to: str | None = None
    follow: str | None = None
    promise: str | None = None
    after: Annotated[int, Interval(ge=0, le=MAX_TURNS)] = 0
    for_: Turns | Literal["always"] = 1
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class ChoiceDoc(Part):
    id: str
    label: str
    bargain: str
    default: bool = False
    history: bool = False
    when: Expression | None = None
    needs: str = ""
    cost: Cost = 0.0
    capital: Cost = 0.0
    effects: tuple[EffectDoc, ...] = ()
    odds: Expression | None = None
    success: tuple[EffectDoc, ...] = ()
    failure: tuple[EffectDoc, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CardDoc(Part):
    id: str
    title: str
    text: str
    claim: Claim
    source: Source
    choices: tuple[ChoiceDoc, ...]
    picture: str | None = None
    tags: tuple[str, ...] = ()
    objective: str = ""
    when: Expression | None = None
    chance: Expression | None = None
    weight: Expression | None = None
    scheduled: bool = False
    follow: bool = False
    announce: Annotated[int, Interval(ge=0, le=12)] = 0
    threat: str = ""
    averted_if: Expression | None = None
    cooldown: Turns | None = None
    once: bool = False
    group: str | None = None
    effects: tuple[EffectDoc, ...] = ()


@dataclass(frozen=True, kw_only=True)
class InitiativeDoc(Part):
    id: str
    title: str
    text: str
    group: Heading
    claim: Claim
    source: Source
    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    when: Expression | None = None
    needs: str = ""
    cost: Cost = 0.0
    capital: Cost = 0.0
    cooldown: Turns | None = None
    once: bool = False
    picture: str | None = None
    tags: tuple[str, ...] = ()
    objective: str = ""
    effects: tuple[EffectDoc, ...] = ()
    odds: Expression | None = None
    success: tuple[EffectDoc, ...] = ()
    failure: tuple[EffectDoc, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MoveDoc(Part):
    id: str
    actor: str
    tone: Literal["hard", "soft", "plain"]
    title: str
    text: str
    appeal: Expression
    claim: Claim
    source: Source
    when: Expression | None = None
    odds: Expression | None = None
    cooldown: Turns | None = None
    effects: tuple[EffectDoc, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PromiseDoc(Part):
    id: str
    to: str
    title: str
    within: Turns
    kept_if: Expression
    kept: tuple[EffectDoc, ...] = ()
    broken: tuple[EffectDoc, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DemandDoc(Part):
    """What an actor wants: it stands while `when` holds and is met while `met_if` does. `core`: it will not bend, and
    what it `bars` (initiatives, card/choice) is closed while it stands."""

    id: str
    actor: str
    title: str
    text: str
    salience: Annotated[int, Interval(ge=1, le=5)]
    met_if: Expression
    claim: Claim
    source: Source
    when: Expression | None = None
    needs: str = ""
    core: bool = False
    bars: tuple[str, ...] = ()


# --- actors, goals, endings

@dataclass(frozen=True, kw_only=True)
class ActorDoc(Part):
    id: str
    label: str
    side: Side
    seat: str = ""
    relations: str | None = None
    leverage: str | None = None
    memory: str | None = None
    attention: Annotated[int, Interval(ge=0, le=2)] = 1
    temper: Annotated[float, Interval(ge=0, le=10)] = 0.5
    wants: str = ""
    gives: str = ""
    punishes: str = ""
    baseline: str = ""


@dataclass(frozen=True, kw_only=True)
class IndicatorDoc(Part):
    variable: str
    good: Literal["up", "down", "band"]
    small: float
    medium: float
    large: float
    band: tuple[float, float] | None = None
    warn: float | None = None
    crisis: float | None = None
    icon: str = ""
    bar: bool = False
    history: str | None = None
    section: str = ""


@dataclass(frozen=True, kw_only=True)
class GoalDoc(Part):
    id: str
    label: str
    is_: Expression
    icon: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class LevelsDoc(Part):
    achieved: Annotated[float, Interval(ge=0, le=100)]
    partly: Annotated[float, Interval(ge=0, le=100)]


@dataclass(frozen=True, kw_only=True)
class PriorityDoc(Part):
    id: str
    label: str
    goals: dict[str, LevelsDoc]
    text: str = ""
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class EndingDoc(Part):
    id: str
    kind: Literal["defeat", "finish"]
    title: str
    when: Expression
    text: str
    for_turns: Turns = 1
    warn_when: Expression | None = None
    warning: str = ""


@dataclass(frozen=True, kw_only=True)
class DifficultyDoc(Part):
    id: str
    label: str
    text: str = ""
    set_: dict[str, float] = field(default_factory=dict)
    default: bool = False


@dataclass(frozen=True, kw_only=True)
class TitleDoc(Part):
    title: str
    subtitle: str = ""
    when: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class SentenceDoc(Part):
    text: str
    when: Expression | None = None


@dataclass(frozen=True, kw_only=True)
class VerdictDoc(Part):
    titles: tuple[TitleDoc, ...] = ()
    sentences: tuple[SentenceDoc, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MapFlowDoc(Part):
    id: str
    from_: str
    to: str
    side: Side
    variable: str
    full: Annotated[float, Ge(0)]
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class MapDoc(Part):
    flows: tuple[MapFlowDoc, ...] = ()


# --- how the model is compared with what happened

@dataclass(frozen=True, kw_only=True)
class BoundDoc(Part):
    """A yearly add-factor on variable `to` may be at most this large, in its unit or in per cent of a variable."""

    to: str
    most: Cost
    percent_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class CompareDoc(Part):
    """A column of history.csv and the variable that should follow it.

    A year is met within `percent` of the real figure or within `units` of the variable, whichever is wider; `mean`
    bounds the mean error, in per cent if `percent` is given. Years `set_aside`, with the reason, are not judged; those
    `listed` are known to miss their tolerance even when anchored, with the reason.
    """

    variable: str
    percent: Cost | None = None
    units: Cost | None = None
    mean: Cost | None = None
    same_sign: bool = False
    set_aside: dict[int, str] = field(default_factory=dict)
    listed: dict[int, str] = field(default_factory=dict)
    add_factor: BoundDoc | None = None


@dataclass(frozen=True, kw_only=True)
class ExogenisedDoc(Part):
    """A variable that follows a column in mode driven; `instead` gives other figures for some years."""

    column: str
    quarters: Literal["share", "same", "line"]
    instead: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CalibrationDoc(Part):
    """What `history` plays and compares; `add_factors` by variable and year are for mode anchored alone."""

    fitted_until: int
    until: int
    compare: dict[str, CompareDoc]
    exogenised: dict[str, ExogenisedDoc] = field(default_factory=dict)
    add_factors: dict[str, dict[int, float]] = field(default_factory=dict)


# --- the whole

@dataclass(frozen=True, kw_only=True)
class Length(Part):
    label: str
    turns: Turns
    minutes: Annotated[int, Ge(1)]
    title: str = ""  # told when the last quarter is over
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class AgendaDoc(Part):
    places: Annotated[int, Interval(ge=1, le=3)] = 3
    initiatives: Annotated[int, Interval(ge=0, le=5)] = 2
    patience: Annotated[int, Interval(ge=0, le=8)] = 2
    quiet: Cost = 0.6


@dataclass(frozen=True, kw_only=True)
class RolesDoc(Part):
    cash: str
    credit: str
    capital: str
    capital_income: str


@dataclass(frozen=True, kw_only=True)
class Document(Part):
    """A whole scenario after `extends` and `remove`; `variables` in row order, `moves` sorted by id."""

    format: Literal[1]
    id: str
    title: str
    start: str
    player: str
    lengths: dict[str, Length]
    roles: RolesDoc
    variables: dict[str, VariableDoc]
    actors: tuple[ActorDoc, ...]
    summary: str = ""
    picture: str | None = None
    extends: str | None = None
    licence: str = ""
    agenda: AgendaDoc = field(default_factory=AgendaDoc)
    cards: tuple[CardDoc, ...] = ()
    initiatives: tuple[InitiativeDoc, ...] = ()
    moves: tuple[MoveDoc, ...] = ()
    promises: tuple[PromiseDoc, ...] = ()
    demands: tuple[DemandDoc, ...] = ()
    indicators: tuple[IndicatorDoc, ...] = ()
    goals: tuple[GoalDoc, ...] = ()
    priorities: tuple[PriorityDoc, ...] = ()
    endings: tuple[EndingDoc, ...] = ()
    difficulties: tuple[DifficultyDoc, ...] = ()
    verdict: VerdictDoc = field(default_factory=VerdictDoc)
    map: MapDoc = field(default_factory=MapDoc)
    calibration: CalibrationDoc | None = None


# Sections that are lists of things with a name of their own; they merge by it.
LISTS = {"cards": "id", "initiatives": "id", "moves": "id", "promises": "id", "demands": "id", "actors": "id",
         "goals": "id", "priorities": "id", "endings": "id", "difficulties": "id", "indicators": "variable"}
