"""A playthrough: what was decided in a whole game, as a short file that a teacher can read and change.

    cards: {card: choice}       taken whenever the card is on the desk
    outcomes: {card or initiative: success | failure}    how a gamble went
    turns:
      2011-Q3:
        cards: {card: choice}   taken in this quarter; of `history`, also what makes a card of chance or weight come
        moves: [move]           what others do in this quarter
        levers: {lever: setting}
        initiatives: [initiative]

`seed`, `length`, `difficulty`, `priorities` and `ends` are for playthroughs that are games of their own.
Read next: overlay.py, which makes the world of history; replay/playthrough.py, which plays one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from game.content.document import Document, Part
from game.content.expressions import quarter_number
from game.content.findings import ContentError, Findings, Spot, did_you_mean
from game.content.folder import read_text
from game.content.items import Item, parse
from game.content.sites import at

HISTORY_FILE = "playthroughs/history.yaml"  # inside a scenario's folder


@dataclass(frozen=True, kw_only=True)
class TurnDoc(Part):
    cards: dict[str, str] = field(default_factory=dict)
    moves: tuple[str, ...] = ()
    levers: dict[str, float] = field(default_factory=dict)
    initiatives: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlaythroughDoc(Part):
    cards: dict[str, str] = field(default_factory=dict)
    turns: dict[str, TurnDoc] = field(default_factory=dict)
    outcomes: dict[str, Literal["success", "failure"]] = field(default_factory=dict)
    seed: int = 0
    length: str = ""
    difficulty: str = ""
    priorities: tuple[str, ...] = ()
    ends: str = ""


@dataclass(frozen=True)
class Playthrough:
    """What the file says, and the items that know its lines."""

    document: PlaythroughDoc
    top: Item

    def spot(self, *path: str | int) -> Spot:
        """The place of the key at a path, or of the deepest one on the way."""
        return at(self.top, *path).key


def read_playthrough(path: Path, document: Document) -> Playthrough:
    """The playthrough in a file, checked against its scenario; ContentError with all that is wrong."""
    findings = Findings()
    found = check_playthrough(path, document, findings)
    if found is None or findings.errors:
        raise ContentError(findings.sorted())
    return found


def check_playthrough(path: Path, document: Document, findings: Findings) -> Playthrough | None:
    """The same, but what is wrong is added to `findings`; None if the file cannot be read."""
    found = _read(path, findings)
    if found is not None:
        _check(found, document, findings)
    return found


def _read(path: Path, findings: Findings) -> Playthrough | None:
    from game.content.shape import validate  # pydantic is slow to import

    text = read_text(path, findings)
    top = None if text is None else parse(text, str(path), findings)[0]
    made = None if top is None else validate(PlaythroughDoc, top, findings, "playthrough")
    return None if made is None else Playthrough(made, top)


def _check(found: Playthrough, document: Document, findings: Findings) -> None:
    """Everything that is named is there."""
    choices = {card.id: [choice.id for choice in card.choices] for card in document.cards}
    levers = [name for name, variable in document.variables.items() if variable.kind == "lever"]
    moves, initiatives = [move.id for move in document.moves], [initiative.id for initiative in document.initiatives]

    def known(name: str, what: str, names: Iterable[str], *path: str | int) -> None:
        if name not in names:
            findings.add(found.spot(*path), "unknown-reference", f"there is no {what} `{name[:60]}`",
                         did_you_mean(name, names))

    def answers(cards: dict[str, str], *path: str | int) -> None:
        for card, choice in cards.items():
            known(card, "card", choices, *path, card)
            if card in choices and choice not in choices[card]:
                findings.add(at(found.top, *path, card), "unknown-reference", f"`{card}` has no choice `{choice[:60]}`",
                             f"there are {', '.join(choices[card])}")

    answers(found.document.cards, "cards")
    for name in found.document.outcomes:
        known(name, "card or initiative", [*choices, *initiatives], "outcomes", name)
    for date, turn in found.document.turns.items():
        if quarter_number(date) is None:
            findings.add(found.spot("turns", date), "date-form", f"`{date[:40]}` is not a quarter",
                         "write the year and Q1 to Q4: 2011-Q1")
        answers(turn.cards, "turns", date, "cards")
        for lever in turn.levers:
            known(lever, "lever", levers, "turns", date, "levers", lever)
        for n, move in enumerate(turn.moves):
            known(move, "move", moves, "turns", date, "moves", n)
        for n, initiative in enumerate(turn.initiatives):
            known(initiative, "initiative", initiatives, "turns", date, "initiatives", n)
