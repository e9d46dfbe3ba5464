"""The causal diagrams of a subject: its variables, and those of other subjects that they are joined to.

Constants are left out. A large subject is drawn in several pictures, each in the order of the file, so that none has
many more than MOST boxes. Read next: diagram.py.
"""

from __future__ import annotations

from game.engine.tables import AUXILIARY, PARAMETER, STOCK
from game.outlook.influence import Influence
from game.reports.diagram import Arrow, Node, diagram
from game.reports.model_words import Linked
from game.reports.subjects import Subject

MOST = 25  # boxes of a picture
OWN = 13  # of the subject itself, so that there is room for neighbours
FEW = 5  # of the subject itself: a picture is not divided further

Edge = tuple[int, int, str]  # from row, to row, sign


def diagrams(names: Linked, found: Influence, subject: Subject, home: dict[int, str]) -> list[str]:
    """The pictures of a subject; none if its variables are joined to nothing. `home`: row -> title of its subject."""
    kinds = [variable.kind for variable in names.tables.variables]
    own = [row for row in map(names.scenario.row, subject.variables) if kinds[row] != PARAMETER]
    edges = [(source, target, sign) for (target, source), sign in found.signs.items()
             if source != target and kinds[source] != PARAMETER and names.doc(source) and names.doc(target)]
    groups, places = _fitting(own, edges, kinds, home)
    pictures = []
    for group, place in zip(groups, places, strict=True):
        part = f", part {len(pictures) + 1} of {len(groups)}" if len(groups) > 1 else ""
        pictures.append(_picture(names, f"{subject.title}{part}", group, _about(group, edges), place))
    return pictures


def _about(group: list[int], edges: list[Edge]) -> list[Edge]:
    return [edge for edge in edges if edge[0] in group or edge[1] in group]


def _fitting(own: list[int], edges: list[Edge], kinds: list[int],
             home: dict[int, str]) -> tuple[list[list[int]], list[dict[int, str]]]:
    """The variables in as few groups as give pictures of at most MOST boxes, with the box of each row."""
    joined = [row for row in own if any(row in edge[:2] for edge in edges)]
    count = max(1, -(-len(joined) // OWN))
    while True:
        groups = _groups(joined, edges, kinds, count)
        places = [_boxes(_about(group, edges), group, home) for group in groups]
        if all(len(set(place.values())) <= MOST for place in places) or len(joined) <= FEW * count:
            return groups, places
        count += 1


def _groups(own: list[int], edges: list[Edge], kinds: list[int], count: int) -> list[list[int]]:
    """What is computed, in file order and about evenly divided; what nothing feeds is with what it feeds first."""
    made = [row for row in own if kinds[row] in (AUXILIARY, STOCK)] or own
    size = max(1, -(-len(made) // count))
    groups = [made[start: start + size] for start in range(0, len(made), size)]
    for row in own:
        if row not in made:
            fed = [b for a, b, _ in edges if a == row]
            group = next((g for g in groups if any(b in g for b in fed)), groups[0])
            group.insert(0, row)
    return groups


def _boxes(edges: list[Edge], group: list[int], home: dict[int, str]) -> dict[int, str]:
    """The box of each row; where there would be too many, neighbours share one: by subject if that is enough."""
    place = {row: str(row) for edge in edges for row in edge[:2]}
    everywhere = dict.fromkeys(home, "elsewhere")
    for where, out in ((home, True), (home, False), (everywhere, False)):
        if len(set(place.values())) > MOST:
            place |= _gathered(edges, group, where, out)
    return place


def _picture(names: Linked, title: str, group: list[int], edges: list[Edge], place: dict[int, str]) -> str:
    nodes = [_node(names, row, small=False) for row in group if row in place]
    for box in dict.fromkeys(box for row, box in place.items() if row not in group):
        rows = [row for row in place if place[row] == box]
        alone = box == str(rows[0])
        label = f"{box.split('>')[0]} ({len(rows)})".replace(" The ", " the ", 1)
        nodes.append(_node(names, rows[0], small=True) if alone else
                     Node(box, label, "outside", f"#v-{_id(names, rows[0])}", small=True))
    arrows: dict[tuple[str, str], str] = {}
    for a, b, sign in edges:
        key = (place[a], place[b])
        arrows[key] = sign if arrows.get(key, sign) == sign else "mixed"
    return diagram(f"What moves what: {title}", nodes, [Arrow(*key, sign) for key, sign in arrows.items()])


def _gathered(edges: list[Edge], group: list[int], where: dict[int, str], out: bool) -> dict[int, str]:
    """Boxes for neighbours together: all that is fed in one place, or all of one place that feed the same box and
    nothing else; only where that makes one of several. A neighbour that feeds and is fed stays by itself."""
    joined: dict[int, set[int]] = {}
    for a, b, _ in edges:
        joined.setdefault(a, set()).add(b)
        joined.setdefault(b, set()).add(a)
    fed, feeding = {b for _, b, _ in edges}, {a for a, _, _ in edges}
    found = {}
    for row, others in joined.items():
        if row in group or (row in fed and row in feeding) or (row in fed) != out:
            continue
        if out:
            found[row] = f"to {where[row]}"
        elif len(others) == 1:
            found[row] = f"from {where[row]}>{min(others)}"
    boxes = list(found.values())
    return {row: box for row, box in found.items() if boxes.count(box) > 1}


def _node(names: Linked, row: int, small: bool) -> Node:
    doc = names.doc(row)
    return Node(str(row), doc.label, "outside" if small else doc.kind, f"#v-{_id(names, row)}", small)


def _id(names: Linked, row: int) -> str:
    return names.tables.variables[row].id
