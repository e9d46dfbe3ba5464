"""Plays a playthrough: each decision when its quarter comes, through a session like a person's.

A decision that is refused is a problem with file and line. Of history everything must fit: a card that comes up
without an entry and an entry that never comes up are problems too, never a default.
Read next: content/playthrough.py (the form), content/overlay.py (the world of history).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from game.content import Scenario
from game.content.findings import ERROR, Finding
from game.content.playthrough import Playthrough
from game.engine.decisions import Refusal
from game.engine.state import NONE
from game.engine.tables import Option
from game.replay.session import Session, TurnRecord
from game.replay.settings import Settings

CODE = "playthrough"  # of all problems


class PlaythroughError(Exception):
    """The playthrough does not fit its scenario; `problems` says where and what to do."""

    def __init__(self, problems: list[Finding]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


@dataclass
class _Run:
    """One game, and what is open of the playthrough."""

    session: Session
    playthrough: Playthrough
    strict: bool
    problems: list[Finding] = field(default_factory=list)
    dated: dict[str, tuple[str, str]] = field(default_factory=dict)  # card -> the quarter and choice that still wait
    met: set[str] = field(default_factory=set)  # cards that came up

    def problem(self, path: tuple, message: str, hint: str) -> None:
        spot = self.playthrough.spot(*path)
        self.problems.append(Finding(spot.file, spot.line, spot.column, ERROR, CODE, message, hint))

    @property
    def date(self) -> str:
        """The quarter that is decided, or the last one of an ended game: 2011-Q2."""
        return self.session.date.replace(" ", "-")


def play_history(scenario: Scenario, playthrough: Playthrough, length: str, strict: bool = True) -> Session:
    """The finished game of an overlaid scenario; PlaythroughError with all that does not fit (see outlook/history.py
    for what is not `strict`)."""
    difficulty = next((d.id for d in scenario.document.difficulties if d.default), "")
    run = _Run(Session.new(scenario, Settings(0, length, difficulty, ())), playthrough, strict)
    _play(run)
    for card, (date, _) in run.dated.items() if strict else ():
        run.problem(("turns", date, "cards", card), f"`{card}` found no place on the desk by the end",
                    "there is room for three cards a quarter: move it")
    for card in playthrough.document.cards if strict else ():
        if card not in run.met:
            run.problem(("cards", card), f"`{card}` never came up",
                        "leave it out, or give it a quarter under `turns` if it comes by chance or weight")
    _finish(run)
    return run.session


def play_through(scenario: Scenario, playthrough: Playthrough, path: Path | None = None) -> Session:
    """The finished game of a playthrough with settings of its own, saved at `path`; cards without an entry keep their
    default. LogError for settings that the scenario does not have, PlaythroughError for what is refused."""
    wanted = playthrough.document
    settings = Settings(wanted.seed, wanted.length, wanted.difficulty, wanted.priorities)
    run = _Run(Session.new(scenario, settings, path), playthrough, False)
    _play(run)
    _finish(run)
    return run.session


def _play(run: _Run) -> None:
    seen = set()
    while not run.session.ended:
        date = run.date
        seen.add(date)
        _decide(run, date)
        record = run.session.end_turn()
        if run.strict:
            _moved(run, date, record)
    for date in run.playthrough.document.turns:
        if date not in seen:
            run.problem(("turns", date), f"{date} is not played", f"the game is over after {run.date}")


def _finish(run: _Run) -> None:
    if run.problems:
        raise PlaythroughError(sorted(set(run.problems)))


def _decide(run: _Run, date: str) -> None:
    """Cards, levers and initiatives of a quarter."""
    turn = run.playthrough.document.turns.get(date)
    for card, choice in turn.cards.items() if turn else ():
        run.dated[card] = (date, choice)
    _answer(run, date)
    if turn is None:
        return
    t = run.session.rules.tables
    levers = [t.variables[lever.row].id for lever in t.levers]
    for name, setting in turn.levers.items():
        _taken(run, ("turns", date, "levers", name), f"{name}: {setting:g}",
               run.session.set_lever(levers.index(name), setting))
    initiatives = [initiative.option.id for initiative in t.initiatives]
    for n, name in enumerate(turn.initiatives):
        index = initiatives.index(name)
        _outcome(run, ("turns", date, "initiatives", n), name, t.initiatives[index].option)
        _taken(run, ("turns", date, "initiatives", n), name, run.session.play(index))


def _answer(run: _Run, date: str) -> None:
    """Choices for the cards on the desk; cards that waited in vain are a problem."""
    state, cards = run.session.state, run.session.rules.tables.cards
    for place, number in enumerate(state.agenda[:, 0].tolist()):
        if number == NONE:
            continue
        card = cards[number]
        run.met.add(card.id)
        path: tuple = ("cards", card.id)
        if card.id in run.dated:
            asked, choice = run.dated.pop(card.id)
            path = ("turns", asked, "cards", card.id)
        elif card.id in run.playthrough.document.cards:
            choice = run.playthrough.document.cards[card.id]
        else:
            if run.strict:
                run.problem(("cards",), f"{date}: the card `{card.id}` comes up and nothing says what was chosen",
                            f"write `{card.id}: {_suggested(run, number)}`")
            continue
        ids = [option.id for option in card.choices]
        _outcome(run, path, card.id, card.choices[ids.index(choice)])
        _taken(run, path, f"{card.id}/{choice}", run.session.choose(place, ids.index(choice)), date)
    for number in state.lapsing[:, 0].tolist() if run.strict else ():
        if number != NONE:
            card = cards[number].id
            run.met.add(card)
            asked = run.dated.pop(card, None)
            run.problem(("turns", asked[0], "cards", card) if asked else ("cards", card),
                        f"{date}: `{card}` waited in vain for a place on the desk and took its default",
                        "there is room for three cards a quarter: move one")


def _suggested(run: _Run, card: int) -> str:
    """The choices that are marked as history's, or all."""
    choices = run.session.scenario.document.cards[card].choices
    return " | ".join([choice.id for choice in choices if choice.history] or [choice.id for choice in choices])


def _taken(run: _Run, path: tuple, what: str, refused: Refusal | None, date: str = "") -> None:
    if refused is not None:
        when = date or path[1]
        run.problem(path, f"{when}: {what} is refused ({refused.code}, needs {refused.need:g}, has {refused.have:g})",
                    "see its `when`, its range or its cooldown in the scenario")


def _outcome(run: _Run, path: tuple, name: str, option: Option) -> None:
    """History must say how a gamble went."""
    if run.strict and option.odds is not None and name not in run.playthrough.document.outcomes:
        run.problem(path, f"`{name}` is a gamble and nothing says how it went",
                    f"outcomes: {{{name}: success | failure}}")


def _moved(run: _Run, date: str, record: TurnRecord) -> None:
    """Moves that were to be made and were not."""
    turn = run.playthrough.document.turns.get(date)
    moves = run.session.rules.tables.moves
    made = {moves[m].id for m in record.report.decided.moves[:, 0].tolist() if m != NONE}
    for n, move in enumerate(turn.moves if turn else ()):
        if move not in made:
            run.problem(("turns", date, "moves", n), f"{date}: the move `{move}` is not made",
                        "an actor makes as many moves a quarter as its `attention` says")


def closings(session: Session) -> Iterator[tuple[int, int, TurnRecord]]:
    """Year, quarter (0-3) and record of each finished turn."""
    for record in session.records:
        year, quarter = divmod(session.rules.tables.first_quarter + record.turn, 4)
        yield year, quarter, record
