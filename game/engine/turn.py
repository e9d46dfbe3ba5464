"""One turn of the game: start reading here.

    begin    the opened first turn of a batch of games
    play     decisions of a turn -> the opened next turn, and what happened

A turn is a pure function: rules + state + decisions -> new state + report. The order inside it is binding:
drivers -> auxiliaries -> agenda, shown -> decisions of all seats -> effects that are due, and levers ->
auxiliaries -> all stocks at once from those -> auxiliaries that are levels -> endings -> report.
Read next: formulas.py (what is computed), agenda.py (cards), landing.py (effects), ledger.py (why).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.engine import agenda, landing
from game.engine.decisions import Decisions, Settled, options, settle
from game.engine.dice import Dice, roll
from game.engine.formulas import Reading, added, compute, driver_luck, held, lasting
from game.engine.landing import Decided
from game.engine.state import NONE, RUNNING, State, array_fields, blank_state
from game.engine.stocks import Step, move_stock
from game.engine.tables import FLAG, Rules

RULES_VERSION = 1  # raised whenever the same log would give other numbers


@dataclass(frozen=True)
class Report:
    """What one turn did, for all games; the ledger is made from it on demand."""

    before: State
    settled: Settled
    decided: Decided
    bills: list[tuple[tuple, np.ndarray, np.ndarray]]
    steps: tuple[Step, ...]
    values: np.ndarray  # [rows, games] that the resolution used
    closing: np.ndarray  # [rows, games] as of the last day
    adds: np.ndarray  # [rows, games] effects in force


def begin(rules: Rules, seed: int, games: int = 1, first_game: int = 0, turns: int = 12,
          parameters: dict[int, float] | None = None) -> State:
    """The opened first turn; `parameters` replaces values of parameter rows (difficulty)."""
    state = blank_state(rules, seed, games, first_game, turns, parameters or {})
    for _ in range(2):  # once for what has no start value, once more so that all agree
        values = _opened_values(rules, state, _luck(rules, state)).values
        for row, variable in enumerate(rules.tables.variables):
            if variable.start is None:
                state.values[row] = values[row]
                state.past[:, row] = values[row]
    state = replace(state, closing=state.values.copy())
    return open_turn(rules, state)


def open_turn(rules: Rules, state: State, still: bool = False) -> State:
    """Compute drivers and auxiliaries and draw the agenda; `still` means median luck and no cards."""
    dice = None if still else roll(rules, state.seed, state.first_game, state.games, state.turn)
    reading = _opened_values(rules, state, _luck(rules, state, dice))
    state = replace(state, values=np.where(state.running, reading.values, state.closing))
    if dice is None:
        return replace(state, agenda=np.full_like(state.agenda, NONE), lapsing=np.full_like(state.lapsing, NONE))
    return agenda.open_agenda(rules, state, reading, dice)


def reading_of(rules: Rules, state: State) -> Reading:
    """What conditions, odds and weights read: the values on the screen."""
    return Reading(rules, state.values, state.past, state.turn)


def play(rules: Rules, state: State, wanted: Decisions, still: bool = False) -> tuple[State, Report]:
    """Resolve the turn and open the next; `still` plays without luck, cards and other actors' moves.

    Raises ValueError if every game of the batch has ended.
    """
    if not state.running.any():
        raise ValueError("every game of this batch has ended")
    dice = roll(rules, state.seed, state.first_game, state.games, state.turn)
    shown = reading_of(rules, state)
    settled = settle(rules, state, options(rules, state, shown), wanted)
    decided = landing.gather(rules, state, shown, settled, dice, moves=not still)
    due = landing.send(rules, state.due, decided.landed, state.turn)
    bills = landing.charges(rules, state, settled)
    now = due[state.turn % len(due)]
    adds = added(rules, now, state.standing)

    used = _resolved_values(rules, state, settled, adds, _luck(rules, state, None if still else dice))
    jumps = _jumps(rules, adds, bills, used)
    steps = tuple(move_stock(rules, n, used, jumps[stock.row]) for n, stock in enumerate(rules.tables.stocks))
    closing = _closing_values(rules, used, steps, adds)
    report = Report(state, settled, decided, bills, steps, used.values, closing, adds)
    after = _advance(rules, state, report, due)
    return open_turn(rules, _freeze(state, after), still), report


def _luck(rules: Rules, state: State, dice: Dice | None = None) -> np.ndarray:
    """Draws of the drivers [drivers, games]; without dice the median ones."""
    return np.zeros((len(rules.luck_rows), state.games)) if dice is None else driver_luck(rules, dice.drivers)


def _opened_values(rules: Rules, state: State, luck: np.ndarray) -> Reading:
    reading = Reading(rules, state.values.copy(), state.past, state.turn, luck)
    compute(reading, added(rules, state.due[state.turn % len(state.due)], state.standing), rules.tables.order)
    return reading


def _resolved_values(rules: Rules, state: State, settled: Settled, adds: np.ndarray, luck: np.ndarray) -> Reading:
    """Values with flags, levers and due effects in place: what the flows run on."""
    reading = Reading(rules, state.values.copy(), state.past, state.turn, luck)
    for row, variable in enumerate(rules.tables.variables):
        if variable.kind == FLAG:
            reading.values[row] = held(rules, row, reading.values[row] + adds[row])
    for i, lever in enumerate(rules.tables.levers):
        reading.values[lever.row] = settled.levers[i]
    compute(reading, adds, rules.tables.order)
    return reading


def _jumps(rules: Rules, adds: np.ndarray, bills: list, used: Reading) -> np.ndarray:
    """Effects, costs and the income of political capital by row [rows, games]."""
    roles, jumps = rules.tables.roles, adds.copy()
    jumps[roles.capital] = jumps[roles.capital] + used.values[roles.capital_income]
    for _, cash, capital in bills:
        jumps[roles.cash] = jumps[roles.cash] - cash
        jumps[roles.capital] = jumps[roles.capital] - capital
    return jumps


def _closing_values(rules: Rules, used: Reading, steps: tuple[Step, ...], adds: np.ndarray) -> np.ndarray:
    """Levels as of the last day: moved stocks, and the auxiliaries that are levels computed from them."""
    reading = replace(used, values=used.values.copy())
    for stock, step in zip(rules.tables.stocks, steps, strict=True):
        reading.values[stock.row] = step.level
        for flow, unmet in zip(stock.flows, step.unmet, strict=True):
            if flow.unmet_row >= 0:
                reading.values[flow.unmet_row] = unmet / flow.scale + 0.0
    _lapse_capital(rules, reading.values)
    levels = tuple(row for row in rules.tables.order if rules.tables.variables[row].closing)
    compute(reading, adds, levels)
    return reading.values


def _lapse_capital(rules: Rules, closing: np.ndarray) -> None:
    """At most two turns' income of political capital is carried over."""
    roles = rules.tables.roles
    kept = np.minimum(closing[roles.capital], 2.0 * closing[roles.capital_income])
    closing[roles.capital] = held(rules, roles.capital, kept)


