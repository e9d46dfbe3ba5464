"""Every field of every page that carries information is printed somewhere."""

from __future__ import annotations

import dataclasses
import itertools
import types
import typing

import pytest

from game.text import (
    show_cabinet,
    show_card,
    show_desk,
    show_help,
    show_neighbours,
    show_report,
    show_verdict,
    show_why,
)
from game.view import neighbour_lines, pages

# Fields that are for the window alone (its looks, positions, keys), or that another printed field says in words.
SILENT = {"id", "icon", "picture", "side", "tone", "status", "arrow", "refers", "indicator", "sure", "when", "size",
          "kind", "group", "ticks", "start", "end"}
SPOKEN = {"Coming.when", "WhyPage.kind", "ChangeRow.size"}  # of those names, the ones that are printed all the same
IN_TEXT = {"EffectLine.label", "EffectLine.given", "Fan.label", "FlowLine.label",  # the line's own text holds the label
           "Cause.name", "Fan.judgement"}  # for a sentence of the report, and for the colour of a drawing


SHOWN_IF_POSSIBLE = ("raise_effects", "lower_effects", "raise_fans", "lower_fans")
HOPELESS = {"raise_hope": "", "lower_hope": ""}


class Filler:
    """Page objects in which every text is a mark of its own; `marks` are those that must be printed."""

    def __init__(self) -> None:
        self.marks: dict[str, str] = {}
        self._number = itertools.count(1000)

    def page(self, cls: type, **given):
        hints = typing.get_type_hints(cls)
        return cls(**{field.name: given[field.name] if field.name in given else
                      self._value(hints[field.name], f"{cls.__name__}.{field.name}")
                      for field in dataclasses.fields(cls)})

    def _value(self, hint, path: str):
        origin, parts = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            return self._value(parts[0], path)
        if origin is tuple:
            if path.endswith(".marks") or path in ("Chart.you", "Chart.history"):
                return ()
            return tuple(self._value(part, path) for part in (parts[:1] if parts[-1] is Ellipsis else parts))
        if dataclasses.is_dataclass(hint):
            return self.page(hint)
        if hint is str:
            text = f"mark{next(self._number)}"
            silent = path.split(".")[1] in SILENT and path not in SPOKEN or path in IN_TEXT
            if not silent:
                self.marks[text] = path
            return text
        return {int: 0, float: 0.0, bool: False}[hint]

    def missing(self, lines: list[str]) -> list[str]:
        """Paths of the marks that no line holds."""
        text = "\n".join(lines).lower()
        return [path for mark, path in self.marks.items() if mark not in text]


@pytest.fixture
def filler():
    return Filler()


def test_desk(filler):
    figure = filler.page(pages.Figure)  # what the bar shows is always in a section too
    desk = filler.page(pages.Desk, bar=(figure,), sections=(("Money", (figure,)),))
    assert filler.missing([*show_desk.opening(desk), *show_desk.whole(desk), *show_desk.indicators(desk),
                           *show_desk.relations(desk)]) == []


def test_card(filler):
    card = filler.page(pages.CardPage)
    assert filler.missing([*show_card.card(card), *show_card.more(card), *show_card.source(card)]) == []
    assert any(line.startswith("And 1 smaller; type more") for line in show_card.card(card))
    plain = filler.page(pages.CardPage, choices=(filler.page(pages.ChoiceLine, smaller=()),))
    assert not any("smaller" in line for line in show_card.card(plain)) and len(show_card.more(plain)) == 1


@pytest.mark.parametrize("refusals", [True, False])
def test_cabinet(filler, refusals):
    none = {} if refusals else {"raise_refusal": "", "lower_refusal": ""}
    lever = filler.page(pages.LeverLine, group="g", setting=1.0, **none,
                        **(dict.fromkeys(SHOWN_IF_POSSIBLE, ()) | HOPELESS if refusals else {}))
    initiative = filler.page(pages.InitiativeLine, group="g", likes=(("", "liker"),), dislikes=(("", "hater"),))
    cabinet = filler.page(pages.Cabinet, groups=(("g", "Group name", ""),), levers=(lever,), initiatives=(initiative,))
    lines = [*show_cabinet.overview(cabinet), *show_cabinet.group(cabinet, 0, {0: "Settings: all."}),
             *show_cabinet.initiative(initiative)]
    assert f"And 1 smaller; type initiative {initiative.index + 1} to hear them." in lines
    assert filler.missing(lines) == []
    assert {"Pleased: liker.", "Displeased: hater.", "Group name:", "Settings: all."} <= set(lines)


def test_report(filler):
    assert filler.missing(show_report.full(filler.page(pages.ReportPage))) == []


def test_why(filler):
    page = filler.page(pages.WhyPage, inputs=(("a", "Input", "7 kt"),), feeds=(("b", "Reader"),))
    lines = show_why.why_lines(page, show_why.leads(page))
    assert filler.missing(lines) == [] and {"Input: 7 kt.", "Reader."} <= set(lines)
    assert lines[-3:] == [f"1. {page.steps[0].terms[0].text}.", "2. Input.", "3. Reader."]


def test_neighbours(filler):
    page = filler.page(neighbour_lines.NeighboursPage)
    assert filler.missing([*show_neighbours.overview(page), *show_neighbours.in_full(page, 0)]) == []
    push = neighbour_lines.Push("Moscow's leverage: 62", "down", "clearly", "x")
    assert show_neighbours._push(push) == "Clearly less likely through Moscow's leverage: 62."


def test_verdict(filler):
    chart = filler.page(pages.Chart, you=(1.0, 2.0), history=((1.5, 3.0),), marks=((1, 7),))
    page = filler.page(pages.VerdictPage, charts=(chart,))
    record = show_verdict.record(page.charts, 2011 * 4, lambda name, value: f"{value} kt")
    assert filler.missing([*show_verdict.verdict(page), *record]) == []
    assert {"2011 Q1: 1.0 kt.", "2011 Q2: 2.0 kt, turning point 7.", "History, 2011: 3.0 kt."} <= set(record)


def test_help(filler):
    page = filler.page(pages.HelpPage)
    assert filler.missing([*show_help.help_lines(page), *show_help.glossary(page, page.glossary[0][0])]) == []


def test_numbers_of_the_purse_and_of_odds():
    purse = pages.Purse("$320\u00a0m", "$300\u00a0m", 4, 1, "3 left of 4; 1 committed", (("A depot", "$20\u00a0m"),))
    assert show_desk.purse_lines(purse)[1:] == [
        "Treasury: $320\u00a0m, and $300\u00a0m after what is committed.",
        "Political capital: 3 left of 4; 1 committed.",
        "", "Committed this quarter:", "A depot: $20\u00a0m."]
    assert show_desk.coming_line(pages.Coming("odds", 1, "next quarter", "Wagons stop", 0.25)) == \
        "Next quarter, chance: Wagons stop (25\u00a0%)."
