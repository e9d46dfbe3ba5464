"""Every page of random games builds, and a person can read it."""

import dataclasses
import re

import pytest

from game.engine.state import NONE
from game.view import (
    cabinet_page,
    card_page,
    desk_page,
    help_page,
    neighbours_page,
    newgame_page,
    report_page,
    verdict_page,
    why_page,
)
from game.view.figures import shown_now, status
from game.view.lookahead import cabinet_ahead, situation
from game.view.names import Names
from game.view.words import quarter
from tests.view.conftest import decide_at_random, new_game, random_game

# Fields that hold names for pictures, ids and codes, which are never shown.
IDS = {"id", "icon", "picture", "refers", "indicator", "start", "end", "side", "kind", "group", "default_difficulty",
       "groups", "inputs", "feeds"}
AUTHORS = {"text", "note", "source", "bargain", "objective", "glossary", "likes", "dislikes", "ending"}
BROKEN = re.compile(r"\bNone\b|\bnan\b|\binf\b|[{}\[\]]|\b[a-z0-9]+_[a-z0-9_]+\b|\(\)|: *$|  ")
UGLY = re.compile(r"(?<![\w.\u2013-])-\d|\d%|\d %|\s,|\.\.")  # a hyphen for a minus, a % that may fall off the line


def strings(page, name=""):
    """(field, text) of everything that a page shows."""
    if dataclasses.is_dataclass(page):
        for field in dataclasses.fields(page):
            if field.name not in IDS:
                yield from strings(getattr(page, field.name), field.name)
    elif isinstance(page, tuple):
        for item in page:
            yield from strings(item, name)
    elif isinstance(page, str):
        yield name, page


def pages(session):
    yield desk_page(session)
    yield cabinet_page(session)
    yield neighbours_page(session)
    for place, card in enumerate(session.state.agenda[:, 0]):
        if card != NONE:
            yield card_page(session, place)
    for turn in range(len(session.records)):
        yield report_page(session, turn)
    if session.records:
        yield verdict_page(session)
    for variable in session.scenario.document.variables:
        yield why_page(session, variable)
    yield newgame_page([session.scenario])
    yield help_page(session.scenario)


def test_every_page_can_be_read(played):
    for session in played:
        for page in pages(session):
            for field, text in strings(page):
                assert not BROKEN.search(text), (type(page).__name__, field, text)
                if field not in AUTHORS:
                    assert not UGLY.search(text), (type(page).__name__, field, text)


def test_shown_terms_add_up_to_the_shown_change(played):
    checked = 0
    for session in (game for game in played if game.records):
        for variable in session.scenario.document.variables:
            for step in why_page(session, variable).steps:
                assert sum(term.amount for term in step.terms) == pytest.approx(_amount(step.change_text), abs=1e-9)
                assert not {"other", "misc", "base", ""} & {term.text.lower() for term in step.terms}
                checked += len(step.terms)
    assert checked


def test_the_steps_lead_from_the_report_to_the_number_on_the_desk(any_scenario):
    session = random_game(any_scenario, 3, turns=4)
    names, opened = Names(any_scenario), 0
    last = f"As {quarter(any_scenario.tables.first_quarter + 4)} opens"
    report = {row.id: row for row in report_page(session).rows}
    for variable in any_scenario.document.variables:
        page, row = why_page(session, variable), any_scenario.row(variable)
        kind = any_scenario.document.variables[variable].kind
        assert bool(page.steps) == (kind != "parameter"), variable
        if variable in report and page.steps:
            closing = float(session.records[-1].report.closing[row, 0])
            assert report[variable].after_text == names.measure(row).short(closing)
        for first, second in zip(page.steps, page.steps[1:], strict=False):
            assert first.after_text == second.before_text and second.head == last and second.terms
            opened += 1
        shown, measure = float(session.state.values[row, 0]), names.measure(row)
        if len(page.steps) == 2:
            assert page.steps[1].after_text in [
                dataclasses.replace(measure, decimals=measure.decimals + more).exact(shown) for more in (0, 1)]
        elif page.steps:
            assert names.shown(row, float(session.records[-1].accounts[row].after[0])) == page.value_text
    assert opened
    ended = random_game(any_scenario, 3)
    assert all(len(why_page(ended, variable).steps) <= 1 for variable in any_scenario.document.variables)


