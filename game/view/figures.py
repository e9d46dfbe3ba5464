"""Indicators, dependence gauges and relations as they stand on the screen."""

from __future__ import annotations

from game.content.document import IndicatorDoc
from game.view.names import HOME, Names
from game.view.pages import Figure, Gauge, Relation
from game.view.words import arrow, judgement, relation

Span = tuple[float, float]  # a number on the last day of a quarter, and on the last day of the next
DEPENDENCE = "dependence"  # the section of goals.yaml whose indicators are drawn as bars


def limit_side(indicator: IndicatorDoc) -> str:
    """Whether `warn` and `crisis` are floors ("below") or ceilings ("above")."""
    if indicator.good == "band" and indicator.band and indicator.warn is not None:
        return "below" if indicator.warn <= indicator.band[0] else "above"
    return "above" if indicator.good == "down" else "below"


def beyond(names: Names, row: int, value: float, limit: float | None) -> bool:
    """Whether the number as shown is on the wrong side of a limit."""
    if limit is None:
        return False
    measure, side = names.measure(row), limit_side(names.indicators[row])
    shown, line = measure.steps(value), measure.steps(limit)
    return shown < line if side == "below" else shown > line


def status(names: Names, row: int, value: float) -> str:
    """ok | warn | crisis, by the number as shown."""
    indicator = names.indicators[row]
    if beyond(names, row, value, indicator.crisis):
        return "crisis"
    return "warn" if beyond(names, row, value, indicator.warn) else "ok"


def status_text(names: Names, row: int, value: float) -> str:
    indicator = names.indicators[row]
    found = status(names, row, value)
    if found == "ok":
        return ""
    limit, word = (indicator.crisis, "crisis") if found == "crisis" else (indicator.warn, "warning")
    return f"{limit_side(indicator)} {names.line(row, limit)}: {word}"


def judge(names: Names, row: int, before: float, after: float) -> str:
    """better | worse | same for an indicator, by the numbers as shown; "same" for what has no good direction."""
    indicator = names.watched.get(row)
    measure = names.measure(row)
    if indicator is None or measure.steps(before) == measure.steps(after):
        return "same"
    return judgement(indicator.good, indicator.band, before, after)


def figure(names: Names, row: int, value: float, before: float | None, last: float | None = None) -> Figure:
    """One indicator; `before`: what the screen showed a quarter ago, `last`: where the last quarter ended, None in
    the first."""
    indicator, measure = names.indicators[row], names.measure(row)
    ended = "" if last is None or measure.short(last) == measure.short(value) else measure.short(last)
    change = 0 if before is None else measure.steps(value) - measure.steps(before)
    return Figure(
        id=indicator.variable, label=names.label(row), icon=indicator.icon, text=measure.short(value), value=value,
        change_text="" if before is None else measure.signed(change), arrow=arrow(change),
        judgement="same" if before is None else judge(names, row, before, value),
        status=status(names, row, value), status_text=status_text(names, row, value), note=names.note(row),
        last_text=f"Last quarter ended at {ended}." if ended else "")


def figures(names: Names, values: dict[int, float], before: dict[int, float] | None,
            last: dict[int, Span]) -> dict[int, Figure]:
    """All indicators by row, in the order of goals.yaml."""
    return {row: figure(names, row, values[row], before[row] if before else None,
                        last[row][1] if row in last else None) for row in names.indicators}


def sections(names: Names, found: dict[int, Figure]) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    """Indicators by heading, in order of first appearance."""
    groups: dict[str, list[Figure]] = {}
    for row, indicator in names.indicators.items():
        groups.setdefault(indicator.section or "indicators", []).append(found[row])
    return tuple((section.replace("_", " ").capitalize(), tuple(group)) for section, group in groups.items())


def gauges(names: Names, values: dict[int, float]) -> tuple[Gauge, ...]:
    """Bars for the indicators of dependence: their range drawn as 0-1, marks at warning and crisis."""
    found = []
    for row, indicator in names.indicators.items():
        if indicator.section == DEPENDENCE or _is_dependence(names, row):
            low, high = names.tables.variables[row].low, names.tables.variables[row].high
            share = _share_of(low, high)
            marks = tuple(share(x) for x in (indicator.warn, indicator.crisis) if x is not None)
            found.append(Gauge(indicator.variable, names.label(row), names.side_of_row(row), share(values[row]),
                               names.measure(row).short(values[row]), marks, names.note(row)))
    return tuple(found)


def _is_dependence(names: Names, row: int) -> bool:
    """A number that carries another side's name (its share, its cover), relations and leverage aside."""
    own = {variable for actor in names.document.actors for variable in (actor.relations, actor.leverage)}
    return names.side_of_row(row) != HOME and names.tables.variables[row].id not in own


def _share_of(low: float, high: float):
    return lambda x: min(max((x - low) / (high - low), 0.0), 1.0)


def relations(names: Names, values: dict[int, float], before: dict[int, float] | None) -> tuple[Relation, ...]:
    """Every actor that has a relation to the player, in the order of actors.yaml."""
    found = []
    for actor in names.document.actors:
        if actor.relations is None or actor.id == names.document.player:
            continue
        row = names.scenario.row(actor.relations)
        dots, word = relation(values[row])
        notes = (("Wants", actor.wants), ("Gives", actor.gives), ("Punishes", actor.punishes))
        found.append(Relation(
            id=actor.id, label=actor.label, side=actor.side, value=values[row], dots=dots, word=word,
            change_text=relation_change(names, row, values, before),
            note=" ".join(f"{head}: {text.rstrip('.')}." for head, text in notes if text), refers=actor.relations))
    return tuple(found)


def relation_change(names: Names, row: int, values: dict[int, float], before: dict[int, float] | None) -> str:
    """"+3", "steady"; "" in the first quarter."""
    if before is None:
        return ""
    change = names.measure(row).steps(values[row]) - names.measure(row).steps(before[row])
    return names.measure(row).signed(change) if change else "steady"


def shown_now(session) -> dict[int, float]:
    """The values on the screen by row."""
    return dict(enumerate(session.state.values[:, 0].tolist()))


def shown_before(session) -> dict[int, float] | None:
    """What the screen showed a quarter ago; None in the first quarter."""
    return dict(enumerate(session.records[-1].opened.values[:, 0].tolist())) if session.records else None


def last_quarter(session) -> dict[int, Span]:
    """How each variable moved in the last quarter, from last day to last day, as the report tells it; {} in the first.

    After the last quarter of a game the screen shows its last day.
    """
    accounts = session.records[-1].accounts if session.records else {}
    return {row: (float(account.before[0]), float(account.after[0])) for row, account in accounts.items()}
