"""One hash of many finished games, to compare processors, Pythons and numpys. Read next: matrix.py."""

from __future__ import annotations

import hashlib

import numpy as np

from game.engine import numbers
from game.engine.state import array_fields
from game.outlook.policies import random_policy
from tests.conformance.worlds import WORLDS, final, world
from tests.oracle.compare import compare

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


def feature_sets() -> dict[str, list[str]]:
    """What to switch off, by a name for what is left: AVX-512, and all beyond the baseline, where there is such."""
    every = simd()
    wide = [name for name in every if "512" in name or name == "X86_V4"]  # numpy 2.4 names levels, older ones features
    sets = {"without AVX-512": wide} if wide else {}
    return {**sets, "baseline only": every} if every != wide else sets


def report(games: int) -> dict:
    """Plain data for another process to read."""
    return {"numpy": np.__version__, "simd": simd(), "sets": feature_sets(), "games": games_digest(games),
            "numbers": numbers_digest()}


def compared(games: int) -> int:
    """Plays random games of every world with the oracle as well; how many. AssertionError at the first difference."""
    for name in WORLDS:
        here = world(name)
        compare(here.rules, SEED, games, here.turns, here.parameters)
    return games * len(WORLDS)
