"""The ledger's terms against the plain way of making them: one formula, one input and one landing at a time."""

from __future__ import annotations

import numpy as np
import pytest

from game.engine.formulas import Reading, held
from game.engine.ledger import effects_on, ledger, opening
from game.engine.tables import ALWAYS, AUXILIARY
from game.outlook.policies import random_policy
from tests.conformance.worlds import WORLDS, games, world

FEW, MANY = 1, 30  # games: on floats, and on arrays


def switched(rules, row, old, new, before, now):
    """Amount of each term of an auxiliary, and its value before."""
    formula, games = rules.formulas[row], new.values.shape[1]
    inputs, targets = old.inputs(formula), new.inputs(formula)
    values = [formula.evaluate(inputs) + np.zeros(games)]
    for place in range(len(inputs)):
        inputs[place] = targets[place]
        values.append(formula.evaluate(inputs) + np.zeros(games))
    causes = dict.fromkeys(cause for effects in (now, before) for target, cause in effects if target == row)
    effects = [now.get((row, cause), 0.0) - before.get((row, cause), 0.0) for cause in causes]
    ends = []
    for value, on in ((values[0], before), (values[-1], now)):
        free = value + sum((amount for (target, _), amount in on.items() if target == row), np.zeros(games))
        ends.append((held(rules, row, free), held(rules, row, free) - free))
    return ends[0][0], [b - a for a, b in zip(values, values[1:], strict=False)] + effects + [ends[1][1] - ends[0][1]]


def in_force(rules, landed, turn):
    """Effects in a turn, slot by slot."""
    found = {}
    for decided, slots in enumerate(landed[: turn + 1]):
        for slot in slots:
            for game, number in enumerate(slot):
                for effect in rules.tables.landings[number].effects:
                    ends = np.inf if effect.length == ALWAYS else effect.after + effect.length
                    if effect.kind == "add" and effect.after <= turn - decided < ends:
                        amounts = found.setdefault((effect.target, effect.cause), np.zeros(slots.shape[1]))
                        amounts[game] += effect.amount
    return found


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("count", [FEW, MANY])
def test_an_auxiliarys_terms_are_its_inputs_switched_one_at_a_time(name, count):
    here = world(name)
    rules, steps = here.rules, games(here, random_policy, 21, count)
    for number, (state, report) in enumerate(steps[:-1]):
        landed = steps[-1][0].landed
        before, now = (effects_on(rules, landed, turn) for turn in (state.turn - 1, state.turn))
        accounts, opened = ledger(rules, report), opening(rules, steps[number + 1][0])
        for row, variable in enumerate(rules.tables.variables):
            if variable.kind != AUXILIARY:
                continue
            last = state.closing if variable.closing else state.past[0]
            old = Reading(rules, last, state.past[1:], state.turn - 1)
            new = Reading(rules, report.closing if variable.closing else report.values, state.past, state.turn)
            assert_same(accounts[row], *switched(rules, row, old, new, before, now))
            after = steps[number + 1][0]
            old = Reading(rules, after.closing if variable.closing else after.past[0], after.past[1:], state.turn)
            new = Reading(rules, after.values, after.past, after.turn)
            later = effects_on(rules, after.landed, after.turn)
            assert_same(opened[row], *switched(rules, row, old, new, now, later))


def assert_same(account, before, amounts):
    np.testing.assert_array_equal(account.before, before)
    for term, amount in zip(account.terms, amounts, strict=True):
        np.testing.assert_array_equal(term.amount, amount, err_msg=str(term))


@pytest.mark.parametrize("name", WORLDS)
def test_effects_in_force_are_those_of_every_landing_by_its_age(name):
    here = world(name)
    state, ever = games(here, random_policy, 22, 5)[-1][0], False
    for turn in range(-1, state.turn + 1):
        found, plain = effects_on(here.rules, state.landed, turn), in_force(here.rules, state.landed, turn)
        for key in {**found, **plain}:
            np.testing.assert_allclose(found.get(key, np.zeros(5)), plain.get(key, np.zeros(5)), rtol=0, atol=1e-9)
        ever = ever or bool(plain)
    assert ever, "nothing was ever in force"
