"""Same seed, same results to the last bit: whatever the batch, and in one process or two."""

import hashlib
import json
from contextlib import closing
from dataclasses import fields

import numpy as np
import pytest

from game.engine.tables import compile_rules
from game.outlook.balance import do, name_of, study_of, summary, work
from game.outlook.batch import Tally, chunks, gather
from game.outlook.simulate import Games, simulate
from game.outlook.workers import HERE, Where, each
from game.outlook.workers.work import Over
from tests.conformance.worlds import scenario
from tests.outlook.decks import deck

TWO = Where(processes=2, patience=0.0)
SEED, TURNS = 11, 12


def fingerprint(tally: Tally) -> str:
    """Of everything that is counted and of every number at the end of every game, unrounded."""
    found = hashlib.sha256()
    for field in fields(tally):
        found.update(f"{field.name} {np.shape(getattr(tally, field.name))}".encode())
        found.update(np.ascontiguousarray(getattr(tally, field.name)).tobytes())
    return found.hexdigest()


def played(name: str, games: int, chunk: int, where: Where = HERE, backwards: bool = False) -> Tally:
    here = scenario(name)
    rows = tuple(here.row(indicator.variable) for indicator in here.document.indicators)
    job, rules = Games(here, "random", (), games, SEED, TURNS, {}, rows), compile_rules(here.tables)
    pieces = chunks(games, chunk)
    with closing(each(job, pieces[::-1] if backwards else pieces, where, lambda: False)) as parts:
        return gather(rules, games, TURNS, rows, parts)


def test_a_thousand_games_in_any_chunks():
    """Also from the last to the first, and by two processes."""
    whole = fingerprint(played("minimal", 1_000, 1_000))
    assert {fingerprint(played("minimal", 1_000, chunk)) for chunk in (47, 333, 999)} == {whole}
    assert fingerprint(played("minimal", 1_000, 100, backwards=True)) == whole
    assert fingerprint(played("minimal", 1_000, 100, TWO)) == whole
    assert fingerprint(played("minimal", 999, 999)) != whole


def test_games_one_by_one():
    assert fingerprint(played("minimal", 60, 1)) == fingerprint(played("minimal", 60, 60))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_thousand_games_one_by_one():
    assert fingerprint(played("minimal", 1_000, 1)) == fingerprint(played("minimal", 1_000, 1_000))


def test_the_games_of_the_shipped_scenario_do_not_depend_on_the_batch():
    whole = fingerprint(played("mongolia-2011", 300, 300))
    assert fingerprint(played("mongolia-2011", 300, 70, TWO)) == whole
    few = fingerprint(played("mongolia-2011", 8, 8))
    assert fingerprint(played("mongolia-2011", 8, 1)) == few
    assert fingerprint(played("mongolia-2011", 1, 1)) == fingerprint(played("mongolia-2011", 1, 50, TWO))


@pytest.mark.slow
@pytest.mark.timeout(1_200)
def test_a_hundred_thousand_games():
    """Of the shipped scenario: two processes and chunks of two sizes; of a small one also as a single batch."""
    whole = fingerprint(played("mongolia-2011", 100_000, 1_000, TWO))
    assert fingerprint(played("mongolia-2011", 100_000, 4_321)) == whole
    single = fingerprint(played("minimal", 100_000, 100_000))
    assert fingerprint(played("minimal", 100_000, 999, TWO)) == single


def test_games_after_a_gap_do_not_count():
    rules, parts = compile_rules(scenario("minimal").tables), {}
    here = scenario("minimal")
    rows = tuple(here.row(indicator.variable) for indicator in here.document.indicators)
    do = Games(here, "random", (), 100, SEED, TURNS, {}, rows).open()
    parts = {piece: do(piece, lambda: False) for piece in chunks(100, 20)}
    heard = []
    some = [(piece, parts[piece]) for piece in ((20, 20), (0, 20), (60, 20), (80, 20))]
    found = gather(rules, 100, TURNS, rows, some, heard.append)
    assert found.games == 40 and heard == [20, 40] and found.finals.shape[1] == 40
    np.testing.assert_array_equal(found.finals, played("minimal", 40, 40).finals)


@pytest.mark.parametrize("policy", ["lean-north", "bars"])
def test_the_summary_is_the_same_text_by_two_processes(policy):
    one, two = (json.dumps(simulate(scenario("minimal"), 200, policy, SEED, "lesson", chunk=chunk, where=where))
                for chunk, where in ((200, HERE), (30, TWO)))
    assert one == two


def test_the_balance_is_the_same_text_by_two_processes():
    study = study_of(deck("planted"), 3, 300, 20)
    texts = []
    for where in (HERE, TWO):
        done = {name_of(piece): result for piece, result in each(Over(study, do), work(study), where, lambda: False)}
        texts.append(json.dumps(summary(study, done)))
    assert texts[0] == texts[1] and json.loads(texts[0])["complete"] is True
