"""Each widget does what its label says, by keyboard and by mouse."""

from __future__ import annotations

import pygame
import pytest

from game.ui.kit import (
    THEME,
    Button,
    Card,
    Column,
    Dots,
    LineChart,
    Panel,
    Point,
    ProgressBar,
    Row,
    ScrollArea,
    Series,
    Slider,
    Text,
    TextInput,
    Toggle,
    nice_ticks,
)

BODY = THEME.type.body


def nothing(*_):
    pass


def test_a_card_grows_with_its_text(person):
    short, long = (
        Card(Column([Text("Title", THEME.type.card_title), Text(line)]), line[:5], nothing)
        for line in ("Short.", "A much longer line of text that must wrap. " * 6)
    )
    stage = person().show(Row([Column([short]), Column([long])], align="top"))
    assert stage.overflows() == []
    assert long.rect.h >= short.rect.h + 40


@pytest.mark.parametrize("size", [(1024, 600), (1280, 720), (1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
def test_a_sample_card_fits_at_every_size(person, size, text_scale):
    card = Card(
        Column(
            [
                Text("Split the tender with Japan and Kazakhstan", THEME.type.card_title),
                Text("Costly and slow: the third-neighbour way.", THEME.type.secondary),
                ProgressBar("Dependence on Russia", 0.6, "58\u00a0%", ticks=(0.3, 0.6)),
                Slider("Fuel stock target", ["10 days", "20 days", "30 days"], 2, nothing, now=1),
                Toggle("Advisers", True, nothing, "Suggest one move a turn"),
                TextInput("Seed", "STEPPE", nothing),
                Button("Decide", nothing, "primary", shortcut="enter"),
            ]
        ),
        "Split",
        nothing,
        kind="number",
        shortcut="3",
        reason="Needs \u20ae60\u00a0bn; you have \u20ae12\u00a0bn",
    )
    user = person(size, text_scale)
    stage = user.show(ScrollArea(Row([card, Text("")])))
    user.draw()
    assert stage.overflows() == []
    assert not stage.painter.missing


def test_text_that_does_not_fit_is_reported(person):
    tight = Column([Text("Two lines of text at least, for it is long", BODY)], sizes=[10])
    stage = person().show(Row([tight], sizes=[120], align="top"))
    assert any("needs height" in line for line in stage.overflows())


def test_a_word_that_must_be_cut_is_reported(person):
    stage = person().show(Row([Text("Gashuunsukhait")], sizes=[40], align="top"))
    assert any("wider" in line for line in stage.overflows())


def test_a_child_outside_its_parent_is_reported(person):
    stage = person().show(Row([Button("Far too wide", nothing)], sizes=[1400]))
    assert any("sticks out" in line for line in stage.overflows())


def test_a_disabled_button_can_be_reached_and_says_why(person):
    pressed = []
    user = person()
    user.show(Column([Button("Undo", lambda: pressed.append(1), reason="Nothing to undo")]))
    user.press("tab")
    assert "not available: Nothing to undo" in user.said[-1]
    user.press("enter")
    assert pressed == [] and user.said[-1] == "Undo, not available: Nothing to undo"
    user.click(*user.stage.focus.rect.centre)
    assert pressed == []


def test_slider_keys_click_and_drag(person):
    seen = []
    user = person()
    slider = Slider("Target", ["10", "20", "30", "40", "50"], 1, seen.append)
    user.show(Column([slider]))
    user.press("tab", "right", "right")
    assert seen == [2, 3] and slider.state() == {"value": "40", "now": "20"}
    user.press("end", "right", "home", "left")
    assert seen == [2, 3, 4, 0]
    y = slider.rect.bottom - 12
    user.click(slider.rect.right - 14, y)
    assert slider.index == 4
    user.mouse(pygame.MOUSEBUTTONDOWN, slider.rect.right - 14, y)
    user.mouse(pygame.MOUSEMOTION, slider.rect.centre[0], y + 300)
    assert slider.index == 2
    user.mouse(pygame.MOUSEBUTTONUP, slider.rect.centre[0], y)
    user.mouse(pygame.MOUSEMOTION, slider.rect.x, y)
    assert slider.index == 2


def test_a_locked_slider_does_not_move(person):
    seen = []
    user = person()
    slider = Slider("Gauge", ["a", "b"], 0, seen.append, reason="Parliament sits in autumn")
    user.show(Column([slider]))
    user.press("tab", "right")
    user.click(slider.rect.right - 14, slider.rect.bottom - 12)
    assert seen == [] and slider.index == 0
    assert "Parliament sits in autumn" in user.said[-1]


def test_slider_refuses_an_index_without_a_step():
    with pytest.raises(ValueError, match="Target"):
        Slider("Target", ["a"], 1, nothing)


def test_toggle_says_on_and_off(person):
    seen = []
    user = person()
    user.show(Column([Toggle("Advisers", False, seen.append)]))
    user.press("tab", "space")
    assert seen == [True] and user.said[-1] == "Advisers on"
    assert user.stage.tree()[0]["value"] == "on"


def test_cards_tell_their_kind_and_choice(person):
    def cards():
        return Column(
            [
                Card(Text("Lesson"), "Lesson", nothing, kind="radio", chosen=True),
                Card(Text("Khaan Quest"), "Khaan Quest", nothing, kind="check"),
                Card(Text("Rail"), "Rail", nothing, kind="check", reason="Not yet"),
            ]
        )

    tree = person().show(cards()).tree()
    assert [(e["role"], e["chosen"], e.get("reason")) for e in tree] == [
        ("radio", "yes", None),
        ("checkbox", "no", None),
        ("checkbox", "no", "Not yet"),
    ]


def test_links_are_pressed_by_mouse_and_key(person):
    seen = []
    user = person()
    link = BODY.but(link="duty", underline="dotted")
    text = Text(["Prices rose by the ", ("export duty", link), " of May."], on_link=seen.append)
    user.show(Column([text]))
    user.press("tab", "enter")
    assert seen == ["duty"] and user.focus == "export duty"
    user.click(*user.stage.find("link", "export duty").rect.centre)
    assert seen == ["duty", "duty"]


def test_small_targets_are_reached_within_32_px(person):
    seen = []
    user = person()
    link = BODY.but(link="a")
    user.show(Panel(Text([("link", link)], on_link=seen.append), pad=40))
    rect = user.stage.find("link", "link").rect
    user.click(rect.centre[0], rect.centre[1] + 15)
    assert seen == ["a"] and rect.h < 32


def test_meters_speak_their_value(person):
    tree = (
        person()
        .show(Column([Dots("Russia: wary, 3 of 5", 3, tip="t"), ProgressBar("China", 0.84, "84\u00a0%")]))
        .tree()
    )
    assert [(e["label"], e["value"]) for e in tree] == [
        ("Russia: wary, 3 of 5", "3 of 5"),
        ("China", "84\u00a0%"),
    ]


def test_chart_reads_its_ends_and_says_when_its_axis_is_cut(person):
    red = THEME.colour.red
    whole = LineChart("Growth", [Series("You", [5, 7.5], red), Series("History", [4, None], red)])
    cut = LineChart("Share", [Series("You", [93, 91], red)], ["2011", "2012"], zero=False)
    user = person()
    user.show(Column([whole, cut]))
    user.draw()
    assert whole.label() == "Growth: You 7.5, History 4"
    assert cut.label().startswith("Share; axis from 9")
    assert user.stage.overflows() == []


def test_chart_labels_at_the_right_do_not_collide(person):
    red = THEME.colour.red
    ends = [Series(f"S{k}", [0, 10 + k * 0.01], red) for k in range(4)]
    chart = LineChart("Four", ends, ["a", "b"], points=[Point(1, "1")])
    stage = person().show(Column([chart]))
    line = stage.painter.line_height(THEME.type.small)
    tops = sorted(y for block, x, y in chart._texts if x > chart.plot.right)
    assert len(tops) == 4
    assert all(b - a >= line * 0.9 for a, b in zip(tops, tops[1:], strict=False))


def test_chart_x_labels_are_thinned_until_they_fit(person):
    chart = LineChart(
        "C", [Series("You", list(range(40)), THEME.colour.red)], [f"2011 Q{k}" for k in range(40)]
    )
    person().show(Row([chart], sizes=[300]))
    below = sorted((x, x + b.width) for b, x, y in chart._texts if y > chart.plot.bottom)
    assert 2 <= len(below) < 12
    assert all(a[1] < b[0] for a, b in zip(below, below[1:], strict=False))


@pytest.mark.parametrize(("low", "high"), [(0, 20.5), (-3, 7), (88, 93), (0.001, 0.0012), (5, 5), (0, 1e9)])
def test_nice_ticks_enclose_and_are_at_most_four(low, high):
    ticks = nice_ticks(low, high)
    assert 2 <= len(ticks) <= 4 and ticks[0] <= low and ticks[-1] >= high


def test_nice_ticks_refuse_infinity():
    with pytest.raises(ValueError, match="finite"):
        nice_ticks(0, float("inf"))


def test_missing_assets_are_named_and_nothing_breaks(person, tmp_path):
    from game.ui.kit import Icon, Picture, Stage

    person()
    stage = Stage((1280, 720), tmp_path)
    stage.show(Column([Icon("none"), Picture("none"), Text("still there")]))
    stage.draw(pygame.Surface((1280, 720)))
    assert {"icons/none.svg", "pictures/none.svg", "fonts/AlegreyaSans-Regular.ttf"} <= stage.painter.missing
