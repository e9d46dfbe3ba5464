"""The first frame: nothing dear is imported for it, and the title takes its place without a jump."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pygame
import pytest

from game import paths
from game.ui import library, opening
from game.ui.app import App
from game.ui.kit import vector
from game.ui.loop import Window
from game.ui.preferences import Preferences

ROOT = Path(__file__).parents[2]
SIZES = [((1280, 720), 1.0), ((1920, 1080), 1.0), ((3840, 2160), 1.0), ((1920, 1200), 1.0)]
SMALL = [((1024, 708), 1.0), ((640, 400), 1.0), ((1280, 720), 2.0), ((1280, 720), 1.5), ((720, 1280), 1.0)]


def pixels(surface: pygame.Surface, area: pygame.Rect | tuple[int, int, int, int] | None = None) -> bytes:
    return pygame.image.tobytes(surface.subsurface(area) if area else surface, "RGB")


def difference(a: pygame.Surface, b: pygame.Surface) -> float:
    """The mean difference of a colour value, 0 to 255."""
    one, other = pixels(a), pixels(b)
    return sum(abs(x - y) for x, y in zip(one, other, strict=True)) / len(one)


def first_frame(size: tuple[int, int], text_scale: float, assets: Path | None = None):
    """The first frame, and the picture that is handed to the title."""
    surface = pygame.display.set_mode(size)
    picture = opening.show(surface, assets or paths.assets(), text_scale)
    return surface.copy(), picture


def title(size: tuple[int, int], text_scale: float, picture: pygame.Surface) -> pygame.Surface:
    app = App(size, None, Preferences(text_scale=text_scale))
    app.stage.painter.stand_ins["title"] = picture
    app.show("title")
    surface = pygame.Surface(size)
    app.stage.draw(surface)
    return surface


def name_box(surface: pygame.Surface, picture: pygame.Surface, within: pygame.Rect | None = None) -> pygame.Rect:
    """Around what has the name's colour and is not in the picture, in the upper left corner or `within`."""
    letters = pygame.mask.from_threshold(surface, opening.INK, (40, 40, 40, 255))
    letters.erase(pygame.mask.from_threshold(picture, opening.INK, (40, 40, 40, 255)), (0, 0))
    area = within or pygame.Rect(0, 0, surface.get_width(), surface.get_height() // 5)
    part = pygame.Mask(area.size)
    part.draw(letters, (-area.x, -area.y))
    found = part.get_bounding_rects()
    return found[0].unionall(found[1:]).move(area.topleft)


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
def test_the_title_follows_without_a_jump(screen, size, text_scale) -> None:
    first, picture = first_frame(size, text_scale)
    then = title(size, text_scale, picture)
    right = (size[0] * 3 // 4, 0, size[0] // 4, size[1] * 8 // 10)  # clear of heading, menu and the bar below
    assert pixels(first, right) == pixels(then, right)
    box = name_box(first, picture)
    assert box.w > size[0] * 0.3
    assert max(abs(a - b) for a, b in zip(pixels(first, box), pixels(then, box), strict=True)) <= 1  # of rounding


@pytest.mark.parametrize(("size", "text_scale"), SMALL)
def test_small_letters_may_move_by_a_hair(screen, size, text_scale) -> None:
    first, picture = first_frame(size, text_scale)
    here = name_box(first, picture)
    there = name_box(title(size, text_scale, picture), picture, here.inflate(8, 8))
    assert here.w > 100
    assert all(abs(a - b) <= 3 for a, b in zip(here, there, strict=True)), (here, there)


def test_the_picture_of_the_first_frame_is_the_titles(screen) -> None:
    """Who changes title.svg runs assets/pictures/make_title.py."""
    folder = paths.assets() / "pictures"
    quick = pygame.image.load(folder / "title.jpg").convert()
    drawn = pygame.Surface(quick.get_size())
    drawn.blit(vector.cover(str(folder / "title.svg"), quick.get_size(), 0, (True,) * 4), (0, 0))
    assert quick.get_size() == opening.USUAL
    assert difference(quick, drawn) < 4
    assert difference(pygame.transform.flip(quick, True, False), drawn) > 20  # so that the measure does see pictures


@pytest.mark.parametrize("damage", ["no picture", "a broken picture", "no font", "nothing at all"])
def test_without_its_files_there_is_still_a_first_frame(screen, tmp_path, damage) -> None:
    assets = Path(shutil.copytree(paths.assets(), tmp_path / "assets"))
    if damage == "a broken picture":
        (assets / "pictures" / "title.jpg").write_bytes(b"\xff\xd8\xff\xe0nonsense")
    if damage in ("no picture", "nothing at all"):
        (assets / "pictures" / "title.jpg").unlink()
    if damage in ("no font", "nothing at all"):
        (assets / "fonts" / opening.FACE).unlink()
    first, picture = first_frame((1280, 720), 1.0, assets)
    assert (picture is None) == (damage != "no font")
    assert first.get_at((1279, 719))[:3] == (opening.NIGHT if picture is None else picture.get_at((1279, 719))[:3])


def test_nothing_dear_is_imported_before_the_first_frame() -> None:
    code = ("import os, sys; from game.cli import main; from game.ui import loop;"
            "dear = ('game.ui.kit', 'game.ui.app', 'numpy', 'game.content', 'game.replay',"
            "'argparse');"
            "loop.show = lambda *_: os._exit(7 if any(name in sys.modules for name in dear) else 6);"
            "main([])")
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"SDL_VIDEODRIVER": "dummy"})
    assert ran.returncode == 6


