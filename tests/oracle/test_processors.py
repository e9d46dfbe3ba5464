"""The same games to the bit on processors with and without wide vector instructions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.oracle.digest import simd

REPOSITORY = Path(__file__).resolve().parents[2]
GAMES = 200


def run_without(features: list[str]) -> dict:
    """The digests of a process in which numpy may not use these features."""
    environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(features)}
    done = subprocess.run([sys.executable, "-c", f"from tests.oracle.digest import report; print(report({GAMES}))"],
                          cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_games_do_not_depend_on_vector_instructions():
    every = simd()
    wide = [name for name in every if "512" in name or name == "X86_V4"]  # numpy 2.4 names levels, older ones features
    if not every:
        pytest.skip("numpy uses nothing beyond its baseline on this processor")
    usual = run_without([])
    assert set(usual["simd"]) == set(every)
    for features in ([wide] if wide else []) + ([every] if wide != every else []):
        other = run_without(features)
        assert not set(other["simd"]) & set(features), "the features were still in use"
        assert (other["numbers"], other["games"]) == (usual["numbers"], usual["games"]), features
