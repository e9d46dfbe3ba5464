"""Are goals, priorities, endings, verdict, difficulties, map and texts right? Read next: compiling.py."""

from __future__ import annotations

import re
from pathlib import Path as FilePath

from game.content.document import Document, IndicatorDoc
from game.content.findings import Findings, did_you_mean
from game.content.items import Item
from game.content.sites import Formulas, at

MAX_BARS = 5
# Words: fewest and most that read well on a card of the game's width.
TITLE, LABEL, BARGAIN, CARD_TEXT, NOTE_TEXT, DEMAND_TEXT = (1, 6), (1, 9), (1, 14), (40, 80), (20, 45), (8, 35)
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def check_indicators(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    for i, indicator in enumerate(document.indicators):
        place = at(top, "indicators", i)
        _variable(indicator.variable, document, formulas, at(place, "variable"), findings)
        problem = _levels_problem(indicator)
        if problem:
            findings.add(place, "indicator-levels", f"`{indicator.variable}`: {problem[0]}", problem[1])
    bars = [i for i, indicator in enumerate(document.indicators) if indicator.bar]
    for i in bars[MAX_BARS:]:
        findings.add(at(top, "indicators", i, "bar"), "indicator-levels",
                     f"there are more than {MAX_BARS} indicators in the bar", "the top bar has room for five")


def _levels_problem(indicator: IndicatorDoc) -> tuple[str, str] | None:
    warn, crisis, good = indicator.warn, indicator.crisis, indicator.good
    if not 0 < indicator.small < indicator.medium < indicator.large:
        return "small, medium and large do not rise", "sizes of a change: small: 2, medium: 5, large: 10"
    if (good == "band") != (indicator.band is not None):
        return "good: band and `band` belong together", "good: band, band: [low, high]"
    if indicator.band is not None and indicator.band[0] >= indicator.band[1]:
        return "the band does not rise", "band: [low, high]"
    if warn is not None and crisis is not None:
        if good == "up" and warn < crisis:
            return "the warning level is below the crisis level, though up is good", "warn first, on the way down"
        if good == "down" and warn > crisis:
            return "the warning level is above the crisis level, though down is good", "warn first, on the way up"
    return None


def check_priorities(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    goals = {goal.id for goal in document.goals}
    for i, priority in enumerate(document.priorities):
        for name, levels in priority.goals.items():
            place = at(top, "priorities", i, "goals", name)
            if name not in goals and name not in formulas.scope.ghosts:
                findings.add(place.key, "unknown-reference", f"there is no goal `{name[:60]}`",
                             did_you_mean(name, goals))
            if levels.achieved < levels.partly:
                findings.add(place, "goal-levels", "`achieved` is below `partly`", "mend one of the two")


def check_difficulties(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    parameters = [name for name, variable in document.variables.items() if variable.kind == "parameter"]
    for i, difficulty in enumerate(document.difficulties):
        for name, value in difficulty.set_.items():
            place = at(top, "difficulties", i, "set", name)
            if name not in parameters and name not in formulas.scope.ghosts:
                findings.add(place.key, "unknown-reference", f"there is no parameter `{name[:60]}`",
                             did_you_mean(name, parameters, "a difficulty sets parameters and nothing else"))
            limits = getattr(document.variables.get(name), "range", None)
            if limits and not limits[0] <= value <= limits[1]:
                findings.add(place, "start-outside",
                             f"{value:g} is outside the range {limits[0]:g} to {limits[1]:g}")
    defaults = sum(difficulty.default for difficulty in document.difficulties)
    if document.difficulties and defaults != 1:
        findings.add(at(top, "difficulties").key, "difficulty-default", f"{defaults} difficulties are the default",
                     "mark one with `default: true`")


def check_verdict(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    titles = document.verdict.titles
    for i, title in enumerate(titles):
        if title.when is None and i < len(titles) - 1:
            findings.add(at(top, "verdict", "titles", i), "verdict-titles", "the titles below this one are never given",
                         "the first that holds is given: put this one last")
    if titles and titles[-1].when is not None:
        findings.add(at(top, "verdict", "titles", len(titles) - 1), "verdict-titles", "it may be that no title holds",
                     "end with a title without `when`")
    for i, title in enumerate(titles):
        _check_placeholders(title.title, document, formulas, at(top, "verdict", "titles", i, "title"), findings)
        _check_placeholders(title.subtitle, document, formulas, at(top, "verdict", "titles", i, "subtitle"), findings)
    for i, sentence in enumerate(document.verdict.sentences):
        _check_placeholders(sentence.text, document, formulas, at(top, "verdict", "sentences", i, "text"), findings)


def _check_placeholders(text: str, document: Document, formulas: Formulas, place: Item, findings: Findings) -> None:
    for match in PLACEHOLDER.finditer(text):
        name = match[1].removeprefix("start.")
        if name not in document.variables and name not in formulas.scope.ghosts:
            findings.add(place.inside(match.start()), "unknown-reference", f"there is no variable `{name[:60]}`",
                         did_you_mean(name, document.variables, "write {fuel_cover} or {start.fuel_cover}"))


def check_map(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    for i, flow in enumerate(document.map.flows):
        _variable(flow.variable, document, formulas, at(top, "map", "flows", i, "variable"), findings)
        if flow.full == 0:
            findings.add(at(top, "map", "flows", i, "full"), "out-of-range", "0 is not allowed here",
                         "full is the value at which the flow is drawn in full width")


def _variable(name: str, document: Document, formulas: Formulas, place: Item, findings: Findings) -> None:
    if name not in document.variables and name not in formulas.scope.ghosts:
        findings.add(place, "unknown-reference", f"there is no variable `{name[:60]}`",
                     did_you_mean(name, document.variables))


def check_texts(document: Document, top: Item, formulas: Formulas, findings: Findings) -> None:
    def words(text: str, limits: tuple[int, int], what: str, *path: str | int) -> None:
        count = len(text.split())
        if not limits[0] <= count <= limits[1]:
            wanted = f"at most {limits[1]}" if limits[0] == 1 else f"{limits[0]} to {limits[1]}"
            findings.add(at(top, *path), "text-length", f"{what} has {count} words", f"{wanted} words fit well")

    for i, card in enumerate(document.cards):
        words(card.title, TITLE, "the title", "cards", i, "title")
        words(card.text, CARD_TEXT, "the text", "cards", i, "text")
        for j, choice in enumerate(card.choices):
            words(choice.label, LABEL, "the label", "cards", i, "choices", j, "label")
            words(choice.bargain, BARGAIN, "the bargain", "cards", i, "choices", j, "bargain")
    for section in ("initiatives", "moves"):
        for i, thing in enumerate(getattr(document, section)):
            words(thing.text, NOTE_TEXT, "the text", section, i, "text")
    for i, demand in enumerate(document.demands):
        words(demand.title, TITLE, "the title", "demands", i, "title")
        words(demand.text, DEMAND_TEXT, "the text", "demands", i, "text")
    for i, ending in enumerate(document.endings):
        words(ending.text, CARD_TEXT, "the text", "endings", i, "text")


def check_pictures(document: Document, top: Item, folder: FilePath | None, findings: Findings) -> None:
    """Pictures are assets/pictures/<name>.svg; without that folder nothing is said."""
    if folder is None or not folder.is_dir():
        return
    known = {file.stem for file in folder.glob("*.svg")}
    places = [(document.picture, at(top, "picture"))]
    for section in ("cards", "initiatives"):
        places += [(thing.picture, at(top, section, i, "picture"))
                   for i, thing in enumerate(getattr(document, section))]
    for name, place in places:
        if name is not None and name not in known:
            hint = did_you_mean(name, known, "draw it, or leave `picture` out")
            findings.add(place, "picture-missing", f"there is no picture `{name[:60]}`", hint)