def test_keys_go_before_preparation(screen) -> None:
    """While someone presses keys or something is drawn, nothing is imported or read."""
    window = Window()
    assert window.app.stage.painter.stand_ins and not window.app.prepared
    for _ in range(20):
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, unicode="", mod=0, scancode=0))
        pygame.event.post(pygame.event.Event(pygame.KEYUP, key=pygame.K_TAB, mod=0, scancode=0))
        window.step()
    assert window.app.stage.focus_visible and window.app.stage.painter.stand_ins
    until = time.monotonic() + 60.0  # without a cache each scenario takes a second or two to read
    while not window.app.prepared and time.monotonic() < until:
        window.step()
    assert window.app.prepared and not window.app.stage.painter.stand_ins


def test_the_picture_becomes_sharp(screen) -> None:
    window = Window()
    while not window.app.prepared:
        window.step()
    window.step()
    size = window.surface.get_size()
    sharp = pygame.Surface(size)
    sharp.blit(vector.cover(str(paths.assets() / "pictures" / "title.svg"), size, 0, (True,) * 4), (0, 0))
    right = (size[0] * 3 // 4, 0, size[0] // 4, size[1] * 8 // 10)
    assert pixels(window.surface, right) == pixels(sharp, right)


def test_the_scenario_that_was_asked_for_is_read_once(monkeypatch) -> None:
    read, load = [], library.load
    monkeypatch.setattr(library, "load", lambda folder: read.append(Path(folder).name) or load(folder))
    found, problem = library.playable(ROOT / "scenarios" / "mongolia-2011")
    assert problem == "" and found[0].document.id == "mongolia-2011"
    assert len(read) == len(set(read))


def test_the_title_takes_keys_while_a_scenario_is_read(screen, monkeypatch) -> None:
    """Even one that takes long; what was read is there afterwards."""
    going, load = threading.Event(), library.load
    monkeypatch.setattr(library, "load", lambda folder: going.wait(60) and load(folder))
    window = Window()
    for _ in range(40):
        window.step()
    assert not window.app.prepared and "scenarios" not in window.app.kept
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_s, unicode="s", mod=0, scancode=0))
    window.step()
    assert [name for name, _ in window.app.modals] == ["settings"]
    going.set()
    while not window.app.prepared:
        window.step()
    assert window.app.scenarios[0].document.id == "mongolia-2011"


def test_what_goes_wrong_in_reading_is_not_swallowed(screen, monkeypatch) -> None:
    def broken(folder):
        raise RuntimeError("broken")
    monkeypatch.setattr(library, "load", broken)
    window = Window()
    with pytest.raises(RuntimeError, match="broken"):
        for _ in range(100):
            window.step()


TO_THE_DESK = """
import sys
from game.cli import main
from game.ui import loop
step = loop.Window.step
def stepped(window):
    app, going = window.app, step(window)
    if app.prepared and app.session is None:
        from game.replay import Settings, list_saves
        from game import paths
        saves, document = list_saves(paths.saves()), app.scenarios[0].document
        app.open_save(saves[0].path) if saves else app.begin(app.scenarios[0], Settings(
            1, list(document.lengths)[0], document.difficulties[0].id, tuple(p.id for p in document.priorities[:2])))
        app.modal("card", place=0)
    elif app.prepared:
        print(app.screen[0], *[name for name in DEAR if name in sys.modules])
        return False
    return going
loop.Window.step, DEAR = stepped, ("yaml", "pydantic")
main(["play"])
"""


def test_neither_yaml_nor_pydantic_is_needed_from_start_to_play(tmp_path) -> None:
    """Once the scenario is in the cache: for going on with a game, and for a new one."""
    environment = os.environ | {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "TN_HOME": str(tmp_path)}

    def run() -> str:
        ran = subprocess.run([sys.executable, "-c", TO_THE_DESK], cwd=ROOT, env=environment, text=True, check=True,
                             capture_output=True, timeout=100)
        return ran.stdout.splitlines()[-1]
    assert run() == "desk yaml pydantic"
    assert len(list((tmp_path / "saves").iterdir())) == 1
    assert run() == "desk"
    shutil.rmtree(tmp_path / "saves")
    assert run() == "desk"
