"""Typing, selecting, pasting, and input methods."""

from __future__ import annotations

import pygame
import pytest

from game.ui.kit import Button, Column, TextInput


@pytest.fixture
def field(person):
    seen = {"changes": [], "sent": [], "shortcut": 0}

    def shortcut():
        seen["shortcut"] += 1

    entry = TextInput("Seed", "", seen["changes"].append, seen["sent"].append, most=12)
    user = person()
    user.show(Column([entry, Button("End", shortcut, shortcut="E"), Button("One", shortcut, shortcut="1")]))
    user.press("tab")
    return user, entry, seen


def test_typing_changes_the_value_and_presses_no_shortcut(field):
    user, entry, seen = field
    user.type("E1 e")
    assert entry.value == "E1 e" and seen["shortcut"] == 0
    assert seen["changes"] == ["E", "E1", "E1 ", "E1 e"]


def test_caret_keys_and_deleting(field):
    user, entry, _ = field
    user.type("abcd")
    user.press("left", "left", "backspace")
    assert entry.value == "acd"
    user.press("delete", "home")
    user.type("X")
    user.press("end")
    user.type("Y")
    assert entry.value == "XadY"


def test_selection_is_replaced_copied_and_cut(field):
    user, entry, _ = field
    user.type("steppe")
    user.press("left", "left", shift=True)
    assert entry.selected == "pe"
    user.press("c", ctrl=True)
    assert user.clipboard.text == "pe"
    user.press("a", ctrl=True)
    user.press("x", ctrl=True)
    assert entry.value == "" and user.clipboard.text == "steppe"


def test_paste_drops_line_ends_and_keeps_to_the_length(field):
    user, entry, _ = field
    user.clipboard.text = "one\ntwo\tthree four five"
    user.press("v", ctrl=True)
    assert entry.value == "onetwothree "


def test_composition_shows_but_is_not_the_value(field):
    user, entry, seen = field
    user.stage.handle(pygame.event.Event(pygame.TEXTEDITING, text="ni", start=0, length=2))
    assert entry.composing == "ni" and entry.value == ""
    user.draw()
    user.stage.handle(pygame.event.Event(pygame.TEXTINPUT, text="\u04e9\u04af"))
    assert entry.composing == "" and seen["changes"] == ["\u04e9\u04af"]


def test_enter_submits_and_tab_leaves(field):
    user, entry, seen = field
    user.type("ab")
    user.press("enter")
    assert seen["sent"] == ["ab"]
    user.press("tab", "e")
    assert user.focus == "End" and seen["shortcut"] == 1


def test_clicking_sets_the_caret_and_clicking_elsewhere_leaves(field):
    user, entry, _ = field
    user.type("abcdef")
    box = entry.box()
    user.click(box.x + 11, box.centre[1])
    assert entry.caret == 0
    user.mouse(pygame.MOUSEBUTTONDOWN, box.x + 11, box.centre[1])
    user.mouse(pygame.MOUSEMOTION, box.right - 5, box.centre[1])
    user.mouse(pygame.MOUSEBUTTONUP, box.right - 5, box.centre[1])
    assert entry.selected == "abcdef"
    user.click(900, 600)
    assert user.stage.focus is None


def test_a_filter_decides_what_may_be_typed(person):
    entry = TextInput("Seed", "", lambda _: None, allow=str.isdigit)
    user = person()
    user.show(Column([entry]))
    user.press("tab")
    user.type("4a2")
    assert entry.value == "42"


def test_the_caret_stays_visible_in_long_text(person):
    entry = TextInput("Name", "w" * 60, lambda _: None)
    user = person((1024, 600))
    user.show(Column([entry]))
    user.stage.layers[0].children[0].rect = entry.rect._replace(w=200)
    user.press("tab")
    user.draw()
    assert entry._offset > 0
    user.press("home")
    user.draw()
    assert entry._offset == 0


def test_the_key_that_leads_into_a_field_writes_nothing_there(person):
    user, entry = person(), TextInput("Name", "", lambda _: None)
    stage = user.show(Column([Button("Save as", lambda: stage.focus_on("Name"), shortcut="A"), entry]))
    user.type("ab")
    assert stage.focus is entry and entry.value == "b"
