"""What a decision is expected to do: copies of one game, side by side, each with one thing done differently.

All copies are played in one batch with median luck, no cards and no moves of others, for some turns; the
difference to the first copy, the reference, is the expected effect. Decisions are put straight on their way as
landings and charges, never through the purse, so that what cannot be paid now can still be shown; a gamble is
two copies, won and lost. Nothing here knows words: see game/view/effects.py. Read next: engine/turn.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.engine.arrivals import of_ring
from game.engine.decisions import Decisions, nothing, options, settle
from game.engine.dice import Dice
from game.engine.formulas import Reading
from game.engine.landing import gather, send
from game.engine.state import LAPSES, NONE, RUNNING, State, landing_slots, repeat_game
from game.engine.tables import Agenda, ChoiceTable, Option, Rules
from game.engine.turn import play, reading_of

HORIZON = 8  # turns looked ahead at most: two years, as far as announced effects of a lesson reach
ODDS_TURNS = 4  # turns for which changed odds of threats are looked at


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
    """What each variant changes: reference [turns, rows], changes [turns, rows, variants] in the rows' units,
    odds [turns up to ODDS_TURNS, cards, variants] changes of the chances of cards that are not announced yet (0-1)."""

    reference: np.ndarray
    changes: np.ndarray
    odds: np.ndarray


@dataclass(frozen=True)
class Phase:
    """A stretch of turns in which an effect shows: first turn, turn after the last, largest change with its sign."""

    first: int
    stop: int
    peak: float
    lasting: bool  # still there at the horizon


def base_of(rules: Rules, state: State, wanted: Decisions) -> Base:
    """How the decisions taken so far would land, gambles taken as won; `state` is an opened one-game state."""
    certain = rules.part(_certain)
    reading = reading_of(certain, state)
    settled = settle(certain, state, options(certain, state, reading), wanted)
    dice = Dice(certain, state.seed, state.first_game, 1, state.turn)
    landed = gather(certain, state, reading, settled, dice, moves=False).landed[:, 0]
    levers = settled.levers[:, 0]
    table, cash, capital = rules.choices, 0.0, 0.0
    for card, choice in zip(state.agenda[:, 0], settled.choices[:, 0], strict=True):
        cash, capital = cash + table.cost[card, choice], capital + table.capital[card, choice]
    for initiative, played in zip(rules.tables.initiatives, settled.initiatives[:, 0], strict=True):
        if played:
            cash, capital = cash + initiative.option.cost, capital + initiative.option.capital
    for lever, setting in zip(rules.tables.levers, levers, strict=True):
        once, points = lever_charge(lever, state.values[lever.row, 0], setting)
        cash, capital = cash + once, capital + points
    return Base(landed, levers, float(cash), float(capital))


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
    values, odds = [], []
    for turn in range(horizon):
        batch, report = play(bare, batch, nothing(bare, batch), still=True)
        values.append(report.closing[rows])
        if turn < ODDS_TURNS:
            odds.append(_odds(rules, batch))
    levels, chances = np.array(values), np.array(odds)
    return Preview(levels[:, :, 0], levels[:, :, 1:] - levels[:, :, :1], chances[:, :, 1:] - chances[:, :, :1])


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


def _certain(rules: Rules) -> Rules:
    """The same rules with every gamble won."""
    sure = tuple(replace(i, option=replace(i.option, odds=None)) for i in rules.tables.initiatives)
    return replace(rules, tables=replace(rules.tables, initiatives=sure), choices=replace(rules.choices, gambles=()))


def _bare(rules: Rules) -> Rules:
    """The model alone: no cards, moves, promises or endings; two columns more, for charges on cash and capital."""
    tables = replace(rules.tables, cards=(), initiatives=(), actors=(), moves=(), promises=(), endings=(),
                     agenda=Agenda(0, 0, rules.tables.agenda.quiet))
    one, zero = np.ones((1, 1), dtype=bool), np.zeros((1, 1))
    choices = ChoiceTable(one, zero, zero, ~one, np.zeros((1, 1), dtype=np.int16), np.zeros(1, dtype=np.intp), (), ())
    columns = tuple(("none", target) if kind in ("follow", "promise") else (kind, target)
                    for kind, target in rules.columns)
    roles = rules.tables.roles
    return replace(rules, tables=tables, choices=choices,
                   columns=(*columns, ("add", roles.cash), ("add", roles.capital)))


def _copies(rules: Rules, state: State, base: Base, variants: list[Variant], horizon: int) -> State:
    """The batch to play: the base first, then each variant, with this turn's decisions on their way."""
    games, turn = len(variants) + 1, state.turn
    batch = repeat_game(state, games)
    values, ring = batch.values.copy(), _decided(rules, batch, base, variants)
    levers = np.repeat(base.levers[:, None], games, axis=1)
    charges = np.full((2, games), [[base.cash], [base.capital]])
    for game, variant in enumerate(variants, 1):
        charges[:, game] += (variant.cash, variant.capital)
        if variant.lever != NONE:
            levers[variant.lever, game] = variant.setting
    for i, lever in enumerate(rules.tables.levers):
        values[lever.row] = levers[i]
    ring = np.concatenate([ring, np.zeros((len(ring), 2, games))], axis=1)
    ring[turn % len(ring), -2:] = -charges

    def none(shape: tuple[int, ...]) -> np.ndarray:
        return np.zeros((*shape, games), dtype=np.int32)

    empty = none((0,))
    return replace(
        batch, turns=turn + horizon + 1, values=values, due=of_ring(ring, turn),
        landed=(none((LAPSES,)),) * (turn + horizon + 1),
        shown=empty, waiting=empty, follow_due=empty, threat_due=empty, averted=empty, played=empty, moved=empty,
        promised=empty, agenda=empty, lapsing=none((LAPSES,)) + NONE, ending_turns=empty,
        ended=np.full(games, RUNNING, dtype=np.int16), ended_turn=np.full(games, NONE, dtype=np.int32))


def _decided(rules: Rules, batch: State, base: Base, variants: list[Variant]) -> np.ndarray:
    """Effects on their way with those of the base and of each variant, as a ring [delays, columns, games]."""
    extra = max([len(v.landings) for v in variants], default=0)
    slots = landing_slots(rules).count
    landed = np.zeros((slots + extra, batch.games), dtype=np.int16)
    landed[:slots] = base.landed[:, None]
    for game, variant in enumerate(variants, 1):
        landed[list(variant.without), game] = 0
        landed[slots: slots + len(variant.landings), game] = variant.landings
    nobody = np.zeros(0, dtype=np.intp)
    now, later = send(rules, *batch.due.split(batch.turn, nobody), landed, batch.turn)
    ring = later.ring()
    ring[batch.turn % later.delays] = now
    return ring


def _odds(rules: Rules, batch: State) -> np.ndarray:
    """Chances of the cards that may strike, [cards, games]; 0 for cards without a chance or out of question."""
    reading = Reading(rules, batch.values, batch.past, batch.turn)
    chances = np.zeros((len(rules.tables.cards), batch.games))
    for c, card in enumerate(rules.tables.cards):
        if card.announce > 0 and card.odds is not None:
            odds = np.minimum(np.maximum(reading.number(card.odds), 0.0), 1.0)
            chances[c] = np.where(reading.holds(card.when), odds, 0.0)
    return chances
