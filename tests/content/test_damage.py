"""However a good scenario is damaged, checking it gives findings and never an exception."""

from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.content import ContentError, load_source

MINIMAL = Path(__file__).parent / "minimal"
SOURCE = {file.relative_to(MINIMAL).as_posix(): file.read_text(encoding="utf-8")
          for file in sorted(MINIMAL.rglob("*.*"))}
FILES = sorted(name for name in SOURCE if name.endswith(".yaml"))

JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 300), st.floats(-2, 2), st.just(1e20),
    st.sampled_from(["", "x", "fuel", "last(fuel)", "1 +", "always", "2011-Q9", "market-day", "stock", "~", "{fuel}"]),
    st.lists(st.sampled_from([1, "a", None, {"id": "a"}]), max_size=3),
    st.dictionaries(st.sampled_from(["id", "kind", "add", "to", "2011-Q1"]), st.sampled_from([1, "a", []]), max_size=2),
)


def places(value, path=()):
    """Paths of all values in a tree."""
    yield path
    if isinstance(value, dict):
        for key, child in value.items():
            yield from places(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from places(child, (*path, index))


def damage(tree, path, how, junk):
    """Replace, remove or repeat the value at a path."""
    if not path:
        return junk
    holder = tree
    for step in path[:-1]:
        holder = holder[step]
    if how == "remove":
        del holder[path[-1]]
    elif how == "repeat" and isinstance(holder, list):
        holder.append(holder[path[-1]])
    elif how == "rename" and isinstance(holder, dict):
        holder[str(junk)] = holder.pop(path[-1])
    else:
        holder[path[-1]] = junk
    return tree


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_value_never_raises(data):
    source = dict(SOURCE)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(FILES))
        tree = yaml.safe_load(source[name])
        if not isinstance(tree, dict | list):
            continue
        path = data.draw(st.sampled_from(list(places(tree))))
        how = data.draw(st.sampled_from(["replace", "remove", "repeat", "rename"]))
        source[name] = yaml.safe_dump(damage(tree, path, how, data.draw(JUNK)), sort_keys=False)
    expect_findings_or_nothing(source)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_text_never_raises(data):
    name = data.draw(st.sampled_from(sorted(SOURCE)))
    text = SOURCE[name]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    junk = data.draw(st.text(max_size=6) | st.sampled_from(["\t", "- ", ": ", "{", "]", "*a ", "&a ", "!x ", "'", "#"]))
    expect_findings_or_nothing(SOURCE | {name: text[:start] + junk + text[end:]})


def expect_findings_or_nothing(source):
    try:
        load_source(source)
    except ContentError as error:
        assert error.findings
        assert all(f.line >= 1 and f.column >= 1 and f.message for f in error.findings)
