"""What a person reads, as plain data: the window draws these pages, the text edition prints them.

Every string is ready to show (plain words, units, true minus, no markup but **bold**); numbers beside the
strings are for bars, dots and charts only. Nothing here knows of pygame or of print. The builders live in
desk.py, card.py, cabinet.py, report.py, why.py, verdict.py, newgame.py and help.py; what a decision may bring is in
prospects.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.view.prospects import EffectLine, Fan

# Words used in several pages
# side:      "russia" | "china" | "third" | "home" | "world"   colour and shape of an actor
# judgement: "better" | "worse" | "same" | "mixed"             never shown by colour alone
# status:    "ok" | "warn" | "crisis"


@dataclass(frozen=True)
class Figure:
    """One indicator as it stands.

    One rule for all figures: arrow and change compare with what the desk showed a quarter ago, opening against
    opening. For a stock that is the change of the last quarter, as in the report; a figure that moved as the
    quarter opened also says where the last quarter ended.
    """

    id: str
    label: str
    icon: str
    text: str  # "17.3 %", "$2.3 bn"
    value: float
    change_text: str  # since last quarter's desk: "+0.5", "no change"; "" on the first turn
    arrow: str  # "up" | "down" | "same"
    judgement: str
    status: str
    status_text: str  # "below 20 days: warning"; "" when ok
    note: str  # one sentence: what it is and why it matters
    last_text: str  # "Last quarter ended at 16.1 %."; "" where that is what is shown


@dataclass(frozen=True)
class Gauge:
    """A dependence bar: value and marks as shares 0-1."""

    id: str
    label: str
    side: str
    value: float
    text: str
    marks: tuple[float, ...]
    note: str


@dataclass(frozen=True)
class Relation:
    """How another actor stands to the player: dots 0-5 and a word say the same."""

    id: str
    label: str
    side: str
    value: float
    dots: int
    word: str  # "wary", "friendly"
    change_text: str
    note: str  # wants, gives, punishes
    refers: str  # id of the variable, for "why?"


@dataclass(frozen=True)
class Dispatch:
    date: str  # "2011 Q2"
    text: str
    side: str
    tone: str  # "hard" | "soft" | "plain"


@dataclass(frozen=True)
class Coming:
    """Something on its way. kind: date | odds | promise | payment | threat | effect | election."""

    kind: str
    turns: int  # quarters from now, 0 = this quarter
    when: str  # "in 2 quarters"
    text: str
    odds: float | None = None  # 0-1, shown as a filled pie and in the text


@dataclass(frozen=True)
class FlowLine:
    """A flow on the map between two places, width 0-1."""

    id: str
    start: str
    end: str
    side: str
    width: float
    label: str
    text: str


@dataclass(frozen=True)
class CardHead:
    """A card waiting on the desk."""

    place: int
    title: str
    picture: str
    decided: str  # label of the choice taken, "" while open


@dataclass(frozen=True)
class Purse:
    """What is committed this turn, and what is left."""

    cash_text: str
    cash_after_text: str
    capital: int  # whole points owned
    capital_committed: int
    capital_text: str  # "2 left of 4; 2 committed"
    lines: tuple[tuple[str, str], ...]  # what is committed: (what, cost)


@dataclass(frozen=True)
class Desk:
    title: str  # of the scenario
    date: str  # "2011 Q1"
    season: str  # "January to March 2011"
    turn_text: str  # "Turn 1 of 12"
    bar: tuple[Figure, ...]
    sections: tuple[tuple[str, tuple[Figure, ...]], ...]  # all indicators by heading
    gauges: tuple[Gauge, ...]
    relations: tuple[Relation, ...]
    briefing: tuple[str, ...]  # at most three facts
    warnings: tuple[str, ...]  # what may end the game soon
    dispatches: tuple[Dispatch, ...]  # newest first
    coming: tuple[Coming, ...]
    flows: tuple[FlowLine, ...]
    cards: tuple[CardHead, ...]
    purse: Purse
    end_hint: str  # what is still undecided: "2 cards will take their default"; "" when nothing is


@dataclass(frozen=True)
class ChoiceLine:
    index: int
    label: str
    bargain: str
    cost_text: str  # "$45 m, 1 political capital", "nothing"
    odds_text: str  # "works with 60 %"; "" without a gamble
    effects: tuple[EffectLine, ...]  # the strongest, at most four
    smaller: tuple[EffectLine, ...]  # the others
    fans: tuple[Fan, ...]  # of the indicators that it moves most, at most two
    comes_back: tuple[str, ...]  # at most two: "A promise falls due in 4 quarters", "Something may follow"
    refusal: str  # sentence with a fix; "" when it may be chosen
    chosen: bool
    is_default: bool


@dataclass(frozen=True)
class CardPage:
    place: int
    kicker: str  # "April to June 2011 · Energy"
    title: str
    text: str
    picture: str
    claim: str  # "Fact", "Interpretation: sources differ", "Invented"
    source: str  # "Financial Times, May 2011: 35,000 t of diesel a month at sowing"
    objective: str
    ahead: str  # how far and how was looked ahead, or that this is still being worked out
    looking: bool  # effects and fans are still being worked out, and what comes back by them
    choices: tuple[ChoiceLine, ...]


@dataclass(frozen=True)
class LeverLine:
    index: int
    group: str
    label: str
    note: str
    low: float
    high: float
    step: float
    now: float
    setting: float
    now_text: str
    setting_text: str
    cost_text: str  # of the setting shown: "$14 m a quarter", "none"
    raise_effects: tuple[EffectLine, ...]
    lower_effects: tuple[EffectLine, ...]
    raise_fans: tuple[Fan, ...]  # at most one
    lower_fans: tuple[Fan, ...]
    raise_hope: str  # what the author says it is for, where the forecast sees nothing good of it; else ""
    lower_hope: str
    raise_refusal: str
    lower_refusal: str


@dataclass(frozen=True)
class InitiativeLine:
    index: int
    group: str
    title: str
    text: str
    capital: int
    cost_text: str
    odds_text: str
    likes: tuple[tuple[str, str], ...]  # (side, label)
    dislikes: tuple[tuple[str, str], ...]
    effects: tuple[EffectLine, ...]  # the strongest, at most three
    smaller: tuple[EffectLine, ...]  # the others
    fans: tuple[Fan, ...]  # at most one
    comes_back: tuple[str, ...]
    refusal: str
    chosen: bool
    source: str


@dataclass(frozen=True)
class Cabinet:
    date: str
    turn_text: str
    purse: Purse
    groups: tuple[tuple[str, str, str], ...]  # (id, label, icon) in order
    levers: tuple[LeverLine, ...]
    initiatives: tuple[InitiativeLine, ...]
    initiatives_text: str  # "1 of 2 initiatives this quarter"
    plan: tuple[EffectLine, ...]  # what all that is decided here does together, the strongest first
    fans: tuple[Fan, ...]  # of the indicators that it moves most, at most three
    planned: bool  # all that is decided was looked at together
    ahead: str  # how far and how was looked ahead, or that this is still being worked out
    looking: bool  # effects and fans are still being worked out, and what comes back by them


@dataclass(frozen=True)
class Cause:
    text: str  # "Russian export duty"
    amount_text: str  # "−6"
    amount: float
    judgement: str
    refers: str  # id of a variable for a further "why?", or ""
    name: str  # what it is, without the reason behind it: "export duty"


@dataclass(frozen=True)
class ChangeRow:
    id: str
    label: str
    icon: str
    before_text: str
    after_text: str
    change_text: str
    arrow: str
    judgement: str
    size: str
    causes: tuple[Cause, ...]  # the largest two or three


@dataclass(frozen=True)
class NeighbourNote:
    """What another actor did this turn."""

    actor: str
    side: str
    word: str
    dots: int
    change_text: str
    text: str
    because: str


@dataclass(frozen=True)
class ReportPage:
    kicker: str  # "Turn report · April to June 2011"
    headline: str
    sentence: str
    picture: str
    facts: tuple[ChangeRow, ...]  # at most three, the decisive ones
    rows: tuple[ChangeRow, ...]  # every indicator
    neighbours: tuple[NeighbourNote, ...]
    happened: tuple[Dispatch, ...]
    decided: tuple[str, ...]  # the player's decisions in words
    coming: tuple[Coming, ...]
    warnings: tuple[str, ...]
    final: bool  # the game ended with this turn


@dataclass(frozen=True)
class WhyStep:
    """A stretch of a variable's way, from one number to the next; terms add up exactly as displayed."""

    head: str  # "2011 Q2", "As 2011 Q3 opens"
    before_text: str
    after_text: str
    change_text: str
    terms: tuple[Cause, ...]


