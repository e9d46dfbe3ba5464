"""Before the first turn: go on with a kept game, or answer the questions of a new one.

What the command line gave is not asked. Read next: playing.py.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from game import paths
from game.content import ContentError, Scenario, find_scenarios, load
from game.replay import Session, Settings, list_saves, new_save_path, seed_of
from game.text import keeping, playing
from game.text.lines import unbroken
from game.text.prompts import Option, Prompt
from game.view import newgame_page
from game.view.pages import Pick
from game.view.words import sentence

if TYPE_CHECKING:
    from game.text.edition import Edition

SEEDS = 1_000_000  # a new seed is drawn below this, short enough to be told to a friend
PRIORITIES = 2


class Options(Protocol):
    """What the command line gave; None: not given. See game.cli.options.PlayOptions."""

    scenario: Path
    seed: str | None
    length: str | None
    difficulty: str | None
    priorities: tuple[str, str] | None
    save: Path | None
    named: bool
    show_model: Callable[[Scenario], tuple[str, Path | None]]


@dataclass
class Draft:
    """The answers so far; None: not asked yet."""

    scenarios: list[Scenario]
    chosen: int | None = None
    length: str | None = None
    difficulty: str | None = None
    priorities: list[str] = field(default_factory=list)
    seed: str | None = None


def start(edition: Edition) -> None:
    """The first question: a kept game goes on where there is one and nothing was given for a new one."""
    options = edition.options
    edition.say(["Third Neighbour, text edition.", "Type help at any prompt, quit to leave. Every decision is saved."])
    if options.save is not None and options.save.exists():
        keeping.go_on(edition, options.save)
        return
    given = (options.seed, options.length, options.difficulty, options.priorities, options.save)
    kept = [] if any(given) else [info for info in list_saves(paths.saves()) if not info.ended]
    if not kept:
        new(edition)
        return
    latest = kept[0]
    picks = [Option(f"Go on with {keeping.described(latest)}", lambda: keeping.go_on(edition, latest.path)),
             Option("Begin a new game", lambda: new(edition)),
             Option("Choose another kept game", lambda: keeping.load(edition, ""))]
    _ask(edition, "A game is kept", picks, 0)


def new(edition: Edition, _: str = "") -> None:
    """Begin the questions of a new game. Raises ContentError if the scenario of the command line has errors."""
    options, first = edition.options, edition.session is None
    edition.session = None
    edition.draft = Draft(_scenarios(options.scenario))
    if first:
        edition.draft.length, edition.draft.difficulty, edition.draft.seed = (
            options.length, options.difficulty, options.seed)
        edition.draft.priorities = list(options.priorities or ())
    about = options.named or options.length or options.difficulty or options.priorities
    if len(edition.draft.scenarios) == 1 or (first and about):
        edition.draft.chosen = 0  # the only one, or the one that was named or that the options are about
    _next(edition)


def _scenarios(named: Path) -> list[Scenario]:
    """The named scenario, then every other that is free of errors."""
    found = [load(named)]
    for folder in find_scenarios():
        if folder.resolve() != named.resolve():
            try:
                found.append(load(folder))
            except ContentError:
                continue  # `check` tells its author; a player cannot mend it
    return found


def _next(edition: Edition) -> None:
    """Ask for what is still open, or begin."""
    draft = edition.draft
    page = newgame_page(draft.scenarios, draft.chosen or 0)
    if draft.chosen is None:
        _pick(edition, "Scenario", page.scenarios, lambda pick: setattr(draft, "chosen", page.scenarios.index(pick)))
    elif draft.length is None:
        _pick(edition, "Length", page.lengths, lambda pick: setattr(draft, "length", pick.id))
    elif draft.difficulty is None and page.difficulties:
        ids = [pick.id for pick in page.difficulties]
        _pick(edition, "Difficulty", page.difficulties, lambda pick: setattr(draft, "difficulty", pick.id),
              ids.index(page.default_difficulty))
    elif len(draft.priorities) < min(PRIORITIES, len(page.priorities)):
        left = tuple(pick for pick in page.priorities if pick.id not in draft.priorities)
        _pick(edition, "Second priority" if draft.priorities else "First priority", left,
              lambda pick: draft.priorities.append(pick.id))
    elif draft.seed is None:
        edition.say(["", "Seed: the same number or text gives the same luck."])
        edition.ask(Prompt("Seed, or Enter for a new one: ", enter=lambda: _seed(edition, ""),
                           answer=lambda text: _seed(edition, text)))
    else:
        _begin(edition)


def _seed(edition: Edition, text: str) -> None:
    edition.draft.seed = text or str(secrets.randbelow(SEEDS))
    _next(edition)


def _pick(edition: Edition, what: str, picks: tuple[Pick, ...], take, default: int = 0) -> None:
    """Ask for one of several, unless there is no choice."""
    def taken(pick: Pick) -> None:
        take(pick)
        _next(edition)
    if len(picks) == 1:
        edition.say([f"{what}: {picks[0].label}, {_about(picks[0])}"])
        taken(picks[0])
        return
    _ask(edition, what, [Option(pick.label, lambda pick=pick: taken(pick)) for pick in picks], default,
         [_about(pick) for pick in picks])


def _about(pick: Pick) -> str:
    return " ".join(sentence(text) for text in (pick.text, pick.aside) if text)


def _ask(edition: Edition, what: str, options: list[Option], default: int, about: list[str] | None = None) -> None:
    lines = ["", f"{what}:"]
    for place, option in enumerate(options):
        lines.append(" ".join([f"{place + 1}. {sentence(option.label)}", *([about[place]] if about else [])]))
    edition.say(lines)
    edition.ask(Prompt(f"{what}, 1 to {len(options)}, Enter for {default + 1}: ", tuple(options), options[default].act))


def _begin(edition: Edition) -> None:
    draft, given = edition.draft, edition.options.save
    scenario = draft.scenarios[draft.chosen]
    path = given if given is not None and not given.exists() else \
        new_save_path(paths.saves(), scenario.document.id, edition.now())
    settings = Settings(seed_of(draft.seed), draft.length, draft.difficulty or "", tuple(draft.priorities),
                        code=draft.seed.strip())
    edition.session = Session.new(scenario, settings, path)
    edition.draft = None
    labels = [priority.label for priority in scenario.document.priorities if priority.id in draft.priorities]
    edition.say(["", f"The game begins. Seed: {draft.seed}.",
                 *([f"Your priorities: {' and '.join(labels)}."] if labels else []),
                 f"It is kept in {unbroken(path)}", ""])
    playing.desk(edition)
