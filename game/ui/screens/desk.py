"""The desk: map, waiting cards, figures, neighbours, what is coming. From here everything else is reached.

In a wide window the parts lie around the map; with large text or little room they stand in one scrolling column.
Read next: common.py for the top bar, map/view.py for the map.
"""

from __future__ import annotations

from itertools import groupby

from game.ui.app import App
from game.ui.kit import (
    FIT,
    THEME,
    TOP_CORNERS,
    Button,
    Card,
    Column,
    Dots,
    Flow,
    Gap,
    Grid,
    Icon,
    Panel,
    Picture,
    ProgressBar,
    Row,
    Rule,
    ScrollArea,
    Text,
    Widget,
    fr,
    mark,
)
from game.ui.lookout import WARM_UP, LookAhead
from game.ui.map import MapView
from game.ui.screens.common import (
    Press,
    bullet,
    change_spans,
    coming_mark,
    heading,
    help_keys,
    next_card,
    purse_row,
    side_colour,
    side_spans,
    top_bar,
    warning_row,
)
from game.view.lookahead import CABINET, situation

C, T = THEME.colour, THEME.type
SIDE = 292.0  # logical px of the right panel
STRIP = 118.0  # of the dispatches below the map
AMPLE = 1150.0  # width of a window at 100 % text with room for all around the map
WIDE, HIGH = 940.0, 560.0  # of a window at 100 % text in which the parts lie around the map at all


def build(app: App) -> Widget:
    desk = app.desk
    end = "primary" if _all_decided(desk) else "normal"  # until then the red button is the one that opens a card
    buttons = [Button("Menu", lambda: app.modal("pause"), shortcut="esc"),
               Button("End turn", app.ask_end_turn, end, shortcut="E", tip=desk.end_hint and f"{desk.end_hint}.")]
    bar = top_bar(app, buttons)
    p = app.stage.painter
    upright = p.area.h * 1.2 > p.area.w
    roomy = p.area.w >= WIDE * p.text_scale and p.area.h >= HIGH * p.text_scale and not upright
    body = _around_the_map(app) if roomy else _in_one_column(app)
    return Column([bar, body, *help_keys(app), _ahead(app)], gap=0, sizes=[FIT, fr(1), 0, 0, 0])


def _ahead(app: App) -> LookAhead:
    """Looks ahead from every card, the open ones first, and from the cabinet, before anyone opens them."""
    cards = sorted(app.desk.cards, key=lambda card: bool(card.decided))
    places = [] if app.session.ended else [*(card.place for card in cards), CABINET]
    return LookAhead(app, situation(app.session), places, delay=WARM_UP)


def _around_the_map(app: App) -> Widget:
    """Where there is less room, briefing and dispatches move from the map's side into the panel."""
    desk, p = app.desk, app.stage.painter
    ample = p.area.w >= AMPLE * p.text_scale
    alarms = [_alarms(desk.warnings)] if desk.warnings else []
    below = [_cards(app), _dispatches(app, STRIP)] if ample else [_cards(app)]
    strip = Panel(Row(below, gap=22, sizes=[fr(9), fr(5)][:len(below)], align="top"), C.paper, radius=0, pad=(16, 8))
    whole = Column([*alarms, _map(app, _briefing(app) if ample else None), Rule(colour=C.gold, thick=2), strip], gap=0,
                   sizes=[*([FIT] * len(alarms)), fr(1), 2, FIT])
    panel = [_side(app)] if ample else [_briefing(app), _side(app), _dispatches(app, None)]
    side = ScrollArea(Panel(Column(panel, gap=9), pad=(16, 10)), "Figures")
    return Row([whole, Rule(True, C.gold, 2), side], gap=0, sizes=[fr(1), 2, SIDE], align="stretch")


def _in_one_column(app: App) -> Widget:
    alarms = [_alarms(app.desk.warnings)] if app.desk.warnings else []
    parts = [*alarms, Panel(_briefing(app), pad=(16, 0)), Panel(_cards(app), pad=(16, 0)), _map(app, None),
             Panel(_side(app), pad=(16, 0)), Panel(_dispatches(app, None), pad=(16, 0))]
    return ScrollArea(Column(parts, gap=14), "Desk")


# -- the parts


def _all_decided(desk) -> bool:
    return all(card.decided for card in desk.cards)


