"""The registry of everything that an author may write in a formula or an effect.

A new function is one entry here (and one operation in engine/expr.py): arguments, units, bounds and the
sentence for the manual. The parser, the manual and the editor schema read this and nothing else.
Read next: expressions.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.content import bounds
from game.content.bounds import Interval

# How units combine. SAME: all arguments alike, the result too. ALIKE: all alike, the result is a plain
# number. SCALE: a plain number keeps the other's unit. QUOTIENT: alike cancel. BRANCHES: as SAME, but the
# first argument is a condition. PLAIN: any unit goes in, a plain number comes out. Two known units that
# are multiplied, or divided by one another, give a unit that is not known.
SAME, ALIKE, SCALE, QUOTIENT, BRANCHES, PLAIN = "same", "alike", "scale", "quotient", "branches", "plain"


@dataclass(frozen=True)
class Verb:
    """A function: `shape` is shown to authors, `least` and `most` count arguments (most None: any number)."""

    shape: str
    text: str
    least: int
    most: int | None
    units: str
    bounds: Callable[..., Interval]


@dataclass(frozen=True)
class Operator:
    """An operator between two values; a higher `binding` holds tighter."""

    node: str
    binding: int
    units: str
    bounds: Callable[..., Interval]


@dataclass(frozen=True)
class Word:
    """Something written as a function or name that reads the game's state; how is up to the parser."""

    shape: str
    text: str


FUNCTIONS: dict[str, Verb] = {
    "if": Verb("if(condition, a, b)", "a where the condition holds, else b.", 3, 3, BRANCHES, bounds.choose),
    "min": Verb("min(a, b, ...)", "The smallest.", 2, None, SAME, bounds.smallest),
    "max": Verb("max(a, b, ...)", "The largest.", 2, None, SAME, bounds.largest),
    "abs": Verb("abs(a)", "a without its sign.", 1, 1, SAME, bounds.absolute),
    "sqrt": Verb("sqrt(a)", "Square root; of a negative number, 0.", 1, 1, PLAIN, bounds.root),
    "ln": Verb("ln(a)", "Natural logarithm; a should be positive.", 1, 1, PLAIN, bounds.ln),
    "exp": Verb("exp(a)", "e to the power a.", 1, 1, PLAIN, bounds.exp),
    "pow": Verb("pow(a, b)", "a to the power b; 0 where a is not positive.", 2, 2, PLAIN, bounds.power),
    "logistic": Verb("logistic(a)", "1 / (1 + exp(-a)): from 0 to 1, one half at 0.", 1, 1, PLAIN, bounds.logistic),
    "ratio": Verb("ratio(a, b, otherwise)", "a / b, or `otherwise` where b is 0.", 3, 3, QUOTIENT, bounds.ratio),
    "curve": Verb("curve(x, x0, y0, x1, y1, ...)",
                  "Straight lines through the points (x0, y0), (x1, y1), ...; flat outside. The points are numbers, "
                  "each x greater than the one before.", 5, None, PLAIN, bounds.truth),
}

# Functions of one variable's past. The first two break a cycle: what they read is already known.
MEMORY: dict[str, Word] = {
    "last": Word("last(x)", "x a quarter ago."),
    "year_ago": Word("year_ago(x)", "x four quarters ago."),
    "year_sum": Word("year_sum(x)", "Sum of x over this and the three quarters before."),
    "year_mean": Word("year_mean(x)", "Mean of x over this and the three quarters before."),
}

REFERENCES: dict[str, Word] = {
    "unmet": Word("unmet(stock.flow)", "What a flow of a physical stock wanted and did not get last quarter."),
    "chosen": Word("chosen(card-id/choice-id)", "1 if that choice was ever taken."),
    "played": Word("played(initiative-id)", "1 if that initiative was ever played."),
    "made": Word("made(move-id)", "1 if that move was ever made."),
}

WORDS: dict[str, Word] = {
    "turn": Word("turn", "1 in the first quarter, 2 in the next, ..."),
    "quarter": Word("quarter", "1 to 4."),
    "date": Word("date >= 2011-Q2", "Compares the quarter; also <, <=, >, == and !=."),
    "luck": Word("luck", "A driver's own draw each quarter from the standard normal distribution (drivers only)."),
    "path": Word("path", "A driver's own table by quarter (drivers with `path` only)."),
    "self": Word("last(self)", "The variable that is being defined, for its own past."),
}

OPERATORS: dict[str, Operator] = {
    "or": Operator("or", 1, PLAIN, bounds.truth),
    "and": Operator("and", 2, PLAIN, bounds.truth),
    "<": Operator("lt", 4, ALIKE, bounds.truth),
    "<=": Operator("le", 4, ALIKE, bounds.truth),
    ">": Operator("gt", 4, ALIKE, bounds.truth),
    ">=": Operator("ge", 4, ALIKE, bounds.truth),
    "==": Operator("eq", 4, ALIKE, bounds.truth),
    "!=": Operator("ne", 4, ALIKE, bounds.truth),
    "+": Operator("add", 5, SAME, bounds.add),
    "-": Operator("sub", 5, SAME, bounds.sub),
    "*": Operator("mul", 6, SCALE, bounds.mul),
    "/": Operator("div", 6, QUOTIENT, bounds.div),
}
NOT_BINDING, SIGN_BINDING, COMPARISON = 3, 7, 4

# Slips from other languages -> what to write.
FOREIGN = {
    "=": "`=` gives no value here; to compare, write ==", "^": "for powers write pow(a, b)",
    "**": "for powers write pow(a, b)", "&&": "write and", "||": "write or", "&": "write and", "|": "write or",
    "!": "write not", "%": "there is no %: write 0.05 for 5 %", "?": "write if(condition, a, b)",
    ":": "write if(condition, a, b)", ";": "a formula is a single expression",
}

EFFECTS: dict[str, Word] = {
    "add": Word("{add: 30, to: fuel_deliveries}",
                "Adds a number (negative: takes away). On a stock it changes the level; on an auxiliary or driver it "
                "is added after the formula and before the range."),
    "set": Word("{set: 1, to: has_depot}", "Sets a flag to 1 or 0."),
    "follow": Word("{follow: card-id, after: 3}",
                   "Puts a card on the agenda in three turns, if its `when` then holds."),
    "promise": Word("{promise: promise-id}", "Makes a promise; it falls due after its `within`."),
    "after": Word("after: 2", "Lands two turns later (0, the default: at the end of this turn)."),
    "for": Word("for: 4", "Repeats an `add` in four turns; `for: always`, on auxiliaries and drivers, never ends."),
    "because": Word("because: a debt of gratitude", "How the change is called where the game explains a number."),
}

RESERVED = {*FUNCTIONS, *MEMORY, *REFERENCES, *WORDS, "and", "or", "not", "start"}


def combine(policy: str, units: list[str | None]) -> tuple[str | None, tuple[str, str] | None]:
    """The unit of a result, and the two units that clash if there are such. None: a plain number or not known."""
    if policy == BRANCHES:
        units = units[1:]
    known = list(dict.fromkeys(unit for unit in units if unit))
    if policy in (SAME, ALIKE, BRANCHES):
        clash = (known[0], known[1]) if len(known) > 1 else None
        return (None if policy == ALIKE or not known else known[0]), clash
    if policy == SCALE:
        left = [unit for unit in units if unit]
        return (left[0] if len(left) == 1 else None), None
    if policy == QUOTIENT:
        return (units[0] if not units[1] else None), None
    return None, None
