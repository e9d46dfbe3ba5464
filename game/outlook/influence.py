"""What drives what, found by playing: how each variable moves, what sets games apart, and which way each link pulls.

Three measures, all from the same games of the random bot:

moves    shares of all movement. The ledger splits each quarter's change of a variable into terms; their sizes are
         added up over all quarters and games. The shares of one variable add up to 1.
apart    for each indicator, how much of the differences between games at the end goes with one outside thing: the
         mean of a driver or of a lever over the game, how often a choice was taken, an initiative played, a move
         made. It is the square of the correlation; things overlap, so these do not add up.
signs    + if more of the input makes more of the output, - if less, "mixed" if both happen, "" if neither does. The
         input alone is nudged, at the start and in states that the games came to; where that makes no difference (a
         refinery that no game completed), in quarters and states drawn from all ranges.

Used by the model page. Read next: game/reports/model_page.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from game.content import Scenario
from game.engine.expr import LEAVES, Node, compile_expr
from game.engine.formulas import Reading
from game.engine.ledger import ledger
from game.engine.luck import BOTS, uniforms
from game.engine.state import NONE, PAST, State
from game.engine.tables import AUXILIARY, DRIVER, FLAG, LEVER, PARAMETER, STOCK, UNMET, Rules, compile_rules
from game.engine.turn import Report, begin, play, reading_of
from game.outlook.policies import bot_dice, random_policy
from game.outlook.simulate import difficulty_values

GAMES = 400
SEED = 1
NOTED = 4.0  # standard errors: what goes with the differences by less is taken for chance
FEW = 10  # games: what happened in fewer, or did not happen in fewer, says nothing
SAME = 0.9  # correlation with something stronger, above which a thing adds nothing new
NUDGE = 0.05  # of how far the input's values lie apart
STATES = 40  # games whose states are nudged
DRAWS, QUARTERS = 120, 8  # states drawn from all ranges, in each of so many quarters of the longest length
LEANS = 0.98  # share of nudges that must point one way
CLOCKS = ("turn", "quarter", "date")
FRESHEST = ("now", "year_sum", "year_mean", "last", "year_ago")  # which reading of a variable is nudged

Ref = tuple  # ("variable", row) | ("flow", n) | ("effect", cause) | ("season",) | ("bill", what) | ("limit",) ...
Outside = tuple  # ("variable", row) | ("choice", card, choice) | ("initiative", n) | ("move", n)


@dataclass
class Influence:
    """`moves` by row and `apart` by the indicator's row: the strongest first; `signs` by (output row, input row)."""

    games: int
    turns: int
    moves: dict[int, list[tuple[Ref, float]]] = field(default_factory=dict)
    apart: dict[int, list[tuple[Outside, float, int]]] = field(default_factory=dict)  # (what, share, +1 or -1)
    signs: dict[tuple[int, int], str] = field(default_factory=dict)


def influence(scenario: Scenario, games: int = GAMES, progress: Callable[[int, int], None] = lambda done, of: None,
              stop: Callable[[], bool] = lambda: False) -> Influence | None:
    """Plays the scenario's first length at its default difficulty; None if stopped."""
    rules, turns = compile_rules(scenario.tables), next(iter(scenario.document.lengths.values())).turns
    parameters = {scenario.row(name): float(value) for name, value in difficulty_values(scenario, None).items()}
    state = begin(rules, SEED, games, 0, turns, parameters)
    moved, seen, sampled = _Moved(), _Seen(rules, games), []
    while state.running.any():
        if stop():
            return None
        progress(state.turn, turns)
        if state.turn % 3 == 0:
            sampled.append(_few(state))
        wanted = random_policy(rules, state, reading_of(rules, state), bot_dice(rules, state))
        after, report = play(rules, state, wanted)
        moved.add(rules, report)
        seen.add(report)
        state = after
    rows = [scenario.row(indicator.variable) for indicator in scenario.document.indicators]
    longest = max(length.turns for length in scenario.document.lengths.values())
    return Influence(games, turns, moved.shares(), {row: seen.apart(state.closing[row]) for row in rows},
                     _signs(rules, sampled, longest))


# --- shares of movement

class _Moved:
    """Sizes of the ledger's terms by row."""

    def __init__(self) -> None:
        self._sizes: dict[int, dict[Ref, float]] = defaultdict(lambda: defaultdict(float))

    def add(self, rules: Rules, report: Report) -> None:
        running = report.before.running
        for row, account in ledger(rules, report).items():
            sums: dict[Ref, np.ndarray] = defaultdict(float)
            for term in account.terms:
                sums[_ref(rules, term.kind, term.ref)] += term.amount  # last(x) and x are the same thing
            for ref, amount in sums.items():
                self._sizes[row][ref] += float(np.abs(amount[running]).sum())

    def shares(self) -> dict[int, list[tuple[Ref, float]]]:
        found = {}
        for row, sizes in self._sizes.items():
            total = sum(sizes.values())
            if total > 0.0:
                found[row] = sorted(((ref, size / total) for ref, size in sizes.items() if size), key=lambda x: -x[1])
        return found


