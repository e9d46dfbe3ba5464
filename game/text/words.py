"""Small turns of phrase that several pages share. Signs become words, because speech often swallows a sign."""

from __future__ import annotations

import re
from collections.abc import Sequence

from game.view.pages import Cause, Coming, Dispatch, EffectLine, Fan
from game.view.words import MINUS, capital_first, percent, sentence


def moved(change: str) -> str:
    """"+0.5" as "up 0.5"; words ("steady", "no change") as they are."""
    if change.startswith("+"):
        return f"up {change[1:]}"
    return f"down {change[1:]}" if change.startswith(MINUS) else change


def judged(text: str, judgement: str) -> str:
    """With the judgement as a word; a number that did not move gets none."""
    return text if judgement == "same" or not text else f"{text}, {judgement}"


def heading(kicker: str) -> str:
    """A kicker without its raised dots, which speech either swallows or names."""
    return kicker.replace(" \u00b7 ", ", ")


def section(title: str, facts: Sequence[str], otherwise: str = "") -> list[str]:
    """A title with its facts, an empty line before it; [] or the sentence `otherwise` without facts."""
    if not facts:
        return ["", otherwise] if otherwise else []
    return ["", f"{title}:", *facts]


def coming_line(item: Coming) -> str:
    """"Next quarter: Wagons stop, 7 % (about one in ten)."; the kind is said where it is not plain."""
    kinds = {"threat": "danger", "promise": "", "payment": "payment", "effect": "effect", "election": "election",
             "date": "date", "odds": "chance"}
    kind = kinds.get(item.kind, item.kind)
    chance = f" ({percent(item.odds)})" if item.odds is not None and "%" not in item.text else ""
    return sentence(f"{capital_first(item.when)}{f', {kind}' if kind else ''}: {item.text}{chance}")


def dispatch_line(item: Dispatch) -> str:
    return sentence(f"{item.date}: {item.text}")


def effect_line(effect: EffectLine) -> str:
    """"Expected: Fuel cover up clearly, this quarter, better."."""
    return sentence(f"Expected: {judged(effect.text, effect.judgement)}")


def fan_line(fan: Fan) -> str:
    """"Range: Days of fuel at the end of 2012 Q4: 18 to 31 days; unanswered 12 to 25 days, better."."""
    return sentence(f"Range: {judged(fan.text, fan.ends)}")


def spoken(text: str) -> str:
    """With signs before numbers as words: "burned minus 250 kt"."""
    return re.sub(rf"[+{MINUS}](?=[$\d])", lambda sign: "plus " if sign.group() == "+" else "minus ", text)


def cause_line(cause: Cause) -> str:
    return sentence(spoken(f"Cause: {cause.text}, {judged(cause.amount_text, cause.judgement)}"))
