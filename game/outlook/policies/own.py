"""A user's own policy: a function in a Python file, named as `path/to/file.py:function`.

It is called like those here: (rules, state, reading, dice) -> Decisions. It runs with the user's rights, as
any program of theirs; nothing from a scenario ever gets here.
"""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np

from game.engine.decisions import Decisions, nothing
from game.engine.formulas import Reading
from game.engine.state import State
from game.engine.tables import Rules
from game.outlook.policies.common import Policy


class PolicyError(ValueError):
    """A user's policy cannot be read, fails, or gives something that is no decision."""


def is_own(name: str) -> bool:
    """Whether a policy's name means a function in a file."""
    return ".py:" in name


def own_policy(name: str) -> Policy:
    """The function, its results checked; PolicyError says what is wrong, now or when it is called."""
    path, _, function = name.rpartition(":")
    if not Path(path).is_file():
        raise PolicyError(f"there is no file “{path}”")
    try:
        found = runpy.run_path(path).get(function)
    except Exception as error:  # whatever a user's file may raise
        raise PolicyError(f"“{path}” cannot be run: {type(error).__name__}: {error}") from error
    if not callable(found):
        raise PolicyError(f"“{path}” has no function “{function}”")

    def decide(rules: Rules, state: State, reading: Reading, dice: np.ndarray) -> Decisions:
        try:
            wanted = found(rules, state, reading, dice)
        except Exception as error:
            raise PolicyError(f"“{name}” fails in turn {state.turn + 1}: {type(error).__name__}: {error}") from error
        model = nothing(rules, state)
        for part in ("choices", "levers", "initiatives"):
            if getattr(getattr(wanted, part, None), "shape", None) != getattr(model, part).shape:
                raise PolicyError(f"“{name}” must give Decisions; {part} has the shape {getattr(model, part).shape}")
        return wanted
    return decide
