"""A headless pygame with only what the toolkit needs, and events as a person would cause them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame

from game.ui.kit import Stage, Widget

ASSETS = Path(__file__).parents[3] / "assets"

KEYS = {
    "tab": pygame.K_TAB,
    "enter": pygame.K_RETURN,
    "space": pygame.K_SPACE,
    "esc": pygame.K_ESCAPE,
    "left": pygame.K_LEFT,
    "right": pygame.K_RIGHT,
    "up": pygame.K_UP,
    "down": pygame.K_DOWN,
    "home": pygame.K_HOME,
    "end": pygame.K_END,
    "page up": pygame.K_PAGEUP,
    "page down": pygame.K_PAGEDOWN,
    "backspace": pygame.K_BACKSPACE,
    "delete": pygame.K_DELETE,
    "f1": pygame.K_F1,
}


class FakeClipboard:
    def __init__(self) -> None:
        self.text = ""

    def get(self) -> str:
        return self.text

    def put(self, text: str) -> None:
        self.text = text


class Person:
    """Presses keys and the mouse on a stage; remembers what was spoken."""

    def __init__(self, size: tuple[int, int] = (1280, 720), text_scale: float = 1.0) -> None:
        self.said: list[str] = []
        self.clipboard = FakeClipboard()
        self.stage = Stage(
            size, ASSETS, text_scale=text_scale, say=self.said.append, clipboard=self.clipboard
        )
        self.surface = pygame.Surface(size)

    def show(self, root: Widget) -> Stage:
        self.stage.show(root)
        return self.stage

    def press(self, *names: str, shift: bool = False, ctrl: bool = False, scancode: int = 0) -> bool:
        used = False
        for name in names:
            mod = (pygame.KMOD_SHIFT if shift else 0) | (pygame.KMOD_CTRL if ctrl else 0)
            code = KEYS.get(name) or ord(name.lower())
            typed = "" if name in KEYS else name
            event = pygame.event.Event(pygame.KEYDOWN, key=code, unicode=typed, mod=mod, scancode=scancode)
            used = self.stage.handle(event)
        return used

    def type(self, text: str) -> None:
        """As a keyboard does: a key event and a text event for each character."""
        for char in text:
            self.press("space" if char == " " else char)
            self.stage.handle(pygame.event.Event(pygame.TEXTINPUT, text=char))

    def mouse(self, kind: int, x: float, y: float) -> bool:
        scale = self.stage.painter.scale
        return self.stage.handle(pygame.event.Event(kind, pos=(x * scale, y * scale), button=1))

    def click(self, x: float, y: float) -> None:
        self.mouse(pygame.MOUSEMOTION, x, y)
        self.mouse(pygame.MOUSEBUTTONDOWN, x, y)
        self.mouse(pygame.MOUSEBUTTONUP, x, y)

    def wheel(self, notches: int) -> bool:
        return self.stage.handle(pygame.event.Event(pygame.MOUSEWHEEL, y=notches, x=0))

    def draw(self) -> list[pygame.Rect]:
        return self.stage.draw(self.surface)

    @property
    def focus(self) -> str:
        return self.stage.focus.label() if self.stage.focus else ""


@pytest.fixture
def person() -> Iterator[Callable[..., Person]]:
    """A maker of Persons: `person()`, `person((1920, 1080), text_scale=2)`."""
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode((32, 32))
    yield Person
    pygame.quit()
