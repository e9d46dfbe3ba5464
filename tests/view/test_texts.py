"""Refusals, conditions, effects and the verdict, in words."""

import dataclasses
import re

import numpy as np
import pytest

from game.content import load
from game.engine.arrivals import of_ring
from game.engine.decisions import Refusal
from game.outlook.preview import Phase
from game.text.words import fan_line
from game.view import cabinet_page, card_page, refusal_sentence, verdict_page
from game.view.causes import change_of
from game.view.changes import by_importance, told
from game.view.comes_back import comes_back
from game.view.coming import coming
from game.view.conditions import condition, formula
from game.view.effects import _fan, strongest, when_text
from game.view.headlines import headline
from game.view.lookahead import card_ahead, situation
from game.view.names import Names
from game.view.pages import EffectLine
from tests.view.conftest import SHIPPED, new_game, random_game

Q2_2011 = 2011 * 4 + 1


@pytest.fixture(scope="module")
def names(minimal):
    return Names(minimal)


@pytest.mark.parametrize("refusal, starts, fix", [
    (Refusal("no-capital", ("initiative", 0), 2.0, 1.4), "Needs 2 political capital; 1 is left.", "wait for next"),
    (Refusal("no-cash", ("initiative", 0), 40.0, 12.0), "Costs 40\u00a0m; 12\u00a0m can still be spent", "Take back"),
    (Refusal("not-open", ("initiative", 0)), "Not open now: there is one already.", "or wait"),
    (Refusal("not-open", ("choice", 0, 2)), "Not open yet. Needs: a fuel depot.", "Needs"),
    (Refusal("too-soon", ("initiative", 0), 4.0, 1.0), "Done not long ago.", "in three quarters"),
    (Refusal("too-soon", ("initiative", 0), 10000.0, 1.0), "Already done", "Choose another"),
    (Refusal("too-many", ("initiative", 0), 1.0, 1.0), "Only one initiative a quarter.", "Take one back"),
    (Refusal("unknown", ("choice", 0, 9)), "There is no such choice", "Choose one"),
    (Refusal("ended", ("choice", 0, 0)), "This game has ended.", "new game"),
])
def test_a_refusal_is_a_sentence_with_a_way_out(names, refusal, starts, fix):
    text = refusal_sentence(names, refusal, (0, -1))
    assert text.startswith(starts) and fix in text and text.endswith(".")


def test_refusals_of_a_real_game_reach_the_page(minimal):
    session = new_game(minimal)
    row = session.rules.tables.roles.capital
    values = session.state.values.copy()
    values[row] = 0.0
    session.state = dataclasses.replace(session.state, values=values)
    assert cabinet_page(session).initiatives[0].refusal.startswith("Needs 1 political capital; 0 are left.")
    assert cabinet_page(session).levers[0].raise_refusal.startswith("Needs 1 political capital")

    # The lowest setting is a reason of its own.
    lever = session.rules.tables.levers[0]
    values = session.state.values.copy()
    values[lever.row] = 0.0
    session.state = dataclasses.replace(session.state, values=values)
    session.wanted = dataclasses.replace(session.wanted, levers=np.zeros((1, 1)))
    assert cabinet_page(session).levers[0].lower_refusal == "Already at its lowest setting."


def test_conditions_in_words(names, minimal):
    row, flag = minimal.row("cover"), minimal.row("has_depot")
    above = ("gt", ("now", row), ("number", 120.0))
    assert condition(names, above) == "Days of fuel above 120\u00a0days"
    assert condition(names, ("not", above)) == "Days of fuel at most 120\u00a0days"
    assert condition(names, ("lt", ("number", 5.0), ("now", row))) == "Days of fuel above 5\u00a0days"
    both = ("and", above, ("not", ("now", flag)))
    assert condition(names, both) == "Days of fuel above 120\u00a0days and not a fuel depot"
    assert condition(names, ("ge", ("date",), ("number", float(Q2_2011)))) == "from 2011 Q2 on"
    assert condition(names, ("eq", ("quarter",), ("number", 2.0))) == "in the second quarter of a year"


