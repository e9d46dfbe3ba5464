"""Compiled scenarios, kept in the player's cache folder: reading one back takes a tenth of compiling it.

The cache is never needed and never trusted. A file is named by the digest of the texts of the scenario's folder; it
holds a seal, and below it as JSON the program that made it, the id of the scenario that is extended, the digest of
all texts, and the scenario as packing.py writes it. The seal is a keyed hash of everything below it; its key lies with
the player's settings, so that whoever can only write into the cache cannot make other rules from it. Whatever differs,
is damaged or cannot be read or written means that the scenario is compiled as if there were no cache.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from game import __version__, paths
from game.content import packing
from game.content.compiled import Scenario
from game.content.findings import Findings
from game.content.shelf import BASE, Shelf

KEPT = 12  # files; a player has a few scenarios, and games that were begun with earlier ones
MAX_FILE = 32_000_000  # bytes; Mongolia's file has about 600 000
SEAL = 64  # bytes of a seal, in hexadecimal twice as many
KEY = 32  # bytes
CODE = ("content", "engine")  # whose sources say which program compiled it
BROKEN = (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError)


def recall(shelf: Shelf) -> Scenario | None:
    """The scenario on the shelf if it was compiled before by this very program, from these very texts."""
    files = _texts(shelf, "")
    if files is None:
        return None
    try:
        made_by, extends, digest, packed = _opened(_file(files), _key())
        if made_by != program():
            return None
        if extends is not None:
            below = _texts(shelf, extends)
            files |= {f"{BASE}/{extends}/{name}": text for name, text in (below or {}).items()}
        if digest != _digest(files):
            return None
        return replace(packing.unpack(packed), source=files)
    except BROKEN:
        return None


def keep(scenario: Scenario) -> None:
    """Keeps a scenario that is free of errors, if that can be."""
    own = {name: text for name, text in scenario.source.items() if not name.startswith(BASE + "/")}
    try:
        packed = packing.pack(replace(scenario, source={}))  # the texts are read anyway, to see whether they differ
        body = json.dumps([program(), scenario.document.extends, _digest(scenario.source), packed],
                          separators=(",", ":"), allow_nan=False).encode("ascii")
        if len(body) + 2 * SEAL < MAX_FILE:
            _write(_file(own), _seal(body, _key() or _new_key()).encode("ascii") + b"\n" + body)
            _forget()
    except BROKEN:
        pass  # a full disk, a folder that is read-only: then it is compiled again next time


def program() -> str:
    """Which program compiles: its version, Python's, and a digest of the sources that decide the result."""
    sources = sorted(path for folder in CODE for path in (paths.PACKAGE / folder).glob("*.py"))
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{__version__} {sys.version_info.major}.{sys.version_info.minor} {digest.hexdigest()}"


def _texts(shelf: Shelf, name: str) -> dict[str, str] | None:
    """The texts of a scenario; None if anything stands in the way, which the stages then say."""
    folder = shelf.open(name, Findings())
    return dict(folder.files) if folder is not None and folder.complete else None


def _digest(files: dict[str, str]) -> str:
    """SHA-256 of paths and texts, each with its length before it."""
    digest = hashlib.sha256()
    for part in (part for name in sorted(files) for part in (name, files[name])):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data) + data)
    return digest.hexdigest()


# --- files

def _folder() -> Path:
    return paths.cache() / "scenarios"


def _file(files: dict[str, str]) -> Path:
    return _folder() / f"{_digest(files)}.json"


def _opened(path: Path, key: bytes) -> list:
    """What a sealed file holds. Raises ValueError if the seal is not ours, OSError if there is no such file."""
    if not path.is_file() or path.stat().st_size > MAX_FILE:
        raise ValueError("there is no such file, or none of ours")
    seal, _, body = path.read_bytes().partition(b"\n")
    if len(key) != KEY or not secrets.compare_digest(seal, _seal(body, key).encode("ascii")):
        raise ValueError("this was not written by us")
    return json.loads(body)


def _seal(body: bytes, key: bytes) -> str:
    return hashlib.blake2b(body, key=key, digest_size=SEAL).hexdigest()


def _key() -> bytes:
    """The key of the seals; b"" if there is none."""
    try:
        key = paths.cache_key_file().read_bytes()
    except OSError:
        return b""
    return key if len(key) == KEY else b""


def _new_key() -> bytes:
    """Makes the key; if another process does so at the same time, the later one's holds. Raises OSError."""
    key = secrets.token_bytes(KEY)
    _write(paths.cache_key_file(), key)
    return _key() or key


def _write(path: Path, data: bytes) -> None:
    """Writes a file in one step, readable for its owner alone; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(suffix=".part", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(part, path)
    except OSError:
        os.unlink(part)
        raise


def _forget() -> None:
    """Removes the oldest files, those that a kill left unfinished among them."""
    by_age = sorted(_folder().iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in by_age[KEPT:]:
        path.unlink(missing_ok=True)
