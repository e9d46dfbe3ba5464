"""Diagrams: boxes do not overlap, arrows point down where they can, and lines keep apart."""

from __future__ import annotations

import re

import pytest

from game.reports.diagram import Arrow, Node, diagram
from game.reports.layout import Box, lay_out

CHAIN = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("e", "d")]


def boxes(names: str) -> list[Box]:
    return [Box(name, 100.0, 30.0) for name in names]


def assert_apart(drawing, width: float = 100.0) -> None:
    places = list(drawing.boxes.values())
    for i, (x, y) in enumerate(places):
        assert width / 2 <= x + 1e-6 and x + width / 2 <= drawing.width + 1e-6
        assert all(abs(x - u) >= width - 1e-6 or abs(y - v) >= 30.0 for u, v in places[:i])


def test_causes_stand_above_what_they_move():
    drawing = lay_out(boxes("abcde"), CHAIN, 600.0, 40.0)
    assert all(drawing.boxes[a][1] < drawing.boxes[b][1] for a, b in CHAIN)
    assert drawing.boxes["e"][1] == drawing.boxes["c"][1]  # just above what it feeds
    (_, (x, top), (same, bottom), _) = drawing.lines["a", "c"]  # it passes the layer of b, straight and beside the box
    assert x == same and bottom - top == 30.0 and abs(x - drawing.boxes["b"][0]) > 50.0
    assert_apart(drawing)


def test_a_circle_is_drawn_with_one_arrow_that_points_up():
    edges = [("a", "b"), ("b", "c"), ("c", "a")]
    drawing = lay_out(boxes("abc"), edges, 600.0, 40.0)
    up = [edge for edge in edges if drawing.boxes[edge[0]][1] > drawing.boxes[edge[1]][1]]
    assert len(up) == 1
    for a, b in edges:
        assert drawing.lines[a, b][0] == drawing.boxes[a] and drawing.lines[a, b][-1] == drawing.boxes[b]


def test_two_that_move_each_other_have_a_line_each():
    drawing = lay_out(boxes("ab"), [("a", "b"), ("b", "a")], 600.0, 40.0)
    assert set(drawing.lines) == {("a", "b"), ("b", "a")}


def test_a_wide_layer_is_divided():
    names = "abcdefghij"
    drawing = lay_out(boxes(names + "z"), [(name, "z") for name in names], 500.0, 40.0)
    rows = {y for name, (_, y) in drawing.boxes.items() if name != "z"}
    assert len(rows) > 1 and all(drawing.boxes["z"][1] > y for y in rows)
    assert_apart(drawing)


def test_lines_that_need_not_cross_do_not():
    drawing = lay_out(boxes("abcd"), [("a", "d"), ("b", "c")], 600.0, 40.0)
    assert (drawing.boxes["a"][0] < drawing.boxes["b"][0]) == (drawing.boxes["d"][0] < drawing.boxes["c"][0])


def test_nothing_is_drawn_of_nothing():
    assert lay_out([], [], 600.0, 40.0).boxes == {}


@pytest.mark.parametrize("sign, shown", [("+", "+"), ("-", "\u2212"), ("mixed", "\u00b1")])
def test_the_sign_stands_beside_the_arrow(sign, shown):
    text = diagram("T", [Node("1", "One", "stock"), Node("2", "Two & more", "lever")], [Arrow("1", "2", sign)])
    assert re.search(rf'class="sign"[^>]*>{re.escape(shown)}<', text) and "Two &amp; more" in text


def test_ends_of_many_lines_on_one_box_stand_apart():
    nodes = [Node(name, name, "stock") for name in "abcdefz"]
    text = diagram("T", nodes, [Arrow(name, "z", "+") for name in "abcdef"])
    ends = sorted(float(x) for x in re.findall(r'class="sign" x="([0-9.]+)"', text))
    assert len(ends) == 6 and min(b - a for a, b in zip(ends, ends[1:], strict=False)) > 10.0
