"""The story of a log, and the list of saved games."""

import datetime
import os
from pathlib import Path

import numpy as np

from game.content import load
from game.content.units import behind
from game.replay import SUFFIX, Session, list_saves, new_save_path, retell
from game.replay.retelling import _changed, _figure
from tests.replay.playing import new_session, play_turns

MONGOLIA = Path(__file__).parents[2] / "scenarios" / "mongolia-2011"


def test_a_game_is_told_turn_by_turn(tmp_path):
    session = play_turns(new_session("minimal", tmp_path / "a.tnlog"))
    lines = retell(session.path)
    document = session.scenario.document
    assert lines[0].startswith(f"{document.title}: Oyuna, ") and lines[0].endswith("seed 7")
    dates = [line for line in lines if not line.startswith(" ")][1:]
    assert dates == [f"{2011 + turn // 4} Q{turn % 4 + 1}" for turn in range(len(session.records))]
    told = "\n".join(lines)
    shown = {c for record in session.records for c in record.opened.agenda[:, 0] if c >= 0}
    assert shown
    for c in shown:
        assert document.cards[c].title in told
        assert any(choice.label in told for choice in document.cards[c].choices)
    moves = {m for record in session.records for m in record.report.decided.moves[:, 0] if m >= 0}
    assert moves and all(document.moves[m].title in told for m in moves)
    assert "The game ended: " in lines[-2] and lines[-1].startswith("  Changed most: ")


def test_one_of_a_unit_is_singular(tmp_path):
    scenario = new_session("minimal", tmp_path / "a.tnlog").scenario
    variable = scenario.document.variables["cover"]
    assert variable.unit == "days"
    assert _figure(scenario, "cover", 1.0) == f"{variable.label} 1.0 days"
    assert (behind("1", "days"), behind("\u22121", "days"), behind("21", "days")) == ("day", "day", "days")
    mongolia = load(MONGOLIA)
    assert _figure(mongolia, "fuel_cover", 1.0) == f"{mongolia.document.variables['fuel_cover'].label} 1 day"


def test_what_the_season_brings_every_year_does_not_lead_the_story():
    scenario = load(MONGOLIA)
    herds, treasury = scenario.row("herds"), scenario.row("treasury")
    closings = [np.zeros(len(scenario.tables.variables)) for _ in range(7)]
    for quarter in range(1, 7):
        closings[quarter][herds] = closings[quarter - 1][herds] + (6.0 if quarter in (2, 6) else -1.0)
    closings[6][treasury] = 90.0
    assert "Herds" in "".join(_changed(scenario, closings[:3]))
    assert "".join(_changed(scenario, closings)).startswith("Changed most: Treasury")
    closings[6][herds] += 12.0
    assert "".join(_changed(scenario, closings)).startswith("Changed most: Herds")


def test_rewinds_are_told(tmp_path):
    session = play_turns(new_session("minimal", tmp_path / "a.tnlog"), 3)
    session.rewind(1)
    session.end_turn()
    lines = retell(session.path)
    assert "Back to 2011 Q2." in lines
    assert lines.count("2011 Q2") == 2


def test_saves_are_listed_newest_first_and_broken_ones_left_out(tmp_path):
    for number, turns in enumerate((1, 4)):
        path = tmp_path / f"game{number}{SUFFIX}"
        session = play_turns(new_session("minimal", path, seed=number), turns)
        os.utime(path, (1_000 + number, 1_000 + number))
    (tmp_path / f"broken{SUFFIX}").write_text("{", "utf-8")
    (tmp_path / f"empty{SUFFIX}").write_text("", "utf-8")
    (tmp_path / f"folder{SUFFIX}").mkdir()
    (tmp_path / "notes.txt").write_text("no game", "utf-8")
    found = list_saves(tmp_path)
    assert [(info.path.stem, info.turn, info.date, info.settings.seed, info.modified) for info in found] == [
        ("game1", 4, "2012 Q1", 1, 1_001.0), ("game0", 1, "2011 Q2", 0, 1_000.0)]
    assert {info.turns for info in found} == {session.state.turns}
    assert found[0].title == session.scenario.document.title and not found[0].ended


def test_an_ended_game_is_listed_with_its_last_quarter(tmp_path):
    session = play_turns(new_session("minimal", tmp_path / f"a{SUFFIX}"))
    (info,) = list_saves(tmp_path)
    assert info.ended and info.turn == info.turns == 8 and info.date == "2012 Q4" == Session.load(session.path).date


def test_no_folder_means_no_saves(tmp_path):
    assert list_saves(tmp_path / "none") == []


def test_new_names_are_free(tmp_path):
    moment = datetime.datetime(2025, 11, 24, 7, 12)
    first = new_save_path(tmp_path, "mongolia-2011", moment)
    assert first.name == f"mongolia-2011-2025-11-24-0712{SUFFIX}"
    first.write_text("", "utf-8")
    assert new_save_path(tmp_path, "mongolia-2011", moment).name == f"mongolia-2011-2025-11-24-0712-2{SUFFIX}"
