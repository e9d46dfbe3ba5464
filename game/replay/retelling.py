"""A log told in plain lines, from what it recorded; nothing is played again, so any version's log can be told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from game.content import Scenario
from game.content.units import behind
from game.engine.expr import seasonal
from game.replay.following import check_version, scenario_of
from game.replay.ids import quarter_text
from game.replay.log import Log, read_log
from game.replay.snapshot import unpack

MOST = 3  # indicators named as what changed most; a briefing holds no more


def retell(path: Path) -> list[str]:
    """Each turn's date, cards with choices, cabinet, moves, promises and greatest changes; raises LogError."""
    log = read_log(Path(path))
    check_version(log)
    scenario = scenario_of(log)
    names, length = _labels(log, scenario), scenario.document.lengths.get(log.settings.length)
    planned = (length and length.title) or "the planned end"
    lines = [f"{scenario.document.title}: " + ", ".join(names) + f", {log.settings.dice}"]
    like = np.zeros(len(scenario.tables.variables))
    closings: list[np.ndarray] = []  # closing values before each turn of the current line
    for entry in log.entries:
        if entry.kind == "begin":
            closings = [unpack(entry.value["values"], like, entry.line)]
        elif entry.kind == "rewind":
            closings = closings[: entry.value["rewind"] + 1]
            lines.append(f"Back to {_date(scenario, entry.value['rewind'])}.")
        elif entry.kind == "turn":
            closing = unpack(entry.value["values"], like, entry.line)
            lines.append(_date(scenario, entry.value["turn"]))
            lines += [f"  {line}" for line in _done(scenario, entry.value["did"], planned)]
            if closings:
                lines += [f"  {line}" for line in _changed(scenario, [*closings, closing])]
            closings.append(closing)
    return lines


def _date(scenario: Scenario, turn: int) -> str:
    return quarter_text(scenario.tables.first_quarter, turn)


def _labels(log: Log, scenario: Scenario) -> list[str]:
    """Who played, and the settings by their labels."""
    document, settings = scenario.document, log.settings
    length = document.lengths.get(settings.length)
    chosen = [d.label for d in document.difficulties if d.id == settings.difficulty]
    chosen += [p.label for p in document.priorities if p.id in settings.priorities]
    found = [settings.name, length.label if length else settings.length, *chosen]
    return [name for name in found if name]


def _done(scenario: Scenario, did: dict, planned: str) -> Iterator[str]:
    """Lines of what a turn recorded; ids without a label are told as they are. `planned` names the planned end."""
    document = scenario.document
    cards = {card.id: card for card in document.cards}
    actors = {actor.id: actor.label for actor in document.actors}
    moves = {move.id: f"{actors.get(move.actor, move.actor)}: {move.title}" for move in document.moves}
    promises = {promise.id: promise.title for promise in document.promises}
    initiatives = {initiative.id: initiative.title for initiative in document.initiatives}
    won = did.get("gambles", {})
    for card, choice in did.get("cards", {}).items():
        labels = {c.id: c.label for c in cards[card].choices} if card in cards else {}
        outcome = {True: " (it came off)", False: " (it failed)"}.get(won.get(card), "")
        yield f"{_title(cards, card)}: {labels.get(choice, choice)}{outcome}"
    for card in did.get("lapsed", ()):
        yield f"{_title(cards, card)}: nobody decided, and the default came"
    for lever, setting in did.get("levers", {}).items():
        yield f"Set: {_figure(scenario, lever, setting)}"
    for name in did.get("initiatives", ()):
        yield f"Begun: {initiatives.get(name, name)}"
    for name in did.get("moves", ()):
        yield moves.get(name, name)
    for name in did.get("kept", ()):
        yield f"Promise kept: {promises.get(name, name)}"
    for name in did.get("broken", ()):
        yield f"Promise broken: {promises.get(name, name)}"
    if "ended" in did:
        titles = {ending.id: ending.title for ending in document.endings}
        yield f"The game ended: {titles.get(did['ended'], planned)}"


def _title(cards: dict, card: str) -> str:
    return cards[card].title if card in cards else card


def _figure(scenario: Scenario, name: str, value: float) -> str:
    """Label, value and unit of a variable."""
    variable = scenario.document.variables.get(name)
    if variable is None:
        return f"{name} {value}"
    words, number = getattr(variable, "words", {}).get(value), _number(value, variable.decimals)
    return f"{variable.label} {words or f'{number} {behind(number, variable.unit)}'}".rstrip()


def _number(value: float, decimals: int) -> str:
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text.replace("-", "−")


def _changed(scenario: Scenario, closings: list[np.ndarray]) -> Iterator[str]:
    """The indicators that changed most in the last quarter of `closings`, in units of what counts as a medium change
    of each; of one that moves with the season only what it did not do in the same quarter a year before."""
    before, after, with_season = closings[-2], closings[-1], _with_season(scenario)
    a_year_ago = closings[-5] - closings[-6] if len(closings) > 5 else np.zeros(len(after))
    sizes = []
    for place, indicator in enumerate(scenario.document.indicators):
        row = scenario.row(indicator.variable)
        moved = after[row] - before[row]
        new = min(abs(moved - a_year_ago[row]), abs(moved)) if row in with_season else abs(moved)
        size = new / (indicator.medium or 1.0)
        if size > 0.0:
            sizes.append((-size, place, row, indicator.variable))
    parts = []
    for _, _, row, name in sorted(sizes)[:MOST]:
        decimals = scenario.document.variables[name].decimals
        was = _number(float(before[row]), decimals)
        if was != _number(float(after[row]), decimals):
            parts.append(f"{_figure(scenario, name, float(after[row]))} (was {was})")
    if parts:
        yield "Changed most: " + "; ".join(parts)


def _with_season(scenario: Scenario) -> set[int]:
    """Rows of stocks that a flow of the calendar moves."""
    return {stock.row for stock in scenario.tables.stocks for flow in stock.flows if seasonal(flow.formula)}
