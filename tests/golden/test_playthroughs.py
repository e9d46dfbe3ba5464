"""Every playthrough that ships still gives the game that was written down, line for line."""

from __future__ import annotations

import re
from functools import cache

import pytest

from game.content import load
from game.content.expressions import quarter_number
from game.content.playthrough import HISTORY_FILE
from game.replay.playthrough import PlaythroughError
from tests.golden.playthroughs import SCENARIOS, first_difference, played_and_told, playthroughs, read, told_in

PATHS = playthroughs()
NAMES = [f"{path.parents[1].name}/{path.stem}" for path in PATHS]


@cache
def played(path):
    scenario = load(path.parents[1])
    return played_and_told(scenario, read(scenario, path))


@pytest.mark.parametrize("scenario, least", [("mongolia-2011", 6), ("mongolia-2016", 2)])
def test_there_are_several_of_each_scenario_and_they_end_differently(scenario, least):
    mine = [path for path in PATHS if path.parents[1].name == scenario]
    assert len(mine) >= least
    endings = {[line for line in told_in(path) if not line.startswith(" ")][-2] for path in mine}
    assert len(endings) == len(mine), "each should earn a verdict of its own"


def test_every_length_of_a_scenario_that_ships_has_a_playthrough_and_one_ends_in_defeat():
    for folder in {path.parents[1] for path in PATHS}:
        lengths = {read(load(folder), path).document.length for path in PATHS if path.parents[1] == folder}
        assert lengths == set(load(folder).document.lengths), folder.name
    assert any(read(load(path.parents[1]), path).document.ends != "planned-end" for path in PATHS)


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_the_same_decisions_give_the_same_game(path):
    _, now = played(path)
    difference = first_difference(told_in(path), now)
    assert not difference, f"{difference}\nIf this was meant: python -m tests.golden.record"


@pytest.mark.parametrize("name", ["mongolia-2011/as-it-happened", "mongolia-2016/the-rescue"])
def test_history_takes_what_history_did_wherever_it_is_on_the_desk(name):
    session, _ = played(PATHS[NAMES.index(name)])
    document, chosen = session.scenario.document, {}
    for record in session.records:
        for place, card in enumerate(record.opened.agenda[:, 0]):
            if card >= 0:
                chosen[document.cards[card].id] = int(record.report.decided.choices[place, 0])
    first = quarter_number(document.start)
    for card in document.cards:
        did = [n for n, choice in enumerate(card.choices) if choice.history]
        if did and card.id in chosen:
            assert chosen[card.id] in did, card.id
        if did and card.scheduled and "sefil" not in card.when:
            due = quarter_number(re.search(r"\d{4}-Q[1-4]", card.when).group())
            assert card.id in chosen or not first <= due < first + len(session.records), f"{card.id} never came"


def test_the_later_scenario_has_the_same_history():
    earlier, later = (read(load(SCENARIOS / name), SCENARIOS / name / HISTORY_FILE).document
                      for name in ("mongolia-2011", "mongolia-2016"))
    first = min(later.turns, key=quarter_number)
    assert later.turns == {date: turn for date, turn in earlier.turns.items()
                           if quarter_number(date) >= quarter_number(first)}
    assert later.cards.items() <= earlier.cards.items()


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
