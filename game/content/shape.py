"""Items -> Document: are the keys and types right? The only module that imports pydantic.

Each thing (a card, a variable) is checked alone, so that one bad card does not hide what is wrong with the
others: it is left out, and its id remembered as a *ghost*, which others may name without a finding.
Values are checked as JSON, where a list may be a tuple and `0:` a number, but "1" is no number.
Read next: expressions.py.
"""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import Discriminator, TypeAdapter, ValidationError

from game.content.document import KINDS, LISTS, Document
from game.content.findings import Findings, did_you_mean
from game.content.items import Item, plain
from game.content.verbs import EFFECTS

MAX_PROBLEMS = 20  # of one thing
MAX_THINGS = 1000  # in a section

UNION_HINTS = {
    "for": "a whole number of turns (1 to 80), or always",
    "start": "a number, or a list of four numbers for four quarters, oldest first",
}
EXPECTED = {
    "string_type": "a text", "string": "a text",
    "float_type": "a number", "float_parsing": "a number",
    "int_type": "a whole number", "int_parsing": "a whole number", "int_from_float": "a whole number",
    "bool_type": "true or false", "bool_parsing": "true or false",
    "tuple_type": "a list", "too_long": "a shorter list", "too_short": "a longer list",
    "dataclass_type": "a map (key: value)", "dict_type": "a map (key: value)",
}


@dataclass
class Shaped:
    """The document (None if its frame is broken), the items it was made of, and ids of things left out."""

    document: Document | None
    top: Item
    ghosts: dict[str, set[str]] = field(default_factory=dict)


@cache
def _hints(cls: type) -> dict[str, Any]:
    """Types of a class's fields by their names in YAML."""
    return {name.rstrip("_"): hint for name, hint in get_type_hints(cls, include_extras=True).items()}


@cache
def _adapter(hint: Any) -> TypeAdapter:
    return TypeAdapter(hint)


def shape(top: Item, complete: bool, findings: Findings) -> Shaped:
    """Checks keys and types of a whole scenario; if it is not `complete`, nothing is said of missing sections."""
    hints = _hints(Document)
    values: dict[str, Any] = {}
    kept = replace(top, value={})
    shaped = Shaped(None, kept)
    for name, section in top.value.items():
        if findings.full:
            return shaped
        if name not in hints:
            findings.add(section.key, "unknown-key", f"there is no section `{name[:60]}`", did_you_mean(name, hints))
        elif section.value is None:
            continue
        elif name == "variables":
            values[name], kept.value[name] = _variables(section, shaped, findings)
        elif name in LISTS:
            values[name], kept.value[name] = _list(name, section, get_args(hints[name])[0], shaped, findings)
        else:
            kept.value[name] = section
            values[name] = validate(hints[name], section, findings, name)
    missing = [f.name for f in fields(Document)
               if f.default is MISSING and f.default_factory is MISSING and f.name not in values]
    for name in missing if complete else ():
        findings.add(top, "missing-key", f"the scenario has no `{name}`", "scenario.yaml holds the frame of a scenario")
    if not missing and None not in values.values():
        shaped.document = Document(**values)
    return shaped


def _variables(section: Item, shaped: Shaped, findings: Findings) -> tuple[dict[str, Any] | None, Item]:
    kept = replace(section, value={})
    if not isinstance(section.value, dict):
        _wrong_type(section, "a map from ids to variables", findings)
        return None, kept
    if _too_many(section, "variables", findings):
        return None, kept
    good = {}
    for name, item in section.value.items():
        made = _variable(item, findings)
        if made is None:
            shaped.ghosts.setdefault("variables", set()).add(name)
        else:
            good[name], kept.value[name] = made, item
    return good, kept


def _variable(item: Item, findings: Findings) -> Any:
    if not isinstance(item.value, dict):
        return _wrong_type(item, "a map (key: value)", findings)
    kind = item.value.get("kind")
    if kind is None:
        findings.add(item, "missing-key", "`kind` is missing", "kind: " + " | ".join(KINDS))
        return None
    if not isinstance(kind.value, str) or kind.value not in KINDS:
        findings.add(kind, "wrong-value", f"there is no kind `{kind.text[:60]}`",
                     did_you_mean(kind.text, KINDS, "one of " + ", ".join(KINDS)))
        return None
    return validate(KINDS[kind.value], item, findings, "variables")


