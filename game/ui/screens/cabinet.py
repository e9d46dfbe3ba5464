"""The cabinet: levers and initiatives by policy area, what they cost together, and what they are expected to do.

Two panes side by side; one at a time in a small window or with large letters. The area on show and the pane are
kept in `app.kept["cabinet"]`. Read next: cabinet_levers.py, cabinet_initiatives.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.ui.kit import FIT, Button, Column, Flow, Gap, Panel, Row, Rule, ScrollArea, Text, Widget, fr
from game.ui.lookout import LookAhead, lookout
from game.ui.screens.cabinet_initiatives import initiative_cards
from game.ui.screens.cabinet_levers import lever_panels
from game.ui.screens.common import (
    C,
    Hotkey,
    T,
    heading,
    help_keys,
    purse_row,
    top_bar,
)
from game.ui.screens.effect_rows import CERTAIN, LOOKING, Room, fan_charts, how, verdict_spans
from game.ui.screens.tabs import Tab
from game.view import cabinet_page
from game.view.lookahead import CABINET, PLAN, is_planned, situation
from game.view.pages import Cabinet, EffectLine

if TYPE_CHECKING:
    from game.ui.app import App

ALL = "all"
TWO_PANES = (1150.0, 560.0)  # logical px by text scale that two panes and the summary below need
PANES = (("levers", "Levers", "settings"), ("initiatives", "Initiatives", "star"))
EXPECTED = 11  # movements named in the summary
FANS, FOOT = 3, 92.0  # fans in the summary, and its height in logical px


def build(app: App) -> Widget:
    now = situation(app.session)
    planned, seen = is_planned(now), lookout(app)
    page = cabinet_page(app.session, seen.show(now, CABINET), seen.show(now, PLAN) if planned else None, wait=False)
    places = [PLAN, CABINET] if planned else [CABINET]
    return cabinet_screen(app, page, LookAhead(app, now, places, shows=len(places)))


def cabinet_screen(app: App, page: Cabinet, *unseen: Widget) -> Widget:
    """`unseen`: widgets without a size that belong to the screen."""
    p = app.stage.painter
    wide = all(side >= least * p.text_scale for side, least in zip((p.area.w, p.area.h), TWO_PANES, strict=True))
    kept: dict = app.kept.get("cabinet") or {}
    area, pane = kept.get("area", ALL), kept.get("pane", PANES[0][0])
    shown = [group for group, _, _ in page.groups if area in (ALL, group)]
    panes = [_pane(app, page, name, shown, not wide) for name, _, _ in PANES if wide or name == pane]
    body = Row([Panel(each, pad=(16, 4)) for each in panes], gap=0, align="stretch")
    back = Button("To the desk", lambda: app.show("desk"), shortcut="esc", key="to the desk")
    keys = [Hotkey(key, lambda: app.show("desk")) for key in ("C", "M")]
    keys += [*help_keys(app), *unseen]
    tabs = Panel(Flow(_tabs(app, page, area), gap=3, row_gap=2), pad=(16, 5))
    foot = _foot(app, page) if wide else _small_foot(app, page)
    return Column([top_bar(app, [back], "The cabinet"), tabs, body, Rule(colour=C.gold, thick=2), foot, *keys],
                  gap=0, sizes=[FIT, FIT, fr(1), FIT, FIT, *([FIT] * len(keys))])


def _keep(app: App, **changes: str) -> None:
    app.kept["cabinet"] = (app.kept.get("cabinet") or {}) | changes
    app.refresh()


def _tabs(app: App, page: Cabinet, area: str) -> list[Widget]:
    """The policy areas, with how much was decided in each."""
    found: list[Widget] = []
    for group, label, icon in ((ALL, "All", "cabinet"), *page.groups):
        moved = sum(lever.setting != lever.now for lever in page.levers if lever.group == group)
        moved += sum(line.chosen for line in page.initiatives if line.group == group)
        found.append(Tab(label, icon, group == area, lambda group=group: _keep(app, area=group),
                         f"{moved} new" if moved else "", key=f"area:{group}"))
    return found


def _pane(app: App, page: Cabinet, name: str, shown: Sequence[str], alone: bool) -> Widget:
    """One pane; `alone` puts tabs in place of its heading, which lead to the other one."""
    if name == "levers":
        head, aside = "Levers", "They stay as you set them."
        parts = lever_panels(app, page, shown)
    else:
        head, aside = "Initiatives", page.initiatives_text
        parts = initiative_cards(app, page, shown)
    if not parts:
        parts = [Text("There are none in this area.", T.secondary)]
    content = Panel(Column(parts, gap=10), pad=(2, 4))
    top: Widget = heading(head, aside)
    if alone:
        tabs = [Tab(label, icon, each == name, lambda each=each: _keep(app, pane=each), key=f"pane:{each}")
                for each, label, icon in PANES]
        top = Row([*tabs, Text(aside, T.secondary, align="right")], gap=4, sizes=[FIT, FIT, fr(1)])
    return Column([top, ScrollArea(content, head, key=f"cabinet:{name}")], gap=2, sizes=[FIT, fr(1)])


# -- the foot: what is spent, what it will do, the end of the turn


def _foot(app: App, page: Cabinet) -> Panel:
    spent = Column([heading("To be spent"), *_spent(page)], gap=2)
    expected = Column([heading("What it will do", _legend(page)), _expected(page)], gap=2)
    row = Row([spent, expected, _buttons(app, page, big=True)], gap=24, sizes=[fr(3), fr(6), FIT], align="top")
    return Panel(row, fill=C.panel, radius=0, pad=(18, 10))


def _small_foot(app: App, page: Cabinet) -> Panel:
    return Panel(Row([purse_row(page.purse), _buttons(app, page)], gap=12, sizes=[fr(1), FIT], stack_below=220),
                 fill=C.panel, radius=0, pad=(16, 6))


def _buttons(app: App, page: Cabinet, big: bool = False) -> Widget:
    end = Button("End turn", app.ask_end_turn, "primary", shortcut="E", big=big, tip=app.desk.end_hint)
    undo = Button("Undo", app.undo, shortcut="U", tip="Takes back your last decision of this quarter.")
    return Column([end, undo], gap=6) if big else Row([undo, end], sizes=[FIT, FIT])


def _spent(page: Cabinet) -> list[Widget]:
    """What is committed line by line (the last few scroll), then the purse."""
    lines: list[Widget] = [
        Row([Text(what, T.small.but(colour=C.ink)), Text(cost, T.small.but(bold=True, colour=C.ink))], gap=10,
            sizes=[fr(1), FIT], align="top") for what, cost in page.purse.lines]
    if not lines:
        lines = [Text("Nothing is committed yet.", T.secondary)]
    return [ScrollArea(Column(lines, gap=1), "Committed", most=54), Gap(2), purse_row(page.purse)]


def _legend(page: Cabinet) -> str:
    return "" if _moved(page) else "Move a lever or play an initiative to see it here."


def _moved(page: Cabinet) -> list[tuple[str, tuple[EffectLine, ...]]]:
    """What was decided here, and its expected effects."""
    found = [(line.label, line.raise_effects if line.setting > line.now else line.lower_effects)
             for line in page.levers if line.setting != line.now]
    return found + [(line.title, (*line.effects, *line.smaller)) for line in page.initiatives if line.chosen]


def expected(page: Cabinet) -> list[tuple[EffectLine, list[str]]]:
    """What all decisions do together, the strongest first, each with those that work towards it by themselves."""
    behind: dict[tuple[str, str], dict[str, None]] = {}
    for title, lines in _moved(page):
        for line in lines:
            behind.setdefault((line.indicator, line.arrow), {})[title] = None
    return [(line, list(behind.get((line.indicator, line.arrow), {}))) for line in page.plan]


def _expected(page: Cabinet) -> Widget:
    """Fans of what is moved most, and everything in words."""
    legend = how(page.ahead, page.looking, "what would come without your plan")
    if not _moved(page):
        return legend
    lines = expected(page)
    rows: list[Widget] = [_movement(effect, behind) for effect, behind in lines[:EXPECTED]]
    if len(lines) > EXPECTED:
        rows.append(Text(f"and {len(lines) - EXPECTED} more", T.small))
    nothing = "Nothing that your advisers can see." if page.planned else LOOKING
    words = ScrollArea(Column([*(rows or [Text(nothing, T.small)]), legend], gap=3), "Expected effects", most=FOOT)
    return Row([Room(fan_charts(page.fans, FANS), FOOT), words], gap=16, sizes=[FIT, fr(1)], align="top",
               stack_below=160)


def _movement(effect: EffectLine, behind: Sequence[str]) -> Text:
    """"Approval ▲ slightly better, from 2011 Q3 on: Cash to every citizen"."""
    doubt = [effect.when, *([] if effect.sure == CERTAIN else [effect.sure])]
    tail = f", {', '.join(doubt)}{': ' if behind else ''}{', '.join(behind)}"
    return Text([(f"{effect.label} ", T.small.but(colour=C.ink)), *verdict_spans(effect, T.small), (tail, T.small)],
                T.small)
