"""What is played: the games of a scenario, by the engine in batches and by the oracle one by one.

The oracle gets the decisions that the engine's policy made in the same games, so that it plays the same turns and has
no policy to pay for; the engine's times hold policy and counting as well. Read next: many.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.content import Scenario, find_scenarios, load
from game.engine.state import State
from game.engine.tables import Rules, compile_rules
from game.engine.turn import begin, play, reading_of
from game.outlook.batch import Tally, run
from game.outlook.policies import Policy, bot_dice, policy_named
from game.replay.settings import parameters_of
from tests.oracle import quarter
from tests.oracle.compare import wanted_by
from tests.oracle.game import Game
from tests.oracle.seats import Wanted

SEED = 2011


@dataclass(frozen=True)
class Table:
    """A scenario set up for measuring: its first length, its default difficulty, one policy."""

    scenario: Scenario
    rules: Rules
    length: str
    turns: int
    parameters: dict[int, float]
    name: str  # of the policy
    policy: Policy


def table(scenario: str, policy: str) -> Table:
    found = load(next(path for path in find_scenarios() if path.name == scenario))
    rules, document = compile_rules(found.tables), found.document
    length = next(iter(document.lengths))
    difficulty = next((d.id for d in document.difficulties if d.default), document.difficulties[0].id)
    return Table(found, rules, length, document.lengths[length].turns, parameters_of(found, difficulty), policy,
                 policy_named(policy, found, rules))


def by_engine(table: Table, games: int, seed: int = SEED) -> Tally:
    """The whole job: begin, policy, turns and counting, in the chunks that the engine's driver chooses."""
    rows = tuple(table.scenario.row(indicator.variable) for indicator in table.scenario.document.indicators)
    return run(table.rules, table.policy, games, seed, table.turns, table.parameters, rows)


def recorded(table: Table, games: int) -> tuple[list[list[Wanted]], State]:
    """By game and turn what the policy wanted in games 0 .. games - 1, and how they ended."""
    state = begin(table.rules, SEED, games, 0, table.turns, table.parameters)
    wishes: list[list[Wanted]] = [[] for _ in range(games)]
    while state.running.any():
        wanted = table.policy(table.rules, state, reading_of(table.rules, state), bot_dice(table.rules, state))
        for game in range(games):
            if state.running[game]:
                wishes[game].append(wanted_by(wanted, game))
        state, _ = play(table.rules, state, wanted)
    return wishes, state


def by_oracle(table: Table, number: int, wishes: list[Wanted]) -> Game:
    """One game, played by the oracle to its end."""
    game = quarter.begin(table.rules.tables, SEED, number, table.turns, table.parameters)
    for wanted in wishes:
        quarter.play(game, wanted)
    return game


def oracle_games(table: Table, games: int) -> Callable[[], int]:
    """Work for the clock: the oracle's games 0 .. games - 1; returns turns played.

    They are played once before the clock runs, and must end as the engine's do.
    """
    wishes, last = recorded(table, games)
    for number in range(games):
        game = by_oracle(table, number, wishes[number])
        if game.closing != last.closing[:, number].tolist() or game.ending != last.ended[number]:
            raise AssertionError(f"the oracle's game {number} is not the engine's")
    return lambda: sum(by_oracle(table, number, wishes[number]).turn for number in range(games))
