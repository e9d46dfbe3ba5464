"""Keeping the game under a name of one's own."""

from __future__ import annotations

from game import paths
from game.ui.app import App
from game.ui.kit import Button, Column, Modal, Text, TextInput
from game.ui.screens.common import T, dialog

KEY = "save name"


def build(app: App, problem: str = "") -> Modal:
    name = app.kept.setdefault(KEY, "")

    def save(_text: str = "") -> None:
        _save(app)

    field = TextInput("Name of the game", name, lambda text: app.kept.__setitem__(KEY, text), save,
                      hint="for example: group 3", most=40, allow=lambda char: char.isalnum() or char in " -_.()")
    parts = [Text("Save under another name", T.title),
             Text("The game goes on in the new file; the old one stays as it is now.", T.body), field]
    parts += [Text(f"**{problem}**", T.body)] if problem else []
    return dialog(app, Column(parts, gap=8), "Save", [Button("Save", save, "primary", shortcut="enter")], 460,
                  cancel="Cancel")


def _save(app: App) -> None:
    from game.replay import SUFFIX, LogError

    name = str(app.kept.get(KEY, "")).strip(" .")
    if not name:
        app.modal("save_as", problem="Write a name first.")
        return
    path = paths.saves() / f"{name}{SUFFIX}"
    if path.exists():
        app.modal("save_as", problem="There is a game of that name. Choose another.")
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        app.session.save_as(path)
    except (LogError, OSError) as error:
        app.modal("save_as", problem=str(error))
        return
    app.close()
    app.refresh()
    app.notify(f"Saved as {path.name}.")
