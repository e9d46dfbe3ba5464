"""Loading: the minimal scenario as tables, texts in a log, `extends`, the fingerprint, places of findings."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
import yaml

from game.content import ContentError, check, document, find_scenarios, items, json_schema, load, load_source
from game.engine import tables as t
from game.engine.decisions import nothing
from game.engine.turn import begin, play

MINIMAL = Path(__file__).parent / "minimal"


@pytest.fixture(scope="module")
def minimal():
    return load(MINIMAL)


def variant(folder: Path, text: str, **files: str) -> Path:
    """A scenario that extends the minimal one; keyword model_x="..." becomes model/x.yaml."""
    shutil.copytree(MINIMAL, folder / "minimal", dirs_exist_ok=True)
    mine = folder / "mine"
    mine.mkdir(exist_ok=True)
    (mine / "scenario.yaml").write_text("extends: minimal\nid: mine\n" + text, encoding="utf-8")
    for name, content in files.items():
        file = mine / (name.replace("_", "/", 1) + ".yaml")
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return mine


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the minimal scenario with one piece of text replaced."""
    copy = Path(shutil.copytree(MINIMAL, folder / "minimal"))
    text = (copy / name).read_text(encoding="utf-8")
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


# --- the minimal scenario

def test_minimal_has_no_findings():
    assert check(MINIMAL) == []
    assert check(MINIMAL / "scenario.yaml") == []


def test_minimal_uses_every_key_of_the_format():
    """So that a key cannot stop working unseen: each is given somewhere in the example."""
    text = "\n".join(f.read_text(encoding="utf-8") for f in MINIMAL.rglob("*.yaml"))
    parts = [part for part in vars(document).values() if isinstance(part, type) and issubclass(part, document.Part)]
    keys = {field.name.rstrip("_") for part in parts for field in fields(part)}
    assert {key for key in keys if not re.search(rf"\b{key}:", text)} == {"extends"}


def test_rows_are_variables_in_file_order_then_hidden_ones(minimal):
    names = [v.id for v in minimal.tables.variables]
    declared = list(minimal.document.variables)
    assert names[:len(declared)] == declared
    assert names[len(declared):] == ["unmet(fuel.burned)", "chosen(old-debt/refuse)", "made(late-wagons)",
                                     "played(build-depot)"]
    assert [minimal.tables.variables[minimal.row(n)].kind for n in names[len(declared):]] == [t.UNMET] + 3 * [t.FLAG]
    with pytest.raises(KeyError):
        minimal.row("nothing")


def test_variables_are_compiled(minimal):
    row, variables = minimal.row, minimal.tables.variables
    assert variables[row("fuel")].start == (45.0,) * 4
    assert variables[row("price")].start == (600.0, 620.0, 650.0, 700.0)
    assert variables[row("cover")].start is None
    assert [v.id for v in variables if v.closing] == ["cover"]
    assert variables[row("tax")].kind == t.LEVER and variables[row("tax")].high == 30.0
    assert variables[row("base_price")].start == (700.0,) * 4


def test_path_is_a_value_for_each_turn_linear_between_and_flat_after(minimal):
    path = minimal.tables.variables[minimal.row("price")].path
    assert path[:6] == (700.0, 750.0, 800.0, 850.0, 900.0, 900.0)
    assert len(path) == 80 and set(path[4:]) == {900.0}


def test_path_may_begin_before_the_start_or_after_it(tmp_path):
    judged = "source: {confidence: judged, low: 0, high: 9, note: an example}"
    text = "variables:\n" + "".join(
        f"  {name}: {{kind: driver, label: R, range: [0, 900], is: path, {judged}, path: {path}}}\n"
        for name, path in (("early", "{2010-Q1: 100, 2012-Q1: 900}"), ("late", "{2011-Q3: 8, 2011-Q4: 9}")))
    scenario = load(variant(tmp_path, "", model_more=text))
    early, late = (scenario.tables.variables[scenario.row(name)].path for name in ("early", "late"))
    assert early[:6] == (500.0, 600.0, 700.0, 800.0, 900.0, 900.0)
    assert late[:5] == (8.0, 8.0, 8.0, 9.0, 9.0)


