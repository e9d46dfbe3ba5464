"""Random numbers by address: (seed, game, turn, stream, slot) always gives the same number.

Nothing is consumed in sequence, so deciding differently never changes unrelated luck, a rewind meets the
same dice, and game 417 of a batch can be played again alone. numpy's Philox is a counter-based generator:
key = seed, counter = (game block, turn, stream, 0); one call fills a whole turn of a batch.
"""

from __future__ import annotations

import numpy as np
from numpy.random.bit_generator import ISeedSequence

WORDS_PER_COUNT = 4  # Philox 4x64 gives four words for each value of its counter

SPARE_BITS, STEP = np.uint64(11), 2.0**-53  # of a word a number has the upper 53 bits

CACHED_GAMES = 100  # drawn at a time, so that turning the table round stays in the cache

PLAY, BOTS, FORECAST = 0, 1, 2  # streams: the game's own dice, bots' choices, simulated futures


class Key(ISeedSequence):
    """A key as numpy asks for it; as an argument of its own it costs ten times as much, a seed from the system."""

    def __init__(self, key: np.ndarray) -> None:
        self._key = key

    def generate_state(self, n_words: int, dtype: type = np.uint64) -> np.ndarray:
        return self._key


def uniforms(seed: int, first_game: int, games: int, turn: int, slots: int, stream: int = PLAY,
             wanted: np.ndarray | None = None) -> np.ndarray:
    """Numbers in [0, 1), shape [slots, games], for games first_game .. first_game + games - 1.

    Seeds are used modulo 2**128. `wanted` [numbers of slots] picks rows of the result.
    """
    blocks = -(-slots // WORDS_PER_COUNT)
    key = np.array([seed & 0xFFFFFFFFFFFFFFFF, seed >> 64 & 0xFFFFFFFFFFFFFFFF], dtype=np.uint64)
    words = np.random.Philox(Key(key), counter=np.array([first_game * blocks, turn, stream, 0], dtype=np.uint64))
    if wanted is None:
        wanted = np.arange(slots)
    found = np.empty((len(wanted), games))
    for first in range(0, games, CACHED_GAMES):
        some = min(CACHED_GAMES, games - first)
        drawn = words.random_raw(some * blocks * WORDS_PER_COUNT).reshape(some, -1).take(wanted, 1)
        drawn >>= SPARE_BITS
        np.multiply(drawn.view(np.int64).T, STEP, out=found[:, first: first + some])  # signed: a faster conversion
    return found
