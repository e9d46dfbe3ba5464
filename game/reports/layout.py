"""Where the boxes and lines of a small diagram go: layers from top to bottom, so that nearly all arrows point down.

The usual four steps: break cycles, give each box a layer by its depth, order the boxes of a layer so that few lines
cross, then place them near what they are joined to. A line over several layers runs through a gap of its own in
each. Plain geometry in pixels; what it looks like is in diagram.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

GAP, LANE = 16.0, 12.0  # pixels between boxes of a layer; width of a gap for a line that only passes
SWEEPS = 24
STRAIGHT = 8.0  # how much more a lane insists on its place than a box, so that long lines run straight
Edge = tuple[str, str]


@dataclass(frozen=True)
class Box:
    """`edge`: it belongs to the outside, so it stands one layer from what it is joined to."""

    id: str
    width: float
    height: float
    edge: bool = False


@dataclass
class Drawing:
    """Centres of boxes, points that each line passes (from its start box to its end box), and the size of it all."""

    boxes: dict[str, tuple[float, float]] = field(default_factory=dict)
    lines: dict[Edge, list[tuple[float, float]]] = field(default_factory=dict)
    width: float = 0.0
    height: float = 0.0


def lay_out(boxes: Sequence[Box], edges: Iterable[Edge], width: float, between: float) -> Drawing:
    """`width`: what a layer should not be wider than; `between`: pixels from layer to layer."""
    known = {box.id: box for box in boxes}
    wanted = [edge for edge in dict.fromkeys(edges) if edge[0] != edge[1]]
    down = _without_cycles(list(known), wanted)
    layers, chains = _with_lanes(_wrapped(_layers(known, down), known, down, width), down)
    sizes = {**{name: (box.width, box.height) for name, box in known.items()},
             **{name: (LANE, 0.0) for layer in layers for name in layer if name not in known}}
    _order(layers, chains)
    return _placed(layers, chains, sizes, wanted, between)


def _without_cycles(names: list[str], edges: list[Edge]) -> list[Edge]:
    """The edges, those that close a circle turned round."""
    after: dict[str, list[str]] = {name: [] for name in names}
    for a, b in edges:
        after[a].append(b)
    state: dict[str, int] = {}
    turned: set[Edge] = set()

    def visit(name: str) -> None:
        state[name] = 1
        for other in after[name]:
            if state.get(other) == 1:
                turned.add((name, other))
            elif other not in state:
                visit(other)
        state[name] = 2
    for name in sorted(names, key=lambda n: any(b == n for _, b in edges)):  # those that nothing feeds come first
        if name not in state:
            visit(name)
    return list(dict.fromkeys((b, a) if (a, b) in turned else (a, b) for a, b in edges))


def _layers(known: dict[str, Box], edges: list[Edge]) -> dict[str, int]:
    """The depth of each box: one below the lowest that feeds it; what nothing feeds stands just above what it feeds."""
    depth = dict.fromkeys(known, 0)
    for _ in known:
        changed = False
        for a, b in edges:
            if depth[b] < depth[a] + 1:
                depth[b], changed = depth[a] + 1, True
        if not changed:
            break
    fed = {b for _, b in edges}
    for name in known:
        below = [depth[b] for a, b in edges if a == name]
        if name not in fed and below:
            depth[name] = min(below) - 1
    least = min(depth.values(), default=0)
    return {name: layer - least for name, layer in depth.items()}


def _wrapped(depth: dict[str, int], known: dict[str, Box], edges: list[Edge], width: float) -> list[list[str]]:
    """The boxes of each layer; a layer that is too wide becomes two or more."""
    found: list[list[str]] = []
    for layer in range(max(depth.values(), default=-1) + 1):
        names = [name for name in known if depth[name] == layer]
        # what is fed stands below what only feeds, should the layer be divided
        names.sort(key=lambda name: any(b == name for _, b in edges))
        total = sum(known[name].width + GAP for name in names)
        rows = max(1, -(-int(total) // int(width)))
        size = -(-len(names) // rows) if names else 1
        found += [names[start: start + size] for start in range(0, len(names), size)] or []
    return found


def _with_lanes(layers: list[list[str]], edges: list[Edge]) -> tuple[list[list[str]], list[list[str]]]:
    """Layers with a lane wherever an edge passes, and each edge as the chain of what it passes."""
    place = {name: n for n, layer in enumerate(layers) for name in layer}
    chains = []
    for a, b in edges:
        chain, first, last = [a], place[a], place[b]
        step = 1 if last > first else -1
        for n in range(first + step, last, step):
            lane = f"{a}>{b}@{n}"
            layers[n].append(lane)
            chain.append(lane)
        chains.append([*chain, b])
    return layers, chains


def _order(layers: list[list[str]], chains: list[list[str]]) -> None:
    """Each layer by the mean place of its neighbours above, then below, again and again; the best order stays."""
    pairs = [(a, b) for chain in chains for a, b in zip(chain, chain[1:], strict=False)]
    near: dict[str, list[str]] = {name: [] for layer in layers for name in layer}
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    level = {name: n for n, layer in enumerate(layers) for name in layer}
    best, fewest = [list(layer) for layer in layers], _crossings(layers, pairs, level)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for n in range(len(layers)) if down else reversed(range(len(layers))):
            beside = n - 1 if down else n + 1
            if not 0 <= beside < len(layers):
                continue
            place = {name: i / max(len(layers[beside]) - 1, 1) for i, name in enumerate(layers[beside])}
            own = {name: i / max(len(layers[n]) - 1, 1) for i, name in enumerate(layers[n])}
            means = {name: _mean([place[o] for o in near[name] if o in place], own[name]) for name in layers[n]}
            layers[n].sort(key=lambda name, means=means: means[name])
        count = _crossings(layers, pairs, level)
        if count < fewest:
            best, fewest = [list(layer) for layer in layers], count
    layers[:] = best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(layers: list[list[str]], pairs: list[Edge], level: dict[str, int]) -> int:
    place = {name: i for layer in layers for i, name in enumerate(layer)}
    by_level: dict[int, list[tuple[int, int]]] = {}
    for a, b in pairs:
        upper, lower = (a, b) if level[a] < level[b] else (b, a)
        by_level.setdefault(level[upper], []).append((place[upper], place[lower]))
    return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for lines in by_level.values()
               for i, a in enumerate(lines) for b in lines[:i])


def _placed(layers: list[list[str]], chains: list[list[str]], sizes: dict[str, tuple[float, float]],
            wanted: list[Edge], between: float) -> Drawing:
    """x near the mean of what each is joined to, without overlap; y by layer."""
    near: dict[str, list[str]] = {name: [] for layer in layers for name in layer}
    for chain in chains:
        for a, b in zip(chain, chain[1:], strict=False):
            near[a].append(b)
            near[b].append(a)
    whole = max((sum(sizes[name][0] + GAP for name in layer) for layer in layers), default=0.0)
    x = {}
    for layer in layers:
        _spread(layer, dict.fromkeys(layer, whole / 2), sizes, whole, x)
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            _spread(layer, {name: _mean([x[o] for o in near[name]], x[name]) for name in layer}, sizes, whole, x)
    drawing, y, ways = Drawing(width=whole), 0.0, {}
    for layer in layers:
        tall = max((sizes[name][1] for name in layer), default=0.0)
        drawing.boxes.update({name: (x[name], y + tall / 2) for name in layer})
        ways.update({name: [(x[name], y), (x[name], y + tall)] for name in layer if "@" in name})
        y += tall + between
    drawing.height = max(y - between, 0.0)
    for chain in chains:
        down = drawing.boxes[chain[0]][1] < drawing.boxes[chain[-1]][1]
        points = [point for name in chain  # a line goes straight through a layer, so that no box beside it hides it
                  for point in (ways[name][::1 if down else -1] if name in ways else [drawing.boxes[name]])]
        edge = (chain[0], chain[-1])
        if edge in wanted:
            drawing.lines[edge] = points
        if edge[::-1] in wanted:
            drawing.lines[edge[::-1]] = points[::-1]
    lanes = [name for name in drawing.boxes if "@" in name]
    for name in lanes:
        del drawing.boxes[name]
    return drawing


def _spread(layer: list[str], wish: dict[str, float], sizes: dict[str, tuple[float, float]], whole: float,
            x: dict[str, float]) -> None:
    """Puts a layer's boxes as near to their wishes as their order, their widths and the whole width allow.

    Wishes that are in each other's way are pooled and share their mean (isotonic regression).
    """
    offsets, reach = [], 0.0
    for name in layer:
        offsets.append(reach + sizes[name][0] / 2)
        reach += sizes[name][0] + GAP
    pools: list[tuple[float, float, int]] = []  # weighted sum of wishes, weight, how many
    for name, offset in zip(layer, offsets, strict=True):
        weight = STRAIGHT if sizes[name][0] == LANE else 1.0
        pools.append(((wish[name] - offset) * weight, weight, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            (a, v, n), (b, w, m) = pools[-2:]
            pools[-2:] = [(a + b, v + w, n + m)]
    starts = [total / weight for total, weight, count in pools for _ in range(count)]
    room = whole - reach + GAP
    for name, offset, start in zip(layer, offsets, starts, strict=True):
        x[name] = offset + min(max(start, 0.0), max(room, 0.0))
