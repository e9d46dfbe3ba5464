"""play.py as a person meets it: first start, later starts, tests, and every way in which setting up fails."""

import ast
import errno
import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
posix_only = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")

FAILURES = {
    "no network": (
        "WARNING: Retrying after connection broken by 'NewConnectionError'\n"
        "ERROR: No matching distribution found for numpy",
        "connect to the internet",
    ),
    "disk full": ("ERROR: [Errno 28] No space left on device", "the disk is full"),
    "not writable": ("ERROR: [Errno 13] Permission denied: 'x'", "move the game to a folder of your own"),
    "anything else": ("ERROR: ResolutionImpossible", "what these lines say"),
}


@pytest.fixture
def play():
    """play.py as a module, for its parts."""
    spec = importlib.util.spec_from_file_location("play", REPOSITORY / "play.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_first_start_sets_up_and_plays(checkout, tell):
    done = checkout.start("check", "a b", "--format", "json", EXIT_CODE="7")
    assert done.returncode == 7, done.stderr
    started = tell(done)
    assert started["program"] == "game"
    assert started["arguments"] == ["check", "a b", "--format", "json"]
    assert Path(started["folder"]).samefile(checkout.elsewhere)
    assert Path(started["python"]).samefile(checkout.venv)
    assert "about a minute" in done.stderr and "Ready." in done.stderr
    assert [call.split()[-4:] for call in checkout.pip_calls()] == [["-c", "constraints.txt", "-e", "."]]


def test_later_starts_go_straight_in(checkout, tell):
    checkout.start()
    again = checkout.start("play", PIP_SAYS="no network any more", VENV_SAYS="nor this")
    assert (again.returncode, again.stderr) == (0, "")
    assert tell(again)["arguments"] == ["play"]
    assert len(checkout.pip_calls()) == 1


def test_a_file_called_like_the_game_does_not_stand_in_for_it(checkout, tell):
    (checkout.elsewhere / "game.py").write_text("raise SystemExit('the wrong game')")
    assert tell(checkout.start())["program"] == "game"


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_changed_needs_make_a_new_environment(checkout, name):
    checkout.start()
    with open(checkout.root / name, "a") as file:
        file.write("\n# newer\n")
    again = checkout.start()
    assert "out of date" in again.stderr
    assert len(checkout.pip_calls()) == 2
    assert not (checkout.root / ".venv.old").exists()


def test_a_moved_folder_gets_a_new_environment(checkout, tell):
    checkout.start()
    checkout.root = checkout.root.rename(checkout.root.with_name("moved"))
    done = checkout.start()
    assert Path(tell(done)["python"]).samefile(checkout.venv)
    assert len(checkout.pip_calls()) == 2


def _lose_python(python: Path) -> None:
    python.unlink()


def _spoil_python(python: Path) -> None:
    python.unlink()
    python.write_bytes(b"\0 not a program")
    python.chmod(0o755)


def _lose_marker(python: Path) -> None:
    (python.parents[1] / ".ready").unlink()


@pytest.mark.parametrize("damage", [_lose_python, _spoil_python, _lose_marker])
def test_a_broken_environment_is_made_anew(checkout, damage):
    checkout.start()
    damage(checkout.python)
    again = checkout.start()
    assert again.returncode == 0, again.stderr
    assert "broken" in again.stderr
    assert len(checkout.pip_calls()) == 2


@pytest.mark.parametrize("says, sentence", FAILURES.values(), ids=FAILURES.keys())
def test_a_failed_install_says_why_and_leaves_nothing(checkout, says, sentence):
    done = checkout.start(PIP_SAYS=says)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert says.splitlines()[-1] in done.stderr
    assert "Traceback" not in done.stderr and done.stdout == ""
    log = checkout.root / ".play-log.txt"
    assert str(log) in done.stderr and says in log.read_text()
    assert not checkout.venv.exists()
    assert checkout.start().returncode == 0


def test_a_disk_too_full_to_say_so(play, tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 0}))
    with pytest.raises(play.Problem, match="the disk is full"):
        play.run_logged(str(tmp_path), [sys.executable, "-c", "raise SystemExit(1)"], "It failed")


def test_of_a_long_output_the_errors_are_shown(play):
    long = "Collecting a\nERROR: b is broken\n" + "see above\n" * 20
    assert play.telling_lines(long) == ["ERROR: b is broken"]
    assert play.telling_lines("\n".join("123456789")) == list("456789")


def test_a_failed_renewal_keeps_what_there_was(checkout):
    checkout.start()
    before = (checkout.root / "constraints.txt").read_bytes()
    (checkout.root / "constraints.txt").write_bytes(before + b"# newer\n")
    assert checkout.start(PIP_SAYS="connection broken by").returncode == 2
    (checkout.root / "constraints.txt").write_bytes(before)
    again = checkout.start()
    assert (again.returncode, again.stderr) == (0, "")


def test_environments_that_cannot_be_made(checkout):
    done = checkout.start(VENV_SAYS="not created successfully because ensurepip is not available")
    assert done.returncode == 2
    assert "sudo apt install python3-venv" in done.stderr
    assert not checkout.venv.exists()


def test_python_without_its_parts(checkout):
    (checkout.fakes / "ensurepip.py").write_text("raise ImportError")
    done = checkout.start()
    assert done.returncode == 2
    assert "sudo apt install python3-venv" in done.stderr and "Traceback" not in done.stderr
    assert not checkout.venv.exists() and checkout.pip_calls() == []


