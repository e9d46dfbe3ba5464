"""What the teachers' pages say of the scenarios beside them is so.

Read next: scenarios/mongolia-2011/README.md, scenarios/mongolia-2016/README.md.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from game import paths
from game.content import check, load

SCENARIOS = ("mongolia-2011", "mongolia-2016")
CLAIMS = ("fact", "interpretation", "invented")


@cache
def page(scenario: str) -> str:
    return (paths.scenarios() / scenario / "README.md").read_text(encoding="utf-8")


@cache
def document(scenario: str):
    return load(paths.scenarios() / scenario).document


@pytest.mark.parametrize("things", ["cards", "initiatives", "moves", "demands"])
def test_the_counts_by_label_are_those_of_the_scenario(things):
    told = next(line for line in page("mongolia-2011").splitlines() if re.match(rf"\| {things}\b.* \| \d", line))
    claims = Counter(thing.claim for thing in getattr(document("mongolia-2011"), things))
    counts = [claims[claim] for claim in CLAIMS]
    assert [int(number) for number in re.findall(r"\d+|-", told.replace("-", "0"))] == [*counts, sum(counts)]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_lengths_and_minutes_are_those_of_the_scenario(scenario):
    for length in document(scenario).lengths.values():
        assert re.search(rf"\| quarters \|.*\b{length.turns}\b", page(scenario)), length
        assert re.search(rf"\| minutes at the screen \|.*\b{length.minutes}\b", page(scenario)), length


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_file_that_is_named_is_there(scenario):
    folder = paths.scenarios() / scenario
    named = re.findall(r"`([a-z0-9/-]+(?:\.yaml|\.json|\.csv|/))`", page(scenario))
    assert named
    for name in named:
        near = (folder, paths.scenarios() / "mongolia-2011", paths.scenarios().parent)
        assert any((place / name).exists() for place in near) or "my-class" in name, name


def test_every_file_of_the_model_is_named_under_its_subject():
    for path in (paths.scenarios() / "mongolia-2011" / "model").glob("*.yaml"):
        assert f"`{path.stem}`" in page("mongolia-2011"), path.stem


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_playthrough_is_told_by_its_name(scenario):
    for path in (paths.scenarios() / scenario / "playthroughs").glob("*.yaml"):
        title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        assert path.stem == "history" or f"*{title}*" in page(scenario), path.stem


def test_the_example_of_a_scenario_of_ones_own_is_right(tmp_path):
    example = re.search(r"```yaml\n(extends: .*?)```", page("mongolia-2011"), re.DOTALL).group(1)
    (tmp_path / "my-class").mkdir()
    (tmp_path / "my-class" / "scenario.yaml").write_text(example, encoding="utf-8")
    assert check(tmp_path / "my-class") == []
