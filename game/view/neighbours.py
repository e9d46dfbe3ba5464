"""What each neighbour wants, remembers, and may do this quarter, with its odds and the reasons.

Odds are those of the engine's own rules on what the screen shows (move_odds.py); reasons are the terms of the
scenario's formulas (pushes.py). Read next: neighbour_lines.py, what the page holds.
"""

from __future__ import annotations

from game.content.compiled import unmet_name
from game.content.document import ActorDoc, DemandDoc
from game.engine.formulas import Reading
from game.engine.state import NONE
from game.engine.turn import reading_of
from game.view.conditions import condition
from game.view.figures import relation_change, shown_before, shown_now
from game.view.move_odds import Bid, bids, chance, quiet
from game.view.names import Names, quoted
from game.view.neighbour_lines import ClosedMove, DemandLine, MoveLine, Neighbour, NeighboursPage, Standing
from game.view.pushes import pushes
from game.view.sources import source_text
from game.view.words import away, capital_first, chance_words, count, listed, percent, quarter, relation, sentence

WEIGHTS = ("", "a wish", "a request", "firm", "pressing", "will not let go")
TONES = {"hard": "unfriendly", "soft": "friendly", "plain": "neutral"}
REFUSALS = 5  # newest that are named
LEAST = 0.0005  # chance below which a move is told among those that are closed
HOW = ("Odds are for this quarter and hold exactly: each neighbour decides on what you see now, before it knows what "
       "you decide. A reason says how much likelier or less likely one thing makes a move than if it did not count.")


def neighbours_page(session) -> NeighboursPage:
    """Every actor that moves or has relations to the player, in the order of actors.yaml."""
    names, state = Names(session.scenario), session.state
    reading = reading_of(session.rules, state)
    date = names.tables.first_quarter + state.turn
    found = [_neighbour(session, names, reading, number, actor) for number, actor in enumerate(names.document.actors)
             if actor.id != names.document.player and (actor.attention or actor.relations)]
    return NeighboursPage(quarter(date), f"Turn {min(state.turn + 1, state.turns)} of {state.turns}", tuple(found),
                          _vetoes(names, reading), HOW)


def _neighbour(session, names: Names, reading: Reading, number: int, actor: ActorDoc) -> Neighbour:
    every = bids(session.rules, session.state, reading, number)
    demands, moves = _demands(names, reading, actor), _moves(names, reading, actor, every)
    shown = {line.title for line in moves}
    value = shown_now(session)[names.scenario.row(actor.relations)] if actor.relations else 0.0
    return Neighbour(
        id=actor.id, label=actor.label, side=actor.side, dots=relation(value)[0],
        standings=_standings(session, names, actor),
        notes=tuple((head, sentence(text)) for head, text in (
            ("Wants", actor.wants), ("Gives", actor.gives), ("Punishes", actor.punishes)) if text),
        demands=demands, promises=_promises(session, names, reading, actor),
        refusals=_refusals(session, names, actor), moves=moves,
        closed=tuple(_closed(session, names, bid) for bid in every
                     if names.document.moves[bid.move].title not in shown),
        quiet_text=f"No move at all: {_odds(quiet(every, actor.temper))}", summary=_summary(demands, moves))


# --- how it stands


def _standings(session, names: Names, actor: ActorDoc) -> tuple[Standing, ...]:
    now, before, found = shown_now(session), shown_before(session), []
    unmet = unmet_name(actor.id)
    known = (actor.relations, actor.leverage, unmet if unmet in names.document.variables else None, actor.memory)
    for variable in known:
        if variable is not None:
            row = names.scenario.row(variable)
            text = names.shown(row, now[row])
            text = f"{relation(now[row])[1]}, {text}" if variable == actor.relations else text
            found.append(Standing(names.label(row), text, relation_change(names, row, now, before), variable))
    return tuple(found)


# --- what it wants and remembers


def _demands(names: Names, reading: Reading, actor: ActorDoc) -> tuple[DemandLine, ...]:
    """Those that stand now: open ones first, then by weight."""
    found = [(doc, bool(reading.holds(nodes.met)[0]), doc.needs.rstrip(".") or condition(names, nodes.met))
             for doc, nodes in zip(names.document.demands, names.scenario.demands, strict=True)
             if doc.actor == actor.id and reading.holds(nodes.stands)[0]]
    found.sort(key=lambda item: (item[1], -item[0].salience))
    return tuple(_demand(names, doc, met, met_by) for doc, met, met_by in found)


