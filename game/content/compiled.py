"""What loading gives: a scenario that is checked, compiled and ready to be played, as plain data.

Nothing here reads anything, and nothing here needs YAML or pydantic. Read next: scenario.py, where it is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from game.content.document import Document
from game.engine.expr import Node
from game.engine.tables import Tables

History = dict[str, dict[int, float]]  # column -> year -> value


@dataclass(frozen=True)
class VerdictNodes:
    """When each title and each sentence of the verdict holds, as in the document; None: always."""

    titles: tuple[Node | None, ...]
    sentences: tuple[Node | None, ...]


def unmet_name(actor: str) -> str:
    """The id of the variable that sums an actor's open demands."""
    return f"{actor}_unmet"


@dataclass(frozen=True)
class DemandNodes:
    """When a demand stands, and when it is met."""

    stands: Node
    met: Node


@dataclass(frozen=True)
class Scenario:
    """A scenario that can be played. Cards, initiatives and so on have the same index in document and tables."""

    document: Document
    tables: Tables
    causes: tuple[str, ...]  # Effect.cause -> how the ledger calls it
    source: dict[str, str] = field(repr=False)  # path -> text, enough for load_source
    fingerprint: str
    history: History = field(repr=False)  # column -> year -> value
    verdict: VerdictNodes = field(repr=False)
    demands: tuple[DemandNodes, ...] = field(default=(), repr=False)  # as in the document

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {variable.id: row for row, variable in enumerate(self.tables.variables)}

    def row(self, name: str) -> int:
        """The row of a variable; KeyError if there is none."""
        return self._rows[name]
