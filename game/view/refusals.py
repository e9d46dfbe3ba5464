"""A refusal of the engine as one sentence with a way out."""

from __future__ import annotations

import re

from game.engine.decisions import Refusal
from game.engine.tables import NEVER, Option
from game.view.conditions import condition
from game.view.names import Names
from game.view.words import SPACE, count, plain

# Authors give what is missing ("A fuel depot") or the reason ("The contract already runs"): a reason has a verb.
VERB = re.compile(r"\b(is|are|was|were|has|have|had|runs?|begins?|goes?|comes?|ends?|will)\b")


def refusal_sentence(names: Names, refusal: Refusal | None, agenda: tuple[int, ...] = ()) -> str:
    """Why something cannot be chosen and what helps; "" for None. `agenda` gives the card at each place.

    Raises KeyError for a code that the engine does not know.
    """
    return _SENTENCES[refusal.code](names, refusal, agenda) if refusal else ""


def _no_capital(names: Names, r: Refusal, _: tuple[int, ...]) -> str:
    left = plain(int(r.have + 1e-9))
    return (f"Needs {plain(r.need)} political capital; {left} {'is' if left == '1' else 'are'} left. "
            "Take back something else, or wait for next quarter.")


def _no_cash(names: Names, r: Refusal, _: tuple[int, ...]) -> str:
    cash = names.measure(names.tables.roles.cash)
    return (f"Costs {cash.text(r.need)}; {cash.text(max(r.have, 0.0))} can still be spent, credit included. "
            "Take back something else, or raise money first.")


def _not_open(names: Names, r: Refusal, agenda: tuple[int, ...]) -> str:
    option, needs = _about(names, r, agenda)
    needs = needs.replace(" %", f"{SPACE}%")
    vetoes = "".join(f" Closed as well while a core interest of {actor} stands: {names.lowered(title)}."
                     for actor, title in names.barred_by(_name(names, r, agenda)))
    return _not_open_itself(names, option, needs) + vetoes


def _not_open_itself(names: Names, option: Option | None, needs: str) -> str:
    if needs and VERB.search(needs):
        return f"Not open now: {names.lowered(needs.rstrip('.'))}. Choose something else, or wait."
    if not needs and (option is None or option.when is None):
        return "Not open now. Choose something else, or wait until the situation has changed."
    return f"Not open yet. Needs: {names.lowered(needs.rstrip('.') or condition(names, option.when))}."


def _too_soon(names: Names, r: Refusal, _: tuple[int, ...]) -> str:
    wait = int(r.need - r.have)
    if r.need >= NEVER:
        return "Already done; it can be done only once in a game. Choose another initiative."
    return f"Done not long ago. It can be played again in {count(wait, 'quarter')}."


def _too_many(names: Names, r: Refusal, _: tuple[int, ...]) -> str:
    return (f"Only {count(int(r.have), 'initiative')} a quarter. Take one back first, or wait for next quarter.")


def _unknown(names: Names, r: Refusal, _: tuple[int, ...]) -> str:
    return "There is no such choice here. Choose one of those listed."


def _ended(names: Names, r: Refusal, _: tuple[int, ...]) -> str:
    return "This game has ended. Go back to an earlier quarter, or begin a new game."


def _about(names: Names, r: Refusal, agenda: tuple[int, ...]) -> tuple[Option | None, str]:
    """The option that was refused and the author's reason."""
    if r.about[0] == "initiative":
        number = r.about[1]
        return names.tables.initiatives[number].option, names.document.initiatives[number].needs
    if r.about[0] == "choice" and r.about[1] < len(agenda):
        card, choice = agenda[r.about[1]], r.about[2]
        return names.tables.cards[card].choices[choice], names.document.cards[card].choices[choice].needs
    return None, ""


def _name(names: Names, r: Refusal, agenda: tuple[int, ...]) -> str:
    """As `bars` calls the option: initiative or card/choice."""
    if r.about[0] == "initiative":
        return names.document.initiatives[r.about[1]].id
    if r.about[0] == "choice" and r.about[1] < len(agenda):
        card = names.document.cards[agenda[r.about[1]]]
        return f"{card.id}/{card.choices[r.about[2]].id}"
    return ""


_SENTENCES = {"no-capital": _no_capital, "no-cash": _no_cash, "not-open": _not_open, "too-soon": _too_soon,
              "too-many": _too_many, "unknown": _unknown, "ended": _ended}
