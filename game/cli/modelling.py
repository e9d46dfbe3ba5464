"""`model`: the whole model of a scenario as a page, in one file."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from game.cli.finding import load_scenario
from game.cli.simulating import progress_bar, stopping
from game.cli.wrong import UserError
from game.content import Scenario
from game.outlook.influence import Influence, influence
from game.reports.model_page import model_page


def model(arguments: Namespace) -> int:
    """0, or 130 if stopped; nothing is written then."""
    scenario = load_scenario(arguments.scenario)
    out = arguments.out or Path(f"model-{scenario.document.id}.html")
    with stopping() as stop:
        found = _watched(scenario, stop)
    if found is None:
        print("third-neighbour: stopped; no page was written.", file=sys.stderr)
        return 130
    try:
        out.write_text(model_page(scenario, found), "utf-8")
    except OSError as error:
        raise UserError(f"The page cannot be written: {error.strerror or error}.") from error
    print(f"The page is in {out}.", file=sys.stderr)
    return 0


def _watched(scenario: Scenario, stop: Callable[[], bool]) -> Influence | None:
    turns = next(iter(scenario.document.lengths.values())).turns
    with progress_bar("Quarters", turns) as progress:
        return influence(scenario, progress=lambda done, of: progress(done), stop=stop)
