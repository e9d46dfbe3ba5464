"""Pictures of every screen of a short game: `python -m game.ui.shots FOLDER [--size WxH] [--text 2.0]`.

For looking at, and for the documentation. It plays with fixed decisions, so that the same pictures come again, and
names on standard error what does not fit; exit code 1 if anything does not. Read next: app.py.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pygame

from game import paths
from game.ui.app import App
from game.ui.lookout import Lookout
from game.ui.preferences import Preferences

TURNS = 3  # played before the desk, the cabinet and the report are shown again
CODE = "GOBI-2011"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m game.ui.shots", description="Pictures of every screen.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", default="1280x720", help="of the window, such as 1920x1080")
    parser.add_argument("--text", type=float, default=1.0, help="size of the text, 1 to 2")
    parser.add_argument("--scenario", type=Path, help="folder of a scenario")
    given = parser.parse_args(arguments)
    width, _, height = given.size.partition("x")
    os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    given.folder.mkdir(parents=True, exist_ok=True)
    problems = 0
    with TemporaryDirectory() as home:
        os.environ["TN_HOME"] = home  # the player's own games and settings stay out of it
        app = make_app((int(width), int(height)), given.text, given.scenario)
        for number, name in enumerate(tour(app), 1):
            save(app, given.folder / f"{number:02}-{name}.png")
            for line in app.stage.overflows():
                problems += 1
                print(f"{name}: {line}", file=sys.stderr)
    return 1 if problems else 0


def make_app(size: tuple[int, int], text_scale: float, scenario: Path | None = None) -> App:
    """An App without a window. Needs the dummy video driver."""
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode((32, 32))
    scenario = scenario or paths.scenarios() / "mongolia-2011"
    options = SimpleNamespace(scenario=scenario, seed=CODE, length=None, difficulty=None, priorities=None, save=None)
    app = App(size, options, Preferences(text_scale=text_scale))
    app.kept["lookout"] = Lookout(app, beside=False)
    return app


def save(app: App, path: Path) -> None:
    surface = pygame.Surface(app.stage.painter.size)
    app.stage.relayout()
    app.stage.draw(surface)
    pygame.image.save(surface, str(path))


def tour(app: App) -> Iterator[str]:
    """Goes from screen to screen; yields the name of each once it stands."""
    app.show("title")
    yield "title"
    for dialog in ("help", "settings"):
        app.modal(dialog)
        yield dialog
        app.close()
    app.show("newgame")
    yield "newgame"
    _start(app)
    yield "desk-first"
    yield from _cards(app)
    for _ in range(TURNS):
        app.end_turn()
    yield "report"
    app.after_report()
    yield "desk-later"
    app.show("cabinet")
    yield "cabinet"
    app.why("approval")
    yield "why"
    for neighbour in ("russia", "china"):
        app.show("neighbours", neighbour=neighbour)
        yield f"neighbours-{neighbour}"
    app.show("desk")
    app.kept["all figures"] = True
    app.refresh()
    yield "desk-figures"
    app.kept["all figures"] = False
    app.ask_end_turn()
    yield "confirm"
    app.show("desk")
    for dialog in ("pause", "rewind", "load", "save_as"):
        app.modal(dialog)
        yield dialog
        app.close()
    while not app.session.ended:
        app.session.end_turn()
    app.play(app.session)
    yield "verdict"


def _start(app: App) -> None:
    from game.replay import Settings, seed_of

    document = app.scenarios[0].document
    difficulty = next((d.id for d in document.difficulties if d.default), document.difficulties[0].id)
    priorities = tuple(priority.id for priority in document.priorities[:2])
    app.begin(app.scenarios[0], Settings(seed_of(CODE), next(iter(document.lengths)), difficulty, priorities))


def _cards(app: App) -> Iterator[str]:
    """Each card of the turn; the first choice that is allowed is taken."""
    for head in app.desk.cards:
        app.modal("card", place=head.place)
        yield f"card-{head.place + 1}"
        choices = app.session.scenario.document.cards[int(app.session.state.agenda[head.place, 0])].choices
        if any(app.choose(head.place, k) for k in range(len(choices))) and app.modals:
            app.modal("card", place=head.place)
            yield f"card-{head.place + 1}-chosen"
        while app.modals:
            app.close()


if __name__ == "__main__":
    sys.exit(main())
