"""From a policy's name to the policy."""

from __future__ import annotations

from game.content import Scenario
from game.engine.tables import Rules
from game.outlook.policies.chance import random_policy
from game.outlook.policies.common import Policy
from game.outlook.policies.history import do_nothing, history
from game.outlook.policies.looking import HORIZON, ROLLOUTS, Planner, bars, by_worth, goals_now, total, until_last
from game.outlook.policies.own import is_own, own_policy
from game.outlook.policies.stances import NORTH, SOUTH, by_stance, cautious, courting, diversifying, leaning
from game.outlook.utility import default_priorities, weights_of

STANCES = {
    "cautious": cautious,
    "lean-north": lambda scenario: leaning(scenario, NORTH),
    "lean-south": lambda scenario: leaning(scenario, SOUTH),
    "please-both": lambda scenario: leaning(scenario, NORTH, SOUTH),
    "diversify": diversifying,
}
DOUBLED = "planner-doubled"  # twice the futures, twice as far: what the planner would gain by it
NAMES = ("random", "nothing", "bars", "total", "goals-now", *STANCES, "history", "levers-only", "greedy-last-turn",
         "planner", DOUBLED)
COURT = "court-"  # court-ACTOR: does what warms relations with one actor


def policy_named(name: str, scenario: Scenario, rules: Rules, priorities: tuple[str, ...] = ()) -> Policy:
    """One of NAMES, court-ACTOR, or file.py:function; ValueError for any other.

    `priorities` is what goals-now, planner and greedy-last-turn work for; without, the scenario's first two.
    """
    if is_own(name):
        return own_policy(name)
    if name in STANCES:
        return by_stance(rules, STANCES[name](scenario))
    if name.removeprefix(COURT) in [actor.id for actor in scenario.document.actors if actor.relations]:
        return by_stance(rules, courting(scenario, name.removeprefix(COURT)))
    weights = weights_of(scenario, priorities or default_priorities(scenario))
    makers = {
        "random": lambda: random_policy,
        "nothing": lambda: do_nothing,
        "bars": lambda: by_worth(bars(scenario, rules)),
        "total": lambda: by_worth(total(scenario, rules)),
        "goals-now": lambda: by_worth(goals_now(weights, rules)),
        "history": lambda: history(scenario),
        "levers-only": lambda: by_worth(total(scenario, rules), ("lever",)),
        "greedy-last-turn": lambda: until_last(by_worth(total(scenario, rules)), by_worth(goals_now(weights, rules))),
        "planner": lambda: by_worth(Planner(weights)),
        DOUBLED: lambda: by_worth(Planner(weights, 2 * ROLLOUTS, 2 * HORIZON)),
    }
    if name not in makers:
        raise ValueError(f"no policy “{name}”; there are {', '.join(NAMES)}")
    return makers[name]()
