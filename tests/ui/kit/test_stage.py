"""Focus, navigation, dialogs, scrolling, redrawing, and what survives a rebuild."""

from __future__ import annotations

import pygame
import pytest

from game.ui.kit import (
    FIT,
    Button,
    Card,
    Column,
    Grid,
    Modal,
    Panel,
    Rect,
    Row,
    ScrollArea,
    Slider,
    Text,
    TextInput,
    fr,
)
from game.ui.kit.navigation import neighbour


def nothing(*_):
    pass


def buttons(*names, **more):
    return [Button(name, nothing, **more) for name in names]


def test_tab_goes_in_reading_order_and_round(person):
    user = person()
    user.show(Column([Row(buttons("a", "b")), Text("text"), Row(buttons("c", "d"))]))
    order = []
    for _ in range(5):
        user.press("tab")
        order.append(user.focus)
    assert order == ["a", "b", "c", "d", "a"]
    user.press("tab", shift=True)
    assert user.focus == "d"


def test_arrows_go_where_they_point(person):
    user = person()
    user.show(Column([Grid(buttons(*"abcdef"), 3), *buttons("wide")]))
    user.press("tab", "right", "down")
    assert user.focus == "e"
    user.press("left", "up", "left")
    assert user.focus == "a"
    user.press("down", "down")
    assert user.focus == "wide"
    user.press("up")
    assert user.focus == "e"


def test_neighbour_prefers_what_is_straight_ahead():
    here = Rect(0, 0, 10, 10)
    straight, aside = Rect(60, 0, 10, 10), Rect(20, 40, 10, 10)
    assert neighbour(here, [aside, straight], "right") == 1
    assert neighbour(here, [Rect(-30, 0, 10, 10)], "right") is None


def test_focus_is_spoken(person):
    user = person()
    user.show(Column([Button("End turn", nothing, shortcut="E"), Slider("Target", ["1", "2"], 0, nothing)]))
    user.press("tab", "tab")
    assert user.said == ["End turn, button, key E", "Target, slider, value 1"]


def test_shortcuts_work_from_anywhere_and_on_other_layouts(person):
    seen = []
    user = person()
    user.show(Column([Button("End", lambda: seen.append("e"), shortcut="E"), *buttons("x")]))
    user.press("e")
    event = {"key": 0x443, "unicode": "\u0443", "mod": 0, "scancode": pygame.KSCAN_E}
    user.stage.handle(pygame.event.Event(pygame.KEYDOWN, **event))
    assert seen == ["e", "e"]
    assert not user.press("e", ctrl=True) and seen == ["e", "e"]


def test_enter_goes_to_the_focus_only_when_its_ring_is_seen(person):
    seen = []
    user = person()
    card = Card(Text("Lesson"), "Lesson", lambda: seen.append("card"))
    start = Button("Start", lambda: seen.append("start"), "primary", shortcut="enter")
    user.show(Column([card, start]))
    user.click(*card.rect.centre)
    user.press("enter")
    assert seen == ["card", "start"]
    user.press("tab", shift=True)
    user.press("tab", "tab", "tab", "tab", shift=True)
    user.stage.focus_on("Lesson")
    user.press("enter")
    assert seen[-1] == "card"
    card.chosen = True
    user.press("enter")
    assert seen[-1] == "start", "Enter must not untick what is chosen"
    user.press("space")
    assert seen[-1] == "card"


def test_a_dialog_keeps_the_focus_and_gives_it_back(person):
    user = person()
    stage = user.show(Column(buttons("behind", "other")))
    user.press("tab", "tab")
    stage.open(Modal(Text("Sure?"), "Leave", Row(buttons("yes", "no")), on_close=stage.close))
    assert user.focus == "yes" and "Leave" in user.said
    for _ in range(4):
        user.press("tab")
        assert user.focus in ("yes", "no")
    user.click(5, 5)
    assert len(stage.layers) == 2
    with pytest.raises(LookupError, match="behind"):
        stage.find("button", "behind")
    user.press("esc")
    assert len(stage.layers) == 1 and user.focus == "other"


def test_a_dialog_that_must_be_answered_ignores_escape(person):
    user = person()
    stage = user.show(Column(buttons("a")))
    stage.open(Modal(Text("Choose."), "Must", Row(buttons("one"))))
    user.press("esc")
    assert len(stage.layers) == 2


def test_shortcuts_behind_a_dialog_are_silent(person):
    seen = []
    user = person()
    stage = user.show(Column([Button("End", lambda: seen.append(1), shortcut="E")]))
    stage.open(Modal(Text("x"), "Box", on_close=stage.close))
    user.press("e")
    assert seen == []


