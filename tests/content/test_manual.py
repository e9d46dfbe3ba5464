"""The authors' manual is true: its examples pass the check, and its reference is the program's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game import paths
from game.content import check
from game.content.findings import CODES
from game.content.manual import reference, with_reference
from game.content.verbs import EFFECTS, FUNCTIONS, MEMORY, REFERENCES, WORDS

MANUAL = (paths.scenarios() / "README.md").read_text(encoding="utf-8")
EXAMPLES = [block for block in re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL) if block.startswith("extends:")]


def test_reference_in_the_manual_is_current():
    assert with_reference(MANUAL) == MANUAL, "run: python -m game.content.manual scenarios/README.md"


def test_reference_names_every_verb_and_code():
    text = reference()
    for group in (FUNCTIONS, MEMORY, REFERENCES, WORDS, EFFECTS):
        assert all(verb.shape in text and verb.text in text for verb in group.values())
    assert all(f"`{code}`" in text for code in CODES)


def test_manual_without_markers_is_refused():
    with pytest.raises(ValueError, match="markers"):
        with_reference("# A manual")


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_example_is_a_good_scenario(number, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(EXAMPLES[number], encoding="utf-8")
    assert [str(f) for f in check(folder) if "mine" in Path(f.file).parts or f.severity == "error"] == []


def test_there_are_examples_and_the_first_card_is_short():
    assert len(EXAMPLES) == 2
    card = EXAMPLES[0].split("cards:\n")[1]
    assert len(card.splitlines()) <= 20
