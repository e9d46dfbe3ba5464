"""Sounds: click, page, chime and the theme. Silence, without complaint, where there is no device.

Read next: assets/sounds/README.md.
"""

from __future__ import annotations

from pathlib import Path

import pygame

from game.ui.preferences import Preferences

FILES = {"click": "click.wav", "page": "page.ogg", "chime": "chime.ogg"}
THEME = "theme.ogg"
MUSIC_VOLUME = 0.35
FADE_IN = 1500  # ms, only at the first start: the loop itself is seamless


class Sound:
    """`folder` of the sound files; None for silence. Nothing is opened before `start`."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.works = False
        self._prefs = Preferences()
        self._loaded: dict[str, pygame.mixer.Sound] = {}
        self._theme = False

    def start(self, prefs: Preferences) -> None:
        """Opens the device. Takes some 10 ms, so it is called once the title is on the screen."""
        if self.folder is None:
            return
        try:
            pygame.mixer.init(44_100, -16, 2, 1024)
            self._loaded = {name: pygame.mixer.Sound(str(self.folder / file)) for name, file in FILES.items()}
            self.works = True
        except (pygame.error, OSError, NotImplementedError):
            self.works = False
        self.follow(prefs)

    def play(self, name: str) -> None:
        if self.works and self._prefs.effects:
            self._loaded[name].play()

    def follow(self, prefs: Preferences) -> None:
        """Starts or stops what the preferences say."""
        self._prefs = prefs
        if not self.works:
            return
        if prefs.music and not self._theme:
            try:
                pygame.mixer.music.load(str(self.folder / THEME))
                pygame.mixer.music.set_volume(MUSIC_VOLUME)
                pygame.mixer.music.play(loops=-1, fade_ms=FADE_IN)
                self._theme = True
            except pygame.error:
                return
        elif self._theme:
            (pygame.mixer.music.unpause if prefs.music else pygame.mixer.music.pause)()
        if not prefs.effects:
            pygame.mixer.stop()
