"""Bots that know the model: what the tests call sensible, diversifying, or grabbing play.

A `Plan` is made from the scenario alone: each lever setting and each landing is tried once in a still world
(median luck, no cards, no moves of others) against doing nothing, and valued by an aim, a function of the
closing values. The bot then plays real games: it sees what the screen shows and pays every price.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from game.engine.arrivals import of_ring
from game.engine.decisions import Decisions, Options, Purse, lever_price, lever_setting, nothing, options
from game.engine.formulas import Reading
from game.engine.state import NONE, State
from game.engine.tables import Option, Rules
from game.engine.turn import open_turn, play, reading_of
from game.outlook.policies import Policy, payable_choices
from tests.scenarios.games import LESSON, TURNS, World, rules, threats

Aim = Callable[[State], np.ndarray]  # closing state -> [games], more is better

CAPITAL_PRICE = 0.25  # in units of the aim, for a point that a choice costs
LEAST_CAPITAL = 0.5  # what is free counts as half a point, so that worth per point stays finite
PUSH_OF_CASH = 50.0  # $m, to see what cash is worth


def do_nothing(rule: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
    return nothing(rule, state)


def toward(weights: dict[str, float], world: World = LESSON) -> Aim:
    """Goals by id, each with a weight."""
    ids = [goal.id for goal in world.scenario.document.goals]

    def aim(state: State) -> np.ndarray:
        reading, goals = reading_of(world.rules, state), world.rules.tables.goals
        return sum(weight * reading.number(goals[ids.index(goal)]) for goal, weight in weights.items())
    return aim


def variable(name: str, sign: float = 1.0) -> Aim:
    return lambda state: sign * state.values[LESSON.row(name)]


@dataclass(frozen=True)
class Plan:
    """levers: wanted settings, best first; landings [turns, landings] worth of each when decided in each turn."""

    levers: tuple[tuple[int, float, float], ...]  # (lever, setting, worth per point of capital)
    landings: np.ndarray
    cash: np.ndarray  # [turns] worth of a million dollars more in the till


def make_plan(aim: Aim, world: World = LESSON, every: int = 1) -> Plan:
    """A plan for a world's length; landings are tried in each `every`th turn, and between those by a straight line."""
    base, worth = _better_levers(aim, _starts(world), world)
    if _lasts(base, world):  # the second time around the settings that the first one found
        base, worth = _better_levers(aim, base, world)
    levers = tuple((i, base[i], worth[i]) for i in sorted(worth, key=worth.get, reverse=True))
    tried = sorted({*range(0, world.turns, every), world.turns - 1})
    values = np.array([aim(_pushed(turn, world)) for turn in tried])
    values = values - values[:, :1]  # landing 0 is "nothing"
    if every > 1:
        values = np.array([np.interp(range(world.turns), tried, own) for own in values.T]).T
    return Plan(levers, values[:, :-1], values[:, -1] / PUSH_OF_CASH)


def _starts(world: World) -> tuple[float, ...]:
    return tuple(world.rules.tables.variables[lever.row].start[-1] for lever in world.rules.tables.levers)


@cache
def _trials(world: World) -> tuple[tuple[int, float], ...]:
    """Every lever with every setting."""
    found, rule = [], world.rules
    for i, lever in enumerate(rule.tables.levers):
        low, high = rule.low[lever.row, 0], rule.high[lever.row, 0]
        found += [(i, float(x)) for x in np.arange(low, high + lever.step / 2, lever.step)]
    return tuple(found)


def _still(state: State, world: World) -> State:
    """The end of still games; where all are lost on the way, how they stood then."""
    while state.turn < world.turns and state.running.any():
        state, _ = play(world.rules, state, nothing(world.rules, state), still=True)
    return state


def _still_opening(levers: np.ndarray, world: World) -> State:
    """Still games with these lever settings [levers, games]."""
    state = world.opening(levers.shape[1], 0)
    for i, lever in enumerate(world.rules.tables.levers):
        state.values[lever.row] = levers[i]
    return open_turn(world.rules, state, still=True)


