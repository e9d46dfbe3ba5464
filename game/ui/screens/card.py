"""A card as a dialog over the desk: what happened, and three to five choices with what each is expected to do.

Choosing marks the choice and goes on to the next open card, or back to the desk; U takes the last decision back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.kit import (
    FIT,
    THEME,
    TOP_CORNERS,
    Button,
    Card,
    Column,
    Flow,
    Gap,
    Modal,
    Panel,
    Picture,
    Row,
    Rule,
    Text,
    Widget,
    fr,
)
from game.ui.lookout import LookAhead, lookout
from game.ui.screens.common import C, T, next_card
from game.ui.screens.effect_rows import Room, and_later, effects, fan_charts, how, looking, price, smaller_tip
from game.view import card_page
from game.view.lookahead import CABINET, situation

if TYPE_CHECKING:
    from game.ui.app import App
    from game.view.pages import CardPage, ChoiceLine

WIDTH = 1200.0
PAD = (18.0, 12.0)


def build(app: App, place: int) -> Modal:
    """The card at a place of the desk."""
    now = situation(app.session)
    page = card_page(app.session, place, lookout(app).show(now, place), wait=False)
    others = [card.place for card in app.desk.cards if card.place != place]
    return card_dialog(app, page, LookAhead(app, now, [place, *others, CABINET], shows=1))


def card_dialog(app: App, page: CardPage, *unseen: Widget) -> Modal:
    """`unseen`: widgets without a size that belong to the dialog."""
    rows = [_choice(app, page, choice) for choice in page.choices]
    legend = how(page.ahead, page.looking, "the middle without an answer")
    foot = Text([(f"{page.claim}. ", T.small.but(bold=True)), (page.source, T.small)], T.small)
    body = Panel(Column([*rows, legend, foot], gap=6), pad=PAD)
    child = Column([_head(app, page), Rule(colour=C.gold, thick=2), body, *unseen], gap=0)
    return Modal(child, page.title, _footer(app, page), WIDTH, app.close, bleed=True)


def _head(app: App, page: CardPage) -> Widget:
    """Picture, kicker, headline and text; the picture stands above when there is little room."""
    texts = [Text(page.kicker, T.secondary), Text(page.title, T.title.but(size=28)), Text(page.text, T.prose)]
    words = Panel(Column(texts, gap=4), pad=PAD)
    if not page.picture:
        return words
    p = app.stage.painter
    stacked = min(WIDTH * p.text_scale, p.area.w - 40) / 3.4 < NARROW * p.text_scale
    corners = TOP_CORNERS if stacked else (True, False, False, False)
    picture = Picture(page.picture, 0.4, 100 if stacked else 150, THEME.space.modal_radius - 1.5, corners)
    return Row([picture, words], gap=0, sizes=[fr(1), fr(2.4)], align="stretch", stack_below=NARROW)


TAB = 4.0  # with the gap before it: keeps the lines clear of a chosen card's tick
LINES, LATER = 78.0, 17.0  # room for four lines, beside the fans, and for one about what comes back
SHOWN = 3  # effects above a line that counts the others, where nothing that comes back needs a line below anyway
LONG = 80  # letters of a sentence that has hardly room for another beside it
FANS = 2
NARROW = 260.0  # a picture's share of the dialog under which it goes above the text


def _choice(app: App, page: CardPage, choice: ChoiceLine) -> Card:
    tag = "taken if you leave the card open" if choice.is_default else ""
    left = Column([Text(choice.label, T.card_title.but(line=1.15)),
                   Text(choice.bargain, T.body.but(italic=True, colour=C.soft, line=1.2)),
                   *price(choice.cost_text, choice.odds_text, tag)], gap=1)
    counted = choice.smaller and not choice.comes_back
    shown = SHOWN if counted else len(choice.effects)
    smaller = (*choice.effects[shown:], *choice.smaller)
    told = looking() if page.looking else effects(choice.effects[:shown], and_later(smaller, ()) if counted else ())
    ahead = Row([Room(told, LINES), fan_charts(choice.fans, FANS)], gap=10, sizes=[fr(1), FIT], align="top",
                stack_below=240)
    later = Room(Column(and_later(smaller, choice.comes_back)), LATER * (1 + any(map(_long, choice.comes_back))))
    right = Column([ahead, later] if choice.comes_back else [ahead], gap=2)
    child = Row([left, right, Gap(TAB)], gap=14, sizes=[fr(3), fr(8), FIT], align="top", stack_below=225)
    key = str(choice.index + 1)
    return Card(child, choice.label, lambda: _choose(app, page, choice), kind="number", chosen=choice.chosen,
                shortcut=key, reason="" if choice.chosen else choice.refusal, tip=smaller_tip(smaller),
                key=f"choice:{page.place}:{key}")


def _long(text: str) -> bool:
    """Whether a sentence about what comes later takes a line of its own."""
    return len(text) > LONG


def _choose(app: App, page: CardPage, choice: ChoiceLine) -> None:
    app.choose(page.place, choice.index, lambda: next_card(app, page.place))


def _footer(app: App, page: CardPage) -> Flow:
    places = [card.place for card in app.desk.cards]
    undo = Button("Undo", app.undo, "quiet", shortcut="U", tip="Takes back your last decision of this quarter.")
    buttons: list[Widget] = [undo]
    if len(places) > 1:
        at = places.index(page.place)
        after = places[(at + 1) % len(places)]
        buttons.append(Button(f"Next card ({at + 1} of {len(places)})", lambda: app.modal("card", place=after),
                              shortcut="N", key="next card"))
    done = any(choice.chosen for choice in page.choices)
    return Flow([*buttons, Button("To the desk" if done else "Decide later", app.close, shortcut="esc", key="close")],
                align="right")
