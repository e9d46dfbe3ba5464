"""The screens before and around a turn fit at every size, can be operated, and lead to the causes."""

from __future__ import annotations

import pygame
import pytest

from game import paths

SIZES = [((1024, 600), 1.0), ((1280, 720), 1.0), ((1920, 1080), 1.0), ((1280, 720), 1.5), ((1280, 720), 2.0),
         ((1024, 600), 2.0), ((1080, 1920), 1.0)]


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
@pytest.mark.parametrize("turns", [0, 4])
def test_the_desk_fits(make_app, size: tuple[int, int], text_scale: float, turns: int) -> None:
    app = make_app(size, text_scale, turns)
    assert app.stage.overflows() == []
    app.kept["all figures"] = True
    app.refresh()
    assert app.stage.overflows() == []


@pytest.mark.parametrize(("size", "text_scale"), [SIZES[0], SIZES[4]])
def test_title_new_game_and_dialogs_fit(make_app, size: tuple[int, int], text_scale: float) -> None:
    app = make_app(size, text_scale, 2)
    for screen in ("title", "newgame"):
        app.show(screen)
        assert app.stage.overflows() == [], screen
    app.show("desk")
    app.ask_end_turn()
    assert app.stage.overflows() == []
    for dialog in ("pause", "rewind", "load", "save_as", "settings"):
        app.modal(dialog)
        assert app.stage.overflows() == [], dialog
        app.close()


def test_every_figure_of_the_desk_leads_to_its_causes(make_app) -> None:
    app = make_app(turns=2)
    app.kept["all figures"] = True
    for keys in ("figure:", "all:"):
        app.refresh()
        for widget in [w for w in app.stage.focus_order() if w.key.startswith(keys)]:
            widget.activate()
            assert app.modals[-1] == ("why", {"id": widget.key.removeprefix(keys)})
            app.close()
    app.kept["all figures"] = False
    app.refresh()
    shown = [w.key for w in app.stage.focus_order()]
    for prefix, count in (("gauge:", len(app.desk.gauges)), ("relation:", len(app.desk.relations))):
        assert sum(key.startswith(prefix) for key in shown) == count


def press(app, digit: str) -> None:
    key = {"key": getattr(pygame, f"K_{digit}"), "unicode": digit, "mod": 0, "scancode": 0}
    app.stage.handle(pygame.event.Event(pygame.KEYDOWN, **key))


def test_cards_open_by_number_by_enter_and_by_click(make_app) -> None:
    app = make_app(turns=0)
    for number, card in enumerate(app.desk.cards, 1):
        press(app, str(number))
        assert app.modals == [("card", {"place": card.place})]
        app.close()
    enter = {"key": pygame.K_RETURN, "unicode": "\r", "mod": 0, "scancode": 0}
    app.stage.handle(pygame.event.Event(pygame.KEYDOWN, **enter))
    assert app.modals == [("card", {"place": app.desk.cards[0].place})]


def test_a_decided_card_says_what_was_chosen(make_app) -> None:
    app = make_app(turns=0)
    place = app.desk.cards[0].place
    assert any(app.choose(place, k) for k in range(5))
    card = app.stage.find("option", app.desk.cards[0].title)
    assert card.chosen and app.desk.cards[0].decided in card.tip


def test_warnings_stand_above_the_map_and_not_twice(make_app) -> None:
    from dataclasses import replace

    app = make_app(turns=1)
    app._desk = replace(app.desk, warnings=("The tanks are nearly empty.",),
                        briefing=("The tanks are nearly empty.", "Prices rose."))
    app._build_screen()
    texts = [w.label() for w in app.stage.top.walk() if w.role == "text"]
    assert texts.count("The tanks are nearly empty.") == 1 and "Prices rose." in texts


def test_a_game_needs_two_priorities_and_keeps_what_was_typed(make_app) -> None:
    app = make_app()
    app.show("newgame")
    start = app.stage.find("button", "Choose two priorities")
    assert start.reason
    start.activate()
    assert app.session is None
    press(app, "1")
    assert app.kept["draft"].priorities == (app.scenarios[0].document.priorities[0].id,)
    assert app.stage.find("button", "Choose one more priority").reason
    press(app, "1")
    for priority in app.scenarios[0].document.priorities[:3]:
        app.stage.find("option", priority.label).activate()
    draft = app.kept["draft"]
    assert draft.priorities == tuple(p.id for p in app.scenarios[0].document.priorities[1:3])
    app.stage.set_focus(app.stage.find("text field", "Your name"))
    app.stage.handle(pygame.event.Event(pygame.TEXTINPUT, text="Group 3"))
    app.stage.find("button", "Start the game").activate()
    assert app.screen[0] == "desk" and app.session.settings.name == "Group 3"
    assert app.session.settings.priorities == draft.priorities and app.session.settings.seed == 5


def test_a_new_game_saves_itself_and_can_be_continued(make_app) -> None:
    app = make_app()
    app.show("newgame")
    for priority in app.scenarios[0].document.priorities[:2]:
        app.stage.find("option", priority.label).activate()
    app.stage.find("button", "Start the game").activate()
    assert any(app.choose(app.desk.cards[0].place, k) for k in range(5))
    decided = app.desk.cards[0].decided
    assert app.session.path.parent == paths.saves() and app.session.path.name.startswith("mongolia-2011-")
    again = make_app()
    again.prepared = True
    again.refresh()
    again.stage.find("button", "Continue").activate()
    assert again.screen[0] == "desk" and again.desk.cards[0].decided == decided


def test_saving_under_a_name_of_ones_own(make_app) -> None:
    app = make_app(turns=1)
    app.modal("pause")
    app.stage.find("button", "Save under another name").activate()
    app.stage.find("button", "Save").activate()
    assert "Write a name" in " ".join(w.label() for w in app.stage.top.walk())
    app.stage.set_focus(app.stage.find("text field", "Name of the game"))
    app.stage.handle(pygame.event.Event(pygame.TEXTINPUT, text="class 3"))
    app.stage.find("button", "Save").activate()
    assert app.session.path == paths.saves() / "class 3.tnlog" and app.session.path.is_file()
    app.modal("save_as")
    app.stage.find("button", "Save").activate()
    assert "game of that name" in " ".join(w.label() for w in app.stage.top.walk())


def test_the_desk_without_cards_says_so(make_app) -> None:
    from dataclasses import replace

    app = make_app(turns=0)
    app._desk = replace(app.desk, cards=(), end_hint="")
    app._build_screen()
    assert any("No card this quarter" in w.label() for w in app.stage.top.walk())
    assert app.stage.overflows() == []
