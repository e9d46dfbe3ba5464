"""The proposal of add-factors: what can be met is met with few, what cannot is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.content import load
from game.content.playthrough import HISTORY_FILE, read_playthrough
from game.outlook.history import play
from tests.content.test_scenario import MINIMAL
from tests.scenarios.anchoring import Anchoring, economise, error, meet_means, meet_years, missed, prune, rounded


def work(real: float, most: float) -> Anchoring:
    """The minimal scenario; its cover of 2011 should be `real` times what it is, with a bound on demand in per cent."""
    scenario = load(MINIMAL)
    playthrough = read_playthrough(MINIMAL / HISTORY_FILE, scenario.document)
    cover = play(scenario, playthrough, "free").line("cover").cells[0].simulated
    calibration = scenario.document.calibration
    compare = replace(calibration.compare["cover"], percent=1.0, units=None, mean=0.5, listed={},
                      add_factor=replace(calibration.compare["cover"].add_factor, most=most))
    calibration = replace(calibration, compare={"cover": compare}, add_factors={})
    scenario = replace(scenario, document=replace(scenario.document, calibration=calibration),
                       history={"cover": {2011: cover * real}})
    return Anchoring(scenario, playthrough, range(2011, 2012), ["cover"])


def test_a_year_out_of_tolerance_is_led_to_its_middle():
    found = work(0.95, 50.0)
    assert missed(found.run(), found.years) == {("cover", 2011)}
    meet_years(found)
    assert missed(found.run(), found.years) == set()
    assert found.factors["demand"][2011] > 0, "more demand, less cover"


def test_beyond_the_bound_it_stays_missed_with_the_bound_in_full():
    found = work(0.5, 2.0)
    meet_years(found)
    assert missed(found.run(), found.years) == {("cover", 2011)}
    assert found.factors == {"demand": {2011: 2.0}}


def test_a_mean_is_met_too_and_what_is_not_needed_goes():
    found = work(0.993, 4.0)  # within a year's tolerance, beyond that of the mean
    meet_years(found)
    assert found.factors == {}
    meet_means(found)
    assert abs(error(found.run(), "cover", 2011)) <= 0.5
    prune(found)
    assert found.factors["demand"][2011] != 0.0, "without it the mean is too large"
    found.factors = {"demand": {2011: 0.001}}
    found.scenario = replace(found.scenario, history={"cover": {2011: found.run().line("cover").cells[0].simulated}})
    found.last = None
    prune(found)
    assert found.factors == {"demand": {}}, "this one does nothing"


def test_no_more_than_a_third_of_the_years_keep_one():
    found = work(0.95, 50.0)
    meet_years(found)
    assert found.run().share == 1.0, "one year, one indicator"
    economise(found)
    assert found.run().share == 0.0


@pytest.mark.parametrize("most, digits", [(2.0, 1.23), (9.0, 1.2), (400.0, 1.0)])
def test_factors_have_few_digits(most, digits):
    assert rounded(1.234, most) == digits
