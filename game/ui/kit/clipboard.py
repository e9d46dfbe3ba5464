"""The clipboard of the system, in the two words that `stage.py` and `entry.py` need."""

from __future__ import annotations

import contextlib

import pygame


class Clipboard:
    """The system's clipboard; empty where there is none."""

    def get(self) -> str:
        try:
            return pygame.scrap.get_text()
        except pygame.error:
            return ""

    def put(self, text: str) -> None:
        with contextlib.suppress(pygame.error):
            pygame.scrap.put_text(text)
