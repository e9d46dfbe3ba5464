"""Saved games, newest first."""

from __future__ import annotations

import datetime

from game import paths
from game.ui.app import App
from game.ui.kit import Column, Modal, Text
from game.ui.screens.common import T, dialog
from game.ui.screens.menu import MenuRow


def build(app: App) -> Modal:
    from game.replay import list_saves

    saves = list_saves(paths.saves())
    rows = [
        MenuRow(info.path.stem, lambda path=info.path: app.open_save(path), "flag" if info.ended else "play",
                str(k) if k < 10 else "", _about(info))
        for k, info in enumerate(saves, 1)
    ]
    empty = [Text("There is no saved game yet. A game saves itself after every decision.", T.body)]
    folder = " / ".join(part for part in paths.saves().parts if part != "/")  # spaces, so that it can be wrapped
    text = Text(f"Games are kept in {folder}", T.small)
    child = Column([Text("Load a game", T.title), *(rows or empty), text], gap=4)
    return dialog(app, child, "Load a game", width=560)


def _about(info) -> str:
    when = datetime.datetime.fromtimestamp(info.modified)
    state = "ended" if info.ended else f"turn {min(info.turn + 1, info.turns)} of {info.turns}"
    name = f"{info.settings.name} \u00b7 " if info.settings.name else ""
    return f"{name}{info.title} \u00b7 {info.date}, {state} \u00b7 {when:%d.%m.%Y %H:%M}"
