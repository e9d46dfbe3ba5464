"""The title. Must need nothing but the toolkit and the picture, for it is shown before anything is read.

It takes the place of the first frame (opening.py), which has the same picture and the name in the same place.
"""

from __future__ import annotations

from game import __version__, paths
from game.ui.app import App
from game.ui.kit import (
    THEME,
    Column,
    Gap,
    Painter,
    Panel,
    Picture,
    Rect,
    Regions,
    Row,
    Rule,
    ScrollArea,
    Text,
    Widget,
    fr,
)
from game.ui.opening import NAME, name_place, name_room
from game.ui.screens.menu import MenuRow

C, T = THEME.colour, THEME.type
MENU, LINES = 300.0, 310.0  # logical px wide, times the text scale


def build(app: App) -> Widget:
    p = app.stage.painter
    pale = T.prose.but(colour=C.bar_ink, size=18, line=1.3)
    words = [
        Text(NAME, _name_style(p)),
        Text("Гуравдагч хөрш", T.section.but(colour=C.band, size=20)),
        Text("Two giants at the door, and a world beyond them. Lead Mongolia from 2011: its trade, its fuel, "
             "its friends.", pale),
    ]
    short = p.area.h / p.text_scale < 560
    # Narrow lines keep clear of the banners in the picture.
    below = Row([Column(words[1:], gap=4), Gap()], gap=0, sizes=[LINES, fr(1)])
    heading = Column(words[:1] if short else [words[0], below], gap=4)
    menu = Panel(Column(_rows(app), gap=3), C.paper, C.gold, radius=10, pad=12, shadow=True)
    foot = Text(f"Version {__version__}. Works offline. Figures from public data; every number shows its source.",
                T.small.but(colour=C.bar_soft))
    children = [Picture("title", name="Dawn over Mongolia"), heading, ScrollArea(menu, "Menu"),
                Panel(foot, pad=(24, 4), bar=True)]
    return Regions(children, _arrange(heading, children[2], children[3]))


def _arrange(heading: Widget, menu: Widget, foot: Widget):
    def arrange(p: Painter, rect: Rect) -> list[Rect]:
        left, top = name_place(rect.w, rect.h)
        wide = rect.w - 2 * left
        head = Rect(left, top, wide, heading.measure(p, wide))
        below = foot.measure(p, rect.w)
        width = min(MENU * p.text_scale, wide)
        room = rect.h - below - head.bottom - 24
        high = min(menu.measure(p, width), room)
        y = head.bottom + 12 + max(0.0, min(40.0, (room - high) / 3))
        return [rect, head, Rect(left, y, width, high), Rect(rect.x, rect.bottom - below, rect.w, below)]

    return arrange


def _name_style(p: Painter):
    """As large as the window allows, whatever the text size is."""
    style = T.display.but(colour=C.bar_ink)
    natural = p.block(NAME, style).width
    return style.but(size=style.size * min(1.0, name_room(p.area.w, p.area.h, p.text_scale) / natural))


def _rows(app: App) -> list[Widget]:
    saves = sorted(paths.saves().glob("*.tnlog"), key=lambda path: path.stat().st_mtime, reverse=True)
    rows: list[Widget] = []
    if saves:
        note = _about(app) if app.prepared else "The game you left"
        rows.append(MenuRow("Continue", lambda: _go_on(app), "play", "enter", note, "primary"))
    items = [
        ("New game", lambda: app.show("newgame"), "new", "N"),
        ("Load", lambda: app.modal("load"), "load", "L"),
        ("Learn to play", lambda: app.modal("help"), "book", "H"),
        ("Settings", lambda: app.modal("settings"), "settings", "S"),
        ("Quit", app.quit, "quit", "Q"),
    ]
    for name, act, icon, key in items:
        if rows and (name != "New game"):
            rows.append(Rule())
        kind = "primary" if name == "New game" and not saves else "quiet"
        reason = "There is no saved game yet." if name == "Load" and not saves else ""
        rows.append(MenuRow(name, act, icon, key, kind=kind, reason=reason))
    return rows


def _newest(app: App):
    """What the newest save holds; None if there is none that can be read."""
    from game.replay import list_saves

    return next(iter(list_saves(paths.saves())), None)


def _about(app: App) -> str:
    info = _newest(app)
    if info is None:
        return "No game can be read"
    return f"{info.date}, " + ("ended" if info.ended else f"turn {min(info.turn + 1, info.turns)} of {info.turns}")


def _go_on(app: App) -> None:
    info = _newest(app)
    if info is None:
        app.notify("The newest game cannot be read. Load shows the others.")
    else:
        app.open_save(info.path)
