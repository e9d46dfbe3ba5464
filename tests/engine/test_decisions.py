"""What is allowed: refusals with their codes, and what settling does with too much."""

import numpy as np
import pytest

from game.engine.decisions import Purse, nothing, options, refusal, settle
from game.engine.state import NONE
from game.engine.tables import SCHEDULED, Agenda, Initiative
from game.engine.turn import begin, reading_of
from tests.engine.small import CASH, NO, card, decide, option, step, world


def shop(places=2):
    """Cash 100 and credit 20; capital 3. Two cards with dear choices, a lever, three initiatives."""
    choices = (option("no"), option("dear", cost=90.0), option("proud", capital=2.0), option("shut", when=NO))
    return world(
        cards=(card("one", SCHEDULED, choices=choices), card("two", SCHEDULED, choices=choices)),
        initiatives=(Initiative(option("i0", cost=20.0, capital=1.0), 3), Initiative(option("i1", capital=1.0), 3),
                     Initiative(option("i2", when=NO), 3)),
        agenda=Agenda(places, 1, 0.0))


def code(rules, state, about, **decided):
    may = options(rules, state, reading_of(rules, state))
    found = refusal(rules, state, may, decide(rules, state, **decided), about)
    return None if found is None else (found.code, found.need, found.have)


@pytest.mark.parametrize("about, decided, expected", [
    (("choice", 0, 1), {}, None),
    (("choice", 1, 1), {"choices": {"one": 1}}, ("no-cash", 90.0, 30.0)),
    (("choice", 1, 2), {"choices": {"one": 2}}, ("no-capital", 2.0, 1.0)),
    (("choice", 1, 0), {"choices": {"one": 1}}, None),
    (("choice", 0, 3), {}, ("not-open", 0.0, 0.0)),
    (("choice", 0, 9), {}, ("unknown", 0.0, 0.0)),
    (("lever", 0, 80.0), {}, None),
    (("lever", 0, 90.0), {}, ("no-capital", 4.0, 3.0)),
    (("lever", 0, 60.0), {"choices": {"one": 2, "two": 0}, "initiatives": (1,)}, ("no-capital", 1.0, 0.0)),
    (("initiative", 0), {}, None),
    (("initiative", 0), {"initiatives": (1,)}, ("too-many", 1.0, 1.0)),
    (("initiative", 2), {}, ("not-open", 0.0, 0.0)),
    (("initiative", 0), {"levers": {0: 80.0}}, ("no-capital", 1.0, 0.0)),
])
def test_refusals(about, decided, expected):
    rules = shop()
    assert code(rules, begin(rules, 1), about, **decided) == expected


def test_an_initiative_rests_after_it_was_played():
    rules = shop()
    state, _ = step(rules, begin(rules, 1), initiatives=(0,))
    assert code(rules, state, ("initiative", 0))[0] == "too-soon"
    for _ in range(2):
        state, _ = step(rules, state)
    assert code(rules, state, ("initiative", 0)) is None


def test_an_ended_game_refuses_everything():
    rules = shop()
    state, _ = step(rules, begin(rules, 1, turns=1))
    assert code(rules, state, ("lever", 0, 60.0))[0] == "ended"


def settled(rules, state, **decided):
    return settle(rules, state, options(rules, state, reading_of(rules, state)), decide(rules, state, **decided))


def test_settling_pays_in_order_and_gives_the_rest_its_default():
    rules = shop()
    state = begin(rules, 1)
    done = settled(rules, state, choices={"one": 1, "two": 1}, levers={0: 80.0}, initiatives=(0,))
    assert done.choices[:, 0].tolist() == [1, 0]
    assert done.levers[0, 0] == 80.0  # costs 15 of the 30 left
    assert not done.initiatives[0, 0]
    assert (done.cash[0], done.capital[0]) == (105.0, 3.0)


def test_settling_holds_the_number_of_initiatives():
    rules = shop()
    done = settled(rules, begin(rules, 1), initiatives=(0, 1, 2))
    assert done.initiatives[:, 0].tolist() == [True, False, False]


def test_what_is_not_open_becomes_the_default():
    rules = shop()
    assert settled(rules, begin(rules, 1), choices={"one": 3}).choices[0, 0] == 0


def test_levers_snap_to_steps_within_their_range():
    rules = shop()
    state = begin(rules, 1)
    for wanted, got in ((54.0, 50.0), (56.0, 60.0), (44.0, 40.0)):
        assert settled(rules, state, levers={0: wanted}).levers[0, 0] == got
    poor = settled(rules, state, levers={0: 1e9})
    assert poor.levers[0, 0] == 50.0, "five steps cost more capital than there is, so it stays"


def test_every_game_of_a_batch_has_its_own_purse():
    rules = shop()
    state = begin(rules, 1, games=2)
    state.values[CASH, 1] = 10.0
    wanted = nothing(rules, state)
    wanted.choices[0] = 1
    assert settle(rules, state, options(rules, state, reading_of(rules, state)), wanted).choices[0].tolist() == [1, 0]


def test_defaults_are_free_even_when_all_is_spent():
    rules = shop()
    state = begin(rules, 1)
    state.values[CASH] = -500.0
    done = settled(rules, state, choices={"one": 1})
    assert done.choices[:, 0].tolist() == [0, 0] and done.cash[0] == 0.0
    assert NONE not in done.choices
    np.testing.assert_array_equal(done.levers[:, 0], [50.0])


def test_prices_are_reserved_game_by_game_in_order_and_number_and_money():
    rules = shop()
    state = begin(rules, 3, 40)
    rng = np.random.default_rng(1)
    game = np.sort(rng.integers(0, 40, 120))
    cash, capital = rng.choice([0.0, 45.0, 80.0], 120), rng.choice([0.0, 0.5, 2.0], 120)
    purse, most = Purse(rules, state), 2
    done = purse.reserve_each(cash, capital, game, most)
    assert done.any() and not done.all()
    for g in range(40):
        own = Purse(rules, state)
        taken = []
        for thing in np.flatnonzero(game == g):
            good = len(taken) < most and bool(own.payable(cash[thing], capital[thing], g))
            assert done[thing] == good
            if good:
                taken.append(thing)
                own.spent_cash[g] += cash[thing]
                own.spent_capital[g] += capital[thing]
        assert (purse.spent_cash[g], purse.spent_capital[g]) == (own.spent_cash[g], own.spent_capital[g])
        few = Purse(rules, state)
        np.testing.assert_array_equal(few.reserve_each(cash[game == g], capital[game == g], game[game == g], most),
                                      done[game == g])
