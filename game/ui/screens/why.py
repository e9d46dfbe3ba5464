"""Why a number stands where it stands, as a dialog: the terms of the last quarter as a waterfall, those of the
opening of this one if it moved the number, the formula in words, what it reads and what reads it, and where it comes
from. Every name leads on; "back" retraces the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.ui.kit import FIT, Button, Column, Flow, Modal, Panel, Row, Rule, Text, Widget, fr
from game.ui.screens import model
from game.ui.screens.common import C, T, dialog, heading, linked
from game.ui.screens.why_terms import Waterfall, waterfall_rows
from game.view import why_page
from game.view.pages import WhyPage

if TYPE_CHECKING:
    from game.ui.app import App

WIDTH = 1080.0


def build(app: App, id: str, trail: Sequence[str] = ()) -> Modal:  # noqa: A002 - the word of the page
    """`trail`: the numbers one came from, oldest first."""
    return why_dialog(app, why_page(app.session, id), tuple(trail))


def why_dialog(app: App, page: WhyPage, trail: tuple[str, ...] = ()) -> Modal:
    def onward(variable: str) -> None:
        app.sound.play("page")
        app.modal("why", id=variable, trail=(*trail, page.id))

    parts: list[Widget] = [_head(page), Rule(), *_terms(page, onward), _formula(page)]
    parts += [Row([_inputs(page, onward), _feeds(page, onward)], gap=24, align="top", stack_below=250)]
    source = [("Source: ", T.secondary.but(bold=True)), (page.source or "none given", T.secondary)]
    parts += [Rule(), Text(source, T.secondary)]
    buttons = model.button(app, shortcut="M")
    if trail:
        buttons.append(Button("Back", lambda: app.modal("why", id=trail[-1], trail=trail[:-1]), shortcut="backspace"))
    return dialog(app, Panel(Column(parts, gap=10), pad=(6, 0)), f"Why? {page.label}", buttons, WIDTH)


def _head(page: WhyPage) -> Row:
    name = Column([Text(f"Why? \u00b7 {page.kind}", T.secondary), Text(page.label, T.title.but(size=28)),
                   Text(page.note, T.body)], gap=2)
    now = Column([Text(page.value_text, T.numeral.but(size=36), align="right"),
                  Text("as it stands now", T.secondary, align="right")], gap=0)
    return Row([name, now], gap=24, sizes=[fr(1), FIT], align="top", stack_below=260)


def _terms(page: WhyPage, onward) -> list[Widget]:
    """A waterfall for each step up to what stands now; a sentence where there is none."""
    if not page.steps:
        return [heading("The last quarter, term by term"),
                Text("No quarter has ended yet, so nothing has changed.", T.body)]
    parts: list[Widget] = []
    for step in page.steps:
        parts.append(heading(f"{step.head}: from {step.before_text} to {step.after_text}", "term by term"))
        parts.append(Column(waterfall_rows(step, Waterfall.of(step.terms), onward), gap=0) if step.terms else
                     Text("Nothing moved it.", T.body))
    return parts


def _formula(page: WhyPage) -> Widget:
    if not page.formula:
        return Rule()
    words = Column([Text("In words", T.body.but(bold=True, colour=C.red)), Text(page.formula, T.body)], gap=2)
    return Panel(words, fill=C.panel, pad=(14, 8))


def _inputs(page: WhyPage, onward) -> Column:
    rows: list[Widget] = [heading("It is made from")]
    for variable, label, value in page.inputs:
        rows.append(Row([Text([linked(label, variable, T.body)], T.body, on_link=onward),
                         Text(value, T.body.but(bold=True), align="right")], gap=10, sizes=[fr(1), FIT], align="top"))
    if not page.inputs:
        rows.append(Text("Nothing else in the model.", T.secondary))
    return Column(rows, gap=3)


def _feeds(page: WhyPage, onward) -> Column:
    chips: list[Widget] = [Text([linked(label.replace(" ", "\u00a0"), variable, T.body)], T.body, on_link=onward)
                           for variable, label in page.feeds]
    if not chips:
        chips = [Text("Nothing: it is only shown.", T.secondary)]
    return Column([heading("What reads it"), Flow(chips, gap=16, row_gap=4)], gap=3)
