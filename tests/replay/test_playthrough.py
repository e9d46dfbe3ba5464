"""History must fit its scenario: whatever does not is told with file, line and what to do, all at once."""

from __future__ import annotations

import re

import pytest

from game.content import ContentError, load
from game.content.overlay import LENGTH, overlaid
from game.content.playthrough import HISTORY_FILE, read_playthrough
from game.replay.playthrough import PlaythroughError, play_history
from tests.content.test_scenario import MINIMAL

TEXT = (MINIMAL / HISTORY_FILE).read_text(encoding="utf-8")


def play(folder, text):
    scenario = load(MINIMAL)
    (folder / "history.yaml").write_text(text, encoding="utf-8")
    playthrough = read_playthrough(folder / "history.yaml", scenario.document)
    return play_history(overlaid(scenario, playthrough, "free"), playthrough, LENGTH)


def wrong(folder, text, kind=PlaythroughError):
    with pytest.raises(kind) as caught:
        play(folder, text)
    return caught.value.problems if kind is PlaythroughError else caught.value.findings


def line_of(text, piece):
    return text[: text.index(piece)].count("\n") + 1


def test_history_that_fits_is_played_to_its_end(tmp_path):
    assert play(tmp_path, TEXT).ended


CASES = {  # what is put instead of what: where it is told, what it says, what it advises
    "a card without an entry": ("  old-debt: refuse\n", "", "cards:", r"2011-Q2: the card `old-debt` comes up",
                                "write `old-debt: refuse`"),
    "a quarter outside": ("  2012-Q3:", "  2013-Q3:", "2013-Q3", "2013-Q3 is not played", "2012-Q4"),
    "a refused initiative": ("  2011-Q3: {", "  2011-Q3: {initiatives: [build-depot], ", "build-depot], moves",
                             r"2011-Q3: build-depot is refused", "cooldown"),
    "a refused choice": ("fuel-runs-short: gamble", "fuel-runs-short: gamble, old-debt: pay", "old-debt: pay",
                         "`old-debt` found no place", "three cards"),
    "a gamble without an outcome": ("  build-depot: success\n", "", "build-depot]", "`build-depot` is a gamble",
                                    "success | failure"),
    "two moves of one actor": ("[friendly-word]", "[friendly-word, late-wagons]", "late-wagons]\n",
                               "the move `late-wagons` is not made", "attention"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_fit_is_told_with_its_line(case, tmp_path):
    old, new, place, message, hint = CASES[case]
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    problems = wrong(tmp_path, text)
    found = [p for p in problems if re.search(message, p.message)]
    assert found, problems
    assert found[0].line == line_of(text, place) and hint in found[0].hint
    assert found[0].file.endswith("history.yaml")


def test_a_card_that_never_comes_up_is_told(tmp_path):
    text = TEXT.replace("  fuel-runs-short: failure", "  fuel-runs-short: success")  # then no quiet visit follows
    (problem,) = wrong(tmp_path, text)
    assert "`a-quiet-visit` never came up" in problem.message
    assert problem.line == line_of(text, "a-quiet-visit")


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    text = TEXT.replace("  old-debt: refuse\n", "").replace("  2012-Q3:", "  2013-Q3:")
    assert len(wrong(tmp_path, text)) == 2


UNKNOWN = {  # what is put instead of what: the code and the hint
    "old-debt:": ("old-det:", "unknown-reference", "`old-debt`"),
    "refuse": ("refus", "unknown-reference", "there are refuse, pay, talk"),
    "[late-wagons]": ("[late-waggons]", "unknown-reference", "`late-wagons`"),
    "{tax: 15}": ("{taxe: 15}", "unknown-reference", "`tax`"),
    "[build-depot]": ("[build-depo]", "unknown-reference", "`build-depot`"),
    "2012-Q3": ("2012-Q5", "date-form", "Q1 to Q4"),
    "outcomes:": ("outcome:", "unknown-key", "`outcomes`"),
    "fuel-runs-short: failure": ("fuel-runs-short: lost", "wrong-value", "success, failure"),
}


@pytest.mark.parametrize("old", UNKNOWN)
def test_what_is_not_there_is_found_before_playing(old, tmp_path):
    new, code, hint = UNKNOWN[old]
    findings = wrong(tmp_path, TEXT.replace(old, new, 1), ContentError)
    assert [(f.code, f.line) for f in findings] == [(code, line_of(TEXT, old))]
    assert hint in findings[0].hint


def test_a_file_that_is_not_there_or_not_yaml_is_a_finding(tmp_path):
    with pytest.raises(ContentError, match="file-unreadable"):
        read_playthrough(tmp_path / "none.yaml", load(MINIMAL).document)
    (tmp_path / "bad.yaml").write_text("cards: [", encoding="utf-8")
    with pytest.raises(ContentError, match="yaml-syntax"):
        read_playthrough(tmp_path / "bad.yaml", load(MINIMAL).document)