def test_a_tall_dialog_scrolls_and_keeps_its_buttons_on_screen(person):
    user = person((1024, 600), text_scale=2)
    stage = user.show(Column(buttons("a")))
    modal = Modal(Text("Many words. " * 200), "Tall", Row(buttons("ok")), on_close=stage.close)
    stage.open(modal)
    user.draw()
    assert stage.overflows() == []
    assert modal.body.scrolls and stage.find("button", "ok").rect.bottom < 600


def long_list(count=40):
    return ScrollArea(Column(buttons(*(f"row {k}" for k in range(count)))), "List", key="list")


def test_scrolling_keeps_the_focus_visible(person):
    user = person()
    area = long_list()
    stage = user.show(Column([Text("head"), area], sizes=[FIT, fr(1)]))
    for _ in range(40):
        user.press("tab")
        assert area.rect.encloses(stage.focus.rect)
    assert user.focus == "row 39" and area.offset == area.furthest > 0
    user.press("tab")
    assert user.focus == "row 0" and area.offset == 0
    assert stage.overflows() == []


def test_wheel_page_keys_and_drag_scroll(person):
    user = person()
    area = long_list()
    user.show(Column([area], sizes=[fr(1)]))
    user.mouse(pygame.MOUSEMOTION, 300, 300)
    assert user.wheel(-1) and area.offset == 48
    user.press("page down")
    assert area.offset > 500
    user.press("page up")
    assert area.offset == pytest.approx(48)
    assert not user.wheel(5) or area.offset == 0
    right = area.rect.right - 4
    user.mouse(pygame.MOUSEBUTTONDOWN, right, 10)
    user.mouse(pygame.MOUSEMOTION, right, 700)
    user.mouse(pygame.MOUSEBUTTONUP, right, 700)
    assert area.offset == area.furthest


def test_text_alone_in_a_scroll_area_scrolls_by_arrows(person):
    user = person()
    area = ScrollArea(Text("Long text. " * 2000), "Help")
    user.show(Column([area], sizes=[fr(1)]))
    user.press("tab")
    assert user.focus == "Help"
    user.press("down", "down")
    assert area.offset == 96


def test_what_is_scrolled_away_cannot_be_clicked(person):
    seen = []
    user = person()
    rows = [Button(f"row {k}", lambda k=k: seen.append(k)) for k in range(40)]
    area = ScrollArea(Column(rows), "List")
    user.show(Column([Text("head"), area], gap=0, sizes=[200, fr(1)]))
    area.scroll_to(100)
    user.click(200, 150)
    assert seen == []
    user.click(200, 210)
    assert len(seen) == 1


def test_a_rebuilt_screen_keeps_focus_scroll_and_caret(person):
    def build():
        rows = [*buttons(*["What if"] * 3), TextInput("Name", "abc", nothing), *buttons(*map(str, range(40)))]
        return ScrollArea(Column(rows), key="page")

    user = person()
    stage = user.show(build())
    user.press("tab", "tab")
    second = stage.focus.rect
    stage.show(build())
    assert stage.focus.rect == second and stage.focus in stage.top.walk()
    user.press("tab", "tab", "home", "right")
    user.mouse(pygame.MOUSEMOTION, 300, 300)
    user.wheel(-2)
    stage.show(build())
    assert stage.focus.caret == 1 and stage.top.offset == 96


def test_a_drag_survives_a_rebuild(person):
    user = person()
    seen = []

    def build(index=0):
        def changed(new):
            seen.append(new)
            user.stage.show(build(new))

        return Column([Slider("Target", list("abcde"), index, changed)])

    user.show(build())
    slider = user.stage.find("slider", "Target")
    y = slider.rect.bottom - 12
    user.mouse(pygame.MOUSEBUTTONDOWN, slider.rect.centre[0], y)
    user.mouse(pygame.MOUSEMOTION, slider.rect.right - 14, y)
    user.mouse(pygame.MOUSEBUTTONUP, slider.rect.right - 14, y)
    assert seen == [2, 4] and user.stage.find("slider", "Target").index == 4


def test_tooltips_come_on_hover_and_on_focus_and_stay_on_screen(person):
    user = person()
    tip = "Share of exports that one buyer takes."
    corner = Row([Text("left"), Button("Why", nothing, tip=tip)], sizes=[fr(1), FIT])
    stage = user.show(Column([Text(""), corner], sizes=[fr(1), FIT]))
    why = stage.find("button", "Why")
    stage.tick(1000)
    user.mouse(pygame.MOUSEMOTION, *why.rect.centre)
    stage.tick(1400)
    assert stage.notes.tip is None
    stage.tick(1600)
    assert stage.notes.tip is why and stage.dirty
    _, box = stage.notes._tip_box(why)
    assert stage.painter.area.encloses(box) and not box.overlaps(why.rect)
    user.mouse(pygame.MOUSEMOTION, 5, 5)
    assert stage.notes.tip is None
    user.press("tab")
    stage.tick(1700)
    stage.tick(2300)
    assert stage.notes.tip is why
    user.press("f1")
    assert stage.notes.tip is None
    user.press("f1")
    assert stage.notes.tip is why and user.said[-1] == tip


