"""Every diagnostic has a scenario that shows it, and says where and what to do.

Each file in tests/bad_content is laid over the minimal scenario: as the scenario.yaml of a scenario that
extends it, or (with a line `# as: path`) as one more file inside a copy of it. The first line says what
must be found. A code that cannot be shown by a text file has a builder in test_hostile.py.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from game.content import check
from game.content.findings import CODES
from tests.content.test_hostile import BUILDERS

MINIMAL = Path(__file__).parent / "minimal"
BAD = sorted((Path(__file__).parent.parent / "bad_content").glob("*.*"))
EXPECT = re.compile(r'# expect: (?P<code>[a-z0-9-]+) line (?P<line>\d+) hint "(?P<hint>.*)"')
PLACE = re.compile(r"# as: (\S+)")


def expected(file: Path) -> re.Match:
    match = EXPECT.match(file.read_text(encoding="utf-8"))
    assert match, f"{file.name} does not begin with what is expected"
    return match


def built(file: Path, folder: Path) -> Path:
    """The scenario folder that shows what is wrong with the file."""
    shutil.copytree(MINIMAL, folder / "minimal")
    place = PLACE.search(file.read_text(encoding="utf-8"))
    if place:
        shutil.copy(file, folder / "minimal" / place[1])
        return folder / "minimal"
    (folder / "middle").mkdir()
    (folder / "middle" / "scenario.yaml").write_text("extends: minimal\n", encoding="utf-8")
    (folder / "bad").mkdir()
    shutil.copy(file, folder / "bad" / "scenario.yaml")
    return folder / "bad"


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.name)
def test_finding_has_code_line_and_hint(file, tmp_path):
    wanted = expected(file)
    scenario = built(file, tmp_path)
    found = check(scenario)
    errors = [f for f in found if f.code == wanted["code"] and f.line == int(wanted["line"])]
    assert errors, "found instead:\n" + "\n".join(map(str, found))
    assert any(wanted["hint"] in f.hint for f in errors), errors
    assert all(Path(f.file).is_relative_to(scenario) for f in errors)
    assert all(f.message and f.line >= 1 and f.column >= 1 for f in found)


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.name)
def test_nothing_else_is_found(file, tmp_path):
    """One slip is one finding, or a few of the same kind: no flood of what follows from it."""
    found = check(built(file, tmp_path))
    assert {f.code for f in found} == {expected(file)["code"]}


def test_every_code_has_an_example():
    shown = {expected(file)["code"] for file in BAD}
    assert shown <= set(CODES)
    assert set(CODES) - shown - set(BUILDERS) == set()
