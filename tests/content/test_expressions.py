"""Formulas: they mean what Python's arithmetic means, and every mistake is a finding at its column."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.expressions import MAX_LENGTH, parse
from game.content.scope import Owner, Scope, Symbol
from game.engine.expr import compile_expr

KT, MONEY = "kt", "m"
VALUES = {"fuel": 40.0, "demand": 25.0, "cash": -7.5, "share": 0.25, "flag": 1.0, "zero": 0.0}
SYMBOLS = {
    "fuel": Symbol(0, "stock", KT, 0.0, 600.0), "demand": Symbol(1, "auxiliary", KT, 1.0, 500.0),
    "cash": Symbol(2, "stock", MONEY, -100.0, 100.0), "share": Symbol(3, "auxiliary", None, 0.0, 1.0),
    "flag": Symbol(4, "flag", None, 0.0, 1.0), "zero": Symbol(5, "parameter", None, 0.0, 0.0),
    "rain": Symbol(6, "driver", None, 0.0, 9.0),
}


def scope() -> Scope:
    return Scope(SYMBOLS, {"store.burned": True, "purse.spent": False},
                 {"chosen": {"a-card/pay"}, "played": {"a-plan"}, "made": {"a-move"}})


def node(text: str, owner: Owner | None = None):
    part, troubles = parse(text, scope(), owner)
    assert not troubles, troubles
    return part.node


def value(text: str) -> float:
    """The formula's value with VALUES, as the engine computes it."""
    names = list(VALUES)
    compiled = compile_expr(node(text))
    return float(compiled.evaluate([VALUES[names[leaf[1]]] for leaf in compiled.leaves]))


def trouble(text: str, owner: Owner | None = None):
    """The only mistake in a formula."""
    _, troubles = parse(text, scope(), owner)
    assert len(troubles) == 1, troubles
    return troubles[0]


@pytest.mark.parametrize(("text", "wanted"), [
    ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("10 - 4 - 3", 3), ("-2 * -3", 6), ("8 / 4 / 2", 1), ("2 - -1", 3),
    ("fuel - demand", 15), ("1.5e1 + .5", 15.5), ("min(3, 1, 2)", 1), ("max(3, share)", 3), ("abs(cash)", 7.5),
    ("sqrt(16)", 4), ("pow(2, 3)", 8), ("if(fuel > demand, 1, 2)", 1), ("if(flag, 1, 2)", 1),
    ("ratio(fuel, zero, 3)", 3), ("ratio(10, 4, 0)", 2.5), ("not flag", 0), ("not flag or flag", 1),
    ("not (flag and zero)", 1), ("flag and not zero", 1), ("1 or 0 and 0", 1), ("not 1 > 2", 1), ("1 + 1 == 2", 1),
    ("share != 0.25", 0), ("curve(share, 0, 10, 1, 20)", 12.5), ("curve(fuel, -1, 10, 1, -20)", -20),
    ("logistic(0)", 0.5), ("2 * (fuel > 3) + 1", 3),
])
def test_value(text, wanted):
    assert math.isclose(value(text), wanted, rel_tol=1e-12)


def test_words_of_time_become_leaves():
    assert node("date >= 2011-Q2") == ("ge", ("date",), ("number", 2011 * 4 + 1))
    assert node("turn + quarter") == ("add", ("turn",), ("quarter",))
    assert node("last(fuel)") == ("last", 0)
    assert node("year_ago(fuel)") == ("year_ago", 0)
    assert node("year_sum(demand)") == ("year_sum", 1)
    assert node("year_mean( demand )") == ("year_mean", 1)


def test_driver_has_luck_and_path_of_its_own():
    owner = Owner("rain", "driver", (1.0, 2.0))
    assert node("last(self) + path + luck", owner) == ("add", ("add", ("last", 6), ("path", 6)), ("luck", 6))


def test_references_share_a_hidden_row_for_each_thing():
    names = scope()
    text = "unmet(store.burned) + chosen( a-card/pay ) + played(a-plan) + made(a-move) + chosen(a-card/pay)"
    part, troubles = parse(text, names)
    assert not troubles
    assert names.hidden == {("unmet", "store.burned"): 7, ("chosen", "a-card/pay"): 8, ("played", "a-plan"): 9,
                            ("made", "a-move"): 10}


