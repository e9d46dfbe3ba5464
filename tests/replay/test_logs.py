"""Reading logs that are damaged, edited, foreign, old or new: always a LogError, never anything else."""

import base64
import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.replay import LogError, Session, retell, verify
from game.replay.log import dump
from game.replay.snapshot import fingerprint
from tests.replay.playing import decide, new_session, play_turns


@pytest.fixture
def log(tmp_path):
    """A log of three turns, and some decisions of the fourth."""
    session = play_turns(new_session("minimal", tmp_path / "a.tnlog"), 3)
    decide(session)
    return session.path


def lines_of(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def rewrite(path, change):
    """The log with its lines, as JSON values, changed in place by `change`."""
    lines = lines_of(path)
    change(lines)
    path.write_text("".join(dump(line) + "\n" for line in lines), "utf-8")


def error(path, read=Session.load):
    with pytest.raises(LogError) as caught:
        read(path)
    assert caught.value.message
    return caught.value.code, caught.value.line


def number_of(lines, kind):
    return next(n for n, line in enumerate(lines) if kind in line)


def test_no_such_file(tmp_path):
    assert error(tmp_path / "none.tnlog") == ("no-file", 0)
    assert error(tmp_path) == ("no-file", 0)


@pytest.mark.parametrize("content, expected", [
    (b"", ("not-a-log", 1)), (b"\n", ("not-a-log", 1)), (b"{}", ("not-a-log", 1)), (b"[1]", ("not-a-log", 1)),
    (b"hello\nthere\n", ("not-a-log", 1)), (b"\xff\xfe\x00", ("not-a-log", 1)), (b"[" * 100_000, ("not-a-log", 1)),
    (b'{"log": "third-neighbour", "format": 99}', ("newer-format", 1)),
    (b'{"log": "third-neighbour", "format": 1}', ("bad-entry", 1)),
    (b'{"log": "third-neighbour", "log": "third-neighbour"}', ("not-a-log", 1)),
    (b"9" * 5_000, ("not-a-log", 1)), (b"NaN", ("not-a-log", 1)),
])
def test_files_that_are_no_logs(tmp_path, content, expected):
    path = tmp_path / "x.tnlog"
    path.write_bytes(content)
    for read in (Session.load, verify, retell):
        assert error(path, read) == expected


def test_a_file_too_large(tmp_path):
    path = tmp_path / "x.tnlog"
    with open(path, "wb") as file:
        file.truncate(40_000_000)
    assert error(path)[0] == "too-big"


def test_a_log_cut_short_can_be_mended_as_the_hint_says(log):
    data = log.read_bytes()
    log.write_bytes(data[:-20])
    count = len(data.splitlines())
    with pytest.raises(LogError, match="cut short") as caught:
        Session.load(log)
    assert (caught.value.code, caught.value.line) == ("cut-short", count)
    assert f"Delete line {count}" in caught.value.hint
    whole = b"".join(data.splitlines(keepends=True)[:-1])
    log.write_bytes(whole)
    assert Session.load(log).state.turn == 3


def test_every_cut_ends_in_a_log_error_or_an_earlier_moment(log):
    data = log.read_bytes()
    for size in (*range(0, len(data), 997), len(data) - 1, len(data) - 2):
        log.write_bytes(data[:size])
        try:
            assert Session.load(log).state.turn <= 3
        except LogError:
            pass


@pytest.mark.parametrize("kind, change, code", [
    ("decide", lambda v: v.update(decide=["card", "no-such-card", None]), "unknown-id"),
    ("decide", lambda v: v.update(decide=["lever", "no-such-lever", 1.0]), "unknown-id"),
    ("decide", lambda v: v.update(decide=["initiative", "no-such", True]), "unknown-id"),
    ("decide", lambda v: v.update(decide=["card", 7, None]), "bad-entry"),
    ("decide", lambda v: v.update(decide=["lever", "tax", 1e300]), "bad-entry"),
    ("decide", lambda v: v.update(decide=[["card"], {}, None]), "bad-entry"),
    ("decide", lambda v: v.update(decide=[]), "bad-entry"),
    ("decide", lambda v: v.update(decide="card"), "bad-entry"),
    ("decide", lambda v: v.update(more=1), "bad-entry"),
    ("turn", lambda v: v.update(turn=2), "wrong-turn"),
    ("turn", lambda v: v.update(turn=-1), "bad-entry"),
    ("turn", lambda v: v.update(turn=True), "bad-entry"),
    ("turn", lambda v: v.update(did={"cards": {"a": []}}), "bad-entry"),
    ("turn", lambda v: v.update(did={"levers": {"tax": 1e300}}), "bad-entry"),
    ("turn", lambda v: v.update(did={"what": 1}), "bad-entry"),
    ("turn", lambda v: v.pop("result"), "bad-entry"),
    ("begin", lambda v: (v.clear(), v.update(rewind=5)), "wrong-turn"),
    ("begin", lambda v: (v.clear(), v.update(undo=True)), "bad-entry"),
    ("begin", lambda v: (v.clear(), v.update(strange=True)), "bad-entry"),
    ("source", lambda v: v["source"].pop("scenario.yaml"), "bad-scenario"),
    ("source", lambda v: v.update(source={"scenario.yaml": "a: !!python/object/apply:os.getcwd []"}), "bad-scenario"),
    ("source", lambda v: v.update(source={}), "bad-scenario"),
    ("source", lambda v: v.update(source={"a": 1}), "bad-entry"),
    ("log", lambda v: v.update(rules=99), "newer-rules"),
    ("log", lambda v: v["settings"].update(length="never"), "bad-settings"),
    ("log", lambda v: v["settings"].update(seed=-1), "bad-entry"),
    ("log", lambda v: v["settings"].update(seed=2**128), "bad-entry"),
    ("log", lambda v: v["settings"].update(priorities=[1]), "bad-entry"),
])
def test_edited_logs(log, kind, change, code):
    line = number_of(lines_of(log), kind)
    rewrite(log, lambda lines: change(lines[line]))
    found, at = error(log)
    assert found == code
    assert at in (0, line + 1)


def test_a_decision_that_is_not_allowed(log):
    """More initiatives than a turn allows, or the same card decided twice over: here, one that rests."""
    lines = lines_of(log)
    first_turn = number_of(lines, "turn")
    initiative = ["initiative", "build-depot", True]
    lines[3:first_turn] = [{"decide": initiative}]
    second = number_of(lines[4 + 1:], "turn") + 5
    lines[second:second] = [{"decide": initiative}]
    log.write_text("".join(dump(line) + "\n" for line in lines), "utf-8")
    code, line = error(log)
    assert (code, line) == ("refused", second + 1)


def test_a_game_with_another_result_goes_on_from_its_stored_state(log):
    whole = Session.load(log)
    rewrite(log, lambda lines: lines[number_of(lines, "turn")].update(result="0" * 64))
    session = Session.load(log)
    assert "unverified" in session.notice
    assert fingerprint(session.state) == fingerprint(whole.state)
    np.testing.assert_array_equal(session.wanted.choices, whole.wanted.choices)
    np.testing.assert_array_equal(session.wanted.levers, whole.wanted.levers)
    assert session.records == []


def test_older_rules_go_on_from_the_stored_state_and_cannot_be_verified(log):
    whole = Session.load(log)
    rewrite(log, lambda lines: lines[0].update(rules=0))
    session = Session.load(log)
    assert "older rules" in session.notice
    assert fingerprint(session.state) == fingerprint(whole.state)
    play_turns(session, 2)
    again = Session.load(log)
    assert again.state.turn == 5 and again.notice == session.notice
    session.rewind(3)
    assert Session.load(log).rewinds == 1
    assert verify(log).verdict == "not-verifiable"
    assert len(retell(log)) > 5


@pytest.mark.parametrize("change", [
    lambda s: s.update(turn=99), lambda s: s.update(turn="1"), lambda s: s.update(agenda="AAAA"),
    lambda s: s.update(agenda=7), lambda s: s.update(extra=1), lambda s: s.pop("values"),
    lambda s: s.update(agenda="////f" + s["agenda"][5:]), lambda s: s.update(values="////////////" + s["values"][12:]),
    lambda s: s.update(landed="/38" + s["landed"][3:]),
])
def test_a_stored_state_is_not_trusted(log, change):
    rewrite(log, lambda lines: (lines[0].update(rules=0), change(lines[-1]["state"])))
    assert error(log)[0] == "bad-state"


def test_verify_says_where_it_first_differs(log):
    lines = lines_of(log)
    assert verify(log).verdict == "same"
    turns = [n for n, line in enumerate(lines) if "turn" in line]
    values = np.frombuffer(base64.b64decode(lines[turns[1]]["values"]), dtype="<f8").copy()
    session = Session.load(log)
    row = session.scenario.row("tax")
    values[row] += 1.0
    text = base64.b64encode(values.tobytes()).decode()
    rewrite(log, lambda all_lines: all_lines[turns[1]].update(values=text))
    found = verify(log)
    assert (found.verdict, found.turn, found.variable, found.line) == ("different", 1, "tax", turns[1] + 1)
    assert "tax" in found.message


@pytest.mark.parametrize("change, line_of, says", [
    (lambda lines: lines[0]["scenario"].update(fingerprint="0" * 64), "log", "scenario"),
    (lambda lines: lines[0]["settings"].update(seed=8), "begin", ""),
    (lambda lines: lines[number_of(lines, "turn")]["did"].update(moves=["friendly-word"] * 3), "turn", "decided"),
    (lambda lines: lines[number_of(lines, "turn")].update(result="0" * 64), "turn", "on its way"),
    (lambda lines: lines[-1]["state"].update(played=lines[-1]["state"]["shown"][:8]), "state", "stored state"),
    (lambda lines: lines[number_of(lines, "turn")].update(turn=1), "turn", "cannot come here"),
])
def test_verify_finds_every_kind_of_edit(log, change, line_of, says):
    line = number_of(lines_of(log), line_of) + 1
    rewrite(log, change)
    found = verify(log)
    assert found.verdict == "different"
    assert found.line == line and says in found.message


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_flipped_byte_ends_in_a_log_error_or_a_game(log, data):
    text = bytearray(log.read_bytes())
    original = bytes(text)
    start = original.index(b"\n", original.index(b"\n") + 1)  # the scenario's texts have tests of their own
    for _ in range(data.draw(st.integers(1, 3))):
        text[data.draw(st.integers(start, len(text) - 1))] = data.draw(st.integers(0, 255))
    other = log.with_name("other.tnlog")
    other.write_bytes(bytes(text))
    for read in (Session.load, verify, retell):
        try:
            read(other)
        except LogError as found:
            assert found.message


def test_verify_and_retell_leave_the_file_alone(log):
    before = (log.read_bytes(), log.stat().st_mtime_ns, sorted(log.parent.iterdir()))
    verify(log)
    retell(log)
    Session.load(log)
    assert (log.read_bytes(), log.stat().st_mtime_ns, sorted(log.parent.iterdir())) == before


@pytest.mark.parametrize("code", ["another text", "x" * 201, 5, None])
def test_a_code_that_is_not_the_seeds_is_refused(log, code):
    rewrite(log, lambda lines: lines[0]["settings"].update(code=code))
    assert error(log) == ("bad-entry", 1)
