"""The model page: everything of the model is on it, every link leads somewhere, and nothing is fetched or run."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from game.content import Scenario, load_source
from game.outlook.influence import influence
from game.reports.model_diagrams import MOST
from game.reports.model_page import model_page
from game.reports.model_words import Linked
from game.reports.subjects import subjects
from tests.conformance.worlds import FOLDERS, scenario

FEW = 60  # games: enough for a page to be whole
EMPTY = {"meta", "line", "circle", "br", "rect", "polyline", "path"}


class Page(HTMLParser):
    """Tags in order, ids, links inside, and what would be fetched or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.ids, self.targets, self.fetched, self.tags, self._open = text, [], [], [], [], []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        href = found.get("href", "")
        (self.targets if href.startswith("#") else self.fetched).extend([href] if href else [])
        self.fetched += [found["src"]] if "src" in found else []
        assert not any(name.startswith("on") for name in found)
        if tag not in EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def plain(self) -> str:
        return unescape(re.sub(r"<[^>]*>", "", self.text))


@pytest.fixture(scope="module", params=tuple(FOLDERS))
def world(request) -> tuple[Scenario, Page]:
    found = scenario(request.param)
    return found, Page(model_page(found, influence(found, FEW)))


def test_it_stands_alone_and_every_link_leads_somewhere(world):
    _, page = world
    assert page.fetched == [] and "script" not in page.tags
    assert len(page.ids) == len(set(page.ids))
    assert set(page.targets) <= {f"#{each}" for each in page.ids}


def test_every_variable_is_there_with_its_note_formula_unit_and_source(world):
    found, page = world
    text = re.sub(r"\s+", " ", page.plain())
    for name, doc in found.document.variables.items():
        assert f"v-{name}" in page.ids
        assert doc.label in text and re.sub(r"\s+", " ", doc.note) in text
        formulas = [getattr(doc, "is_", "")] + list(getattr(doc, "flows", {}).values())
        for formula in formulas:
            assert " ".join(formula.split()) in text, name
        if doc.source is not None and doc.source.title:
            assert doc.source.title in text
        if doc.source is not None and doc.source.confidence == "judged":
            assert "judged, " in text


def test_every_actor_move_promise_goal_priority_ending_and_difficulty_is_there(world):
    found, page = world
    text, document = page.plain(), found.document
    named = [*(each.label for each in (*document.actors, *document.goals, *document.priorities,
                                       *document.difficulties)),
             *(each.title for each in (*document.demands, *document.moves, *document.promises, *document.endings))]
    assert named and all(name in text for name in named)
    for formula in (*(goal.is_ for goal in document.goals), *(ending.when for ending in document.endings),
                    *(move.appeal for move in document.moves), *(demand.met_if for demand in document.demands)):
        assert " ".join(formula.split()) in text


def test_each_indicator_says_what_drives_it(world):
    found, page = world
    section = page.text.split('id="drivers"')[1].split("<h2")[0]
    for indicator in found.document.indicators:
        assert f"#v-{indicator.variable}" in section
    assert "%" in section


def test_pictures_are_small_enough_to_be_read(world):
    _, page = world
    pictures = re.findall(r'<svg class="causes".*?</svg>', page.text, re.S)
    assert pictures
    for picture in pictures:
        assert picture.count("<rect") <= MOST + 3  # a subject that is divided no further may have a few more
        assert picture.count("marker-end") == len(re.findall(r"<path d=\"M[0-9.-]+ ", picture))


def test_subjects_are_the_files_of_the_model_in_their_order():
    found = subjects(scenario("mongolia-2011"))
    ids = [subject.id for subject in found]
    files = sorted(path.stem for path in (FOLDERS["mongolia-2011"] / "model").glob("*.yaml"))
    assert [each for each in ids if each in files] == files
    names = [name for subject in found for name in subject.variables]
    assert sorted(names) == sorted(scenario("mongolia-2011").document.variables)
    fuel = next(subject for subject in found if subject.id == "fuel")
    assert fuel.intro.startswith("Fuel.") and "what the cabinet sets" in dict(fuel.parts)


@pytest.mark.parametrize("node, words", [
    (("ratio", ("year_sum", 0), ("year_sum", 1), ("number", 0.0)),
     "(A over the last four quarters \u00f7 B over the last four quarters, or 0 if that is 0)"),
    (("sub", ("now", 0), ("year_ago", 0)), "A \u2212 A in the same quarter a year ago"),
    (("mul", ("year_mean", 0), ("last", 1)), "A, mean of the last four quarters \u00d7 B a quarter ago"),
    (("max", ("now", 0), ("number", 2.5)), "the largest of (A; 2.5)"),
])
def test_formulas_in_words(node, words):
    names = Linked(scenario("minimal"))
    names.plain_label = {0: "A", 1: "B"}.__getitem__
    assert unescape(re.sub(r"<[^>]*>", "", names.in_words(node))) == words


def test_a_curve_is_a_chart_with_its_points():
    text = Linked(scenario("minimal")).in_words(("curve", ("now", 0), (8.0, 30.0, 120.0), (30.0, 17.5, 13.0)))
    assert text.count("<circle") == 3 and "<polyline" in text
    assert "8\u219230 \u00b7 30\u219217.5 \u00b7 120\u219213" in text


@pytest.mark.parametrize("node, words", [
    (("sub", ("number", 2.0), ("sub", ("now", 0), ("now", 1))), ["2", "\u2212 A", "+ B"]),
    (("sub", ("neg", ("now", 0)), ("add", ("now", 1), ("number", 3.0))), ["\u2212 A", "\u2212 B", "\u2212 3"]),
])
def test_signs_of_the_terms_of_a_long_sum(node, words):
    found = scenario("minimal")
    names = Linked(found)
    labels = {0: "A" * 40, 1: "B" * 40}
    names.plain_label = labels.__getitem__
    lines = re.sub(r"</?(?:div|a)[^>]*>", "", names.in_words(node)).split("<br>")
    assert [line.replace("A" * 40, "A").replace("B" * 40, "B") for line in lines] == words


def test_the_text_of_a_strange_scenario_is_only_text():
    source = dict(scenario("minimal").source)
    path = next(name for name in source if "label: Influence\n" in source[name])
    source[path] = source[path].replace("label: Influence\n", "label: \"<script>x</script> \ue00099999\ue003\"\n")
    strange = load_source(source)
    page = Page(model_page(strange, influence(strange, FEW)))
    assert "script" not in page.tags and "<script>x</script>" in page.plain()