def _list(name: str, section: Item, cls: type, shaped: Shaped, findings: Findings) -> tuple[Any, Item]:
    kept = replace(section, value=[])
    if not isinstance(section.value, list):
        _wrong_type(section, "a list", findings, "begin each item with `- `")
        return None, kept
    if _too_many(section, name, findings):
        return None, kept
    field_name = LISTS[name]
    items = section.value
    if name == "moves":  # their order breaks ties, so it is that of their ids and not of files
        items = sorted(items, key=lambda i: i.value["id"].text if isinstance(i.value, dict) and "id" in i.value else "")
    good = []
    for item in items:
        made = validate(cls, item, findings, name)
        if made is None:
            if isinstance(item.value, dict) and field_name in item.value:
                shaped.ghosts.setdefault(name, set()).add(item.value[field_name].text)
        else:
            good.append(made)
            kept.value.append(item)
    return tuple(good), kept


def _too_many(section: Item, name: str, findings: Findings) -> bool:
    if len(section.value) > MAX_THINGS:
        findings.add(section.key, "too-large", f"there are {len(section.value)} {name}; {MAX_THINGS} are allowed")
        return True
    return False


def validate(hint: Any, item: Item, findings: Findings, section: str) -> Any:
    """The value as the type `hint`; None with findings if it does not fit."""
    value = plain(item)
    for _ in range(2):
        try:
            return _adapter(hint).validate_json(json.dumps(value))
        except ValidationError as error:
            problems = error.errors(include_url=False)
            if not _numbers_as_texts(value, item, problems):
                break
            if not isinstance(value, dict | list):
                value = item.text
    seen: set[int] = set()
    for problem in problems[:MAX_PROBLEMS]:
        place, rest = _locate(item, problem["loc"])
        if id(place) not in seen or problem["type"] in ("missing", "unexpected_keyword_argument"):
            _report(problem, place, rest, hint, findings)
            seen.add(id(place))
    return None


def _numbers_as_texts(value: Any, item: Item, problems: list[Any]) -> bool:
    """Puts the writing in the place of numbers where a text is wanted (date: 2011, chance: 0.1); was there any?"""
    changed = False
    for problem in problems:
        if problem["type"] == "string_type" and type(problem["input"]) in (int, float):
            holder, place = value, item
            for step in problem["loc"][:-1]:
                holder, place = holder[step], place.value[step]
            if problem["loc"]:
                holder[problem["loc"][-1]] = place.value[problem["loc"][-1]].text
            changed = True
    return changed


def _locate(item: Item, loc: tuple) -> tuple[Item, tuple]:
    """The deepest item on the way; steps that are not in the YAML (a missing key, a branch of a type) are left."""
    rest = []
    for step in loc:
        if isinstance(item.value, dict) and step in item.value and not rest:
            item = item.value[step]
        elif isinstance(item.value, list) and isinstance(step, int) and step < len(item.value):
            item, rest = item.value[step], []
        else:
            rest.append(step)
    return item, tuple(rest)


