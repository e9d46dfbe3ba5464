"""Help: the keys, how to play in ten lines, and a glossary of the scenario's variables."""

from __future__ import annotations

from game.content import Scenario
from game.engine.tables import PARAMETER
from game.view.names import Names
from game.view.pages import HelpPage

HOW = (
    "You lead the cabinet of one country. A turn is a quarter of a year.",
    "Each quarter some cards wait on the desk. Read them and choose; a card left open takes its default.",
    "In the cabinet you set levers, which stay as you set them, and play a few initiatives.",
    "Money and political capital are short. What you commit is shown before you end the turn; until then you may "
    "take it back.",
    "Each choice is played over many simulated futures. It says which way it moves an indicator, how strongly, when "
    "and how surely, never one exact number; a small chart shows where eight futures in ten lead.",
    "The neighbours decide at the same time. They remember what you refused and what you promised.",
    "Dangers are announced: look at what is coming, and at what would avert it.",
    "After each quarter the report says what changed and why. Every number leads to its causes.",
    "You chose two priorities. They are judged apart at the end; there is no total score.",
    "You may go back to an earlier quarter. The verdict says how often you did.",
)
KEYS = (
    ("1 2 3", "open a card; on a card, choose"), ("C", "cabinet"), ("M", "map"), ("R", "last report"),
    ("W", "why is this number as it is?"), ("E", "end the turn"), ("U", "take back the last decision"),
    ("Tab, arrows", "move between what can be chosen"), ("Enter", "choose"), ("Esc", "close, back"),
    ("F1", "this help"),
)


def help_page(scenario: Scenario, keys: tuple[tuple[str, str], ...] = KEYS) -> HelpPage:
    """`keys` are those of the edition that shows the page."""
    names = Names(scenario)
    glossary = [(names.label(row), names.note(row)) for row, variable in enumerate(names.tables.variables)
                if names.note(row) and variable.kind != PARAMETER]
    return HelpPage(keys, HOW, tuple(sorted(glossary, key=lambda entry: entry[0].lower())))
