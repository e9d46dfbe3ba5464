"""The cache of compiled scenarios: what comes back is what was compiled, and whatever differs is compiled anew."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from game import paths
from game.content import ContentError, Scenario, cache, find_scenarios, load, load_source, stages

MINIMAL = Path(__file__).parent / "minimal"
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home of its own for each test, with an empty cache."""
    monkeypatch.setenv("TN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def compiled(monkeypatch):
    """Grows by one with each scenario that is compiled and not taken from the cache."""
    done, real = [], stages.compiled

    def counting(*given):
        done.append(1)
        return real(*given)
    monkeypatch.setattr(stages, "compiled", counting)
    return done


@pytest.fixture
def minimal(tmp_path) -> Path:
    return Path(shutil.copytree(MINIMAL, tmp_path / "minimal"))


def extending(minimal: Path, name: str = "mine", text: str = "") -> Path:
    mine = minimal.parent / name
    mine.mkdir()
    (mine / "scenario.yaml").write_text(f"extends: minimal\nid: {name}\n{text}", encoding="utf-8")
    return mine


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def kept() -> list[Path]:
    return sorted((paths.cache() / "scenarios").glob("*"))


def same(a: Scenario, b: Scenario) -> bool:
    """Equal in every field, and down to the type of every number (1 and 1.0 are equal but are not the same)."""
    return all(repr(getattr(a, f.name)) == repr(getattr(b, f.name)) and getattr(a, f.name) == getattr(b, f.name)
               for f in fields(Scenario))


# --- what comes back

@pytest.mark.parametrize("folder", [*find_scenarios(), MINIMAL], ids=lambda folder: folder.name)
def test_what_comes_back_is_what_was_compiled(folder, compiled):
    fresh = load(folder)
    assert len(compiled) == 1
    again = load(folder)
    assert len(compiled) == 1 and again is not fresh
    assert same(again, fresh)


def test_an_extending_scenario_comes_back(minimal, compiled):
    mine = extending(minimal, text="title: Another title\n")
    fresh, again = load(mine), load(mine)
    assert len(compiled) == 1 and same(fresh, again)
    assert again.document.title == "Another title" and "base/minimal/goals.yaml" in again.source


def test_the_texts_in_a_saved_game_need_not_be_compiled_either(minimal, compiled):
    mine = extending(minimal)
    fresh = load(mine)
    assert same(load_source(fresh.source), fresh) and len(compiled) == 1


def test_neither_yaml_nor_pydantic_is_imported_for_what_is_in_the_cache(minimal):
    script = ("import sys; from game.content import load; load(sys.argv[1]);"
              "print([name for name in ('yaml', 'pydantic') if name in sys.modules])")

    def run() -> str:
        return subprocess.run([sys.executable, "-c", script, str(minimal)], cwd=REPOSITORY, capture_output=True,
                              text=True, check=True, timeout=60).stdout.strip()
    assert run() == "['yaml', 'pydantic']"
    assert run() == "[]"


# --- what is noticed

CHANGES = {
    "a byte of a card": lambda folder: replace(folder / "cards" / "deck.yaml", "add: -", "add: -1"),
    "a text only": lambda folder: replace(folder / "scenario.yaml", "title: ", "title: New "),
    "a comment": lambda folder: replace(folder / "goals.yaml", "indicators:", "# changed\nindicators:"),
    "a figure of history": lambda folder: replace(folder / "history.csv", "2011,", "2011,1"),
    "an added file": lambda folder: (folder / "cards" / "zzz.yaml").write_text("{}", encoding="utf-8"),
    "a renamed file": lambda folder: (folder / "history.csv").rename(folder / "cards" / "old.yaml"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("which", ["itself", "what it extends"])
def test_each_change_of_the_files_is_noticed(change, which, minimal, compiled):
    folder = minimal if which == "itself" else extending(minimal)
    load(folder)
    before = load(folder)
    assert len(compiled) == 1
    change(minimal)
    try:
        assert not same(load(folder), before)
    except ContentError:
        pass  # some changes make errors, which is noticed as well
    assert len(compiled) == 2


def test_a_changed_text_is_shown_though_the_rules_are_the_same(minimal, compiled):
    before = load(minimal)
    replace(minimal / "scenario.yaml", before.document.title, "Quite another title")
    for _ in range(2):
        after = load(minimal)
        assert after.document.title == "Quite another title" and after.fingerprint == before.fingerprint
    assert len(compiled) == 2


def test_errors_are_found_again_each_time(minimal, compiled):
    load(minimal)
    replace(minimal / "goals.yaml", "indicators:", "nonsense: 1\nindicators:")
    for _ in range(2):
        with pytest.raises(ContentError):
            load(minimal)
    assert len(compiled) == 3 and len(kept()) == 1


def test_another_program_compiles_anew(minimal, compiled, monkeypatch):
    load(minimal)
    monkeypatch.setattr(cache, "__version__", "99.0")
    load(minimal)
    load(minimal)
    assert len(compiled) == 2


def test_a_changed_source_of_the_program_compiles_anew(minimal, compiled, monkeypatch, tmp_path):
    load(minimal)
    for part in cache.CODE:
        shutil.copytree(paths.PACKAGE / part, tmp_path / "game" / part)
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "game")
    load(minimal)
    assert len(compiled) == 1  # an equal copy is the same program
    replace(tmp_path / "game" / "content" / "compiling.py", "COOLDOWN = 4", "COOLDOWN = 5")
    load(minimal)
    assert len(compiled) == 2


# --- what cannot be trusted

def damaged(data: bytes) -> dict[str, bytes]:
    seal, _, body = data.partition(b"\n")
    number = body.index(b"1000.0") if b"1000.0" in body else body.rindex(b".0")
    other = body[:number] + b"7" + body[number + 1:]
    unkeyed = hashlib.blake2b(other, digest_size=cache.SEAL).hexdigest().encode()
    guessed = cache._seal(other, b"\0" * cache.KEY).encode()
    cut = {f"cut to {part:.2f}": data[:int(len(data) * part)] for part in (0.0, 0.01, 0.5, 0.99)}
    deep = b"[" * 100_000
    return cut | {
        "one number": seal + b"\n" + other, "sealed without a key": unkeyed + b"\n" + other,
        "sealed with another key": guessed + b"\n" + other, "no seal": body, "not UTF-8": b"\xff" * 500,
        "a seal that is no ASCII": b"\xff" * 128 + b"\n" + body, "only brackets": deep,
        "more at its end": data + b" ", "two lines": data + b"\n" + data}


def test_a_damaged_or_forged_file_ends_in_compiling(minimal, compiled):
    fresh = load(minimal)
    (file,) = kept()
    for number, (name, data) in enumerate(damaged(file.read_bytes()).items(), 2):
        file.write_bytes(data)
        assert same(load(minimal), fresh), name
        assert len(compiled) == number, name
        assert same(load(minimal), fresh) and len(compiled) == number, name  # mended by then


def test_every_byte_counts(minimal, compiled):
    load(minimal)
    (file,) = kept()
    data = file.read_bytes()
    for place in range(0, len(data), len(data) // 40):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1:])
        assert cache.recall(stages.Shelf.on_disk(minimal)) is None, place


@pytest.mark.parametrize("packed", ["[0]", "[999,1]", '["x"]', "[-1,1]", "[-2,1]", "{}", "null", "[]", "[1,[2,[3]]]",
                                    "7"])
def test_even_with_the_right_seal_nonsense_ends_in_compiling(packed, minimal, compiled):
    fresh = load(minimal)
    (file,) = kept()
    head = file.read_bytes().partition(b"\n")[2].split(b",[", 1)[0]
    body = head + b"," + packed.encode() + b"]"
    file.write_bytes(cache._seal(body, cache._key()).encode() + b"\n" + body)
    scenario = load(minimal)
    assert same(scenario, fresh) and len(compiled) == 2


def test_a_file_under_the_name_of_another_scenario_is_not_used(minimal, compiled):
    load(minimal)
    other = extending(minimal)
    replace(minimal / "scenario.yaml", "title: ", "title: New ")
    second = load(minimal)
    old, new = sorted(kept(), key=lambda file: file.stat().st_mtime_ns)
    new.write_bytes(old.read_bytes())
    assert same(load(minimal), second) and len(compiled) == 3
    assert load(other).document.id == "mine"


def test_a_lost_or_broken_key_is_made_anew(minimal, compiled):
    fresh = load(minimal)
    for number, data in enumerate((None, b"", b"short", b"x" * 99), 2):
        file = paths.cache_key_file()
        file.unlink() if data is None else file.write_bytes(data)
        assert same(load(minimal), fresh) and len(compiled) == number
        assert same(load(minimal), fresh) and len(compiled) == number
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


# --- where nothing can be kept

def test_without_a_folder_for_it_everything_works(minimal, compiled, home):
    home.mkdir()
    (home / "cache").write_text("in the way", encoding="utf-8")
    fresh = load(minimal)
    assert same(load(minimal), fresh) and len(compiled) == 2
    assert (home / "cache").read_text(encoding="utf-8") == "in the way"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who can be refused")
def test_a_folder_that_is_read_only_is_left_alone(minimal, compiled, home):
    home.mkdir(mode=0o500)
    assert same(load(minimal), load(minimal)) and len(compiled) == 2


def test_a_disk_that_is_full_leaves_nothing_behind(minimal, compiled, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(os, "replace", full)
    assert same(load(minimal), load(minimal)) and len(compiled) == 2
    assert kept() == []


def test_a_folder_in_place_of_the_file(minimal, compiled):
    load(minimal)
    (file,) = kept()
    file.unlink()
    file.mkdir()
    load(minimal)
    assert len(compiled) == 2 and file.is_dir()


def test_only_the_newest_stay(minimal):
    for number in range(cache.KEPT + 3):
        load(extending(minimal, f"mine-{number}"))
    assert len(kept()) == cache.KEPT


# --- several at once

def test_several_processes_at_once_get_the_same(minimal):
    script = ("import sys; from game.content import load\n"
              "for _ in range(5): print(load(sys.argv[1]).fingerprint)")
    running = [subprocess.Popen([sys.executable, "-c", script, str(minimal)], cwd=REPOSITORY, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate(timeout=100) for process in running]
    assert {line for out, _ in said for line in out.split()} == {load(minimal).fingerprint}
    assert [error for _, error in said] == [""] * 3
    assert [file.suffix for file in kept()] == [".json"]
    assert cache.recall(stages.Shelf.on_disk(minimal)) is not None
