"""What is unfair or out of hand in a scenario: partners, stances, runaway loops; and all findings in one list.

A partner is a favourite if courting it beats courting any other and doing nothing, whatever is wanted. A loop
runs away if a small push of a stock, in a world without luck and decisions, grows and grows faster.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from game.engine.decisions import nothing
from game.engine.state import State
from game.engine.turn import open_turn, play
from game.outlook import depth
from game.outlook.calendar import kept_out
from game.outlook.policies import COURT
from game.outlook.study import Study

if TYPE_CHECKING:
    from game.outlook.balance import Results

STANCES = ("cautious", "lean-north", "lean-south", "please-both", "diversify")
OF_THE_WHOLE = ("shallow", "please-both", "last-turn")  # lines of the gate about the scenario as a whole
CLEAR = 0.5  # points of utility by which a partner must lead everywhere to be a favourite
PUSH = 0.01  # of a stock's range, to see whether a push grows
GROWN = 2.0  # times the push, at the end of the scenario's length


def partners(study: Study, results: Results) -> dict:
    """Courting each partner, and each stance, against doing nothing on the same seeds:
    name -> {"by_pair": [[difference, standard error] for each set of priorities], "mean": over all}."""
    idle, found = results.utilities("nothing"), {}
    names = [COURT + actor.id for actor in study.scenario.document.actors if actor.relations]
    for name in (*names, *STANCES):
        if not results.games(name):
            continue
        own = results.utilities(name)
        games = min(own.shape[1], idle.shape[1])
        if games >= 2:
            apart = own[:, :games] - idle[:, :games]
            errors = apart.std(axis=1, ddof=1) / np.sqrt(games)
            found[name] = {"by_pair": [[round(float(m), 4), round(float(e), 4)]
                                       for m, e in zip(apart.mean(axis=1), errors, strict=True)],
                           "mean": round(float(apart.mean()), 4)}
    return found


def favourites(found: dict) -> list[str]:
    """Partners that are worth courting more than any other and more than nothing, for every set of priorities."""
    courted = {name: value["by_pair"] for name, value in found.items() if name.startswith(COURT)}
    best = []
    for name, own in courted.items():
        rivals = [other for rival, other in courted.items() if rival != name] + [[[0.0, 0.0]] * len(own)]
        if len(rivals) > 1 and all(m - r > max(CLEAR, depth.ERRORS * float(np.hypot(e, re)))
                                   for rival in rivals for (m, e), (r, re) in zip(own, rival, strict=True)):
            best.append(name.removeprefix(COURT))
    return best


def punished(found: dict) -> list[str]:
    """Stances that are worse than doing nothing, whatever is wanted."""
    return [name for name, value in found.items() if not name.startswith(COURT)
            and all(m < -max(CLEAR, depth.ERRORS * e) for m, e in value["by_pair"])]


def runaway_loops(study: Study) -> list[dict]:
    """Stocks in which a small push grows and grows faster: [{"variable", "growth"}], growth in times the push."""
    rules = study.rules
    stocks = [stock.row for stock in rules.tables.stocks]
    if not stocks:
        return []
    state = study.begin(0, len(stocks) + 1)
    values = state.values.copy()
    for game in range(len(stocks) + 1):  # the same game in every column, the first one left alone
        values[:, game] = state.values[:, 0]
    same = _same_game(state, values)
    pushes = np.zeros(len(stocks))
    for n, row in enumerate(stocks):
        reach = float(rules.high[row, 0] - rules.low[row, 0])
        push = PUSH * min(reach, 100.0 * max(abs(values[row, 0]), 1.0))
        up = values[row, 0] + push <= rules.high[row, 0]
        pushes[n] = push if up else -push
        values[row, n + 1] += pushes[n]
    return _growing(study, open_turn(rules, replace(same, values=values), still=True), stocks, pushes)


def _same_game(state: State, values: np.ndarray) -> State:
    past = tuple(np.repeat(quarter[:, :1], state.games, axis=1) for quarter in state.past)
    return replace(state, values=values, past=past, closing=values.copy())


def _growing(study: Study, state: State, stocks: list[int], pushes: np.ndarray) -> list[dict]:
    path = []
    while state.running.any():
        state, _ = play(study.rules, state, nothing(study.rules, state), still=True)
        path.append([(state.closing[row, n + 1] - state.closing[row, 0]) / pushes[n] for n, row in enumerate(stocks)])
    growth = np.array(path)
    found = []
    for n, row in enumerate(stocks):
        own, half = growth[:, n], len(growth) // 2
        if half and own[-1] > GROWN and own[-1] - own[half] > own[half] - own[0] > 0.0:
            found.append({"variable": study.rules.tables.variables[row].id, "growth": round(float(own[-1]), 3)})
    return found


def findings(study: Study, found: dict) -> list[dict]:
    """Everything that is wrong, as {"code", "about", "says"}: what the report begins with."""
    absent = {study.rules.tables.cards[c].id for c in kept_out(study.rules.tables, study.turns)}
    listed = [_finding("never-shown", name, "no bot ever saw this card") for name, card in found["cards"].items()
              if card["per_game"] == 0.0 and name not in absent]
    for name, card in found["cards"].items():
        listed += [_finding("never-taken", f"{name}/{choice}", "no bot ever took this option")
                   for choice, count in card["choices"].items() if count["open"] >= depth.SHOWN and not count["taken"]]
    listed += [_finding("runaway-loop", loop["variable"], f"a push grows to {loop['growth']:.3g} times itself, "
                        "and faster and faster") for loop in found["loops"]]
    listed += [_finding("favourite-partner", name, "courting it beats every other partner for all priorities")
               for name in favourites(found["partners"])]
    listed += [_finding("punished-stance", name, "worse than doing nothing for all priorities")
               for name in punished(found["partners"])]
    return listed + _depth_findings(found)


def _depth_findings(found: dict) -> list[dict]:
    listed = []
    if "options" in found:
        options = found["options"]
        listed += [_finding("dominated", f"{card}/{x}", f"{better} is better by {by:.3g} points in {n} showings")
                   for card, x, better, by, n in options["dominated"]]
        listed += [_finding("no-consequence", card, f"best and worst option differ by {apart:.3g} ± {error:.2g} points")
                   for card, apart, error in options["no_consequence"]]
        listed += [_finding("always", f"{card}/{x}", f"the planner takes it in {100 * share:.0f} % of its showings")
                   for card, x, share in options["always"]]
        listed += [_finding("never", f"{card}/{x}", f"the planner takes it in {100 * share:.1f} % of its showings")
                   for card, x, share in options["never"]]
    return listed + [_finding(line["code"], "scenario", f"it does not hold that {line['says']}: {line['value']:.3g}")
                     for line in found["gate"] if line["code"] in OF_THE_WHOLE and not line["holds"]]


def _finding(code: str, about: str, says: str) -> dict:
    return {"code": code, "about": about, "says": says}
