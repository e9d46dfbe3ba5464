"""Before a game: scenario, length, difficulty, two priorities, and the code for the dice.

What has been picked so far lives in `app.kept["draft"]`, so that it outlives a rebuilt screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from game.ui.app import App
from game.ui.kit import (
    FIT,
    THEME,
    TOP_CORNERS,
    Button,
    Card,
    Column,
    Grid,
    Medallion,
    Panel,
    Picture,
    Row,
    ScrollArea,
    Text,
    TextInput,
    Widget,
    fr,
)
from game.ui.library import new_code

C, T = THEME.colour, THEME.type
PRIORITIES = 2
BESIDE = 2  # so many scenarios have their picture beside the words, which leaves room for what is below


@dataclass(frozen=True)
class Draft:
    """`scenario` is the place in app.scenarios; the others are ids and what was typed."""

    scenario: int
    length: str
    difficulty: str
    priorities: tuple[str, ...]
    code: str
    name: str = ""


def build(app: App) -> Widget:
    from game.view import newgame_page

    if not app.scenarios:
        return _nothing(app)
    draft = app.kept.setdefault("draft", _first(app))
    page = newgame_page(app.scenarios, draft.scenario)
    parts = [_scenarios(app, page, draft)]
    left = Column([*_picks(app, "How long", page.lengths, "length", draft),
                   *_picks(app, "How hard", page.difficulties, "difficulty", draft), _dice(app, draft)], gap=8)
    parts.append(Row([left, _priorities(app, page, draft)], gap=28, sizes=[fr(9), fr(11)], align="top",
                     stack_below=330))
    back = Button("Back", lambda: app.show("title"), shortcut="esc")
    head = Row([Text("Third Neighbour", T.section.but(colour=C.bar_ink, size=21)),
                Text("New game", T.body.but(colour=C.bar_soft)), back],
               gap=18, sizes=[FIT, fr(1), FIT], stack_below=80)
    choices = ScrollArea(Panel(Column(parts, gap=14), pad=(24, 12)), "Choices")
    bar = Panel(head, pad=(24, 5), bar=True)
    return Column([bar, choices, _foot(app, page, draft)], gap=0, sizes=[FIT, fr(1), FIT])


def _nothing(app: App) -> Widget:
    text = "No scenario can be played. `third-neighbour check` says what is wrong with each."
    return Panel(Column([Text("New game", T.headline), Text(text, T.prose),
                         Row([Button("Back", lambda: app.show("title"), shortcut="esc")], sizes=[FIT])]), pad=40)


def _first(app: App, scenario: int = 0) -> Draft:
    """What the command line asked for, and otherwise the scenario's own defaults."""
    from game.view import newgame_page

    page, asked = newgame_page(app.scenarios, scenario), app.options
    length = (asked and asked.length) or page.lengths[0].id
    difficulty = (asked and asked.difficulty) or page.default_difficulty
    known = [pick.id for pick in page.priorities]
    wanted = tuple(name for name in (asked and asked.priorities) or () if name in known)
    return Draft(scenario, length if length in [pick.id for pick in page.lengths] else page.lengths[0].id,
                 difficulty, wanted, (asked and asked.seed) or new_code())


def _pick(app: App, **changes: object) -> None:
    app.kept["draft"] = replace(app.kept["draft"], **changes)
    app.sound.play("click")
    app.refresh()


def _choose_scenario(app: App, index: int) -> None:
    draft = app.kept["draft"]
    app.kept["draft"] = replace(_first(app, index), code=draft.code, name=draft.name)
    app.refresh()


def _scenarios(app: App, page, draft: Draft) -> Widget:
    alone = len(page.scenarios) == 1
    cards = []
    for k, pick in enumerate(page.scenarios):
        lines = [Text(pick.label, T.title.but(size=22)), Text(pick.text, T.body), Text(pick.aside, T.secondary)]
        words = Panel(Column(lines, gap=3), pad=(14, 10))
        if len(page.scenarios) <= BESIDE:
            child: Widget = Row([Picture(pick.icon, 0.30, 120, 6, name=pick.label), words], gap=4,
                                sizes=[fr(2 if alone else 1), fr(3 if alone else 2)], align="stretch", stack_below=160)
        else:
            child = Column([Picture(pick.icon, 0.27, 120, 6, TOP_CORNERS, name=pick.label), words], gap=0)
        cards.append(Card(child, pick.label, lambda k=k: _choose_scenario(app, k), kind="plain", bleed=True,
                          chosen=k == draft.scenario, badge="Chosen"))
    return Column([Text("Where the story begins", T.section),
                   cards[0] if alone else Grid(cards, min(4, len(cards)), 270, 14)], gap=6)


