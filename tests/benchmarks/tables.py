"""What was measured, as Markdown: one table of rates, one of stages, one of budgets."""

from __future__ import annotations

from tests.benchmarks.budgets import Budget
from tests.benchmarks.many import Rates


def markdown(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """The first column is words, the others are figures."""
    lines = [heads, ("---", *["---:"] * (len(heads) - 1)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def figure(x: float) -> str:
    """Three significant digits, and whole numbers in full."""
    if abs(x) >= 1_000:
        return f"{float(f'{x:.3g}'):,.0f}"
    return f"{x:.3g}" if abs(x) < 100 else f"{x:.0f}"


def rates_table(rates: Rates) -> str:
    rows = []
    for (policy, batch), a_turn in rates.batches.items():
        rows.append((f"{policy}, {batch:,} game{'s' if batch > 1 else ''}", figure(1 / (a_turn * rates.turns[policy])),
                     figure(1 / a_turn), figure(rates.oracle[policy] / a_turn), figure(a_turn / rates.unit)))
    for policy, a_turn in rates.oracle.items():
        rows.append((f"{policy}, the oracle", figure(1 / (a_turn * rates.turns[policy])), figure(1 / a_turn), "1",
                     figure(a_turn / rates.unit)))
    heads = ("batch", "games a second", "turns a second", "times the oracle", "element-operations a turn")
    return markdown(heads, rows)


def stages_table(stages: dict[str, dict[str, float]]) -> str:
    """`stages`: by policy, seconds by stage."""
    sums = {policy: sum(times.values()) for policy, times in stages.items()}
    rows = [(stage, *[f"{times[stage] * 1e6:.2f} µs, {times[stage] / sums[policy]:.0%}"
                      for policy, times in stages.items()]) for stage in next(iter(stages.values()))]
    rows.append(("together", *[f"{total * 1e6:.2f} µs" for total in sums.values()]))
    return markdown(("stage of a turn", *stages), rows)


def budgets_table(budgets: list[Budget], unit: float) -> str:
    """`unit`: seconds of an element-operation, in which times are given beside, to compare machines."""
    scale = {"ms": 1e-3, "s": 1.0}
    rows = []
    for budget in budgets:
        bound = "at least" if budget.at_least else "at most"
        limit, ratio = ("–", "–") if budget.limit is None else (
            f"{bound} {budget.limit:g} {budget.unit}", f"{budget.measured / budget.limit:.2f}")
        operations = figure(budget.measured * scale[budget.unit] / unit) if budget.unit in scale else "–"
        rows.append((budget.what, limit, f"{figure(budget.measured)} {budget.unit}", ratio, operations,
                     budget.verdict()))
    return markdown(("budget", "limit", "measured", "of the limit", "element-operations", "verdict"), rows)
