"""Everything that can be typed at any prompt, with its line for the help."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.text import asking, beginning, deciding, keeping, playing
from game.text.prompts import Command
from game.text.standing import begun, over

if TYPE_CHECKING:
    from game.text.edition import Edition

Run = Callable[["Edition", str], None]


def commands_of(edition: Edition) -> dict[str, Command]:
    """The commands by name, in the order of the help."""
    any_time: list[tuple[str, str, Run]] = [
        ("help", "how to play, and this list", asking.show_help_page),
        ("model", "how the model works: every number with its formula and source, as a page for your browser",
         asking.model),
        ("glossary WORD", "what a word of the game means", asking.glossary),
        ("load NAME", "go on with a kept game; alone, it lists them", keeping.load),
        ("new", "begin a new game; this one is kept", beginning.new),
        ("quit", "leave; the game is kept", keeping.leave),
    ]
    while_it_runs: list[tuple[str, str, Run]] = [
        ("cards", "the cards of this quarter; cards 2 opens the second", playing.cards),
        ("cabinet", "levers and initiatives; cabinet energy shows one group in full", deciding.cabinet),
        ("lever NAME", "one lever in full, by number or name", deciding.lever),
        ("initiative NAME", "one initiative in full, by number or name", deciding.initiative),
        ("set NAME VALUE", "set a lever, for instance set fuel reserve 30", deciding.set_lever),
        ("raise NAME", "a lever one step up", lambda e, rest: deciding.step(e, rest, 1)),
        ("lower NAME", "a lever one step down", lambda e, rest: deciding.step(e, rest, -1)),
        ("play NAME", "play an initiative this quarter", deciding.play),
        ("drop NAME", "do not play it after all", deciding.drop),
        ("end", "end the quarter", playing.end),
    ]
    in_game: list[tuple[str, str, Run]] = [
        ("desk", "everything on the desk", playing.whole_desk),
        ("source", "where a card's claim comes from", asking.source),
        ("more", "the smaller effects of a card's choices; more 2 for the second card", asking.more),
        ("undo", "take back the last decision of this quarter", deciding.undo),
        ("why NAME", "why a number is as it is, for instance why fuel cover", asking.why),
        ("indicators", "every indicator with what it means", asking.indicators),
        ("relations", "what others want, give and punish", asking.relations),
        ("neighbours", "what each wants and may do this quarter; neighbours russia shows one in full",
         asking.neighbours),
        ("coming", "what is on its way", asking.coming),
        ("dispatches", "what has happened, newest first", asking.dispatches),
        ("report", "all of the last report", playing.report),
        ("rewind", "go back to an earlier quarter", deciding.rewind),
        ("verdict", "the verdict of history so far", playing.verdict),
        ("record", "the main numbers, quarter by quarter", playing.record),
        ("save NAME", "keep the game under a name; it is saved all the time anyway", keeping.save),
    ]

    def bound(entries: list[tuple[str, str, Run]], allowed: Callable[[Edition], bool]) -> dict[str, Command]:
        def act(run: Run) -> Callable[[str], None]:
            return lambda rest: run(edition, rest) if allowed(edition) else None
        return {usage.split()[0]: Command(usage, about, act(run)) for usage, about, run in entries}
    return {**bound(while_it_runs, lambda e: begun(e) and not over(e)), **bound(in_game, begun),
            **bound(any_time, lambda e: True)}
