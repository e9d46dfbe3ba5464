"""Reads the files of a scenario folder as text, and nothing else: no links, no other places, no huge files.

Files are named by their path inside the folder ("cards/energy.yaml"). Read next: items.py.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from game.content.findings import Findings, Spot

MAX_FILE = 1_000_000  # bytes; sixty cards are about 200 kB
MAX_TOTAL = 8_000_000
MAX_FILES = 500
TOP_FILES = ("scenario.yaml", "goals.yaml", "actors.yaml", "calibration.yaml")
FOLDERS = ("model", "cards")
HISTORY = "history.csv"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass
class Folder:
    """Texts by path inside the folder; `shown` is what findings put before the path."""

    shown: str
    files: dict[str, str] = field(default_factory=dict)
    complete: bool = True  # False: something could not be read

    def name(self, path: str) -> str:
        return os.path.join(self.shown, *path.split("/")) if self.shown else path

    def yaml_files(self) -> list[str]:
        """Paths in the order of reading: those at the top, then model/ and cards/ in name order."""
        top = [name for name in TOP_FILES if name in self.files]
        inner = [p for folder in FOLDERS for p in sorted(self.files) if p.startswith(folder + "/")]
        return top + [p for p in inner if p.endswith(".yaml")]


def read_folder(path: Path, findings: Findings) -> Folder | None:
    """All texts of a scenario; None (with a finding) if there is no scenario."""
    folder = Folder(str(path))
    if not os.path.isfile(path / "scenario.yaml"):  # unlike Path.is_file, never raises
        message = "there is no scenario.yaml in this folder" if os.path.isdir(path) else "there is no such folder"
        findings.add(Spot(str(path)), "no-scenario", message,
                     "a scenario is a folder with scenario.yaml, goals.yaml, actors.yaml, model/ and cards/")
        return None
    total, names = 0, _listing(path, folder, findings)
    if len(names) > MAX_FILES:
        findings.add(Spot(str(path)), "file-too-large", f"there are {len(names)} files; {MAX_FILES} are allowed")
        folder.complete = False
    for name in names[:MAX_FILES]:
        data = _bytes(path / name, folder.name(name), findings)
        total += len(data or b"")
        if total > MAX_TOTAL:
            findings.add(Spot(folder.name(name)), "file-too-large",
                         f"the files of the scenario are together over {MAX_TOTAL // 1_000_000} MB")
            folder.complete = False
            break
        text = None if data is None else decode(data, folder.name(name), findings)
        if text is None:
            folder.complete = False
        else:
            folder.files[name] = text
    return folder


def read_text(path: Path, findings: Findings) -> str | None:
    """The text of one file that is no part of the scenario proper; None with a finding if it cannot be read."""
    data = _bytes(path, str(path), findings)
    return None if data is None else decode(data, str(path), findings)


def _listing(path: Path, folder: Folder, findings: Findings) -> list[str]:
    """Paths of the files to read; says what is not read though it looks as if it should be."""
    names = [name for name in (*TOP_FILES, HISTORY) if os.path.lexists(path / name)]
    for entry in _entries(path, folder, "", findings):
        if entry.name.endswith((".yaml", ".yml")) and entry.name not in TOP_FILES:
            _ignored(folder.name(entry.name), findings)
    for sub in FOLDERS:
        place = path / sub
        if place.is_symlink():
            _link(folder.name(sub), findings)
            folder.complete = False
        elif place.is_dir():
            for entry in _entries(place, folder, sub, findings):
                name = f"{sub}/{entry.name}"
                if entry.name.endswith(".yaml"):
                    names.append(name)
                elif entry.name.endswith(".yml") or entry.is_dir(follow_symlinks=False):
                    _ignored(folder.name(name), findings)
    return names


def _entries(place: Path, folder: Folder, sub: str, findings: Findings) -> list[os.DirEntry]:
    try:
        with os.scandir(place) as found:
            return sorted((e for e in found if not e.name.startswith(".")), key=lambda e: e.name)
    except OSError as error:
        findings.add(Spot(folder.name(sub)), "file-unreadable", f"the folder cannot be read: {error.strerror}")
        folder.complete = False
        return []


def _ignored(name: str, findings: Findings) -> None:
    findings.add(Spot(name), "file-ignored", "this is not read",
                 f"only {', '.join(TOP_FILES)} and the .yaml files in model/ and cards/ are")


def _link(name: str, findings: Findings) -> None:
    findings.add(Spot(name), "file-link", "this is a link", "put a copy of the file here")


def _bytes(path: Path, name: str, findings: Findings) -> bytes | None:
    """The file's bytes; None (with a finding) if it is a link, not a plain file, too large or unreadable."""
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode):
            _link(name, findings)
            return None
        if not stat.S_ISREG(about.st_mode):
            findings.add(Spot(name), "file-unreadable", "this is not a plain file")
            return None
        if about.st_size > MAX_FILE:
            findings.add(Spot(name), "file-too-large", f"the file has {about.st_size} bytes; {MAX_FILE} are allowed",
                         "divide it into several files")
            return None
        with path.open("rb") as file:
            return file.read(MAX_FILE)
    except OSError as error:
        findings.add(Spot(name), "file-unreadable", f"the file cannot be read: {error.strerror}")
        return None


def decode(data: bytes, name: str, findings: Findings) -> str | None:
    """UTF-8 text; None with a finding if it is something else."""
    hint = "save the file as UTF-8 in your editor"
    if data.startswith(UTF16) or data[:200].count(0) > len(data[:200]) // 4 > 0:
        findings.add(Spot(name), "encoding", "the file is UTF-16 text", hint)
        return None
    if data.startswith(BYTE_ORDER_MARK):
        findings.add(Spot(name), "byte-order-mark", "the file begins with a byte-order mark", hint + ", without BOM")
        data = data[len(BYTE_ORDER_MARK):]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[:error.start]
        column = error.start - before.rfind(b"\n")
        findings.add(Spot(name, before.count(b"\n") + 1, column), "encoding", "the file is not UTF-8 text", hint)
        return None
