"""What history did lies behind the player's line, in games of every length, as far as it is known."""

from __future__ import annotations

import pytest

from game.view.charts import charts
from game.view.names import Names
from tests.scenarios.games import scenario
from tests.scenarios.histories import game

LENGTHS = {name: length.turns for name, length in scenario().document.lengths.items()}


@pytest.mark.parametrize("length", LENGTHS)
def test_every_indicator_with_a_history_shows_its_known_years(length):
    session, names = game("free"), Names(scenario())
    found = {chart.id: chart for chart in charts(names, session.records[: LENGTHS[length]], ())}
    with_history = [i for i in scenario().document.indicators if i.history]
    assert len(with_history) >= 6
    for indicator in with_history[:len(found)]:
        row = names.scenario.row(indicator.variable)
        ends = names.doc(row).annual == "end"
        years = [year for year in scenario().history[indicator.history]
                 if 0 <= 4 * (year - 2011) + (3 if ends else 1.5) <= LENGTHS[length] - 1]
        line = found[indicator.variable].history
        assert [2011 + int(place) // 4 for place, _ in line] == years, indicator.variable
        assert len(line) >= min(LENGTHS[length] // 4, 8) - 1, "up to 2018 at least"


def test_figures_are_those_of_the_file():
    names = Names(scenario())
    growth = next(chart for chart in charts(names, game("free").records, ()) if chart.id == "growth")
    assert [value for _, value in growth.history][:3] == [17.29, 12.32, 11.65]
    assert growth.history_text.startswith("In 2018: 7.7"), "the last year that is not withheld"
    lesson = next(chart for chart in charts(names, game("free").records[:12], ()) if chart.id == "growth")
    assert lesson.history_text.startswith("History: 11.7")
