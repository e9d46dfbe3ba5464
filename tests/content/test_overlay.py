"""The world of history: no luck, nothing but what the playthrough has, variables that follow figures, add-factors."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.content import check, load
from game.content.document import AuxiliaryDoc, DriverDoc
from game.content.overlay import LENGTH, MODES, overlaid, recompiled, still, with_factors
from game.content.playthrough import HISTORY_FILE, read_playthrough
from game.content.quarters import quarterly
from game.engine.tables import compile_rules
from game.engine.turn import begin
from game.replay.playthrough import play_history
from tests.content.test_scenario import MINIMAL, variant


@pytest.fixture(scope="module")
def minimal():
    return load(MINIMAL)


@pytest.fixture(scope="module")
def did(minimal):
    return read_playthrough(MINIMAL / HISTORY_FILE, minimal.document)


def quarters(session, name):
    """A variable on each turn's last day."""
    row = session.scenario.row(name)
    return [float(record.report.closing[row, 0]) for record in session.records]


def used(session, name):
    """A variable as each turn's resolution read it."""
    row = session.scenario.row(name)
    return [float(record.report.values[row, 0]) for record in session.records]


# --- quarters from yearly figures

FIGURES = {2010: 100.0, 2011: 200.0, 2012: 240.0, 2013: 200.0}


@pytest.mark.parametrize("way, together", [("share", 1.0), ("same", 4.0), ("line", 4.0)])
def test_the_quarters_of_a_year_come_to_its_figure(way, together):
    values = quarterly(FIGURES, way, range(2011, 2014))
    assert list(values)[:5] == ["2011-Q1", "2011-Q2", "2011-Q3", "2011-Q4", "2012-Q1"]
    for year in (2011, 2012, 2013):
        total = sum(value for quarter, value in values.items() if quarter.startswith(str(year)))
        assert total == pytest.approx(together * FIGURES[year])


def test_a_line_rises_where_the_years_do():
    values = list(quarterly(FIGURES, "line", range(2011, 2014)).values())
    assert values[:4] == [200 - 3 * 8.75, 200 - 8.75, 200 + 8.75, 200 + 3 * 8.75]  # 140 in two years
    assert values[4:8] == [240.0] * 4  # as high before as after
    assert values[8] > values[11]  # the last year falls on as it fell


# --- the world of history

@pytest.mark.parametrize("mode", MODES)
def test_it_plays_as_many_quarters_as_the_calibration_says_and_always_the_same(minimal, did, mode):
    first, second = (play_history(overlaid(minimal, did, mode), did, LENGTH) for _ in range(2))
    assert len(first.records) == 8 and first.ended
    assert first.last_entry == second.last_entry


def test_no_seed_changes_anything(minimal, did):
    world = overlaid(minimal, did, "free")
    assert all("luck" not in v.is_ for v in world.document.variables.values() if isinstance(v, DriverDoc))
    rules = compile_rules(world.tables)
    one, two = (begin(rules, seed, turns=8) for seed in (1, 2))
    assert (one.values == two.values).all() and (one.agenda == two.agenda).all()


def test_cards_and_moves_come_when_history_had_them_and_never_else(minimal, did):
    session = play_history(overlaid(minimal, did, "free"), did, LENGTH)
    cards, moves = session.rules.tables.cards, session.rules.tables.moves
    shown = [[cards[c].id for c in record.opened.agenda[:, 0] if c >= 0] for record in session.records]
    made = [[moves[m].id for m in record.report.decided.moves[:, 0] if m >= 0] for record in session.records]
    assert shown == [[], ["old-debt"], [], ["fuel-runs-short"], [], ["a-quiet-visit"], ["market-day"], []]
    assert made == [[], [], ["late-wagons"], [], [], [], ["friendly-word"], []]


def test_gambles_go_as_history_had_them(minimal, did):
    session = play_history(overlaid(minimal, did, "free"), did, LENGTH)
    assert quarters(session, "has_depot")[1:3] == [0.0, 1.0], "success: the depot is there a turn later"
    assert session.records[3].report.decided.gambles[0, 0] == 0, "failure, which calls the quiet visit"


def test_votes_and_money_are_no_obstacle(minimal, did):
    document = replace(minimal.document, initiatives=tuple(
        replace(i, capital=1000.0, cost=900_000.0) for i in minimal.document.initiatives))
    world = recompiled(minimal, still(document, did))
    assert play_history(world, did, LENGTH).ended


def test_endings_are_counted_and_stop_nothing(minimal, did):
    document = replace(minimal.document, endings=tuple(
        replace(ending, when="1", for_turns=1) for ending in minimal.document.endings))
    session = play_history(recompiled(minimal, still(document, did)), did, LENGTH)
    assert len(session.records) == 8
    assert [int(record.after.ending_turns[0, 0]) for record in session.records] == [1, 2, 3, 4, 5, 6, 7, 8]


