"""Reading and writing whole files so that a kill at any moment leaves the old or the new one."""

from __future__ import annotations

import os
from pathlib import Path

from game.replay.errors import LogError

SIZE_LIMIT = 32_000_000  # bytes; a long game with a large scenario has about one million


def write_whole(path: Path, data: bytes) -> None:
    """Replace the file in one step. Raises LogError "no-write"; the old file then still stands."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(part, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise LogError("no-write", f"The game could not be saved to {path} ({error.strerror or error}).",
                       "Free some space or choose another place; what was saved before is still there.") from error


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can (Windows cannot open folders)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network file systems refuse it; the file itself is safe by now
    finally:
        os.close(handle)


def read_whole(path: Path) -> bytes:
    """The file's bytes. Raises LogError "no-file" or "too-big"."""
    try:
        with open(path, "rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise LogError("no-file", f"The file cannot be read ({error.strerror or error}).",
                       "Is the name right, and may you read it?") from error
    if len(data) > SIZE_LIMIT:
        raise LogError("too-big", f"The file is larger than any saved game (over {SIZE_LIMIT // 1_000_000} MB).",
                       "Choose a saved game.")
    return data
