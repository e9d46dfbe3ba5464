"""One hash of many finished games, to compare processors and platforms. Read next: test_processors.py."""

from __future__ import annotations

import hashlib
import json

import numpy as np

from game.engine import numbers
from game.engine.state import array_fields
from game.outlook.policies import random_policy
from tests.conformance.worlds import WORLDS, final, world

SEED = 2011


def simd() -> list[str]:
    """Processor features beyond the baseline that numpy uses here."""
    return list(np.show_config(mode="dicts")["SIMD Extensions"].get("found", []))


def games_digest(games: int) -> str:
    """Of every array of the final states of random games of every world."""
    found = hashlib.sha256()
    for name in WORLDS:
        for field, array in sorted(array_fields(final(world(name), random_policy, SEED, games)).items()):
            found.update(field.encode() + array.tobytes())
    return found.hexdigest()


def numbers_digest(count: int = 20_000) -> str:
    """Of the number functions over far more than scenarios use."""
    rng = np.random.default_rng(SEED)
    wide = rng.uniform(-60.0, 60.0, count)
    positive = np.ldexp(rng.random(count), rng.integers(-30, 30, count))  # numpy's own power is not the same everywhere
    found = hashlib.sha256()
    for values in (numbers.exp(wide), numbers.ln(positive), numbers.power(positive, wide * 0.05),
                   numbers.logistic(wide), numbers.normal(rng.random(count) * (1.0 - 2.0**-50) + 2.0**-51),
                   numbers.ratio(wide, positive, wide), numbers.curve(wide, (-30.0, 0.1, 17.0), (3.3, -1.7, 8.9))):
        found.update((values + 0.0).tobytes())
    return found.hexdigest()


def report(games: int) -> str:
    """As one line of JSON, for another process to read."""
    return json.dumps({"simd": simd(), "games": games_digest(games), "numbers": numbers_digest()})
