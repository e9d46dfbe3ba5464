"""The game in a window: which screen is up, which dialogs are open, and what a decision does.

Screens are functions in screens/<name>.py, `build(app, **args) -> Widget`, which read pages and call the methods
here; a Modal that `build` returns is opened above the screen. Nothing of the rules is decided here. Only `refresh`
rebuilds widgets, so a screen never changes what it shows by itself.

This module must stay cheap to import: numpy, the scenario and the pages are imported once the title is on the
screen (see `prepare`). Read next: screens/common.py, screens/desk.py; loop.py for the window.
"""

from __future__ import annotations

import datetime
import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from game import paths
from game.ui import preferences
from game.ui.kit import Modal, Stage, Widget
from game.ui.preferences import Preferences
from game.ui.sound import Sound

if TYPE_CHECKING:
    from game.content import Scenario
    from game.replay import Session
    from game.ui.map import BaseMaps
    from game.view.pages import Desk

SCREENS = ("title", "newgame", "desk", "cabinet", "neighbours", "report", "verdict")
MODALS = ("card", "why", "help", "pause", "load", "settings", "confirm", "rewind", "save_as", "model")

LATER = ("numpy", "numpy.random", "game.replay", "game.view", "game.ui.screens.newgame", "game.ui.screens.desk",
         "game.ui.screens.card")  # modules to prepare, one at a time

FIRST = {"newgame": "priority:", "desk": "next card", "cabinet": "lever:",
         "neighbours": "neighbour:"}  # keys of what Tab begins at on a new screen