@pytest.mark.parametrize(("text", "code", "column", "hint"), [
    ("fuel +", "formula-syntax", 6, "end"),
    ("fuel + * 2", "formula-syntax", 7, ""),
    ("(fuel + 2", "formula-syntax", 9, ""),
    ("fuel demand", "formula-syntax", 5, ""),
    ("fuel AND flag", "formula-syntax", 5, "and"),
    ("and flag", "formula-syntax", 0, ""),
    ("", "formula-syntax", 0, ""),
    ("fuel = 3", "formula-syntax", 5, "=="),
    ("fuel ** 2", "formula-syntax", 5, "pow"),
    ("fuel ^ 2", "formula-syntax", 5, "pow"),
    ("flag && flag", "formula-syntax", 5, "and"),
    ("flag || flag", "formula-syntax", 5, "or"),
    ("!flag", "formula-syntax", 0, "not"),
    ("5 % 2", "formula-syntax", 2, "0.05"),
    ("1e300 * 1", "formula-syntax", 0, ""),
    ("2 * feul", "formula-unknown-name", 4, "`fuel`"),
    ("sqr(4)", "formula-unknown-name", 0, "`sqrt`"),
    ("true", "formula-unknown-name", 0, "write 1"),
    ("chosen(a-card/say)", "formula-unknown-name", 7, "a-card/pay"),
    ("made( a-moove )", "formula-unknown-name", 6, "a-move"),
    ("unmet(store.brned)", "formula-unknown-name", 6, "store.burned"),
    ("unmet(purse.spent)", "formula-place", 6, "physical"),
    ("ratio(1, 2)", "formula-arguments", 0, "otherwise"),
    ("sqrt(1, 2)", "formula-arguments", 0, "sqrt(a)"),
    ("max()", "formula-arguments", 0, "max(a, b, ...)"),
    ("max + 1", "formula-arguments", 0, "max(a, b, ...)"),
    ("last(fuel + 1)", "formula-arguments", 5, "auxiliary"),
    ("curve(fuel, 0, 1, 2)", "formula-arguments", 0, "curve"),
    ("curve(fuel, 0, 1, 2, 3, 4)", "formula-arguments", 0, "curve"),
    ("curve(fuel, 0, share, 2, 3)", "formula-arguments", 15, "curve"),
    ("curve(fuel, 0, 1, 0, 3)", "formula-arguments", 18, ""),
    ("luck + 1", "formula-place", 0, "driver"),
    ("path", "formula-place", 0, "driver"),
    ("1 < fuel < 3", "formula-chained", 9, "and"),
    ("fuel + cash", "formula-unit", 5, "parameter"),
    ("max(fuel, cash)", "formula-unit", 0, "parameter"),
    ("if(flag, fuel, cash)", "formula-unit", 0, "parameter"),
    ("2 * (fuel) >= abs(-cash)", "formula-unit", 11, "parameter"),
    ("last(fuel) - year_mean(cash)", "formula-unit", 11, "parameter"),
    ("date > 3", "formula-date", 0, "2011-Q2"),
    ("date + 1", "formula-date", 0, "2011-Q2"),
    ("fuel > 2011-Q3", "formula-date", 7, "2011-Q2"),
    ("date >= 2011-Q7", "formula-date", 8, "Q4"),
    ("1 / share", "formula-division", 4, "ratio"),
    ("1 / (demand - 1)", "formula-division", 5, "ratio"),
    ("1 / zero", "formula-division", 4, "ratio"),
])
def test_mistake_is_found_at_its_column(text, code, column, hint):
    found = trouble(text)
    assert (found.code, found.offset) == (code, column)
    assert hint in found.hint