def test_yearly_flow_is_divided_by_four(minimal):
    treasury = next(s for s in minimal.tables.stocks if s.row == minimal.row("treasury"))
    assert [(flow.name, flow.scale) for flow in treasury.flows] == [("taxes", 0.25), ("fuel bill", 1.0)]


def test_unmet_row_belongs_to_its_flow(minimal):
    fuel = minimal.tables.stocks[0]
    assert fuel.physical
    assert [flow.unmet_row for flow in fuel.flows] == [-1, minimal.row("unmet(fuel.burned)")]


def test_order_is_drivers_then_auxiliaries_after_what_they_read(tmp_path):
    text = """variables:
  a: {kind: auxiliary, label: A, range: [0, 9], is: c + b}
  b: {kind: auxiliary, label: B, range: [0, 9], is: last(a)}
  c: {kind: auxiliary, label: C, range: [0, 9], is: year_mean(d)}
  d: {kind: auxiliary, label: D, range: [0, 9], is: rain}
  rain: {kind: driver, label: Rain, range: [0, 9], is: 1 + luck}
"""
    scenario = load(variant(tmp_path, "", model_more=text))
    order = [scenario.tables.variables[row].id for row in scenario.tables.order]
    assert order[:2] == ["price", "rain"]
    assert [name for name in order if name in "abcd"] == ["b", "d", "c", "a"]


def test_cards_are_compiled(minimal):
    short, debt, visit, market = minimal.tables.cards
    assert [card.mode for card in minimal.tables.cards] == [t.CHANCE, t.SCHEDULED, t.FOLLOW, t.WEIGHT]
    assert (short.announce, short.cooldown, short.patience) == (2, 6, 2)
    assert (debt.cooldown, market.cooldown) == (t.NEVER, 4)
    assert short.group == visit.group == 0 and market.group == t.NONE_GROUP
    assert market.odds == ("number", 1.0) and debt.odds is None
    assert short.averted_if == ("gt", ("now", minimal.row("cover")), ("number", 120.0))


def test_effects_land_in_front_with_card_effects_and_carry_their_cause(minimal):
    row, causes = minimal.row, minimal.causes
    pay = minimal.tables.landings[minimal.tables.cards[0].choices[1].landing]
    assert pay.origin == ("card", 0, 1)
    assert [(e.kind, e.target, e.amount, e.after, e.length, causes[e.cause]) for e in pay.effects] == [
        ("add", row("relations"), -2.0, 0, 1, "Fuel runs short"),
        ("add", row("deliveries"), 30.0, 0, 1, "Pay twice the price"),
        ("add", row("relations"), 3.0, 2, 1, "a debt of gratitude"),
        ("add", row("price"), 20.0, 0, t.ALWAYS, "Pay twice the price"),
    ]


def test_gamble_has_two_landings_and_a_plain_choice_one(minimal):
    wait, _, gamble = minimal.tables.cards[0].choices
    assert wait.landing == wait.landing_failure and wait.odds is None
    success, failure = (minimal.tables.landings[i] for i in (gamble.landing, gamble.landing_failure))
    assert [e.kind for e in success.effects] == ["add", "add", "promise"]
    assert [e.kind for e in failure.effects] == ["add", "add", "follow"]


def test_nothing_is_landing_zero_and_what_is_asked_about_is_recorded(minimal):
    assert minimal.tables.landings[0].effects == ()
    listen = minimal.tables.cards[2].choices[0]
    assert listen.landing == 0
    refuse = minimal.tables.landings[minimal.tables.cards[1].choices[0].landing]
    assert (minimal.row("chosen(old-debt/refuse)"), 1.0) in [(e.target, e.amount) for e in refuse.effects]
    depot = minimal.tables.initiatives[0].option
    for landing in (depot.landing, depot.landing_failure):
        assert minimal.row("played(build-depot)") in [e.target for e in minimal.tables.landings[landing].effects]


