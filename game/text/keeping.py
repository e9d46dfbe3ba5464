"""Kept games: going on with one, and keeping one under a name."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING

from game import paths
from game.replay import SUFFIX, SaveInfo, Session, list_saves
from game.text import playing
from game.text.lines import unbroken
from game.text.prompts import Option, Prompt

if TYPE_CHECKING:
    from game.text.edition import Edition

NAME = re.compile(r"[\w][\w .-]{0,60}")
MOST = 20  # kept games listed, newest first


def described(info: SaveInfo) -> str:
    turn = "ended" if info.ended else f"turn {info.turn + 1}" + (f" of {info.turns}" if info.turns else "")
    when = datetime.datetime.fromtimestamp(info.modified)
    return f"{info.title}, {info.date}, {turn}, {info.path.stem}, kept on {when:%Y-%m-%d at %H:%M}"


def load(edition: Edition, rest: str) -> None:
    """Go on with the kept game of a name or path; without one, the kept games are listed."""
    if rest:
        go_on(edition, _path(rest))
        return
    kept, back = list_saves(paths.saves())[:MOST], edition.prompt
    if not kept:
        edition.say([f"No game is kept in {unbroken(paths.saves())}"])
        return
    edition.say(["Kept games:", *(f"{n}. {described(info)}." for n, info in enumerate(kept, 1))])
    edition.ask(Prompt(f"Game, 1 to {len(kept)}, or Enter to go back: ", tuple(
        Option(info.path.stem, lambda path=info.path: go_on(edition, path)) for info in kept),
        lambda: edition.ask(back)))


def _path(typed: str) -> Path:
    """A kept game's name, or a path."""
    for path in (paths.saves() / f"{typed}{SUFFIX}", paths.saves() / typed):
        if path.is_file():
            return path
    return Path(typed).expanduser()


def go_on(edition: Edition, path: Path) -> None:
    """Load a game and show where it stands. Raises LogError; the present game then stays."""
    known = edition.session.scenario if edition.session else None
    session = Session.load(path, known)
    edition.session, edition.draft = session, None
    edition.say(["", f"Loaded: {path.stem}.", *([session.notice] if session.notice else []), ""])
    if session.ended:
        playing.verdict(edition)
    else:
        playing.desk(edition)


def farewell(edition: Edition) -> list[str]:
    """One line: where the game is kept and how to go on."""
    path = edition.session.path if edition.session else None
    if path is None:
        return ["Goodbye: no game was begun, so nothing is kept."]
    shown = unbroken(f'"{path}"' if " " in str(path) else path)
    return [f"Goodbye: your game is kept; to go on, start again with --text --save {shown}"]


def leave(edition: Edition, _: str = "") -> None:
    edition.say(["", *farewell(edition)])
    edition.going = False


def save(edition: Edition, rest: str) -> None:
    """Keep the game under a name and go on there."""
    session = edition.session
    if not rest:
        edition.say([f"Every decision is saved already, in {unbroken(session.path)}",
                     "Save and a name keeps it under that name."])
        return
    if not NAME.fullmatch(rest):
        edition.say(["A name has letters, digits, spaces, points or hyphens only. Choose another one."])
        return
    path = paths.saves() / f"{rest.removesuffix(SUFFIX)}{SUFFIX}"
    if path.exists() and path != session.path:
        edition.say([f"There is a kept game \u201c{path.stem}\u201d already. Choose another name."])
        return
    session.save_as(path)
    edition.say([f"Kept as {path.stem}; the game goes on there.", f"File: {unbroken(path)}"])


