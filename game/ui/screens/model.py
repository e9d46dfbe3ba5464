"""How the model works: a page for the browser is being made beside the frames, and then where it is.

Asked for again, the page is made again. Read next: help.py.
"""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from game.ui.kit import Button, Column, Modal, Painter, Text, Widget
from game.ui.screens.common import T, dialog
from game.ui.yielding import yielding

if TYPE_CHECKING:
    from game.ui.app import App

NAME = "How the model works"
ABOUT = ("Every number of this game with its formula and its source, pictures of what moves what, and what drives each "
         "indicator most: a page for your browser.")
WAIT = "The page is being made; it takes a few seconds. You may close this and play on."
FAILED = "The page could not be made ({problem}). The game goes on."


class Making:
    """The thread that makes the page; `told` is what it says in the end."""

    def __init__(self, app: App) -> None:
        self._show, self._scenario = app.options.show_model, app.session.scenario
        self.told: tuple[str, ...] = ()
        self.thread = Thread(target=self._work, name="model page", daemon=True)
        self.thread.start()

    def _work(self) -> None:
        try:
            with yielding():
                text, path = self._show(self._scenario)
            self.told = (text, str(path)) if path else (text,)
        except Exception as problem:  # whatever it was, a page to read must not end a game
            self.told = (FAILED.format(problem=f"{type(problem).__name__}: {problem}"),)


def can_show(app: App) -> bool:
    """Whether this game can make the page."""
    return app.session is not None and getattr(app.options, "show_model", None) is not None


def button(app: App, shortcut: str = "") -> list[Widget]:
    """The button that leads here; none where there is nothing to show."""
    return [Button(NAME, lambda: begin(app), shortcut=shortcut)] if can_show(app) else []


def begin(app: App) -> None:
    """Makes the page and opens the dialog; one that is being made already is not begun again."""
    making = app.kept.get("model page")
    if making is None or making.told:
        app.kept["model page"] = Making(app)
    app.modal("model")


def build(app: App) -> Modal:
    making = app.kept["model page"]
    lines = [Text(NAME, T.title), Text(ABOUT, T.body)]
    if making.told:
        lines += [Text(line, T.prose) for line in making.told]
    else:
        lines += [Text(WAIT, T.prose), Waiting(app, making)]
    return dialog(app, Column(lines, gap=8), NAME, width=620)


class Waiting(Widget):
    """Takes no room; builds the dialog anew once the page is there."""

    def __init__(self, app: App, making: Making) -> None:
        super().__init__(key="model page")
        self.app, self.making, self.animating = app, making, True

    def measure(self, p: Painter, width: float) -> float:
        return 0.0

    def tick(self, now: float) -> None:
        if self.making.told:
            self.animating = False
            self.app.refresh()
