"""A still world: what a turn's decisions do with median luck, no cards and no moves of others.

Copies of one game, side by side, each with one thing done differently, are played in one batch for some turns; the
difference to the first copy, the reference, is the effect. Decisions are put straight on their way as landings and
charges, never through the purse. It weighs what was decided (see game/view/turning.py); what a decision may bring is
forecast.py, which shares with it how a decision is written down (`Variant`) and lands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.engine.arrivals import Arrivals, of_ring
from game.engine.decisions import Decisions, nothing
from game.engine.landing import send
from game.engine.state import LAPSES, NONE, RUNNING, State, landing_slots, repeat_game
from game.engine.tables import Agenda, ChoiceTable, Option, Rules
from game.engine.turn import play

HORIZON = 8  # turns looked ahead at most: two years, as far as announced effects of a lesson reach


@dataclass(frozen=True)
class Base:
    """Decisions of a turn as they land, for one game: landed [slots], levers [levers] settings, one-off charges."""

    landed: np.ndarray
    levers: np.ndarray
    cash: float
    capital: float


@dataclass(frozen=True)
class Variant:
    """One difference to the base: landings added, slots emptied, charges added, one lever (or -1) set otherwise."""

    landings: tuple[int, ...] = ()
    without: tuple[int, ...] = ()
    cash: float = 0.0
    capital: float = 0.0
    lever: int = NONE
    setting: float = 0.0


@dataclass(frozen=True)
class Preview:
    """What each variant changes: reference [turns, rows], changes [turns, rows, variants] in the rows' units."""

    reference: np.ndarray
    changes: np.ndarray


@dataclass(frozen=True)
class Phase:
    """A stretch of turns in which an effect shows: first turn, turn after the last, largest change with its sign."""

    first: int
    stop: int
    peak: float
    lasting: bool  # still there at the horizon


def lever_charge(lever, now: float, setting: float) -> tuple[float, float]:
    """One-off cash and capital of moving a lever; its running cost follows from its level."""
    distance = abs(float(setting) - float(now))
    return lever.cost_once * distance, lever.capital * float(np.floor(distance / lever.step + 0.5))


def without_card(state: State, wanted: Decisions, place: int) -> tuple[State, Decisions]:
    """The same situation with nothing answered (not even the default) at one place of the agenda."""
    agenda, choices = state.agenda.copy(), wanted.choices.copy()
    agenda[place], choices[place] = NONE, NONE
    return replace(state, agenda=agenda), replace(wanted, choices=choices)


def outcomes(option: Option) -> tuple[Variant, ...]:
    """An option as variants: success, and failure if it is a gamble."""
    landings = (option.landing,) if option.odds is None else (option.landing, option.landing_failure)
    return tuple(Variant((landing,), cash=option.cost, capital=option.capital) for landing in landings)


def lever_steps(rules: Rules, state: State) -> list[Variant]:
    """Every lever one step down and one step up from where it stands, in pairs; held within its range."""
    found = []
    for i, lever in enumerate(rules.tables.levers):
        now = float(state.values[lever.row, 0])
        for step in (-lever.step, lever.step):
            setting = min(max(now + step, float(rules.low[lever.row, 0])), float(rules.high[lever.row, 0]))
            found.append(Variant((), (), *lever_charge(lever, now, setting), i, setting))
    return found


def horizon_of(state: State) -> int:
    """Turns worth looking ahead: what comes after the planned end of the game matters to nobody."""
    return max(1, min(HORIZON, state.turns - state.turn))


def preview(rules: Rules, state: State, base: Base, variants: list[Variant], rows: list[int],
            horizon: int = HORIZON) -> Preview:
    """Play the base and all variants side by side; `rows` are the variables compared.

    The game's own end and its endings are left out: `horizon` alone says how far is looked.
    """
    bare = rules.part(_bare)
    batch = _copies(rules, state, base, variants, horizon)
    values = []
    for _ in range(horizon):
        batch, report = play(bare, batch, nothing(bare, batch), still=True)
        values.append(report.closing[rows])
    levels = np.array(values)
    return Preview(levels[:, :, 0], levels[:, :, 1:] - levels[:, :, :1])


def phases(changes: np.ndarray, threshold: float) -> tuple[Phase, ...]:
    """Where an effect [turns] is at least `threshold`: one phase, or two if it turns round later."""
    seen = np.abs(changes) >= threshold
    if not seen.any():
        return ()
    first = int(np.argmax(seen))
    turned = np.flatnonzero(seen & (np.sign(changes) != np.sign(changes[first])) & (np.arange(len(changes)) > first))
    if not len(turned):
        return (_phase(changes, seen, first, len(changes)),)
    return _phase(changes, seen, first, int(turned[0])), _phase(changes, seen, int(turned[0]), len(changes))


