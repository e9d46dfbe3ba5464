"""Playing a game: decisions, undo, rewind, records; and that saving and loading change nothing."""

from dataclasses import replace

import numpy as np
import pytest

from game.engine.state import NONE
from game.replay import LogError, Session, Settings, retell, seed_of, verify
from game.replay.following import followed, surviving
from game.replay.log import read_log
from game.replay.snapshot import fingerprint
from tests.conformance.worlds import FOLDERS, scenario
from tests.replay.playing import decide, new_session, play_turns, settings_for


def wanted_of(session):
    return [array.tolist() for array in (session.wanted.choices, session.wanted.levers, session.wanted.initiatives)]


def assert_same(one, other):
    assert fingerprint(one.state) == fingerprint(other.state)
    assert wanted_of(one) == wanted_of(other)
    assert [r.turn for r in one.records] == [r.turn for r in other.records]
    for a, b in zip(one.records, other.records, strict=True):
        np.testing.assert_array_equal(a.report.closing, b.report.closing)
        assert fingerprint(a.opened) == fingerprint(b.opened)
    assert (one.rewinds, one.notice, one.settings) == (other.rewinds, other.notice, other.settings)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_game_loads_as_it_was_and_verifies(name, tmp_path):
    session = new_session(name, tmp_path / "a.tnlog")
    play_turns(session, 3)
    decide(session)
    assert_same(Session.load(session.path), session)
    play_turns(session)
    loaded = Session.load(session.path)
    assert_same(loaded, session)
    assert loaded.ended
    result = verify(session.path)
    assert (result.verdict, result.turns) == ("same", len(session.records))


@pytest.mark.parametrize("name", FOLDERS)
def test_undo_and_the_same_decisions_give_the_same_turn(name):
    plain, fickle = new_session(name), new_session(name)
    for _ in range(4):
        decide(plain)
        decide(fickle)
        while fickle.undo():
            pass
        assert wanted_of(fickle) == wanted_of(new_turn(fickle))
        decide(fickle)
        plain.end_turn()
        fickle.end_turn()
        assert fingerprint(plain.state) == fingerprint(fickle.state)


def new_turn(session):
    """A session at the opening of the same turn, with nothing decided."""
    fresh = Session(session.scenario, session.settings, session.rules, session.state, [])
    return fresh


@pytest.mark.parametrize("name", FOLDERS)
def test_rewinding_and_deciding_the_same_gives_the_same_game(name, tmp_path):
    session = play_turns(new_session(name, tmp_path / "a.tnlog"), 5)
    before = [fingerprint(record.after) for record in session.records]
    session.rewind(1)
    assert session.state.turn == 1 and len(session.records) == 1 and session.rewinds == 1
    play_turns(session, 4)
    assert [fingerprint(record.after) for record in session.records] == before
    assert_same(Session.load(session.path), session)
    assert verify(session.path).rewinds == 1


def test_loading_plays_only_what_was_not_left_behind(tmp_path):
    """A much rewound game loads as quickly as a straight one, and is the same as if all of it were played again."""
    session = new_session("minimal", tmp_path / "a.tnlog")
    for turn in (0, 2, 1, 0, 3):
        play_turns(session, turn + 2 - session.state.turn + 1)
        decide(session)
        session.rewind(turn)
    decide(session)
    log = read_log(session.path)
    kept = surviving(log.entries)
    assert sum(entry.kind == "turn" for entry in kept) == 3 < sum(entry.kind == "turn" for entry in log.entries)
    assert_same(Session.load(session.path), session)
    *_, (_, straight, same) = followed(log, session.scenario, log.entries)
    assert same
    assert_same(straight, session)
    assert verify(session.path).verdict == "same" and verify(session.path).rewinds == 5


def test_rewinding_to_what_was_not_played_is_refused():
    session = play_turns(new_session(), 2)
    for turn in (2, 3, -1):
        with pytest.raises(ValueError, match="no earlier turn"):
            session.rewind(turn)
    assert session.rewinds == 0 and session.state.turn == 2


def first_card(session):
    """Play on to a turn with a card on the desk; its place and number of choices."""
    while not (session.state.agenda[:, 0] != NONE).any():
        session.end_turn()
    place = int(np.flatnonzero(session.state.agenda[:, 0] != NONE)[0])
    return place, len(session.rules.tables.cards[session.state.agenda[place, 0]].choices)


def test_undo_takes_back_one_decision_at_a_time(tmp_path):
    session = new_session("minimal", tmp_path / "a.tnlog")
    place, _ = first_card(session)
    assert session.choose(place, 0) is None and session.choose(place, 1) is None
    assert session.undo() and session.wanted.choices[place, 0] == 0
    assert_same(Session.load(session.path), session)
    assert session.undo() and session.wanted.choices[place, 0] == NONE
    assert not session.undo()


def test_a_choice_can_be_cleared():
    session = new_session()
    place, _ = first_card(session)
    session.choose(place, 1)
    assert session.choose(place, -1) is None
    assert session.wanted.choices[place, 0] == NONE


def test_deciding_what_is_decided_already_writes_nothing():
    session = new_session()
    place, _ = first_card(session)
    session.choose(place, 0)
    line = session.last_entry
    session.choose(place, 0)
    session.set_lever(0, float(session.state.values[session.rules.tables.levers[0].row, 0]))
    session.play(0, on=False)
    assert session.last_entry == line


def test_a_decision_is_not_its_own_obstacle():
    """Asking again about what is chosen, or changing it, sets free what it had reserved."""
    session = new_session()
    lever = session.rules.tables.levers[0]
    session.state.values[session.rules.tables.roles.capital] = lever.capital  # enough for one step and no more
    before = float(session.state.values[lever.row, 0])
    assert session.set_lever(0, before + lever.step) is None
    assert session.refusal(("lever", 0, before + lever.step)) is None
    assert session.set_lever(0, before - lever.step) is None
    assert session.play(0).code == "no-capital"
    assert session.set_lever(0, before) is None and session.play(0) is None
    assert session.refusal(("initiative", 0)) is None


