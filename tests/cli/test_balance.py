"""`balance`: a page that stands alone, JSON alone on standard output, stopping and going on."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from game.content import load

REPOSITORY = Path(__file__).resolve().parents[2]
DECKS = REPOSITORY / "tests" / "outlook"
SMALL = ("--games", 200, "--depth-games", 10)


class Tags(HTMLParser):
    """Whether every tag is closed in order, and what a page would fetch."""

    EMPTY = {"meta", "line", "circle", "br"}

    def __init__(self) -> None:
        super().__init__()
        self.open, self.fetched, self.seen = [], [], []

    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)
        self.fetched += [value for name, value in attributes if name == "src" or (name == "href" and tag != "a")]
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_stands_alone_and_names_the_defects(run, tmp_path):
    out = tmp_path / "report.html"
    ran = run("balance", DECKS / "planted", *SMALL, "--out", out)
    assert ran.code == 0 and ran.out == "" and f"The report is in {out}." in ran.err
    text = out.read_text("utf-8")
    tags = Tags()
    tags.feed(text)
    assert tags.open == [] and tags.fetched == [] and "svg" in tags.seen and "script" not in tags.seen
    assert "http" not in re.sub(r"<svg[^>]*>", "", text)
    for name in ("the-comet", "the-levy/rough-levy", "debt", "north", "Depth", "Endings"):
        assert name in text
    for log in re.findall(r'<a href="([^"]+)"', text):
        assert (tmp_path / log).is_file()
        assert run("replay", tmp_path / log, "--verify").code == 0
    assert not out.with_name(out.name + ".part").exists()


def test_the_record_is_kept_beside_the_scenario_and_tells_what_fails(run, tmp_path):
    for name in ("planted", "fair-deck"):  # the one extends the other
        shutil.copytree(DECKS / name, tmp_path / name)
    scenario = tmp_path / "planted"
    ran = run("balance", scenario, *SMALL, "--out", tmp_path / "report.html", "--record")
    kept = json.loads((scenario / "balance-lesson.json").read_text("utf-8"))
    fails = [line["says"] for line in kept["gate"] if not line["holds"]]
    assert ran.code == 1 and fails and all(f"It does not hold that {says}." in ran.err for says in fails)
    assert kept["fingerprint"] == load(scenario).fingerprint
    assert run("check", scenario).code == 0


def test_json_stands_alone_and_is_the_same_again(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one, two = (run("balance", DECKS / "fair-deck", *SMALL, "--json").out for _ in range(2))
    assert one == two and json.loads(one)["complete"] is True
    assert json.loads(one)["depth"]["games"] == 10


def test_stopping_keeps_what_is_done_and_resume_goes_on(run, tmp_path, monkeypatch):
    """A real Ctrl-C in a process of its own; the resumed report is the one that was never stopped."""
    monkeypatch.chdir(tmp_path)
    arguments = ["balance", str(DECKS / "fair-deck"), "--games", "400", "--depth-games", "60", "--json"]
    process = subprocess.Popen([sys.executable, "-m", "game", *arguments], cwd=tmp_path, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(REPOSITORY),
                                    "TN_HOME": str(tmp_path / "home")})
    for line in process.stderr:
        if line.startswith("5 of "):
            process.send_signal(signal.SIGINT)
            break
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130 and "--resume goes on" in err and json.loads(out)["complete"] is False
    began = time.perf_counter()
    resumed = run(*arguments, "--resume")
    assert resumed.code == 0 and "\n1 of " not in "\n" + resumed.err and time.perf_counter() - began < 60
    assert resumed.out == run(*arguments).out


@pytest.mark.parametrize("more, says", [
    (("--length", "lessen"), "Did you mean “lesson”?"), (("--difficulty", "hard"), "There is no difficulty"),
    (("--games", "0"), "number of games"), (("--out", "no/such/folder/a.html"), "cannot be written"),
])
def test_wrong_usage_is_one_sentence(run, tmp_path, monkeypatch, more, says):
    monkeypatch.chdir(tmp_path)
    ran = run("balance", DECKS / "fair-deck", *more)
    assert ran.code == 2 and says in ran.err


def test_another_studys_parts_are_not_mixed_in(run, tmp_path):
    out = tmp_path / "a.html"
    out.with_name("a.html.part").write_text('{"study": {"scenario": "other"}}\n', "utf-8")
    ran = run("balance", DECKS / "fair-deck", *SMALL, "--out", out, "--resume")
    assert ran.code == 2 and "another study" in ran.err and "Leave out --resume" in ran.err
