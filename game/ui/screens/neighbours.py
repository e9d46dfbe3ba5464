"""The neighbours: what each wants and remembers, and what it may do this quarter, how likely, and why.

A tab for each; the one on show is kept in `app.kept["neighbour"]`. Two panes side by side, or one column that scrolls
in a small window or with large letters. Read next: neighbour_parts.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.kit import FIT, Button, Column, Flow, Panel, Row, Rule, ScrollArea, Widget, fr
from game.ui.screens.common import C, Hotkey, help_keys, top_bar
from game.ui.screens.neighbour_parts import moves_of, standing_of, vetoes_of
from game.ui.screens.tabs import Tab
from game.view import neighbours_page
from game.view.neighbour_lines import Neighbour, NeighboursPage

if TYPE_CHECKING:
    from game.ui.app import App

TWO_PANES = 1100.0  # logical px of width by text scale


def build(app: App, neighbour: str = "") -> Widget:
    """`neighbour`: id of the one to begin with."""
    if neighbour:
        app.kept["neighbour"] = neighbour
    return neighbours_screen(app, neighbours_page(app.session))


def neighbours_screen(app: App, page: NeighboursPage) -> Widget:
    p = app.stage.painter
    wanted = app.kept.get("neighbour")
    shown = next((each for each in page.neighbours if each.id == wanted), page.neighbours[0])
    back = Button("To the desk", lambda: app.show("desk"), shortcut="esc", key="to the desk")
    cabinet = Button("Cabinet", lambda: app.show("cabinet"), shortcut="C", icon="cabinet")
    tabs = Panel(Flow([_tab(app, each, each is shown) for each in page.neighbours], gap=3, row_gap=2), pad=(16, 5))
    left, right = standing_of(app, shown), [*moves_of(app, page, shown), *vetoes_of(page)]
    if p.area.w >= TWO_PANES * p.text_scale:
        panes = [ScrollArea(Panel(Column(parts, gap=7), pad=(2, 4)), name, key=f"neighbours:{name}")
                 for parts, name in ((left, "What it wants"), (right, "What it may do"))]
        body: Widget = Row([Panel(panes[0], pad=(16, 4)), Rule(True), Panel(panes[1], pad=(16, 4))], gap=0,
                           sizes=[fr(1), FIT, fr(1)], align="stretch")
    else:
        body = ScrollArea(Panel(Column([*left, Rule(), *right], gap=7), pad=(16, 4)), shown.label,
                          key="neighbours:all")
    keys = [Hotkey("R", lambda: app.show("desk")), *help_keys(app)]
    return Column([top_bar(app, [cabinet, back], "The neighbours"), tabs, Rule(colour=C.gold, thick=2), body, *keys],
                  gap=0, sizes=[FIT, FIT, FIT, fr(1), *([FIT] * len(keys))])


def _tab(app: App, each: Neighbour, chosen: bool) -> Tab:
    def choose() -> None:
        app.kept["neighbour"] = each.id
        app.refresh()

    still_open = sum(not line.met for line in each.demands)
    icon = {"russia": "russia", "china": "china", "third": "third"}.get(each.side, "relations")
    return Tab(each.label, icon, chosen, choose, f"{still_open} open" if still_open else "", key=f"neighbour:{each.id}")
