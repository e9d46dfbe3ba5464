"""What is on its way: taken out in its turn, added up in the order of decisions, kept for games that have ended."""

import numpy as np

from game.engine.arrivals import Arrivals, of_ring

DELAYS, COLUMNS, GAMES = 4, 3, 2
NOBODY = np.zeros(0, dtype=np.intp)


def arrivals(*found: tuple[int, int, int, float]) -> Arrivals:
    """From (turn, column, game, amount), in the order of decisions."""
    whole = Arrivals(DELAYS, COLUMNS, GAMES, {})
    for turn, column, game, amount in found:
        whole = whole.plus({turn: (np.array([column * GAMES + game]), np.array([amount]))})
    return whole


def test_a_turn_takes_out_its_own_and_leaves_the_rest():
    now, later = arrivals((5, 0, 0, 1.0), (6, 0, 0, 2.0), (5, 2, 1, 3.0), (5, 0, 0, 4.0)).split(5, NOBODY)
    assert now.tolist() == [[5.0, 0.0], [0.0, 0.0], [0.0, 3.0]]
    now, later = later.split(6, NOBODY)
    assert now.tolist() == [[2.0, 0.0], [0.0, 0.0], [0.0, 0.0]]
    assert not later.lots and later.split(7, NOBODY)[0].dtype == np.float64


def test_sums_are_made_in_the_order_of_decisions():
    amounts = (0.1, 0.7, 1e16, -1e16, 0.3)
    now, _ = arrivals(*((0, 1, 1, amount) for amount in amounts)).split(0, NOBODY)
    total = 0.0
    for amount in amounts:
        total += amount
    assert now[1, 1] == total != sum(sorted(amounts))


def test_a_game_that_has_ended_keeps_what_was_on_its_way():
    now, later = arrivals((5, 0, 0, 1.0), (5, 0, 1, 2.0)).split(5, np.array([1]))
    assert now[0].tolist() == [1.0, 0.0]
    assert later.ring()[5 % DELAYS, 0].tolist() == [0.0, 2.0]
    now, later = later.plus({6: (np.array([0]), np.array([7.0]))}).split(6, np.array([1]))
    assert now[0].tolist() == [7.0, 0.0] and later.ring()[5 % DELAYS, 0].tolist() == [0.0, 2.0]


def test_a_ring_and_back():
    before = arrivals((7, 0, 0, 1.5), (9, 2, 1, -2.0), (8, 1, 0, 0.25))
    ring = before.ring()
    assert ring.shape == (DELAYS, COLUMNS, GAMES) and np.count_nonzero(ring) == 3
    after = of_ring(ring, 7)
    for turn in (7, 8, 9):
        (expected, before), (found, after) = before.split(turn, NOBODY), after.split(turn, NOBODY)
        np.testing.assert_array_equal(found, expected)


def test_games_are_picked_in_any_order_and_number():
    whole = arrivals((1, 0, 0, 1.0), (2, 1, 1, 2.0), (1, 2, 1, 3.0), (3, 0, 0, 4.0))
    picked = whole.of_games(np.array([1, 0, 1]))
    np.testing.assert_array_equal(picked.ring(), whole.ring()[..., [1, 0, 1]])
    assert whole.of_games(NOBODY).ring().shape == (DELAYS, COLUMNS, 0)
