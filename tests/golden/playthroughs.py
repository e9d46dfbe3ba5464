"""Playthroughs: a whole game as a short list of decisions, and its retelling, kept as proof and as example.

`scenarios/<id>/playthroughs/<name>.yaml` holds the decisions in a form that a teacher can read and change:

    seed, length, difficulty, priorities
    ends                    id of the ending that it comes to; planned-end when its length runs out
    cards: {card: choice}   taken whenever the card is on the desk; other cards keep their default
    turns: {2011-Q3: {levers: {lever: setting}, initiatives: [id]}}

`<name>.txt` beside it is the game told in plain lines, with the verdict and the fingerprint of the last state.
The scenario is not embedded as in a log (that is most of a log's size): the retelling is compared instead.
Read next: record.py, which writes the retellings again; test_playthroughs.py.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import yaml

from game.content import Scenario
from game.replay import Session, Settings, retell
from game.replay.ids import ending_id, quarter_text
from game.replay.snapshot import fingerprint
from game.view.verdict import verdict_page

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


def playthroughs() -> list[Path]:
    return sorted(SCENARIOS.glob("*/playthroughs/*.yaml"))


def play_through(scenario: Scenario, wanted: dict) -> tuple[Session, list[str]]:
    """The finished game and its retelling; ValueError if a decision is refused or does not fit the scenario."""
    settings = Settings(wanted["seed"], wanted["length"], wanted["difficulty"], tuple(wanted["priorities"]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "game.jsonl"
        session = Session.new(scenario, settings, path)
        turns = dict(wanted.get("turns", {}))
        while not session.ended:
            date = quarter_text(session.rules.tables.first_quarter, session.state.turn).replace(" ", "-")
            for what, refused in _decide(session, wanted["cards"], turns.pop(date, {})):
                if refused is not None:
                    raise ValueError(f"{date}: {what} is refused: {refused.code}, "
                                     f"needs {refused.need:g}, has {refused.have:g}")
            session.end_turn()
        if turns:
            raise ValueError(f"the game was over before {', '.join(turns)}")
        if wanted["ends"] != (ended := ending_id(session.rules, session.state)):
            raise ValueError(f"the game ends with {ended}, not with {wanted['ends']}")
        return session, [*retell(path), *_verdict(session)]


def _decide(session: Session, cards: dict, turn: dict) -> Iterator[tuple]:
    """Every decision of a turn with its refusal or None."""
    t = session.scenario.tables
    for place, card in enumerate(session.state.agenda[:, 0]):
        if card >= 0 and t.cards[card].id in cards:
            choice = cards[t.cards[card].id]
            ids = [option.id for option in t.cards[card].choices]
            yield f"{t.cards[card].id}/{choice}", session.choose(place, _place(ids, choice))
    levers = [t.variables[lever.row].id for lever in t.levers]
    for name, setting in turn.get("levers", {}).items():
        yield f"{name} {setting}", session.set_lever(_place(levers, name), float(setting))
    initiatives = [initiative.option.id for initiative in t.initiatives]
    for name in turn.get("initiatives", ()):
        yield name, session.play(_place(initiatives, name))


def _place(ids: list[str], name: str) -> int:
    if name not in ids:
        raise ValueError(f"there is no “{name}”; there are {', '.join(ids)}")
    return ids.index(name)


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


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