@dataclass(frozen=True)
class WhyPage:
    """Why one variable stands where it stands.

    The report tells the last day of a quarter; the desk shows the next quarter as it opens, with its season, new
    world prices and one quarter more of history. `steps` leads from the one to the other: the last quarter, then
    the opening where that changed the number shown; each step begins where the one before ended.
    """

    id: str
    label: str
    note: str
    kind: str  # "stock", "computed", "from outside", "set by you", "constant", in plain words
    formula: str  # in labels, not ids
    value_text: str
    steps: tuple[WhyStep, ...]  # () before the first quarter has ended
    source: str
    inputs: tuple[tuple[str, str, str], ...]  # (id, label, value text) it is computed from
    feeds: tuple[tuple[str, str], ...]  # (id, label) of what reads it


@dataclass(frozen=True)
class GoalLine:
    id: str
    label: str
    icon: str
    value: float  # 0-100
    fifths: int  # 0-5 for the ring
    word: str  # "weak", "fair", "good"
    text: str  # "20 days of fuel, one seller"


@dataclass(frozen=True)
class PriorityLine:
    label: str
    outcome: str  # "achieved" | "partly" | "missed"
    text: str


@dataclass(frozen=True)
class Chart:
    id: str
    label: str  # with unit
    ticks: tuple[str, ...]  # one for each quarter, "" where no label stands
    you: tuple[float, ...]
    history: tuple[tuple[float, float], ...]  # (quarter index, value)
    you_text: str
    history_text: str
    marks: tuple[tuple[int, int], ...]  # (quarter index, number of a turning point)


