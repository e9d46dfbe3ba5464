"""Where a claim comes from, and how sure it is, in one line."""

from __future__ import annotations

from game.content.document import Source
from game.view.words import capital_first

CLAIMS = {"fact": "Fact", "interpretation": "Interpretation: sources differ", "invented": "Invented"}
CONFIDENCE = {"high": "sure", "medium": "fairly sure", "low": "not very sure", "judged": "our own judgement"}


def source_text(source: Source | None) -> str:
    """"Financial Times, May 2011: 35,000 t of diesel a month at sowing"; "" without a source."""
    if source is None:
        return ""
    if source.confidence == "judged" and not source.title:
        return capital_first(f"{CONFIDENCE['judged']}: {source.note or source.figure}".rstrip(": "))
    origin = ", ".join(part for part in (source.title, source.publisher, source.date) if part)
    found = "; ".join(part for part in (source.figure, source.note) if part)
    text = f"{origin}: {found}" if origin and found else origin or found
    sure = CONFIDENCE[source.confidence]
    return f"{capital_first(text)} ({sure})" if text else capital_first(sure)
