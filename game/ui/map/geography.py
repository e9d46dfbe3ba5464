"""The map's data, and the window that is looked at: kilometres to pixels. No drawing. Read next: base.py."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Point = tuple[float, float]

MARGIN = (0.055, 0.075)  # of the home country's width and height, kept free around it


@dataclass(frozen=True)
class Place:
    """`kind`: capital | town | mine | border | port | foreign | foreigncap | station (a bend, never drawn)."""

    id: str
    at: Point  # km east and north of the origin
    name: str
    kind: str
    note: str


@dataclass(frozen=True)
class Railway:
    """`opened` is (year, month), None for foreign lines, which are always there."""

    id: str
    points: tuple[Point, ...]
    opened: tuple[int, int] | None
    foreign: bool


@dataclass(frozen=True)
class Geography:
    """Polygons are rings of km; `window` is (west, south, east, north) in km, of the heights too."""

    countries: dict[str, list[list[Point]]]
    provinces: list[list[Point]]
    lakes: list[list[Point]]
    rivers: list[tuple[bool, list[Point]]]
    places: dict[str, Place]
    railways: tuple[Railway, ...]
    window: tuple[float, float, float, float]


@dataclass(frozen=True)
class View:
    """A window of `size` px, `scale` px per km, its middle at `centre` (km)."""

    size: tuple[int, int]
    scale: float
    centre: Point

    def px(self, at: Sequence[float]) -> Point:
        return (self.size[0] / 2 + (at[0] - self.centre[0]) * self.scale,
                self.size[1] / 2 - (at[1] - self.centre[1]) * self.scale)

    def line(self, points: Sequence[Sequence[float]], factor: float = 1.0) -> list[Point]:
        """Points in px times `factor`."""
        return [(x * factor, y * factor) for x, y in map(self.px, points)]

    def holds(self, at: Sequence[float], margin: float = 0.0) -> bool:
        x, y = self.px(at)
        return margin <= x < self.size[0] - margin and margin <= y < self.size[1] - margin


def read_geography(folder: Path) -> Geography:
    """Reads map.json of assets/map. FileNotFoundError if it is missing."""
    data = json.loads((folder / "map.json").read_text("utf-8"))
    places = {name: Place(name, tuple(p["xy"]), p["en"], p["kind"], p.get("note", ""))
              for name, p in data["places"].items()}
    railways = tuple(
        Railway(line["id"], tuple(map(tuple, line["pts"])),
                (line["opened"], line.get("opened_month", 1)) if line["opened"] else None,
                line["status"] == "foreign")
        for line in data["rail"] if line["status"] != "planned")
    return Geography(
        countries={code: _rings(shapes) for code, shapes in data["countries"].items()},
        provinces=[ring for shapes in data["aimags"].values() for ring in _rings(shapes)],
        lakes=data["lakes"], rivers=[(river["main"], river["pts"]) for river in data["rivers"]],
        places=places, railways=railways, window=tuple(data["window_km"]))


def _rings(shapes: list[list[list[Point]]]) -> list[list[Point]]:
    return [ring for polygon in shapes for ring in polygon]


def view_of(geography: Geography, size: tuple[int, int], home: str = "MNG") -> View:
    """The window of that size that shows the home country as large as it fits, and stays on the map."""
    points = [point for ring in geography.countries[home] for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    wide, high = (east - west) * (1 + 2 * MARGIN[0]), (north - south) * (1 + 2 * MARGIN[1])
    left, bottom, right, top = geography.window
    scale = max(min(size[0] / wide, size[1] / high), size[0] / (right - left), size[1] / (top - bottom))
    half_w, half_h = size[0] / scale / 2, size[1] / scale / 2
    x = min(max((west + east) / 2, left + half_w), right - half_w)
    y = min(max((south + north) / 2, bottom + half_h), top - half_h)
    return View(size, scale, (x, y))


def open_railways(geography: Geography, date: tuple[int, int]) -> tuple[Railway, ...]:
    """Lines in service by the end of a quarter: `date` is (year, quarter 1-4)."""
    year, quarter = date
    return tuple(line for line in geography.railways
                 if line.foreign or (line.opened and line.opened <= (year, quarter * 3)))
