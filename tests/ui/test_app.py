"""Screens, dialogs and decisions as the App runs them; the window, preferences and sounds."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pygame
import pytest

from game import paths
from game.ui import NoDisplay, loop, opening, preferences
from game.ui.app import FIRST, MODALS, SCREENS, builder
from game.ui.preferences import Preferences
from game.ui.screens import card as card_screen
from game.ui.sound import Sound


def test_every_screen_has_a_builder() -> None:
    for name in (*SCREENS, *MODALS):
        assert callable(builder(name))
    with pytest.raises(LookupError):
        builder("nowhere")


def test_the_title_needs_no_numpy() -> None:
    """The first frame must not wait for the engine."""
    import subprocess
    import sys

    code = ("import os, sys; from game.cli import main; from game.ui.loop import Window; draw = Window.draw;"
            "slow = ('numpy', 'yaml', 'pydantic', 'game.engine', 'game.content', 'game.replay');"
            "Window.draw = lambda self: (draw(self), os._exit(7 if any(name in sys.modules for name in slow) else 6));"
            "main(['play'])")
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, env=os.environ | {"SDL_VIDEODRIVER": "dummy"})
    assert ran.returncode == 6


def test_a_window_that_nobody_can_see_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SDL_VIDEODRIVER")
    monkeypatch.setattr(pygame.display, "get_driver", lambda: "offscreen")
    monkeypatch.setattr(pygame.display, "init", lambda: None)
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [(1280, 720)])
    monkeypatch.setattr(pygame.display, "set_mode", lambda *_: pygame.Surface((8, 8)))
    monkeypatch.setattr(pygame.key, "set_repeat", lambda *_: None)
    with pytest.raises(NoDisplay, match="no display"):
        opening.open_window(Preferences())


def test_upstream_pygame_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.delattr(pygame, "IS_CE")
    assert loop.play(None) == 2
    assert "pip install pygame-ce" in capsys.readouterr().err


@pytest.mark.parametrize(("desktop", "size"), [
    ((3840, 2160), (1920, 1080)), ((2560, 1440), (1920, 1080)), ((1920, 1080), (1280, 720)),
    ((1366, 768), (1280, 720)), ((1024, 600), (1024, 540))])
def test_the_first_size_fits_the_desktop(desktop: tuple[int, int], size: tuple[int, int]) -> None:
    assert opening.fitting(desktop) == size


def test_dialogs_stack_and_a_second_of_one_name_replaces_the_first(make_app) -> None:
    app = make_app(turns=1)
    app.modal("card", place=app.desk.cards[0].place)
    app.why("approval")
    app.why("treasury")
    assert [name for name, _ in app.modals] == ["card", "why"]
    assert app.modals[-1][1] == {"id": "treasury"}
    app.close()
    assert app.stage.top.label() == app.desk.cards[0].title
    app.show("cabinet")
    assert app.modals == [] and len(app.stage.layers) == 1


def test_a_refused_decision_is_said_and_changes_nothing(make_app) -> None:
    app = make_app(turns=0)
    assert not app.choose(0, 99)
    assert app.stage.notes.message
    assert not app.desk.cards[0].decided


def test_undo_takes_back_one_decision(make_app) -> None:
    app = make_app(turns=0)
    place = app.desk.cards[0].place
    assert any(app.choose(place, k) for k in range(5))
    assert app.desk.cards[0].decided
    app.undo()
    assert not app.desk.cards[0].decided
    app.undo()
    assert "Nothing is decided" in app.stage.notes.message


def test_ending_a_turn_asks_only_while_cards_are_open(make_app) -> None:
    app = make_app(turns=0)
    app.ask_end_turn()
    assert app.modals[-1][0] == "confirm"
    app.stage.find("button", "End turn").activate()
    assert app.screen[0] == "report" and app.session.state.turn == 1
    app.after_report()
    for card in app.desk.cards:
        assert any(app.choose(card.place, k) for k in range(5))
    app.ask_end_turn()
    assert app.screen[0] == "report" and app.session.state.turn == 2


def test_a_rewind_goes_back_and_is_counted(make_app) -> None:
    app = make_app(turns=3)
    app.rewind(1)
    assert app.session.state.turn == 1 and app.session.rewinds == 1
    assert app.screen[0] == "desk" and app.desk.date in app.stage.notes.message


def test_a_broken_save_is_named_and_the_game_goes_on(make_app, tmp_path: Path) -> None:
    app = make_app(turns=0)
    bad = tmp_path / "bad.tnlog"
    bad.write_text("nonsense", "utf-8")
    assert not app.open_save(bad)
    assert app.stage.notes.message and app.screen[0] == "desk"


def test_a_full_disk_does_not_end_the_program(make_app, monkeypatch: pytest.MonkeyPatch) -> None:
    from game.replay import LogError, Session

    app = make_app(turns=0)

    def full(*_: object) -> None:
        raise LogError("no-write", "The disk is full.", "Make room.")

    monkeypatch.setattr(Session, "_write", full)
    app.choose(0, 0)
    assert "disk is full" in app.stage.notes.message
    app.end_turn()
    assert "disk is full" in app.stage.notes.message


def test_a_held_key_does_not_end_turn_after_turn(player) -> None:
    person = player()
    person.press("n")
    for priority in person.app.scenarios[0].document.priorities[:2]:
        person.click("option", priority.label)
    person.click("button", "Start the game")
    for _ in range(8):  # the system repeats the event, and no KEYUP comes
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_e, unicode="e", mod=0, scancode=0))
        person.window.step()
    for _ in range(8):
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_RETURN, unicode="", mod=0, scancode=0))
        person.window.step()
    assert person.app.session.state.turn == 1 and person.screen == "report"


def test_f11_changes_to_full_screen_and_back(player) -> None:
    person = player()
    person.press("f11")
    assert person.app.prefs.full_screen and preferences.load(paths.settings_file()).full_screen
    assert person.stage.painter.size == pygame.display.get_surface().get_size()
    person.press("f11")
    assert not person.app.prefs.full_screen


def test_a_new_size_of_the_window_is_followed(player) -> None:
    person = player()
    pygame.display.set_mode((1024, 600), pygame.RESIZABLE)
    person.window.step()
    assert person.stage.painter.size == (1024, 600) and person.stage.overflows() == []


def test_a_scenario_that_cannot_be_played_is_named(player, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "scenario.yaml").write_text("format: 1\nid: broken\n", "utf-8")
    person = player(scenario=broken)
    assert "broken cannot be played" in person.stage.notes.message
    person.press("n")
    assert person.screen == "newgame" and person.app.scenarios


def test_a_save_named_on_the_command_line_goes_on_and_is_never_written_over(player, make_app, tmp_path: Path) -> None:
    app = make_app(turns=1)
    path = tmp_path / "mine.tnlog"
    app.session.save_as(path)
    person = player(save=path)
    assert person.screen == "desk" and person.app.session.path == path and person.app.session.state.turn == 1
    kept = path.read_bytes()
    person.app.begin(app.session.scenario, app.session.settings)
    assert path.read_bytes() == kept and person.app.session.path != path


def test_the_first_turn_says_what_to_do_and_later_ones_bring_news(make_app) -> None:
    app = make_app(turns=0)
    red = [w.label() for w in app.stage.top.walk() if getattr(w, "kind", "") == "primary"]
    assert red == ["Open the first card"]
    assert any(w.label().startswith("Decide the cards.") for w in app.stage.top.walk())
    for card in app.desk.cards:
        assert any(app.choose(card.place, k) for k in range(5))
    red = [w.label() for w in app.stage.top.walk() if getattr(w, "kind", "") == "primary"]
    assert red == ["End turn"]
    app.end_turn()
    app.after_report()
    assert not any(w.label().startswith("Decide the cards.") for w in app.stage.top.walk())


def test_tab_begins_where_there_is_something_to_do(make_app) -> None:
    app = make_app(turns=0)
    for screen, prefix in FIRST.items():
        app.show("title")
        app.show(screen)
        assert app.stage.focus.key.startswith(prefix) and not app.stage.focus_visible


def test_choosing_builds_the_next_card_and_not_the_old_one_again(make_app, monkeypatch) -> None:
    app = make_app(turns=0)
    built = []
    page = card_screen.card_page
    monkeypatch.setattr(card_screen, "card_page", lambda session, place, *more, **how:
                        built.append(place) or page(session, place, *more, **how))
    places = [head.place for head in app.desk.cards]
    app.modal("card", place=places[0])
    for place in places:
        free = next(w for w in app.stage.focus_order() if w.key.startswith(f"choice:{place}:") and not w.reason)
        free.activate()
    assert built == places and not app.modals


def test_preferences_come_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    wanted = Preferences(text_scale=1.5, music=False)
    assert preferences.store(wanted, path) == ""
    assert preferences.load(path) == wanted


@pytest.mark.parametrize("text", ["", "[]", "{", '{"text_scale": 9.0, "music": "loud", "what": 1}', "\x00"])
def test_broken_preferences_are_the_usual_ones(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, "utf-8")
    assert preferences.load(path) == Preferences()


def test_preferences_that_cannot_be_kept_are_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "could not be kept" in preferences.store(Preferences(), tmp_path / "file" / "settings.json")


def test_a_larger_text_is_kept_and_followed(make_app) -> None:
    app = make_app(turns=0)
    app.modal("settings")
    slider = app.stage.find("slider", "Size of the text")
    app.stage.set_focus(slider)
    app.stage.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_END, unicode="", mod=0, scancode=0))
    assert app.stage.painter.text_scale == 2.0
    assert json.loads(paths.settings_file().read_text("utf-8"))["text_scale"] == 2.0
    assert app.stage.focus.label() == "Size of the text"


def test_no_sound_device_means_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise pygame.error("no such device")

    monkeypatch.setattr(pygame.mixer, "init", fail)
    sound = Sound(paths.assets() / "sounds")
    sound.start(Preferences())
    sound.play("click")
    sound.follow(Preferences(music=False))
    assert not sound.works


def test_sounds_play_where_there_is_a_device() -> None:
    sound = Sound(paths.assets() / "sounds")
    sound.start(Preferences())
    try:
        assert sound.works  # the dummy driver is a device
        sound.play("chime")
        assert pygame.mixer.get_busy()
        sound.follow(Preferences(effects=False, music=False))
        assert not pygame.mixer.get_busy()
    finally:
        pygame.mixer.quit()
