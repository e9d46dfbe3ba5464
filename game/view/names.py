"""What the things of a scenario are called, and how their numbers are written.

Made once for each page from the scenario; everything that a page says about a row, an actor, a card or a cause
of the ledger comes from here. Read next: conditions.py (formulas in words).
"""

from __future__ import annotations

import re
from dataclasses import replace

from game.content import Scenario
from game.content.document import ActorDoc, Document, IndicatorDoc, ParameterDoc, VariableDoc
from game.engine.tables import FLAG
from game.view.words import Measure, count, short_number, whole

NO_UNIT = Measure("", 0)
HOME = "home"
ARTICLES = ("a", "an", "the")
LINKS = (["of"], ["over"])  # after which a label's first word is a thing, such as "Hardness of the winter"
MID_SENTENCE = re.compile(r"(?<=[a-z,] )[A-Z]\w+")  # a name, not merely the first word of a sentence
RELATION_SIZES = (2.0, 5.0, 10.0)  # a small, medium and large change of a relation, of 100


class Names:
    """Labels and measures of one scenario's rows, actors and causes."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.document, self.tables = scenario, scenario.document, scenario.tables
        self._docs: list[VariableDoc | None] = [
            self.document.variables.get(variable.id) for variable in self.tables.variables]
        words = {word.strip(".,:;()!?") for text in _texts(self.document) for word in text.split()}
        self._small = {word for word in words if word.islower()}
        self._names = {name for text in _texts(self.document) for name in MID_SENTENCE.findall(text)}
        self.indicators: dict[int, IndicatorDoc] = {
            scenario.row(indicator.variable): indicator for indicator in self.document.indicators}
        self.actors: dict[str, ActorDoc] = {actor.id: actor for actor in self.document.actors}
        self.watched = self.indicators | self._relations()

    def _relations(self) -> dict[int, IndicatorDoc]:
        """Relations that goals.yaml does not list: what a choice does to them is shown as well."""
        found = {}
        for actor in self.document.actors:
            row = self.scenario.row(actor.relations) if actor.relations else None
            if row is not None and row not in self.indicators and actor.id != self.document.player:
                small, medium, large = RELATION_SIZES
                found[row] = IndicatorDoc(variable=actor.relations, good="up", small=small, medium=medium, large=large,
                                          icon=actor.side)
        return found

    def doc(self, row: int) -> VariableDoc | None:
        """The author's definition; None for the rows that the compiler adds."""
        return self._docs[row]

    def ending(self, place: int, length: str) -> tuple[str, str]:
        """Title and text of an ending; past the last of them it is the planned end of this length."""
        if place < len(self.document.endings):
            return self.document.endings[place].title, self.document.endings[place].text
        planned = self.document.lengths[length]
        return planned.title or f"The {count(planned.turns, 'quarter')} are over", planned.text

    def label(self, row: int) -> str:
        doc = self._docs[row]
        return doc.label if doc else self._hidden_label(self.tables.variables[row].id)

    def inside(self, row: int) -> str:
        """The label within a sentence: its first letter small unless its first word is a name."""
        return self.lowered(self.label(row))

    def lowered(self, text: str) -> str:
        first = text.split(" ", 1)[0].rstrip(".,:;").lower()
        is_word = text[1:2] in (" ", "") or text[1:2].islower()
        is_noun = text.split(" ")[1:2] in LINKS and text.split(" ")[0] not in self._names
        is_small = is_word and (first in ARTICLES or first in self._small or is_noun)
        return text[0].lower() + text[1:] if is_small else text

    def measure(self, row: int) -> Measure:
        doc = self._docs[row]
        if isinstance(doc, ParameterDoc):
            return Measure(doc.unit, max(doc.decimals, _decimals(doc.value)))
        return Measure(doc.unit, doc.decimals) if doc else NO_UNIT

    def shown(self, row: int, value: float) -> str:
        """A value as a person reads it: a named setting, yes or no, or a number with its unit."""
        doc = self._docs[row]
        if self.tables.variables[row].kind == FLAG:
            return "yes" if value else "no"
        words = getattr(doc, "words", {})
        return words[value] if value in words else self.measure(row).text(value)

    def line(self, row: int, value: float) -> str:
        """A value that an author wrote, such as a limit: without needless zeros."""
        measure = self.measure(row)
        exact = min(_decimals(value), measure.decimals)
        words = getattr(self.doc(row), "words", {})
        return quoted(words[value], always=True) if value in words else replace(measure, decimals=exact).text(value)

    def note(self, row: int) -> str:
        doc = self._docs[row]
        return doc.note if doc else ""

    def actor(self, actor: str) -> str:
        """The label of an actor id; any other word is returned in plain letters."""
        return self.actors[actor].label if actor in self.actors else actor.replace("_", " ")

    def option_title(self, name: str) -> str:
        """The title of an initiative, or the label of a card/choice."""
        card, _, choice = name.partition("/")
        found = [i.title for i in self.document.initiatives if i.id == name]
        found += [x.label for c in self.document.cards if c.id == card for x in c.choices if x.id == choice]
        return found[0] if found else name

    def barred_by(self, name: str) -> list[tuple[str, str]]:
        """The actors whose core interest bars an initiative or a card/choice while it stands, and what it is."""
        return [(self.actor(doc.actor), doc.title) for doc in self.document.demands if name in doc.bars]

    def actor_inside(self, actor: str) -> str:
        """The label within a sentence: "the neighbour", but "South Korea"."""
        label = self.actor(actor)
        return label[:1].lower() + label[1:] if label.split(" ")[0].lower() in ARTICLES else label

    def side(self, actor: str) -> str:
        return self.actors[actor].side if actor in self.actors else HOME

    def side_of_row(self, row: int) -> str:
        """The side whose name a variable carries, or the side of the actor it belongs to."""
        name = self.tables.variables[row].id
        for actor in self.document.actors:
            if name in (actor.relations, actor.leverage) or name.startswith(f"{actor.id}_"):
                return actor.side
        return "third" if name.startswith("third_") else HOME

    def curve(self, of: str, xs: tuple[float, ...], ys: tuple[float, ...]) -> str:
        """A curve through points, within a formula; `of` is what it depends on, in words."""
        points = ", ".join(f"{short_number(x)}: {short_number(y)}" for x, y in zip(xs, ys, strict=True))
        return f"a curve of {of} ({points})"

    def cause(self, number: int) -> str:
        """The words of a cause: an author's phrase as it is, a title in quotes."""
        return quoted(self.scenario.causes[number])

    def because(self, number: int) -> str:
        return self.scenario.causes[number]

    def _hidden_label(self, name: str) -> str:
        """Rows such as `unmet(stock.flow)` or `chosen(card/choice)`, in words."""
        found = re.match(r"(\w+)\((.+)\)$", name) or re.match(r"(\w+)[ :](.+)$", name)
        kind, about = (found.group(1), found.group(2)) if found else ("", name)
        if kind == "unmet":
            stock, flow = about.split(".", 1)
            return f"{self._label_of(stock)}: {flow} that could not be met"
        if kind == "chosen":
            card, choice = about.split("/", 1)
            return next((f"you chose {quoted(x.label)}" for c in self.document.cards if c.id == card
                         for x in c.choices if x.id == choice), "an earlier choice")
        if kind == "played":
            return next((f"you played {quoted(i.title)}" for i in self.document.initiatives if i.id == about),
                        "an earlier initiative")
        if kind == "made":
            return next((quoted(m.title) for m in self.document.moves if m.id == about), "an earlier move")
        return name.replace("_", " ").replace(".", ": ")

    def _label_of(self, variable: str) -> str:
        doc = self.document.variables.get(variable)
        return doc.label if doc else variable.replace("_", " ")


def _decimals(value: float) -> int:
    """Decimals that a number as written needs, at most four."""
    return next((d for d in range(4) if abs(value * 10**d - whole(value * 10**d)) < 1e-9), 4)


def _texts(document: Document) -> list[str]:
    """Running text of a scenario, from which the words that begin with a small letter are learned."""
    variables = [text for doc in document.variables.values() for text in (doc.label, doc.note)]
    cards = [text for card in document.cards for text in (card.text, *(choice.bargain for choice in card.choices))]
    return variables + cards + [doc.text for doc in (*document.initiatives, *document.moves)]


def quoted(text: str, always: bool = False) -> str:
    """A title in quotation marks; an author's own phrase (it begins with a small letter) as it is."""
    return text if text[:1].islower() and not always else f"\u201c{text}\u201d"