def test_formulas_use_labels_and_keep_their_meaning(names, minimal):
    fuel, demand = ("now", minimal.row("fuel")), ("now", minimal.row("demand"))
    ten = ("number", 10.0)
    assert formula(names, ("sub", ten, ("sub", fuel, demand))) == "10 \u2212 (Fuel in store \u2212 Demand)"
    assert formula(names, ("mul", ten, ("add", fuel, demand))) == "10 \u00d7 (Fuel in store + Demand)"
    assert formula(names, ("pow", ("div", fuel, demand), ten)) == "(Fuel in store \u00f7 Demand) to the power 10"
    hidden = next(r for r, v in enumerate(minimal.tables.variables) if v.id.startswith("chosen("))
    assert formula(names, ("now", hidden)).startswith("you chose \u201c")


@pytest.mark.parametrize("phase, left, text", [
    (Phase(0, 1, 5.0, False), 9, "this quarter"), (Phase(0, 3, 5.0, False), 9, "for three quarters"),
    (Phase(0, 8, 5.0, True), 9, "from this quarter on"), (Phase(2, 3, 5.0, False), 9, "in 2011 Q4"),
    (Phase(2, 8, 5.0, True), 9, "from 2011 Q4 on"), (Phase(2, 4, 5.0, False), 9, "from 2011 Q4, for two quarters"),
    (Phase(0, 7, 5.0, True), 7, "to the end"), (Phase(0, 1, 5.0, True), 1, "this quarter"),
    (Phase(2, 4, 5.0, True), 4, "from 2011 Q4 to the end"), (Phase(3, 4, 5.0, True), 4, "in 2012 Q1"),
    (Phase(0, 2, 5.0, False), 4, "for two quarters")])
def test_when_an_effect_shows(phase, left, text):
    assert when_text(phase, Q2_2011, left) == text


def line(n, weight, judgement="better", given="", urgent=False):
    return EffectLine(f"v{n}", "", "", "up", judgement, "", "", "certain", given, "", weight, urgent)


@pytest.mark.parametrize("lines, kept", [
    ([line(0, 0.1), line(1, 0.5), line(2, 0.4), line(3, 0.3), line(4, 0.2)], "1234"),
    ([line(0, 0.5), line(1, 0.4), line(2, 0.3), line(3, 0.2), line(4, 0.1, "worse")], "0124"),
    ([line(0, 0.5), line(1, 0.4), line(2, 0.1, urgent=True), line(3, 0.2), line(4, 0.1, "worse")], "0124"),
    ([line(n, 0.9, "worse", "if it works") for n in range(4)] + [line(4, 0.1, "better", "if it fails")], "0124"),
    ([line(0, 0.1)], "0")])
def test_a_choice_shows_its_strongest_effects_and_never_hides_a_crisis_or_the_bad_side(lines, kept):
    shown, smaller = strongest(tuple(lines), 4)
    assert "".join(effect.indicator[1:] for effect in shown) == kept
    assert set(shown) | set(smaller) == set(lines) and len(shown) + len(smaller) == len(lines)


def test_nothing_is_shown_that_comes_after_the_planned_end(minimal):
    session = new_game(minimal)
    last = dataclasses.replace(session.state, turn=session.state.turns - 1)
    many, few = show_card(session, "fuel-runs-short"), None
    session.state = last
    few = show_card(session, "fuel-runs-short")
    for choice in few.choices:
        assert {effect.when for effect in (*choice.effects, *choice.smaller)} <= {"this quarter"}
        assert choice.comes_back == ()
    assert any(effect.when != "this quarter" for choice in many.choices for effect in choice.effects)
    assert any(choice.comes_back for choice in many.choices)
    assert not coming(Names(minimal), session.rules, dataclasses.replace(
        session.state, promised=np.full_like(session.state.promised, session.state.turns)))
    for item in (*cabinet_page(session).initiatives, *cabinet_page(session).levers):
        effects = (*item.effects, *item.smaller) if hasattr(item, "smaller") else item.raise_effects
        assert {effect.when for effect in effects} <= {"this quarter"}


def show_card(session, card):
    """The same game with one card on the desk."""
    agenda = session.state.agenda.copy()
    agenda[:] = -1
    agenda[0] = [c.id for c in session.scenario.document.cards].index(card)
    session.state = dataclasses.replace(session.state, agenda=agenda)
    return card_page(session, 0)


