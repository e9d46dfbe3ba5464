"""What the game asks, and how a typed line is understood.

A prompt offers numbered options; every command works at every prompt. Nothing here knows what the options or
the commands do. Read next: commands.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from game.text.find import Thing, matches, nearest, numbered

Act = Callable[[], None]


class Option(NamedTuple):
    """One numbered possibility; its label may be typed as well."""

    label: str
    act: Act


@dataclass(frozen=True)
class Prompt:
    """A question. `enter`: what an empty line does. `answer`: takes any text (a seed, a name)."""

    text: str
    options: tuple[Option, ...] = ()
    enter: Act | None = None
    answer: Callable[[str], None] | None = None


class Command(NamedTuple):
    """`act` gets what was typed behind the name; `usage` and `about` are for the help."""

    usage: str
    about: str
    act: Callable[[str], None]


def understand(line: str, prompt: Prompt, commands: Mapping[str, Command]) -> Act | str:
    """What a line asks for, ready to be called, or a sentence that says why it is not understood."""
    line = " ".join(line.split())
    if not line:
        return prompt.enter or "Type a number, a command, or help."
    name, _, rest = line.partition(" ")
    name = name.lower()
    if name in commands and (not rest or prompt.answer is None):
        return lambda: commands[name].act(rest)
    if prompt.answer is not None:
        return lambda: prompt.answer(line)
    place = numbered(line, len(prompt.options))
    if place is not None:
        return prompt.options[place].act
    if line.rstrip(".").isdigit():
        return _out_of_range(prompt)
    found = matches(line, [Thing(option.act, option.label) for option in prompt.options])
    if len(found) == 1:
        return found[0].key
    return _not_understood(line, name, commands)


def _out_of_range(prompt: Prompt) -> str:
    count = len(prompt.options)
    if not count:
        return "There is nothing to choose by number here. Type help for what is possible."
    return f"Choose a number from 1 to {count}." if count > 1 else "There is only number 1 here."


def _not_understood(line: str, name: str, commands: Mapping[str, Command]) -> str:
    near = nearest(name, list(commands))
    if near:
        return f"There is no command \u201c{name}\u201d. Did you mean \u201c{near[0]}\u201d?"
    return f"\u201c{line[:60]}\u201d is not understood. Type a number, or help for the commands."
