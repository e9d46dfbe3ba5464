"""The map: what it shows for a date, that names do not cover each other, and what flows do."""

from __future__ import annotations

from itertools import combinations

import pygame
import pytest

from game import paths
from game.ui.kit import Painter, Rect, Stage
from game.ui.map import BaseMaps, MapView
from game.ui.map.base import dashes
from game.ui.map.flows import arrow_between, outline
from game.ui.map.geography import open_railways, read_geography, view_of
from game.ui.map.labels import Wish, place_labels
from game.view.pages import FlowLine

FLOWS = (
    FlowLine("coal", "tavantolgoi", "gashuun", "china", 0.6, "Coal", "Coal: $500 m"),
    FlowLine("fuel", "naushki", "ulaanbaatar", "russia", 0.4, "Fuel", "Fuel: 200 kt"),
    FlowLine("none", "erenhot", "ulaanbaatar", "third", 0.0, "Nothing", "Nothing: 0"),
    FlowLine("odd", "atlantis", "ulaanbaatar", "third", 0.5, "From nowhere", "From nowhere: 1"),
)


@pytest.fixture(scope="module")
def geography():
    return read_geography(paths.assets() / "map")


@pytest.fixture
def bases(screen: None) -> BaseMaps:
    return BaseMaps(paths.assets() / "map")


def shown(bases: BaseMaps, asked: list[str], changed: frozenset[str] = frozenset()) -> tuple[Stage, MapView]:
    stage = Stage((1280, 720), paths.assets())
    view = MapView(bases, FLOWS, (2011, 1), asked.append, changed)
    stage.show(view)
    return stage, view


@pytest.mark.parametrize("size", [(980, 460), (700, 300), (1470, 690), (1080, 594)])
def test_the_home_country_is_wholly_in_view(geography, size: tuple[int, int]) -> None:
    view = view_of(geography, size)
    assert all(view.holds(point) for ring in geography.countries["MNG"] for point in ring)


def test_railways_come_with_their_opening(geography) -> None:
    def ids(year: int, quarter: int) -> set[str]:
        return {line.id for line in open_railways(geography, (year, quarter))}

    assert "trans_mongolian" in ids(2011, 1) and "tsr" in ids(2011, 1)
    assert "tavantolgoi_gashuunsukhait" not in ids(2022, 2)
    assert "tavantolgoi_gashuunsukhait" in ids(2022, 3)  # opened in September 2022
    assert "sainshand_choibalsan" not in ids(2030, 4)  # planned, never built


@pytest.mark.parametrize("size", [(980, 460), (700, 330), (1470, 690)])
def test_no_name_covers_another(bases: BaseMaps, size: tuple[int, int]) -> None:
    p = Painter((1280, 720), paths.assets())
    base = bases.get(p, size, (2011, 1), [("naushki", "ulaanbaatar")], [Rect(0, 300, 200, 160)])
    assert {"ulaanbaatar", "zamynuud", "erdenet"} <= set(base.labels)
    for (a, one), (b, other) in combinations(base.labels.items(), 2):
        assert not one.inset(1).overlaps(other.inset(1)), (a, b)
    assert not any(rect.inset(1).overlaps(Rect(0, 300, 200, 160)) for rect in base.labels.values())
    assert "salkhit" not in base.marks  # a station is only a bend of the line


def test_the_picture_is_made_once_for_a_size_and_date(bases: BaseMaps) -> None:
    p = Painter((1280, 720), paths.assets())
    first = bases.get(p, (600, 300), (2011, 1), [])
    assert bases.get(p, (600, 300), (2011, 4), []) is first
    assert bases.get(p, (600, 300), (2023, 1), []) is not first
    assert bases.get(p, (640, 300), (2023, 1), []).surface.get_size() == (640, 300)


def test_labels_without_room_are_left_out_unless_needed() -> None:
    area, wall = Rect(0, 0, 100, 40), [Rect(0, 0, 100, 40)]
    wish = Wish("a", (50, 20), 30, 10, 4, needed=True)
    assert place_labels([wish], area, [], wall, []) != {}  # on a mark, at a price
    assert place_labels([wish], area, wall, [], []) == {}  # never on another name


def test_dashes_cover_their_share_of_a_line() -> None:
    pieces = dashes([(0, 0), (35, 0), (100, 0)], 6, 4)
    assert sum(b[0] - a[0] for a, b in pieces) == pytest.approx(60, abs=0.01)


def test_wider_flows_make_wider_arrows_but_short_ways_no_blots() -> None:
    def width(share: float, length: float) -> float:
        arrow = arrow_between("a", (0, 0), (length, 0), share, (0, 0, 0), 1.0)
        ys = [y for _, y in outline(arrow)]
        assert max(ys) - min(ys) < length
        return arrow.width

    assert width(0.1, 300) < width(0.5, 300) < width(1.0, 300)
    assert width(1.0, 30) < width(1.0, 300)


def test_only_flows_that_flow_are_shown_and_a_press_asks_why(bases: BaseMaps) -> None:
    asked: list[str] = []
    stage, view = shown(bases, asked)
    assert [spot.flow.id for spot in view.flows] == ["coal", "fuel"]
    stage.find("flow", "Coal").activate()
    assert asked == ["coal"]


def test_arrow_keys_walk_through_flows_and_places_and_say_them(bases: BaseMaps) -> None:
    asked: list[str] = []
    stage, view = shown(bases, asked)
    said: list[str] = []
    stage.say = said.append
    stage.set_focus(view)

    def press(key: int) -> None:
        stage.handle(pygame.event.Event(pygame.KEYDOWN, key=key, unicode="", mod=0, scancode=0))

    press(pygame.K_RIGHT)
    assert said[-1] == "Coal: $500 m" and stage.notes.tip is view.flows[0]
    press(pygame.K_RETURN)
    assert asked == ["coal"]
    press(pygame.K_LEFT)
    assert said[-1] == view.places[-1].tip


def test_changed_flows_move_for_two_seconds_and_then_rest(bases: BaseMaps) -> None:
    stage, view = shown(bases, [], frozenset({"coal"}))
    surface = pygame.Surface((1280, 720))
    assert stage.busy
    stage.tick(1000)
    stage.draw(surface)
    stage.tick(1050)
    assert stage.dirty and stage.busy
    area = stage.painter.device(view.rect)
    assert all(rect.w < area.w / 2 for rect in stage.draw(surface))  # only the arrow is drawn anew
    stage.tick(3100)
    stage.draw(surface)
    stage.tick(3300)
    assert not stage.busy
    still = shown(bases, [])[0]
    still.tick(1000)
    assert not still.busy


def test_the_moving_stripes_leave_no_trace(bases: BaseMaps) -> None:
    """At rest the frame is the same, pixel for pixel, as if nothing had moved."""
    stage, _ = shown(bases, [], frozenset({"coal"}))
    moved, fresh = pygame.Surface((1280, 720)), pygame.Surface((1280, 720))
    for now in (0, 500, 1500, 2050, 2090):
        stage.tick(now)
        stage.draw(moved)
    other, _ = shown(bases, [])
    other.tick(0)
    other.draw(fresh)
    assert pygame.image.tobytes(moved, "RGB") == pygame.image.tobytes(fresh, "RGB")