def test_a_choice_says_what_it_does_costs_and_leaves_behind(minimal):
    wait, pay, gamble = show_card(new_game(minimal), "fuel-runs-short").choices
    assert [(e.indicator, e.arrow, e.judgement) for e in pay.effects][0] == ("cover", "up", "better")
    assert pay.effects[0].text.startswith(f"Days of fuel up {pay.effects[0].size}, {pay.effects[0].when}")
    assert pay.cost_text == "45\u00a0m" and wait.cost_text == "nothing" and wait.is_default
    assert wait.effects[0].arrow == "down"  # against "nothing", so that the default shows its effects too
    assert gamble.odds_text == "works with 40\u00a0%" and gamble.refusal
    given = {(e.indicator, e.arrow): e.given for e in gamble.effects}
    assert given["cover", "up"] == "if it works" and given["relations", "down"] == "if it fails"
    assert any("promise to the neighbour falls due in 4 quarters" in text for text in gamble.comes_back)
    assert any(text.startswith("Something will follow in 2 quarters") for text in gamble.comes_back)


def test_a_remembered_choice_says_so(minimal):
    page = show_card(new_game(minimal), "old-debt")
    assert page.choices[0].comes_back == (
        "Remembered: may come back as a card", "Makes \u201cFuel runs short\u201d less likely")
    assert page.choices[1].comes_back == ()
    assert page.claim == "Fact" and page.source.startswith("An example, The example press")


def test_threats_say_what_averts_them(minimal):
    session, names = new_game(minimal), Names(minimal)
    threat = session.state.threat_due.copy()
    threat[0] = 2
    session.state = dataclasses.replace(session.state, threat_due=threat)
    item = next(item for item in coming(names, session.rules, session.state) if item.kind == "threat")
    assert item.turns == 2 and item.when == "in 2 quarters"
    assert item.text.endswith("Days of fuel above 120\u00a0days would avert it.")


def test_promises_dates_and_late_effects_are_announced(minimal):
    session, names = new_game(minimal), Names(minimal)
    kinds = {item.kind: item for item in coming(names, session.rules, session.state)}
    assert kinds["date"].text == "An old debt" and kinds["date"].turns == 1
    assert 0.0 < kinds["odds"].odds < 1.0
    promised = session.state.promised.copy()
    promised[0] = 4
    session.state = dataclasses.replace(session.state, promised=promised)
    promise = next(i for i in coming(names, session.rules, session.state) if i.kind == "promise")
    assert "A train to be repaid" in promise.text and "treasury above 100" in promise.text.lower()
    show_card(session, "fuel-runs-short")
    assert session.choose(0, 1) is None
    session.end_turn()
    label = names.inside(minimal.row("relations"))
    late = [i for i in coming(names, session.rules, session.state) if i.kind == "effect"]
    assert [(i.turns, i.text) for i in late] == [(1, f"A debt of gratitude: {label} up")]


def test_the_reason_is_followed_down_the_ledger(minimal):
    session, names = new_game(minimal), Names(minimal)
    show_card(session, "fuel-runs-short")
    session.choose(0, 1)
    session.end_turn()
    causes = change_of(names, session.records, minimal.row("deliveries")).causes
    assert causes[0].text == "Pay twice the price" and causes[0].amount == 30.0


def test_a_new_crisis_makes_the_headline(minimal):
    session, names = new_game(minimal), Names(minimal)
    values = session.state.values.copy()
    values[minimal.row("fuel")] = 20.0
    closing = values.copy()
    session.state = dataclasses.replace(session.state, values=values, closing=closing)
    session.set_lever(0, 10.0)
    due = session.state.due.ring()
    due[:, session.rules.columns.index(("add", minimal.row("deliveries")))] = -60.0
    session.state = dataclasses.replace(session.state, due=of_ring(due, session.state.turn))
    session.end_turn()
    items = by_importance(told(names, session.records))
    assert items[0].line.id == "cover" and items[0].status == "crisis"
    assert headline(names, items, "", "").startswith(f"Crisis: {names.inside(minimal.row('cover'))}")


