"""Every playthrough that ships still gives the game that was written down, line for line."""

from __future__ import annotations

from functools import cache

import pytest

from game.content import load
from game.replay.playthrough import PlaythroughError
from tests.golden.playthroughs import first_difference, played_and_told, playthroughs, read, told_in

PATHS = playthroughs()
NAMES = [f"{path.parents[1].name}/{path.stem}" for path in PATHS]


@cache
def played(path):
    scenario = load(path.parents[1])
    return played_and_told(scenario, read(scenario, path))


def test_there_are_at_least_three_and_they_end_differently():
    mongolia = [path for path in PATHS if path.parents[1].name == "mongolia-2011"]
    assert len(mongolia) >= 3
    endings = {[line for line in told_in(path) if not line.startswith(" ")][-2] for path in mongolia}
    assert len(endings) == len(mongolia), "each should earn a verdict of its own"


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_the_same_decisions_give_the_same_game(path):
    _, now = played(path)
    difference = first_difference(told_in(path), now)
    assert not difference, f"{difference}\nIf this was meant: python -m tests.golden.record"


def test_history_takes_what_history_did_wherever_it_is_on_the_desk():
    path = next(path for path in PATHS if path.stem == "as-it-happened")
    session, _ = played(path)
    document, chosen, seen = session.scenario.document, {}, set()
    for record in session.records:
        for place, card in enumerate(record.opened.agenda[:, 0]):
            if card >= 0:
                seen.add(document.cards[card].id)
                chosen[document.cards[card].id] = int(record.report.decided.choices[place, 0])
    for card in document.cards:
        did = [n for n, choice in enumerate(card.choices) if choice.history]
        if did and card.id in seen:
            assert chosen[card.id] in did, card.id
        if did and card.scheduled:
            assert card.id in seen or "sefil" in card.when, f"history's card {card.id} never came"


def test_a_decision_that_is_not_possible_is_named_with_its_line(tmp_path):
    path, changed = PATHS[0], tmp_path / "changed.yaml"
    text = path.read_text(encoding="utf-8").replace("\nturns:", "\nturns:\n  2011-Q1: {levers: {public_building: 320}}")
    changed.write_text(text, encoding="utf-8")
    scenario = load(path.parents[1])
    line = text[: text.index("public_building: 320")].count("\n") + 1
    refused = rf"changed.yaml:{line}:.* 2011-Q1: public_building: 320 is refused .no-capital"
    with pytest.raises(PlaythroughError, match=refused):
        played_and_told(scenario, read(scenario, changed))


def test_the_first_differing_line_is_reported():
    assert first_difference(["a", "b"], ["a", "b"]) == ""
    assert first_difference(["a", " b"], ["a", "c"]) == "line 2\n  kept: b\n  now:  c"
    assert "now:  (nothing)" in first_difference(["a", "b"], ["a"])