def _phase(changes: np.ndarray, seen: np.ndarray, first: int, end: int) -> Phase:
    sign = np.sign(changes[first])
    here = first + np.flatnonzero(seen[first:end] & (np.sign(changes[first:end]) == sign))
    peak = here[np.argmax(np.abs(changes[here]))]
    stop = int(here[-1]) + 1
    return Phase(first, stop, float(changes[peak]), stop == len(changes))


def charged(rules: Rules) -> Rules:
    """The same rules with two columns more, for charges on cash and capital."""
    roles = rules.tables.roles
    return replace(rules, columns=(*rules.columns, ("add", roles.cash), ("add", roles.capital)))


def with_charges(state: State, cash: float | np.ndarray, capital: float | np.ndarray) -> Arrivals:
    """State.due for `charged` rules, with charges for this turn on their way."""
    due, games = state.due, state.games
    charges = np.concatenate([np.zeros(games) - cash, np.zeros(games) - capital])
    wide = due._replace(columns=due.columns + 2)
    return wide.plus({state.turn: (due.columns * games + np.arange(2 * games), charges)})


def sent(rules: Rules, due: Arrivals, landed: np.ndarray, turn: int) -> tuple[np.ndarray, Arrivals]:
    """What lands in this turn [columns, games] and later, with landings [slots, games] added; no game has ended."""
    return send(rules, *due.split(turn, np.zeros(0, dtype=np.intp)), landed, turn)


def _bare(rules: Rules) -> Rules:
    """The model alone, with charges: no cards, moves, promises or endings."""
    tables = replace(rules.tables, cards=(), initiatives=(), actors=(), moves=(), promises=(), endings=(),
                     agenda=Agenda(0, 0, rules.tables.agenda.quiet))
    one, zero = np.ones((1, 1), dtype=bool), np.zeros((1, 1))
    choices = ChoiceTable(one, zero, zero, ~one, np.zeros((1, 1), dtype=np.int16), np.zeros(1, dtype=np.intp), (), ())
    columns = tuple(("none", target) if kind in ("follow", "promise") else (kind, target)
                    for kind, target in rules.columns)
    return charged(replace(rules, tables=tables, choices=choices, columns=columns))


def _copies(rules: Rules, state: State, base: Base, variants: list[Variant], horizon: int) -> State:
    """The batch to play: the base first, then each variant, with this turn's decisions on their way."""
    games, turn = len(variants) + 1, state.turn
    batch = repeat_game(state, games)
    values = batch.values.copy()
    levers = np.repeat(base.levers[:, None], games, axis=1)
    charges = np.full((2, games), [[base.cash], [base.capital]])
    for game, variant in enumerate(variants, 1):
        charges[:, game] += (variant.cash, variant.capital)
        if variant.lever != NONE:
            levers[variant.lever, game] = variant.setting
    for i, lever in enumerate(rules.tables.levers):
        values[lever.row] = levers[i]
    due = _decided(rules.part(charged), batch, with_charges(batch, *charges), base, variants)

    def none(shape: tuple[int, ...]) -> np.ndarray:
        return np.zeros((*shape, games), dtype=np.int32)

    empty = none((0,))
    return replace(
        batch, turns=turn + horizon + 1, values=values, due=due, landed=(none((LAPSES,)),) * (turn + horizon + 1),
        shown=empty, waiting=empty, follow_due=empty, threat_due=empty, averted=empty, played=empty, moved=empty,
        promised=empty, agenda=empty, lapsing=none((LAPSES,)) + NONE, ending_turns=empty,
        ended=np.full(games, RUNNING, dtype=np.int16), ended_turn=np.full(games, NONE, dtype=np.int32))


def _decided(rules: Rules, batch: State, due: Arrivals, base: Base, variants: list[Variant]) -> Arrivals:
    """Effects on their way with those of the base and of each variant."""
    extra = max([len(v.landings) for v in variants], default=0)
    slots = landing_slots(rules).count
    landed = np.zeros((slots + extra, batch.games), dtype=np.int16)
    landed[:slots] = base.landed[:, None]
    for game, variant in enumerate(variants, 1):
        landed[list(variant.without), game] = 0
        landed[slots: slots + len(variant.landings), game] = variant.landings
    now, later = sent(rules, due, landed, batch.turn)
    ring = later.ring()
    ring[batch.turn % later.delays] = now
    return of_ring(ring, batch.turn)
