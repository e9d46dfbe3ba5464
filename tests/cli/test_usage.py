"""Wrong usage ends in one plain sentence with a way out, exit code 2, and never a traceback."""

import pytest

from game import __version__


@pytest.mark.parametrize("arguments, says", [
    (["simulate"], "SCENARIO"),
    (["simulate", "mongolia-2011", "--games", "0"], "number of games"),
    (["simulate", "mongolia-2011", "--games", "-5"], "--games"),
    (["simulate", "mongolia-2011", "--games", "1e9"], "number of games"),
    (["simulate", "mongolia-2011", "--games", "9" * 5_000], "number of games"),
    (["simulate", "mongolia-2011", "--policy", "cautous"], "Did you mean “cautious”?"),
    (["simulate", "mongolia-2011", "--length", "lessen"], "Did you mean “lesson”?"),
    (["simulate", "mongolia-2011", "--difficulty", "brutal"], "There is: "),
    (["simulate", "mongola-2011"], "Did you mean “mongolia-2011”?"),
    (["simulate", "no/such/folder"], "There is no scenario"),
    (["chek", "x"], "Did you mean “check”?"),
    (["mongolia"], "There is no scenario “mongolia”"),
    (["check"], "PATH"),
    (["check", "nowhere"], "There is no scenario “nowhere”"),
    (["check", "mongolia-2011", "--format", "xml"], "--format"),
    (["--sed", "5"], "--sed"),
    (["--priorities", "one"], "Two different priorities"),
    (["--priorities", "peace,fame"], "There is no priority “peace”"),
    (["play", "--length", "forever"], "There is no length"),
    (["play", "--difficulty", "forever"], "There is no difficulty"),
    (["replay", "no-such-log"], "no-such-log"),
    (["replay", "no-such-log", "--verify", "--json"], "no-such-log"),
])
def test_one_sentence_and_exit_code_two(run, arguments, says):
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("third-neighbour: ") and ran.err.count("\n") == 1
    assert says in ran.err


def test_a_folder_without_a_scenario(run, tmp_path):
    assert "holds no scenario.yaml" in run("simulate", tmp_path).err


def test_a_scenario_with_errors_names_the_first_and_the_way_to_all(run, tmp_path):
    (tmp_path / "scenario.yaml").write_text("format: 1\nid: [\n", "utf-8")
    ran = run("simulate", tmp_path)
    assert ran.code == 2 and "third-neighbour check" in ran.err


def test_version_and_help(run):
    assert run("--version").out.strip() == f"Third Neighbour {__version__}"
    told = run("--help")
    assert told.code == 0
    for command in ("play", "check", "schema", "simulate", "replay"):
        assert command in told.out
        assert run(command, "--help").code == 0
