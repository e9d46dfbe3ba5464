"""YAML text -> items: plain values that remember where they stand.

Read event by event (never by PyYAML's constructors), so that nothing is built that was not asked for: no
tags, no aliases, no second document, limited depth, size and numbers. Words keep their writing: `no`, `on`,
`1:30` and 2011-05-04 are texts, as they look; only true, false, null and plain decimal numbers are more.
Read next: merge.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from game.content.findings import Findings, Spot

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
MAX_DEPTH = 40
MAX_TEXT = 20_000  # characters of one value
MAX_ITEMS = 200_000  # values of a whole scenario
MAX_NUMBER = 1e12

NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
TAB_INDENT = re.compile(r"^ *\t[ \t]*(?=[^\s#])", re.MULTILINE)
CORE = "tag:yaml.org,2002:"
CORE_TAGS = {CORE + name for name in ("str", "int", "float", "bool", "null", "map", "seq")}

# What libyaml says -> what an author should do.
SYNTAX_HINTS = (
    ("mapping values are not allowed", "a text that holds `: ` needs quotes; or the indentation is wrong"),
    ("could not find expected ':'", "a key needs a colon and a space; a text over several lines, more indentation"),
    ("did not find expected key", "check the indentation, and quotes inside quotes"),
    ("did not find expected '-'", "items of a list begin with `- ` in the same column"),
    ("cannot start any token", "a text that begins with @, ` or % needs quotes"),
    ("did not find expected ',' or", "a { or [ is not closed, or a comma is missing"),
    ("unexpected end of stream", "a quote, { or [ is not closed"),
)


@dataclass(slots=True)
class Item:
    """A value (dict and list hold items) and its place; `key_line` and `key_column` are of its key."""

    value: Any
    file: str
    line: int
    column: int
    text: str = ""  # of a scalar: as written, quotes removed
    raw: str = ""  # of a text: the piece of the file, to find columns inside it
    key_line: int = 0
    key_column: int = 0

    @property
    def key(self) -> Spot:
        """Where the key of this value stands (the value itself in a list)."""
        return Spot(self.file, self.key_line or self.line, self.key_column or self.column)

    def inside(self, offset: int) -> Spot:
        """The place of character `offset` of this text, also over several lines and in quotes."""
        raw, text = self.raw, self.text
        begin = _first_character(raw)
        wanted = sum(1 for c in text[:offset] if not c.isspace())
        for position in range(begin, len(raw)):
            if not raw[position].isspace():
                if wanted == 0:
                    before = raw[:position]
                    lines = before.count("\n")
                    column = len(before) - before.rfind("\n") - 1 + (0 if lines else self.column - 1)
                    return Spot(self.file, self.line + lines, column + 1)
                wanted -= 1
        return Spot(self.file, self.line, self.column)


def _first_character(raw: str) -> int:
    """Index after an opening quote or a block header such as `>-`."""
    if raw[:1] in "|>" and raw:
        return raw.find("\n") + 1
    return 1 if raw[:1] in ("'", '"') else 0


class Refused(Exception):
    """Reading of a file cannot go on."""

    def __init__(self, mark: Any, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.code, self.hint = mark, code, hint


def plain(item: Item) -> Any:
    """The bare value."""
    if isinstance(item.value, dict):
        return {key: plain(child) for key, child in item.value.items()}
    if isinstance(item.value, list):
        return [plain(child) for child in item.value]
    return item.value


def parse(text: str, file: str, findings: Findings, room: int = MAX_ITEMS) -> tuple[Item | None, int]:
    """The map at the top of a YAML file, and how many values it has; None if it cannot be read."""
    if not _characters_are_fine(text, file, findings):
        return None, 0
    reader = _Reader(text, file, findings, room)
    try:
        return reader.document(), reader.count
    except Refused as trouble:
        findings.add(reader.spot(trouble.mark), trouble.code, str(trouble), trouble.hint)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "not correct YAML"
        hint = next((hint for sign, hint in SYNTAX_HINTS if sign in f"{problem} {error.context}"), "")
        findings.add(reader.spot(mark), "yaml-syntax", f"this is not correct YAML: {problem}", hint)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        findings.add(Spot(file), "yaml-syntax", f"this is not correct YAML: {str(error)[:200]}")
    return None, reader.count


def _characters_are_fine(text: str, file: str, findings: Findings) -> bool:
    bad = UNPRINTABLE.search(text)
    if bad:
        findings.add(_spot_of(text, bad.start(), file), "yaml-character",
                     f"character U+{ord(bad.group()):04X} cannot be printed",
                     "delete it, or save the file as UTF-8 text")
        return False
    tab = TAB_INDENT.search(text)
    if tab:
        findings.add(_spot_of(text, tab.start() + tab.group().index("\t"), file), "yaml-tab",
                     "this line is indented with a tab", "YAML is indented with spaces, two for a level")
        return False
    return True


def _spot_of(text: str, index: int, file: str) -> Spot:
    return Spot(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


class _Reader:
    """Builds items from the events of one file."""

    def __init__(self, text: str, file: str, findings: Findings, room: int) -> None:
        self.text, self.file, self.findings, self.room = text, file, findings, room
        self.count = 0

    def spot(self, mark: Any) -> Spot:
        return Spot(self.file, mark.line + 1, mark.column + 1) if mark else Spot(self.file)

    def document(self) -> Item:
        events = yaml.parse(self.text, Loader=LOADER)
        next(events)  # start of the stream
        event = next(events)
        if isinstance(event, yaml.StreamEndEvent):
            return Item({}, self.file, 1, 1)
        top = self.item(next(events), events, 1)
        next(events)  # end of the document
        event = next(events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise Refused(event.start_mark, "yaml-documents", "a second document begins here",
                          "one file is one document: leave out the line ---")
        if top.value is None:
            return Item({}, self.file, top.line, top.column)
        if not isinstance(top.value, dict):
            self.findings.add(top, "yaml-top", "the file does not begin with a key",
                              "a file has sections such as `cards:` or `variables:`, each followed by its items")
            return Item({}, self.file, top.line, top.column)
        return top

    def item(self, event: Any, events: Iterator[Any], depth: int) -> Item:
        mark = event.start_mark
        self.count += 1
        if depth > MAX_DEPTH:
            raise Refused(mark, "yaml-too-deep", f"values are nested more than {MAX_DEPTH} deep", "")
        if self.count > self.room:
            raise Refused(mark, "yaml-too-large", f"the scenario has more than {MAX_ITEMS} values", "")
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise Refused(mark, "yaml-alias", "anchors (&name) and aliases (*name) are not allowed",
                          "write the value out; a text that begins with & or * needs quotes")
        if event.tag is not None and event.tag != "!" and event.tag not in CORE_TAGS:
            raise Refused(mark, "yaml-tag", f"tags such as {event.tag[:40]} are not allowed",
                          "leave it out; a text that begins with ! needs quotes")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(mark, events, depth)
        return self.mapping(mark, events, depth)

    def sequence(self, mark: Any, events: Iterator[Any], depth: int) -> Item:
        items = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.item(event, events, depth + 1))
        return Item(items, self.file, mark.line + 1, mark.column + 1)

    def mapping(self, mark: Any, events: Iterator[Any], depth: int) -> Item:
        items: dict[str, Item] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
                raise Refused(event.start_mark, "yaml-key", "a key must be a word",
                              "a text that begins with [ or { needs quotes")
            key = self.item(event, events, depth + 1)
            child = self.item(next(events), events, depth + 1)
            child.key_line, child.key_column = key.line, key.column
            if key.text in items:
                first = items[key.text].key_line
                self.findings.add(key, "yaml-duplicate-key", f"the key `{key.text[:60]}` is given twice",
                                  f"it is first given in line {first}")
            items[key.text] = child
        return Item(items, self.file, mark.line + 1, mark.column + 1)

    def scalar(self, event: Any) -> Item:
        text, mark = event.value, event.start_mark
        if len(text) > MAX_TEXT:
            raise Refused(mark, "yaml-too-large", f"a text has {len(text)} characters; {MAX_TEXT} are allowed", "")
        item = Item(text, self.file, mark.line + 1, mark.column + 1, text)
        if event.style == '"' and UNPRINTABLE.search(text):  # from an escape; the file itself was searched
            self.findings.add(item, "yaml-character", "the text holds a character that cannot be printed")
        if event.implicit[0] or (event.tag or "") not in ("", "!", CORE + "str"):
            item.value = self.resolved(text, item)
        if isinstance(item.value, str):
            item.raw = self.text[mark.index:event.end_mark.index]
        return item

    def resolved(self, text: str, item: Item) -> Any:
        """The value of a word without quotes."""
        if text in WORDS:
            return WORDS[text]
        if NUMBER.fullmatch(text):
            number = float(text)
            if abs(number) > MAX_NUMBER:
                self.findings.add(item, "yaml-number", f"the number {text[:30]} is too large", "choose a larger unit")
                return 0.0
            return int(text) if WHOLE.fullmatch(text) else number
        if NOT_FINITE.fullmatch(text):
            self.findings.add(item, "yaml-number", f"{text} is not a number to reckon with",
                              "give a large number instead, or quotes if it is a word")
            return 0.0
        return text