@dataclass(frozen=True)
class TurningPoint:
    number: int
    title: str  # what was decided
    date: str
    effects: tuple[str, ...]  # from the ledger: "Fuel stock +80 kt in all"
    turn: int


@dataclass(frozen=True)
class VerdictPage:
    kicker: str
    title: str
    subtitle: str
    picture: str
    ending: str  # how the game ended
    goals: tuple[GoalLine, ...]
    priorities: tuple[PriorityLine, ...]
    sentences: tuple[str, ...]
    turning_points: tuple[TurningPoint, ...]
    charts: tuple[Chart, ...]
    footnote: str  # rewinds, verification


@dataclass(frozen=True)
class Pick:
    """An item to choose from on the new game page."""

    id: str
    label: str
    text: str
    aside: str  # "12 quarters, about 45 minutes"
    icon: str  # icon or picture name


@dataclass(frozen=True)
class NewGame:
    scenarios: tuple[Pick, ...]
    lengths: tuple[Pick, ...]
    difficulties: tuple[Pick, ...]
    priorities: tuple[Pick, ...]
    default_difficulty: str


@dataclass(frozen=True)
class HelpPage:
    keys: tuple[tuple[str, str], ...]  # (key, what it does)
    how: tuple[str, ...]  # how to play, ten lines
    glossary: tuple[tuple[str, str], ...]  # (label, what it is), by label