def test_flag_is_set_by_adding_and_cleared_by_taking(minimal):
    depot = minimal.row("has_depot")
    amounts = {e.amount for landing in minimal.tables.landings for e in landing.effects if e.target == depot
               and e.kind == "add"}
    assert amounts == {1.0, -1.0}


def test_moves_are_sorted_by_id_in_document_and_tables(minimal):
    assert [m.id for m in minimal.tables.moves] == ["friendly-word", "late-wagons"]
    assert [m.id for m in minimal.document.moves] == ["friendly-word", "late-wagons"]
    assert [m.actor for m in minimal.tables.moves] == [1, 1]


def test_engine_takes_the_tables(minimal):
    rules = t.compile_rules(minimal.tables)
    assert ("always", minimal.row("price")) in rules.columns


def test_history_is_read(minimal):
    assert minimal.history == {"cover": {2011: 70.0, 2012: 65.5}, "price": {2012: 900.0}}


# --- texts in a log

def test_source_is_enough_to_load_again(minimal, tmp_path):
    again = load_source(minimal.source)
    assert again.tables == minimal.tables and again.causes == minimal.causes
    assert again.fingerprint == minimal.fingerprint and again.history == minimal.history
    extended = load(variant(tmp_path, "title: Mine\n"))
    assert load_source(json.loads(json.dumps(extended.source))).tables == extended.tables
    assert "base/minimal/cards/deck.yaml" in extended.source


def test_reading_without_the_c_library_gives_the_same(minimal, tmp_path, monkeypatch):
    mine = variant(tmp_path, "title: >-\n  One\n  two\nvariables:\n  cover:\n    is: >-\n      90 *\n      feul\n")
    fast = check(mine)
    monkeypatch.setattr(items, "LOADER", yaml.SafeLoader)
    assert check(mine) == fast and fast
    assert load(MINIMAL).tables == minimal.tables


# --- extends

def test_variant_overrides_by_id_and_removes(tmp_path):
    scenario = load(variant(tmp_path, """title: Mine
remove: [market-day]
variables:
  fuel: {start: 60}
cards:
- {id: old-debt, once: true, effects: [{add: 1, to: influence}]}
moves:
- {id: friendly-word, cooldown: 9}
difficulties:
- {id: tight, set: {credit_line: 20}}
agenda: {places: 3}
"""))
    made = scenario.document
    assert (made.id, made.title, made.summary[:12]) == ("mine", "Mine", "The smallest")
    assert [card.id for card in made.cards] == ["fuel-runs-short", "old-debt", "a-quiet-visit"]
    assert made.variables["fuel"].start == 60 and made.variables["fuel"].label == "Fuel in store"
    assert len(made.cards[1].choices) == 3 and made.cards[1].effects[0].to == "influence"
    assert scenario.tables.moves[0].cooldown == 9
    assert made.difficulties[1].set_ == {"credit_line": 20}
    assert (made.agenda.places, made.agenda.quiet) == (3, 0.5)


def test_a_source_is_replaced_whole(tmp_path):
    below = load(MINIMAL).document.variables["fuel"].source
    mine = load(variant(tmp_path, "variables:\n  fuel: {start: 60, source: {note: counted again, confidence: judged, "
                                  "low: 50, high: 70}}\n")).document.variables["fuel"].source
    assert below.title or below.figure or below.note
    assert (mine.note, mine.title, mine.publisher, mine.figure) == ("counted again", "", "", "")


def test_a_length_may_be_removed(tmp_path):
    lengths = list(load(MINIMAL).document.lengths)
    mine = load(variant(tmp_path, "lengths:\n  long: {label: Long, turns: 20, minutes: 60}\n"
                          f"remove: [{lengths[0]}]\n"))
    assert list(mine.document.lengths) == [*lengths[1:], "long"]