def test_verdict_fills_in_the_numbers_of_the_game(minimal):
    session = random_game(minimal, 1)
    page = verdict_page(session)
    cover = float(re.search(r"Fuel lasted for ([\d.]+) days, from", " ".join(page.sentences)).group(1))
    assert cover == pytest.approx(float(session.state.values[minimal.row("cover"), 0]), abs=0.05)
    assert {p.label for p in page.priorities} == {"Energy first"}
    level = page.goals[0].value
    expected = "achieved" if level >= 65 else "partly" if level >= 45 else "missed"
    assert page.priorities[0].outcome == expected
    assert len(page.charts[0].you) == len(session.records) == len(page.charts[0].ticks)
    assert all(point.turn < len(session.records) for point in page.turning_points)
    assert "Seed 1" in page.footnote and "No rewinds" in page.footnote
    session.settings = dataclasses.replace(session.settings, code="GOBI-7K4Q")
    assert "Code GOBI-7K4Q" in verdict_page(session).footnote and "seed" not in verdict_page(session).footnote.lower()
    session.rewind(2)
    assert "One rewind" in verdict_page(session).footnote


def test_a_defeat_is_told_by_its_own_ending(minimal):
    session = random_game(minimal, 3, turns=3)
    running = session.state
    session.state = dataclasses.replace(running, ended=np.array([0], dtype=np.int16))
    page = verdict_page(session)
    assert page.ending.startswith("A frozen winter. The last lorry stopped") and "2011 Q3" in page.kicker
    session.state = dataclasses.replace(running, ended=np.array([len(minimal.document.endings)], dtype=np.int16))
    assert verdict_page(session).ending == "The eight quarters are over."


def test_texts_of_the_verdict_come_with_compiled_conditions(any_scenario):
    document, nodes = any_scenario.document, any_scenario.verdict
    for docs, found in ((document.verdict.titles, nodes.titles), (document.verdict.sentences, nodes.sentences)):
        assert [node is None for node in found] == [doc.when is None for doc in docs] and len(docs) == len(found)


def test_names_keep_their_capitals_inside_a_sentence(any_scenario):
    names = Names(any_scenario)
    for actor in any_scenario.document.actors:
        inside = names.actor_inside(actor.id)
        assert inside == actor.label or actor.label.startswith(("The ", "A ", "An ")) and inside[0].islower()


def test_what_a_choice_leaves_behind_is_said_in_two_lines_at_most(any_scenario):
    said = []
    for seed in range(6):
        session = random_game(any_scenario, seed, turns=2 * seed)
        places = [p for p, card in enumerate(session.state.agenda[:, 0]) if card >= 0 and not session.ended]
        options = [choice for place in places for choice in card_page(session, place).choices]
        for option in (*options, *cabinet_page(session).initiatives):
            assert len(option.comes_back) == len(set(option.comes_back)) <= 2
            assert not any(text.startswith("Lasting") for text in option.comes_back)
            said += option.comes_back
    assert said
    if any_scenario.document.id != "minimal":
        assert any(re.fullmatch(r"Remembered: \S.* may come back to it", text) for text in said)


def test_ranges_that_read_alike_are_not_called_better(minimal):
    """An effect that is over by the end leaves both ranges the same, whatever it did on the way."""
    session = new_game(minimal)
    show_card(session, "fuel-runs-short")
    ahead = card_ahead(situation(session), 0)
    outlook, row = ahead.outlook, minimal.row("cover")
    place = outlook.rows.index(row)
    levels = outlook.forecast.levels[0][:, place].copy()
    levels[0] += 50.0
    over = _fan(outlook, place, levels)
    assert over.judgement == "better" and over.ends == "same" and over.text.endswith(", the same unanswered")
    assert fan_line(over).endswith("the same unanswered.")
    levels[-1] += 50.0
    lasting = _fan(outlook, place, levels)
    assert lasting.ends == "better" and "; unanswered " in lasting.text and fan_line(lasting).endswith(", better.")
    levels[-1] -= 80.0
    assert _fan(outlook, place, levels).ends == "worse"


def test_a_choice_says_what_political_capital_it_takes_later():
    scenario = load(SHIPPED[0])
    names, session = Names(scenario), new_game(scenario)
    number = next(n for n, card in enumerate(scenario.document.cards)
                  if any(choice.label == "Pour tea and refuse" for choice in card.choices))
    told = comes_back(names, session.state, scenario.tables.cards[number].choices[0], number)
    assert told[0] == "Political capital \u22121 a quarter for three quarters"
    late = dataclasses.replace(session.state, turn=session.state.turns - 1)
    assert comes_back(names, late, scenario.tables.cards[number].choices[0], number)[0].endswith(" this quarter")
