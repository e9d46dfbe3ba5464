"""Text size, full screen, sound. Changes hold at once and are kept."""

from __future__ import annotations

from game.ui.app import App
from game.ui.kit import Column, Modal, Slider, Text, Toggle
from game.ui.preferences import TEXT_SCALES
from game.ui.screens.common import T, dialog


def build(app: App) -> Modal:
    prefs = app.prefs
    silent = "" if app.sound.works else "No sound device was found."
    at = TEXT_SCALES.index(prefs.text_scale)
    child = Column([
        Text("Settings", T.title),
        Slider("Size of the text", [f"{scale:.0%}" for scale in TEXT_SCALES], at,
               lambda k: app.prefer(text_scale=TEXT_SCALES[k])),
        Toggle("Full screen", prefs.full_screen, lambda on: app.prefer(full_screen=on), "F11 does the same"),
        Toggle("Sounds", prefs.effects, lambda on: app.prefer(effects=on), "A click, a page, a bell", reason=silent),
        Toggle("Music", prefs.music, lambda on: app.prefer(music=on), "A slow tune on a bowed string", reason=silent),
    ], gap=10)
    return dialog(app, child, "Settings", width=460)
