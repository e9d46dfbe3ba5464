"""A headless window, and a person at it who causes nothing but pygame events."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame

from game.content import Scenario, load
from game.replay import Session, Settings
from game.ui.app import App
from game.ui.lookout import Lookout
from game.ui.loop import Window
from game.ui.preferences import Preferences
from tests.futures import few_futures  # noqa: F401

ROOT = Path(__file__).parents[2]
SCENARIO = ROOT / "scenarios" / "mongolia-2011"
KEYS = {"tab": pygame.K_TAB, "enter": pygame.K_RETURN, "space": pygame.K_SPACE, "esc": pygame.K_ESCAPE,
        "left": pygame.K_LEFT, "right": pygame.K_RIGHT, "up": pygame.K_UP, "down": pygame.K_DOWN,
        "f1": pygame.K_F1, "f11": pygame.K_F11}


def options(**changes: object) -> SimpleNamespace:
    """What the command line hands over."""
    usual = dict(scenario=SCENARIO, seed="5", length=None, difficulty=None, priorities=None, text=False, save=None)
    return SimpleNamespace(**(usual | changes))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The player's files, apart from anyone's own."""
    monkeypatch.setenv("TN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return load(SCENARIO)


@pytest.fixture
def screen() -> Iterator[None]:
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode((32, 32))
    yield
    pygame.quit()


@pytest.fixture
def make_app(screen: None, scenario: Scenario) -> Callable[..., App]:
    """An App without a window, its scenario already read; `turns` > -1 begins a game and ends so many turns."""

    def make(size: tuple[int, int] = (1280, 720), text_scale: float = 1.0, turns: int = -1) -> App:
        app = App(size, options(), Preferences(text_scale=text_scale))
        app.kept["scenarios"] = [scenario]
        app.kept["lookout"] = Lookout(app, beside=False)
        app.show("title")
        if turns >= 0:
            document = scenario.document
            settings = Settings(5, next(iter(document.lengths)), document.difficulties[0].id,
                                tuple(priority.id for priority in document.priorities[:2]))
            session = Session.new(scenario, settings)
            for _ in range(turns):
                session.end_turn()
            app.play(session)
        return app

    return make


class Player:
    """Someone at a real window of the game: posts key presses and clicks, and looks at what is on the screen."""

    def __init__(self, **changes: object) -> None:
        self.window = Window(options(**changes))
        self.app = self.window.app
        while not self.app.prepared:
            self.window.step()

    @property
    def stage(self):
        return self.app.stage

    @property
    def screen(self) -> str:
        return self.app.modals[-1][0] if self.app.modals else self.app.screen[0]

    def press(self, *names: str) -> None:
        for name in names:
            key = KEYS.get(name.lower()) or pygame.key.key_code(name.lower())
            typed = "" if name.lower() in KEYS else name.lower()
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=typed, mod=0, scancode=0))
            self.window.step()
            pygame.event.post(pygame.event.Event(pygame.KEYUP, key=key, mod=0, scancode=0))
            self.window.step()

    def click(self, role: str, label: str) -> None:
        """On the middle of what is called so, scrolled into view with the wheel where that is needed."""
        self._scroll_to(role, label)
        target = self.stage.find(role, label)
        x, y = (target.hit_rects() or [target.rect])[0].centre
        at = (round(x * self.stage.painter.scale), round(y * self.stage.painter.scale))
        for kind in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            pygame.event.post(pygame.event.Event(kind, pos=at, button=1, rel=(0, 0), buttons=(0, 0, 0)))
            self.window.step()

    def _scroll_to(self, role: str, label: str) -> None:
        for _ in range(60):
            target = self.stage.find(role, label)
            x, y = target.rect.centre
            if self.stage.at(x, y) is target:
                return
            areas = [w for w in target.ancestors() if w.role == "scroll area" and w.scrolls]
            if not areas:
                raise AssertionError(f"{role} {label!r} is covered by {self.stage.at(x, y)}")
            middle = tuple(round(v * self.stage.painter.scale) for v in areas[0].rect.centre)
            pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=middle, rel=(0, 0), buttons=(0, 0, 0)))
            notches = 1 if y < areas[0].rect.centre[1] else -1
            pygame.event.post(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=notches, precise_y=float(notches)))
            self.window.step()
        raise AssertionError(f"{role} {label!r} cannot be scrolled into view")


@pytest.fixture
def player() -> Iterator[Callable[..., Player]]:
    yield Player
    pygame.quit()