def _advance(rules: Rules, state: State, report: Report, due: np.ndarray) -> State:
    """The state at the start of the next turn, before it opens; what is due now is taken from `due`."""
    turn, decided = state.turn, report.decided
    now = due[turn % len(due)].copy()
    due[turn % len(due)] = 0.0
    follow, promised = state.follow_due.copy(), np.where(state.promised == turn, NONE, state.promised)
    for column, (kind, target) in enumerate(rules.columns):
        if kind == "follow":
            follow[target] = np.where(now[column] > 0.0, turn + 1, follow[target])
        elif kind == "promise":
            term = turn + rules.tables.promises[target].within
            made = (now[column] > 0.0) & (promised[target] == NONE)  # a promise that runs keeps its first term
            promised[target] = np.where(made, term, promised[target])
    moved = state.moved.copy()
    for m in range(len(rules.tables.moves)):
        moved[m] = np.where((decided.moves == m).any(axis=0), turn, moved[m])
    landed = state.landed.copy()
    landed[turn] = decided.landed
    state = replace(
        state, turn=turn + 1, values=report.closing, closing=report.closing,
        past=np.concatenate([report.values[None], state.past[:-1]]), due=due,
        standing=lasting(rules, now, state.standing), landed=landed, follow_due=follow, promised=promised,
        played=np.where(decided.initiatives, turn, state.played), moved=moved,
    )
    return _endings(rules, state, report)


def _endings(rules: Rules, state: State, report: Report) -> State:
    """Endings in file order, then the planned end of the game."""
    reading = replace(reading_of(rules, state), values=report.closing, turn=state.turn - 1, past=report.before.past)
    turns_held, ended = state.ending_turns.copy(), state.ended.copy()
    for e, ending in enumerate(rules.tables.endings):
        turns_held[e] = np.where(reading.holds(ending.when), turns_held[e] + 1, 0)
        ended = np.where((ended == RUNNING) & (turns_held[e] >= ending.for_turns), e, ended)
    if state.turn >= state.turns:
        ended = np.where(ended == RUNNING, len(rules.tables.endings), ended)
    ended_turn = np.where((ended != RUNNING) & (state.ended_turn == NONE), state.turn - 1, state.ended_turn)
    return replace(state, ending_turns=turns_held, ended=ended.astype(np.int16), ended_turn=ended_turn)


def _freeze(before: State, after: State) -> State:
    """A game that had ended before this turn stays as it was."""
    if before.running.all():
        return after
    old, running = array_fields(before), before.running
    return replace(after, **{name: np.where(running, new, old[name]) for name, new in array_fields(after).items()})
