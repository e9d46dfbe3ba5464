"""Commands that decide: levers, initiatives, undo and rewind. The cabinet's pages are shown here too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from game.engine.decisions import Decisions
from game.engine.state import NONE
from game.text import playing, show_cabinet
from game.text.find import Thing, matches, nearest, numbered
from game.text.prompts import Option, Prompt
from game.text.show_desk import balance
from game.text.standing import purse_of, refused
from game.view import cabinet_page
from game.view.decisions import lever_text
from game.view.lookahead import CABINET, LOOKING, PLAN, Ahead, is_planned, situation
from game.view.names import Names
from game.view.pages import Cabinet
from game.view.words import listed, quarter, sentence

if TYPE_CHECKING:
    from game.text.edition import Edition

NUMBER = re.compile(r"(.+?)\s+(?:to\s+)?([-\u2212+]?\$?\d[\d,]*(?:\.\d+)?)(?:\s*[^\d\s].*)?$")
FEW = 8  # settings that are listed one by one


# --- the cabinet

def cabinet(edition: Edition, rest: str = "") -> None:
    """The overview, or a group in full by its number or name."""
    page = _foreseen(edition) if rest else cabinet_page(edition.session, plan=_plan(edition), wait=False)
    if rest:
        _group(edition, page, rest)
    else:
        edition.say(show_cabinet.overview(page))
        edition.say(["", "A group's number shows its effects.", "To decide: set, raise, lower, play, drop.",
                     "Enter for the desk."])
    _ask_cabinet(edition, len(page.groups), [label for _, label, _ in page.groups])


def _plan(edition: Edition) -> Ahead | None:
    """What all that is decided in the cabinet will do together; None if that is nothing."""
    now = situation(edition.session)
    return edition.foresight.get(now, PLAN) if is_planned(now) else None


def _foreseen(edition: Edition) -> Cabinet:
    """The cabinet with what is expected of everything; says so if that has to be worked out first."""
    now = situation(edition.session)
    if edition.foresight.find(now, CABINET) is None:
        edition.say([LOOKING])
    return cabinet_page(edition.session, edition.foresight.get(now, CABINET))


def _ask_cabinet(edition: Edition, count: int, labels: list[str]) -> None:
    edition.place = lambda: _ask_cabinet(edition, count, labels)
    options = tuple(Option(label, lambda n=n: cabinet(edition, str(n))) for n, label in enumerate(labels, 1))
    edition.ask(Prompt(f"Cabinet, group 1 to {count}: ", options,
                       lambda: playing.to_desk(edition)))


def _group(edition: Edition, page: Cabinet, typed: str) -> None:
    place = numbered(typed, len(page.groups))
    if place is None:
        found = matches(typed, [Thing(n, label) for n, (_, label, _) in enumerate(page.groups)])
        if len(found) != 1:
            edition.say([f"Choose a group: {listed([label for _, label, _ in page.groups], 'or')}."])
            return
        place = found[0].key
    edition.say(show_cabinet.group(page, place, {item.index: settings(edition, item.index) for item in page.levers}))


def lever(edition: Edition, rest: str) -> None:
    """One lever in full."""
    index = _which(edition, "lever", rest)
    if index is not None:
        edition.say(show_cabinet.lever(_foreseen(edition).levers[index], settings(edition, index)))


def initiative(edition: Edition, rest: str) -> None:
    """One initiative in full."""
    index = _which(edition, "initiative", rest)
    if index is not None:
        edition.say(show_cabinet.initiative(_foreseen(edition).initiatives[index]))


def _which(edition: Edition, what: str, typed: str) -> int | None:
    """The lever or initiative that a number or a name means; says so if it means none or several."""
    names = Names(edition.session.scenario)
    things = [Thing(i, names.label(item.row), names.tables.variables[item.row].id)
              for i, item in enumerate(names.tables.levers)] if what == "lever" else \
             [Thing(i, item.title) for i, item in enumerate(names.document.initiatives)]
    example = things[0].label.lower() if things else "1"
    if not typed:
        edition.say([f"Which {what}? Give its number or name, for instance {example}. The cabinet lists them."])
        return None
    place = numbered(typed, len(things))
    if place is not None:
        return place
    if typed.isdigit():
        edition.say([f"There is no {what} {typed}. Choose a number from 1 to {len(things)}."])
        return None
    found = matches(typed, things)
    if len(found) == 1:
        return found[0].key
    if found:
        several = listed([thing.label for thing in found], "or")
        edition.say([f"Several fit \u201c{typed}\u201d: {several}. Type more of the name."])
        return None
    near = nearest(typed, [thing.label for thing in things])
    edition.say([f"There is no {what} \u201c{typed}\u201d." + (f" Did you mean \u201c{near[0]}\u201d?" if near else
                                                          " Type cabinet for the list.")])
    return None


# --- levers

def settings(edition: Edition, index: int) -> str:
    """What a lever may be set to: each setting where there are few or they have names, else range and step."""
    names, rules = Names(edition.session.scenario), edition.session.rules
    item = names.tables.levers[index]
    low, high = float(rules.low[item.row, 0]), float(rules.high[item.row, 0])
    steps = round((high - low) / item.step) + 1
    words = getattr(names.doc(item.row), "words", {})
    if steps <= FEW and words:
        return f"Settings: {listed([names.shown(item.row, low + n * item.step) for n in range(steps)], 'or')}."
    return (f"Settings: from {names.shown(item.row, low)} to {names.shown(item.row, high)}, "
            f"in steps of {names.line(item.row, item.step)}.")


def set_lever(edition: Edition, rest: str) -> None:
    """`set fuel reserve 30`, `set 7 to 30 days`, `set time for beijing close`."""
    found = NUMBER.match(rest)
    if found:
        index = _which(edition, "lever", found[1])
        if index is not None:
            _set(edition, index, float(re.sub("[$,+]", "", found[2]).replace("\u2212", "-")))
        return
    index, value = _named_setting(edition, rest)
    if value is not None:
        _set(edition, index, value)
    elif index is not None:
        edition.say([settings(edition, index)])
    elif _which(edition, "lever", rest) is not None:
        edition.say(["To what? Give the setting behind the name, for instance set fuel reserve 30."])


def _named_setting(edition: Edition, rest: str) -> tuple[int | None, float | None]:
    """A lever and a setting of it that has a name; (lever, None) if the lever has no such setting."""
    names, typed, known = Names(edition.session.scenario), rest.split(), None
    levers = [Thing(i, names.label(item.row)) for i, item in enumerate(names.tables.levers)]
    for end in range(len(typed) - 1, 0, -1):
        head, tail = " ".join(typed[:end]), " ".join(typed[end:]).removeprefix("to ")
        place = numbered(head, len(levers))
        found = [levers[place]] if place is not None else matches(head, levers)
        words = getattr(names.doc(names.tables.levers[found[0].key].row), "words", {}) if len(found) == 1 else {}
        meant = matches(tail, [Thing(value, word) for value, word in words.items()])
        if len(meant) == 1:
            return found[0].key, meant[0].key
        known = found[0].key if words and known is None else known
    return known, None


def step(edition: Edition, rest: str, direction: int) -> None:
    """One step up or down."""
    index = _which(edition, "lever", rest)
    if index is None:
        return
    line = cabinet_page(edition.session, wait=False).levers[index]
    if (line.setting >= line.high) if direction > 0 else (line.setting <= line.low):
        refusal = line.raise_refusal if direction > 0 else line.lower_refusal
        edition.say([f"{line.label}: {line.setting_text}. {refusal}"])
    else:
        _set(edition, index, line.setting + direction * line.step)


def _set(edition: Edition, index: int, value: float) -> None:
    session, names = edition.session, Names(edition.session.scenario)
    row = names.tables.levers[index].row
    if not float(session.rules.low[row, 0]) - 1e-9 <= value <= float(session.rules.high[row, 0]) + 1e-9:
        edition.say([f"{names.label(row)} cannot be set so.", settings(edition, index)])
        return
    if refused(edition, session.set_lever(index, value)):
        return
    taken = float(session.wanted.levers[index, 0])
    rounded = ["That is the nearest step.", settings(edition, index)] if abs(taken - value) > 1e-9 else []
    cost = cabinet_page(session, wait=False).levers[index].cost_text
    edition.say([f"{lever_text(names, index, taken)}.", *rounded, f"Cost: {cost}."])
    _purse(edition)


# --- initiatives

def play(edition: Edition, rest: str) -> None:
    _play(edition, rest, True)


def drop(edition: Edition, rest: str) -> None:
    """Not play an initiative after all."""
    _play(edition, rest, False)


def _play(edition: Edition, rest: str, on: bool) -> None:
    index, session = _which(edition, "initiative", rest), edition.session
    if index is None:
        return
    title = session.scenario.document.initiatives[index].title
    if bool(session.wanted.initiatives[index, 0]) == on:
        edition.say([f"{title}: already played this quarter." if on else f"{title}: not played this quarter."])
    elif not refused(edition, session.play(index, on)):
        edition.say([f"Played: {title}." if on else f"Dropped: {title}."])
        _purse(edition)


def _purse(edition: Edition) -> None:
    edition.say(balance(purse_of(edition)))


# --- taking back

def undo(edition: Edition, _: str) -> None:
    """Take back the last decision of this quarter and say which it was."""
    session, before = edition.session, edition.session.wanted
    if not session.undo():
        edition.say(["There is no decision of this quarter to take back. Rewind goes back to an earlier quarter."])
        return
    edition.say([f"Taken back. As before: {text}" for text in _differences(session, before, session.wanted)])
    _purse(edition)
    edition.place()


def _differences(session, before: Decisions, after: Decisions) -> list[str]:
    names, found = Names(session.scenario), []
    for place in np.flatnonzero(before.choices[:, 0] != after.choices[:, 0]):
        doc, choice = names.document.cards[session.state.agenda[place, 0]], int(after.choices[place, 0])
        found.append(f"{doc.title}: " + ("open again." if choice == NONE else sentence(doc.choices[choice].label)))
    for index in np.flatnonzero(before.levers[:, 0] != after.levers[:, 0]):
        found.append(f"{lever_text(names, int(index), float(after.levers[index, 0]))}.")
    for index in np.flatnonzero(before.initiatives[:, 0] != after.initiatives[:, 0]):
        played = "played" if after.initiatives[index, 0] else "not played"
        found.append(f"{names.document.initiatives[index].title}: {played}.")
    return found


def rewind(edition: Edition, rest: str) -> None:
    """Back to the opening of an earlier turn; without a number the turns are listed."""
    session, back = edition.session, edition.place
    turns, first = [record.turn for record in session.records], session.rules.tables.first_quarter
    if not turns:
        edition.say(["There is no earlier quarter to go back to. Undo takes back a decision of this one."])
        return
    options = tuple(Option(quarter(first + turn), lambda turn=turn: _rewind(edition, turn)) for turn in turns)
    if rest:
        place = numbered(rest, len(options))
        found = [options[place]] if place is not None else \
            [o for o in options if o.label.lower() == rest.lower()]
        if found:
            found[0].act()
        else:
            edition.say([f"Choose a turn from 1 to {len(options)}, for instance rewind 1."])
        return
    edition.say(["Rewind to the opening of which quarter? The verdict says how often you did.",
                 *(f"{n}. {option.label}." for n, option in enumerate(options, 1))])
    edition.ask(Prompt("Quarter, or Enter to stay: ", options, back))


def _rewind(edition: Edition, turn: int) -> None:
    edition.session.rewind(turn)
    edition.say(["Back at an earlier quarter. The same decisions would bring the same luck.", ""])
    playing.desk(edition)
