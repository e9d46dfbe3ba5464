"""Help: the keys that it names do what it says, the words can be searched, and it opens before a game."""

import pygame
import pytest

from game.ui.screens.help import KEYS
from game.view import help_page
from tests.ui.acting import SCENARIOS, SIZES, Actor, with_cards


def shown() -> Actor:
    actor = Actor()
    actor.app.show("desk")
    actor.app.modal("help")
    return actor


def test_every_letter_that_it_names_is_a_key_of_the_desk_the_card_or_the_cabinet():
    actor = with_cards(2)
    named = {key for key, _ in KEYS if len(key) == 1}
    found = set()
    for screen in ("desk", "cabinet"):
        actor.app.show(screen)
        found |= {w.shortcut for w in actor.stage.top.walk()}
    actor.app.modal("card", place=actor.app.desk.cards[0].place)
    found |= {w.shortcut for w in actor.stage.top.walk()}
    assert named <= found


def test_how_to_play_keys_and_words_are_written():
    actor = shown()
    page = help_page(actor.session.scenario, KEYS)
    for words in (*page.how, *(what for _, what in page.keys), *(name for name, _ in page.glossary)):
        assert actor.reads(words)


def test_typing_searches_the_words():
    actor = Actor(name=SCENARIOS[-1])
    actor.app.show("desk")
    actor.app.modal("help")
    page = help_page(actor.session.scenario, KEYS)
    name, note = page.glossary[0]
    actor.stage.focus_on("Search the words")
    for char in name:
        actor.stage.focus.on_text(pygame.event.Event(pygame.TEXTINPUT, text=char))
    assert actor.find("text field", "Search the words").value == name
    assert actor.reads(note)
    others = [n for n, text in page.glossary if name.lower() not in f"{n} {text}".lower()]
    assert others and not any(actor.reads(f"{each}. ") for each in others)


def test_a_search_without_result_says_so():
    actor = Actor()
    actor.app.show("desk")
    actor.app.modal("help", topic="zzzz")
    assert actor.reads("No word of this scenario holds that.")


def test_before_a_game_there_are_keys_and_no_words():
    actor = Actor()
    actor.app.session = None
    actor.app.show("title")
    actor.app.modal("help")
    assert actor.reads("How to play") and not actor.has("text field", "Search the words")


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
@pytest.mark.parametrize("name", SCENARIOS)
def test_it_fits(size, text_scale, name):
    actor = Actor(size, text_scale, name)
    actor.app.show("desk")
    actor.app.modal("help")
    assert actor.problems() == []
