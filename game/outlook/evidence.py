"""Logs that reach what is rare: each ending and each rare card as a game that anybody can open and replay.

A log's game is number 0 of its seed, so seeds are tried one after another with the bot that met the thing most
often in the study; its decisions are then played again as a person's game, which writes the log.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from game.engine.decisions import Settled
from game.engine.state import NONE, State
from game.engine.turn import begin, play, reading_of
from game.outlook.policies import bot_dice
from game.outlook.study import Stop, Study
from game.replay import SUFFIX, Session, Settings

TRIES = 60  # seeds for each thing; what is rarer than about one game in thirty may stay without a log


def write_logs(study: Study, reached: list[dict], folder: Path, stop: Stop, tries: int = TRIES) -> list[dict]:
    """`reached` with "log" (a file in `folder`) and "seed" where a game was found. Raises LogError if it cannot
    write."""
    open_things = [entry for entry in reached if entry.get("rate")]
    logs: dict[tuple[str, str], tuple[str, int]] = {}
    for policy in dict.fromkeys(entry["policy"] for entry in open_things):
        wanted = {(e["kind"], e["id"]) for e in open_things if e["policy"] == policy}
        for seed in range(study.seed, study.seed + tries):
            if stop() or not wanted - set(logs):
                break
            met, turns = _game(study, policy, seed)
            new = (wanted & met) - set(logs)
            if new:
                name = f"{policy}-{seed}{SUFFIX}"
                _log(study, seed, turns, folder / name)
                logs |= dict.fromkeys(new, (name, seed))
    return [{**entry, **dict(zip(("log", "seed"), logs.get((entry["kind"], entry["id"]), ()), strict=False))}
            for entry in reached]


def _game(study: Study, policy: str, seed: int) -> tuple[set[tuple[str, str]], list[tuple[State, Settled]]]:
    """What game 0 of a seed meets, and its turns with what was decided."""
    tables, bot = study.rules.tables, study.policy(policy, study.pairs[0])
    state, met, turns = begin(study.rules, seed, 1, 0, study.turns, study.parameters), set(), []
    while state.running[0]:
        met |= {("card", tables.cards[c].id) for c in state.agenda[:, 0] if c != NONE}
        wanted = bot(study.rules, state, reading_of(study.rules, state), bot_dice(study.rules, state))
        after, report = play(study.rules, state, wanted)
        turns.append((state, report.settled))
        state = after
    endings = [*(e.id for e in tables.endings), "planned-end"]
    return met | {("ending", endings[state.ended[0]])}, turns


def _log(study: Study, seed: int, turns: list[tuple[State, Settled]], path: Path) -> None:
    """The same game as a person's: the engine is a function, so the same decisions give the same end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    session = Session.new(study.scenario, Settings(seed, study.length, study.key()["difficulty"], study.pairs[0]))
    default = study.rules.choices.default
    for state, settled in turns:
        for place, card in enumerate(state.agenda[:, 0]):
            if card != NONE and settled.choices[place, 0] != default[card]:
                session.choose(place, int(settled.choices[place, 0]))
        for i, lever in enumerate(study.rules.tables.levers):
            if settled.levers[i, 0] != state.values[lever.row, 0]:
                session.set_lever(i, float(settled.levers[i, 0]))
        for i in np.flatnonzero(settled.initiatives[:, 0]):
            session.play(int(i))
        session.end_turn()
    session.save_as(path)
