"""From what a person typed to a scenario: an id of a shipped or own scenario, or a path."""

from __future__ import annotations

from pathlib import Path

from game.cli.wrong import UserError, unknown
from game.content import ContentError, Scenario, find_scenarios, load


def scenario_folder(name: str) -> Path:
    """The folder of a scenario; raises UserError."""
    try:
        known = {folder.name: folder for folder in find_scenarios()}
    except FileNotFoundError as error:
        raise UserError(f"{error}.") from error
    if name in known:
        return known[name]
    path = Path(name)
    if path.name == "scenario.yaml" and path.is_file():
        return path.parent
    if (path / "scenario.yaml").is_file():
        return path
    if path.is_dir():
        raise UserError(f"The folder {name} holds no scenario.yaml. Name the folder of a scenario.")
    raise unknown("scenario", name, known)


def load_scenario(name: str) -> Scenario:
    """A scenario that is free of errors; raises UserError with the first finding."""
    try:
        return load(scenario_folder(name))
    except ContentError as error:
        raise UserError(f"The scenario {name} has errors: {error} `third-neighbour check {name}` lists them all."
                        ) from error
