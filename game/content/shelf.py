"""Where the files of a scenario come from: a folder on disk, or the texts inside a saved game.

Read next: folder.py, which reads them; stages.py and cache.py, which ask for them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from game import paths
from game.content.findings import Findings, Spot
from game.content.folder import MAX_FILE, MAX_FILES, MAX_TOTAL, Folder, read_folder

BASE = "base"  # where the texts of the extended scenario are in Scenario.source


@dataclass(frozen=True)
class Shelf:
    """Gives the files of the scenario itself (id "") and of the one that it extends."""

    open: Callable[[str, Findings], Folder | None]
    names: Callable[[], list[str]]  # of scenarios that could be extended

    @staticmethod
    def on_disk(path: Path) -> Shelf:
        home = path.parent if path.name == "scenario.yaml" else path
        places = (home.absolute().parent, *_shipped())

        def open_folder(name: str, findings: Findings) -> Folder | None:
            if not name:
                return read_folder(home, findings)
            for place in places:
                if os.path.isfile(place / name / "scenario.yaml"):  # unlike Path.is_file, never raises
                    return read_folder(place / name, findings)
            return None

        def names() -> list[str]:
            return [f.parent.name for place in places for f in place.glob("*/scenario.yaml")]
        return Shelf(open_folder, names)

    @staticmethod
    def in_memory(files: dict[str, str]) -> Shelf:
        def open_folder(name: str, findings: Findings) -> Folder | None:
            start = f"{BASE}/{name}/" if name else ""
            found = {key.removeprefix(start): text for key, text in files.items()
                     if key.startswith(start) and (name or not key.startswith(BASE + "/"))}
            if "scenario.yaml" not in found:
                if not name:
                    findings.add(Spot("scenario.yaml"), "no-scenario", "there is no scenario.yaml")
                return None
            if not all(isinstance(text, str) for text in found.values()):
                findings.add(Spot(start + "scenario.yaml"), "file-unreadable", "an embedded file is not a text")
                return None
            sizes = [len(text) for text in found.values()]
            if max(sizes) > MAX_FILE or sum(sizes) > MAX_TOTAL or len(sizes) > MAX_FILES:
                findings.add(Spot(start + "scenario.yaml"), "file-too-large", "the embedded files are too large")
                return None
            return Folder(start.rstrip("/"), found)
        return Shelf(open_folder, lambda: [key.split("/")[1] for key in files if key.startswith(BASE + "/")])


def _shipped() -> list[Path]:
    try:
        return [paths.scenarios()]
    except FileNotFoundError:
        return []
