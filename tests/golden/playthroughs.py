"""Playthroughs: a whole game as a short list of decisions, and its retelling, kept as proof and as example.

`scenarios/<id>/playthroughs/<name>.yaml` holds the decisions in a form that a teacher can read and change
(game/content/playthrough.py); `ends` is the ending that it comes to. `history.yaml` is none of these: the command
`history` plays it.

`<name>.txt` beside it is the game told in plain lines, with the verdict and the fingerprint of the last state.
The scenario is not embedded as in a log (that is most of a log's size): the retelling is compared instead.
Read next: record.py, which writes the retellings again; test_playthroughs.py.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from game.content import Scenario
from game.content.playthrough import HISTORY_FILE, Playthrough, read_playthrough
from game.replay import Session, retell
from game.replay.ids import ending_id
from game.replay.playthrough import play_through
from game.replay.snapshot import fingerprint
from game.view.verdict import verdict_page

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


def playthroughs() -> list[Path]:
    return sorted(path for path in SCENARIOS.glob("*/playthroughs/*.yaml") if path.name != Path(HISTORY_FILE).name)


def played_and_told(scenario: Scenario, wanted: Playthrough) -> tuple[Session, list[str]]:
    """The finished game and its retelling; PlaythroughError if a decision is refused, ValueError for another ending."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "game.jsonl"
        session = play_through(scenario, wanted, path)
        ended = ending_id(session.rules, session.state)
        if wanted.document.ends != ended:
            raise ValueError(f"the game ends with {ended}, not with {wanted.document.ends}")
        return session, [*retell(path), *_verdict(session)]


def _verdict(session: Session) -> Iterator[str]:
    page = verdict_page(session)
    yield f"{page.title}. {page.subtitle}"
    yield f"  {page.ending}"
    for goal in page.goals:
        yield f"  {goal.label}: {goal.value:.0f} of 100"
    for priority in page.priorities:
        yield f"  {priority.label}: {priority.outcome}"
    for sentence in page.sentences:
        yield f"  {sentence}"
    yield f"Last state: {fingerprint(session.state)}"


def told_in(path: Path) -> list[str]:
    return path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()


def first_difference(kept: list[str], now: list[str]) -> str:
    """"" if the same; else the first line that differs, as kept and as played now."""
    for number, (old, new) in enumerate(zip_longest(kept, now, fillvalue="(nothing)"), start=1):
        if old != new:
            return f"line {number}\n  kept: {old.strip()}\n  now:  {new.strip()}"
    return ""


def read(scenario: Scenario, path: Path) -> Playthrough:
    return read_playthrough(path, scenario.document)