def _picks(app: App, title: str, picks, field: str, draft: Draft) -> list[Widget]:
    cards = []
    for pick in picks:
        lines = [Text(pick.label, T.card_title)] + [Text(line, T.body) for line in (pick.text, pick.aside) if line]
        cards.append(Card(Column(lines, gap=2), pick.label, lambda pick=pick: _pick(app, **{field: pick.id}),
                          chosen=getattr(draft, field) == pick.id, key=f"{field}:{pick.id}"))
    return [Text(title, T.section), Grid(cards, min(3, max(2, len(cards))), 125, 10)]


def _priorities(app: App, page, draft: Draft) -> Widget:
    cards = []
    for number, pick in enumerate(page.priorities, 1):
        chosen = pick.id in draft.priorities
        title = [(f"{number}\u2002", T.card_title.but(colour=C.red)), (pick.label, T.card_title)]
        words = Column([Text(title, T.card_title), Text(pick.text, T.body), Text(pick.aside, T.small)], gap=1)
        child = Row([Medallion(pick.icon, pick.label, 46, lit=chosen), words], gap=10, sizes=[FIT, fr(1)])
        badge = f"{draft.priorities.index(pick.id) + 1} of {PRIORITIES}" if chosen else ""
        cards.append(Card(child, pick.label, lambda pick=pick: _toggle(app, pick.id), kind="plain", chosen=chosen,
                          badge=badge, shortcut=str(number), key=f"priority:{pick.id}"))
    missing = _missing(page, draft)
    note = Text(f"{missing}.", T.body.but(bold=True, colour=C.red)) if missing else Text(
        "They are judged apart at the end: achieved, partly, or missed.", T.secondary)
    head = Row([Text("Two national priorities", T.section), note], gap=12, sizes=[FIT, fr(1)], stack_below=150)
    return Column([head, Grid(cards, 2, 230, 10)], gap=8)


def _missing(page, draft: Draft) -> str:
    """What has still to be chosen; "" when nothing has."""
    count = min(PRIORITIES, len(page.priorities)) - len(draft.priorities)
    return "" if count <= 0 else "Choose two priorities" if count == 2 else "Choose one more priority"


def _toggle(app: App, priority: str) -> None:
    """Chooses or drops a priority; a third one takes the place of the older of two."""
    chosen = app.kept["draft"].priorities
    kept = tuple(p for p in chosen if p != priority) if priority in chosen else (*chosen, priority)[-PRIORITIES:]
    _pick(app, priorities=kept)


def _dice(app: App, draft: Draft) -> Widget:
    def typed(field: str) -> Callable[[str], None]:
        return lambda text: app.kept.__setitem__("draft", replace(app.kept["draft"], **{field: text}))

    field = TextInput("Code for the dice", draft.code, typed("code"), most=40)
    code = Column([
        Row([field, Button("New code", lambda: _renew(app))], gap=10, sizes=[fr(1), FIT], stack_below=120),
        Text("The same code brings the same shocks: compare with a friend.", T.secondary)], gap=5)
    name = Column([
        TextInput("Your name", draft.name, typed("name"), hint="may stay empty", most=60),
        Text("It is kept in the game's file and nowhere else.", T.secondary)], gap=5)
    return Row([code, name], gap=20, sizes=[fr(3), fr(2)], align="top", stack_below=160)


def _renew(app: App) -> None:
    _pick(app, code=new_code())


def _foot(app: App, page, draft: Draft) -> Widget:
    """What has been chosen, in a sentence, and the button that begins."""
    def label(picks, name: str) -> str:
        return next((pick.label for pick in picks if pick.id == name), name)

    chosen = ", ".join(label(page.priorities, name) for name in draft.priorities)
    missing = _missing(page, draft)
    ink = T.body.but(colour=C.bar_ink)
    text = Text([(f"{page.scenarios[draft.scenario].label}. ", ink.but(bold=True)),
                 (f"{label(page.lengths, draft.length)}, {label(page.difficulties, draft.difficulty)}. "
                  f"Priorities: {chosen or 'none yet'}.", ink)], ink)
    start = Button(missing or "Start the game", lambda: _start(app), "primary", shortcut="enter", big=True,
                   reason=missing and f"{missing} first.", key="start")
    inner = Row([text, start], gap=20, sizes=[fr(1), FIT], stack_below=260)
    return Panel(inner, C.bar, pad=(24, 9), radius=0)


def _start(app: App) -> None:
    from game.replay import LogError, Settings, seed_of

    draft: Draft = app.kept["draft"]
    settings = Settings(seed_of(draft.code), draft.length, draft.difficulty, draft.priorities, draft.name.strip(),
                        draft.code.strip())
    try:
        app.begin(app.scenarios[draft.scenario], settings)
    except (LogError, OSError) as error:
        app.notify(str(error))
        return
    app.kept.pop("draft")
    app.sound.play("page")