def _demand(names: Names, doc: DemandDoc, met: bool, met_by: str) -> DemandLine:
    bars = [quoted(names.option_title(name), always=True) for name in doc.bars]
    return DemandLine(
        title=doc.title, text=sentence(doc.text), met=met, state_text="met" if met else "open", weight=doc.salience,
        weight_text=f"{WEIGHTS[doc.salience]}, {doc.salience} of 5", core=doc.core,
        met_by=sentence(f"{'Met as long as this holds' if met else 'Would be met by'}: {names.lowered(met_by)}"),
        bars=f"Closed while it stands: {listed(bars)}." if bars else "", source=source_text(doc.source))


def _promises(session, names: Names, reading: Reading, actor: ActorDoc) -> tuple[str, ...]:
    found = []
    for p, doc in enumerate(names.document.promises):
        if doc.to == actor.id and session.state.promised[p, 0] != NONE:
            due, kept_if = int(session.state.promised[p, 0]) - session.state.turn, names.tables.promises[p].kept_if
            now = "kept" if reading.holds(kept_if)[0] else "broken"
            found.append(f"{quoted(doc.title)}, due {away(due)}. Kept by: {names.lowered(condition(names, kept_if))}. "
                         f"As things stand it would be {now}.")
    return tuple(found)


def _refusals(session, names: Names, actor: ActorDoc) -> tuple[str, ...]:
    """What added to its memory, newest first."""
    if actor.memory is None:
        return ()
    row, state, first = names.scenario.row(actor.memory), session.state, names.tables.first_quarter
    found: list[tuple[int, int]] = []
    for decided in range(state.turn):
        for number in state.landed[decided][:, 0]:
            found += [(decided + effect.after, effect.cause) for effect in names.tables.landings[number].effects
                      if effect.kind == "add" and effect.target == row and effect.amount > 0.0
                      and decided + effect.after < state.turn]
    newest = sorted(dict.fromkeys(found), key=lambda item: -item[0])[:REFUSALS]
    return tuple(f"{capital_first(names.because(cause))} ({quarter(first + turn)})" for turn, cause in newest)


# --- what it may do


def _moves(names: Names, reading: Reading, actor: ActorDoc, every: list[Bid]) -> tuple[MoveLine, ...]:
    found = []
    for bid in every:
        odds = chance(bid, every, actor.temper, actor.attention)
        if bid.open and odds >= LEAST:
            doc = names.document.moves[bid.move]
            found.append(MoveLine(doc.title, sentence(doc.text), doc.tone, TONES[doc.tone], odds, _odds(odds),
                                  pushes(names, reading, bid, every, actor.temper, actor.attention)))
    return tuple(sorted(found, key=lambda line: -line.odds))


def _odds(p: float) -> str:
    return f"{percent(p)}, {chance_words(p)}" if p >= 0.005 else f"under {percent(0.01)}"


def _closed(session, names: Names, bid: Bid) -> ClosedMove:
    doc, move, state = names.document.moves[bid.move], names.tables.moves[bid.move], session.state
    again = int(state.moved[bid.move, 0]) + move.cooldown
    if again > state.turn:
        why = f"Made not long ago; not before {quarter(names.tables.first_quarter + again)}"
    elif bid.open:
        why = "Possible, but nothing speaks for it now"
    else:
        why = f"Needs: {names.lowered(condition(names, move.when))}"
    return ClosedMove(doc.title, doc.tone, TONES[doc.tone], sentence(why))


def _summary(demands: tuple[DemandLine, ...], moves: tuple[MoveLine, ...]) -> str:
    still_open = sum(not line.met for line in demands)
    wants = f"{capital_first(count(still_open, 'demand'))} open" if demands else ""
    first = f"most likely: {quoted(moves[0].title, always=True)}, {percent(moves[0].odds)}" if moves else "no move"
    return sentence("; ".join(part for part in (wants, first) if part))


# --- what nobody pays for


def _vetoes(names: Names, reading: Reading) -> tuple[str, ...]:
    found = []
    for doc, nodes in zip(names.document.demands, names.scenario.demands, strict=True):
        if doc.bars and reading.holds(nodes.stands)[0]:
            closed = listed([quoted(names.option_title(name), always=True) for name in doc.bars])
            held = names.lowered(condition(names, nodes.stands))
            until = f" It stands as long as this holds: {held}." if doc.when is not None else ""
            found.append(f"{names.actor(doc.actor)} calls it a core interest: {names.lowered(doc.title)}. "
                         f"Nobody pays for {closed} while it stands.{until}")
    return tuple(found)