def _alarms(warnings: tuple[str, ...]) -> Widget:
    return Panel(Column([warning_row(text) for text in warnings], gap=2), C.raised, C.worse, radius=0, pad=(16, 5),
                 name="Warnings")


def _map(app: App, overlay: Widget | None) -> MapView:
    """Flows that differ from what the map last showed move for a moment."""
    flows = app.desk.flows
    before = app.kept.get("flows", {})
    now = {flow.id: flow.width for flow in flows}
    changed = frozenset(name for name, width in now.items() if abs(width - before.get(name, -1.0)) > 0.01)
    app.kept["flows"] = now
    asks = {flow.id: flow.variable for flow in app.session.scenario.document.map.flows}
    year, quarter = app.desk.date.split(" Q")
    return MapView(app.maps, flows, (int(year), int(quarter)), lambda flow: app.why(asks[flow]), changed,
                   overlay=overlay)


def _briefing(app: App) -> Widget:
    facts = [bullet("right", C.gold, Text(fact, T.body)) for fact in app.desk.briefing
             if fact not in app.desk.warnings]  # those stand above the map already
    return Panel(Column([Text(app.desk.season, T.section.but(size=16)), *facts], gap=3), C.paper, C.gold, radius=6,
                 pad=(12, 7), name="Briefing")


def _cards(app: App) -> Widget:
    desk = app.desk
    buttons = [Button("Undo", app.undo, "quiet", shortcut="U", icon="undo"),
               Button("Cabinet", lambda: app.show("cabinet"), shortcut="C", icon="cabinet")]
    if not _all_decided(desk):
        text = "Next card" if any(card.decided for card in desk.cards) else "Open the first card"
        buttons.insert(0, Button(text, lambda: next_card(app), "primary", shortcut="enter", key="next card"))
    head = Row([Text("On your desk", T.section), Flow(buttons, gap=6, align="right")], gap=10, sizes=[FIT, fr(1)],
               stack_below=200)
    if not desk.cards:
        text = "No card this quarter. A quiet desk is a good time for the cabinet."
        return Column([head, Text(text, T.prose)], gap=6)
    cards = [_card(app, card, str(k)) for k, card in enumerate(desk.cards, 1)]
    return Column([head, Grid(cards, 3, 140, 12)], gap=6)


def _card(app: App, card, key: str) -> Card:
    """A picture, the number to press, the title, and what was decided."""
    ink = T.secondary.but(bold=True, colour=C.focus if card.decided else C.red)
    state = [mark("tick", ink), (f"\u00a0{card.decided}", ink)] if card.decided else [("to be decided", ink)]
    disc = T.card_title.but(colour=C.red)
    title = [(f"{key}\u2002", disc), (card.title, T.card_title)]
    words = Column([Text(title, T.card_title.but(line=1.15), most_lines=3),
                    Text(state, T.secondary, most_lines=2)], gap=1)
    child = Column([Picture(card.picture or "newspaper", 0.36, 70, 6, TOP_CORNERS, name=card.title),
                    Panel(words, pad=(10, 5))], gap=0)
    tip = card.decided and f"You chose: {card.decided}"
    return Card(child, card.title, lambda: _open(app, card.place), kind="plain", chosen=bool(card.decided),
                shortcut=key, bleed=True, tip=tip, key=f"card:{card.place}")


def _open(app: App, place: int) -> None:
    app.sound.play("page")
    app.modal("card", place=place)


def _dispatches(app: App, most: float | None) -> Widget:
    """News, newest first; in the first quarter, when there is none, how to begin."""
    first = not app.session.records
    rows = _first_steps(app.desk) if first else [_dispatch(item) for item in app.desk.dispatches]
    name = "First steps" if first else "Dispatches"
    column = Column(rows or [Text("Nothing new.", T.body.but(colour=C.soft))], gap=2 if first else 5)
    p = app.stage.painter
    area = ScrollArea(column, name, most=most * p.text_scale) if most and not first else column
    head = Row([Text(name, T.section), Gap(THEME.space.button)], sizes=[fr(1), 0])
    return Column([head, area], gap=6)


