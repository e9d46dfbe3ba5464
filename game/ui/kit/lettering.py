"""Fonts, widths and rendered words, kept by face and pixel size. Read next: `text.py`, which lays them out.

Letters are drawn two or three times too large and shrunk once: at reading sizes that gives the even spacing
that whole-pixel hinting loses, and it stays sharp, for the result is made at its real size.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame

from .cache import Cache
from .theme import FACES, Colour, TextStyle, face_of

RAISED = 0.68  # size of a reference mark against its text
WORD_SPACE = 0.055  # em added to the space of the sans, which is narrow for reading on a screen


class Lettering:
    """All lengths are device px. `find(name)` gives a font file's path, or None for the built-in font."""

    def __init__(self, find: Callable[[str], Path | None]) -> None:
        self._find = find
        self._em = 1.0
        self._fonts, self._widths, self._glyphs = Cache(120), Cache(20_000), Cache(6_000)

    def resize(self, em: float) -> None:
        """`em`: device px of a style of size 1."""
        self._em = em
        for cache in (self._fonts, self._widths, self._glyphs):
            cache.clear()

    def line_height(self, style: TextStyle) -> float:
        return round(style.size * style.line * self._em)

    def cap_height(self, style: TextStyle) -> float:
        face, px = self._cut(style)
        font, factor = self._font(face, px)

        def make() -> float:
            metrics = font.metrics("H")[0]
            return (metrics[3] if metrics else font.get_ascent() * 0.7) / factor

        return self._widths.get((face, px), make)  # type: ignore[return-value]

    def measure(self, text: str, style: TextStyle) -> float:
        face, px = self._cut(style)
        return self._widths.get((text, face, px), lambda: self._advance(text, face, px))  # type: ignore

    def glyphs(self, text: str, style: TextStyle) -> tuple[pygame.Surface, int]:
        """Premultiplied letters and how far the baseline lies below their top."""
        face, px = self._cut(style)
        key = (text, face, px, style.colour)
        return self._glyphs.get(key, lambda: self._render(text, face, px, style.colour))  # type: ignore

    def _cut(self, style: TextStyle) -> tuple[str, int]:
        """Face and device px: what tells one loaded font from another."""
        return face_of(style), max(1, round(style.size * self._em * (RAISED if style.raised else 1)))

    def _font(self, face: str, px: int) -> tuple[pygame.font.Font, int]:
        """The font and by how much it is too large."""
        factor = 3 if px <= 40 else 2 if px <= 80 else 1

        def make() -> pygame.font.Font:
            path = self._find(FACES[face])
            return pygame.font.Font(str(path) if path else None, px * factor)

        return self._fonts.get((face, px), make), factor  # type: ignore[return-value]

    def _space(self, face: str, px: int) -> float:
        font, factor = self._font(face, px)
        return font.size(" ")[0] + (0 if face == "serif" else WORD_SPACE * px * factor)

    def _advance(self, text: str, face: str, px: int) -> float:
        font, factor = self._font(face, px)
        words = text.split(" ")
        return (sum(font.size(w)[0] for w in words) + (len(words) - 1) * self._space(face, px)) / factor

    def _render(self, text: str, face: str, px: int, colour: Colour) -> tuple[pygame.Surface, int]:
        font, factor = self._font(face, px)
        words = text.split(" ")
        drawn = [font.render(word, True, colour) if word else None for word in words]
        tall = max((word.get_height() for word in drawn if word), default=1)
        lead = -font.get_ascent() % factor  # puts the baseline on a whole pixel
        wide = round(self._advance(text, face, px) * factor) + 2 * factor
        size = (-(-wide // factor), -(-(tall + lead) // factor))
        big = pygame.Surface((size[0] * factor, size[1] * factor), pygame.SRCALPHA)
        x = 0.0
        for word, image in zip(words, drawn, strict=True):
            if image:
                big.blit(image.premul_alpha(), (round(x), lead), special_flags=pygame.BLEND_PREMULTIPLIED)
            x += font.size(word)[0] + self._space(face, px)
        small = pygame.transform.smoothscale(big, size) if factor > 1 else big
        return small, (font.get_ascent() + lead) // factor
