"""Games of earlier days still load: one log for each format and each version of the rules, never written again.

When the format or the rules change, add a log of the new kind beside these (see CONTRIBUTING.md); do not touch the old.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.engine.turn import RULES_VERSION
from game.replay import Session, retell, verify

LOGS = sorted(Path(__file__).parent.glob("*.tnlog"))
NAMES = [path.stem for path in LOGS]


def test_there_is_one_for_the_rules_of_today():
    assert f"format-1-rules-{RULES_VERSION}" in NAMES


@pytest.mark.parametrize("path", LOGS, ids=NAMES)
def test_an_old_game_loads_and_goes_on(path, tmp_path):
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    session = Session.load(copy)
    assert session.settings.name == "Oyuna" and session.settings.seed == 2011
    assert session.state.turn == 3 and session.date == "2011 Q4" and session.rewinds == 1 and not session.ended
    session.end_turn()
    assert session.state.turn == 4 and Session.load(copy).state.turn == 4


@pytest.mark.parametrize("path", LOGS, ids=NAMES)
def test_an_old_game_can_be_retold_and_says_whether_it_can_be_verified(path):
    told = retell(path)
    assert told[0].endswith("seed 2011") and any(line.startswith("Back to ") for line in told)
    same_rules = path.stem.endswith(f"rules-{RULES_VERSION}")
    assert verify(path).verdict == ("same" if same_rules else "not-verifiable")
