"""Numbers, dates and judgements in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.view import words as w

NB, MINUS = "\u00a0", "\u2212"


@pytest.mark.parametrize("unit, decimals, value, shown", [
    ("%", 1, 17.34, f"17.3{NB}%"), ("% of GDP", 0, 31.4, f"31{NB}% of GDP"), ("kt", 0, 45.2, f"45{NB}kt"),
    ("$m", 0, 320.4, f"$320{NB}m"), ("$m", 0, 2288.0, f"$2.3{NB}bn"), ("$m", 0, -100.0, f"{MINUS}$100{NB}m"),
    ("$m a year", 0, 1691.0, f"$1.7{NB}bn a year"), ("$m", 0, -0.4, f"$0{NB}m"), ("$m", 0, 999.4, f"$999{NB}m"),
    ("$/t", 0, 8600.0, "$8,600/t"), ("points", 0, 49.5, "50"), ("0-100", 0, 62.0, "62"),
    ("end 2010 = 100", 0, 104.0, "104"),
    ("days", 0, 20.0, f"20{NB}days"), ("days", 0, 1.2, f"1{NB}day"), ("shifts", 0, 1.0, f"1{NB}shift"),
    ("days of use", 0, 1.0, f"1{NB}day of use"), ("families", 0, 1.0, f"1{NB}family"), ("days", 0, 21.0, f"21{NB}days"),
    ("per dollar", 0, 1257.0, f"1,257{NB}per dollar"),
    ("", 0, -0.3, "0"), ("%", 0, -7.0, f"{MINUS}7{NB}%"),
])
def test_a_value_with_its_unit(unit, decimals, value, shown):
    assert w.Measure(unit, decimals).text(value) == shown


def test_short_values_keep_the_first_word_of_the_unit():
    assert w.Measure("% of GDP", 0).short(31.0) == f"31{NB}%"
    assert w.Measure("months of imports", 1).short(8.64) == f"8.6{NB}months"
    assert w.Measure("$m a year", 0).short(1691.0) == f"$1.7{NB}bn"


@pytest.mark.parametrize("unit, steps, shown", [
    ("%", 5, "+0.5"), ("%", -5, f"{MINUS}0.5"), ("%", 0, "no change"), ("$m", -450, f"{MINUS}$45.0{NB}m")])
def test_changes_have_a_sign(unit, steps, shown):
    assert w.Measure(unit, 1).signed(steps) == shown


def test_dates_and_distances():
    assert w.quarter(2011 * 4) == "2011 Q1" and w.season(2011 * 4 + 3) == "October to December 2011"
    assert [w.away(n) for n in (0, 1, 3)] == ["this quarter", "next quarter", "in 3 quarters"]
    assert w.listed(["a"]) == "a" and w.listed(["a", "b", "c"]) == "a, b and c" and w.listed([]) == ""
    assert w.count(1, "card") == "one card" and w.count(3, "card") == "three cards"


def test_bands_of_relations_and_goals_say_the_same_as_their_marks():
    assert [w.relation(x) for x in (0.0, 62.0, 100.0)] == [(0, "hostile"), (3, "correct"), (5, "close")]
    assert w.grade(58.0) == (3, "fair") and w.grade(0.0) == (0, "failing") and w.grade(99.0) == (5, "strong")


@given(st.floats(0, 100))
def test_better_relations_never_have_fewer_dots(value):
    assert w.relation(value)[0] <= w.relation(min(value + 1.0, 100.0))[0]


@given(st.floats(0, 1))
def test_odds_in_words_rise_with_the_odds(p):
    order = [words for _, words in w.CHANCES] + ["almost certain"]
    assert order.index(w.chance_words(p)) <= order.index(w.chance_words(min(p + 0.05, 1.0)))


@pytest.mark.parametrize("good, band, before, after, expected", [
    ("up", None, 1, 2, "better"), ("down", None, 1, 2, "worse"), ("up", None, 1, 1, "same"),
    ("band", (30, 55), 20, 25, "better"), ("band", (30, 55), 50, 60, "worse"), ("band", (30, 55), 35, 50, "same")])
def test_judgement(good, band, before, after, expected):
    assert w.judgement(good, band, before, after) == expected


@pytest.mark.parametrize("label, plural", [
    ("Exports", True), ("Readiness", False), ("Relations with Russia", True), ("Fuel from Russia", False),
    ("Days of fuel", True), ("China\u2019s share of exports", False), ("Balance between the giants", False)])
def test_plural_labels(label, plural):
    assert w.is_plural(label) is plural


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=12), st.sampled_from((-1, 0, 1)))
def test_rounded_terms_add_up(amounts, off):
    """The shown change may differ by a step from the rounded sum, because both its ends are rounded."""
    total = w.whole(sum(amounts)) + off
    shares = w.share_out(amounts, total)
    assert sum(shares) == total
    assert all(abs(share - amount) <= 2.0 for share, amount in zip(shares, amounts, strict=True)) or len(amounts) == 1
