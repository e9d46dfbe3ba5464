"""Puts the files of a scenario together, and over those of the scenario that it extends.

The result is one map of sections whose items still know the file and line of whoever wrote them. Inside one
scenario every thing is written once; an extending scenario may give a thing again: maps merge, scalars and
lists replace. Read next: shape.py.
"""

from __future__ import annotations

from dataclasses import replace

from game.content.document import LISTS
from game.content.findings import Findings, did_you_mean
from game.content.items import Item

KIND_NAMES = {dict: "map", list: "list"}
MAPS = ("variables", "lengths")  # sections whose things stand under their ids
OPEN_SECTIONS = {*LISTS, *MAPS, "remove"}  # that several files of one scenario may add to


def join(files: list[Item], findings: Findings) -> Item:
    """One map from the files of one scenario; things given twice are findings (the first one stays)."""
    whole = Item({}, files[0].file if files else "", 1, 1)
    for top in files:
        for name, section in top.value.items():
            if whole.value.get(name) is None or whole.value[name].value is None:
                whole.value[name] = _copy(section)
                continue
            first = whole.value[name]
            if name in OPEN_SECTIONS and isinstance(first.value, dict | list):
                if type(first.value) is type(section.value):
                    _append(name, first, section, findings)
                elif section.value is not None:
                    kind = KIND_NAMES[type(first.value)]
                    findings.add(section.key, "wrong-type", f"`{name}` is a {kind} in {first.file}",
                                 "write it in the same way here")
            else:
                findings.add(section.key, "duplicate-section", f"`{name}` is already given in {first.file}",
                             "keep it in one file")
    for name, field in LISTS.items():
        if name in whole.value:
            _drop_repeated(whole.value[name], field, findings)
    return whole


def _copy(section: Item) -> Item:
    """The same item with a container of its own, so that adding to it leaves the file's item alone."""
    if isinstance(section.value, dict | list):
        return replace(section, value=section.value.copy())
    return section


def _append(name: str, first: Item, more: Item, findings: Findings) -> None:
    if isinstance(first.value, list):
        first.value.extend(more.value)
        return
    for key, item in more.value.items():
        if key in first.value:
            old = first.value[key]
            findings.add(item.key, "duplicate-id", f"`{key}` is already given in {old.file}, line {old.key_line}",
                         f"each of the {name} has its own id")
        else:
            first.value[key] = item


def identity(item: Item, field: str) -> str | None:
    """The id of a thing in a list, if it is a map and has one."""
    if not isinstance(item.value, dict) or field not in item.value:
        return None
    name = item.value[field].value
    return name if isinstance(name, str) else None


def _drop_repeated(section: Item, field: str, findings: Findings) -> None:
    if not isinstance(section.value, list):
        return
    seen: dict[str, Item] = {}
    kept = []
    for item in section.value:
        name = identity(item, field)
        if name is not None and name in seen:
            findings.add(item.value[field], "duplicate-id",
                         f"`{name}` is already given in {seen[name].file}, line {seen[name].line}",
                         "each of a section has its own id")
            continue
        if name is not None:
            seen[name] = item
        kept.append(item)
    section.value[:] = kept


def lay_over(base: Item, top: Item, findings: Findings) -> Item:
    """An extending scenario over its base; `top` says with `remove` what of the base goes."""
    result = Item(dict(base.value), top.file, top.line, top.column)
    _remove(result, top, findings)
    for name, section in top.value.items():
        if name == "remove":
            continue
        below = result.value.get(name)
        if name in LISTS and below is not None and isinstance(below.value, list) and isinstance(section.value, list):
            result.value[name] = _merge_lists(below, section, LISTS[name])
        else:
            result.value[name] = merge(below, section) if below is not None else section
    return result


def merge(below: Item, above: Item) -> Item:
    """Maps merge key by key; anything else is replaced, and so is a source, which speaks of one figure."""
    if not (isinstance(below.value, dict) and isinstance(above.value, dict)):
        return above
    value = dict(below.value)
    for key, item in above.value.items():
        value[key] = merge(value[key], item) if key in value and key != "source" else item
    return replace(above, value=value)


def _merge_lists(below: Item, above: Item, field: str) -> Item:
    """Things with the same id merge in the place of the base's; new ones follow."""
    items = list(below.value)
    places = {identity(item, field): i for i, item in enumerate(items)}
    for item in above.value:
        name = identity(item, field)
        if name is not None and name in places:
            items[places[name]] = merge(items[places[name]], item)
        else:
            items.append(item)
    return replace(above, value=items)


def _remove(result: Item, top: Item, findings: Findings) -> None:
    wanted = top.value.get("remove")
    if wanted is None or wanted.value is None:
        return
    if not isinstance(wanted.value, list) or not all(isinstance(item.value, str) for item in wanted.value):
        findings.add(wanted, "wrong-type", "expected a list of ids", "remove: [first-id, second-id]")
        return
    gone = {item.value: item for item in wanted.value}
    known: set[str] = set()
    for name, section in list(result.value.items()):
        if name in MAPS and isinstance(section.value, dict):
            known |= set(section.value)
            left = {key: item for key, item in section.value.items() if key not in gone}
        elif name in LISTS and isinstance(section.value, list):
            known |= {i for i in (identity(item, LISTS[name]) for item in section.value) if i}
            left = [item for item in section.value if identity(item, LISTS[name]) not in gone]
        else:
            continue
        result.value[name] = replace(section, value=left)
    for name, item in gone.items():
        if name not in known:
            findings.add(item, "remove-unknown", f"the extended scenario has no `{name[:60]}`",
                         did_you_mean(name, known))
