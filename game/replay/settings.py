"""What is chosen before a game begins, and how a person's text becomes a seed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from game.content import Scenario
from game.replay.errors import LogError

SEED_LIMIT = 2**128  # the key of the dice has 128 bits
NAME_LIMIT = 200  # characters of a player's name
CODE_LIMIT = 200  # characters of the code for the dice


@dataclass(frozen=True)
class Settings:
    """`seed` 0 .. 2**128 - 1; the others are ids of the scenario; `name` is whatever the player wrote.

    `code` is the text that the player typed for the seed, as typed; "" if it is not known.
    """

    seed: int
    length: str
    difficulty: str
    priorities: tuple[str, ...]
    name: str = ""
    code: str = ""

    @property
    def dice(self) -> str:
        """What to tell a friend who wants the same luck: "code GOBI-7K4Q", "seed 42"."""
        return f"seed {self.seed}" if self.code in ("", str(self.seed)) else f"code {self.code}"


def seed_of(text: str) -> int:
    """The seed that a text stands for: digits are the number itself, anything else is hashed."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 40 and int(text) < SEED_LIMIT:
        return int(text)
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")


def is_code(code: str, seed: int) -> bool:
    """Whether a text may be kept as the code of a seed: a short line that stands for it, or ""."""
    return not code or (len(code) <= CODE_LIMIT and code.isprintable() and seed_of(code) == seed)


def check_settings(scenario: Scenario, settings: Settings) -> None:
    """Raises LogError "bad-settings" if the scenario does not know what the settings name."""
    document = scenario.document
    known = {
        "length": (list(document.lengths), (settings.length,)),
        "difficulty": ([d.id for d in document.difficulties], (settings.difficulty,)),
        "priority": ([p.id for p in document.priorities], settings.priorities),
    }
    for what, (ids, chosen) in known.items():
        for name in chosen:
            if name not in ids:
                listed = ", ".join(ids) or "none at all"
                raise LogError("bad-settings", f"This scenario has no {what} “{name}”.", f"It has: {listed}.")
    if not is_code(settings.code, settings.seed):
        raise LogError("bad-settings", "The code for the dice is too long, or is not that of the seed.",
                       f"Choose one line of up to {CODE_LIMIT} characters.")
    if len(set(settings.priorities)) < len(settings.priorities):
        raise LogError("bad-settings", "The same priority was chosen twice.", "Choose two different ones.")


def parameters_of(scenario: Scenario, difficulty: str) -> dict[int, float]:
    """Values by row that a difficulty sets."""
    chosen = [d for d in scenario.document.difficulties if d.id == difficulty]
    return {scenario.row(name): float(value) for d in chosen for name, value in d.set_.items()}
