"""What the scenario must hold: enough of everything, with sources, all of it reachable, no number at its edge.

Read next: test_neighbours.py, test_levers.py and test_fairness.py, which play it.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from game.content import check
from game.outlook.batch import Tally, run
from game.outlook.policies import random_policy
from game.replay.settings import parameters_of
from tests.scenarios.games import FOLDER, TURNS, rules, scenario

FIVE = {"russia", "china", "japan", "south_korea", "united_states"}

# Cards of the last turn, of the lesson and of the campaign: what lands later would land after the end.
CAMPAIGN = 56  # turns
LAST_TURN = {"investment-law", "investment-certificates", "third-neighbour-audit", "the-court-decides",
             "last-gap-of-rail"}

# Directions of variables that are no indicators; refusals, leverage and footholds are bad by their name.
WANTED = {
    "russia_relations", "china_relations", "us_relations", "japan_relations", "korea_relations", "eu_relations",
    "india_relations", "parliament_support", "political_capital", "capital_income", "standing", "fdi_climate",
    "mine_peace", "fdi", "market_links", "other_routes", "plant_condition", "power_capacity", "fuel_stock", "fodder",
    "real_income", "third_ties", "nuclear_trust", "reserves", "stability_fund", "coal_capacity", "border_flow",
    "revenue", "other_exports", "harvest", "bus_service", "fuel_from_russia", "fuel_from_others", "russia_discount",
    "russia_baseline", "china_baseline", "credit_line", "nationalists", "coal_networks", "city_youth", "rural_bloc",
    "business", "pensioners", "seats", "ballot_mood", "clean_stoves", "refinery_progress", "rail_progress",
    "plants_planned", "plants_under_way",
}
UNWANTED = {
    "corruption", "china_unease", "spending", "pump_price", "fuel_need", "power_need", "public_debt", "interest_rate",
    "coal_discount", "tugrik_slide", "debt_service", "russia_cut", "west_drills", "central_asia_unrest",
    "ger_households", "herders_leaving", "bonds_due", "eurobonds", "swap_due",
}


def every_choice():
    return [(f"{card.id}/{choice.id}", card, choice, choice.effects + choice.success + choice.failure)
            for card in scenario().document.cards for choice in card.choices]


def direction(name: str) -> int:
    """1 if more is better, -1 if less is, 0 if it depends."""
    for indicator in scenario().document.indicators:
        if indicator.variable == name:
            return {"up": 1, "down": -1, "band": 0}[indicator.good]
    if name in UNWANTED or name.endswith(("_snub", "_leverage", "_foothold", "_loans", "_drawn")):
        return -1
    return int(name in WANTED)


def unreached(tally: Tally) -> list[str]:
    """Choices, initiatives and moves that none of the games came to."""
    t = rules().tables
    missing = [f"{card.id}/{choice.id}" for c, card in enumerate(t.cards) for x, choice in enumerate(card.choices)
               if not tally.taken[c, x]]
    missing += [initiative.option.id for i, initiative in enumerate(t.initiatives) if not tally.initiatives[i]]
    return missing + [move.id for m, move in enumerate(t.moves) if not tally.moves[m]]


def ranges_bound(tally: Tally) -> dict[str, float]:
    """Share of games in which a range cut a variable; a floor under something physical is no fault."""
    t = rules().tables
    physical = {stock.row for stock in t.stocks if stock.physical}
    return {variable.id: float(tally.bound[row]) / tally.games for row, variable in enumerate(t.variables)
            if tally.bound[row] and row not in physical}


def test_it_has_no_findings():
    assert [f"{f.file}:{f.line} {f.code} {f.message}" for f in check(FOLDER)] == []


def test_there_is_enough_of_everything():
    document = scenario().document
    kinds = Counter(variable.kind for variable in document.variables.values())
    assert kinds["stock"] + kinds["auxiliary"] + kinds["driver"] >= 90
    assert kinds["lever"] >= 20
    assert len(document.cards) >= 100
    assert len(document.initiatives) >= 30
    assert len(document.moves) >= 40
    tones = {(move.actor, move.tone) for move in document.moves}
    assert all((actor, tone) in tones for actor in FIVE for tone in ("hard", "soft"))
    assert all(3 <= len(card.choices) <= 5 for card in document.cards)


def test_every_start_value_parameter_and_card_has_a_source_and_a_confidence():
    document = scenario().document
    for name, variable in document.variables.items():
        if variable.kind == "parameter" or (variable.kind != "flag" and getattr(variable, "start", None) is not None):
            source = variable.source
            assert source is not None and (source.title or source.note), name
            if source.confidence == "judged":
                assert source.low is not None and source.high is not None and source.low <= source.high, name
    assert [card.id for card in document.cards if not card.objective] == []
    for item in (*document.cards, *document.initiatives, *document.moves):
        assert item.claim and (item.source.title or item.source.note), item.id
        if item.claim == "fact":
            assert item.source.title and item.source.publisher and item.source.figure, item.id
            assert item.source.confidence != "judged", item.id


def test_every_choice_has_something_that_lands_later():
    for name, card, choice, effects in every_choice():
        later = any(e.after >= 1 or e.follow or e.promise or e.for_ != 1 for e in effects) or choice.odds is not None
        assert later or card.id in LAST_TURN, name


def test_every_choice_feeds_something_that_nobody_wants():
    for name, _, choice, effects in every_choice():
        price = choice.cost > 0 or choice.capital > 0
        harm = [e for e in effects if e.add is not None and e.add * direction(e.to) < 0]
        assert price or harm, name


def test_what_history_did_is_marked_on_the_dated_cards_of_fact():
    unmarked = [card.id for card in scenario().document.cards
                if card.scheduled and card.claim == "fact" and not any(choice.history for choice in card.choices)]
    assert unmarked == []


@cache
def ten_thousand(turns: int = TURNS) -> Tally:
    return run(rules(), random_policy, 10_000, 1, turns, parameters_of(scenario(), "historic"))


def test_no_range_binds_in_ten_thousand_random_lessons():
    assert ten_thousand().not_finite == 0
    assert {name: share for name, share in ranges_bound(ten_thousand()).items() if share > 0.02} == {}


def test_ten_thousand_random_campaigns_reach_everything():
    tally = ten_thousand(CAMPAIGN)
    assert tally.not_finite == 0
    assert unreached(tally) == []


def test_what_comes_finds_a_place_on_the_desk():
    """A card that waits in vain takes its default unseen; that must stay the exception, for each card and in all."""
    tally = ten_thousand()
    crowded_out = [card.id for card, shown, lapsed in zip(rules().tables.cards, tally.shown, tally.lapsed, strict=True)
                   if lapsed > shown]
    assert crowded_out == []
    assert tally.lapsed.sum() / tally.games < 1.5
    assert 24 <= tally.shown.sum() / tally.games <= 35, "decisions in a lesson"
