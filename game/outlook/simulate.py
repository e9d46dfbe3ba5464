"""Many games of a scenario, summed up with ids as plain data for people and for JSON."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from game.content import Scenario
from game.engine.tables import compile_rules
from game.outlook.batch import CHUNK, Chunk, Tally, chunks, gather, player
from game.outlook.policies import policy_named
from game.outlook.workers import HERE, Stop, Where, each
from game.outlook.workers.work import Do

QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
DIGITS = 6  # significant digits of figures in the summary


@dataclass(frozen=True)
class Games:
    """Games 0 .. games - 1 by one policy, as work whose pieces are chunks of them (batch.Chunk)."""

    scenario: Scenario
    policy: str
    priorities: tuple[str, ...]
    games: int
    seed: int
    turns: int
    parameters: dict[int, float]
    watch: tuple[int, ...]

    def open(self) -> Do:
        rules = compile_rules(self.scenario.tables)
        policy = policy_named(self.policy, self.scenario, rules, self.priorities)
        return player(rules, policy, self.games, self.seed, self.turns, self.parameters, self.watch)


def simulate(scenario: Scenario, games: int, policy: str, seed: int, length: str, difficulty: str | None = None,
             priorities: tuple[str, ...] = (), chunk: int = CHUNK, progress: Callable[[int], None] | None = None,
             stop: Stop = lambda: False, where: Where = HERE) -> dict:
    """The summary of many games; the same for any `chunk` and `where`.

    When `stop` says so it covers fewer than `games` were asked: the first so many. `priorities`: what policies that
    pursue goals work for (without: the scenario's first two). Raises ValueError for a policy, length, difficulty or
    priority that is not there, WorkError if the workers cannot do it.
    """
    document, rules = scenario.document, compile_rules(scenario.tables)
    if length not in document.lengths:
        raise ValueError(f"no length “{length}”; there are {', '.join(document.lengths)}")
    parameters = {scenario.row(name): float(value) for name, value in difficulty_values(scenario, difficulty).items()}
    watch = tuple(scenario.row(indicator.variable) for indicator in document.indicators)
    work = Games(scenario, policy, priorities, games, seed, document.lengths[length].turns, parameters, watch)
    with closing(each(work, _pieces(games, chunk, where.processes), where, stop)) as parts:
        tally = gather(rules, games, work.turns, watch, parts, progress)
    return {
        "scenario": document.id, "fingerprint": scenario.fingerprint, "games": tally.games, "asked": games,
        "policy": policy, "seed": seed, "length": length, "difficulty": difficulty or default_difficulty(scenario),
        **_happened(scenario, tally),
    }


def _pieces(games: int, size: int, processes: int) -> list[Chunk]:
    """Chunks of games; for several processes the last ones are cut in four, so that all end at about the same time."""
    found = chunks(games, size)
    if processes == 1 or len(found) <= processes:
        return found
    return found[:-processes] + [(first + start, some) for first, count in found[-processes:]
                                 for start, some in chunks(count, -(-count // 4))]


def default_difficulty(scenario: Scenario) -> str:
    """Id of the difficulty that is marked as the default; "" if the scenario has none."""
    difficulties = scenario.document.difficulties
    marked = [d.id for d in difficulties if d.default] or [d.id for d in difficulties]
    return marked[0] if marked else ""


def difficulty_values(scenario: Scenario, name: str | None) -> dict[str, float]:
    """Parameters that a difficulty sets; the default's for None. ValueError if there is none of that name."""
    known = {d.id: d.set_ for d in scenario.document.difficulties}
    name = name or default_difficulty(scenario)
    if name and name not in known:
        raise ValueError(f"no difficulty “{name}”; there are {', '.join(known) or 'none'}")
    return known.get(name, {})


def _happened(scenario: Scenario, tally: Tally) -> dict:
    document, tables, games = scenario.document, scenario.tables, max(tally.games, 1)
    cards = {}
    for c, card in enumerate(tables.cards):
        taken = {choice.id: int(tally.taken[c, x]) for x, choice in enumerate(card.choices)}
        cards[card.id] = {"shown": int(tally.shown[c]), "lapsed": int(tally.lapsed[c]), "choices": taken}
        if tally.gambles[c].any():
            cards[card.id]["gambles"] = {"lost": int(tally.gambles[c, 0]), "won": int(tally.gambles[c, 1])}
    endings = [ending.id for ending in tables.endings] + ["planned-end"]
    moves = {move.id: int(n) for move, n in zip(tables.moves, tally.moves, strict=True)}
    initiatives = {i.option.id: int(n) for i, n in zip(tables.initiatives, tally.initiatives, strict=True)}
    unseen = [name for name, card in cards.items() if card["shown"] + card["lapsed"] == 0]
    unseen += [name for name, count in {**initiatives, **moves}.items() if count == 0]
    bound = {variable.id: _round(count / games) for variable, count in zip(tables.variables, tally.bound, strict=True)
             if count}
    return {
        "turns_played": tally.turns_played,
        "endings": {name: _round(count / games) for name, count in zip(endings, tally.endings, strict=True)},
        "indicators": {i.variable: _figures(tally, n) for n, i in enumerate(document.indicators)},
        "cards": cards,
        "initiatives": initiatives,
        "moves": moves,
        "promises": {promise.id: {"kept": int(tally.kept[p]), "broken": int(tally.broken[p])}
                     for p, promise in enumerate(tables.promises)},
        "never_seen": unseen if tally.games else [],
        "ranges_bound": dict(sorted(bound.items(), key=lambda item: -item[1])),
        "not_finite": tally.not_finite,
    }


def _figures(tally: Tally, place: int) -> dict:
    """Mean and quantiles at the end, and the mean at the opening of each turn."""
    if not tally.games:
        return {}
    means = tally.means()[:, place]
    quantiles = {name: _round(float(np.quantile(tally.finals[place], q))) for name, q in QUANTILES.items()}
    return {"mean": _round(float(means[-1])), **quantiles, "means_by_turn": [_round(float(x)) for x in means]}


def _round(x: float) -> float:
    return float(f"{float(x):.{DIGITS}g}")