def test_finding_points_to_the_file_of_whoever_wrote_the_line(tmp_path):
    mine = variant(tmp_path, "variables:\n  cover:\n    is: 90 * feul\n")
    (finding,) = check(mine)
    assert (Path(finding.file).parts[-2:], finding.line, finding.column) == (("mine", "scenario.yaml"), 5, 14)
    mine = variant(tmp_path, "remove: [tax]\n")
    found = check(mine)
    assert {Path(f.file).parts[-3:] for f in found if f.severity == "error"} == {("minimal", "model", "fuel.yaml")}


def test_list_in_a_variant_replaces_the_list(tmp_path):
    mine = load(variant(tmp_path, "cards:\n- {id: fuel-runs-short, tags: [one, two]}\n"))
    assert mine.document.cards[0].tags == ("one", "two")


# --- fingerprint

@pytest.mark.parametrize(("name", "old", "new"), [
    ("cards/deck.yaml", "Filling stations", "All filling stations"),
    ("cards/deck.yaml", "because: a debt of gratitude", "because: Pay twice the price"),
    ("cards/deck.yaml", "picture: fuel_train", "picture: coal_train"),
    ("model/fuel.yaml", "label: Fuel in store", "label: Fuel"),
    ("model/fuel.yaml", "low: 600, high: 800", "low: 500, high: 900"),
    ("scenario.yaml", "title: A small example", "title: Another"),
    ("cards/deck.yaml", "label: Refuse politely", "label: Say no"),
])
def test_texts_do_not_change_the_fingerprint(name, old, new, minimal, tmp_path):
    assert load(changed(tmp_path, name, old, new)).fingerprint == minimal.fingerprint


@pytest.mark.parametrize(("name", "old", "new"), [
    ("cards/deck.yaml", "cost: 45", "cost: 46"),
    ("cards/deck.yaml", "cover > 120", "cover > 121"),
    ("cards/deck.yaml", "id: market-day", "id: market-days"),
    ("cards/deck.yaml", "after: 2, because", "after: 3, because"),
    ("model/fuel.yaml", "is: 60 + 0.2", "is: 60 + 0.3"),
    ("model/fuel.yaml", "2012-Q1: 900", "2012-Q2: 900"),
    ("goals.yaml", "set: {credit_line: 50}", "set: {credit_line: 60}"),
    ("scenario.yaml", "turns: 8", "turns: 9"),
    ("goals.yaml", "60, 50, 180", "60, 55, 180"),
])
def test_numbers_conditions_and_ids_change_the_fingerprint(name, old, new, minimal, tmp_path):
    assert load(changed(tmp_path, name, old, new)).fingerprint != minimal.fingerprint


# --- places and words

@pytest.mark.parametrize(("value", "line", "column"), [
    ("90 * feul", 4, 14),
    ("'90 * feul'", 4, 15),
    ('"90 * feul"', 4, 15),
    (">-\n      90 *\n      feul", 6, 7),
    ("|\n      90\n\n      * feul", 7, 9),
    ("90 *\n      feul", 5, 7),
])
def test_column_inside_any_kind_of_text(value, line, column, tmp_path):
    (finding,) = check(variant(tmp_path, "variables:\n  cover: {}\n  cover2: {kind: flag, label: F}\n"
                                         if False else f"variables:\n  cover:\n    is: {value}\n"))
    assert (finding.line, finding.column) == (line + 1, column)


def test_lines_of_windows_and_accents_count_as_written(tmp_path):
    mine = variant(tmp_path, "")
    (mine / "scenario.yaml").write_bytes(
        "extends: minimal\r\ntitle: Уран\r\nvariables:\r\n  cover: {label: é, is: feul}\r\n".encode())
    (finding,) = check(mine)
    assert (finding.line, finding.column) == (4, 25)


def test_words_that_yaml_would_change_stay_as_written(tmp_path):
    made = load(variant(tmp_path, """title: no
summary: 12:30
licence: 2011-05-04
cards:
- {id: market-day, title: 1984, tags: [on, yes, ~x], objective: 010}
""")).document
    assert (made.title, made.summary, made.licence) == ("no", "12:30", "2011-05-04")
    assert (made.cards[3].title, made.cards[3].tags) == ("1984", ("on", "yes", "~x"))
    assert made.cards[3].objective == "010"


