"""The window, and the first thing seen in it: the title's picture and the game's name, while all else is imported.

So this needs pygame and nothing else that takes time, not even the toolkit. The name stands where the title will
write it; screens/title.py takes its place from here. Read next: loop.py.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

import pygame

from game.ui import NoDisplay
from game.ui.preferences import Preferences

NAME = "Third Neighbour"
FACE, SIZE, LINE, INK = "Vollkorn-SemiBold.ttf", 88, 1.1, (246, 234, 206)  # as the toolkit writes a display line
NIGHT = (52, 34, 26)  # where there is no picture
BASE = (1280, 720)  # device px of a window at scale 1
CAPTION = NAME
USUAL, LARGE, LEAST = BASE, (1920, 1080), (640, 400)


def open_window(prefs: Preferences) -> pygame.Surface:
    """A window of a fitting size. Raises NoDisplay where nobody could see it."""
    asked = os.environ.get("SDL_VIDEODRIVER", "")
    if sys.platform.startswith("linux"):
        # Without a graphics card this is 30 times quicker, and only changed parts are ever shown anew.
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    try:
        pygame.display.init()
        pygame.font.init()
        pygame.key.set_repeat(350, 45)
        desktop = pygame.display.get_desktop_sizes()[0]
        flags = pygame.FULLSCREEN if prefs.full_screen else pygame.RESIZABLE
        size = desktop if prefs.full_screen else fitting(desktop)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # that the system chose another size: `Window._fit` sees it
            surface = pygame.display.set_mode(size, flags)
            if surface.get_size() != size:  # coming back from full screen under X11 takes two
                surface = pygame.display.set_mode(size, flags)
    except pygame.error as error:
        raise NoDisplay(f"No window can be opened here ({error}).") from error
    driver = pygame.display.get_driver()
    if driver in ("offscreen", "dummy") and driver != asked:
        pygame.quit()
        raise NoDisplay("There is no display here.")
    pygame.display.set_caption(CAPTION)
    return surface


def fitting(desktop: tuple[int, int]) -> tuple[int, int]:
    """The first size of the window: 1920x1080 on large desktops, else 1280x720, else what there is."""
    for size in (LARGE, USUAL):
        if desktop[0] >= size[0] * 1.2 and desktop[1] >= size[1] * 1.15:
            return size
    if desktop[0] >= USUAL[0] and desktop[1] >= USUAL[1]:
        return USUAL
    return max(LEAST[0], desktop[0]), max(LEAST[1], desktop[1] - 60)


def show(surface: pygame.Surface, assets: Path, text_scale: float) -> pygame.Surface | None:
    """Draws and shows the first frame; gives it without the name, None if there is no picture."""
    try:
        _cover(surface, pygame.image.load(str(assets / "pictures" / "title.jpg")).convert())
        picture = surface.copy()
    except (pygame.error, OSError, ValueError):
        surface.fill(NIGHT)
        picture = None
    _write_name(surface, assets / "fonts" / FACE, text_scale)
    pygame.display.flip()
    return picture


def _cover(surface: pygame.Surface, picture: pygame.Surface) -> None:
    """The picture scaled to cover the surface: what sticks out on two sides is cropped evenly."""
    size, whole = surface.get_size(), picture.get_size()
    factor = max(size[0] / whole[0], size[1] / whole[1])
    wide, high = min(whole[0], round(size[0] / factor)), min(whole[1], round(size[1] / factor))
    part = picture.subsurface(((whole[0] - wide) // 2, (whole[1] - high) // 2, wide, high))
    pygame.transform.smoothscale(part, size, surface)


def _write_name(surface: pygame.Surface, face: Path, text_scale: float) -> None:
    scale = max(1.0, min(surface.get_width() / BASE[0], surface.get_height() / BASE[1]))
    wide, high = surface.get_width() / scale, surface.get_height() / scale  # logical px
    x, y = name_place(wide, high)
    try:
        natural = pygame.font.Font(str(face), round(SIZE * scale * text_scale)).size(NAME)[0] / scale
        size = SIZE * min(1.0, name_room(wide, high, text_scale) / natural) * scale * text_scale
        factor = 3 if size <= 40 else 2 if size <= 80 else 1  # small letters are drawn large, as the toolkit does
        font = pygame.font.Font(str(face), round(size) * factor)
    except (pygame.error, OSError):
        return  # a missing font is the title's to complain of
    letters = font.render(NAME, True, INK)
    if factor > 1:
        letters = pygame.transform.smoothscale(letters, [length // factor for length in letters.get_size()])
    capital = font.metrics("H")[0]
    tall = (capital[3] if capital else font.get_ascent() * 0.7) / factor
    baseline = round((round(size * LINE) + tall) / 2)
    surface.blit(letters, (round(x * scale), round(y * scale) + baseline - font.get_ascent() // factor))


def name_place(wide: float, high: float) -> tuple[float, float]:
    """Left and top of the name in a window of that many logical px."""
    return 24.0 if wide < 900 else 50.0, min(36.0, high * 0.04)


def name_room(wide: float, high: float, text_scale: float) -> float:
    """How wide the name may be; in a short window more of the picture is left to the menu."""
    return wide * (0.55 if high / text_scale >= 560 else 0.42)
