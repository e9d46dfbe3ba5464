"""`play`: the window, or the text edition where that was asked for or there is no display.

Importing this and asking for the window must stay quick: content and replay, which bring numpy, are imported only
where they are needed before the title can be seen.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from game import paths
from game.cli.options import FIRST_SCENARIO, PlayOptions
from game.cli.wrong import UserError, unknown

if TYPE_CHECKING:
    from argparse import Namespace


def play(arguments: Namespace) -> int:
    return _play(_options(arguments))


def play_first() -> int:
    """What `play` without options does: the scenario to begin with."""
    return _play(PlayOptions(_folder(FIRST_SCENARIO)))


def _play(options: PlayOptions) -> int:
    try:
        return _text(options) if options.text else _window(options)
    except ImportError as error:
        raise UserError(f"The game cannot start, because a part of it is missing ({error}). Install it again"
                        + ("." if options.text else ", or play in text with --text.")) from error
    except Exception as error:
        from game.replay import LogError

        if isinstance(error, LogError):
            raise UserError(str(error)) from error
        raise


def _text(options: PlayOptions) -> int:
    from game import text
    return text.run(options)


def _window(options: PlayOptions) -> int:
    """The window, or the text edition where no window can be seen."""
    from game import ui
    try:
        if not has_display():
            raise ui.NoDisplay("There is no display here")
        return ui.run(options)
    except ui.NoDisplay as reason:
        print(f"{str(reason).rstrip('.')}, so the game is played in text.", file=sys.stderr)
        return _text(options)


def has_display() -> bool:
    """Whether a window can be seen: on Linux and its like a display server is named, elsewhere it is taken as given."""
    if sys.platform in ("win32", "darwin", "cygwin") or os.environ.get("SDL_VIDEODRIVER"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _options(arguments: Namespace) -> PlayOptions:
    """Checked options; the scenario is read only if an option names something in it."""
    name = arguments.scenario or FIRST_SCENARIO
    folder = _folder(name)
    priorities = _pair(arguments.priorities)
    if arguments.length or arguments.difficulty or priorities:
        from game.cli.finding import load_scenario

        document = load_scenario(name).document
        _known("length", [arguments.length], document.lengths)
        _known("difficulty", [arguments.difficulty], [d.id for d in document.difficulties])
        _known("priority", priorities or (), [p.id for p in document.priorities])
    return PlayOptions(folder, arguments.seed, arguments.length, arguments.difficulty, priorities,
                       arguments.text, arguments.save, arguments.scenario is not None)


def _folder(name: str) -> Path:
    """The folder of a scenario; one that comes with the game is found without asking the content layer."""
    own = paths.saves().parent / "scenarios" / name
    try:
        shipped = paths.scenarios() / name
    except FileNotFoundError as error:
        raise UserError(f"{error}.") from error
    if shipped.parent == paths.scenarios() and (shipped / "scenario.yaml").is_file() and not own.exists():
        return shipped
    from game.cli.finding import scenario_folder

    return scenario_folder(name)


def _pair(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    names = tuple(name.strip() for name in text.split(","))
    if len(names) != 2 or names[0] == names[1] or not all(names):
        raise UserError("Two different priorities are needed, e.g. --priorities energy_security,open_trade.")
    return names


def _known(what: str, names, known) -> None:
    for name in names:
        if name and name not in known:
            raise unknown(what, name, known)
