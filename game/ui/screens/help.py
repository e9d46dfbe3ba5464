"""Help as a dialog: how to play, the keys of the window, and a glossary that can be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.kit import Column, Modal, Panel, Row, Text, TextInput, Widget, fr
from game.ui.screens import model
from game.ui.screens.common import C, T, dialog, heading
from game.view import help_page
from game.view.help import HOW
from game.view.pages import HelpPage

if TYPE_CHECKING:
    from game.ui.app import App

KEYS = (
    ("1 to 5", "open a card; on a card, choose"),
    ("N", "from one card to the next"),
    ("C", "the cabinet"),
    ("R", "the neighbours: what they want and may do"),
    ("F", "all figures, on the desk"),
    ("U", "take back the last decision"),
    ("E", "end the turn"),
    ("Enter", "press what is marked; go on"),
    ("Tab, arrows", "move between what can be pressed"),
    ("Left, right", "move a lever by one step"),
    ("Page up, down", "scroll"),
    ("Esc", "close, go back; on the desk, the menu"),
    ("H", "this help"),
    ("F1", "a hint on what is marked"),
    ("F11", "full screen"),
)
ABOUT = "Numbers with a dotted line lead to why they are what they are."
WIDTH = 1000.0


def build(app: App, topic: str = "") -> Modal:
    """`topic` begins a search of the glossary. Before a game there is no glossary."""
    page = help_page(app.session.scenario, KEYS) if app.session else HelpPage(KEYS, HOW, ())
    return help_dialog(app, page, topic)


def help_dialog(app: App, page: HelpPage, topic: str = "") -> Modal:
    how = Column([heading("How to play"), *(_step(n, line) for n, line in enumerate(page.how, 1))], gap=6)
    keys = Column([heading("Keys"), *(_key(key, what) for key, what in page.keys), Text(ABOUT, T.secondary)], gap=5)
    parts: list[Widget] = [Row([how, keys], gap=30, sizes=[fr(11), fr(9)], align="top", stack_below=290)]
    if page.glossary:
        parts += [heading("Words"), _search(app, topic), *_glossary(page, topic)]
    return dialog(app, Panel(Column(parts, gap=10), pad=(6, 0)), "Help", model.button(app), WIDTH)


def _step(number: int, line: str) -> Row:
    return Row([Text(str(number), T.card_title.but(colour=C.red), align="right"), Text(line, T.body)], gap=10,
               sizes=[18, fr(1)], align="top")


def _key(key: str, what: str) -> Row:
    return Row([Text(key, T.body.but(bold=True)), Text(what, T.body)], gap=10, sizes=[104, fr(1)], align="top")


def _search(app: App, topic: str) -> TextInput:
    return TextInput("Search the words", topic, lambda text: app.modal("help", topic=text), hint="fuel, debt, approval")


def _glossary(page: HelpPage, topic: str) -> list[Widget]:
    """Entries that hold the words sought; those with them in the name first."""
    sought = topic.strip().lower()
    found = [entry for entry in page.glossary if sought in f"{entry[0]} {entry[1]}".lower()]
    found.sort(key=lambda entry: sought not in entry[0].lower())
    if not found:
        return [Text("No word of this scenario holds that.", T.secondary)]
    return [Text([(f"{name}. ", T.body.but(bold=True)), note], T.body) for name, note in found]
