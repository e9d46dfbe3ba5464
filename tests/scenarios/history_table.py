"""Prints the README's table of errors against history: `python -m tests.scenarios.history_table [SCENARIO]`."""

from __future__ import annotations

import sys

from game.cli.finding import load_scenario, scenario_folder
from game.content.overlay import MODES
from game.content.playthrough import HISTORY_FILE, read_playthrough
from game.outlook.history import play
from game.reports.history_table import markdown


def main(name: str = "mongolia-2011") -> int:
    scenario = load_scenario(name)
    playthrough = read_playthrough(scenario_folder(name) / HISTORY_FILE, scenario.document)
    runs = [play(scenario, playthrough, mode) for mode in MODES]
    print("\n".join(markdown(runs, scenario.document.calibration.fitted_until)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
