"""From a folder (or the texts inside a saved game) to a checked, compiled scenario.

A scenario that was compiled before, from the very same texts, comes from the cache; otherwise all stages run.
Importing this stays cheap: YAML and pydantic are only imported where a scenario is really read anew.
Read next: stages.py, then cache.py.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from game import paths
from game.content import cache
from game.content.compiled import Scenario
from game.content.findings import ContentError, Finding, Findings
from game.content.shelf import Shelf


def check(path: str | Path, pictures: Path | None = None) -> list[Finding]:
    """All findings of the scenario in a folder (or of the folder of a scenario.yaml) and of what history did in it."""
    from game.content.playthrough import HISTORY_FILE, check_playthrough
    from game.content.stages import compiled

    findings, path = Findings(), Path(path)
    scenario = compiled(Shelf.on_disk(path), findings, _pictures(pictures))
    history = (path.parent if path.name == "scenario.yaml" else path) / HISTORY_FILE
    if scenario is not None and os.path.lexists(history):
        check_playthrough(history, scenario.document, findings)
    return findings.sorted()


def load(path: str | Path) -> Scenario:
    """The scenario in a folder. ContentError if there is any error."""
    return _playable(Shelf.on_disk(Path(path)))


def load_source(files: dict[str, str]) -> Scenario:
    """The scenario in Scenario.source, for example from a saved game. ContentError if there is any error."""
    return _playable(Shelf.in_memory(files))


def find_scenarios() -> list[Path]:
    """Folders with a scenario.yaml: those of the game, then the player's own, each by name."""
    places = [paths.scenarios(), own_scenarios()]
    return [folder for place in places if place.is_dir()
            for folder in sorted(place.iterdir()) if (folder / "scenario.yaml").is_file()]


def own_scenarios() -> Path:
    """Where players put scenarios of their own; it may not exist."""
    return paths.saves().parent / "scenarios"


def json_schema() -> dict[str, Any]:
    """JSON Schema of the files of a scenario, for editors."""
    from game.content import shape

    return shape.json_schema()


def _pictures(given: Path | None) -> Path | None:
    if given is not None:
        return given
    try:
        return paths.assets() / "pictures"
    except FileNotFoundError:
        return None


def _playable(shelf: Shelf) -> Scenario:
    kept = cache.recall(shelf)
    if kept is not None:
        return kept
    from game.content.stages import compiled

    findings = Findings()
    scenario = compiled(shelf, findings, None)
    if scenario is None or findings.errors:
        raise ContentError(findings.sorted())
    cache.keep(scenario)
    return scenario
