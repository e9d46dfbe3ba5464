"""Help and glossary in lines."""

from __future__ import annotations

from game.text.find import Thing, matches, nearest
from game.text.words import section
from game.view.pages import HelpPage

MOST = 8  # entries of the glossary at once


def commands(keys: tuple[tuple[str, str], ...]) -> list[str]:
    return section("Commands, at any prompt", [f"{usage}: {about}." for usage, about in keys])


def help_lines(page: HelpPage) -> list[str]:
    return [*section("How to play", page.how), *commands(page.keys),
            "", "A number chooses what is listed with it. Enter goes on where that is possible."]


def glossary(page: HelpPage, word: str) -> list[str]:
    """The entries that fit a word; without a word every entry's name."""
    if not word:
        return ["", "Glossary, words that can be looked up:", *(f"{label}." for label, _ in page.glossary)]
    found = matches(word, [Thing(note, label) for label, note in page.glossary])
    if not found:
        found = [Thing(note, label) for label, note in page.glossary if word.lower() in note.lower()]
    if not found:
        near = nearest(word, [label for label, _ in page.glossary])
        return [f"The glossary has no \u201c{word}\u201d." + (f" Did you mean \u201c{near[0]}\u201d?" if near else
                                                             " Type glossary alone for all words.")]
    more = [f"There are {len(found) - MOST} more; give more of the word."] if len(found) > MOST else []
    return [*(f"{thing.label}: {thing.key}" for thing in found[:MOST]), *more]
