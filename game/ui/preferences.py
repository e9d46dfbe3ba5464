"""What a player sets once for all games: text size, full screen, sound. Read next: screens/settings.py."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

TEXT_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True)
class Preferences:
    text_scale: float = 1.0
    full_screen: bool = False
    effects: bool = True
    music: bool = True


def load(path: Path) -> Preferences:
    """What the file says; the usual for whatever it does not say, or says wrongly."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return Preferences()
    known = found if isinstance(found, dict) else {}
    usual = Preferences()
    kept = {field.name: known[field.name] for field in fields(Preferences)
            if type(known.get(field.name)) is type(getattr(usual, field.name))}
    if kept.get("text_scale") not in TEXT_SCALES:
        kept.pop("text_scale", None)
    return Preferences(**kept)


def store(prefs: Preferences, path: Path) -> str:
    """Writes the file in one step; a sentence if that cannot be done, else ""."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(prefs), indent=1) + "\n", "utf-8")
        part.replace(path)
    except OSError as error:
        return f"The settings could not be kept: {error.strerror or error}."
    return ""