def _report(problem: Any, place: Item, rest: tuple, hint: Any, findings: Findings) -> None:
    kind, loc = problem["type"], problem["loc"]
    if kind == "missing" and isinstance(loc[-1], str):
        findings.add(place, "missing-key", f"`{loc[-1]}` is missing")
    elif kind == "missing":
        findings.add(place, "wrong-type", f"the list is too short: {loc[-1] + 1} values are wanted, or more")
    elif kind in ("unexpected_keyword_argument", "extra_forbidden"):
        _unknown_key(str(loc[-1]), place, _class_at(hint, loc[:-1]), findings)
    elif kind == "literal_error":
        allowed = problem["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        near = did_you_mean(place.text, allowed.split(", "))
        findings.add(place, "wrong-value", f"`{place.text[:60]}` is not allowed here",
                     (near + " " if near else "") + f"allowed: {allowed}")
    elif kind in ("greater_than_equal", "less_than_equal"):
        bound = f"at least {problem['ctx']['ge']:g}" if "ge" in problem["ctx"] else f"at most {problem['ctx']['le']:g}"
        findings.add(place, "out-of-range", f"{place.text[:60]} is not allowed here", f"it must be {bound}")
    else:
        branch = next((UNION_HINTS[s] for s in loc if s in UNION_HINTS and s != loc[-1]), "")
        _wrong_type(place, branch or EXPECTED.get(kind, "something else"), findings, _type_hint(kind, place))


def _type_hint(kind: str, place: Item) -> str:
    if kind.startswith("bool"):
        return "write true or false" if place.text.lower() in ("yes", "no", "on", "off", "y", "n", "1", "0") else ""
    if kind == "string_type" and isinstance(place.value, bool):
        return "put it in quotes if it is a text"
    if kind.startswith(("float", "int")) and isinstance(place.value, str):
        if place.raw[:1] in ("'", '"'):
            return "write the number without quotes"
        return "write plain decimals such as 1250 or 0.5" if any(c.isdigit() for c in place.text) else ""
    if kind == "tuple_type":
        return "begin each item with `- `, or write [a, b]"
    return ""


def _wrong_type(place: Item, wanted: str, findings: Findings, hint: str = "") -> None:
    found = {dict: "a map", list: "a list", type(None): "nothing", bool: f"{place.text}"}.get(
        type(place.value), f"`{place.text[:40]}`")
    findings.add(place, "wrong-type", f"expected {wanted}, found {found}", hint)


def _unknown_key(key: str, place: Item, cls: type | None, findings: Findings) -> None:
    names = _hints(cls) if cls else {}
    owners = [kind for kind, other in KINDS.items() if cls in KINDS.values() and key in _hints(other)]
    if owners:
        hint = f"`{key}` belongs to: {', '.join(owners)}"
    elif " " in key and place.value is None:  # {because: one thing, and another}
        hint = "inside { } a text that holds a comma needs quotes"
    else:
        hint = did_you_mean(key, names, "known keys: " + ", ".join(names))
    findings.add(place.key, "unknown-key", f"there is no key `{key[:60]}` here", hint)


def _class_at(hint: Any, loc: tuple) -> type | None:
    """The dataclass that a path into a type leads to."""
    for step in loc:
        hint = _bare(hint)
        if is_dataclass(hint):
            hint = _hints(hint).get(str(step))
        elif get_origin(hint) is tuple:
            hint = get_args(hint)[0]
        elif get_origin(hint) is dict:
            hint = get_args(hint)[1]
    hint = _bare(hint)
    return hint if is_dataclass(hint) else None


def _bare(hint: Any) -> Any:
    """Without Annotated and `| None`."""
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in (types.UnionType, Union):
        return _bare(next(arg for arg in get_args(hint) if arg is not type(None)))
    return hint


def json_schema() -> dict[str, Any]:
    """JSON Schema of any file of a scenario, for editors: no section is required, as files are parts."""
    hints = dict(_hints(Document))
    kinds = Annotated[Union[tuple(KINDS.values())], Discriminator("kind")]  # noqa: UP007  made from a list
    hints["variables"] = dict[str, kinds]
    hints["remove"] = tuple[str, ...]
    adapters = [(name, "validation", TypeAdapter(hint)) for name, hint in hints.items()]
    sections, definitions = TypeAdapter.json_schemas(adapters)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a Third Neighbour scenario",
        "type": "object",
        "additionalProperties": False,
        "properties": {name: sections[(name, "validation")] for name in hints},
        **definitions,
    }
    for name, verb in EFFECTS.items():
        schema["$defs"]["EffectDoc"]["properties"][name]["description"] = verb.text
    return _texts_may_be_numbers(schema)


def _texts_may_be_numbers(schema: Any) -> Any:
    """As in `_numbers_as_texts`: `chance: 0.1` and `date: 2011` are fine."""
    if isinstance(schema, dict):
        done = {key: _texts_may_be_numbers(value) for key, value in schema.items()}
        if done.get("type") == "string" and "const" not in done and "enum" not in done:
            done["type"] = ["string", "number"]
        return done
    if isinstance(schema, list):
        return [_texts_may_be_numbers(value) for value in schema]
    return schema
