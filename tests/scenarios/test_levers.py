"""The levers matter: standing policies and initiatives move every number on the desk, within what they cost.

A bot that leaves every card to its default and only sets levers and plays initiatives (paying cash and political
capital as a player does) must move each indicator by its medium band against doing nothing, within eight turns.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.scenarios.bots import do_nothing, make_plan, planned, variable
from tests.scenarios.games import World, play_out, rules, scenario

GAMES, SEED, TURNS = 100, 7, 8
SLOW = {"refinery_building", "rail_building", "plant_building"}  # give nothing within eight turns: test_building.py
RELATION_MEDIUM = 5.0  # points; the two neighbours are no indicators
INDICATORS = {i.variable: (1.0 if i.good == "up" else -1.0, i.medium) for i in scenario().document.indicators}
THINGS = INDICATORS | {"russia_relations": (1.0, RELATION_MEDIUM), "china_relations": (1.0, RELATION_MEDIUM)}


def aim_of(name: str):
    """What the bot works for: the number itself; for calm squares also what people think of the cabinet."""
    own = variable(name, THINGS[name][0])
    if name == "unrest":
        approval = variable("approval")
        return lambda state: own(state) + approval(state)
    return own


@cache
def plan_for(name: str):
    return make_plan(aim_of(name), World("mongolia-2011", TURNS))


@cache
def idle():
    return play_out(do_nothing, GAMES, SEED, turns=TURNS)


@pytest.mark.parametrize("name", THINGS)
def test_levers_and_initiatives_move_it(name):
    sign, medium = THINGS[name]
    busy = play_out(planned(plan_for(name), cards=False), GAMES, SEED, turns=TURNS)
    gain = sign * (busy.final(name) - idle().final(name)).mean()
    assert gain >= medium, f"{gain / medium:.2f} of a medium change"


def test_every_lever_is_of_use_for_some_number():
    """Each lever is moved by at least one of the aims: none is there for show."""
    used = set()
    for name in THINGS:
        used |= {i for i, _, worth in plan_for(name).levers if worth > 0.01 * THINGS[name][1]}
    names = [rules().tables.variables[lever.row].id for lever in rules().tables.levers]
    assert [name for i, name in enumerate(names) if i not in used and name not in SLOW] == []
