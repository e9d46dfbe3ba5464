"""A question with two answers. `act` is done on yes, after the dialog has closed."""

from __future__ import annotations

from collections.abc import Callable

from game.ui.app import App
from game.ui.kit import Button, Column, Modal, Text
from game.ui.screens.common import T, dialog


def build(app: App, name: str, text: str, yes: str, act: Callable[[], None]) -> Modal:
    def go() -> None:
        app.close()
        act()

    child = Column([Text(name, T.title), Text(text, T.prose)], gap=8)
    return dialog(app, child, name, [Button(yes, go, "primary", shortcut="enter")], 460, cancel="Not yet")
