"""What must hold in every scenario, whoever wrote it: random games by the thousand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.engine.ledger import ledger
from game.engine.state import pick_games
from game.engine.turn import begin
from game.outlook.policies import Stance, by_stance, random_policy
from tests.conformance.worlds import WORLDS, assert_same_games, final, games, world


@pytest.mark.parametrize("name", WORLDS)
def test_random_games_stay_in_range_and_end_in_time(name):
    here = world(name)
    low, high = here.rules.low, here.rules.high
    steps = games(here, random_policy, 11, 1_000)
    assert len(steps) - 1 <= here.turns
    for state, report in steps:
        for array in (state.values, state.closing, *([report.values, report.closing] if report else [])):
            assert np.isfinite(array).all()
            assert (array >= low).all() and (array <= high).all()
            assert not (np.signbit(array) & (array == 0.0)).any(), "a negative zero"
    last = steps[-1][0]
    assert not last.running.any()
    assert ((last.ended >= 0) & (last.ended <= len(here.rules.tables.endings))).all()
    assert ((last.ended_turn >= 0) & (last.ended_turn < here.turns)).all()


@pytest.mark.parametrize("name", WORLDS)
def test_ledger_terms_add_up_to_every_change(name):
    here = world(name)
    for state, report in games(here, random_policy, 12, 200)[:-1]:
        running = state.running
        for row, account in ledger(here.rules, report).items():
            who = (name, here.rules.tables.variables[row].id, state.turn)
            np.testing.assert_array_equal(account.after, report.closing[row], err_msg=str(who))
            total, scale = np.zeros(state.games), np.maximum(np.abs(account.before), np.abs(account.after))
            for term in account.terms:
                total, scale = total + term.amount, np.maximum(scale, np.abs(term.amount))
            wrong = np.abs(account.before + total - account.after) > 1e-9 * np.maximum(scale, 1.0)
            assert not (wrong & running).any(), who


@pytest.mark.parametrize("name", WORLDS)
def test_ledger_goes_from_report_to_report(name):
    """What a report calls "before" is what the last report called "after"."""
    here, last = world(name), {}
    for state, report in games(here, random_policy, 13, 50)[:-1]:
        accounts = ledger(here.rules, report)
        for row, account in last.items():
            scale = np.maximum(np.abs(account.after), 1.0)
            apart = np.abs(accounts[row].before - account.after) > 1e-9 * scale
            assert not (apart & state.running).any(), (here.rules.tables.variables[row].id, state.turn)
        last = accounts


@pytest.mark.parametrize("name", WORLDS)
def test_a_game_is_the_same_alone_and_in_any_chunk(name):
    here = world(name)
    whole = final(here, random_policy, 14, 1_000)
    for chunk in (137, 400):
        first = 1_000 - chunk
        part = final(here, random_policy, 14, chunk, first)
        assert_same_games(part, pick_games(whole, slice(first, None)))
    for game in (0, 1, 417, 998, 999):
        alone = final(here, random_policy, 14, 1, game)
        assert_same_games(alone, pick_games(whole, slice(game, game + 1)))


@pytest.mark.parametrize("name", WORLDS)
def test_deciding_otherwise_leaves_unrelated_luck_alone(name):
    """Drivers that hang on nothing but luck, time and themselves are the same whatever is decided."""
    here = world(name)
    rules = replace(here.rules, arrivals=((),) * len(here.rules.arrivals))  # decisions touch drivers only by effects
    rows = [row for row in rules.luck_rows if all(
        leaf[0] in ("turn", "quarter", "date") or leaf in (("last", row), ("luck", row), ("path", row))
        for leaf in rules.formulas[row].leaves)]
    assert rows, "no driver of this scenario comes wholly from outside"
    miser = by_stance(rules, Stance({}, cash=1.0, capital=1.0))
    runs = [games(replace(here, rules=rules), policy, 15, 100) for policy in (random_policy, miser)]
    for (one, _), (other, _) in zip(*runs, strict=False):
        both = one.running & other.running
        np.testing.assert_array_equal(one.values[rows][:, both], other.values[rows][:, both])
    assert (runs[0][3][0].closing != runs[1][3][0].closing).any(), "nothing was decided otherwise"


@pytest.mark.parametrize("name", WORLDS)
def test_another_seed_is_another_game(name):
    here = world(name)
    states = [begin(here.rules, seed, 50, 0, here.turns, here.parameters) for seed in (1, 2)]
    finals = [final(here, random_policy, seed, 50) for seed in (1, 2)]
    assert states[0].turn == states[1].turn == 0
    assert (finals[0].closing != finals[1].closing).any()
