"""The window: hands events to the stage, draws what changed. Read next: opening.py, then app.py.

It looks for events 20 times a second while nothing happens and 60 times while something moves; measured, that costs
less than waiting for events. The first frame comes before the toolkit is imported, the title before the engine is;
everything dear is prepared in small steps once the title takes input.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pygame

from game import paths
from game.ui import preferences
from game.ui.opening import open_window, show
from game.ui.preferences import Preferences

IDLE, BUSY = 20, 60  # looks for events a second
AWAKE = 600  # ms after an event during which it looks quickly
# While held, a key of MOVING goes on; in a text field every key does, but for those of DECIDING.
MOVING = (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_TAB, pygame.K_PAGEUP, pygame.K_PAGEDOWN)
DECIDING = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_ESCAPE)
OTHER_PYGAME = ("This Python has pygame, which has taken the place of pygame-ce. Please run:\n"
                "  pip uninstall pygame pygame-ce\n  pip install pygame-ce")


def play(options) -> int:
    """Plays until the window is closed. Raises NoDisplay; exit code 2 with the wrong pygame."""
    if not getattr(pygame, "IS_CE", False):
        print(OTHER_PYGAME, file=sys.stderr)
        return 2
    window = Window(options)
    try:
        while window.step():
            window.wait()
    finally:
        pygame.quit()
    return 0


class Window:
    """One window with one App in it. `step` is one round of the loop, without waiting."""

    def __init__(self, options=None) -> None:
        self.prefs = preferences.load(paths.settings_file())
        self.surface = open_window(self.prefs)
        self.clock = pygame.time.Clock()
        assets = paths.assets()
        picture = show(self.surface, assets, self.prefs.text_scale)
        from game.ui.app import App  # with the toolkit, while the first frame is being looked at
        from game.ui.sound import Sound

        self.app = App(self.surface.get_size(), options, self.prefs, Sound(assets / "sounds"), assets)
        if picture is not None:
            self.app.stage.painter.stand_ins["title"] = picture
        self.app.on_window = self._follow
        self.full_screen = self.prefs.full_screen
        self._preparing: Iterator[None] | None = None
        self._last_event = 0
        self._held: set[int] = set()
        self.app.show("title")

    def step(self) -> bool:
        """Events, time, drawing; when there was nothing of these, a piece of preparation. False once it is to end."""
        events = pygame.event.get()
        for event in events:
            self._handle(event)
        self._fit()
        self.app.stage.tick(pygame.time.get_ticks())
        if self.app.stage.dirty:
            self.draw()
        elif not events:
            self._prepare()
        return self.app.running

    def draw(self) -> None:
        if self.app.stage.dirty:
            pygame.display.update(self.app.stage.draw(self.surface))

    def wait(self) -> None:
        """Until it is worth looking again; not at all while there is something to prepare."""
        if self._preparing is not None:
            return
        awake = pygame.time.get_ticks() - self._last_event < AWAKE
        quick = awake or self.app.stage.busy
        self.clock.tick(BUSY if quick else IDLE)

    def _handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.QUIT:
            self.app.quit()
        elif event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWRESTORED):
            self.app.stage.relayout()
        elif self._repeats(event):
            return
        elif event.type == pygame.KEYDOWN and _wants_full_screen(event):
            self.app.prefer(full_screen=not self.app.prefs.full_screen)
        else:
            if event.type in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN, pygame.MOUSEMOTION, pygame.MOUSEWHEEL):
                self._last_event = pygame.time.get_ticks()
            self.app.stage.handle(event)

    def _repeats(self, event: pygame.event.Event) -> bool:
        """A key that is only held: it moves and writes again, but never decides or ends a turn again."""
        if event.type == pygame.WINDOWFOCUSLOST:
            self._held.clear()
        elif event.type == pygame.KEYUP:
            self._held.discard(event.key)
        elif event.type == pygame.KEYDOWN:
            again = event.key in self._held
            self._held.add(event.key)
            writing = self.app.stage.focus is not None and self.app.stage.focus.role == "text field"
            return again and event.key not in MOVING and not (writing and event.key not in DECIDING)
        return False

    def _fit(self) -> None:
        """Follows a new size of the window; once a round, for dragging an edge brings many."""
        self.surface = pygame.display.get_surface()
        if self.surface.get_size() != self.app.stage.painter.size:
            self.app.resize(self.surface.get_size())

    def _follow(self, prefs: Preferences) -> None:
        """Full screen on or off, as preferred now."""
        if prefs.full_screen != self.full_screen:
            self.full_screen = prefs.full_screen
            open_window(prefs)
            self._fit()

    def _prepare(self) -> None:
        """The next piece of what the title did not need."""
        if self._preparing is None and not self.app.prepared:
            self._preparing = self.app.prepare()
        if self._preparing is not None and next(self._preparing, "done") == "done":
            self._preparing = None


def _wants_full_screen(event: pygame.event.Event) -> bool:
    alt = getattr(event, "mod", 0) & pygame.KMOD_ALT
    return event.key == pygame.K_F11 or bool(event.key == pygame.K_RETURN and alt)