@cache
def _tried(base: tuple[float, ...], world: World) -> State:
    """The end of games in each of which one lever has one setting from the first turn on, the others `base`."""
    games = np.repeat(np.array(base)[:, None], len(_trials(world)), axis=1)
    for game, (i, setting) in enumerate(_trials(world)):
        games[i, game] = setting
    return _still(_still_opening(games, world), world)


def _lasts(levers: tuple[float, ...], world: World) -> bool:
    """Whether a still game with these settings all along is not lost: together they may cost more than there is."""
    return not world.lost(_still(_still_opening(np.array(levers)[:, None], world), world))[0]


def _better_levers(aim: Aim, base: tuple[float, ...], world: World) -> tuple[tuple[float, ...], dict[int, float]]:
    """The best setting of each lever while the others stay at `base`, and its worth per point of capital."""
    tried, better, worth = _tried(base, world), list(_starts(world)), {}
    value = np.where(world.lost(tried), -np.inf, aim(tried))
    for i, lever in enumerate(world.rules.tables.levers):
        start = _starts(world)[i]
        own = [(float(value[game]), -abs(x - start), x) for game, (j, x) in enumerate(_trials(world)) if j == i]
        stay = next(v for v, _, x in own if abs(x - start) < lever.step / 2)
        best, _, setting = max(own)
        if best - stay > 1e-6:
            capital = max(lever.capital * abs(setting - start) / lever.step, LEAST_CAPITAL)
            better[i], worth[i] = setting, (best - stay) / capital
    return tuple(better), worth


@cache
def _pushed(when: int, world: World) -> State:
    """The end of games in each of which one landing is decided in turn `when`; in the last, cash is given."""
    rule, count = world.rules, len(world.rules.tables.landings)
    state = _still_opening(np.repeat(np.array(_starts(world))[:, None], count + 1, axis=1), world)
    while state.turn < when:
        state, _ = play(rule, state, nothing(rule, state), still=True)
    due, values = state.due.ring(), state.values.copy()
    for landing in range(count):
        for delay, column, amount in rule.arrivals[landing]:
            due[(when + delay) % len(due), column, landing] += amount
    values[rule.tables.roles.cash, count] += PUSH_OF_CASH
    return _still(replace(state, due=of_ring(due, when), values=values), world)


