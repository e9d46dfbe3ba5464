"""The stages from files to a compiled scenario: read, parse, join, extend, shape, formulas, meaning, compile.

Each adds to the same findings; a stage that needs what an earlier one could not give is left out, so that one slip
does not produce a flood. Importing this brings YAML, so it is imported only where a scenario is really read anew.
Read next: items.py, or document.py for what comes out.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.content import checks_cards, checks_goals, checks_model
from game.content.checks_calibration import check_calibration
from game.content.checks_model import is_kebab
from game.content.compiled import History, Scenario
from game.content.compiling import compile_tables, compile_verdict
from game.content.demands import add_formulas, check_demands, demand_nodes, with_demands
from game.content.document import Document
from game.content.findings import Findings, did_you_mean
from game.content.fingerprint import fingerprint
from game.content.folder import HISTORY, Folder
from game.content.history import check_history, read_history
from game.content.items import MAX_ITEMS, Item, parse
from game.content.merge import join, lay_over
from game.content.shelf import BASE, Shelf
from game.content.sites import Formulas, at, read_formulas
from game.engine.tables import Tables, delays_of

if TYPE_CHECKING:
    from game.content.shape import Shaped

MAX_DUE = 40_000  # longest delay x targets of effects, numbers in each game; Mongolia has 1700
MAX_ARRIVALS = 100_000  # effects, each counted as often as its `for` says

CHECKS: tuple[Callable[[Document, Item, Formulas, Findings], None], ...] = (
    checks_model.check_ids, checks_model.check_dates, checks_model.check_ranges, checks_model.check_sources,
    checks_model.check_flow_units, checks_model.check_order, checks_model.check_roles,
    checks_cards.check_card_modes, checks_cards.check_choices, checks_cards.check_gambles, checks_cards.check_dated,
    checks_cards.check_effects, checks_cards.check_flags_and_follows, checks_cards.check_people, check_demands,
    checks_goals.check_indicators, checks_goals.check_priorities, checks_goals.check_difficulties,
    checks_goals.check_verdict, checks_goals.check_map, checks_goals.check_texts,
)


def compiled(shelf: Shelf, findings: Findings, pictures: Path | None) -> Scenario | None:
    """Runs all stages; None if the scenario cannot be compiled (findings say why)."""
    folder = shelf.open("", findings)
    if folder is None:
        return None
    read = _read(folder, shelf, findings)
    if read is None:
        return None
    from game.content.shape import shape  # pydantic is slow to import and not needed until here

    top, source, history = read
    shaped = shape(top, folder.complete, findings)
    if shaped.document is None or not folder.complete:  # every name from a missing file would be a finding
        return None
    shaped = with_demands(shaped, findings)
    formulas = _check_meaning(shaped, history, pictures, findings)
    if findings.errors:
        return None
    document = shaped.document
    tables, causes = compile_tables(document, formulas)
    if not _fits(tables, shaped.top, findings):
        return None
    return Scenario(document, tables, causes, source, fingerprint(tables, document), history or {},
                    compile_verdict(document, formulas), tuple(demand_nodes(document, formulas)))


def _read(folder: Folder, shelf: Shelf, findings: Findings) -> tuple[Item, dict[str, str], History | None] | None:
    """The map of all sections, the texts that it was read from, and the history."""
    top = _parse(folder, findings)
    source = dict(folder.files)
    history = _history(folder, findings)
    extends = top.value.get("extends")
    if extends is None or extends.value is None:
        removed = top.value.pop("remove", None)
        if removed is not None:
            findings.add(removed.key, "remove-unknown", "`remove` without `extends` removes nothing",
                         "extends: scenario-id")
        return top, source, history
    base = _open_base(extends, shelf, findings)
    if base is None:
        return None
    below = _parse(base, findings)
    if below.value.get("extends") is not None:
        findings.add(extends, "extends-chain", f"`{extends.value}` itself extends another scenario",
                     "extend that one, or copy what you need")
        return None
    below.value.pop("remove", None)
    folder.complete = folder.complete and base.complete
    source |= {f"{BASE}/{extends.value}/{name}": text for name, text in base.files.items()}
    merged = lay_over(below, top, findings)
    return merged, source, history if history is not None else _history(base, findings)


def _open_base(extends: Item, shelf: Shelf, findings: Findings) -> Folder | None:
    name = extends.value
    if not isinstance(name, str) or not is_kebab(name):
        findings.add(extends, "extends-unknown", "this is not the id of a scenario", "the name of its folder")
        return None
    base = shelf.open(name, findings)
    if base is None:
        findings.add(extends, "extends-unknown", f"there is no scenario `{name[:60]}` beside this one or in the game",
                     did_you_mean(name, shelf.names()))
    return base


def _parse(folder: Folder, findings: Findings) -> Item:
    tops, room = [], MAX_ITEMS
    for path in folder.yaml_files():
        item, count = parse(folder.files[path], folder.name(path), findings, room)
        room -= count
        if item is None:
            folder.complete = False
        else:
            tops.append(item)
    return join(tops, findings)


def _history(folder: Folder, findings: Findings) -> History | None:
    text = folder.files.get(HISTORY)
    return None if text is None else read_history(text, folder.name(HISTORY), findings)


def _check_meaning(shaped: Shaped, history: History | None, pictures: Path | None, findings: Findings) -> Formulas:
    document, top = shaped.document, shaped.top
    formulas = read_formulas(document, top, shaped.ghosts, findings)
    add_formulas(document, formulas)
    for run in CHECKS:
        if not findings.full:
            run(document, top, formulas, findings)
    check_history(document, top, history or {}, findings)
    check_calibration(document, top, history or {}, formulas.scope.ghosts, findings)
    checks_goals.check_pictures(document, top, pictures, findings)
    return formulas


def _fits(tables: Tables, top: Item, findings: Findings) -> bool:
    """The engine keeps what is due by delay and target, for each game; it must not grow beyond reason."""
    effects = [effect for landing in tables.landings for effect in landing.effects]
    horizon = max([delays_of(effect).stop for effect in effects], default=1)
    targets = len({(effect.kind, effect.target, effect.length < 0) for effect in effects})
    arrivals = sum(len(delays_of(effect)) for effect in effects)
    if horizon * targets <= MAX_DUE and arrivals <= MAX_ARRIVALS:
        return True
    findings.add(at(top, "cards").key, "too-large", "all effects together are more than the game can hold",
                 "shorten the longest `after` and `for`, or merge rare targets")
    return False
