"""`history`: plays what history decided and prints how far the model is from what happened."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from game.cli.finding import scenario_folder
from game.cli.wrong import UserError, unknown
from game.content import ContentError, Scenario, find_scenarios, load
from game.content.overlay import MODES
from game.content.playthrough import HISTORY_FILE, Playthrough, read_playthrough
from game.outlook.history import play
from game.replay.playthrough import PlaythroughError
from game.reports.history_table import as_json, lines


def history(arguments: Namespace) -> int:
    """0 printed; 1 history does not fit the scenario; 2 it could not be done."""
    if arguments.mode not in ("all", *MODES):
        raise unknown("mode", arguments.mode, (*MODES, "all"))
    modes = MODES if arguments.mode == "all" else (arguments.mode,)
    folder = scenario_folder(arguments.scenario)
    try:
        scenario = load(folder)
        if scenario.document.calibration is None:
            raise UserError(f"The scenario {arguments.scenario} has no calibration. Write a calibration.yaml; the "
                            "manual says how.")
        playthrough = _playthrough(folder, scenario)
        runs = [play(scenario, playthrough, mode) for mode in modes]
    except (ContentError, PlaythroughError) as error:
        problems = error.findings if isinstance(error, ContentError) else error.problems
        print("\n".join(map(str, problems)), file=sys.stderr)
        return 1
    if arguments.json:
        found = [as_json(run) for run in runs]
        print(json.dumps(found if arguments.mode == "all" else found[0], indent=1, ensure_ascii=False))
    else:
        until = scenario.document.calibration.fitted_until
        print("\n\n".join("\n".join(lines(run, until)) for run in runs))
    return 0


def _playthrough(folder: Path, scenario: Scenario) -> Playthrough:
    """The scenario's own history, or that of the scenario that it extends."""
    places = [folder, *(other for other in (*find_scenarios(), folder.parent / (scenario.document.extends or ""))
                        if other.name == scenario.document.extends)]
    for place in places:
        if (place / HISTORY_FILE).is_file():
            return read_playthrough(place / HISTORY_FILE, scenario.document)
    raise UserError(f"There is no {folder / HISTORY_FILE}. It says what history decided; the manual shows how.")