def planned(plan: Plan, cards: bool = True) -> Policy:
    """Plays by a plan: the best payable choices, then lever steps and initiatives by worth per point of capital.

    Without `cards` it leaves every card to its default.
    """
    turns = len(plan.landings)

    def decide(rule: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
        wanted, purse, may = nothing(rule, state), Purse(rule, state), options(rule, state, reading)
        turn = min(state.turn, turns - 1)
        worth, cash = plan.landings[turn], plan.cash[turn]
        if cards:
            _choose(rule, state, wanted, purse, may, worth, cash)
        left = (turns - turn) / turns  # a lever that is moved later has less time to work
        things = [(gain * left, "lever", (i, setting)) for i, setting, gain in plan.levers]
        for i, initiative in enumerate(rule.tables.initiatives):
            gain = _option_worth(initiative.option, worth, cash)
            things.append((gain / max(initiative.option.capital, LEAST_CAPITAL), "initiative", i))
        room = np.full(state.games, rule.tables.agenda.initiatives)
        for gain, kind, thing in sorted(things, key=lambda t: -t[0]):
            if gain <= 0.0:
                break
            if kind == "lever":
                _step_toward(rule, state, wanted, purse, *thing)
            else:
                option = rule.tables.initiatives[thing].option
                prices = (np.full(state.games, option.cost), np.full(state.games, option.capital))
                wanted.initiatives[thing] = purse.reserve(*prices, may.initiatives[thing] & (room > 0))
                room = room - wanted.initiatives[thing]
        return wanted
    return decide


def _option_worth(option: Option, worth: np.ndarray, cash: float) -> float:
    landed = worth[option.landing]
    if option.odds is not None:
        landed = 0.5 * (landed + worth[option.landing_failure])
    return float(landed - cash * option.cost)


def _choose(rule: Rules, state: State, wanted: Decisions, purse: Purse, may: Options, worth: np.ndarray,
            cash: float) -> None:
    table = rule.choices
    value = worth[table.landing] - cash * table.cost - CAPITAL_PRICE * table.capital
    for card, choice, _, failure in table.gambles:
        value[card, choice] += 0.5 * (worth[failure] - worth[table.landing[card, choice]])
    fits = payable_choices(rule, state, may)
    for place, card in enumerate(state.agenda):
        score = np.where(fits[place], value[card].T, -np.inf)
        best = np.where(fits[place].any(axis=0), np.argmax(score, axis=0), NONE)
        done = purse.reserve(table.cost[card, best], table.capital[card, best], best != NONE)
        wanted.choices[place] = np.where(done, best, NONE)


def _step_toward(rule: Rules, state: State, wanted: Decisions, purse: Purse, i: int, setting: float) -> None:
    """As far toward the setting as capital and cash allow."""
    lever = rule.tables.levers[i]
    now = state.values[lever.row]
    steps = round((rule.high[lever.row, 0] - rule.low[lever.row, 0]) / lever.step)
    left = np.ones(state.games, dtype=bool)
    for back in range(steps):
        distance = np.maximum(np.abs(setting - now) - back * lever.step, 0.0)
        new = lever_setting(rule, lever, now + np.sign(setting - now) * distance)
        done = purse.reserve(*lever_price(lever, now, new), left & (new != now))
        wanted.levers[i] = np.where(done, new, wanted.levers[i])
        left &= ~done


def heeding(policy: Policy, ending: str, world: World) -> Policy:
    """A policy that decides nothing new while the screen warns of an ending."""
    e = [x.id for x in world.rules.tables.endings].index(ending)

    def decide(rule: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
        wanted, idle = policy(rule, state, reading, dice), nothing(rule, state)
        warned = threats(rule, state, reading)[e]
        return Decisions(np.where(warned, NONE, wanted.choices), np.where(warned, idle.levers, wanted.levers),
                         wanted.initiatives & ~warned)
    return decide


def prudent(aim: Aim, world: World = LESSON) -> Aim:
    """An aim that also keeps house: people on the cabinet's side, reserves, some cash."""
    def kept(state: State) -> np.ndarray:
        approval, cover, cash = (state.values[world.row(name)] for name in ("approval", "reserves_cover", "treasury"))
        return (aim(state) + 0.5 * np.minimum(approval, 60.0) + 4.0 * np.minimum(cover, 4.0)
                + 0.02 * np.minimum(cash, 250.0))
    return kept


def until_last(policy: Policy, last: Policy) -> Policy:
    """One policy, and another in the last turn."""
    return lambda rule, state, reading, dice: (last if state.turn == state.turns - 1 else policy)(
        rule, state, reading, dice)


def grabbing(aim: Aim) -> Policy:
    """For a last turn: every payable choice, lever setting and initiative that is worth anything before the end."""
    plan, value, found = make_plan(aim), aim(_tried_late()), []
    for i, start in enumerate(_starts(LESSON)):
        own = [(float(value[game]), x) for game, (j, x) in enumerate(_trials(LESSON)) if j == i]
        stay = next(v for v, x in own if x == min((y for _, y in own), key=lambda y: abs(y - start)))
        best, setting = max(own)
        if best - stay > 1e-6:
            found.append((i, setting, best - stay))
    late = sorted(found, key=lambda item: -item[2])
    return planned(replace(plan, levers=tuple((i, x, gain * TURNS) for i, x, gain in late)))


@cache
def _tried_late() -> State:
    """As `_tried`, but each setting comes in the last turn only."""
    trials = _trials(LESSON)
    state = _still_opening(np.repeat(np.array(_starts(LESSON))[:, None], len(trials), axis=1), LESSON)
    while state.turn < TURNS - 1:
        state, _ = play(rules(), state, nothing(rules(), state), still=True)
    values = state.values.copy()
    for game, (i, setting) in enumerate(trials):
        values[rules().tables.levers[i].row, game] = setting
    return _still(replace(state, values=values), LESSON)