def _first_steps(desk) -> list[Widget]:
    steps = (("Decide the cards. ", "Each choice says what it moves, and which way.", _all_decided(desk)),
             ("Look into the cabinet. ", "Levers stay as you set them; initiatives cost political capital.", False),
             ("End the turn. ", "The report says what changed, and why.", False))
    rows: list[Widget] = []
    for number, (what, why, done) in enumerate(steps, 1):
        ink = T.card_title.but(colour=C.better if done else C.red)
        sign = mark("tick", ink) if done else (str(number), ink)
        words = Text([(what, T.body.but(bold=True)), why], T.body)
        rows.append(Row([Text([sign], T.card_title), words], gap=8, sizes=[18, fr(1)], align="top"))
    return rows


def _dispatch(item) -> Widget:
    bold = item.tone == "hard"
    text = Text([*side_spans(item.side, "", T.body), (item.text, T.body.but(bold=bold))], T.body)
    return Row([Text(item.date, T.secondary), text], gap=10, sizes=[FIT, fr(1)], align="top")


def _side(app: App) -> Widget:
    """Overview or all figures: one button changes between them."""
    all_figures = bool(app.kept.get("all figures"))

    def turn() -> None:
        app.kept["all figures"] = not all_figures
        app.refresh()

    button = Button("Overview" if all_figures else "All figures", turn, "quiet", shortcut="F", key="figures")
    parts = _all_figures(app, button) if all_figures else _overview(app, button)
    return Column(parts, gap=9)


def _overview(app: App, button: Button) -> list[Widget]:
    desk = app.desk
    gauges = [Press(ProgressBar(g.label, g.value, g.text, side_colour(g.side), g.marks), f"{g.label}: {g.text}",
                    lambda g=g: app.why(g.id), tip=g.note, key=f"gauge:{g.id}") for g in desk.gauges]
    neighbours = Button("Neighbours", lambda: app.show("neighbours"), "quiet", shortcut="R", key="neighbours",
                        tip="What each of them wants, and what it may do this quarter, how likely, and why.")
    return [
        heading("In your hands", button), purse_row(desk.purse),
        Text("Dependence", T.section), Column(gauges, gap=1),
        heading("Relations", neighbours), Column([_relation(app, r) for r in desk.relations], gap=0),
        Text("What is coming", T.section), _coming(desk.coming),
    ]


def _coming(coming) -> Widget:
    """By quarter, the nearest first."""
    if not coming:
        return Text("Nothing that is known yet.", T.body)
    rows: list[Widget] = []
    for when, items in groupby(coming, lambda item: item.when):
        rows.append(Text(f"{when[:1].upper()}{when[1:]}", T.body.but(bold=True)))
        rows += [bullet(*coming_mark(item), Text(item.text, T.body), item.kind) for item in items]
    return Column(rows, gap=3)


def _relation(app: App, relation) -> Press:
    dots = Dots(f"{relation.word}, {relation.dots} of 5", relation.dots, colour=side_colour(relation.side))
    change = "" if relation.change_text in ("", "steady") else f" {relation.change_text}"
    who, how = Text(side_spans(relation.side, relation.label), T.body), Text(f"{relation.word}{change}", T.secondary)
    row = Row([who, how, dots], gap=7, sizes=[fr(1), FIT, FIT], stack_below=60)
    name = f"{relation.label}: {relation.word}, {relation.dots} of 5{change}"
    return Press(row, name, lambda: app.why(relation.refers), tip=relation.note, key=f"relation:{relation.id}", pad=3)


def _all_figures(app: App, button: Button) -> list[Widget]:
    parts: list[Widget] = [heading("All figures", button)]
    for title, figures in app.desk.sections:
        parts += [Text(title, T.section.but(size=16)), Column([_figure(app, figure) for figure in figures], gap=0)]
    return parts


def _figure(app: App, figure) -> Press:
    value = [(figure.text, T.body.but(bold=True)), ("\u2002", T.body),
             *change_spans(figure.change_text, figure.arrow, figure.judgement, T.secondary)]
    words: list[Widget] = [Text(figure.label, T.body), Text(value, T.body)]
    if figure.status_text:
        ink = T.secondary.but(bold=True, colour=C.worse)
        words.append(Text([mark("warning", ink), (f"\u00a0{figure.status_text}", ink)], ink))
    row = Row([Icon(figure.icon, 20), Column(words, gap=0)], gap=10, sizes=[FIT, fr(1)])
    return Press(row, f"{figure.label}: {figure.text}", lambda: app.why(figure.id),
                 tip=f"{figure.note} {figure.last_text}".strip(), key=f"all:{figure.id}")
