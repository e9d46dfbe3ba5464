"""The page before a game: scenario, length, difficulty and priorities to choose from."""

from __future__ import annotations

from game.content import Scenario
from game.content.document import Document, PriorityDoc
from game.view.pages import NewGame, Pick
from game.view.words import listed, plain


def newgame_page(scenarios: list[Scenario], chosen: int = 0) -> NewGame:
    """Everything to pick for the scenario at place `chosen`. Raises IndexError if there is none."""
    document = scenarios[chosen].document
    default = next((d.id for d in document.difficulties if d.default),
                   document.difficulties[0].id if document.difficulties else "")
    return NewGame(
        scenarios=tuple(_scenario(scenario.document) for scenario in scenarios),
        lengths=tuple(Pick(name, length.label, _about(length.turns, length.minutes), "", "clock")
                      for name, length in document.lengths.items()),
        difficulties=tuple(Pick(d.id, d.label, d.text, "", "") for d in document.difficulties),
        priorities=tuple(_priority(document, priority) for priority in document.priorities), default_difficulty=default)


def _about(turns: int, minutes: int) -> str:
    return f"{turns} quarters, about {minutes} minutes"


def _scenario(document: Document) -> Pick:
    lengths = tuple(document.lengths.values())
    turns, minutes = [str(length.turns) for length in lengths], [length.minutes for length in lengths]
    aside = _about(lengths[0].turns, lengths[0].minutes) if len(lengths) == 1 else \
        f"{', '.join(turns[:-1])} or {turns[-1]} quarters, {min(minutes)} to {max(minutes)} minutes"
    return Pick(document.id, document.title, " ".join(document.summary.split()), aside, document.picture or "")


def _priority(document: Document, priority: PriorityDoc) -> Pick:
    labels = {goal.id: goal.label for goal in document.goals}
    needs = [f"{labels[goal]} {plain(level.achieved)} of 100" for goal, level in priority.goals.items()]
    return Pick(priority.id, priority.label, priority.text, f"Achieved with {listed(needs)}", priority.icon)
