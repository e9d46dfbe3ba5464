"""`simulate`: many games by a bot, with progress on standard error; Ctrl-C sums up what was done so far."""

from __future__ import annotations

import json
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from game.cli.finding import load_scenario
from game.cli.wrong import UserError, unknown
from game.content import Scenario
from game.outlook.batch import CHUNK
from game.outlook.policies import NAMES, PolicyError, is_own
from game.outlook.simulate import simulate as summary_of
from game.outlook.workers import Where, WorkError, usable_cores
from game.replay import seed_of

PROGRESS_STEPS = 20  # chunks of a short run, so that progress moves
SHARES = 4  # chunks for each worker at least, so that all end at about the same time


def simulate(arguments: Namespace) -> int:
    """0, or 130 if stopped; the summary then covers the games that were done."""
    scenario = load_scenario(arguments.scenario)
    if arguments.policy not in NAMES and not is_own(arguments.policy):
        raise unknown("policy", arguments.policy, NAMES)
    priorities = priorities_of(scenario, arguments.priorities)
    length = arguments.length or next(iter(scenario.document.lengths))
    if length not in scenario.document.lengths:
        raise unknown("length", length, scenario.document.lengths)
    difficulties = [d.id for d in scenario.document.difficulties]
    if arguments.difficulty and arguments.difficulty not in difficulties:
        raise unknown("difficulty", arguments.difficulty, difficulties)
    where = where_of(arguments)
    if arguments.games >= SHARES * CHUNK * where.processes:  # long for any policy
        where = replace(where, patience=0.0)
    chunk = min(CHUNK, max(1, -(-arguments.games // max(PROGRESS_STEPS, SHARES * where.processes))))
    policy = _everywhere(arguments.policy)
    try:
        with stopping() as stop, progress_bar("Games", arguments.games) as progress:
            summary = summary_of(scenario, arguments.games, policy, seed_of(arguments.seed), length,
                                 arguments.difficulty, priorities, chunk, progress, stop, where)
    except PolicyError as error:
        hint = " Each machine of the cluster must have it at this place." if where.dask else ""
        raise UserError(f"The policy {arguments.policy} cannot be used: {error}.{hint}") from error
    except WorkError as error:
        raise UserError(f"The games cannot be played: {error}.") from error
    summary["policy"] = arguments.policy
    stopped = summary["games"] < arguments.games
    if stopped:
        done = f"{summary['games']:,} of {arguments.games:,} games were done"
        print(f"third-neighbour: stopped; {done}.", file=sys.stderr)
    print(json.dumps(summary, indent=1, ensure_ascii=False) if arguments.json else "\n".join(_lines(summary)))
    return 130 if stopped else 0


def where_of(arguments: Namespace) -> Where:
    """Who does the work: as many processes as asked for, or as there are cores; or a cluster."""
    return Where(arguments.workers or usable_cores(), arguments.dask)


def _everywhere(policy: str) -> str:
    """A user's own policy by its whole path: workers may be in another folder."""
    if not is_own(policy):
        return policy
    path, _, function = policy.rpartition(":")
    return f"{Path(path).absolute()}:{function}"


def priorities_of(scenario: Scenario, text: str | None) -> tuple[str, ...]:
    """Ids from "A,B"; none without a text. Raises UserError for one that is not there."""
    names = tuple(name.strip() for name in text.split(",")) if text else ()
    known = [priority.id for priority in scenario.document.priorities]
    for name in names:
        if name not in known:
            raise unknown("priority", name, known)
    return names


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Says whether Ctrl-C was pressed; pressed again, it stops at once."""
    asked = []

    def ask(number: int, frame: object) -> None:
        asked.append(number)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress_bar(what: str, total: int) -> Iterator[Callable[..., None]]:
    """Hears how many are done, and perhaps a note of what was: a bar on a terminal, otherwise a line each time."""
    if not sys.stderr.isatty():
        def line(done: int, note: str = "") -> None:
            print(f"{done:,} of {total:,} {what.lower()}{note and ': '}{note}", file=sys.stderr, flush=True)
        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done, note="": bar.update(task, completed=done, description=note or what)


def _lines(summary: dict) -> Iterator[str]:
    """The summary for people; --json holds everything."""
    yield (f"{summary['games']:,} games of {summary['scenario']}, {summary['length']}, {summary['difficulty'] or '-'}, "
           f"policy {summary['policy']}, seed {summary['seed']}")
    yield f"rules {summary['fingerprint'][:16]}"
    if not summary["games"]:
        return
    yield ""
    yield "Endings"
    for name, share in summary["endings"].items():
        yield f"  {name:<32}{100 * share:>8.1f} %"
    yield ""
    yield f"{'Indicators at the end':<34}{'mean':>10}{'p10':>10}{'p50':>10}{'p90':>10}"
    for name, figures in summary["indicators"].items():
        yield f"  {name:<32}" + "".join(f"{figures[key]:>10.4g}" for key in ("mean", "p10", "p50", "p90"))
    yield ""
    yield "Cards (a game) and choices taken"
    for name, card in summary["cards"].items():
        shares = ", ".join(f"{choice} {100 * n / card['shown']:.0f} %" for choice, n in card["choices"].items()
                           ) if card["shown"] else "never shown"
        yield f"  {name:<32}{card['shown'] / summary['games']:>8.3f}  {shares}"
    for title, key in (("Initiatives", "initiatives"), ("Moves", "moves")):
        yield ""
        yield f"{title} (a game)"
        for name, count in summary[key].items():
            yield f"  {name:<32}{count / summary['games']:>8.3f}"
    if summary["never_seen"]:
        yield ""
        yield "Never seen: " + ", ".join(summary["never_seen"])
    if summary["ranges_bound"]:
        yield ""
        yield "Ranges that cut something off, in a share of games"
        for name, share in summary["ranges_bound"].items():
            yield f"  {name:<32}{100 * share:>8.1f} %"
