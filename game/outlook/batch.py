"""Many games with one policy: counts and figures of what happened, the same for any chunk size.

Games are addressed by index: chunking changes speed only. Means are kept as sums of whole numbers (fixed
point), so that the order of adding cannot change a digit. Read next: simulate.py, which puts ids to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from game.engine.state import NONE, State
from game.engine.tables import Rules
from game.engine.turn import Report, begin, play, reading_of
from game.outlook.policies import Policy, bot_dice

CHUNK = 2_000  # games: fewer are slower (calls), more hardly faster (memory); no power of two (cache aliasing)
KEPT_BYTES = 31 * 2**20  # just below the largest block for which glibc's malloc would adapt
FIXED_BITS = 60  # of a fixed-point sum of a variable at the end of its range; a sign and a rounding bit stay free
Chunk = tuple[int, int]  # first game, games
REACH_LIMIT = 1e9  # a wider range (an undeclared one) is summed as if it ended here


@dataclass
class Tally:
    """What happened in `games` games; a turn counts only in games that had not ended."""

    games: int
    endings: np.ndarray  # [endings + 1]; the last is the planned end
    turns_played: int
    sums: np.ndarray  # [turns + 1, watched] fixed point, whole numbers: see means()
    scales: np.ndarray  # [watched]
    finals: np.ndarray  # [watched, games] at the end of each game
    shown: np.ndarray  # [cards]
    lapsed: np.ndarray  # [cards] took its default after waiting in vain
    taken: np.ndarray  # [cards, choices]
    gambles: np.ndarray  # [cards, 2] lost, won
    initiatives: np.ndarray  # [initiatives]
    moves: np.ndarray  # [moves]
    kept: np.ndarray  # [promises]
    broken: np.ndarray  # [promises]
    bound: np.ndarray  # [rows] games in which the range ever cut the variable
    not_finite: int  # games in which a number was lost; 0 unless the engine is broken

    def means(self) -> np.ndarray:
        """Mean of each watched variable at each turn's opening and at the end, [turns + 1, watched]."""
        return self.sums / (self.scales * max(self.games, 1))


def run(rules: Rules, policy: Policy, games: int, seed: int, turns: int,
        parameters: dict[int, float] | None = None, watch: tuple[int, ...] = (), chunk: int = CHUNK,
        progress: Callable[[int], None] | None = None, stop: Callable[[], bool] | None = None) -> Tally:
    """Play games 0 .. games - 1. `progress` hears how many are done; when `stop` says so, the chunks that are
    complete are the result."""
    do = player(rules, policy, games, seed, turns, parameters, watch)
    going_on = (lambda: False) if stop is None else stop
    parts = ((piece, do(piece, going_on)) for piece in chunks(games, chunk))
    return gather(rules, games, turns, watch, takewhile(lambda found: found[1] is not None, parts), progress)


def keep_memory() -> None:
    """From now on glibc's malloc keeps the arrays that a turn gives back for the next one."""
    np.empty(KEPT_BYTES, dtype=np.uint8)  # freed at once, and that is what it learns from


def chunks(games: int, size: int) -> list[Chunk]:
    return [(first, min(size, games - first)) for first in range(0, games, size)]


def player(rules: Rules, policy: Policy, games: int, seed: int, turns: int, parameters: dict[int, float] | None,
           watch: tuple[int, ...]) -> Callable[[Chunk, Callable[[], bool]], Tally | None]:
    """A function that plays a chunk of `games` games; None from it means that it was stopped."""
    scales = _blank(rules, games, turns, watch).scales

    def do(chunk: Chunk, stop: Callable[[], bool]) -> Tally | None:
        first, size = chunk
        return _chunk(rules, policy, size, seed, first, turns, parameters, watch, scales, stop)
    return do


def gather(rules: Rules, games: int, turns: int, watch: tuple[int, ...], parts: Iterable[tuple[Chunk, Tally]],
           progress: Callable[[int], None] | None = None) -> Tally:
    """Adds up chunks, whatever order they come in. If some are missing, only the games before the first gap count:
    what is left is then what fewer games would have given."""
    tally, finals = _blank(rules, games, turns, watch), []
    early: dict[int, Tally] = {}  # by first game
    for (first, _), part in parts:
        early[first] = part
        while tally.games in early:
            part = early.pop(tally.games)
            for name in COUNTS:
                setattr(tally, name, getattr(tally, name) + getattr(part, name))
            finals.append(part.finals)
            if progress is not None:
                progress(tally.games)
    tally.finals = np.concatenate([tally.finals, *finals], axis=1)
    return tally


