"""The widget toolkit: everything a screen needs, and nothing of the game.

A screen is a function that builds a tree of widgets from plain data. Build it anew whenever the data change and
hand it to `Stage.show`: focus, scroll position, caret and a drag in progress carry over by `key` (buttons, cards
and controls use their name as key). An example, complete but for the main loop:

    from game.ui.kit import FIT, THEME, Button, Card, Column, Flow, Panel, Row, ScrollArea, Stage, Text, fr

    C, T = THEME.colour, THEME.type

    def screen(state, choose, end_turn):
        top = Row([Text("My game", T.title.but(colour=C.bar_ink)),
                   Button("End turn", end_turn, "primary", shortcut="E", tip="The quarter runs.")],
                  sizes=[fr(1), FIT])
        cards = [
            Card(Column([Text(c.title, T.card_title), Text(c.line, T.secondary)], gap=2), c.title,
                 lambda c=c: choose(c), kind="number", shortcut=str(n), chosen=c.chosen, reason=c.why_not)
            for n, c in enumerate(state.choices, 1)
        ]
        body = Column([Text("Winter fuel", T.headline), Text("Prices rise by **14 %** a year.", T.prose), *cards])
        return Column([Panel(top, bar=True), ScrollArea(Panel(body, pad=24), "Situation")],
                      gap=0, sizes=[FIT, fr(1)])

    stage = Stage((1280, 720), assets, text_scale=1.0, say=print)
    stage.show(screen(state, choose, end_turn), focus="End turn")
    for event in pygame.event.get():                 # the main loop is the caller's
        if event.type == pygame.VIDEORESIZE:
            stage.resize(event.size)
        stage.handle(event)
    stage.tick(pygame.time.get_ticks())              # 20 times a second; 60 while stage.busy
    if stage.dirty:
        pygame.display.update(stage.draw(window))

Lengths are logical px: a 1280x720 window has 1280x720 of them, 1920x1080 and 3840x2160 too (larger letters, same
layout), 1024x600 has 1024x600. Text at 200 % needs more room: let things grow (Column in ScrollArea), wrap (Flow,
Grid) or stack (Row with `stack_below`). `stage.overflows()` must be empty at every size; test that.

Text       "a **bold** word", or spans ["plain, ", ("red", T.body.but(colour=C.red)), mark("up", T.body)].
           A span style with `link="id", underline="dotted"` is a link: Text(..., on_link=f) calls f("id").
           Keep things together with a no-break space (U+00A0).
Boxes      Column, Row, Grid, Flow, Panel, Regions, ScrollArea, Gap, Rule. Sizes: FIT, logical px, fr(n).
Read       Text, Icon, Mark, Picture, ProgressBar, Dots, Diamonds, Medallion, LineChart(Series, Band, Point), FanChart.
Set        Button, Card, Toggle, Slider, TextInput.
Above      stage.open(Modal(...)), stage.close(), stage.notify("Saved."), `tip=` and `reason=` of any widget.
Own        subclass Widget: measure(p, width), natural(p), place(p, rect), draw(p), label(), activate(), on_key(key),
           on_pointer(kind, x, y), tick(ms) while `animating`; call changed() or resized(). Draw with the Painter:
           fill, rule, box, circle, shape, polyline, polygon, layer, icon, picture, block + text, clip.
Test       stage.find("button", "End turn").activate(), stage.tree(), stage.overflows(), stage.handle(event).

Read next: `theme.py` (colours and type), `layout.py`, `widget.py`, then `stage.py`.
"""

from .basic import Button, Link, Text
from .boxes import Column, Flow, Gap, Grid, Panel, Regions, Row, Rule
from .charts import Band, FanChart, LineChart, Point, Series, nice_ticks
from .clipboard import Clipboard
from .controls import Card, Slider, Toggle
from .entry import TextInput
from .layout import FIT, Rect, divide, fr
from .marks import Diamonds, Dots, Icon, Mark, Medallion, Picture, ProgressBar
from .overlay import Modal
from .painter import ALL_CORNERS, TOP_CORNERS, Painter
from .scroll import ScrollArea
from .stage import Stage
from .text import mark, plain
from .theme import THEME, Colour, TextStyle, Theme, contrast_ratio, mix, rgb, text_pairs
from .widget import Key, Widget

__all__ = [
    "ALL_CORNERS",
    "FIT",
    "THEME",
    "TOP_CORNERS",
    "Band",
    "Button",
    "Card",
    "Clipboard",
    "Colour",
    "Column",
    "Diamonds",
    "Dots",
    "FanChart",
    "Flow",
    "Gap",
    "Grid",
    "Icon",
    "Key",
    "LineChart",
    "Link",
    "Mark",
    "Medallion",
    "Modal",
    "Painter",
    "Panel",
    "Picture",
    "Point",
    "ProgressBar",
    "Rect",
    "Regions",
    "Row",
    "Rule",
    "ScrollArea",
    "Series",
    "Slider",
    "Stage",
    "Text",
    "TextInput",
    "TextStyle",
    "Theme",
    "Toggle",
    "Widget",
    "contrast_ratio",
    "divide",
    "fr",
    "mark",
    "mix",
    "nice_ticks",
    "plain",
    "rgb",
    "text_pairs",
]
