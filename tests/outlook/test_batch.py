"""Summaries of many games: the same for any chunk, and true counts of what happened."""

from dataclasses import fields

import numpy as np
import pytest

from game.engine.state import NONE
from game.engine.tables import AUXILIARY, CHANCE, FINISH, SCHEDULED, Ending, Initiative, Variable
from game.outlook.batch import REACH_LIMIT, run
from game.outlook.policies import Stance, by_stance, random_policy
from game.outlook.simulate import simulate
from tests.conformance.worlds import WORLDS, games, scenario, world
from tests.engine.small import INCOME, LEVEL, RATE, add, card, in_turn, landings, number, option, variables
from tests.engine.small import world as small_world


def tally(name, count=300, **more):
    here = world(name)
    watch = tuple(row for row, v in enumerate(here.rules.tables.variables) if v.high - v.low < REACH_LIMIT)
    return run(here.rules, random_policy, count, 5, here.turns, here.parameters, watch, **more), watch


@pytest.mark.parametrize("name", WORLDS)
def test_the_result_does_not_depend_on_the_chunk(name):
    whole, _ = tally(name)
    for chunk in (77, 150):
        part, _ = tally(name, chunk=chunk)
        for field in fields(whole):
            np.testing.assert_array_equal(getattr(part, field.name), getattr(whole, field.name), err_msg=field.name)
        np.testing.assert_array_equal(part.means(), whole.means())


@pytest.mark.parametrize("name", WORLDS)
def test_counts_are_what_the_games_did(name):
    here = world(name)
    found, watch = tally(name, 100)
    steps = games(here, random_policy, 5, 100)
    last = steps[-1][0]
    np.testing.assert_array_equal(found.finals, last.closing[list(watch)])
    np.testing.assert_allclose(found.means()[-1], last.closing[list(watch)].mean(axis=1), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.means()[0], steps[0][0].values[list(watch)].mean(axis=1), rtol=1e-9, atol=1e-9)
    assert found.endings.sum() == 100 and found.not_finite == 0
    shown = np.zeros(len(here.rules.tables.cards), dtype=int)
    moves = 0
    for state, report in steps[:-1]:
        for card_index in state.agenda[state.agenda != NONE]:
            shown[card_index] += 1
        moves += (report.decided.moves[:, state.running] != NONE).sum()
    np.testing.assert_array_equal(found.shown, shown)
    np.testing.assert_array_equal(found.taken.sum(axis=1), shown)
    assert found.moves.sum() == moves
    played = (last.played > -1).sum(axis=1)
    assert ((found.initiatives > 0) == (played > 0)).all()


def test_ranges_that_cut_are_counted_and_ranges_that_are_merely_met_are_not():
    rows = (*variables(), Variable("cut", AUXILIARY, 0.0, 5.0, None, ("turn",)),
            Variable("met", AUXILIARY, 0.0, 5.0, None, ("min", ("turn",), number(5))))
    rules = small_world(variables=rows, order=(INCOME, RATE, 8, 9), landings=landings((add(LEVEL, -400),)),
                        cards=(card("drain", SCHEDULED, 1),))
    found = run(rules, random_policy, 10, 1, 8)
    assert found.bound[[8, 9, LEVEL]].tolist() == [10, 0, 10]
    assert run(rules, random_policy, 10, 1, 5).bound[8] == 0


def test_ended_games_count_no_more():
    """Half of the games end in the first turn; the others play an initiative every turn."""
    rules = small_world(
        cards=(card("luck", CHANCE, 1, odds=number(0.5), when=in_turn(0)),),
        landings=landings((add(LEVEL, 400),), (add(LEVEL, 1),)),
        endings=(Ending("high", FINISH, ("gt", ("now", LEVEL), number(800)), 1, None),),
        initiatives=(Initiative(option("walk", 2), 1),))
    bot = by_stance(rules, Stance({LEVEL: 1.0}, active=True))
    found = run(rules, bot, 1_000, 1, 6)
    assert found.endings[0] == pytest.approx(500, abs=50)
    assert found.initiatives[0] == found.turns_played == found.endings[0] + 6 * found.endings[1]


def test_progress_and_stopping():
    here, heard = world("minimal"), []
    whole, _ = tally("minimal", 100, chunk=30, progress=heard.append)
    assert heard == [30, 60, 90, 100] and whole.games == 100
    stopped, _ = tally("minimal", 100, chunk=30, progress=heard.append, stop=lambda: len(heard) >= 6)
    assert stopped.games == 60
    alone = run(here.rules, random_policy, 60, 5, here.turns, here.parameters)
    np.testing.assert_array_equal(stopped.shown, alone.shown)


def test_stopped_at_once_is_an_empty_summary():
    found = simulate(scenario("minimal"), 100, "random", 1, "lesson", stop=lambda: True)
    assert found["games"] == 0 and found["asked"] == 100


def test_summary_has_ids_and_adds_up():
    found = simulate(scenario("minimal"), 200, "random", 1, "lesson")
    document = scenario("minimal").document
    assert sum(found["endings"].values()) == pytest.approx(1.0)
    assert list(found["endings"])[-1] == "planned-end"
    assert set(found["cards"]) == {c.id for c in document.cards}
    for name, counts in found["cards"].items():
        assert sum(counts["choices"].values()) == counts["shown"], name
    for figures in found["indicators"].values():
        assert figures["p10"] <= figures["p50"] <= figures["p90"]
        assert len(figures["means_by_turn"]) == document.lengths["lesson"].turns + 1
        assert figures["means_by_turn"][-1] == figures["mean"]
    unseen = {name for name, counts in found["cards"].items() if not counts["shown"] + counts["lapsed"]}
    unseen |= {name for part in ("initiatives", "moves") for name, count in found[part].items() if not count}
    assert set(found["never_seen"]) == unseen


def test_difficulty_changes_the_games():
    found = scenario("mongolia-2011")
    other = next(d.id for d in found.document.difficulties if d.set_ and not d.default)
    one, two = (simulate(found, 50, "random", 1, "lesson", difficulty) for difficulty in (None, other))
    assert one["difficulty"] != two["difficulty"] and one["indicators"] != two["indicators"]


@pytest.mark.parametrize("more", [{"length": "never"}, {"difficulty": "never"}, {"policy": "never"}])
def test_what_is_not_there_is_refused(more):
    with pytest.raises(ValueError, match="never"):
        simulate(scenario("minimal"), **{"games": 5, "policy": "random", "seed": 1, "length": "lesson", **more})
