"""Prints what the tests beside it hold in bands: `python -m tests.scenarios.tables` (a minute).

Endings and goals by policy and difficulty, priorities reached by policy, ranges that bind, neighbours' moves.
"""

from __future__ import annotations

from game.outlook.batch import run
from game.outlook.policies import random_policy
from game.replay.settings import parameters_of
from tests.scenarios.games import TURNS, rules, scenario
from tests.scenarios.test_fairness import SPECIALISTS, played, reached, troubled
from tests.scenarios.test_mongolia_2011 import ranges_bound
from tests.scenarios.test_neighbours import CASES, LEVELS, frequencies

POLICIES = ("nothing", "random", "cautious", "lean-north", "lean-south", "sensible", *SPECIALISTS)


def endings() -> None:
    ids = [ending.id for ending in rules().tables.endings]
    print("policy, difficulty: share of games " + ", ".join(ids) + "; in trouble late; goals")
    for name in POLICIES:
        for difficulty in ("calm", "historic", "stormy"):
            games = played(name, difficulty)
            shares = " ".join(f"{(games.state.ended == e).mean():6.1%}" for e in range(len(ids)))
            goals = " ".join(f"{goal:5.1f}" for goal in games.goals().mean(axis=1))
            print(f"  {name:16} {difficulty:9} {shares}  {troubled(games).mean():6.1%}  {goals}")


def priorities() -> None:
    print("policy (historic): share of games that achieved " + ", ".join(SPECIALISTS))
    for name in POLICIES:
        shares = reached(played(name))
        print(f"  {name:16} " + " ".join(f"{shares[priority]:6.1%}" for priority in SPECIALISTS))


def ranges() -> None:
    tally = run(rules(), random_policy, 2_000, 1, TURNS, parameters_of(scenario(), "historic"))
    print("ranges that bind in games of the random bot:",
          {name: f"{share:.1%}" for name, share in ranges_bound(tally).items() if share >= 0.001})


def neighbours() -> None:
    print("moves a game, hard and soft: usually, and at each level")
    usual = frequencies()
    for actor, name in CASES:
        there = {level: frequencies(name, level) for level in LEVELS[name.rpartition("_")[2]]}
        told = "  ".join(f"at {level}: {f[actor, 'hard']:.2f} {f[actor, 'soft']:.2f}" for level, f in there.items())
        print(f"  {name:18} {usual[actor, 'hard']:.2f} {usual[actor, 'soft']:.2f}  {told}")


if __name__ == "__main__":
    endings()
    priorities()
    ranges()
    neighbours()
