"""The balance report's figures: which pieces of work there are, and what their results mean together.

`work` lists the pieces of a study in a fixed order, `do` does one, `summary` adds up what is done so far; the
result of a piece depends on the study and its name alone. Read next: depth.py, audit.py.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.content import Scenario
from game.engine.tables import DEFEAT
from game.outlook import audit, depth, ranges
from game.outlook.gate import gate
from game.outlook.policies import COURT, DOUBLED, NAMES
from game.outlook.study import Study, name_of, play_games
from game.outlook.sureness import numbers_of
from game.outlook.workers import Stop

CHUNK = 2_000  # games of a piece by bots that decide quickly: see batch.py
DEPTH_CHUNK = 200  # games of a piece by bots that look ahead: quick enough together, few enough to stop and keep
LOOKING = ("bars", "total", "goals-now", "levers-only", "greedy-last-turn", "planner", DOUBLED)
RARE = 0.05  # of games: a card seen in fewer is rare
QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}

DEFAULT_GAMES = 20_000  # in all, by the bots that decide quickly
DEPTH_SHARE = 400  # of so many games one is played by each bot that looks ahead, for each set of priorities
DEPTH_LEAST, DEPTH_MOST = 24, 400
DOUBLED_GAMES = 12  # for each set of priorities, each as dear as four of the planner

Piece = tuple[str, int, int, int]  # policy, index of a set of priorities (-1: all), first game, games


def study_of(scenario: Scenario, seed: int, games: int = DEFAULT_GAMES, depth_games: int | None = None,
             length: str | None = None, difficulty: str | None = None) -> Study:
    """A study of about `games` games in all by the quick bots; ValueError for a length or difficulty not there."""
    length = length or next(iter(scenario.document.lengths))
    if length not in scenario.document.lengths:
        raise ValueError(f"no length “{length}”; there are {', '.join(scenario.document.lengths)}")
    each = max(games // len(quick_bots(scenario)), 1)
    some = min(max(games // DEPTH_SHARE, DEPTH_LEAST), DEPTH_MOST) if depth_games is None else depth_games
    return Study(scenario, seed, length, difficulty or "", each, some)


def quick_bots(scenario: Scenario) -> tuple[str, ...]:
    """Bots that decide without looking ahead, one for each partner included."""
    partners = [COURT + actor.id for actor in scenario.document.actors if actor.relations]
    return (*(name for name in NAMES if name not in LOOKING), *partners)


def work(study: Study) -> list[Piece]:
    """All pieces, the quick ones first."""
    quick_chunks, depth_chunks = _chunks(study.games, CHUNK), _chunks(study.depth_games, DEPTH_CHUNK)
    pieces = [(name, -1, *chunk) for name in quick_bots(study.scenario) for chunk in quick_chunks]
    pieces += [(name, -1, *chunk) for name in ("bars", "total", "levers-only") for chunk in depth_chunks]
    for name in ("goals-now", "planner", "greedy-last-turn"):
        pieces += [(name, pair, *chunk) for chunk in depth_chunks for pair in range(len(study.pairs))]
    return pieces + [(DOUBLED, pair, 0, min(study.depth_games, DOUBLED_GAMES)) for pair in range(len(study.pairs))]


def _chunks(games: int, size: int) -> list[tuple[int, int]]:
    return [(first, min(size, games - first)) for first in range(0, games, size)]


def do(study: Study, piece: Piece, stop: Stop = lambda: False) -> dict | None:
    """The result of one piece as plain data; None if stopped."""
    name, pair, first, games = piece
    if name == "planner":
        return depth.planner_games(study, pair, first, games, stop)
    return play_games(study, study.policy(name, study.pairs[pair] if pair >= 0 else ()), first, games, stop)


# --- what the results mean

class Results:
    """Results of finished pieces, by policy and set of priorities."""

    def __init__(self, study: Study, done: dict[str, dict]) -> None:
        self.study = study
        self._parts: dict[tuple[str, int], list[dict]] = {}
        self._first: dict[tuple[str, int], list[int]] = {}
        for piece in work(study):
            if name_of(piece) in done:
                self._parts.setdefault(piece[:2], []).append(done[name_of(piece)])

    def policies(self) -> list[str]:
        return list(dict.fromkeys(name for name, _ in self._parts))

    def parts(self, name: str, pair: int | None = None) -> list[dict]:
        """Results of a policy; only of one set of priorities if it works for one and that is asked."""
        return [part for (policy, own), parts in self._parts.items() for part in parts
                if policy == name and (pair is None or own in (-1, pair))]

    def games(self, name: str, pair: int | None = None) -> int:
        return sum(part["games"] for part in self.parts(name, pair))

    def utilities(self, name: str, games: int | None = None) -> np.ndarray:
        """[pairs, games]: what was reached for each set of priorities, by games that worked for it."""
        each = [np.concatenate([np.array(part["utilities"][pair]) for part in self.parts(name, pair)] or [np.zeros(0)])
                for pair in range(len(self.study.pairs))]
        least = min(map(len, each), default=0)
        return np.array([values[:least if games is None else min(least, games)] for values in each])

    def sums(self, names: list[str], key: str) -> np.ndarray:
        return sum(np.array(part[key]) for name in names for part in self.parts(name))

    def finals(self, name: str, pair: int | None) -> np.ndarray:
        """[indicators, games]"""
        return np.concatenate([np.array(part["finals"]) for part in self.parts(name, pair)], axis=1)

    def ended(self, name: str, pair: int | None = None) -> np.ndarray:
        return np.concatenate([np.array(part["ended"], dtype=int) for part in self.parts(name, pair)])


def summary(study: Study, done: dict[str, dict]) -> dict:
    """Everything the report shows, as plain data with ids; `complete` says whether all pieces are in it."""
    results = Results(study, done)
    found = {
        **study.key(), "pairs": [list(pair) for pair in study.pairs],
        "complete": all(name_of(piece) in done for piece in work(study)),
        "policies": {name: _policy(results, name) for name in results.policies()},
        "cards": _cards(results),
        "partners": audit.partners(study, results),
        "loops": audit.runaway_loops(study),
        "reached": _reached(results),
        "ranges": ranges.summary(study, done),
        "numbers": numbers_of(study.scenario).plain(),
    }
    if results.games("planner"):
        found["depth"] = _depth(results)
        found["options"] = _options(results)
    found["gate"] = gate(found)
    found["findings"] = audit.findings(study, found)
    return found


def _policy(results: Results, name: str) -> dict:
    study = results.study
    endings = [(e.id, e.kind == DEFEAT) for e in study.rules.tables.endings] + [("planned-end", False)]
    ended = results.ended(name)
    spread = {}
    for n, indicator in enumerate(study.scenario.document.indicators):
        values = results.finals(name, None)[n]
        spread[indicator.variable] = {"mean": rounded(values.mean()),
                                      **{q: rounded(np.quantile(values, x)) for q, x in QUANTILES.items()}}
    utilities = results.utilities(name)
    reached = [{"mean": rounded(u.mean()), **{q: rounded(np.quantile(u, x)) for q, x in QUANTILES.items()}}
               for u in utilities] if utilities.size else []
    return {"games": results.games(name), "defeats": rounded(np.isin(ended, [n for n, e in enumerate(endings) if e[1]])
                                                             .mean()),
            "endings": {ending: rounded((ended == n).mean()) for n, (ending, _) in enumerate(endings)},
            "utility": rounded(utilities.mean()) if utilities.size else None, "reached": reached,
            "indicators": spread}


def _cards(results: Results) -> dict:
    """Each card over the games of all bots: how often shown, and how often each choice was taken."""
    study, names = results.study, results.policies()
    if not names:
        return {}
    opened, taken = results.sums(names, "open"), results.sums(names, "taken")
    lapsed, games = results.sums(names, "lapsed"), sum(results.games(name) for name in names)
    found = {}
    for c, card in enumerate(study.rules.tables.cards):
        shown = int(taken[c].sum())
        found[card.id] = {"shown": shown, "per_game": rounded((shown + int(lapsed[c])) / games), "choices": {
            choice.id: {"open": int(opened[c, x]), "taken": int(taken[c, x])} for x, choice in enumerate(card.choices)}}
    return found


def _reached(results: Results) -> list[dict]:
    """Every ending and every rare card with the bot that meets it most often and one game that does:
    {"kind", "id", "share" of all games, "policy", "rate" of its games, "game"} or without the last three if none."""
    study, names = results.study, results.policies()
    games = sum(results.games(name) for name in names)
    endings = [*(e.id for e in study.rules.tables.endings), "planned-end"]
    found = [_most(results, "ending", ending, games, lambda part, n=n: int(np.sum(np.array(part["ended"]) == n)),
                   lambda part, n=n: part["first"] + part["ended"].index(n)) for n, ending in enumerate(endings)]
    for c, card in enumerate(study.rules.tables.cards):
        entry = _most(results, "card", card.id, games, lambda part, c=c: int(np.sum(part["taken"][c])),
                      lambda part, c=c: part["firsts"][str(c)])
        if entry["share"] < RARE:
            found.append(entry)
    return found


def _most(results: Results, kind: str, name: str, games: int, count: Callable, first: Callable) -> dict:
    counts = {policy: [(count(part), part) for part in results.parts(policy)] for policy in results.policies()}
    rates = {policy: sum(n for n, _ in parts) / results.games(policy) for policy, parts in counts.items()}
    entry = {"kind": kind, "id": name, "share": rounded(sum(n for parts in counts.values() for n, _ in parts)
                                                        / max(games, 1))}
    if not any(rates.values()):
        return entry
    quick = [policy for policy in quick_bots(results.study.scenario) if rates.get(policy)]
    policy = max(quick or rates, key=lambda policy: rates[policy])  # a quick bot's game is soon played again
    part = next(part for n, part in counts[policy] if n)
    return {**entry, "policy": policy, "rate": rounded(rates[policy]), "game": first(part)}


def _depth(results: Results) -> dict:
    planner = results.utilities("planner")
    games = planner.shape[1]
    chance = results.utilities("random", games)
    found = {"games": games, "pairs": len(planner), "gaps": {}}
    for name in ("bars", "total", "goals-now"):  # the gate asks for the first two
        bot = results.utilities(name, games)
        least = min(bot.shape[1], chance.shape[1], games)
        if least:
            gap = depth.gap(planner[:, :least], bot[:, :least], chance[:, :least])
            found["gaps"][name] = {"gap": rounded(gap.value), "error": rounded(gap.error)}
    if results.games("please-both") and games:
        found["please_both"] = {"mean": rounded(results.utilities("please-both", games).mean()),
                                "planner_median": rounded(np.median(planner))}
    doubled = results.utilities(DOUBLED)
    if doubled.size:
        same = planner[:, :doubled.shape[1]]
        found["doubled"] = {"games": doubled.shape[1], "change": rounded(doubled[:, :same.shape[1]].mean()
                                                                         / same.mean() - 1.0)}
    greedy, total = results.utilities("greedy-last-turn"), results.utilities("total")
    least = min(greedy.shape[1], total.shape[1])
    if least:
        found["last_turn_gain"] = rounded(greedy[:, :least].mean() / total[:, :least].mean() - 1.0)
    return found


def watched(results: Results) -> depth.Watched:
    """What was seen in the planner's games, added up for each set of priorities."""
    pairs = range(len(results.study.pairs))
    sums = {key: np.array([sum(np.array(part["watch"][key]) for part in results.parts("planner", pair))
                           if results.games("planner", pair) else np.zeros_like(
                               results.parts("planner")[0]["watch"][key]) for pair in pairs])
            for key in ("n", "near", "total", "square")}
    once = {key: sum(np.array(part["watch"][key]) for part in results.parts("planner"))
            for key in ("disagree", "shown")}
    return depth.Watched(**sums, **once, open=results.sums(["planner"], "open"),
                         taken=results.sums(["planner"], "taken"))