def test_esc_leaves_at_once_even_while_a_tip_is_shown(person):
    user, left = person(), []
    back = Button("Back", lambda: left.append(1), shortcut="esc")
    stage = user.show(Column([Button("Why", nothing, tip="A tip."), back]))
    user.press("tab", "f1")
    assert stage.notes.tip is stage.focus
    user.press("esc")
    assert left == [1] and stage.notes.tip is None


def test_f1_belongs_to_the_screen_where_nothing_marked_has_a_tip(person):
    user, helped = person(), []
    user.show(Column([*buttons("plain"), Button("Help", lambda: helped.append(1), shortcut="F1")]))
    user.press("tab", "f1")
    assert helped == [1]


def test_a_message_is_spoken_and_goes(person):
    user = person()
    stage = user.show(Column(buttons("a")))
    stage.tick(100)
    stage.notify("Saved.")
    assert user.said == ["Saved."] and stage.notes.message == "Saved."
    stage.tick(4000)
    assert stage.notes.message
    stage.tick(6000)
    assert not stage.notes.message


def test_only_what_changed_is_redrawn_and_looks_like_a_full_redraw(person):
    user = person()
    stage = user.show(Column([Row(buttons("a", "b", "c")), Text("x " * 300), *buttons("d")]))
    user.draw()
    assert not stage.dirty and user.draw() == []
    b = stage.find("button", "b")
    user.mouse(pygame.MOUSEMOTION, *b.rect.centre)
    changed = user.draw()
    assert changed and sum(r.w * r.h for r in changed) < 0.2 * 1280 * 720
    partial = pygame.image.tobytes(user.surface, "RGB")
    stage.invalidate(stage.painter.area)
    user.draw()
    assert pygame.image.tobytes(user.surface, "RGB") == partial


def test_the_focus_ring_is_drawn_outside_the_widget(person):
    user = person()
    stage = user.show(Panel(Column(buttons("a")), pad=50))
    user.draw()
    rect = stage.find("button", "a").rect
    spot = (int(rect.centre[0]), int(rect.y) - 4)
    before = user.surface.get_at(spot)
    user.press("tab")
    user.draw()
    assert user.surface.get_at(spot)[:3] == stage.painter.theme.colour.focus != before[:3]


def sample():
    return Column(
        [
            Panel(Row([Text("Title"), *buttons("End turn")], sizes=[fr(1), FIT]), bar=True, name="Bar"),
            Card(Text("Cheap **fuel** now"), "Accept", nothing, kind="number", shortcut="1", chosen=True),
        ]
    )


def test_tree_dump_is_plain_and_stable(person):
    first, second = person().show(sample()).tree(), person().show(sample()).tree()
    assert first == second

    def shape(entries):
        return [
            (e["role"], e["label"], *([shape(e["children"])] if "children" in e else [])) for e in entries
        ]

    assert shape(first) == [
        ("group", "Bar", [("text", "Title"), ("button", "End turn")]),
        ("option", "Accept", [("text", "Cheap fuel now")]),
    ]
    assert all(isinstance(value, int) for entry in first for value in entry["rect"])


def test_the_same_layout_at_every_scale_and_sharp_text(person):
    small, large = (person(size).show(sample()).tree() for size in ((1280, 720), (3840, 2160)))
    for a, b in zip(small, large, strict=True):
        assert all(abs(x - y) <= 3 for x, y in zip(a["rect"], b["rect"], strict=True))


def test_a_small_window_keeps_the_size_of_its_letters(person):
    stage = person((1024, 600)).show(sample())
    assert stage.painter.scale == 1.0 and stage.painter.area == Rect(0, 0, 1024, 600)


def test_resizing_lays_out_again(person):
    user = person()
    stage = user.show(sample())
    stage.resize((1920, 1080), text_scale=2)
    assert stage.dirty and stage.overflows() == []
    assert stage.find("button", "End turn").rect.h > 40


def test_a_row_stacks_when_it_would_be_too_narrow(person):
    cards = [Card(Text("word " * 4), f"c{k}", nothing) for k in range(3)]
    user = person((1024, 600), text_scale=2)
    user.show(Row(cards, stack_below=200))
    assert len({card.rect.x for card in cards}) == 1


def test_opening_a_dialog_needs_a_screen(person):
    stage = person().stage
    with pytest.raises(ValueError, match="screen"):
        stage.open(Modal(Text("x"), "x"))
    with pytest.raises(ValueError, match="sizes"):
        Row(buttons("a"), sizes=[1, 2])
