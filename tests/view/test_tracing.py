"""Reasons are true, lead somewhere, and nothing is named as its own cause."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from game.engine.tables import AUXILIARY, STOCK
from game.view.causes import both_sides, term_text
from game.view.changes import by_importance, told
from game.view.figures import last_quarter
from game.view.names import Names
from game.view.pages import ChangeRow
from game.view.report import report_page
from game.view.tracing import OPENED, QUARTER, YEAR, Source, Trace, merged, of_opening, of_turn
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
                named = re.match(r"The (?:main reason|largest cause): a (?:rise|fall) in ([^(]+?)(?: \(.+\))?\.|"
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


def test_seasons_are_called_so_and_flows_are_told_in_whole_words(games):
    reasons = [item.reason for game in games for turn in range(len(game.records))
               for item in told(Names(game.scenario), game.records[: turn + 1])]
    if games[0].scenario.document.id == "mongolia-2011":
        assert any("a seasonal" in reason for reason in reasons)
        assert "The main reason: young animals." in reasons
    assert not any(re.search(r": (young|burned|anger|sold)\.", reason) for reason in reasons)


def every_trace(games):
    for game in games:
        for turn in range(1, len(game.records)):
            yield of_turn(Names(game.scenario), game.records[: turn + 1])


def test_a_stock_is_moved_by_what_flowed_not_by_how_the_flow_differs(games):
    """Borrowing that falls from 300 to 200 still adds 200 to a debt."""
    seen = 0
    for trace in every_trace(games):
        for stock in trace.names.tables.stocks:
            account, before = trace.accounts[stock.row], trace.records[-2].accounts[stock.row]
            flows = [(term, float(term.amount[0]), float(old.amount[0]))
                     for term, old in zip(account.terms, before.terms, strict=False) if term.kind == "flow"]
            for term, now, old in flows:
                source = trace.source(stock.row, term)
                assert not source or not re.match(r"an? (rise|fall|seasonal)", source.text)
                seen += abs(now) < abs(old)
            movers = [amount for _, amount, _ in trace._movers(stock.row, QUARTER, 4, "")]
            assert sum(movers) == pytest.approx(float(account.after[0] - account.before[0]), abs=1e-6)
            for side, sign in zip(both_sides(trace, stock.row, 9), ("+", "\u2212"), strict=True):
                assert set(re.findall(r"[+\u2212](?=[$\d])", side)) <= {sign}
    assert seen


def test_debt_does_not_rise_by_less_borrowing(games):
    """Nor by a fuller treasury, which lowers borrowing: a debt is told by what was borrowed and repaid."""
    said = 0
    for game in games:
        for turn in range(len(game.records)):
            for item in told(Names(game.scenario), game.records[: turn + 1]):
                texts = [item.reason, *(cause.text for cause in item.line.causes)]
                assert not any(re.search(r"(rise|fall) in (new borrowing|borrowed)", text)
                               for text in texts if "debt" in text.lower() or item.line.id == "debt_share")
                said += any("borrow" in text for text in texts)
    assert said or games[0].scenario.document.id == "minimal"


def test_what_is_read_as_the_quarter_began_is_told_by_how_it_stood_then(games):
    """Stocks step at the end of a turn: a formula that reads one has seen its earlier movement, not this quarter's."""
    earlier = contrary = 0
    for trace in every_trace(games):
        now, before = (record.report.values[:, 0] for record in trace.records[:-3:-1])
        for row, account in trace.accounts.items():
            for term in account.terms:
                if term.kind != "input" or term.ref[0] != "now" or not float(term.amount[0]):
                    continue
                read = term.ref[1]
                span = trace.span(row, read)
                text = term_text(trace, row, term)
                if trace.names.tables.variables[row].closing:
                    assert span == QUARTER
                elif trace.names.tables.variables[read].kind == STOCK:
                    assert span == OPENED and trace.moved(read, span) == pytest.approx(now[read] - before[read])
                    assert ("higher" if now[read] > before[read] else "lower") + " as the quarter began" in text
                    earlier, contrary = earlier + 1, contrary + (trace.moved(read, span) * trace.moved(read) < 0.0)
    assert earlier and contrary


def test_what_comes_back_every_year_does_not_lead(games):
    """Of what the calendar brings counts only how it differs from a year ago; a change is never made larger by that."""
    if games[0].scenario.document.id == "minimal":
        return
    springs = 0
    for game in games:
        names, row = Names(game.scenario), game.scenario.row("herds")
        for turn in range(len(game.records)):
            items = told(names, game.records[: turn + 1])
            for item in items:
                moved = (item.after - item.before) / names.indicators[item.row].large
                assert abs(item.weight) <= abs(moved) + 1e-12 and item.weight * moved >= 0.0
            if (game.scenario.tables.first_quarter + turn) % 4 == 1:
                spring = next(item for item in items if item.row == row)
                size = abs(spring.after - spring.before) / names.indicators[row].medium
                assert size > 1.0 and abs(spring.weight) * names.indicators[row].large < spring.after - spring.before
                assert by_importance(items)[0].row != row or turn >= 4 or spring.crossed
                springs += 1
    assert springs >= 2


@pytest.mark.parametrize(("now", "before", "words"), [
    ((110.0, 100.0), (120.0, 100.0), "less far above a year ago"), ((110.0, 100.0), (105.0, 100.0), "further above"),
    ((90.0, 100.0), (80.0, 100.0), "less far below"), ((80.0, 100.0), (90.0, 100.0), "further below"),
    ((110.0, 100.0), (90.0, 100.0), "now above"), ((90.0, 100.0), (110.0, 100.0), "now below"),
    ((220.0, 200.0), (115.0, 100.0), "less far above"), ((100.0, 100.0), (110.0, 100.0), "no longer above")])
def test_less_far_above_a_year_ago_is_not_called_lower(games, now, before, words):
    trace = of_turn(Names(games[0].scenario), games[0].records)
    trace.now, trace.before = (SimpleNamespace(values=np.array([[value]]), past=[None] * 3 + [np.array([[ago]])])
                               for value, ago in (now, before))
    assert trace.against(0).startswith(words)


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