def _ref(rules: Rules, kind: str, ref: object) -> Ref:
    if kind == "input":
        if ref[0] in CLOCKS:
            return ("season",)
        return ("variable", owner(rules, ref[1])) if ref[0] not in ("luck", "path") else (ref[0],)
    if kind == "bill":
        return ("bill", ref[0])
    return (kind, ref) if kind in ("flow", "effect") else (kind,)


def owner(rules: Rules, row: int) -> int:
    """The variable behind a hidden row: a stock for what a flow of it did not get."""
    variable = rules.tables.variables[row]
    if variable.kind != UNMET:
        return row
    return next((s.row for s in rules.tables.stocks if any(f.unmet_row == row for f in s.flows)), row)


# --- what sets games apart

class _Seen:
    """What each game met: sums of drivers and levers over its turns, and counts of what was decided."""

    def __init__(self, rules: Rules, games: int) -> None:
        t = rules.tables
        self._rows = [row for row, v in enumerate(t.variables) if v.kind in (DRIVER, LEVER)]
        self._sums, self._turns = np.zeros((len(self._rows), games)), np.zeros(games)
        self._chosen = np.zeros((*rules.choices.exists.shape, games))
        self._played, self._made = np.zeros((len(t.initiatives), games)), np.zeros((len(t.moves), games))

    def add(self, report: Report) -> None:
        running, decided, games = report.before.running, report.decided, np.arange(len(self._turns))
        self._sums[:, running] += report.values[self._rows][:, running]
        self._turns += running
        for place, card in enumerate(report.before.agenda):
            here = games[running & (card != NONE)]
            self._chosen[card[here], decided.choices[place][here], here] += 1.0
        for move in decided.moves:
            here = games[running & (move != NONE)]
            self._made[move[here], here] += 1.0
        self._played += decided.initiatives & running

    def _things(self) -> Iterator[tuple[Outside, np.ndarray]]:
        for row, total in zip(self._rows, self._sums, strict=True):
            yield ("variable", row), total / np.maximum(self._turns, 1.0)
        for card, choice in np.argwhere(self._chosen[:-1].any(axis=2)):  # the last card is none
            yield ("choice", int(card), int(choice)), self._chosen[card, choice]
        for kind, counts in (("initiative", self._played), ("move", self._made)):
            for n, count in enumerate(counts):
                yield (kind, n), count

    def apart(self, ends: np.ndarray) -> list[tuple[Outside, float, int]]:
        """What goes with the differences of `ends` [games], the strongest first."""
        found, games = [], len(ends)
        for thing, met in self._things():
            some = min(np.count_nonzero(met), np.count_nonzero(met != met.max()))
            r = _correlation(met, ends) if some >= FEW else 0.0
            if r * r * games > NOTED**2:
                found.append((thing, met, r))
        found.sort(key=lambda entry: -abs(entry[2]))
        kept: list[tuple[Outside, np.ndarray, float]] = []
        for thing, met, r in found:
            if all(abs(_correlation(met, other)) < SAME for _, other, _ in kept):
                kept.append((thing, met, r))
        return [(thing, r * r, 1 if r > 0.0 else -1) for thing, _, r in kept]


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    a, b = a - a.mean(), b - b.mean()
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / size if size > 0.0 else 0.0


# --- which way a link pulls

Sample = tuple[int, np.ndarray, list[np.ndarray]]  # turn, values [rows, states], past: quarters of such values


def _few(state: State) -> Sample:
    """Turn, values and past of some games; at the start all are alike."""
    games = slice(0, 1 if state.turn == 0 else STATES)
    return state.turn, state.values[:, games], [quarter[:, games] for quarter in state.past]


def links(rules: Rules) -> dict[int, list[Node]]:
    """The formulas behind each row: its own, or those of a stock's flows (each scaled to a turn)."""
    found = {row: [v.formula] for row, v in enumerate(rules.tables.variables) if v.formula is not None}
    for stock in rules.tables.stocks:
        found[stock.row] = [("mul", ("number", flow.scale), flow.formula) for flow in stock.flows]
    return found


