"""A causal diagram as inline SVG: boxes of words, and arrows that say which way they pull. Read next: layout.py.

An arrow's sign stands in words of one letter beside its head, so that nothing hangs on colour: + more makes more,
- more makes less, +/- it depends, and a grey arrow without a sign made no difference in the games played.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from game.reports.layout import Box, Drawing, lay_out

WIDE, NARROW = 148.0, 118.0  # of boxes of the subject, and of those of others
LINE, PAD = 14.0, 7.0  # height of a line of words, and the room above and below
LETTER = {False: 7.0, True: 6.1}  # mean width of a letter, large and small
APART, CORNER = 17.0, 14.0  # between the ends of lines on one side of a box; what stays free at its corners
PAGE, BETWEEN, MARGIN = 960.0, 46.0, 8.0
INK = {"+": "#2f6b4f", "-": "#9c3a26", "mixed": "#7a5a10", "": "#a89878"}
SHOWN = {"+": "+", "-": "\u2212", "mixed": "\u00b1", "": ""}
FILL = {"stock": "#f1dfb4", "auxiliary": "#fffaf0", "driver": "#dfe9ee", "lever": "#f3d3c6", "flag": "#ece6f2",
        "outside": "#f5efdf"}


@dataclass(frozen=True)
class Node:
    """A box: `kind` of the variable (or "outside" for one of another subject); `href` is where a click leads."""

    id: str
    label: str
    kind: str
    href: str = ""
    small: bool = False


@dataclass(frozen=True)
class Arrow:
    start: str
    end: str
    sign: str  # "+" | "-" | "mixed" | ""


def diagram(title: str, nodes: Sequence[Node], arrows: Iterable[Arrow]) -> str:
    """The whole picture with its title below."""
    lines = {node.id: _lines(node) for node in nodes}
    boxes = [Box(node.id, NARROW if node.small else WIDE, LINE * len(lines[node.id]) + 2 * PAD, node.small)
             for node in nodes]
    arrows = list(arrows)
    drawing = lay_out(boxes, [(a.start, a.end) for a in arrows], PAGE, BETWEEN)
    sizes = {box.id: (box.width, box.height) for box in boxes}
    wide, high = drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN
    ports = _ports(drawing, sizes)
    body = [_arrow(arrow, drawing, ports) for arrow in arrows if (arrow.start, arrow.end) in drawing.lines]
    body += [_box(node, lines[node.id], drawing.boxes[node.id], sizes[node.id]) for node in nodes]
    view = f"{-MARGIN:g} {-MARGIN:g} {wide:.0f} {high:.0f}"
    name = escape(title)
    return (f"<figure><svg class=\"causes\" viewBox=\"{view}\" width=\"{wide:.0f}\" role=\"img\" aria-label=\"{name}\">"
            f"<title>{name}</title>{''.join(body)}</svg><figcaption class=\"soft\">{name}</figcaption></figure>")


def heads() -> str:
    """Arrow heads, one for each ink: once on a page, before its first diagram."""
    marks = "".join(
        f"<marker id=\"head{n}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
        f"orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" fill=\"{ink}\"/></marker>" for n, ink in enumerate(INK.values()))
    return f"<svg class=\"heads\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>{marks}</defs></svg>"


def _lines(node: Node) -> list[str]:
    """The label in lines that fit the box, at most three."""
    letters = int(((NARROW if node.small else WIDE) - 12) / LETTER[node.small])
    lines: list[str] = []
    for word in node.label.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines if len(lines) <= 3 else [*lines[:2], f"{lines[2][:letters - 1]}\u2026"]


def _box(node: Node, lines: list[str], centre: tuple[float, float], size: tuple[float, float]) -> str:
    x, y, (w, h) = *centre, size
    dashes = " stroke-dasharray=\"4 3\"" if node.small else ""
    shape = (f"<rect x=\"{x - w / 2:.1f}\" y=\"{y - h / 2:.1f}\" width=\"{w:g}\" height=\"{h:g}\" "
             f"rx=\"{2 if node.kind == 'stock' else 9}\" fill=\"{FILL.get(node.kind, FILL['auxiliary'])}\" "
             f"stroke=\"#7a6a52\" stroke-width=\"{2 if node.kind == 'stock' else 1}\""
             f"{dashes}/>")
    top = y - LINE * (len(lines) - 1) / 2 + 4
    words = "".join(f"<tspan x=\"{x:.1f}\" y=\"{top + LINE * n:.1f}\">{escape(line)}</tspan>"
                    for n, line in enumerate(lines))
    small = " class=\"small\"" if node.small else ""
    inside = f"{shape}<text text-anchor=\"middle\"{small}>{words}</text>"
    return f"<a href=\"{escape(node.href, quote=True)}\">{inside}</a>" if node.href else inside


Port = tuple[str, str, str]  # start and end of a line, and which of the two: "start" | "end"


def _ports(drawing: Drawing, sizes: dict[str, tuple[float, float]]) -> dict[Port, tuple[float, float]]:
    """Where each line leaves and meets a box: the ends on one side of a box stand apart, in the order in which their
    lines come, so that no sign hides another."""
    sides: dict[tuple[str, float], list[tuple[float, Port]]] = {}
    for (start, end), points in drawing.lines.items():
        way = 1.0 if points[-1][1] > points[0][1] else -1.0
        sides.setdefault((start, way), []).append((points[1][0], (start, end, "start")))
        sides.setdefault((end, -way), []).append((points[-2][0], (start, end, "end")))
    found = {}
    for (box, way), ends in sides.items():
        (x, y), (wide, high) = drawing.boxes[box], sizes[box]
        ends.sort()
        room = wide - 2 * CORNER
        step = min(APART, room / max(len(ends) - 1, 1))
        reach = (room - step * (len(ends) - 1)) / 2
        lean = min(max(sum(other for other, _ in ends) / len(ends) - x, -reach), reach) / 2
        for n, (_, port) in enumerate(ends):
            found[port] = (x + lean + step * (n - (len(ends) - 1) / 2), y + way * high / 2)
    return found


def _arrow(arrow: Arrow, drawing: Drawing, ports: dict[Port, tuple[float, float]]) -> str:
    points = drawing.lines[arrow.start, arrow.end]
    way = 1.0 if points[-1][1] > points[0][1] else -1.0
    start, end = ports[arrow.start, arrow.end, "start"], ports[arrow.start, arrow.end, "end"]
    path, (x, y) = [f"M{start[0]:.1f} {start[1]:.1f}"], start
    for to_x, to_y in [*points[1:-1], end]:
        bend = (to_y - y) / 2
        path.append(f"C{x:.1f} {y + bend:.1f} {to_x:.1f} {to_y - bend:.1f} {to_x:.1f} {to_y:.1f}")
        x, y = to_x, to_y
    ink, number = INK[arrow.sign], list(INK).index(arrow.sign)
    dash = {"-": " stroke-dasharray=\"7 3\"", "mixed": " stroke-dasharray=\"2 3\""}.get(arrow.sign, "")
    line = (f"<path d=\"{' '.join(path)}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.4\"{dash} "
            f"marker-end=\"url(#head{number})\"/>")
    sign = (f"<text class=\"sign\" x=\"{end[0] + 4:.1f}\" y=\"{end[1] - way * 11 + 4:.1f}\" style=\"fill:{ink}\">"
            f"{SHOWN[arrow.sign]}</text>") if arrow.sign else ""
    return line + sign
