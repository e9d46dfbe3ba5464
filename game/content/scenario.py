"""From a folder (or the texts inside a saved game) to a checked, compiled scenario.

The stages, in order: read, parse, join, extend, shape, formulas, meaning, compile. Each adds to the same
findings; a stage that needs what an earlier one could not give is left out, so that one slip does not
produce a flood. Read next: items.py, or document.py for what comes out.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game import paths
from game.content import checks_cards, checks_goals, checks_model
from game.content.checks_model import is_kebab
from game.content.compiling import VerdictNodes, compile_tables, compile_verdict
from game.content.document import Document
from game.content.findings import ContentError, Finding, Findings, Spot, did_you_mean
from game.content.fingerprint import fingerprint
from game.content.folder import HISTORY, MAX_FILE, MAX_FILES, MAX_TOTAL, Folder, read_folder
from game.content.history import History, check_history, read_history
from game.content.items import MAX_ITEMS, Item, parse
from game.content.merge import join, lay_over
from game.content.sites import Formulas, at, read_formulas
from game.engine.tables import Tables, delays_of

if TYPE_CHECKING:
    from game.content.shape import Shaped

BASE = "base"  # where the texts of the extended scenario are in Scenario.source
MAX_DUE = 40_000  # longest delay x targets of effects, numbers in each game; Mongolia has 1700
MAX_ARRIVALS = 100_000  # effects, each counted as often as its `for` says

CHECKS: tuple[Callable[[Document, Item, Formulas, Findings], None], ...] = (
    checks_model.check_ids, checks_model.check_dates, checks_model.check_ranges, checks_model.check_sources,
    checks_model.check_flow_units, checks_model.check_order, checks_model.check_roles,
    checks_cards.check_card_modes, checks_cards.check_choices, checks_cards.check_gambles, checks_cards.check_dated,
    checks_cards.check_effects, checks_cards.check_flags_and_follows, checks_cards.check_people,
    checks_goals.check_indicators, checks_goals.check_priorities, checks_goals.check_difficulties,
    checks_goals.check_verdict, checks_goals.check_map, checks_goals.check_texts,
)


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

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {variable.id: row for row, variable in enumerate(self.tables.variables)}

    def row(self, name: str) -> int:
        """The row of a variable; KeyError if there is none."""
        return self._rows[name]


def check(path: str | Path, pictures: Path | None = None) -> list[Finding]:
    """All findings of the scenario in a folder (or of the folder of a scenario.yaml), by file and line."""
    findings = Findings()
    _load(_Shelf.on_disk(Path(path)), findings, _pictures(pictures))
    return findings.sorted()


def load(path: str | Path) -> Scenario:
    """The scenario in a folder. ContentError if there is any error."""
    return _playable(_Shelf.on_disk(Path(path)))


def load_source(files: dict[str, str]) -> Scenario:
    """The scenario in Scenario.source, for example from a saved game. ContentError if there is any error."""
    return _playable(_Shelf.in_memory(files))


def find_scenarios() -> list[Path]:
    """Folders with a scenario.yaml: those of the game, then the player's own, each by name."""
    places = [paths.scenarios(), own_scenarios()]
    return [folder for place in places if place.is_dir()
            for folder in sorted(place.iterdir()) if (folder / "scenario.yaml").is_file()]


def own_scenarios() -> Path:
    """Where players put scenarios of their own; it may not exist."""
    return paths.saves().parent / "scenarios"


def json_schema() -> dict[str, Any]:
    """JSON Schema of the files of a scenario, for editors."""
    from game.content import shape  # pydantic is slow to import and not needed to play

    return shape.json_schema()


def _pictures(given: Path | None) -> Path | None:
    if given is not None:
        return given
    try:
        return paths.assets() / "pictures"
    except FileNotFoundError:
        return None


def _playable(shelf: _Shelf) -> Scenario:
    findings = Findings()
    scenario = _load(shelf, findings, None)
    if scenario is None or findings.errors:
        raise ContentError(findings.sorted())
    return scenario


# --- where files come from

@dataclass(frozen=True)
class _Shelf:
    """Gives the files of the scenario itself (id "") and of the one that it extends."""

    open: Callable[[str, Findings], Folder | None]
    names: Callable[[], list[str]]  # of scenarios that could be extended

    @staticmethod
    def on_disk(path: Path) -> _Shelf:
        home = path.parent if path.name == "scenario.yaml" else path
        places = (home.absolute().parent, *_shipped())

        def open_folder(name: str, findings: Findings) -> Folder | None:
            if not name:
                return read_folder(home, findings)
            for place in places:
                if os.path.isfile(place / name / "scenario.yaml"):  # unlike Path.is_file, never raises
                    return read_folder(place / name, findings)
            return None

        def names() -> list[str]:
            return [f.parent.name for place in places for f in place.glob("*/scenario.yaml")]
        return _Shelf(open_folder, names)

    @staticmethod
    def in_memory(files: dict[str, str]) -> _Shelf:
        def open_folder(name: str, findings: Findings) -> Folder | None:
            start = f"{BASE}/{name}/" if name else ""
            found = {key.removeprefix(start): text for key, text in files.items()
                     if key.startswith(start) and (name or not key.startswith(BASE + "/"))}
            if "scenario.yaml" not in found:
                if not name:
                    findings.add(Spot("scenario.yaml"), "no-scenario", "there is no scenario.yaml")
                return None
            if not all(isinstance(text, str) for text in found.values()):
                findings.add(Spot(start + "scenario.yaml"), "file-unreadable", "an embedded file is not a text")
                return None
            sizes = [len(text) for text in found.values()]
            if max(sizes) > MAX_FILE or sum(sizes) > MAX_TOTAL or len(sizes) > MAX_FILES:
                findings.add(Spot(start + "scenario.yaml"), "file-too-large", "the embedded files are too large")
                return None
            return Folder(start.rstrip("/"), found)
        return _Shelf(open_folder, lambda: [key.split("/")[1] for key in files if key.startswith(BASE + "/")])


def _shipped() -> list[Path]:
    try:
        return [paths.scenarios()]
    except FileNotFoundError:
        return []


# --- the stages

def _load(shelf: _Shelf, findings: Findings, pictures: Path | None) -> Scenario | None:
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
    formulas = _check_meaning(shaped, history, pictures, findings)
    if findings.errors:
        return None
    document = shaped.document
    tables, causes = compile_tables(document, formulas)
    if not _fits(tables, shaped.top, findings):
        return None
    return Scenario(document, tables, causes, source, fingerprint(tables, document), history or {},
                    compile_verdict(document, formulas))


def _read(folder: Folder, shelf: _Shelf, findings: Findings) -> tuple[Item, dict[str, str], History | None] | None:
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


def _open_base(extends: Item, shelf: _Shelf, findings: Findings) -> Folder | None:
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
    for run in CHECKS:
        if not findings.full:
            run(document, top, formulas, findings)
    check_history(document, top, history or {}, findings)
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
