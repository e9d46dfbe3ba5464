"""Where the game's data and the player's own files are.

The game's data are assets/ and scenarios/. They are looked for in the folder that the environment variable
TN_DATA names, then in game/_data (an installed game), then beside game/ (a checkout).

The player's files are saves, settings and the cache. They are where the operating system wants them, or
all in the folder that TN_HOME names (tests, classrooms, a game on a memory stick).

Every call looks at the environment anew. Nothing is created here: whoever writes a file makes its folder.
Read next: content/ for what is read from scenarios/, replay/ for what is written to saves().
"""

import os
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent
APP = "third-neighbour"


def assets() -> Path:
    """The folder of fonts, pictures, map and sounds. FileNotFoundError if there is none."""
    return _data_folder("assets")


def scenarios() -> Path:
    """The folder of the scenarios that come with the game. FileNotFoundError if there is none."""
    return _data_folder("scenarios")


def saves() -> Path:
    """The folder of the player's games; it may not exist yet."""
    return (_home() or platformdirs.user_data_path(APP, appauthor=False)) / "saves"


def settings_file() -> Path:
    """The player's settings; the file may not exist yet."""
    return (_home() or platformdirs.user_config_path(APP, appauthor=False)) / "settings.json"


def cache() -> Path:
    """The folder of what can be made again, such as compiled scenarios; it may not exist yet."""
    return (_home() or platformdirs.user_cache_path(APP, appauthor=False)) / "cache"


def cache_key_file() -> Path:
    """The key by which the game knows its own files in the cache; outside of it, and it may not exist yet."""
    return settings_file().with_name("cache.key")


def _data_folder(name: str) -> Path:
    places = [PACKAGE / "_data", PACKAGE.parent]
    chosen = os.environ.get("TN_DATA")
    if chosen:
        if not Path(chosen).is_dir():
            raise FileNotFoundError(f"TN_DATA names {chosen}, which is not a folder")
        places.insert(0, Path(chosen).resolve())
    for place in places:
        if (place / name).is_dir():
            return place / name
    looked = ", ".join(str(place) for place in places)
    raise FileNotFoundError(f"the game's folder '{name}' is missing (looked in {looked}): install it again")


def _home() -> Path | None:
    chosen = os.environ.get("TN_HOME")
    return Path(chosen).resolve() if chosen else None
