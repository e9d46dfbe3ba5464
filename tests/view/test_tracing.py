"""Reasons are true, lead somewhere, and nothing is named as its own cause."""

import re

import pytest

from game.engine.tables import AUXILIARY
from game.view.changes import told
from game.view.figures import last_quarter
from game.view.names import Names
from game.view.pages import ChangeRow
from game.view.report import report_page
from game.view.tracing import YEAR, Source, Trace, merged, of_opening, of_turn
from tests.view.conftest import random_game


@pytest.fixture(scope="module")
def games(any_scenario):
    return [random_game(any_scenario, seed) for seed in (11, 12, 13)]


def words(text):
    return set(re.findall(r"[\w']+", text.lower()))


def test_no_number_is_its_own_cause(games):
    told_at_all = 0
    for game in games:
        names = Names(game.scenario)
        labels = {names.inside(row) for row in range(len(names.tables.variables)) if names.doc(row)}
        for turn in range(len(game.records)):
            for item in told(names, game.records[: turn + 1]):
                named = re.match(r"The (?:main reason|largest cause): a (?:rise|fall) in (.+)\.|"
                                 r".*: (.+), (?:higher|lower) than a year ago\.", item.reason)
                if named:
                    label = next(part for part in named.groups() if part)
                    subject = words(names.label(item.row))
                    assert label in labels and not (words(label) <= subject or subject <= words(label)), item.reason
                told_at_all += bool(item.reason)
    assert told_at_all > len(games)


def test_what_is_higher_than_a_year_ago_is(games):
    said = 0
    for game in games:
        names = Names(game.scenario)
        for turn in range(4, len(game.records)):
            history = game.records[: turn + 1]
            trace = of_turn(names, history)
            for row, variable in enumerate(names.tables.variables):
                change = history[-1].report.values[row, 0] - history[-5].report.values[row, 0]
                assert trace.moved(row, YEAR) == pytest.approx(change)
                itself = trace._itself(row, YEAR, "")
                if variable.kind == AUXILIARY and itself:
                    assert (", higher than a year ago" in itself.text) == (change > 0.0)
                    said += 1
    assert said


def test_two_inputs_with_one_cause_do_not_hide_it():
    coal, other = Source("coal", "coal", "coal"), Source("other", "other", "other")
    share, source = Trace._strongest([(coal, 8.0), (coal, -6.0), (other, 0.5)], 2.5)
    assert source is coal and share == pytest.approx(0.8)
    assert Trace._strongest([(coal, 8.0), (other, -7.5), (None, 4.0)], 4.5) == (pytest.approx(8.0 / 19.5), coal)
    assert Trace._strongest([(coal, -1.0)], 2.0)[1] is None  # pushed the other way
    assert Trace._strongest([], 1.0) == (0.0, None)


def test_merged_terms_are_the_ledgers(games):
    together = 0
    for game in games:
        names = Names(game.scenario)
        traces = [of_turn(names, game.records)]
        if not game.ended:
            traces.append(of_opening(names, game.rules, game.state, game.records))
        for account in (account for trace in traces for account in trace.accounts.values()):
            terms = merged(account)
            assert sum(float(t.amount[0]) for t in terms) == pytest.approx(
                sum(float(t.amount[0]) for t in account.terms), abs=1e-9)
            together += len(terms) < sum(float(t.amount[0]) != 0.0 for t in account.terms)
    assert together or all(game.scenario.document.id == "minimal" for game in games)


def test_seasons_are_called_so_and_flows_carry_the_name_of_their_stock(games):
    reasons = [item.reason for game in games for turn in range(len(game.records))
               for item in told(Names(game.scenario), game.records[: turn + 1])]
    if games[0].scenario.document.id == "mongolia-2011":
        assert any("a seasonal" in reason for reason in reasons)
        assert any(re.search(r"the season \(herds, \w+", reason) for reason in reasons)
    assert not any(re.search(r": (young|burned|anger|sold)\.", reason) for reason in reasons)


def test_the_sentence_has_the_reason_of_its_first_fact(games):
    for game in games:
        for turn in range(len(game.records)):
            page = report_page(game, turn)
            first: ChangeRow = page.facts[0]
            assert page.sentence.startswith(first.label)
            reason = next(item.reason for item in told(Names(game.scenario), game.records[: turn + 1])
                          if item.line.id == first.id)
            assert first.arrow == "same" or reason in page.sentence


def test_the_last_quarter_is_told_from_last_day_to_last_day(games):
    for game in games:
        record, found = game.records[-1], last_quarter(game)
        for row, (before, after) in found.items():
            assert after == pytest.approx(float(record.report.closing[row, 0]), abs=1e-9)
            assert before == pytest.approx(float(record.accounts[row].before[0]))