@pytest.mark.parametrize(
    "code, sentence",
    [
        (errno.EROFS, "a folder of your own"),
        (errno.EACCES, "a folder of your own"),
        (errno.ENOSPC, "disk is full"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_folder_that_cannot_be_written(play, tmp_path, monkeypatch, capsys, code, sentence):
    def refuse(root):
        raise OSError(code, os.strerror(code), str(tmp_path / ".venv.lock"))

    monkeypatch.setattr(play, "alone", refuse)
    assert play.main([], str(tmp_path)) == 2
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom a folder can refuse")
def test_a_read_only_folder(checkout):
    checkout.root.chmod(0o555)
    done = checkout.start()
    assert done.returncode == 2 and "a folder of your own" in done.stderr


def test_a_python_that_is_too_old(play, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(play.sys, "version_info", (3, 8, 18))
    assert play.main([], str(tmp_path)) == 2
    said = capsys.readouterr().err
    assert "needs Python 3.11 or newer, and this is Python 3.8" in said and said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_old_pythons_can_read_it():
    """No syntax that came after Python 2.7: else an old Python shows a SyntaxError and not our sentence."""
    tree = ast.parse((REPOSITORY / "play.py").read_bytes(), feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.AsyncFunctionDef, ast.YieldFrom)
    for node in ast.walk(tree):
        assert not isinstance(node, newer), ast.dump(node)
        assert not (isinstance(node, ast.Raise) and node.cause)
        if isinstance(node, ast.FunctionDef):
            assert not node.args.kwonlyargs and not node.returns
        if isinstance(node, ast.arg):
            assert not node.annotation
    assert (REPOSITORY / "play.py").read_bytes().isascii()


def test_a_python_that_may_be_too_new(play, monkeypatch):
    assert play.too_new() == "" or sys.version_info[:2] > play.NEWEST_TRIED
    monkeypatch.setattr(play.sys, "version_info", (3, 99, 0))
    assert "Python 3.99 is too new" in play.too_new()


def test_the_tests_are_added_once_and_run_in_the_checkout(checkout, tell):
    done = checkout.start("test", "-k", "luck")
    assert done.returncode == 0, done.stderr
    started = tell(done)
    assert (started["program"], started["arguments"]) == ("pytest", ["-k", "luck"])
    assert Path(started["folder"]).samefile(checkout.root)
    game, tests = checkout.pip_calls()
    assert game.endswith("-e .")
    assert "-c constraints.txt" in tests and "hypothesis" in tests and "-e" not in tests.split()
    again = checkout.start("test", "--all", "-x")
    assert tell(again)["arguments"] == ["-m", "", "-x"]
    assert again.stderr == "" and len(checkout.pip_calls()) == 2


def test_failing_to_add_the_tests_leaves_the_game(checkout):
    checkout.start()
    assert checkout.start("test", PIP_SAYS="connection broken by").returncode == 2
    again = checkout.start()
    assert (again.returncode, again.stderr) == (0, "")


def test_the_exit_code_of_the_tests_is_passed_on(checkout):
    assert checkout.start("test", EXIT_CODE="1").returncode == 1


def _wait_for(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@posix_only
def test_a_start_that_is_killed_is_not_trusted_later(checkout):
    begun = checkout.begin(PIP_SLEEPS="30")
    _wait_for(checkout.pip_calls)
    os.killpg(begun.pid, signal.SIGKILL)
    begun.communicate()
    assert checkout.venv.exists() and not (checkout.venv / ".ready").exists()
    again = checkout.start()
    assert again.returncode == 0 and "Ready." in again.stderr
    assert len(checkout.pip_calls()) == 2


@posix_only
def test_a_renewal_that_is_killed_gives_the_old_one_back(checkout):
    checkout.start()
    before = (checkout.root / "constraints.txt").read_bytes()
    (checkout.root / "constraints.txt").write_bytes(before + b"# newer\n")
    begun = checkout.begin(PIP_SLEEPS="30")
    _wait_for(lambda: len(checkout.pip_calls()) == 2)
    os.killpg(begun.pid, signal.SIGKILL)
    begun.communicate()
    (checkout.root / "constraints.txt").write_bytes(before)
    assert checkout.start(PIP_SAYS="no network").returncode == 0
    assert not (checkout.root / ".venv.old").exists()


@posix_only
def test_control_c_while_setting_up(checkout):
    begun = checkout.begin(PIP_SLEEPS="30")
    _wait_for(checkout.pip_calls)
    os.killpg(begun.pid, signal.SIGINT)
    _, said = begun.communicate(timeout=20)
    assert begun.returncode == 130
    assert "Stopped." in said and "Traceback" not in said
    assert not checkout.venv.exists()


def test_two_starts_at_once_set_up_once(checkout):
    first = checkout.begin(PIP_SLEEPS="1")
    _wait_for(checkout.pip_calls)
    second = checkout.start()
    assert second.returncode == 0 and "waiting" in second.stderr
    first.communicate(timeout=20)
    assert first.returncode == 0
    assert len(checkout.pip_calls()) == 1


@posix_only
def test_control_c_is_left_to_the_game_where_play_waits_for_it(tmp_path):
    """The way of Windows, where play.py stays on as the parent: the game decides what Ctrl-C means."""
    game = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, lambda *_: sys.exit(5))\n"
        "print('playing', flush=True)\n"
        "time.sleep(30)\n"
    )
    parent = (
        f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); import play\n"
        f"sys.exit(play.run_and_wait([sys.executable, '-c', {game!r}]))"
    )
    begun = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True,
                             start_new_session=True)
    assert begun.stdout.readline() == "playing\n"
    os.killpg(begun.pid, signal.SIGINT)
    assert begun.wait(timeout=20) == 5
    begun.stdout.close()