def test_broken_thing_does_not_make_others_wrong(tmp_path):
    mine = variant(tmp_path, "variables:\n  demand: {decimals: many}\ncards:\n- {id: a-quiet-visit, once: perhaps}\n")
    assert [(f.code, f.line) for f in check(mine)] == [("wrong-type", 4), ("wrong-type", 6)]


def test_error_of_loading_tells_what_is_wrong(tmp_path):
    mine = variant(tmp_path, "variables:\n  cover: {is: 90 * feul}\n")
    with pytest.raises(ContentError) as error:
        load(mine)
    assert re.search(r"scenario\.yaml:4:20 error formula-unknown-name .*did you mean `fuel`", str(error.value))


def test_warnings_do_not_keep_a_scenario_from_loading(tmp_path):
    mine = variant(tmp_path, "variables:\n  odd: {kind: flag, label: A}\nmoves:\n- {id: friendly-word, when: odd}\n")
    assert [f.severity for f in check(mine)] == ["warning"]
    assert load(mine).document.id == "mine"


def test_pictures_are_looked_for_in_the_folder_given(tmp_path):
    (tmp_path / "pictures").mkdir()
    assert {f.code for f in check(MINIMAL, pictures=tmp_path / "pictures")} == {"picture-missing"}
    assert check(MINIMAL, pictures=tmp_path / "nothing") == []


def test_scenarios_are_found_in_the_game_and_among_the_players_files(tmp_path, monkeypatch):
    for name in ("game/scenarios/b", "game/scenarios/a", "game/scenarios/empty", "own/scenarios/c"):
        (tmp_path / name).mkdir(parents=True)
        if not name.endswith("empty"):
            (tmp_path / name / "scenario.yaml").write_text("format: 1\n", encoding="utf-8")
    monkeypatch.setenv("TN_DATA", str(tmp_path / "game"))
    monkeypatch.setenv("TN_HOME", str(tmp_path / "own"))
    assert [f.name for f in find_scenarios()] == ["a", "b", "c"]


def test_scenario_in_the_game_can_be_extended_from_anywhere(tmp_path, monkeypatch):
    (tmp_path / "game" / "scenarios").mkdir(parents=True)
    shutil.copytree(MINIMAL, tmp_path / "game" / "scenarios" / "minimal")
    monkeypatch.setenv("TN_DATA", str(tmp_path / "game"))
    mine = tmp_path / "elsewhere" / "mine"
    mine.mkdir(parents=True)
    (mine / "scenario.yaml").write_text("extends: minimal\nid: mine\n", encoding="utf-8")
    assert load(mine).document.id == "mine"


def test_schema_names_every_section_and_kind():
    schema = json_schema()
    json.dumps(schema)
    assert {"cards", "variables", "remove", "roles"} <= set(schema["properties"])
    assert "required" not in schema
    kinds = schema["properties"]["variables"]["additionalProperties"]["discriminator"]["mapping"]
    assert set(kinds) == {"stock", "auxiliary", "driver", "lever", "parameter", "flag"}
    card = schema["$defs"]["CardDoc"]
    assert card["additionalProperties"] is False and "choices" in card["required"]
    effect = schema["$defs"]["EffectDoc"]["properties"]
    assert all("description" in effect[name] for name in effect if name != "to")


def test_engine_plays_the_minimal_scenario(minimal):
    rules = t.compile_rules(minimal.tables)
    state = begin(rules, seed=7, games=40, turns=8)
    while state.running.any():
        state, _ = play(rules, state, nothing(rules, state))
    values = state.closing
    assert np.isfinite(values).all()
    assert ((rules.low <= values) & (values <= rules.high)).all()
    assert len(set(values[minimal.row("price")])) == 40  # luck is at work