# --- what follows history

def test_a_led_variable_follows_its_figures_whatever_happens(minimal, did):
    session = play_history(overlaid(minimal, did, "driven"), did, LENGTH)
    assert used(session, "price") == list(quarterly({2011: 700.0, 2012: 900.0}, "line", (2011, 2012)).values())
    assert used(play_history(overlaid(minimal, did, "free"), did, LENGTH), "price") != used(session, "price")


def test_effects_do_not_push_it_off(minimal, did):
    lasting = {effect.to for card in minimal.document.cards for choice in card.choices for effect in choice.effects
               if effect.for_ == "always"}
    assert "price" in lasting, "the example has an effect that would"
    world = overlaid(minimal, did, "driven").document
    assert not [effect for card in world.cards for choice in card.choices
                for effect in (*choice.effects, *choice.success, *choice.failure) if effect.to == "price"]


def test_a_stock_can_be_led(minimal, did):
    calibration = minimal.document.calibration
    led = replace(calibration.exogenised["price"], quarters="same", instead={2011: 40.0, 2012: 60.0})
    document = replace(minimal.document, calibration=replace(calibration, exogenised={"relations": led}))
    session = play_history(overlaid(replace(minimal, document=document), did, "driven"), did, LENGTH)
    assert used(session, "relations") == [40.0] * 4 + [60.0] * 4


# --- add-factors

def world_with(minimal, did, name, value, **bound):
    """The game of history with an add-factor on a variable in 2011, and the same without."""
    calibration = minimal.document.calibration
    compare = replace(calibration.compare["cover"], add_factor=replace(calibration.compare["cover"].add_factor, to=name,
                                                                       most=100.0, **bound))
    document = replace(still(minimal.document, did), calibration=replace(calibration, compare={"cover": compare}))
    added = with_factors(document, {name: {2011: value}})
    return [play_history(recompiled(minimal, d), did, LENGTH) for d in (added, document)]


def test_per_cent_of_itself_is_added_after_the_formula_in_its_year_alone(minimal, did):
    added, plain = world_with(minimal, did, "demand", -10.0, percent_of="demand")
    assert used(added, "demand")[:4] == pytest.approx([0.9 * value for value in used(plain, "demand")[:4]])
    assert used(added, "demand")[4:] == used(plain, "demand")[4:]


def test_a_yearly_sum_gets_a_quarter_each_time(minimal, did):
    assert minimal.document.variables["demand"].annual == "sum"
    added, plain = world_with(minimal, did, "demand", 8.0, percent_of=None)
    assert used(added, "demand")[:4] == pytest.approx([2.0 + value for value in used(plain, "demand")[:4]])


def test_a_rate_gets_it_whole_each_time(minimal, did):
    variable = minimal.document.variables["cover"]
    assert isinstance(variable, AuxiliaryDoc) and variable.annual == "end"
    added, plain = world_with(minimal, did, "cover", 3.0, percent_of=None)
    assert quarters(added, "cover")[0] == pytest.approx(3.0 + quarters(plain, "cover")[0])


def test_a_stock_gets_it_as_a_flow(minimal, did):
    added, plain = world_with(minimal, did, "relations", 8.0, percent_of=None)
    differences = [a - b for a, b in zip(quarters(added, "relations"), quarters(plain, "relations"), strict=True)]
    assert differences == pytest.approx([2.0, 4.0, 6.0, 8.0, 8.0, 8.0, 8.0, 8.0])
    name = next(flow for stock in added.rules.tables.stocks for flow in (f.name for f in stock.flows) if "add" in flow)
    assert name == "add_factor", "the ledger names it"


def test_a_stock_gets_per_cent_of_another_variable(minimal, did):
    added, plain = world_with(minimal, did, "treasury", 4.0, percent_of="base_price")
    assert quarters(added, "treasury")[3] - quarters(plain, "treasury")[3] == pytest.approx(28.0)  # 4 % of 700


def test_only_anchored_has_add_factors(minimal, did):
    assert [("add_factor_demand" in overlaid(minimal, did, mode).document.variables) for mode in MODES] == [
        mode == "anchored" for mode in MODES]


def test_a_scenario_that_begins_later_leaves_earlier_add_factors_aside(tmp_path):
    folder = variant(tmp_path, "start: 2012-Q1\ncalibration: {fitted_until: 2012}\n")
    assert [f.code for f in check(folder)] == []
    later = load(folder)
    document = still(later.document, read_playthrough(MINIMAL / HISTORY_FILE, later.document))
    path = with_factors(document, later.document.calibration.add_factors).variables["add_factor_demand"].path
    assert set(path.values()) == {0.0} and list(path)[0] == "2012-Q1"