class App:
    """What all screens share. `session` is the game being played, None before one has begun."""

    def __init__(self, size: tuple[int, int], options=None, prefs: Preferences | None = None,
                 sound: Sound | None = None, assets: Path | None = None) -> None:
        self.options, self.prefs = options, prefs or Preferences()
        self.assets = assets or paths.assets()
        self.sound = sound or Sound(None)
        self.stage = Stage(size, self.assets, text_scale=self.prefs.text_scale)
        self.session: Session | None = None
        self.running, self.prepared = True, False
        self.screen: tuple[str, dict] = ("title", {})
        self.modals: list[tuple[str, dict]] = []
        self.on_window: Callable[[Preferences], None] = lambda prefs: None  # the loop follows full screen
        self.kept: dict[str, object] = {}  # dear things that outlive a rebuilt screen: the map, a draft
        self._desk: Desk | None = None

    # -- what takes long

    def prepare(self) -> Iterator[None]:
        """Imports and reads, piece by piece, what the screens after the title need; the last piece shows it."""
        if self.stage.painter.stand_ins:
            self.stage.painter.stand_ins.clear()  # from here on the title's picture is drawn at its real size
            self.stage.invalidate(self.stage.painter.area)
            yield
        self.sound.start(self.prefs)
        yield
        for name in LATER:
            import_module(name)
            yield
        yield from self._reading()
        self.maps  # noqa: B018
        yield
        self.prepared = True
        gc.freeze()  # scenarios and screens stay: looking for garbage in them would stop a turn for 15 ms
        gc.enable()
        if self.options and self.options.save and self.options.save.exists():
            self.open_save(self.options.save)
        elif self.screen[0] == "title":
            self.refresh()

    def _reading(self) -> Iterator[None]:
        """Reads the scenarios in a thread, for one that is not in the cache takes half a second or more."""
        from concurrent.futures import ThreadPoolExecutor, wait

        from game.ui.library import playable

        with ThreadPoolExecutor(1) as pool:
            reading = pool.submit(playable, self.options.scenario if self.options else None)
            while wait([reading], timeout=0.01).not_done:  # seconds
                yield
            self._know(*reading.result())

    @property
    def scenarios(self) -> list[Scenario]:
        """The scenario that was asked for, then all others that can be played."""
        if "scenarios" not in self.kept:
            from game.ui.library import playable

            self._know(*playable(self.options.scenario if self.options else None))
        return self.kept["scenarios"]

    def _know(self, found: list[Scenario], problem: str) -> None:
        if "scenarios" not in self.kept:  # someone may have been quicker than the thread
            self.kept["scenarios"] = found
            if problem:
                self.notify(problem)

    @property
    def maps(self) -> BaseMaps:
        if "maps" not in self.kept:
            from game.ui.map import BaseMaps

            self.kept["maps"] = BaseMaps(self.assets / "map")
        return self.kept["maps"]

    # -- screens

    def show(self, name: str, /, **args: object) -> None:
        """Puts up a screen; closes all dialogs."""
        while self.modals:
            self.close()
        other = name != self.screen[0]
        self.screen = (name, args)
        self._build_screen()
        if other and name in FIRST:
            found = (w for w in self.stage.focus_order() if w.key.startswith(FIRST[name]))
            self.stage.set_focus(next(found, None), visible=self.stage.focus_visible)

    def modal(self, name: str, /, **args: object) -> None:
        """Opens a dialog above; one of that name that is open already takes the new arguments instead."""
        open_names = [each for each, _ in self.modals]
        if name in open_names:
            while len(self.modals) > open_names.index(name) + 1:
                self.close()
            self.modals[-1] = (name, args)
        else:
            self.modals.append((name, args))
        self._build_modal(len(self.modals) - 1)

    def close(self) -> None:
        """Closes the topmost dialog; nothing if there is none."""
        if self.modals:
            self.modals.pop()
            self.stage.close()

    def refresh(self) -> None:
        """Builds the screen and all open dialogs anew: after a decision, a preference, a new size."""
        self._desk = None
        self._build_screen()
        for place in range(len(self.modals)):
            self._build_modal(place)

    def _build_screen(self) -> None:
        name, args = self.screen
        self.stage.show(builder(name)(self, **args))

    def _build_modal(self, place: int) -> None:
        name, args = self.modals[place]
        dialog = builder(name)(self, **args)
        if not isinstance(dialog, Modal):
            raise TypeError(f"the screen {name} is not a dialog")
        dialog.key = f"dialog:{name}"
        self.stage.open(dialog)

    def notify(self, text: str) -> None:
        """A line at the bottom for a few seconds."""
        self.stage.notify(text)

    def quit(self) -> None:
        self.running = False

    # -- the game

    @property
    def desk(self) -> Desk:
        """The desk's page as of the last decision; the top bar of every screen of a game comes from it."""
        if self._desk is None:
            from game.view import desk_page

            self._desk = desk_page(self.session)
        return self._desk

    def begin(self, scenario, settings) -> None:
        """A new game in a save of its own, and its desk."""
        from game.replay import Session, new_save_path

        path = self.options.save if self.options else None
        if path is None or path.exists():  # a game that is there already is never written over
            path = new_save_path(paths.saves(), scenario.document.id, datetime.datetime.now())
        path.parent.mkdir(parents=True, exist_ok=True)
        self.play(Session.new(scenario, settings, path))

    def open_save(self, path: Path) -> bool:
        """Goes on with a saved game; says why if that cannot be."""
        from game.replay import LogError, Session

        try:
            self.play(Session.load(path))
        except LogError as error:
            self.notify(str(error))
            return False
        if self.session.notice:
            self.notify(self.session.notice)
        return True

    def play(self, session: Session) -> None:
        """Takes a session to its desk, or to its verdict if it has ended."""
        self.session = session
        self._desk = None
        self.show("verdict" if session.ended else "desk")

    # -- decisions: each keeps the game, says what was refused, and shows the result

    def choose(self, place: int, choice: int, then: Callable[[], None] | None = None) -> bool:
        """`then` is what happens to the dialogs once it is taken; without it they are built anew."""
        return self._decide(lambda: self.session.choose(place, choice), then)

    def set_lever(self, index: int, setting: float) -> bool:
        return self._decide(lambda: self.session.set_lever(index, setting))

    def play_initiative(self, index: int, on: bool = True) -> bool:
        return self._decide(lambda: self.session.play(index, on))

    def _decide(self, decide: Callable, then: Callable[[], None] | None = None) -> bool:
        refusal = self._guarded(decide)
        if refusal:
            self.notify(refusal if isinstance(refusal, str) else self._sentence(refusal))
        else:
            self.sound.play("click")
        if refusal or then is None:
            self.refresh()
        else:
            self._desk = None
            self._build_screen()
            then()
        return not refusal

    def _guarded(self, act: Callable):
        """What `act` returns; a save that cannot be written becomes the sentence that says so."""
        from game.replay import LogError

        try:
            return act()
        except LogError as error:
            return str(error)

    def _sentence(self, refusal) -> str:
        from game.view import refusal_sentence
        from game.view.names import Names

        agenda = tuple(self.session.state.agenda[:, 0].tolist())
        return refusal_sentence(Names(self.session.scenario), refusal, agenda)

    def undo(self) -> None:
        """Takes back the last decision of this turn."""
        done = self._guarded(self.session.undo) if self.session and not self.session.ended else False
        if isinstance(done, str):
            self.notify(done)
        else:
            self.notify("Your last decision is taken back." if done else "Nothing is decided that could be taken back.")
        self.refresh()

    def ask_end_turn(self) -> None:
        """Ends the turn, after a question if cards would take their default."""
        hint = self.desk.end_hint
        if hint:
            self.modal("confirm", name="End the turn?", text=f"{hint}.", yes="End turn", act=self.end_turn)
        else:
            self.end_turn()

    def end_turn(self) -> None:
        said = self._guarded(self.session.end_turn)
        self._desk = None
        if isinstance(said, str):
            self.notify(said)
        self.sound.play("chime")
        self.show("report")

    def after_report(self) -> None:
        """From the report of a turn to the next desk, or to the verdict."""
        self.sound.play("page")
        self.show("verdict" if self.session.ended else "desk")

    def rewind(self, turn: int) -> None:
        """Back to the opening of an earlier turn (0-based)."""
        said = self._guarded(lambda: self.session.rewind(turn))
        self._desk = None
        self.show("desk")
        self.notify(said or f"Back at the opening of {self.session.date}.")

    def why(self, variable: str) -> None:
        """Why a number stands where it stands."""
        self.sound.play("page")
        self.modal("why", id=variable)

    # -- preferences

    def prefer(self, **changes: object) -> None:
        """Changes preferences, keeps them, and follows them at once."""
        self.prefs = replace(self.prefs, **changes)
        problem = preferences.store(self.prefs, paths.settings_file())
        if self.prefs.text_scale != self.stage.painter.text_scale:
            self.stage.resize(self.stage.painter.size, self.prefs.text_scale)
        self.sound.follow(self.prefs)
        self.on_window(self.prefs)
        self.refresh()
        if problem:
            self.notify(problem)

    def resize(self, size: tuple[int, int]) -> None:
        """A new window size in device px."""
        self.stage.resize(size, self.prefs.text_scale)
        self.refresh()


def builder(name: str) -> Callable[..., Widget]:
    """The `build` function of a screen; imported when it is first shown, so that the title comes up quickly."""
    if name not in SCREENS and name not in MODALS:
        raise LookupError(f"there is no screen {name}")
    return import_module(f"game.ui.screens.{name}").build