def _options(results: Results) -> dict:
    """What the planner's games say of cards and their options."""
    study, seen = results.study, watched(results)
    cards, default = study.rules.tables.cards, study.rules.choices.default
    share = depth.shares(seen)
    each = {card.id: {choice.id: {"open": int(seen.open[c, x]), "taken": int(seen.taken[c, x]),
                                  "share": None if np.isnan(share[c, x]) else rounded(share[c, x]),
                                  "worth": rounded(seen.total[:, c, default[c], x].sum()
                                                   / max(seen.n[:, c, default[c], x].sum(), 1))}
                      for x, choice in enumerate(card.choices)} for c, card in enumerate(cards)}
    return {
        "cards": each,
        "disagree": rounded(seen.disagree.sum() / max(seen.shown.sum(), 1)),
        "always": [[cards[c].id, cards[c].choices[x].id, rounded(share[c, x])]
                   for c, x in np.argwhere(np.nan_to_num(share, nan=0.5) > depth.ALWAYS)],
        "never": [[cards[c].id, cards[c].choices[x].id, rounded(share[c, x])]
                  for c, x in np.argwhere(np.nan_to_num(share, nan=0.5) < depth.NEVER)],
        "no_consequence": [[cards[c].id, rounded(apart), rounded(error)] for c, apart, error
                           in depth.without_consequence(seen, default)],
        "dominated": [[cards[c].id, cards[c].choices[x].id, cards[c].choices[y].id, rounded(by), n]
                      for c, x, y, by, n in depth.dominated(seen)],
    }


def rounded(x: float) -> float:
    return float(f"{float(x):.4g}")
