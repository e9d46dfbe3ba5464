"""`balance`: a scenario played by all bots, as a page or as JSON; it can be stopped and go on later."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from game.cli.finding import load_scenario, scenario_folder
from game.cli.simulating import progress_bar, stopping, where_of
from game.cli.wrong import UserError, unknown
from game.content import Scenario
from game.outlook import ranges
from game.outlook.balance import Piece, do, name_of, study_of, summary, work
from game.outlook.evidence import write_logs
from game.outlook.gate import write_record
from game.outlook.keeping import keep, read_done, start
from game.outlook.study import Study
from game.outlook.workers import Stop, Where, WorkError, each
from game.outlook.workers.work import Over
from game.replay import LogError, seed_of
from game.reports.balance_page import balance_page

PART, LOGS = ".part", "-logs"  # beside the report: what is finished so far, and the logs that it links to


def balance(arguments: Namespace) -> int:
    """0, or 130 if stopped; the report then covers what was done, and --resume goes on from there."""
    scenario = load_scenario(arguments.scenario)
    study = _study(scenario, arguments)
    out = arguments.out or Path(f"balance-{scenario.document.id}.{'json' if arguments.json else 'html'}")
    part = out.with_name(out.name + PART)
    try:
        done = _done(part, study) if arguments.resume else {}
        start(part, study, done)
        with stopping() as stop:
            _work(study, done, part, where_of(arguments), stop)
            found = summary(study, done) if done else None
            if found is not None and (arguments.out or not arguments.json):  # --json alone writes no files
                found["reached"] = _logs(study, found["reached"], out, stop)
            stopped = stop()
        if found is not None:
            _write(found, out, arguments)
    except WorkError as error:
        raise UserError(f"The games cannot be played: {error}. What is done is kept; the same command with "
                        "--resume goes on.") from error
    except OSError as error:
        raise UserError(f"The report cannot be written: {error.strerror or error}.") from error
    except LogError as error:
        raise UserError(f"A log of the report cannot be written: {error}.") from error
    if stopped or not found["complete"] or found["ranges"] is None:
        count = len(work(study)) + len(ranges.work(study))
        print(f"third-neighbour: stopped; {len(done)} of {count} pieces are done. The same command with --resume goes "
              "on.", file=sys.stderr)
        return 130
    part.unlink()
    return _record(found, scenario_folder(arguments.scenario)) if arguments.record else 0


def _done(part: Path, study: Study) -> dict[str, dict]:
    try:
        return read_done(part, study)
    except ValueError as error:
        raise UserError(f"The file {part} cannot be used: {error}. Leave out --resume to begin again.") from error


def _record(found: dict, folder: Path) -> int:
    """0, or 1 if the scenario does not pass the gate: the record then says so too."""
    try:
        path = write_record(found, folder)
    except (OSError, ValueError) as error:
        raise UserError(f"The record cannot be written: {getattr(error, 'strerror', None) or error}.") from error
    fails = [line["says"] for line in found["gate"] if not line["holds"]]
    print(f"The record is in {path}." + "".join(f"\nIt does not hold that {says}." for says in fails), file=sys.stderr)
    return 1 if fails else 0


def _study(scenario: Scenario, arguments: Namespace) -> Study:
    if arguments.length and arguments.length not in scenario.document.lengths:
        raise unknown("length", arguments.length, scenario.document.lengths)
    difficulties = [d.id for d in scenario.document.difficulties]
    if arguments.difficulty and arguments.difficulty not in difficulties:
        raise unknown("difficulty", arguments.difficulty, difficulties)
    return study_of(scenario, seed_of(arguments.seed), arguments.games, arguments.depth_games, arguments.length,
                    arguments.difficulty)


def _work(study: Study, done: dict[str, dict], part: Path, where: Where, stop: Stop) -> None:
    """Does what is not done yet, keeping each piece: the games of all bots, then judged numbers at the ends of their
    ranges."""
    of_bots = {name_of(piece): (piece, _note(study, piece)) for piece in work(study)}
    of_ranges = {name_of(piece): (piece, "judged numbers at the ends of their ranges")
                 for piece in ranges.work(study)}
    with progress_bar("Pieces", len(of_bots) + len(of_ranges)) as progress:
        for job, pieces in ((Over(study, do), of_bots), (Over(study, ranges.do), of_ranges)):
            left = {piece: (name, note) for name, (piece, note) in pieces.items() if name not in done}
            with closing(each(job, list(left), where, stop)) as results:
                for piece, result in results:
                    name, note = left[piece]
                    done[name] = result
                    keep(part, name, result)
                    progress(len(done), note)


def _note(study: Study, piece: Piece) -> str:
    bot, pair, first, games = piece
    aim = f" for {' and '.join(study.pairs[pair])}" if pair >= 0 else ""
    return f"{bot}{aim}, games {first} to {first + games - 1}"


def _logs(study: Study, reached: list[dict], out: Path, stop: Stop) -> list[dict]:
    """Logs in a folder beside the report; their names in the report lead there."""
    folder = out.with_name(out.stem + LOGS)
    return [{**entry, "log": f"{folder.name}/{entry['log']}"} if "log" in entry else entry
            for entry in write_logs(study, reached, folder, stop)]


def _write(found: dict, out: Path, arguments: Namespace) -> None:
    text = json.dumps(found, indent=1, ensure_ascii=False)
    if arguments.json:
        print(text)
    if not arguments.json or arguments.out:
        out.write_text(text if arguments.json else balance_page(found), "utf-8")
        print(f"The report is in {out}.", file=sys.stderr)
    count = len(found["findings"])
    print(f"{count} finding{'' if count == 1 else 's'}.", file=sys.stderr)