@pytest.mark.parametrize("text", [
    "1 / demand", "1 / (share + 0.1)", "1 / max(share, 0.01)", "1 / (1 + abs(cash))", "1 / exp(share)", "2 / 4",
    "1 / if(flag, 2, demand)", "1 / -demand", "1 / curve(cash, 0, 1, 9, 4)", "1 / (demand * demand)",
    "1 / logistic(cash)",
])
def test_denominator_that_cannot_be_zero_is_fine(text):
    assert parse(text, scope())[1] == []


@pytest.mark.parametrize("text", [
    "fuel + 3", "fuel * cash + demand * cash", "ratio(fuel, demand, 0) + share", "fuel * cash + 1",
    "0.5 * fuel + demand", "exp(fuel) + exp(cash)", "(fuel > 1) + (cash > 1)", "year_sum(fuel) + cash",
])
def test_units_that_agree_or_are_not_known_are_fine(text):
    assert parse(text, scope())[1] == []


@pytest.mark.parametrize("text", ["fuel + cash * share", "fuel + cash / 2", "fuel > -cash", "fuel - ratio(cash, 2, 0)"])
def test_unit_survives_plain_numbers(text):
    assert trouble(text).code == "formula-unit"


def test_several_mistakes_are_found_at_once():
    codes = [t.code for t in parse("feul + 1 / share + luck", scope())[1]]
    assert sorted(codes) == ["formula-division", "formula-place", "formula-unknown-name"]


@pytest.mark.parametrize("text", [
    "(" * 1000, "-" * 1000 + "1", "not " * 400 + "1", "+".join(["1"] * 900), "1" + "+(1" * 300, "max(" * 300,
    "1 " * 3000, "if(" * 500,
])
def test_formula_that_is_too_long_or_too_deep_is_refused(text):
    assert trouble(text).code in ("formula-too-long", "formula-syntax")
    assert len(text) < MAX_LENGTH or trouble(text).code == "formula-too-long"


NEARLY = st.lists(st.sampled_from(["fuel", "last", "max", "(", ")", ",", "+", "-", "*", "/", "<", "and", "not", "if",
                                   "2", "date", "2011-Q1", "chosen", "luck", "=", "curve"]), max_size=14).map(" ".join)


@settings(deadline=None)  # a machine under load is not a mistake
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80) | NEARLY)
def test_any_text_gives_a_tree_or_troubles(text):
    part, troubles = parse(text, scope(), Owner("rain", "driver"))
    assert part is not None or troubles
    assert all(0 <= t.offset <= len(text) and t.message for t in troubles)
    if part is not None and not troubles:
        compile_expr(part.node)


# Formulas that Python reads the same: no units, no division by what may be 0, comparisons in parentheses.
SIGNS = ("+", "-", "*", "<", "<=", ">", ">=", "==", "!=")
ATOMS = st.sampled_from(["share", "flag", "zero", "1", "2.5", "0.125", "7", "1e2"])


def grow(inner):
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.flatmap(lambda p: st.sampled_from([f"({p[0]} {o} {p[1]})" for o in SIGNS])),
        pair.map(lambda p: f"{p[0]} + {p[1]}"), pair.map(lambda p: f"({p[0]}) - ({p[1]}) * 2"),
        pair.map(lambda p: f"min({p[0]}, {p[1]})"), pair.map(lambda p: f"max({p[0]}, {p[1]}, 0)"),
        inner.map(lambda a: f"abs({a})"), inner.map(lambda a: f"-({a})"), inner.map(lambda a: f"({a}) / 4"),
        pair.map(lambda p: f"(({p[0]}) > 0 and not ({p[1]}) > 1 or ({p[0]}) == 1)"),
    )


@settings(deadline=None)
@given(st.recursive(ATOMS, grow, max_leaves=12))
def test_formula_has_the_value_that_python_gives(text):
    wanted = float(eval(text, {"min": min, "max": max, "abs": abs}, dict(VALUES)))  # texts made here, never an author's
    part, troubles = parse(text, scope())
    if part is None:
        assert troubles[0].code == "formula-too-long"
        return
    assert not troubles
    assert value(text) == wanted
    low, high = part.bounds
    rounding = 1e-12 * (1 + abs(wanted))
    assert low - rounding <= wanted <= high + rounding
