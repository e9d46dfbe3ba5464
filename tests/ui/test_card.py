"""A card: choosing by key and pointer, refusals, what is told about each choice, and room for long texts."""

import pytest

from game.engine.state import NONE
from game.ui.screens.card import card_dialog
from game.view import card_page
from tests.ui import sample_pages
from tests.ui.acting import SCENARIOS, SIZES, Actor, with_cards


def free_choice(actor: Actor, place: int) -> int:
    return next(c.index for c in card_page(actor.session, place).choices if not c.refusal)


def test_a_digit_chooses_and_goes_on_to_the_next_open_card_and_then_back_to_the_desk():
    actor = with_cards(2)
    first, second = (card.place for card in actor.app.desk.cards[:2])
    actor.app.modal("card", place=first)
    wanted = free_choice(actor, first)
    actor.press(str(wanted + 1))
    assert actor.session.wanted.choices[first, 0] == wanted
    assert actor.app.modals == [("card", {"place": second})]
    actor.press(str(free_choice(actor, second) + 1))
    assert actor.app.modals == []


def test_the_chosen_one_is_marked_and_undo_takes_it_back():
    actor = with_cards()
    place = actor.app.desk.cards[0].place
    page = card_page(actor.session, place)
    wanted = free_choice(actor, place)
    actor.app.modal("card", place=place)
    actor.press(str(wanted + 1))
    actor.app.modal("card", place=place)
    assert actor.find("option", page.choices[wanted].label).state() == {"chosen": "yes"}
    actor.press("U")
    assert actor.session.wanted.choices[place, 0] == NONE
    assert actor.find("option", page.choices[wanted].label).state() == {"chosen": "no"}


def test_a_refused_choice_is_locked_with_its_reason_and_does_nothing():
    actor = Actor()
    actor.app.show("desk")
    page = sample_pages.card()
    refused = page.choices[4]
    taken = []
    actor.app.choose = lambda place, choice, then: taken.append(choice)
    actor.stage.open(card_dialog(actor.app, page))
    assert actor.find("option", refused.label).reason == refused.refusal
    actor.press("5")
    assert taken == []
    actor.press("4")
    assert taken == [3]


def test_all_that_is_known_of_a_choice_is_written_on_it():
    actor = Actor()
    actor.app.show("desk")
    page = sample_pages.card()
    actor.stage.open(card_dialog(actor.app, page))
    card = actor.find("option", page.choices[2].label)
    written = " ".join(w.label() for w in card.walk() if w.role == "text")
    for words in (page.choices[2].bargain, "costs $45 m, 1 political capital", "works with 47 %", "if it works",
                  "if it fails", *page.choices[2].comes_back):
        assert words in written
    assert written.count("slightly") == len(page.choices[2].effects) and "and 5 smaller" in written
    assert all(effect.text in card.tip for effect in page.choices[2].smaller)
    whole = actor.find("option", page.choices[1].label)
    assert not whole.tip and not any("smaller" in w.label() for w in whole.walk())
    default = actor.find("option", page.choices[0].label)
    assert any("if you leave the card open" in w.label() for w in default.walk() if w.role == "text")
    assert actor.reads(page.source) and actor.reads(page.claim)


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
def test_long_texts_fit(size, text_scale):
    actor = Actor(size, text_scale)
    actor.app.show("desk")
    actor.stage.open(card_dialog(actor.app, sample_pages.card()))
    assert actor.problems() == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_cards_of_the_scenarios_fit_with_large_letters(name):
    actor = Actor((1280, 720), 2.0, name, turns=2)
    actor.app.show("desk")
    for card in actor.app.desk.cards:
        actor.app.modal("card", place=card.place)
        assert actor.stage.overflows() == []
