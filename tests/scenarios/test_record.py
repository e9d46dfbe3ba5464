"""The record of the balance study beside each shipped scenario: it is of this very scenario, and the gate holds.

When it is not current, play the study again on a seed that was not used for tuning:
`python -m game balance SCENARIO --length LENGTH --games 100000 --depth-games 200 --seed SEED --record`.
"""

import json

import pytest

from game import paths
from game.content import load
from game.engine.turn import RULES_VERSION
from game.outlook.depth import ALWAYS, NEVER, SHOWN
from game.outlook.gate import RECORD

GATED = (("mongolia-2011", "lesson"), ("mongolia-2016", "lesson"))  # scenario, length
ASKED = {"shallow", "uncertain", "unsteady", "always", "never", "no_consequence", "please-both", "last-turn"}


@pytest.fixture(params=GATED, ids="-".join)
def gated(request):
    return request.param


@pytest.fixture
def kept(gated):
    scenario, length = gated
    return json.loads((paths.scenarios() / scenario / RECORD.format(length)).read_text("utf-8"))


def test_it_is_of_this_scenario_and_these_rules(gated, kept):
    scenario = load(paths.scenarios() / gated[0])
    assert (kept["scenario"], kept["length"]) == gated and kept["length"] in scenario.document.lengths
    assert (kept["fingerprint"], kept["rules_version"]) == (scenario.fingerprint, RULES_VERSION)


def test_all_of_the_gate_was_asked_and_holds(kept):
    assert {line["code"] for line in kept["gate"]} == ASKED
    assert [line["says"] for line in kept["gate"] if not line["holds"]] == []


def test_every_option_that_was_shown_often_has_its_day(kept):
    often = {(card, option): taken / shown for card, options in kept["options"].items()
             for option, (taken, shown) in options.items() if shown >= SHOWN}
    assert len(often) > 100
    assert {which: share for which, share in often.items() if not NEVER <= share <= ALWAYS} == {}
