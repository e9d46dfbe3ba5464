"""`simulate`: many games by a bot, with progress on standard error; Ctrl-C sums up what was done so far."""

from __future__ import annotations

import json
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from game.cli.finding import load_scenario
from game.cli.wrong import UserError, unknown
from game.content import Scenario
from game.outlook.batch import CHUNK
from game.outlook.policies import NAMES, PolicyError, is_own
from game.outlook.simulate import simulate as summary_of
from game.replay import seed_of

PROGRESS_STEPS = 20  # chunks of a short run, so that progress moves


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
    chunk = min(CHUNK, max(1, -(-arguments.games // PROGRESS_STEPS)))
    try:
        with stopping() as stop, _progress(arguments.games) as progress:
            summary = summary_of(scenario, arguments.games, arguments.policy, seed_of(arguments.seed), length,
                                 arguments.difficulty, priorities, chunk, progress, stop)
    except PolicyError as error:
        raise UserError(f"The policy {arguments.policy} cannot be used: {error}.") from error
    stopped = summary["games"] < arguments.games
    if stopped:
        done = f"{summary['games']:,} of {arguments.games:,} games were done"
        print(f"third-neighbour: stopped; {done}.", file=sys.stderr)
    print(json.dumps(summary, indent=1, ensure_ascii=False) if arguments.json else "\n".join(_lines(summary)))
    return 130 if stopped else 0


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
def _progress(games: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, otherwise a line now and then."""
    if not sys.stderr.isatty():
        yield lambda done: print(f"{done:,} of {games:,} games", file=sys.stderr, flush=True)
        return
    from rich.console import Console
    from rich.progress import Progress
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Games", total=games)
        yield lambda done: bar.update(task, completed=done)


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
