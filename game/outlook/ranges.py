"""Which conclusions flip when a judged number is at the end of its range instead of where we put it.

A fixed short list of conclusions is drawn from games of bots that decide quickly: once with all numbers as they are,
and again with each judged number at its low and at its high. `work` lists the pieces, `do` plays one (several
variants in one batch: each has games of its own, and bots that are compared play the same), `summary` says what flips.

A conclusion flips if it is clear by two standard errors as things are, and the contrary is as clear in a variant; it
weakens if in a variant neither is clear. Either way the variant must differ from things as they are by more than chance
gives in so many variants (BEYOND). What is not clear as things are is open. Read next: balance.py, which shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.content import Scenario
from game.content.document import FlagDoc, ParameterDoc
from game.engine.state import RUNNING, State, array_fields, state_of
from game.engine.tables import DEFEAT
from game.engine.turn import begin, play, reading_of
from game.outlook.audit import CLEAR
from game.outlook.depth import ERRORS
from game.outlook.policies import COURT, bot_dice
from game.outlook.study import Study, name_of
from game.outlook.workers import Stop

GAMES = 100  # of each simple policy for each variant: a lead is then known to half a point
COURT_GAMES = 20  # of those that court a partner, for what they do is large and differs little from game to game
TOGETHER = 12  # judged numbers in one batch: with low and high some 2000 games, see batch.py
BASE_GAMES = 2_000
BEYOND = 3.5  # standard errors: by chance one of 4000 variants, and some hundreds are tried
NAME = "ranges"
IDLE, SPREAD = "nothing", "diversify"
SIMPLE = (IDLE, "cautious", "lean-north", "lean-south", "please-both", SPREAD)
WORDS = {IDLE: "doing nothing", "cautious": "caution", "lean-north": "leaning on the north",
         "lean-south": "leaning on the south", "please-both": "pleasing both neighbours", SPREAD: "spreading ties"}
MOST = 0.5  # of games

Piece = tuple[str, int, int]  # NAME, first judged number, how many; as they are: NAME, -1, 0
Mean = tuple[float, float]  # mean and its standard error


@dataclass(frozen=True)
class Judged:
    """A judged number: the id of its variable, and where its range ends."""

    variable: str
    value: float
    low: float
    high: float


def judged(scenario: Scenario) -> list[Judged]:
    """All judged constants and start values with a range; four quarters at once are left as they are."""
    found = []
    for name, doc in scenario.document.variables.items():
        source = doc.source
        value = doc.value if isinstance(doc, ParameterDoc) else getattr(doc, "start", None)
        if source is None or source.confidence != "judged" or isinstance(doc, FlagDoc) or isinstance(value, tuple):
            continue
        if value is not None and source.low is not None and source.high is not None and source.low < source.high:
            found.append(Judged(name, float(value), source.low, source.high))
    return found


def work(study: Study) -> list[Piece]:
    """As things are, then the judged numbers, several at a time."""
    count = len(judged(study.scenario))
    return [(NAME, -1, 0), *((NAME, first, min(TOGETHER, count - first)) for first in range(0, count, TOGETHER))]


def partners(study: Study) -> list[str]:
    return [actor.id for actor in study.scenario.document.actors if actor.relations]


def courting(study: Study) -> tuple[str, ...]:
    """Bots that court a partner, and the one that they are compared with."""
    return (IDLE, *(COURT + actor for actor in partners(study)))


def do(study: Study, piece: Piece, stop: Stop = lambda: False) -> dict | None:
    """What was measured in each variant of a piece, in the order low, high of each number; None if stopped."""
    _, first, count = piece
    if first < 0:
        variants, games = [study.parameters], (BASE_GAMES, BASE_GAMES)
    else:
        rows = [(study.scenario.row(j.variable), j) for j in judged(study.scenario)[first: first + count]]
        variants = [{**study.parameters, row: value} for row, j in rows for value in (j.low, j.high)]
        games = (GAMES, COURT_GAMES)
    seen = [_by_variant(study, bots, variants, min(count, max(study.games, 2)), stop)
            for bots, count in zip((SIMPLE, courting(study)), games, strict=True)]
    if None in seen:
        return None
    return {"variants": [_measured(study, simple, courts) for simple, courts in zip(*seen, strict=True)]}


Seen = dict[str, tuple[np.ndarray, ...]]  # by bot: see _reached


def _by_variant(study: Study, bots: Sequence[str], variants: list[dict[int, float]], games: int,
                stop: Stop) -> list[Seen] | None:
    """What each bot reached in each variant, all bots in the same games; None if stopped."""
    start, seen = _begin(study, variants, games), {}
    for bot in bots:
        ended = _played(study, bot, start, stop)
        if ended is None:
            return None
        seen[bot] = _reached(study, ended)
    return [{bot: tuple(array[..., v * games: (v + 1) * games] for array in arrays) for bot, arrays in seen.items()}
            for v in range(len(variants))]


def _begin(study: Study, variants: list[dict[int, float]], games: int) -> State:
    """All variants in one batch, one after the other."""
    states = [begin(study.rules, study.seed, games, n * games, study.turns, parameters)
              for n, parameters in enumerate(variants)]
    each = [array_fields(state) for state in states]
    joined = {name: np.concatenate([arrays[name] for arrays in each], axis=-1) for name in each[0]}
    return state_of(study.rules, joined, study.seed, 0, 0, study.turns)


def _played(study: Study, bot: str, state: State, stop: Stop) -> State | None:
    policy = study.policy(bot)
    while np.count_nonzero(state.ended == RUNNING):
        if stop():
            return None
        wanted = policy(study.rules, state, reading_of(study.rules, state), bot_dice(study.rules, state))
        state, _ = play(study.rules, state, wanted)
    return state


def _reached(study: Study, state: State) -> tuple[np.ndarray, ...]:
    """Utilities [pairs, games], goals [goals, games], whether defeated [1, games]."""
    reading = reading_of(study.rules, state)
    goals = np.array([reading.number(node) for node in study.rules.tables.goals])
    defeats = [n for n, ending in enumerate(study.rules.tables.endings) if ending.kind == DEFEAT]
    return study.utilities(state), goals, np.isin(state.ended, defeats)[None] * 1.0


# --- what is measured in one variant

def _measured(study: Study, seen: Seen, courts: Seen) -> dict:
    """Figures from which all conclusions follow, as plain data."""
    return {
        "best": [_best({bot: seen[bot][0][pair] for bot in SIMPLE}) for pair in range(len(study.pairs))],
        "favourite": _favourite({bot: reached[0] for bot, reached in courts.items()}),
        "idle": _mean(seen[IDLE][2][0]),
        "spread": _mean(seen[IDLE][2][0] - seen[SPREAD][2][0]),
        "courts": {bot: [_mean(own - idle) for own, idle in zip(reached[1], courts[IDLE][1], strict=True)]
                   for bot, reached in courts.items() if bot != IDLE},
    }


def _mean(values: np.ndarray) -> Mean:
    return (float(f"{values.mean():.4g}"), float(f"{values.std(ddof=1) / np.sqrt(len(values)):.3g}"))


def _best(reached: dict[str, np.ndarray]) -> dict:
    """The best bot, and its lead over each other."""
    best = max(reached, key=lambda bot: reached[bot].mean())
    return {"bot": best, "leads": {bot: _mean(reached[best] - own) for bot, own in reached.items() if bot != best}}


def _favourite(reached: dict[str, np.ndarray]) -> Mean | None:
    """The least lead, over all rivals and sets of priorities, of the partner for which it is greatest."""
    leads = []
    for bot, own in reached.items():
        rivals = [other for rival, other in reached.items() if rival != bot]
        if bot != IDLE and len(rivals) > 1:
            leads.append(min((_mean(a - b) for rival in rivals for a, b in zip(own, rival, strict=True)),
                             key=lambda mean: mean[0]))
    return max(leads, key=lambda mean: mean[0], default=None)


# --- conclusions

@dataclass(frozen=True)
class Conclusion:
    """`says` holds while the number is above 0; `found` reads the number from what a variant measured. The number is
    shown with `offset` added, in `unit`."""

    says: str
    found: Sequence[Mean]  # as things are, then each variant
    unit: str
    offset: float = 0.0
    sign: float = 1.0


def summary(study: Study, done: dict[str, dict]) -> dict | None:
    """The conclusions with what flips them, as plain data; None before everything was played."""
    if any(name_of(piece) not in done for piece in work(study)):
        return None
    variants = [variant for piece in work(study) for variant in done[name_of(piece)]["variants"]]
    ends = [(j, side) for j in judged(study.scenario) for side in ("low", "high")]
    labels = {name: doc.label for name, doc in study.scenario.document.variables.items()}
    found = [_told(conclusion, ends, labels) for conclusion in _conclusions(study, variants)]
    return {"judged": len(ends) // 2, "games": min(GAMES, max(study.games, 2)), "conclusions": found}


def _conclusions(study: Study, variants: list[dict]) -> list[Conclusion]:
    document, base = study.scenario.document, variants[0]
    labels = {priority.id: f"\u201c{priority.label}\u201d" for priority in document.priorities}
    found = []
    for n, pair in enumerate(study.pairs):
        best = base["best"][n]["bot"]
        found.append(Conclusion(f"For {' and '.join(labels[p] for p in pair)}, {WORDS[best]} does best of the simple "
                                "policies", [_lead(v["best"][n], best) for v in variants], "points"))
    if base["favourite"] is not None:
        way = 1.0 if base["favourite"][0] > CLEAR else -1.0
        found.append(Conclusion(f"{'A' if way > 0.0 else 'No'} partner is worth courting more than all others and than "
                                "nothing, whatever is wanted",
                                [(way * (x - CLEAR), error) for x, error in (v["favourite"] for v in variants)],
                                "points", CLEAR, way))
    share, _ = base["idle"]
    way = 1.0 if share > MOST else -1.0
    found.append(Conclusion(f"Doing nothing ends in defeat in {'more' if way > 0 else 'less'} than half of the games",
                            [(way * (x - MOST), error) for x, error in (v["idle"] for v in variants)], "share", MOST,
                            way))
    way = 1.0 if base["spread"][0] > 0.0 else -1.0
    found.append(Conclusion(f"Doing nothing ends in defeat {'more' if way > 0 else 'less'} often than spreading ties",
                            [(way * x, error) for x, error in (v["spread"] for v in variants)], "share", 0.0, way))
    return found + [_court(study, actor, variants) for actor in partners(study)]


def _lead(best: dict, bot: str) -> Mean:
    """The lead of a bot over the strongest rival; below 0 if another is the best."""
    if best["bot"] == bot:
        return min(best["leads"].values(), key=lambda mean: mean[0])
    lead, error = best["leads"][bot]
    return -lead, error


def _court(study: Study, actor: str, variants: list[dict]) -> Conclusion:
    """What courting a partner does to the goal that it moves most surely."""
    document = study.scenario.document
    label = next(a.label for a in document.actors if a.id == actor)
    means = variants[0]["courts"][COURT + actor]
    goal = max(range(len(means)), key=lambda n: abs(means[n][0]) / max(means[n][1], 1e-9))
    way = 1.0 if means[goal][0] > 0.0 else -1.0
    verb = "raises" if way > 0.0 else "lowers"
    return Conclusion(f"{label}: courting it {verb} the goal \u201c{document.goals[goal].label}\u201d",
                      [(way * v["courts"][COURT + actor][goal][0], v["courts"][COURT + actor][goal][1])
                       for v in variants], "points", 0.0, way)


def _told(conclusion: Conclusion, ends: list[tuple[Judged, str]], labels: dict[str, str]) -> dict:
    """The conclusion, its number as things are and where it is least and most sure, and what flips or weakens it."""
    base, *others = conclusion.found
    clear = base[0] > ERRORS * base[1]
    moved = [n for n, (mean, error) in enumerate(others)
             if clear and base[0] - mean > BEYOND * float(np.hypot(error, base[1]))]
    flips = [n for n in moved if others[n][0] < -ERRORS * others[n][1]]
    weak = [n for n in moved if abs(others[n][0]) <= ERRORS * others[n][1]]

    def shown(mean: float) -> float:
        return float(f"{conclusion.offset + conclusion.sign * mean:.4g}")

    def at(n: int) -> dict:
        number, side = ends[n]
        return {"variable": number.variable, "label": labels[number.variable], "side": side,
                "value": getattr(number, side), "number": shown(others[n][0])}
    order = sorted(range(len(others)), key=lambda n: others[n][0])
    return {"says": conclusion.says, "unit": conclusion.unit, "number": shown(base[0]), "error": base[1],
            "verdict": "open" if not clear else "flips" if flips else "weakens" if weak else "holds",
            "flips": [at(n) for n in sorted(flips, key=lambda n: others[n][0])],
            "weakens": [at(n) for n in sorted(weak, key=lambda n: others[n][0])],
            "least": at(order[0]) if order else None, "most": at(order[-1]) if order else None}