COUNTS = ("games", "endings", "turns_played", "sums", "shown", "lapsed", "taken", "gambles", "initiatives", "moves",
          "kept", "broken", "bound", "not_finite")


def _blank(rules: Rules, games: int, turns: int, watch: tuple[int, ...]) -> Tally:
    t = rules.tables

    def zeros(*shape: int) -> np.ndarray:
        return np.zeros(shape, dtype=np.int64)

    rows = list(watch)
    reach = np.maximum(np.abs(rules.low[rows, 0]), np.abs(rules.high[rows, 0]))
    _, exponents = np.frexp(np.clip(reach, 1.0, REACH_LIMIT) * max(games, 1))
    return Tally(
        games=0, endings=zeros(len(t.endings) + 1), turns_played=0, sums=zeros(turns + 1, len(watch)),
        scales=np.ldexp(1.0, FIXED_BITS - exponents), finals=np.zeros((len(watch), 0)),
        shown=zeros(len(t.cards)), lapsed=zeros(len(t.cards)), taken=zeros(len(t.cards), rules.choices.exists.shape[1]),
        gambles=zeros(len(t.cards), 2), initiatives=zeros(len(t.initiatives)), moves=zeros(len(t.moves)),
        kept=zeros(len(t.promises)), broken=zeros(len(t.promises)), bound=zeros(len(t.variables)), not_finite=0,
    )


def _chunk(rules: Rules, policy: Policy, games: int, seed: int, first: int, turns: int,
           parameters: dict[int, float] | None, watch: tuple[int, ...], scales: np.ndarray,
           stop: Callable[[], bool] | None) -> Tally | None:
    """One chunk, played to the end; None if stopped on the way."""
    keep_memory()
    tally, rows = _blank(rules, games, turns, watch), list(watch)
    tally.games = games
    state = begin(rules, seed, games, first, turns, parameters)
    rows_cut = np.concatenate((rules.passes.order, [stock.row for stock in rules.tables.stocks])).astype(np.intp)
    bound = np.zeros((len(rows_cut), games), dtype=bool)
    lost = np.zeros(games, dtype=bool)
    for turn in range(turns + 1):
        held = np.clip(state.values[rows], -REACH_LIMIT, REACH_LIMIT)
        tally.sums[turn] = np.rint(held * scales[:, None]).astype(np.int64).sum(axis=1)
        if turn == turns or not state.running.any():
            tally.sums[turn:] = tally.sums[turn]
            break
        if stop is not None and stop():
            return None
        wanted = policy(rules, state, reading_of(rules, state), bot_dice(rules, state))
        after, report = play(rules, state, wanted)
        _count(tally, state, report)
        bound |= _bound(rules, report) & state.running
        lost |= ~np.isfinite(np.add.reduce(after.values, axis=0))  # one such number is enough
        state = after
    tally.endings = np.bincount(state.ended, minlength=len(tally.endings))
    tally.bound[rows_cut], tally.not_finite = bound.sum(axis=1), int(lost.sum())
    tally.finals = state.closing[rows]
    return tally


def _count(tally: Tally, state: State, report: Report) -> None:
    """Add what one turn did in the games that were running."""
    running, decided = state.running, report.decided
    tally.turns_played += int(running.sum())
    for place, card in enumerate(state.agenda):
        here = running & (card != NONE)
        np.add.at(tally.shown, card[here], 1)
        np.add.at(tally.taken, (card[here], decided.choices[place][here]), 1)
        gambled = here & (decided.gambles[place] != NONE)
        np.add.at(tally.gambles, (card[gambled], decided.gambles[place][gambled]), 1)
    for card in state.lapsing:
        np.add.at(tally.lapsed, card[running & (card != NONE)], 1)
    for move in decided.moves:
        np.add.at(tally.moves, move[running & (move != NONE)], 1)
    tally.initiatives += (decided.initiatives & running).sum(axis=1)
    tally.kept += decided.kept.sum(axis=1)
    tally.broken += decided.broken.sum(axis=1)


def _bound(rules: Rules, report: Report) -> np.ndarray:
    """Where a range cut off what a variable would have been this turn: drivers and auxiliaries in their order, then
    stocks [.., games]."""
    order = rules.passes.order
    cut = report.free < rules.low[order]
    cut |= report.free > rules.high[order]
    return np.concatenate((cut, report.steps.level != report.steps.free_level))
