"""The model knows nothing of what happened after 2010 but what it is told openly.

No figure of a series after 2010 stands in the YAML except as a driver's path, as an exogenised input, as an add-factor
or in history.csv: not as a start, a parameter, a point of a curve or any other number of a formula or an effect. (Texts
of sources may cite figures.) Three or more digits that are the very same number count; shorter ones are chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from game.content.document import Document, DriverDoc, ParameterDoc, StockDoc
from tests.scenarios.games import scenario

NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w.-])")
START = 2010  # the last year that the model may know


def digits(text: str) -> str:
    """The digits of a number from the first to the last that is not 0: "0.0450" -> "45"."""
    return text.replace(".", "").strip("0")


def told() -> dict[Decimal, list[str]]:
    """Figures after 2010 of three or more digits, also rounded to whole numbers of four, and where they stand."""
    found: dict[Decimal, list[str]] = {}
    for column, years in scenario().history.items():
        for year, value in years.items():
            for text, least in ((f"{value:.10g}", 3), (f"{value:.0f}", 4)):
                if year > START and len(digits(text)) >= least:
                    found.setdefault(Decimal(text), []).append(f"{column} {year}")
    return found


def numbers(document: Document) -> Iterator[tuple[str, str]]:
    """Every number of the model and of effects, as text, and where it stands; paths are left out."""
    for name, variable in document.variables.items():
        if isinstance(variable, ParameterDoc):
            yield f"{name}: value", f"{variable.value:.10g}"
        start = getattr(variable, "start", None)
        for value in start if isinstance(start, tuple) else () if start is None else (start,):
            yield f"{name}: start", f"{value:.10g}"
        formulas = variable.flows.values() if isinstance(variable, StockDoc) else (getattr(variable, "is_", ""),)
        for formula in formulas:
            for match in NUMBER.finditer(formula):
                yield f"{name}: formula", match[0]
    options = [(f"{card.id}/{choice.id}", choice) for card in document.cards for choice in card.choices]
    for name, thing in [*options, *((thing.id, thing) for thing in (*document.initiatives, *document.moves))]:
        for part in ("effects", "success", "failure"):
            for effect in getattr(thing, part, ()):
                if effect.add is not None:
                    yield f"{name}: effect on {effect.to}", f"{abs(effect.add):.10g}"


# The same digits by chance, with what the number really is.
CHANCE = {"china_growth: start 10.8": "growth of China in the second quarter of 2010"}


def copied(document: Document) -> dict[str, list[str]]:
    """Numbers of the scenario that are figures after 2010, and which."""
    known = told()
    return {f"{place} {text}": known[Decimal(text)] for place, text in numbers(document) if Decimal(text) in known}


def test_no_figure_after_2010_stands_in_the_model():
    found = {place: figures for place, figures in copied(scenario().document).items() if place not in CHANCE}
    assert found == {}, "lead it by a path, or say under CHANCE what it is"
    assert set(CHANCE) <= set(copied(scenario().document)), "no longer there"


@pytest.mark.parametrize("part, value", [
    ("start", 10409.8), ("formula", "curve(luck, 0, 1, 10, 4817.5)"), ("parameter", 3550.0)])
def test_a_copied_figure_would_be_found(part, value):
    variables = dict(scenario().document.variables)
    if part == "start":
        variables["gdp"] = replace(variables["gdp"], start=value)
    elif part == "formula":
        name = next(name for name, variable in variables.items() if isinstance(variable, DriverDoc))
        variables[name] = replace(variables[name], is_=value)
    else:
        name = next(name for name, variable in variables.items() if isinstance(variable, ParameterDoc))
        variables[name] = replace(variables[name], value=value)
    before = copied(scenario().document)
    assert len(copied(replace(scenario().document, variables=variables))) == len(before) + 1


def test_figures_up_to_2010_may_stand_there():
    starts = [place for place, text in numbers(scenario().document) if place == "reserves: start" and text == "2288"]
    assert starts == ["reserves: start"] and Decimal("2288") not in told()