def _drawn(rules: Rules, start: np.ndarray, longest: int) -> list[Sample]:
    """States with each variable anywhere in its range; constants stay as they are in `start` [rows, 1]."""
    t, found = rules.tables, []
    fixed = np.array([v.kind in (PARAMETER, UNMET) for v in t.variables])[:, None]
    flags = np.array([v.kind == FLAG for v in t.variables])[:, None]
    low, high = np.where(fixed, start, rules.low), np.where(fixed, start, rules.high)
    for turn in range(0, longest, max(longest // QUARTERS, 1)):
        quarters = []
        for n in range(PAST + 1):
            u = uniforms(SEED, n * DRAWS, DRAWS, turn, len(t.variables), BOTS)
            quarters.append(np.where(flags, u < 0.5, low + (high - low) * u))
        found.append((turn, quarters[0], quarters[1:]))
    return found


def _signs(rules: Rules, sampled: list[Sample], longest: int) -> dict[tuple[int, int], str]:
    spread = np.concatenate([values for _, values, _ in sampled], axis=1)
    steps = np.quantile(spread, 0.9, axis=1) - np.quantile(spread, 0.1, axis=1)
    levers = {lever.row: lever.step for lever in rules.tables.levers}
    found, drawn = {}, _drawn(rules, sampled[0][1], longest)
    for row, nodes in links(rules).items():
        exprs = [compile_expr(node) for node in nodes]
        leaves: dict[int, set[str]] = defaultdict(set)
        for expr in exprs:
            for leaf in expr.leaves:
                if leaf[0] in LEAVES and len(leaf) > 1 and leaf[0] not in ("luck", "path"):
                    leaves[leaf[1]].add(leaf[0])
        for source, kinds in leaves.items():
            target = (next(kind for kind in FRESHEST if kind in kinds), source)
            step = levers.get(source) or NUDGE * float(steps[source]) or _by_range(rules, source)
            way = _way([_pull(rules, exprs, target, step, *sample) for sample in sampled])
            found[row, owner(rules, source)] = way or _way(
                [_pull(rules, exprs, target, levers.get(source) or _by_range(rules, source), *sample)
                 for sample in drawn])
    return found


def _by_range(rules: Rules, row: int) -> float:
    """A nudge for what stands still in all games: a hundredth of its range, or of itself for an open range."""
    v = rules.tables.variables[row]
    size = v.high - v.low
    return 0.01 * (size if size < 1e9 else abs(v.start[-1] if v.start else 1.0) or 1.0)


def _pull(rules: Rules, exprs: list, target: Node, step: float, turn: int, values: np.ndarray,
          past: list[np.ndarray]) -> np.ndarray:
    """What the formulas give with the input above, less what they give with it below [states]."""
    reading = Reading(rules, values, past, turn, luck=np.zeros((len(rules.luck_rows), values.shape[1])))
    is_flag = rules.tables.variables[target[1]].kind == FLAG
    sides = []
    for way in (1.0, -1.0):
        total = np.zeros(values.shape[1])
        for expr in exprs:
            inputs = reading.inputs(expr)
            if target in expr.leaves:
                place = expr.leaves.index(target)
                inputs[place] = (way > 0.0) * 1.0 + 0.0 * inputs[place] if is_flag else inputs[place] + way * step
            total = total + expr.evaluate(inputs)
        sides.append(total)
    return sides[0] - sides[1]


def _way(parts: list[np.ndarray]) -> str:
    pulls = np.concatenate(parts)
    up, down = np.count_nonzero(pulls > 1e-12), np.count_nonzero(pulls < -1e-12)
    if not up + down:
        return ""
    return "+" if up >= LEANS * (up + down) else "-" if down >= LEANS * (up + down) else "mixed"


# --- what is behind a variable

DEPTH = 8  # levels down the model
LEAST = 0.002  # a share that is followed no further


def behind(rules: Rules, found: Influence, row: int) -> list[tuple[Ref, float]]:
    """Shares of a variable's movement by what is behind it, the largest first; they add up to 1.

    A computed variable's share is handed on to what it is computed from, in proportion, and a stock's to its flows
    and to the effects on it; a driver, a lever, a flow, an effect and the season are followed no further.
    """
    ends: dict[Ref, float] = defaultdict(float)

    def follow(ref: Ref, share: float, path: tuple[int, ...]) -> None:
        at = ref[1] if ref[0] == "variable" else -1
        kind = rules.tables.variables[at].kind if at >= 0 else -1
        parts = found.moves.get(at, []) if kind in (AUXILIARY, STOCK) and at not in path else []
        if not parts or len(path) >= DEPTH or share < LEAST:
            ends[ref] += share
            return
        for part, own in parts:
            follow(("flow", at, part[1]) if part[0] == "flow" else part, share * own, (*path, at))
    follow(("variable", row), 1.0, ())
    return sorted(ends.items(), key=lambda entry: -entry[1])
