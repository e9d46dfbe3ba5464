"""Commands that only tell something: why, source, parts of the desk, glossary, help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.text import show_card, show_desk, show_help, show_neighbours
from game.text.find import Thing, matches, nearest, numbered
from game.text.lines import unbroken
from game.text.prompts import Option, Prompt
from game.text.show_why import leads, why_lines
from game.text.standing import heads
from game.view import card_page, desk_page, help_page, neighbours_page, why_page
from game.view.lookahead import situation
from game.view.words import listed

if TYPE_CHECKING:
    from game.content import Scenario
    from game.text.edition import Edition
    from game.view.pages import CardPage

MOST = 12  # names listed when several fit


def why(edition: Edition, rest: str) -> None:
    """The working of a variable, by its label or a part of it."""
    if rest.lower().startswith("is "):
        rest = rest[3:]
    if not rest.strip("? "):
        edition.say(["Why what? Type why and a name, for instance why fuel cover. A part of a name is enough."])
        return
    variables = edition.session.scenario.document.variables
    things = [Thing(name, doc.label, name) for name, doc in variables.items()]
    found = matches(rest.strip("? "), things)
    if not found:
        near = nearest(rest, [thing.label for thing in things])
        edition.say([f"Nothing is called \u201c{rest}\u201d." + (f" Did you mean \u201c{near[0]}\u201d?" if near else
                                                              " Type indicators for the main numbers.")])
    elif len(found) == 1:
        show_why(edition, found[0].key)
    else:
        _which(edition, found)


def _which(edition: Edition, found: list[Thing]) -> None:
    """Ask which of several names is meant."""
    back, shown = edition.place, found[:MOST]
    more = [f"And {len(found) - MOST} more; type more of the name."] if len(found) > MOST else []
    edition.say([*(f"{n}. {thing.label}." for n, thing in enumerate(shown, 1)), *more])
    edition.ask(Prompt(f"Which one, 1 to {len(shown)}: ", tuple(
        Option(thing.label, lambda name=thing.key: show_why(edition, name)) for thing in shown), back))


def show_why(edition: Edition, name: str) -> None:
    page = why_page(edition.session, name)
    onward = leads(page)
    edition.say([*why_lines(page, onward), "", "Enter to go back."])
    options = tuple(Option(label, lambda other=other: show_why(edition, other)) for other, label in onward)
    edition.ask(Prompt(f"Why, 1 to {len(options)}: " if options else "Why: ", options, edition.place))


def source(edition: Edition, rest: str) -> None:
    """Where a card's claim comes from."""
    page = _card(edition, rest, "source")
    if page is not None:
        edition.say(show_card.source(page))


def _card(edition: Edition, rest: str, command: str) -> CardPage | None:
    """The card of a number, else the one shown last, else the first; says so if there is none."""
    found = heads(edition)
    if not found:
        edition.say(["There is no card on the desk."])
        return None
    places = [head.place for head in found]
    place = edition.card if edition.card in places else places[0]
    if rest:
        number = numbered(rest, len(found))
        if number is None:
            edition.say([f"Choose a card from 1 to {len(found)}, for instance {command} 1."])
            return None
        place = places[number]
    return card_page(edition.session, place, edition.foresight.get(situation(edition.session), place))


def more(edition: Edition, rest: str) -> None:
    """The smaller effects of the choices of a card, found as by `source`."""
    page = _card(edition, rest, "more")
    if page is not None:
        edition.say(show_card.more(page))


def coming(edition: Edition, _: str) -> None:
    edition.say(show_desk.coming(desk_page(edition.session)))


def indicators(edition: Edition, _: str) -> None:
    edition.say(show_desk.indicators(desk_page(edition.session)))


def relations(edition: Edition, _: str) -> None:
    edition.say(show_desk.relations(desk_page(edition.session)))


def neighbours(edition: Edition, rest: str) -> None:
    """All neighbours in a line each, or one in full by its number or name."""
    page = neighbours_page(edition.session)
    if not rest:
        edition.say(show_neighbours.overview(page))
        edition.say(["", "A number shows one in full, with odds and reasons. Enter to go back."])
        options = tuple(Option(each.label, lambda n=n: neighbours(edition, str(n)))
                        for n, each in enumerate(page.neighbours, 1))
        edition.ask(Prompt(f"Neighbours, 1 to {len(options)}: ", options, edition.place))
        return
    place = numbered(rest, len(page.neighbours))
    found = matches(rest, [Thing(n, each.label, each.id) for n, each in enumerate(page.neighbours)])
    if place is None and len(found) == 1:
        place = found[0].key
    if place is None:
        edition.say([f"Choose a neighbour: {listed([each.label for each in page.neighbours], 'or')}."])
    else:
        edition.say(show_neighbours.in_full(page, place))


def dispatches(edition: Edition, _: str) -> None:
    edition.say(show_desk.dispatches(desk_page(edition.session)) or ["No dispatch has come yet."])


def show_help_page(edition: Edition, _: str) -> None:
    keys = tuple((command.usage, command.about) for command in edition.commands.values())
    scenario = _scenario(edition)
    edition.say(show_help.help_lines(help_page(scenario, keys)) if scenario else show_help.commands(keys))


def glossary(edition: Edition, rest: str) -> None:
    scenario = _scenario(edition)
    edition.say(show_help.glossary(help_page(scenario), rest) if scenario else
                ["Words are explained once a game or a scenario is chosen."])


def model(edition: Edition, _: str) -> None:
    """Make the page of the model, open it if there is a browser, and say where it is."""
    scenario = _scenario(edition)
    if scenario is None:
        edition.say(["The model can be shown once a game or a scenario is chosen."])
        return
    edition.say(["The page is being made; it takes a few seconds."])
    told, path = edition.options.show_model(scenario)
    edition.say([told, *([f"File: {unbroken(path)}"] if path else [])])


def _scenario(edition: Edition) -> Scenario | None:
    """The scenario that is played or being chosen."""
    if edition.session is not None:
        return edition.session.scenario
    return edition.draft.scenarios[edition.draft.chosen or 0] if edition.draft else None
