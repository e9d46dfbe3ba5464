"""One turn of the game: start reading here.

    begin    the opened first turn of a batch of games
    play     decisions of a turn -> the opened next turn, and what happened

A turn is a pure function: rules + state + decisions -> new state + report. The order inside it is binding:
drivers -> auxiliaries -> agenda, shown -> decisions of all seats -> effects that are due, and levers ->
auxiliaries -> all stocks at once from those -> auxiliaries that are levels -> endings -> report.
Read next: passes.py (what is computed), agenda.py (cards), landing.py (effects), ledger.py (why).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.engine import agenda, landing
from game.engine.arrivals import Arrivals
from game.engine.decisions import Decisions, Settled, options, settle, table_of
from game.engine.dice import Dice
from game.engine.formulas import Reading, columns_of, inputs_of, lasting
from game.engine.landing import Bills, Decided
from game.engine.script import Inputs
from game.engine.state import NONE, RUNNING, AtHand, State, blank_state, frozen, repeat_game
from game.engine.tables import Rules

RULES_VERSION = 1  # raised whenever the same log would give other numbers


class Steps(NamedTuple):
    """How all stocks moved, [stocks, games] in the order of the tables: level before and after its range."""

    free_level: np.ndarray
    level: np.ndarray


class Report(NamedTuple):
    """What one turn did, for all games; the ledger is made from it on demand."""

    before: State
    settled: Settled
    decided: Decided
    bills: Bills
    inputs: Inputs  # what the resolution read; `inputs.values` are `values`
    steps: Steps
    values: np.ndarray  # [rows, games] that the resolution used
    free: np.ndarray  # [drivers and auxiliaries in order, games] what they would have been without their range
    closing: np.ndarray  # [rows, games] as of the last day


def begin(rules: Rules, seed: int, games: int = 1, first_game: int = 0, turns: int = 12,
          parameters: dict[int, float] | None = None) -> State:
    """The opened first turn; `parameters` replaces values of parameter rows (difficulty)."""
    state = blank_state(rules, seed, first_game, turns, parameters or {})
    for _ in range(2):  # once for what has no start value, once more so that all agree
        values = rules.passes.compute(_inputs(rules, state, np.zeros((len(rules.columns), 1))))
        for row, variable in enumerate(rules.tables.variables):
            if variable.start is None:
                state.values[row] = values[row]
                for quarter in state.past:
                    quarter[row] = values[row]
    return open_turn(rules, repeat_game(state.changed(closing=state.values.copy()), games))


def open_turn(rules: Rules, state: State, still: bool = False, dice: Dice | None = None) -> State:
    """Compute drivers and auxiliaries and draw the agenda; `still` means median luck and no cards. `dice`: the turn's,
    where they are at hand."""
    over = not np.count_nonzero(state.running)
    hand = None if over else _hand(rules, state, dice)
    if still:
        values = state.closing if over else _of_running(state, rules.passes.compute(_inputs(rules, state, hand.now)))
        return state.changed(values=values, at_hand=hand and hand.on(values), **agenda.empty_agenda(state))
    if over:
        return state.changed(values=state.closing, **agenda.empty_agenda(state), **agenda.when_over(state))
    values, read = rules.passes.open(_inputs(rules, state, hand.now, hand.dice.luck))
    values = _of_running(state, values)
    shown = Reading(rules, values, state.past, state.turn, read=read)
    drawn = agenda.draw_agenda(rules, state, shown, hand.dice)
    return state.changed(values=values, at_hand=hand.on(values, read), **drawn)


def _hand(rules: Rules, state: State, dice: Dice | None = None) -> AtHand:
    """What is known already of a turn, or what can be known before it is opened."""
    known = _known(rules, state)
    if known is not None:
        return known
    now, later = state.due.split(state.turn, (state.ended != RUNNING).nonzero()[0])
    dice = dice or Dice(rules, state.seed, state.first_game, state.games, state.turn)
    return AtHand(state.values, state.due, now, later, dice)


def _known(rules: Rules, state: State) -> AtHand | None:
    """What opening the turn under these rules has worked out; other rules have what they read in other places."""
    hand = state.known()
    return hand if hand is not None and hand.dice.rules.passes is rules.passes else None


def _inputs(rules: Rules, state: State, now: np.ndarray, luck: np.ndarray | None = None) -> Inputs:
    return inputs_of(rules, state.values, state.past, state.turn, now, state.standing, luck)


def _of_running(state: State, values: np.ndarray) -> np.ndarray:
    """Values that a pass has just made; a game that has ended shows its last day."""
    ended = (state.ended != RUNNING).nonzero()[0]
    if len(ended):
        values[:, ended] = state.closing[:, ended]
    return values


def reading_of(rules: Rules, state: State) -> Reading:
    """What conditions, odds and weights read: the values on the screen."""
    hand = _known(rules, state)
    return Reading(rules, state.values, state.past, state.turn, read=None if hand is None else hand.read)


def play(rules: Rules, state: State, wanted: Decisions, still: bool = False) -> tuple[State, Report]:
    """Resolve the turn and open the next; `still` plays without luck, cards and other actors' moves.

    Raises ValueError if every game of the batch has ended.
    """
    if not np.count_nonzero(state.running):
        raise ValueError("every game of this batch has ended")
    hand = _hand(rules, state)
    shown = Reading(rules, state.values, state.past, state.turn, read=hand.read)
    settled = settle(rules, state, options(rules, state, shown), wanted)
    decided = landing.gather(rules, state, shown, settled, hand.dice, moves=not still)
    bills = landing.charges(rules, state, settled)
    now, due = landing.send(rules, hand.now, hand.later, decided.landed, state.turn)

    values = state.values.copy()
    values[rules.part(table_of).levers.row] = settled.levers
    inputs = inputs_of(rules, values, state.past, state.turn, now, state.standing, None if still else hand.dice.luck,
                       _purses(rules, now, bills))
    found = rules.passes.resolve(inputs)
    steps = Steps(found.free_level, found.level)
    report = Report(state, settled, decided, bills, inputs, steps, values, found.free, found.closing)
    after = _advance(rules, state, report, due, now, found.endings != 0.0)
    ended = (state.ended != RUNNING).nonzero()[0]
    return open_turn(rules, frozen(state, after, ended) if len(ended) else after, still, hand.dice.next), report


def _purses(rules: Rules, due: np.ndarray, bills: Bills) -> np.ndarray:
    """What Passes.resolve is told of cash and capital. Charges that a forecast adds stand behind all other columns."""
    width = rules.passes.width
    if len(due) > width:
        bills.purses[:2] = due[width:]
    return bills.purses


def terms_of(rules: Rules) -> np.ndarray:
    """Turns in which promises are to be kept [promises, 1]."""
    return np.array([[promise.within] for promise in rules.tables.promises], dtype=np.int32).reshape(-1, 1)


def _advance(rules: Rules, state: State, report: Report, due: Arrivals, now: np.ndarray,
             endings: np.ndarray) -> State:
    """The state at the start of the next turn, before it opens; `now` [columns, games] is what lands of `due`.

    `endings` [endings, games] says which conditions hold on the last day.
    """
    turn, decided = state.turn, report.decided
    moved, slots = state.moved, decided.moves != NONE
    if np.count_nonzero(slots):
        slot, game = slots.nonzero()
        moved = moved.copy()
        moved[decided.moves[slot, game], game] = turn
    played = state.played
    if np.count_nonzero(decided.initiatives):
        played = np.where(decided.initiatives, turn, played)
    landed = (*state.landed[:turn], decided.landed, *state.landed[turn + 1:])
    past, ended = (report.values, *state.past[:-1]), _endings(rules, state, endings)
    just_ended, ended_past = (ended["ended_turn"] == turn).nonzero()[0], state.ended_past
    if len(just_ended) and np.count_nonzero(ended["ended"] == RUNNING):
        ended_past = (*ended_past, (just_ended, np.array([quarter[:, just_ended] for quarter in past])))
    return state.changed(
        turn=turn + 1, values=report.closing, closing=report.closing, past=past,
        ended_past=ended_past, due=due,
        standing=lasting(rules, now, state.standing), landed=landed, played=played, moved=moved, at_hand=None,
        **_announced(rules, state, now), **ended,
    )


def _announced(rules: Rules, state: State, now: np.ndarray) -> dict[str, np.ndarray]:
    """Follow-ups and promises that began with what landed `now` [columns, games], and promises that fell due."""
    turn, columns, follow, promised = state.turn, rules.part(columns_of), state.follow_due, state.promised
    column, target = columns.follow
    called = now[column] > 0.0
    if np.count_nonzero(called):
        follow = follow.copy()
        follow[target] = np.where(called, turn + 1, follow[target])
    fell_due = promised == turn
    if np.count_nonzero(fell_due):
        promised = np.where(fell_due, NONE, promised)
    column, target = columns.promise
    made = (now[column] > 0.0) & (promised[target] == NONE)  # a promise that runs keeps its first term
    if np.count_nonzero(made):
        promised = promised.copy()
        promised[target] = np.where(made, turn + rules.part(terms_of)[target], promised[target])
    return {"follow_due": follow, "promised": promised}


def patience_of(rules: Rules) -> np.ndarray:
    """Turns for which an ending must hold [endings, 1]."""
    return np.array([[ending.for_turns] for ending in rules.tables.endings])


def _endings(rules: Rules, state: State, holds: np.ndarray) -> dict[str, np.ndarray]:
    """Endings in file order, then the planned end of the game; `holds` [endings, games] on the last day."""
    holds = holds[: len(rules.tables.endings)]  # a preview plays without any
    turns_held, ended, ended_turn = state.ending_turns, state.ended, state.ended_turn
    if np.count_nonzero(holds):
        turns_held = np.where(holds, turns_held + 1, 0)
        due = turns_held >= rules.part(patience_of)
        ended = np.where((ended == RUNNING) & np.logical_or.reduce(due), due.argmax(axis=0), ended).astype(np.int16)
    elif np.count_nonzero(turns_held):
        turns_held = np.zeros_like(turns_held)
    if state.turn + 1 >= state.turns:
        ended = np.where(ended == RUNNING, len(rules.tables.endings), ended).astype(np.int16)
    if ended is not state.ended:
        ended_turn = np.where((ended != RUNNING) & (ended_turn == NONE), state.turn, ended_turn)
    return {"ending_turns": turns_held, "ended": ended, "ended_turn": ended_turn}
