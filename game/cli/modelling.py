"""`model`: the whole model of a scenario as a page, in one file; `show` is the same for a player in a game."""

from __future__ import annotations

import sys
import webbrowser
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from game import paths
from game.cli.finding import load_scenario
from game.cli.simulating import progress_bar, stopping
from game.cli.wrong import UserError
from game.content import Scenario
from game.outlook.influence import Influence, influence
from game.outlook.workers import WorkError
from game.outlook.workers.processes import by_processes
from game.outlook.workers.work import Over, Piece, Stop
from game.reports.model_page import model_page

PAGES = "pages"  # folder beside the saves


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


def show(scenario: Scenario) -> tuple[str, Path | None]:
    """Writes the page among the player's files and opens it in a browser; what to tell the player, and where it is
    (None if it could not be written)."""
    path = paths.saves().parent / PAGES / f"model-{scenario.document.id}.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_made(scenario), "utf-8")
    except OSError as error:
        return f"The page could not be written: {error.strerror or error}. Free some room, then try again.", None
    if _opened(path):
        return "The page is open in your browser.", path
    return "No browser was found here. Open the page yourself:", path


def _page(scenario: Scenario, piece: Piece, stop: Stop) -> str:
    """The page, as the only piece of work for another process."""
    return model_page(scenario, influence(scenario))


def _made(scenario: Scenario) -> str:
    """The page, made by another process if there can be one, so that a window stays quick."""
    page = Over(scenario, _page)
    try:
        ((_, text),) = by_processes(page, [(PAGES,)], 1, lambda: False)
    except (WorkError, OSError):
        return page.open()((PAGES,), lambda: False)
    return text


def _opened(path: Path) -> bool:
    """Whether a browser was asked to show the page; one that would take over the terminal is not."""
    try:
        browser = webbrowser.get()
        in_terminal = type(browser) is webbrowser.GenericBrowser
        return not in_terminal and browser.open(path.as_uri())
    except (webbrowser.Error, OSError):
        return False
