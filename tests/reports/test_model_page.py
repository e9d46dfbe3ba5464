"""The model page: everything of the model is on it, every link leads somewhere, and nothing is fetched or run."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from game.content import Scenario, load_source
from game.outlook.influence import influence
from game.reports.amounts import amount, change
from game.reports.model_diagrams import MOST
from game.reports.model_page import model_page
from game.reports.model_words import Linked
from game.reports.subjects import subjects
from game.reports.touching import may_hold, touching
from game.view.words import short_number
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
    text = straight(page.plain())
    for name, doc in found.document.variables.items():
        assert f"v-{name}" in page.ids
        assert straight(doc.label) in text and straight(doc.note) in text
        formulas = [getattr(doc, "is_", "")] + list(getattr(doc, "flows", {}).values())
        for formula in formulas:
            assert " ".join(formula.split()) in text, name
        if doc.source is not None and doc.source.title:
            assert straight(doc.source.title) in text
        if doc.source is not None and doc.source.confidence == "judged" and doc.source.low is not None:
            assert f"our own judgement, between {short_number(doc.source.low)} and " in text


def test_every_actor_move_promise_goal_priority_ending_and_difficulty_is_there(world):
    found, page = world
    text, document = straight(page.plain()), found.document
    named = [*(each.label for each in (*document.actors, *document.goals, *document.priorities,
                                       *document.difficulties)),
             *(each.title for each in (*document.demands, *document.moves, *document.promises, *document.endings))]
    assert named and all(straight(name) in text for name in named)
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
    assert fuel.intro.startswith("Almost all petrol") and "what the cabinet sets" in dict(fuel.parts)
    assert fuel.title == "Fuel" and "The capital city" in [subject.title for subject in found]


@pytest.mark.parametrize("node, words", [
    (("ratio", ("year_sum", 0), ("year_sum", 1), ("number", 0.0)),
     "(A over the last four quarters \u00f7 B over the last four quarters, or 0 if the divisor is 0)"),
    (("sub", ("now", 0), ("year_ago", 0)), "A \u2212 A in the same quarter a year ago"),
    (("mul", ("year_mean", 0), ("last", 1)), "A, mean of the last four quarters \u00d7 B a quarter ago"),
    (("max", ("now", 0), ("number", 2.5)), "the larger of (A; 2.5)"),
    (("mul", ("neg", ("now", 0)), ("now", 1)), "\u2212A \u00d7 B"),
    (("if", ("ge", ("quarter",), ("number", 3.0)), ("now", 0), ("number", 0.0)),
     "(A if from the third quarter of a year on, or else 0)"),
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


def straight(text: str) -> str:
    """With the quotation marks of a keyboard, and single blanks."""
    return re.sub(r"\s+", " ", text.translate({0x2019: "'", 0x201C: '"', 0x201D: '"'}))


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).replace("\u00a0", " ")


@pytest.mark.parametrize("value, unit, told", [
    (20.0, "$m", "$20 m"), (-24.0, "$m", "\u2212$24 m"), (98.0, "$m per %", "$98 m per %"), (0.006, "$m per soldier",
                                                                                        "$6,000 per soldier"),
    (190.0, "$/t", "$190/t"), (0.83, "share", "0.83"), (9.0, "%", "9 %"), (1.0, "seats per point", "1 seat per point"),
])
def test_a_number_has_its_unit_where_it_belongs(value, unit, told):
    assert amount(value, unit).replace("\u00a0", " ") == told


@pytest.mark.parametrize("value, unit, told", [
    (60.0, "$m", "+$60 m"), (-1.0, "snubs", "\u22121 snub"), (14.0, "%", "+14 percentage points"),
    (-1.0, "% a year", "\u22121 percentage point"), (0.4, "% of 2010", "+0.4 % of 2010"), (3.0, "", "+3"),
])
def test_a_change_of_what_is_counted_in_per_cent_is_told_in_points(value, unit, told):
    assert change(value, unit).replace("\u00a0", " ") == told


def test_a_limit_is_not_rounded_against_the_formula_below_it():
    found = scenario("mongolia-2011")
    names = Linked(found)
    text = text_of(names.condition_html(("ge", ("now", found.row("russia_snub")), ("number", 1.35))))
    assert text == "Refusals that Moscow remembers at least 1.35 snubs"


def test_and_within_or_stands_in_parentheses_and_what_is_so_or_not_in_quotation_marks():
    found = scenario("mongolia-2011")
    above = ("ge", ("now", found.row("russia_leverage")), ("number", 60.0))
    dam, gauge = ("now", found.row("dam_traded")), ("now", found.row("narrow_gauge"))
    both = ("and", ("or", above, dam), gauge)
    for node, text in (
            (both, '(Moscow\'s leverage at least 60 or "Dam traded for power") and "Standard gauge chosen"'),
            (("not", both),
             '(Moscow\'s leverage below 60 and not "Dam traded for power") or not "Standard gauge chosen"')):
        assert straight(text_of(Linked(found).condition_html(node))) == text


def test_the_page_has_no_unit_behind_its_money_no_one_of_many_and_no_straight_quotation_mark(world):
    text = world[1].plain().replace("\u00a0", " ")
    assert not re.search(r"\d \$(?:m|bn)\b", text)
    assert not re.search(r"(?<![\d.,])1 (?:points|snubs|seats|steps|days|months|percentage points)\b(?! of ten)", text)
    assert not re.search(r"[a-z]'[a-z]", text)


def test_an_effect_on_what_is_counted_in_per_cent_says_percentage_points(world):
    found, page = world
    moves = [effect for move in found.document.moves for effect in move.effects if effect.add is not None]
    rates = [effect for effect in moves if found.document.variables[effect.to].unit in ("%", "% a year", "% of GDP")]
    assert page.plain().count("percentage point") >= len(rates)


def test_cards_of_years_that_are_over_are_not_said_to_touch_anything():
    for name, over in (("mongolia-2011", False), ("mongolia-2016", True)):
        found = scenario(name)
        around = touching(found)
        named = {found.document.cards[n].id for things in (*around.changes.values(), *around.read.values())
                 for kind, n in things if kind == "card"}
        dated = {card.id for card in found.document.cards if (card.when or "").startswith("date == 2011-")}
        assert dated and (not named & dated) == over


@pytest.mark.parametrize("node, dates", [
    (None, {1, 2, 3}), (("ge", ("date",), ("number", 2.0)), {2, 3}), (("now", 0), {1, 2, 3}),
    (("and", ("gt", ("date",), ("number", 1.0)), ("lt", ("date",), ("number", 3.0))), {2}),
    (("or", ("eq", ("date",), ("number", 9.0)), ("le", ("date",), ("number", 1.0))), {1}),
])
def test_when_a_condition_may_hold_as_far_as_dates_tell(node, dates):
    assert may_hold(node, frozenset({1, 2, 3})) == dates


def test_a_demand_of_years_that_are_over_says_so():
    pages = {name: model_page(scenario(name), influence(scenario(name), FEW)) for name in ("mongolia-2011",
                                                                                           "mongolia-2016")}
    said = {name: page.count("Not in the years of this scenario.") for name, page in pages.items()}
    assert said["mongolia-2011"] == 0 and said["mongolia-2016"] > 0


def test_a_flow_keeps_the_capital_of_a_country():
    assert Linked(scenario("mongolia-2011")).flow("worry_about_china") == "worry about China"


def test_the_introduction_of_a_subject_leads_to_the_others_that_it_names():
    page = model_page(scenario("mongolia-2011"), influence(scenario("mongolia-2011"), FEW))
    section = page.split('id="s-projects"')[1].split("<h3")[0]
    assert '<a href="#s-fuel">Fuel</a>' in section and ".yaml" not in section
