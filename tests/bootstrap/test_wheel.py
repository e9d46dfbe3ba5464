"""The game as someone gets it who installs it, and as play.py installs it: with real packages. Slow."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis", "dist", "build")
UNREACHABLE = ("connection broken by", "NewConnectionError")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def _run(*command: object, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TN_"))}
    return subprocess.run([str(part) for part in command], cwd=cwd, env={**env, **more}, capture_output=True,
                          text=True, timeout=500)


def _need(done: subprocess.CompletedProcess[str]) -> None:
    """Skip where packages cannot be had; fail where they can and it went wrong all the same."""
    if done.returncode and any(sign in done.stdout + done.stderr for sign in UNREACHABLE):
        pytest.skip("pip cannot reach any packages here")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A copy of the checkout, so that building leaves no trace in it."""
    return shutil.copytree(REPOSITORY, tmp_path_factory.mktemp("source") / "game", ignore=LEFT_OUT)


@pytest.fixture(scope="module")
def bin_folder(tmp_path_factory) -> Path:
    """The programs of a fresh environment that has nothing but pip and `build`."""
    folder = tmp_path_factory.mktemp("environment")
    assert _run(sys.executable, "-m", "venv", folder, cwd=folder).returncode == 0
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    _need(_run(programs / "python", "-m", "pip", "install", "build", cwd=folder))
    return programs


@pytest.fixture(scope="module")
def built(source, bin_folder, tmp_path_factory) -> Path:
    """The folder with a wheel and the source archive from which it was built."""
    out = tmp_path_factory.mktemp("dist")
    _need(_run(bin_folder / "python", "-m", "build", "--outdir", out, source, cwd=out))
    return out


def _wheel(built: Path) -> Path:
    (wheel,) = built.glob("*.whl")
    return wheel


def test_the_wheel_holds_code_and_data_and_no_more(built, source):
    with zipfile.ZipFile(_wheel(built)) as wheel:
        names = wheel.namelist()
    held = {name for name in names if not name.split("/")[0].endswith(".dist-info")}
    assert all(name.startswith("game/") for name in held)
    for folder in ("assets", "scenarios"):
        files = [path for path in (source / folder).rglob("*") if path.is_file()]
        assert files
        assert {f"game/_data/{path.relative_to(source).as_posix()}" for path in files} <= held
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_source_archive_can_be_played_and_tested(built):
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {"play.py", "constraints.txt", "LICENSE", "game/__main__.py"} <= names
    assert "tests/bootstrap/test_wheel.py" in names


def test_the_installed_game_works_from_an_empty_folder(built, bin_folder, tmp_path):
    _need(_run(bin_folder / "python", "-m", "pip", "install", "-c", REPOSITORY / "constraints.txt",
               _wheel(built), cwd=tmp_path))
    home = {"TN_HOME": str(tmp_path / "home")}
    version = _run(bin_folder / "third-neighbour", "--version", cwd=tmp_path, **home)
    assert version.returncode == 0 and "0.1.0" in version.stdout, version.stderr
    checked = _run(bin_folder / "third-neighbour", "check", "mongolia-2011", cwd=tmp_path, **home)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_play_sets_up_for_real_and_then_needs_no_network(source, tmp_path):
    first = _run(sys.executable, source / "play.py", "--version", cwd=tmp_path)
    if "connect to the internet" in first.stderr:
        pytest.skip("pip cannot reach any packages here")
    assert first.returncode == 0 and "0.1.0" in first.stdout, first.stderr
    # An address where nothing answers: whatever would ask for packages now fails.
    offline = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    again = _run(sys.executable, source / "play.py", "--version", cwd=tmp_path, **offline)
    assert (again.returncode, again.stderr) == (0, "") and "0.1.0" in again.stdout


def test_a_real_pip_without_network_is_understood(tmp_path, source):
    copy = shutil.copytree(source, tmp_path / "copy", ignore=LEFT_OUT)
    offline = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1", "PIP_CONFIG_FILE": os.devnull,
               "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": ""}
    done = _run(sys.executable, copy / "play.py", cwd=tmp_path, **offline)
    assert done.returncode == 2 and "connect to the internet" in done.stderr, done.stderr
    assert not (copy / ".venv").exists()