@pytest.mark.parametrize("act", [
    lambda s: s.choose(99, 0), lambda s: s.choose(-1, 0), lambda s: s.choose(0, 99), lambda s: s.choose(0, -2),
    lambda s: s.set_lever(99, 1.0), lambda s: s.set_lever(-1, 1.0), lambda s: s.set_lever(0, float("nan")),
    lambda s: s.set_lever(0, float("inf")), lambda s: s.play(99), lambda s: s.play(-1), lambda s: s.play(99, on=False),
])
def test_what_is_not_there_is_refused_and_changes_nothing(act):
    session = new_session()
    first_card(session)
    before, line = wanted_of(session), session.last_entry
    assert act(session).code == "unknown"
    assert wanted_of(session) == before and session.last_entry == line


def test_refusals_name_their_reason():
    session = new_session()
    session.state.values[session.rules.tables.roles.capital] = 0.0
    assert session.play(0).code == "no-capital"
    lever = session.rules.tables.levers[0]
    setting = float(session.state.values[lever.row, 0]) + lever.step
    found = session.set_lever(0, setting)
    assert (found.code, found.need, found.have) == ("no-capital", lever.capital, 0.0)
    assert not session.wanted.initiatives.any() and session.wanted.levers[0, 0] != setting


def test_an_ended_game_refuses_and_has_no_next_turn():
    session = play_turns(new_session())
    assert session.set_lever(0, 10.0).code == "ended"
    with pytest.raises(ValueError, match="ended"):
        session.end_turn()


def test_records_hold_what_was_on_the_screen_and_why_it_changed():
    session = new_session()
    opened = session.state
    decide(session)
    wanted = session.wanted
    record = session.end_turn()
    assert record is session.records[-1]
    assert record.opened is opened and record.wanted is wanted and record.turn == 0
    assert record.after is session.state
    row = session.scenario.row(session.scenario.document.indicators[0].variable)
    account = record.accounts[row]
    assert sum(t.amount[0] for t in account.terms) == pytest.approx(account.after[0] - account.before[0])


def test_a_new_game_needs_what_the_scenario_has():
    found = scenario("minimal")
    good = settings_for(found)
    for wrong, what in ((Settings(1, "years", good.difficulty, good.priorities), "length"),
                        (Settings(1, good.length, "brutal", good.priorities), "difficulty"),
                        (Settings(1, good.length, good.difficulty, ("fame",)), "priority"),
                        (Settings(1, good.length, good.difficulty, good.priorities[:1] * 2), "twice"),
                        (replace(good, code="other dice"), "code"),
                        (replace(good, seed=seed_of("a\nb"), code="a\nb"), "code"),
                        (replace(good, seed=seed_of("x" * 201), code="x" * 201), "code")):
        with pytest.raises(LogError) as caught:
            Session.new(found, wrong)
        assert caught.value.code == "bad-settings" and what in str(caught.value)


def test_difficulty_sets_parameters():
    found = scenario("minimal")
    sets = [d for d in found.document.difficulties if d.set_]
    assert sets, "the small example has a difficulty that changes something"
    good = settings_for(found)
    session = Session.new(found, Settings(1, good.length, sets[0].id, good.priorities))
    for name, value in sets[0].set_.items():
        assert session.state.values[found.row(name), 0] == value


def test_save_as_goes_on_in_the_new_file(tmp_path):
    session = new_session("minimal", tmp_path / "a.tnlog")
    old = session.path.read_bytes()
    session.save_as(tmp_path / "deeper" / "b.tnlog")
    session.end_turn()
    assert (tmp_path / "a.tnlog").read_bytes() == old
    assert_same(Session.load(tmp_path / "deeper" / "b.tnlog"), session)


def test_a_save_that_fails_says_so_and_loses_nothing(tmp_path):
    session = new_session("minimal", tmp_path / "a.tnlog")
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(LogError) as caught:
        session.save_as(blocked / "b.tnlog")
    assert caught.value.code == "no-write"
    assert session.path == tmp_path / "a.tnlog"
    assert_same(Session.load(session.path), session)


def test_a_loaded_game_goes_on_in_its_file(tmp_path):
    session = play_turns(new_session("minimal", tmp_path / "a.tnlog"), 2)
    again = Session.load(session.path)
    again.end_turn()
    assert_same(Session.load(session.path), again)
    assert session.path.read_text("utf-8").splitlines()[:-1] == [*session._lines, again.last_entry]


def test_seeds_are_numbers_or_texts():
    assert seed_of("2011") == seed_of(" 2011 ") == 2011
    assert seed_of("Naushki") == seed_of("Naushki") != seed_of("naushki")
    assert 0 <= seed_of("9" * 400) < 2**64 and seed_of("-5") != 5 and seed_of("٣") != 3


def test_the_code_is_kept_as_typed_and_logs_without_one_still_load(tmp_path):
    found, path = scenario("minimal"), tmp_path / "a.tnlog"
    for text, told in (("Gobi 7K4Q", "code Gobi 7K4Q"), ("42", "seed 42"), ("007", "code 007"), ("", "seed 42")):
        settings = replace(settings_for(found), seed=seed_of(text or "42"), code=text)
        session = Session.new(found, settings, path)
        assert ('"code"' in path.read_text("utf-8").splitlines()[0]) == bool(text)
        assert Session.load(path).settings == session.settings == settings and settings.dice == told
        assert retell(path)[0].endswith(f", {told}")
