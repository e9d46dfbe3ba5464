"""Where the game looks for its data and keeps the player's files."""

from pathlib import Path

import pytest

from game import paths


@pytest.fixture
def package(tmp_path, monkeypatch) -> Path:
    """An empty place for the game's code, as if it were installed or checked out there."""
    package = tmp_path / "place" / "game"
    package.mkdir(parents=True)
    monkeypatch.setattr(paths, "PACKAGE", package)
    monkeypatch.delenv("TN_DATA", raising=False)
    monkeypatch.delenv("TN_HOME", raising=False)
    return package


def _folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path


def test_data_are_found_in_the_order_chosen_installed_checkout(package, tmp_path, monkeypatch):
    checkout = _folder(package.parent / "scenarios")
    assert paths.scenarios() == checkout
    installed = _folder(package / "_data" / "scenarios")
    assert paths.scenarios() == installed
    chosen = _folder(tmp_path / "mine" / "scenarios")
    monkeypatch.setenv("TN_DATA", str(tmp_path / "mine"))
    assert paths.scenarios() == chosen


def test_a_chosen_folder_need_not_hold_everything(package, tmp_path, monkeypatch):
    installed = _folder(package / "_data" / "assets")
    _folder(tmp_path / "mine" / "scenarios")
    monkeypatch.setenv("TN_DATA", str(tmp_path / "mine"))
    assert paths.assets() == installed


def test_missing_data_are_named(package, monkeypatch):
    with pytest.raises(FileNotFoundError, match="'assets' is missing"):
        paths.assets()
    monkeypatch.setenv("TN_DATA", "/no/such/folder")
    with pytest.raises(FileNotFoundError, match="TN_DATA names /no/such/folder"):
        paths.assets()


def test_a_home_holds_all_that_is_the_players(package, tmp_path, monkeypatch):
    monkeypatch.setenv("TN_HOME", str(tmp_path / "home"))
    assert paths.saves() == tmp_path / "home" / "saves"
    assert paths.settings_file() == tmp_path / "home" / "settings.json"
    assert paths.cache() == tmp_path / "home" / "cache"
    assert not (tmp_path / "home").exists()


def test_without_a_home_the_system_decides(package):
    for path in (paths.saves(), paths.settings_file(), paths.cache()):
        assert path.is_absolute() and "third-neighbour" in str(path)
