"""Simulated against real: what counts as an error, what as met, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.content import load
from game.content.document import CompareDoc
from game.content.overlay import LENGTH, overlaid, recompiled
from game.content.playthrough import HISTORY_FILE, read_playthrough
from game.outlook import history
from game.outlook.history import play
from game.replay.playthrough import play_history
from tests.content.test_scenario import MINIMAL


@pytest.fixture(scope="module")
def minimal():
    return load(MINIMAL)


def cell(simulated, real, year=2011, **compare):
    return history._cell(CompareDoc(variable="x", **compare), year, simulated, real)


def test_errors_are_per_cent_of_the_real_figure_or_differences():
    assert cell(110.0, 100.0, percent=4).error == pytest.approx(10.0)
    assert cell(-90.0, -100.0, percent=4).error == pytest.approx(10.0), "less negative is more"
    assert cell(110.0, 100.0, units=4).error == pytest.approx(10.0) == cell(110.0, 100.0).error


@pytest.mark.parametrize("simulated, real, within", [
    (104.0, 100.0, True), (104.1, 100.0, False), (96.0, 100.0, True), (20.0, 10.0, True), (20.1, 10.0, False)])
def test_a_year_is_met_within_the_wider_of_per_cent_and_units(simulated, real, within):
    got = cell(simulated, real, percent=4, units=10.0 if real < 50 else None)
    assert got.within is within
    assert (abs(got.counted) <= 4.0 + 1e-9) is within, "a small figure counts as far as its tolerance goes"


def test_a_wrong_sign_is_a_miss_where_the_sign_counts():
    assert cell(0.2, -0.2, units=0.8).within
    assert not cell(0.2, -0.2, units=0.8, same_sign=True).within


def test_withheld_and_set_aside_years_are_not_judged():
    withheld = cell(5.0, None, percent=4)
    assert (withheld.real, withheld.error, withheld.counted, withheld.within) == (None,) * 4
    aside = cell(5.0, 10.0, percent=4, set_aside={2011: "why"})
    assert (aside.error, aside.counted, aside.within) == (-50.0, None, None)
    assert cell(5.0, 10.0).within is None, "without a tolerance nothing is missed"
    assert cell(5.0, 0.0, percent=4).error is None, "no per cent of nothing"


def test_yearly_figures_are_sums_means_or_last_days(minimal):
    playthrough = read_playthrough(MINIMAL / HISTORY_FILE, minimal.document)
    session = play_history(overlaid(minimal, playthrough, "free"), playthrough, LENGTH)

    def by_hand(name):
        row = session.scenario.row(name)
        return [float(record.report.closing[row, 0]) for record in session.records[:4]]

    assert history.yearly_values(session, "demand")[2011] == pytest.approx(sum(by_hand("demand")))
    assert history.yearly_values(session, "price")[2011] == pytest.approx(sum(by_hand("price")) / 4)
    assert history.yearly_values(session, "cover")[2011] == by_hand("cover")[3]
    assert list(history.yearly_values(session, "cover")) == [2011, 2012]


def test_a_run_tells_means_until_the_fitted_year_and_after_it(minimal):
    playthrough = read_playthrough(MINIMAL / HISTORY_FILE, minimal.document)
    run = play(minimal, playthrough, "free")
    cover, price = run.line("cover"), run.line("price")
    assert cover.mean_error == abs(cover.cells[0].counted) and cover.mean_within is False
    assert cover.missed == (2011,) and cover.later_error is None, "2012 is set aside"
    assert price.mean_error is None, "2011 is not known"
    assert price.later_error == abs(price.cells[1].error)
    assert run.factors == () and run.share == 0.0


def test_a_led_column_is_marked_and_anchored_counts_its_factors(minimal):
    playthrough = read_playthrough(MINIMAL / HISTORY_FILE, minimal.document)
    driven, anchored = play(minimal, playthrough, "driven"), play(minimal, playthrough, "anchored")
    assert driven.exogenised == ("price",) and [line.exogenised for line in driven.lines] == [False, True]
    assert anchored.exogenised == () and not any(line.exogenised for line in anchored.lines)
    (factor,) = anchored.factors
    assert (factor.variable, factor.year, factor.value, factor.most) == ("demand", 2011, -2.0, 5.0)
    assert anchored.share == 0.5, "two variables may have one, in one year"


def test_defeats_that_would_have_come_are_told(minimal):
    playthrough = read_playthrough(MINIMAL / HISTORY_FILE, minimal.document)
    document = replace(minimal.document, endings=tuple(
        replace(ending, when="date >= 2011-Q3") for ending in minimal.document.endings))
    run = play(recompiled(minimal, document), playthrough, "free")
    assert run.defeats == (("frozen", "2011-Q4"),), "after two turns; a finish is no defeat"
