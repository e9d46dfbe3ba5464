"""Pieces that several screens share: the top bar, pressable figures, changes, what is coming, dialogs.

Colours never speak alone: every side has a shape, every movement an arrow, every judgement a word.
Read next: desk.py, which uses most of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.ui.kit import (
    FIT,
    THEME,
    Button,
    Colour,
    Column,
    Diamonds,
    Flow,
    Gap,
    Mark,
    Modal,
    Panel,
    Row,
    Text,
    TextStyle,
    Widget,
    fr,
    mark,
)
from game.ui.screens.pressing import BarFigure, Hotkey, Press

if TYPE_CHECKING:
    from game.ui.app import App
    from game.view.pages import Coming, Purse

C, T = THEME.colour, THEME.type

SIDE_COLOUR: dict[str, Colour] = {
    "russia": C.north, "china": C.south, "third": C.far, "home": C.home, "world": C.soft}
SIDE_MARK = {"russia": "square", "china": "triangle", "third": "circle", "home": "house", "world": "diamond"}
ARROW_MARK = {"up": "up", "down": "down", "same": "equal"}
JUDGEMENT_COLOUR = {"better": C.better, "worse": C.worse}
COMING_MARK = {
    "date": ("diamond", C.ink), "promise": ("flag", C.focus), "payment": ("square", C.red),
    "threat": ("warning", C.worse), "effect": ("arrow", C.home), "election": ("ticked-disc", C.red)}
LOUD = T.body.but(bold=True, colour=C.worse)


def side_colour(side: str) -> Colour:
    return SIDE_COLOUR.get(side, C.soft)


def judgement_colour(judgement: str) -> Colour:
    """For text on a light ground; same and mixed have none of their own."""
    return JUDGEMENT_COLOUR.get(judgement, C.soft)


def judgement_word(judgement: str) -> str:
    return {"better": "better", "worse": "worse", "mixed": "mixed"}.get(judgement, "")


def linked(text: str, link: str, style: TextStyle = T.body) -> tuple[str, TextStyle]:
    """A span that leads to causes: for `Text([...], on_link=app.why)`."""
    return text, style.but(link=link, underline="dotted") if link else style


def side_spans(side: str, text: str, style: TextStyle = T.body) -> list:
    """An actor's shape and name in its colour."""
    style = style.but(colour=side_colour(side))
    return [mark(SIDE_MARK.get(side, "diamond"), style), (f"\u00a0{text}", style)]


def change_spans(text: str, arrow: str, judgement: str, style: TextStyle = T.body) -> list:
    """"▲ +0.5 better": the arrow is the movement, the word the judgement. Nothing for an empty text."""
    if not text:
        return []
    style = style.but(colour=judgement_colour(judgement), bold=True)
    word = judgement_word(judgement)
    return [mark(ARROW_MARK[arrow], style), (f"\u00a0{text}{f' {word}' if word else ''}", style)]


def coming_mark(coming: Coming) -> tuple[str, Colour]:
    """The shape of a kind; what may happen is a pie filled to its odds."""
    if coming.odds is not None and coming.kind != "threat":
        return f"pie:{coming.odds:.2f}", C.home
    return COMING_MARK.get(coming.kind, ("diamond", C.ink))


def bullet(shape: str, colour: Colour, text: Widget, name: str = "") -> Row:
    """A mark in line with the first line of a text. `name` says what the mark means."""
    sign = Panel(Mark(shape, 13, colour, name=name), pad=(0, 3))
    return Row([sign, text], gap=8, sizes=[FIT, fr(1)], align="top")


def heading(text: str, aside: str | Widget = "", style: TextStyle = T.section) -> Row:
    """A section's heading; `aside` is a short text or a widget at the right."""
    right = Text(aside, T.secondary) if isinstance(aside, str) else aside
    return Row([Text(text, style), right], sizes=[fr(1), FIT], stack_below=60)


def warning_row(text: str) -> Row:
    return bullet("warning", C.worse, Text(text, LOUD), "warning")


def purse_row(purse: Purse) -> Flow:
    """Political capital as diamonds and in words, and cash, before and after what is committed."""
    free = max(0, purse.capital - purse.capital_committed)
    tip = "\n".join(f"{what}: {cost}" for what, cost in purse.lines)
    cash = purse.cash_text if purse.cash_after_text in ("", purse.cash_text) else (
        f"{purse.cash_text}, {purse.cash_after_text} after your decisions")
    return Flow([
        Text("**Political capital**", T.body),
        Diamonds(f"Political capital: {purse.capital_text}", free, purse.capital_committed, purse.capital, tip=tip),
        Text(purse.capital_text, T.body),
        Text(["**Cash** ", cash], T.body, tip=tip, key="cash"),
    ], gap=12, row_gap=2)


def top_bar(app: App, right: Sequence[Widget] = (), title: str = "") -> Panel:
    """The dark bar of every screen of a game: date and turn, the figures, then `right` (buttons)."""
    desk = app.desk
    ink = T.section.but(colour=C.bar_ink, size=22, line=1.05)
    when = Column([Text(desk.date, ink), Text(title or desk.turn_text, T.small.but(colour=C.bar_soft))], gap=0)
    p = app.stage.painter

    def width(figures: list[BarFigure]) -> float:
        return 32 + when.natural(p) + sum(w.natural(p) + 8 for w in (*figures, *right))

    figures = [BarFigure(figure, app.why) for figure in desk.bar]
    if width(figures) > p.area.w:
        figures = [BarFigure(figure, app.why, bare=True) for figure in desk.bar]
    if width(figures) <= p.area.w:
        spread = [part for figure in figures for part in (Gap(), figure)]
        sizes = [part for _ in figures for part in (fr(1), FIT)]
        child = Row([when, *spread, Gap(), *right], gap=4, sizes=[FIT, *sizes, fr(1), *([FIT] * len(right))])
    else:
        child = Flow([when, *figures, *right], gap=14, row_gap=4)
    return Panel(child, pad=(16, 3), bar=True)


def dialog(app: App, child: Widget, name: str, buttons: Sequence[Widget] = (), width: float = 560,
           bleed: bool = False, cancel: str = "Close") -> Modal:
    """A dialog with `buttons` and one that closes it (none if `cancel` is empty); Esc closes too."""
    closing = [Button(cancel, app.close, shortcut="esc")] if cancel else []
    return Modal(child, name, Flow([*buttons, *closing], align="right"), width, app.close, bleed)


def help_keys(app: App) -> list[Hotkey]:
    """H and, where nothing that is marked has a hint of its own, F1."""
    return [Hotkey(key, lambda: app.modal("help")) for key in ("H", "F1")]


def next_card(app: App, place: int | None = None) -> None:
    """Opens the next card that is still undecided after `place`, or closes the card dialog."""
    open_places = [card.place for card in app.desk.cards if not card.decided]
    later = [p for p in open_places if place is None or p > place] or [p for p in open_places if p != place]
    if later:
        app.sound.play("page")
        app.modal("card", place=later[0])
    elif any(name == "card" for name, _ in app.modals):
        app.close()


__all__ = [
    "ARROW_MARK", "BarFigure", "C", "Hotkey", "LOUD", "Press", "SIDE_COLOUR", "SIDE_MARK", "T", "bullet",
    "change_spans", "coming_mark", "dialog", "heading", "help_keys", "judgement_colour", "judgement_word", "linked",
    "next_card", "purse_row", "side_colour", "side_spans", "top_bar", "warning_row",
]