def test_what_the_desk_tells_of_the_last_quarter_is_what_the_report_told(any_scenario):
    told = differing = 0
    for seed in range(4):
        session = new_game(any_scenario, seed)
        while len(session.records) < 5:
            session.end_turn()
            desk, names = desk_page(session), Names(any_scenario)
            rows = {row.id: row for row in report_page(session).rows}
            for figure in (figure for _, group in desk.sections for figure in group):
                ended = rows[figure.id].after_text
                assert figure.last_text == ("" if ended == figure.text else f"Last quarter ended at {ended}.")
                differing += bool(figure.last_text)
            for fact in (fact for fact in desk.briefing if fact.startswith("Last quarter: ")):
                assert any(f"{names.inside(any_scenario.row(row.id))} went from {row.before_text} to {row.after_text}."
                           in fact for row in rows.values())
                told += 1
    assert told and (differing or any_scenario.document.id == "minimal")


def _amount(text):
    """The number in a change such as "−$45 m" or "no change"."""
    if text == "no change":
        return 0.0
    return float(re.sub(r"[^\d.]", "", text)) * (-1.0 if text.startswith("\u2212") else 1.0)


def test_a_page_does_not_change_the_game(minimal):
    session = random_game(minimal, 5, turns=3)
    before, values = session.last_entry, session.state.values.copy()
    list(pages(session))
    assert session.last_entry == before and (session.state.values == values).all()


def test_cards_that_are_not_there_are_refused(minimal):
    session = new_game(minimal)
    empty = next(p for p, card in enumerate(session.state.agenda[:, 0]) if card == NONE)
    for place in (-1, empty, 99):
        with pytest.raises(IndexError, match="no card"):
            card_page(session, place)
    with pytest.raises(KeyError):
        why_page(session, "no_such_thing")
    with pytest.raises(IndexError):
        report_page(session)


def test_briefing_has_three_facts_and_names_every_crisis(any_scenario):
    session, names = new_game(any_scenario), Names(any_scenario)
    for share in (0.0, 0.2, 0.5, 0.8, 1.0):
        values = session.state.values.copy()
        for row in names.indicators:
            low, high = names.tables.variables[row].low, names.tables.variables[row].high
            values[row] = low + share * (high - low)
        session.state = dataclasses.replace(session.state, values=values)
        briefing = desk_page(session).briefing
        assert 1 <= len(briefing) <= 3
        now = shown_now(session)
        for row in (row for row in names.indicators if status(names, row, now[row]) == "crisis"):
            assert names.inside(row) in briefing[0] and briefing[0].startswith("In crisis")


def test_a_finished_game_still_has_its_desk(minimal):
    session = random_game(minimal, 8)
    desk = desk_page(session)
    assert session.ended and not desk.cards and not desk.coming and not desk.warnings and not desk.end_hint
    assert "This game has ended." in cabinet_page(session).levers[0].raise_refusal
    assert verdict_page(session).ending != verdict_page(new_game(minimal)).ending == "The game is still going on."


def test_kept_expectations_give_the_same_cabinet(minimal):
    session = random_game(minimal, 3, turns=2)
    kept = cabinet_ahead(situation(session))
    session.set_lever(0, float(session.state.values[session.rules.tables.levers[0].row, 0]) + 5.0)
    assert cabinet_page(session, kept) == cabinet_page(session)


def test_a_lever_says_what_it_is_for_where_nothing_good_of_it_is_within_sight(any_scenario):
    session = new_game(any_scenario)
    for line, lever in zip(cabinet_page(session).levers, session.rules.tables.levers, strict=True):
        doc = list(any_scenario.document.variables.values())[lever.row]
        for hope, effects, idea in ((line.raise_hope, line.raise_effects, doc.up),
                                    (line.lower_hope, line.lower_effects, doc.down)):
            assert hope == ("" if any(effect.judgement == "better" for effect in effects) else idea)


def test_desk_follows_the_decisions(minimal):
    session = random_game(minimal, 3, turns=1)
    desk = desk_page(session)
    assert desk.cards and not desk.cards[0].decided and desk.end_hint
    session.choose(desk.cards[0].place, 0)
    changed = desk_page(session).cards[0]
    card = card_page(session, changed.place)
    assert changed.decided == card.choices[0].label and card.choices[0].chosen
    assert [choice.is_default for choice in card.choices].count(True) == 1


def test_reports_tell_of_different_things(any_scenario):
    headlines = [report_page(game, t).headline for game in (random_game(any_scenario, 6), random_game(any_scenario, 7))
                 for t in range(len(game.records))]
    assert len(set(headlines)) >= len(headlines) / 2
    assert all(len(line) <= 90 for line in headlines)


def test_report_says_what_was_decided_and_by_whom(minimal):
    import random
    session, dice = new_game(minimal, 3), random.Random(3)
    seen = 0
    while not session.ended:
        decide_at_random(session, dice)
        labels = [head.decided for head in desk_page(session).cards if head.decided]
        session.end_turn()
        page = report_page(session)
        for label in labels:
            assert any(label[1:] in line for line in page.decided)
            seen += 1
        assert 1 <= len(page.facts) <= 3 and page.final == session.ended
    assert seen
