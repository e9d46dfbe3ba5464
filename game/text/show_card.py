"""A card in lines: what happened, and each choice with what it costs, does and leaves behind."""

from __future__ import annotations

from game.text.words import effect_line, fan_line, heading, section
from game.view.pages import CardPage, ChoiceLine
from game.view.words import sentence


def card(page: CardPage) -> list[str]:
    lines = ["", f"{heading(page.kicker)}.", f"{page.title}:", page.text, f"Claim: {page.claim}.", page.ahead]
    for choice in page.choices:
        lines += choice_lines(choice)
    return lines


def choice_lines(choice: ChoiceLine) -> list[str]:
    """A choice, its number first; what may stop it comes before what it would do."""
    marks = [text for text, on in (("chosen now", choice.chosen), ("the default", choice.is_default)) if on]
    lines = ["", f"{choice.index + 1}. {choice.label}" + (f" ({', '.join(marks)})" if marks else "") + ".",
             sentence(choice.bargain) if choice.bargain else ""]
    if choice.refusal:
        lines.append(f"Not possible: {choice.refusal}")
    lines.append(f"Cost: {choice.cost_text}.")
    if choice.odds_text:
        lines.append(f"Odds: {choice.odds_text}.")
    lines += [effect_line(effect) for effect in choice.effects]
    lines += [f"And {len(choice.smaller)} smaller; type more to hear them."] if choice.smaller else []
    lines += [fan_line(fan) for fan in choice.fans]
    lines += [sentence(f"Later: {text}") for text in choice.comes_back]
    return [lines[0], *(line for line in lines[1:] if line)]


def more(page: CardPage) -> list[str]:
    """The smaller effects, which the card leaves out."""
    lines = []
    for choice in page.choices:
        lines += section(f"{choice.index + 1}. {choice.label}, smaller effects",
                         [effect_line(effect) for effect in choice.smaller])
    return lines or ["The card has already said everything that is expected."]


def source(page: CardPage) -> list[str]:
    """What a card claims, where that comes from, and what it is meant to show."""
    return [f"{page.title}:", f"Claim: {page.claim}.",
            sentence(f"Source: {page.source or 'none is given'}"),
            *([sentence(f"What it shows: {page.objective}")] if page.objective else [])]
