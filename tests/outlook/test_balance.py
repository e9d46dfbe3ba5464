"""The balance report's figures: planted defects are found, a fair deck has none, and pieces add up."""

import json
from functools import cache

import numpy as np
import pytest

from game.outlook import keeping
from game.outlook.audit import favourites, punished
from game.outlook.balance import Results, do, name_of, study_of, summary, work
from game.outlook.evidence import write_logs
from game.outlook.study import Study
from game.replay import Session, verify
from tests.conformance.worlds import scenario
from tests.outlook.decks import deck


@cache
def study(name: str, seed: int = 1) -> Study:
    return study_of(deck(name), seed, games=1_500, depth_games=50)


@cache
def done(name: str, seed: int = 1) -> dict:
    return {name_of(piece): do(study(name, seed), piece) for piece in work(study(name, seed))}


@cache
def found(name: str, seed: int = 1) -> dict:
    return summary(study(name, seed), done(name, seed))


def about(name: str, code: str) -> set[str]:
    return {finding["about"] for finding in found(name)["findings"] if finding["code"] == code}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_fair_deck_has_no_findings(seed):
    assert found("fair-deck", seed)["findings"] == [] and found("fair-deck", seed)["complete"]


def test_the_four_planted_defects_are_found():
    assert "the-levy/rough-levy" in about("planted", "dominated")
    assert about("planted", "never-shown") == {"the-comet"}
    assert about("planted", "no-consequence") == {"the-speech"}
    assert about("planted", "runaway-loop") == {"debt"}
    assert about("planted", "favourite-partner") == {"north"}


def test_what_is_sound_in_the_planted_deck_is_not_blamed():
    for code in ("dominated", "always", "never", "no-consequence"):
        assert not {name for name in about("planted", code) if name.startswith(("the-purse", "seed-"))}


def test_the_summary_is_plain_data_and_says_how_deep_it_is():
    figures = json.loads(json.dumps(found("fair-deck")))
    gap = figures["depth"]["gaps"]["bars"]
    assert gap["gap"] > 0.3 and 0.0 < gap["error"] < 0.2
    assert 0.3 < figures["options"]["disagree"] < 1.0
    planner, bars = (figures["policies"][name]["utility"] for name in ("planner", "bars"))
    chance = np.mean(Results(study("fair-deck"), done("fair-deck")).utilities("random", 50))
    assert gap["gap"] == pytest.approx((planner - bars) / (planner - chance), abs=0.01)
    assert abs(sum(figures["policies"]["random"]["endings"].values()) - 1.0) < 1e-3


def test_counts_of_cards_are_those_of_the_pieces():
    figures, parts = found("fair-deck"), done("fair-deck").values()
    cards = [card.id for card in deck("fair-deck").document.cards]
    for c, card in enumerate(cards):
        assert figures["cards"][card]["shown"] == sum(sum(part["taken"][c]) for part in parts)
        opened = [choice["open"] for choice in figures["cards"][card]["choices"].values()]
        assert all(n == figures["cards"][card]["shown"] for n in opened)  # nothing in this deck is ever shut


def test_a_part_of_the_pieces_gives_a_report_that_says_so():
    some = dict(list(done("planted").items())[:6])
    figures = summary(study("planted"), some)
    assert figures["complete"] is False and "depth" not in figures
    assert len(figures["policies"]) == 6


def test_kept_pieces_are_read_again(tmp_path):
    path, pieces = tmp_path / "a.part", dict(list(done("fair-deck").items())[:3])
    keeping.start(path, study("fair-deck"), {})
    for piece, result in pieces.items():
        keeping.keep(path, piece, result)
    assert keeping.read_done(path, study("fair-deck")) == json.loads(json.dumps(pieces))
    text = path.read_text("utf-8")
    path.write_text(text[:-40], "utf-8")  # killed while writing the last line
    assert list(keeping.read_done(path, study("fair-deck"))) == list(pieces)[:2]
    with pytest.raises(ValueError, match="another study"):
        keeping.read_done(path, study("planted"))
    assert keeping.read_done(tmp_path / "none.part", study("planted")) == {}


def test_favourites_and_punished_stances():
    good, fair, bad = [[3.0, 0.1], [2.0, 0.1]], [[1.0, 0.1], [2.4, 0.1]], [[-1.0, 0.1], [-2.0, 0.1]]
    assert favourites({"court-a": {"by_pair": good}, "court-b": {"by_pair": bad}}) == ["a"]
    assert favourites({"court-a": {"by_pair": good}, "court-b": {"by_pair": fair}}) == []
    assert punished({"court-a": {"by_pair": bad}, "cautious": {"by_pair": bad}, "diversify": {"by_pair": fair}}
                    ) == ["cautious"]


def test_endings_and_rare_cards_come_with_a_log_that_reaches_them(tmp_path):
    found = scenario("minimal")
    small = study_of(found, 3, games=400, depth_games=2)
    pieces = {name_of(p): do(small, p) for p in work(small) if p[0] in ("random", "nothing", "history")}
    reached = summary(small, pieces)["reached"]
    assert {"planned-end", "frozen", "rich"} <= {entry["id"] for entry in reached}
    with_logs = [e for e in write_logs(small, reached, tmp_path, lambda: False, tries=10) if "log" in e]
    assert with_logs
    endings = [e.id for e in found.document.endings] + ["planned-end"]
    for entry in with_logs:
        session = Session.load(tmp_path / entry["log"])
        assert verify(tmp_path / entry["log"]).verdict == "same" and session.settings.seed == entry["seed"]
        if entry["kind"] == "ending":
            assert endings[session.state.ended[0]] == entry["id"]
        else:
            cards = [session.rules.tables.cards[c].id for r in session.records for c in r.opened.agenda[:, 0] if c >= 0]
            assert entry["id"] in cards


def test_a_piece_can_be_stopped():
    assert do(study("fair-deck"), ("random", -1, 0, 10), lambda: True) is None
    assert do(study("fair-deck"), ("planner", 0, 0, 10), lambda: True) is None


def test_more_games_than_a_chunk_are_the_same_games():
    small = study_of(deck("fair-deck"), 5, games=100, depth_games=8)
    whole = do(small, ("planner", 0, 0, 8))
    parts = [do(small, ("planner", 0, first, 4)) for first in (0, 4)]
    assert whole["utilities"] == [a + b for a, b in zip(*(p["utilities"] for p in parts), strict=True)]
    assert np.allclose(whole["watch"]["total"], sum(np.array(p["watch"]["total"]) for p in parts), atol=1e-4)
    assert whole["taken"] == sum(np.array(p["taken"]) for p in parts).tolist()
