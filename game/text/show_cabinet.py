"""The cabinet in lines: an overview, one group in full, one lever, one initiative."""

from __future__ import annotations

from game.text.show_desk import purse_lines
from game.text.words import effect_line, fan_line, section
from game.view.pages import Cabinet, EffectLine, Fan, InitiativeLine, LeverLine
from game.view.words import capital_first, sentence


def overview(page: Cabinet) -> list[str]:
    """Every lever with its setting and every initiative with its price, by group."""
    lines = [f"Cabinet, {page.date}. {page.turn_text}.", f"{capital_first(page.initiatives_text)}."]
    for place, (group, label, _) in enumerate(page.groups, 1):
        levers = [lever_head(lever) for lever in page.levers if lever.group == group]
        played = [initiative_head(item) for item in page.initiatives if item.group == group]
        lines += section(f"Group {place}, {label}", levers + played)
    lines += purse_lines(page.purse)
    together = [*(effect_line(effect) for effect in page.plan), *(fan_line(fan) for fan in page.fans)]
    return lines + section("All of it together", together)


def group(page: Cabinet, place: int, settings: dict[int, str]) -> list[str]:
    """One group with all effects. `settings`: what each lever may be set to, in words."""
    name, label, _ = page.groups[place]
    lines = ["", f"{label}:", page.ahead]
    for item in page.levers:
        if item.group == name:
            lines += lever(item, settings[item.index])
    for item in page.initiatives:
        if item.group == name:
            lines += initiative(item, short=True)
    return lines


def lever_head(item: LeverLine) -> str:
    was = f", was {item.now_text}" if item.setting != item.now else ""
    cost = f"; cost {item.cost_text}" if item.cost_text not in ("", "none") else ""
    return f"Lever {item.index + 1}, {item.label}: {item.setting_text}{was}{cost}."


def initiative_head(item: InitiativeLine) -> str:
    if item.chosen:
        state = "; played this quarter"
    else:
        state = "; not possible now" if item.refusal else ""
    return f"Initiative {item.index + 1}, {item.title}: {price(item)}{state}."


def price(item: InitiativeLine) -> str:
    parts = [item.cost_text, f"{item.capital} political capital" if item.capital else "", item.odds_text]
    return ", ".join(part for part in parts if part) or "free"


def lever(item: LeverLine, settings: str) -> list[str]:
    """A lever with what one step up and one step down are expected to do."""
    return ["", lever_head(item), *([sentence(item.note)] if item.note else []), settings,
            *_step("One step up", item.raise_refusal, item.raise_effects, item.raise_fans, item.raise_hope),
            *_step("One step down", item.lower_refusal, item.lower_effects, item.lower_fans, item.lower_hope)]


def _step(heading: str, refusal: str, effects: tuple[EffectLine, ...], fans: tuple[Fan, ...], hope: str) -> list[str]:
    if refusal:
        return [f"{heading}: {refusal}"]
    return [f"{heading}:", *([effect_line(e) for e in effects] or ["Expected: nothing that the desk shows."]),
            *([sentence(f"The idea: {hope}")] if hope else []), *(fan_line(fan) for fan in fans)]


def initiative(item: InitiativeLine, short: bool = False) -> list[str]:
    """An initiative with all expected effects, or with the strongest and a word about the others."""
    lines = ["", initiative_head(item), item.text]
    if item.refusal and not item.chosen:
        lines.append(f"Not possible: {item.refusal}")
    lines += [f"{words}: {', '.join(label for _, label in who)}." for words, who in (
        ("Pleased", item.likes), ("Displeased", item.dislikes)) if who]
    lines += [effect_line(effect) for effect in (item.effects if short else (*item.effects, *item.smaller))]
    if short and item.smaller:
        lines.append(f"And {len(item.smaller)} smaller; type initiative {item.index + 1} to hear them.")
    lines += [fan_line(fan) for fan in item.fans]
    lines += [sentence(f"Later: {text}") for text in item.comes_back]
    return [*lines, *([sentence(f"Source: {item.source}")] if item.source else [])]
