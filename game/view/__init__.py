"""From a session to what a person reads: pages of plain data, without pygame and without printing.

pages.py says what each page holds; one module builds each: desk, card, cabinet, report, why, verdict, newgame,
help. Shared parts: words.py (numbers and dates in English), names.py (what the scenario's things are called),
conditions.py (formulas in words), figures.py, lookahead.py (forecasts), effects.py, causes.py, coming.py,
dispatches.py, decisions.py, refusals.py. Read next: desk.py.
"""

from game.view.cabinet import cabinet_page
from game.view.card import card_page
from game.view.desk import desk_page
from game.view.help import help_page
from game.view.neighbours import neighbours_page
from game.view.newgame import newgame_page
from game.view.refusals import refusal_sentence
from game.view.report import report_page
from game.view.verdict import verdict_page
from game.view.why import why_page

__all__ = ["cabinet_page", "card_page", "desk_page", "help_page", "neighbours_page", "newgame_page",
           "refusal_sentence", "report_page", "verdict_page", "why_page"]
