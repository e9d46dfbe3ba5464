"""The menu of a running game: Esc."""

from __future__ import annotations

from game.ui.app import App
from game.ui.kit import Column, Modal, Rule, Text
from game.ui.screens import model
from game.ui.screens.common import T
from game.ui.screens.menu import MenuRow


def build(app: App) -> Modal:
    session = app.session
    earlier = "" if session.records else "No turn has ended yet."
    running = "The game has ended." if session.ended else ""
    items = [
        ("Continue", app.close, "play", "esc", ""),
        ("Take back the last decision", lambda: _undo(app), "undo", "U", running),
        ("Go back to an earlier turn", lambda: app.modal("rewind"), "history", "R", earlier),
        ("Save under another name", lambda: app.modal("save_as"), "save", "A", ""),
        ("Load another game", lambda: app.modal("load"), "load", "L", ""),
        ("Settings", lambda: app.modal("settings"), "settings", "S", ""),
        ("Help", lambda: app.modal("help"), "book", "H", ""),
        *([(model.NAME, lambda: model.begin(app), "source", "M", "")] if model.can_show(app) else []),
        ("To the title", lambda: app.show("title"), "home", "T", ""),
        ("Quit", app.quit, "quit", "Q", ""),
    ]
    rows: list = []
    for name, act, icon, key, reason in items:
        if rows:
            rows.append(Rule())
        rows.append(MenuRow(name, act, icon, key, kind="primary" if name == "Continue" else "quiet", reason=reason))
    where = f"Saved as {session.path.name} after every decision." if session.path else "This game is not saved."
    child = Column([Text(app.desk.title, T.title), Text(where, T.secondary), *rows], gap=3)
    return Modal(child, "Menu", None, 430, app.close)


def _undo(app: App) -> None:
    app.close()
    app.undo()
