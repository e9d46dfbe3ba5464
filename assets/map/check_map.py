"""Check map.json, or derive its kilometre coordinates again from longitude and latitude.

Every place in map.json keeps `lonlat` (degrees east and north, WGS 84), its source and a confidence;
every railway keeps `via`, the ids of the places it runs through. This script owns the two derived
fields: `xy` of a place and `pts` of a railway, whole kilometres east and north of the map's origin.

The projection is a Lambert conformal conic on a sphere; its numbers stand in map.json itself
("projection"): origin 104 E 47 N, standard parallels 42 and 54 N, radius 6371 km.

    python check_map.py            prints findings, exit code 1 if there are any
    python check_map.py --write    derives xy and pts again after lonlat or via were edited

Standard library only. Read next: README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

MAP = Path(__file__).parent / "map.json"
Point = tuple[float, float]

# The borders drawn are simplified (1:10 million), so a town on the line may fall a little outside.
BORDER_SLACK_KM = 6
# A border crossing further from the drawn border than this is in the wrong place.
CROSSING_KM = 20


def project(lon: float, lat: float, projection: dict[str, float]) -> Point:
    """Kilometres (east, north) of a point given in degrees: Lambert conformal conic on a sphere."""
    sp1, sp2, lat0 = (math.radians(projection[key]) for key in ("sp1", "sp2", "lat0"))

    def stretch(phi: float) -> float:
        return math.tan(math.pi / 4 + phi / 2)

    n = math.log(math.cos(sp1) / math.cos(sp2)) / math.log(stretch(sp2) / stretch(sp1))
    scale = projection["R_km"] * math.cos(sp1) * stretch(sp1) ** n / n
    rho, rho0 = scale / stretch(math.radians(lat)) ** n, scale / stretch(lat0) ** n
    theta = n * math.radians(lon - projection["lon0"])
    return rho * math.sin(theta), rho0 - rho * math.cos(theta)


def derive(data: dict[str, Any]) -> None:
    """Fill `xy` of every place and `pts` of every railway, in place. Raises KeyError for an unknown id."""
    for place in data["places"].values():
        x, y = project(*place["lonlat"], data["projection"])
        place["xy"] = [round(x), round(y)]
    for line in data["rail"]:
        line["pts"] = [data["places"][name]["xy"] for name in line["via"]]


def write(data: dict[str, Any], path: Path) -> None:
    """Write the map: shapes compact, but one line for each source, place and railway, to read and diff."""

    def compact(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    parts = []
    for key, value in data.items():
        if key in ("sources", "places"):
            rows = [f"{compact(name)}: {compact(row)}" for name, row in value.items()]
            parts.append(f"{compact(key)}: {{\n" + ",\n".join(rows) + "\n}")
        elif key == "rail":
            parts.append(f"{compact(key)}: [\n" + ",\n".join(map(compact, value)) + "\n]")
        else:
            parts.append(f"{compact(key)}: {compact(value)}")
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def inside(point: Point, ring: list[list[float]]) -> bool:
    """Whether a point lies within a closed ring (even-odd rule)."""
    x, y = point
    hit = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            hit = not hit
    return hit


def distance(point: Point, ring: list[list[float]]) -> float:
    """Distance in km from a point to the nearest edge of a closed ring."""
    x, y = point
    best = math.inf
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        t = 0.0 if length == 0 else max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length))
        best = min(best, math.hypot(x - x1 - t * dx, y - y1 - t * dy))
    return best


def place_findings(name: str, place: dict[str, Any], data: dict[str, Any]) -> list[str]:
    """What is wrong with one place."""
    found = []
    if place["source"] not in data["sources"]:
        found.append(f"{name}: source {place['source']!r} is not listed under sources")
    if place["confidence"] not in ("high", "medium", "low"):
        found.append(f"{name}: confidence must be high, medium or low")
    if place["confidence"] != "high" and "note" not in place:
        found.append(f"{name}: a {place['confidence']} confidence needs a note saying why")
    point = project(*place["lonlat"], data["projection"])
    x0, y0, x1, y1 = data["window_km"]
    if not (x0 <= point[0] <= x1 and y0 <= point[1] <= y1):
        found.append(f"{name}: outside the map's window")
    rings = [polygon[0] for polygon in data["countries"][place["country"]]]
    border = min(distance(point, ring) for ring in rings)
    if border > BORDER_SLACK_KM and not any(inside(point, ring) for ring in rings):
        found.append(f"{name}: {border:.0f} km outside {place['country']}")
    if place["kind"] == "border" and border > CROSSING_KM:
        found.append(f"{name}: a crossing, but {border:.0f} km from the border")
    return found


def rail_findings(line: dict[str, Any]) -> list[str]:
    """What is wrong with one railway's dates."""
    opened = line["opened"]
    if line["status"] == "open":
        return [] if isinstance(opened, int) else [f"{line['id']}: an open line needs a year in 'opened'"]
    if line["status"] not in ("planned", "foreign"):
        return [f"{line['id']}: status must be open, planned or foreign"]
    return [] if opened is None else [f"{line['id']}: only an open line has 'opened'"]


def findings(data: dict[str, Any]) -> list[str]:
    """Everything wrong with the map, one sentence each; an empty list when all is well."""
    found = []
    for name, place in data["places"].items():
        found += place_findings(name, place, data)
    for line in data["rail"]:
        found += rail_findings(line)
        missing = [name for name in line["via"] if name not in data["places"]]
        found += [f"{line['id']}: unknown place {name!r}" for name in missing]
    if found:
        return found
    fresh = json.loads(json.dumps(data))
    derive(fresh)
    if fresh != data:
        found.append("xy or pts do not follow from lonlat and via: run with --write")
    return found


def main(argv: list[str] | None = None) -> int:
    """Check, or with --write derive first."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--write", action="store_true", help="derive xy and pts again and save")
    args = parser.parse_args(argv)
    data = json.loads(MAP.read_text(encoding="utf-8"))
    if args.write:
        derive(data)
        write(data, MAP)
    found = findings(data)
    for line in found:
        print(line)
    print(f"{len(data['places'])} places, {len(data['rail'])} railways, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
