"""Files from strangers: whatever they hold, the answer is a finding, and it comes quickly.

BUILDERS makes those bad scenarios that are no plain text files; test_bad_content.py has the others.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from game.content import ContentError, check, load_source
from game.content.findings import MAX_FINDINGS

MINIMAL = Path(__file__).parent / "minimal"
SECONDS = 5.0  # generous: a slow machine under load; an attack that works takes minutes


def minimal(folder: Path) -> Path:
    return Path(shutil.copytree(MINIMAL, folder / "minimal"))


def write(scenario: Path, name: str, data: str | bytes) -> Path:
    (scenario / name).write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return scenario


def no_scenario(folder: Path) -> Path:
    return folder / "nothing-here"


def byte_order_mark(folder: Path) -> Path:
    scenario = minimal(folder)
    return write(scenario, "actors.yaml", b"\xef\xbb\xbf" + (scenario / "actors.yaml").read_bytes())


def utf16(folder: Path) -> Path:
    scenario = minimal(folder)
    return write(scenario, "actors.yaml", (scenario / "actors.yaml").read_text(encoding="utf-8").encode("utf-16"))


def link(folder: Path) -> Path:
    scenario = minimal(folder)
    (folder / "secret.yaml").write_text("secret: 1", encoding="utf-8")
    (scenario / "cards" / "linked.yaml").symlink_to(folder / "secret.yaml")
    return scenario


def pipe(folder: Path) -> Path:
    """Reading a pipe that nobody writes to would wait for ever."""
    scenario = minimal(folder)
    os.mkfifo(scenario / "cards" / "pipe.yaml")
    return scenario


def huge_file(folder: Path) -> Path:
    scenario = minimal(folder)
    with (scenario / "cards" / "huge.yaml").open("wb") as file:
        file.truncate(100_000_000)
    return scenario


def ignored(folder: Path) -> Path:
    return write(minimal(folder), "cards/more.yml", "cards: []")


def long_text(folder: Path) -> Path:
    return write(minimal(folder), "cards/more.yaml", "cards:\n- title: " + "x" * 20_001)


def many_things(folder: Path) -> Path:
    flags = "".join(f"  f{i}: {{kind: flag, label: F}}\n" for i in range(1001))
    return write(minimal(folder), "model/more.yaml", "variables:\n" + flags)


BUILDERS: dict[str, Callable[[Path], Path]] = {
    "no-scenario": no_scenario, "byte-order-mark": byte_order_mark, "encoding": utf16, "file-link": link,
    "file-unreadable": pipe, "file-too-large": huge_file, "file-ignored": ignored, "yaml-too-large": long_text,
    "too-large": many_things,
}
NEEDS_POSIX = {"file-link": "symlink", "file-unreadable": "mkfifo"}


def codes(scenario: Path) -> set[str]:
    """Codes of all findings; fails if it takes long."""
    begin = time.perf_counter()
    found = check(scenario)
    assert time.perf_counter() - begin < SECONDS
    assert len(found) <= MAX_FINDINGS
    assert all(f.line >= 1 and f.column >= 1 and f.message for f in found)
    return {f.code for f in found}


@pytest.mark.parametrize("code", BUILDERS)
def test_file_is_refused_by_its_code(code, tmp_path):
    if code in NEEDS_POSIX and (os.name == "nt" or not hasattr(os, NEEDS_POSIX[code])):
        pytest.skip("this system has no such files")
    assert codes(BUILDERS[code](tmp_path)) == {code}


HOSTILE = {
    "nul byte": ("yaml-character", b"cards:\n- id: a\x00b\n"),
    "latin-1": ("encoding", "cards:\n- id: café\n".encode("latin-1")),
    "utf-16 without mark": ("encoding", "cards: []\nmore: 1\n".encode("utf-16-le")),
    "deep lists": ("yaml-too-deep", b"[" * 400_000),
    "deep maps": ("yaml-too-deep", b"{a: " * 200_000),
    "deep blocks": ("yaml-too-deep", b"".join(b" " * i + b"a:\n" for i in range(1000))),
    "many anchors": ("yaml-alias", b"a: &a [1,1]\n" + b"".join(b"b%d: &b%d [*a,*a]\n" % (i, i) for i in range(1000))),
    "many values": ("yaml-too-large", b"cards: [" + b"1," * 300_000 + b"]"),
    "many unknown keys": ("unknown-key", b"".join(b"kard%d: 1\n" % i for i in range(60_000))),
    "many wrong cards": ("missing-key", b"cards:\n" + b"".join(b"- {id: a%d}\n" % i for i in range(900))),
    "long key": ("unknown-key", b"cards:\n- {id: market, " + b"k" * 1000 + b": 1}\n"),
    "long name in a formula": ("formula-unknown-name", b"variables:\n  a:\n    kind: auxiliary\n    label: A\n"
                               b"    range: [0, 1]\n    is: " + b"k" * 1990),
    "not a number": ("yaml-number", b"variables:\n  a: {kind: flag, label: A, start: .nan}\n"),
    "endless digits": ("yaml-number", b"variables:\n  a: {kind: flag, label: A, decimals: " + b"9" * 9000 + b"}\n"),
    "half a character": ("yaml-syntax", b'title: "\\ud800"\n'),
    "control character in quotes": ("yaml-character", b'summary2: "\\a"\n'),
    "unfinished": ("yaml-syntax", b"cards: {a: [1, 2\n"),
    "python object": ("yaml-tag", b"cards: !!python/object/apply:os.system ['true']\n"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_is_a_finding(case, tmp_path):
    code, data = HOSTILE[case]
    place = "model/hostile.yaml" if data.startswith(b"variables") else "cards/hostile.yaml"
    assert code in codes(write(minimal(tmp_path), place, data))


def test_many_large_files_are_refused_together(tmp_path):
    scenario = minimal(tmp_path)
    for i in range(12):
        write(scenario, f"cards/big{i}.yaml", "# " + "x" * 900_000)
    assert codes(scenario) == {"file-too-large"}


def test_folder_that_is_a_link_is_refused(tmp_path):
    if os.name == "nt":
        pytest.skip("links need rights on Windows")
    scenario = minimal(tmp_path)
    (scenario / "cards").rename(tmp_path / "elsewhere")
    (scenario / "cards").symlink_to(tmp_path / "elsewhere")
    assert codes(scenario) == {"file-link"}


@pytest.mark.parametrize(("variables", "moves", "length"), [(400, 1, 80), (40, 60, 80)])
def test_effects_that_would_fill_the_memory_are_refused(variables, moves, length, tmp_path):
    names = [f"v{i}" for i in range(variables)]
    effects = ", ".join(f"{{add: 1, to: {name}, for: {length}, after: 80}}" for name in names)
    move = "text: x, actor: neighbour, tone: hard, title: T, appeal: 1, claim: invented, source: {confidence: judged}"
    lines = "".join(f"- {{id: m{i}, {move}, effects: [{effects}]}}\n" for i in range(moves))
    scenario = write(minimal(tmp_path), "cards/more.yaml", "moves:\n" + lines)
    write(scenario, "model/more.yaml", "variables:\n" + "".join(
        f"  {name}: {{kind: auxiliary, label: V, range: [0, 1], is: 1}}\n" for name in names))
    assert "too-large" in codes(scenario)


def test_embedded_files_are_checked_again():
    source = {str(f.relative_to(MINIMAL)): f.read_text(encoding="utf-8") for f in MINIMAL.rglob("*.*")}
    source = {name.replace(os.sep, "/"): text for name, text in source.items()}
    assert load_source(source).document.id == "minimal"
    for name, text, code in [
        ("scenario.yaml", "extends: ../../etc", "extends-unknown"),
        ("cards/deck.yaml", "x" * 2_000_000, "file-too-large"),
        ("cards/deck.yaml", "cards:\n- {id: '\ud800'}", "yaml-character"),
        ("cards/deck.yaml", "cards: &a [*a]", "yaml-alias"),
    ]:
        with pytest.raises(ContentError) as error:
            load_source(source | {name: text})
        assert code in {f.code for f in error.value.findings}
    with pytest.raises(ContentError):
        load_source({})
