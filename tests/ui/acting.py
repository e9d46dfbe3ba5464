"""A person before the window: an App on a headless stage, keys and clicks, and what can be read on it."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame

from game.engine.state import NONE
from game.replay import Session
from game.ui.app import App
from game.ui.kit import Text, Widget
from game.ui.lookout import Lookout
from game.ui.preferences import Preferences
from tests.conformance.worlds import FOLDERS
from tests.replay.playing import new_session, play_turns

ASSETS = Path(__file__).parents[2] / "assets"
SIZES = [((1280, 720), 1.0), ((1024, 600), 1.0), ((1920, 1080), 1.0), ((3840, 2160), 1.0), ((1280, 720), 2.0)]
SCENARIOS = tuple(FOLDERS)
KEYS = {"enter": pygame.K_RETURN, "esc": pygame.K_ESCAPE, "left": pygame.K_LEFT, "right": pygame.K_RIGHT,
        "tab": pygame.K_TAB, "backspace": pygame.K_BACKSPACE}


class Actor:
    """`size` in device px; the game is one of the named scenario after `turns` random turns."""

    def __init__(self, size=(1280, 720), text_scale: float = 1.0, name: str = "minimal", turns: int = 0,
                 session: Session | None = None) -> None:
        pygame.display.init()
        pygame.font.init()
        self.app = App(size, prefs=Preferences(text_scale=text_scale), assets=ASSETS)
        self.app.kept["lookout"] = Lookout(self.app, beside=False)
        self.session = session or new_session(name)
        if turns:
            play_turns(self.session, turns)
        self.app.session = self.session
        self.surface = pygame.Surface(size)

    @property
    def stage(self):
        return self.app.stage

    def press(self, *names: str) -> None:
        for name in names:
            code = KEYS.get(name) or ord(name.lower())
            typed = "" if name in KEYS else name
            self.stage.handle(pygame.event.Event(pygame.KEYDOWN, key=code, unicode=typed, mod=0, scancode=0))

    def mouse(self, kind: int, x: float, y: float) -> None:
        scale = self.stage.painter.scale
        self.stage.handle(pygame.event.Event(kind, pos=(x * scale, y * scale), button=1))

    def drag(self, start: tuple[float, float], *stops: tuple[float, float]) -> None:
        self.mouse(pygame.MOUSEBUTTONDOWN, *start)
        for stop in stops:
            self.mouse(pygame.MOUSEMOTION, *stop)
        self.mouse(pygame.MOUSEBUTTONUP, *stops[-1])

    def find(self, role: str, label: str) -> Widget:
        return self.stage.find(role, label)

    def has(self, role: str, label: str) -> bool:
        try:
            self.find(role, label)
        except LookupError:
            return False
        return True

    def texts(self) -> list[str]:
        """Everything written on the top layer, in reading order."""
        self.stage.tree()
        return [w.label() for w in self.stage.top.walk() if isinstance(w, Text)]

    def reads(self, words: str) -> bool:
        return any(words in text for text in self.texts())

    def problems(self) -> list[str]:
        """What does not fit, and pictures that are missing; draws a frame."""
        self.stage.draw(self.surface)
        missing = [name for name in self.stage.painter.missing if not name.startswith("icons/")]
        return [*self.stage.overflows(), *missing]


def with_cards(count: int = 1, name: str = "minimal") -> Actor:
    """A game at the first turn that has so many cards on the desk."""
    for seed in range(1, 30):
        session = new_session(name, seed=seed)
        while not session.ended:
            if (session.state.agenda[:, 0] != NONE).sum() >= count:
                actor = Actor(session=session)
                actor.app.show("desk")
                return actor
            session.end_turn()
    raise AssertionError(f"no turn with {count} cards")
