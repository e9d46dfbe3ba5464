"""Whatever is written on any screen can be read: its colour against the ground that it is really drawn on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.ui import shots
from game.ui.kit import THEME, Painter, Text
from game.ui.kit.theme import contrast_ratio

LEAST = 4.5  # WCAG 2, level AA, for text of any size
SCENARIO = Path(__file__).parents[2] / "scenarios" / "mongolia-2011"


@pytest.fixture
def faint(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Texts that were drawn with too little contrast against the mean of the ground below them."""
    found: dict[str, str] = {}
    draw = Painter._run

    def look(p: Painter, text: str, style, x: int, baseline: int, width: int) -> None:
        cap = round(p.letters.cap_height(style))
        box = pygame.Rect(x, baseline - cap, width, cap)
        halo = style.colour == THEME.colour.raised  # the pale edge under a name on the map
        if not style.mark and not halo and text.strip() and box.w and p.surface.get_clip().contains(box):
            ground = tuple(pygame.transform.average_color(p.surface, box)[:3])
            ratio = contrast_ratio(style.colour, ground)
            if ratio < LEAST:
                found[text] = f"{ratio:.2f}: {style.colour} on {ground}"
        draw(p, text, style, x, baseline, width)

    monkeypatch.setattr(Painter, "_run", look)
    yield found
    pygame.quit()


@pytest.mark.parametrize(("size", "text_scale"), [((1280, 720), 1.0), ((1024, 600), 1.0), ((1280, 720), 2.0)])
def test_every_text_on_every_screen(faint, size: tuple[int, int], text_scale: float) -> None:
    app = shots.make_app(size, text_scale, SCENARIO)
    surface = pygame.Surface(size)
    for name in shots.tour(app):
        app.stage.relayout()
        app.stage.draw(surface)
        assert not faint, (name, faint)


def test_a_faint_text_would_be_found(faint) -> None:
    app = shots.make_app((1280, 720), 1.0, SCENARIO)
    app.stage.show(Text("pale", THEME.type.body.but(colour=THEME.colour.gold)))
    app.stage.draw(pygame.Surface((1280, 720)))
    assert list(faint) == ["pale"]
