"""What may come of a decision, as plain data: parts of the pages of cards and of the cabinet. See pages.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EffectLine:
    """An expected effect on one indicator, in words; the simulated mean is never printed."""

    indicator: str  # id
    label: str
    icon: str
    arrow: str  # "up" | "down"
    judgement: str
    size: str  # "slightly" | "clearly" | "strongly"
    when: str  # "this quarter", "from 2011 Q4", "for two quarters", "to the end"
    sure: str  # "certain" | "likely" | "possible" | "may go either way"
    given: str  # "if it works" | "if it fails"; "" for what does not hang on a gamble
    text: str  # the whole line: "Fuel cover up clearly, from this quarter on, most in 2012 Q1, likely"
    weight: float  # in large changes of the indicator; to choose what is shown
    urgent: bool  # the indicator is in crisis at that time, or would be


@dataclass(frozen=True)
class Fan:
    """One indicator over the coming quarters, with a decision and without it; the first value of each is what stands
    on the screen now."""

    id: str
    label: str
    judgement: str  # of the largest difference on the way, for the drawing
    low: tuple[float, ...]  # with the decision: eight of ten futures lie between low and high
    middle: tuple[float, ...]  # half of them above, half below
    high: tuple[float, ...]
    without: tuple[float, ...]  # the middle without the decision
    text: str  # the last quarter in words: "Days of fuel at the end of 2012 Q4: 18 to 31 days, ..."
    ends: str  # judgement of that: "same" where both ranges read alike
