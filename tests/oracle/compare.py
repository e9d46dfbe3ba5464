"""Plays the same games with the engine and with the oracle and says where they first differ.

The engine plays them as one batch, the oracle one by one, so that agreeing also proves that a game does not
depend on its neighbours. Read next: test_oracle.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from game.engine.decisions import Decisions, nothing
from game.engine.state import NONE, State, landing_slots
from game.engine.tables import Rules
from game.engine.turn import Report, begin, play
from tests.oracle import quarter
from tests.oracle.game import Game
from tests.oracle.seats import Wanted

BOLDNESS = (0.0, 0.04, 0.3)  # by game: share of levers moved and initiatives asked for, many of them not payable


def random_decisions(rules: Rules, state: State, seed: int) -> Decisions:
    """Any choice, some that a card does not have; levers anywhere, beyond their range included."""
    rng, games = np.random.default_rng([seed % 2**32, state.turn]), state.games
    wanted, t = nothing(rules, state), rules.tables
    bold = np.resize(np.array(BOLDNESS), games)
    most = rules.choices.exists.shape[1]
    wrong = rng.random(wanted.choices.shape) < 0.1
    wanted.choices[:] = np.where(wrong, rng.choice((-3, -2, most, most + 1), wanted.choices.shape),
                                 rng.integers(-1, most, wanted.choices.shape))
    for i, lever in enumerate(t.levers):
        low, high = rules.low[lever.row, 0], rules.high[lever.row, 0]
        anywhere = low + (high - low) * rng.uniform(-0.1, 1.1, games)
        near = wanted.levers[i] + lever.step * rng.integers(-1, 2, games)
        moved = np.where(rng.random(games) < 0.3, anywhere, near)
        wanted.levers[i] = np.where(rng.random(games) < bold, moved, wanted.levers[i])
    wanted.initiatives[:] = rng.random(wanted.initiatives.shape) < bold
    return wanted


def wanted_by(wanted: Decisions, game: int) -> Wanted:
    return Wanted([None if c == NONE else int(c) for c in wanted.choices[:, game]],
                  [float(x) for x in wanted.levers[:, game]], [bool(x) for x in wanted.initiatives[:, game]])


def compare(rules: Rules, seed: int, games: int, turns: int, parameters: dict[int, float] | None = None,
            first_game: int = 0) -> Counter:
    """Play random games with both; AssertionError at the first difference.

    Returns how often things happened, so that a test can say what it has covered.
    """
    state = begin(rules, seed, games, first_game, turns, parameters or {})
    oracles = [quarter.begin(rules.tables, seed, first_game + g, turns, parameters or {}) for g in range(games)]
    seen: Counter = Counter()
    for g, game in enumerate(oracles):
        _same_state(rules, state, g, game)
    while state.running.any():
        wanted, running = random_decisions(rules, state, seed), state.running
        state, report = play(rules, state, wanted)
        for g, game in enumerate(oracles):
            if running[g]:
                _note(seen, game)
                done = quarter.play(game, wanted_by(wanted, g))
                _same_turn(rules, report, g, game, done)
                _same_state(rules, state, g, game)
                _note_turn(seen, rules, done)
    for g, game in enumerate(oracles):
        assert game.ending is not None
        _same_state(rules, state, g, game)  # who ended early stayed as it was
        seen["early ending"] += game.turn < turns
    return seen


# --- what must be the same

def _same_bits(what: str, rules: Rules, game: Game, engine: np.ndarray, oracle: Sequence[float]) -> None:
    mine = np.array(oracle, dtype=np.float64)
    if np.ascontiguousarray(engine).tobytes() == mine.tobytes():
        return
    names = [variable.id for variable in rules.tables.variables]
    wrong = [f"{name}: engine {e!r}, oracle {o!r}" for name, e, o in zip(names, engine.tolist(), oracle, strict=True)
             if np.float64(e).tobytes() != np.float64(o).tobytes()]
    raise AssertionError(f"game {game.number}, turn {game.turn}, {what}: {'; '.join(wrong[:5])}")


def _same(what: str, game: Game, engine: object, oracle: object) -> None:
    assert engine == oracle, f"game {game.number}, turn {game.turn}, {what}: engine {engine}, oracle {oracle}"


def _by_index(column: np.ndarray) -> dict[int, int]:
    """Turn by thing, where there is one."""
    return {i: int(turn) for i, turn in enumerate(column) if turn >= 0}


def _present(column: np.ndarray) -> list[int]:
    return [int(x) for x in column if x != NONE]


def _same_state(rules: Rules, state: State, g: int, game: Game) -> None:
    ended = int(state.ended[g])
    _same("ending", game, None if ended == NONE else ended, game.ending)
    _same("turn of the end", game, int(state.ended_turn[g]), NONE if game.ending_turn is None else game.ending_turn)
    _same_bits("values on the screen", rules, game, state.values[:, g], game.values)
    _same_bits("values of the last day", rules, game, state.closing[:, g], game.closing)
    if game.ending is not None:
        return
    desk = [None if c == NONE else int(c) for c in state.agenda[:, g]]
    _same("desk", game, desk, game.desk)
    _same("lapsing cards", game, _present(state.lapsing[:, g]), game.lapsing)
    _same("averted threats", game, set(np.flatnonzero(state.averted[:, g]).tolist()), game.averted)
    for what, array, own in (
        ("threats", state.threat_due, game.threats), ("waiting cards", state.waiting, game.waiting),
        ("cards called", state.follow_due, game.called), ("last showing", state.shown, game.shown),
        ("promises", state.promised, game.promised), ("moves made", state.moved, game.moved),
        ("initiatives played", state.played, game.played),
    ):
        _same(what, game, _by_index(array[:, g]), own)


def _same_turn(rules: Rules, report: Report, g: int, game: Game, done: quarter.Quarter) -> None:
    before = report.before
    choices = [None if card == NONE else int(choice)
               for card, choice in zip(before.agenda[:, g], report.settled.choices[:, g], strict=True)]
    _same("choices", game, choices, done.done.choices)
    _same("levers", game, report.settled.levers[:, g].tolist(), done.done.levers)
    _same("initiatives", game, np.flatnonzero(report.decided.initiatives[:, g]).tolist(), done.done.initiatives)
    _same("moves", game, _present(report.decided.moves[:, g]), done.moves)
    _same("promises kept", game, np.flatnonzero(report.decided.kept[:, g]).tolist(), sorted(done.kept))
    _same("promises broken", game, np.flatnonzero(report.decided.broken[:, g]).tolist(), sorted(done.broken))
    assert len(report.decided.landed) == landing_slots(rules).count
    _same("what landed", game, [int(n) for n in report.decided.landed[:, g] if n], done.landed)
    _same_bits("values of the resolution", rules, game, report.values[:, g], done.values)
    _same_bits("values after the stocks", rules, game, report.closing[:, g], done.closing)


# --- what was covered

def _note(seen: Counter, game: Game) -> None:
    seen.update({
        "card": sum(card is not None for card in game.desk), "waiting": len(game.waiting), "lapsed": len(game.lapsing),
        "threat": len(game.threats), "averted": len(game.averted), "promise": len(game.promised),
        "standing": sum(x != 0.0 for x in game.standing.values())})


def _note_turn(seen: Counter, rules: Rules, done: quarter.Quarter) -> None:
    effects = [effect for n in done.landed for effect in rules.tables.landings[n].effects]
    seen.update({"move": len(done.moves), "follow-up": sum(effect.kind == "follow" for effect in effects),
                        "kept": len(done.kept), "broken": len(done.broken),
                        "initiative": len(done.done.initiatives),
                        "unmet": sum(done.closing[flow.unmet_row] > 0.0 for stock in rules.tables.stocks
                                     for flow in stock.flows if flow.unmet_row >= 0)})
