"""The gate of a shipped scenario: what a study must show, line by line, and the record that lies beside the scenario.

`gate` reads the figures of a study (balance.summary). `record` is what is kept of it: the lines, and what they were
measured on; a record is current while rules and scenario are those it names. Read next: depth.py.
"""

from __future__ import annotations

import json
from pathlib import Path

from game.engine.turn import RULES_VERSION
from game.outlook import depth

RECORD = "balance-{}.json"  # in the scenario's folder, by length
LAST_TURN = 0.02  # gain of a grab in the last turn, of what `total` reaches
STEADY = 0.05  # change of the planner's mean when rollouts and horizon are doubled


def gate(found: dict) -> list[dict]:
    """What the gate asks, what was measured and whether that holds: {"code", "says", "value", "holds"}; none without
    games of the planner. For options and cards the value says how many fail."""
    if "options" not in found:
        return []
    measured, options, lines = found["depth"], found["options"], []
    for name, least in (("bars", depth.GAP_BARS), ("total", depth.GAP_TOTAL)):
        gap = measured["gaps"].get(name)
        if gap:
            lines += [_line("shallow", f"the depth gap against {name} is at least {least:.2f}", gap["gap"],
                            gap["gap"] >= least),
                      _line("uncertain", f"its standard error is at most {depth.GAP_ERROR:.2f}", gap["error"],
                            gap["error"] <= depth.GAP_ERROR)]
    if "doubled" in measured:
        change = measured["doubled"]["change"]
        lines.append(_line("unsteady", "twice the futures and twice the horizon change the planner's mean by "
                           f"under {100 * STEADY:.0f} %", change, abs(change) < STEADY))
    lines += [_line(code, says, len(options[code]), not options[code]) for code, says in (
        ("always", f"no option is taken by the planner in over {100 * depth.ALWAYS:.0f} % of at least {depth.SHOWN} "
                   "showings"),
        ("never", f"no option is taken in under {100 * depth.NEVER:.0f} % of them"),
        ("no_consequence", "no card is without consequence"))]
    both = measured.get("please_both")
    if both:
        lines.append(_line("please-both", "pleasing both reaches less than the planner's median, "
                           f"{both['planner_median']}", both["mean"], both["mean"] < both["planner_median"]))
    if "last_turn_gain" in measured:
        gain = measured["last_turn_gain"]
        lines.append(_line("last-turn", f"a grab in the last turn gains under {100 * LAST_TURN:.0f} %", gain,
                           gain < LAST_TURN))
    return lines


def _line(code: str, says: str, value: float, holds: bool) -> dict:
    return {"code": code, "says": says, "value": value, "holds": bool(holds)}


def record(found: dict) -> dict:
    """What is kept beside the scenario of a finished study."""
    kept = ("scenario", "fingerprint", "length", "difficulty", "seed", "games", "depth_games", "rollouts", "horizon",
            "gate", "findings")
    return {"rules_version": RULES_VERSION, **{key: found[key] for key in kept},
            "utility": {name: policy["utility"] for name, policy in found["policies"].items()},
            "gaps": found["depth"]["gaps"], "disagree": found["options"]["disagree"],
            "options": {card: {x: [n["taken"], n["open"]] for x, n in choices.items()}
                        for card, choices in found["options"]["cards"].items()}}


def write_record(found: dict, folder: Path) -> Path:
    """Writes the record into the scenario's folder. Raises OSError if it cannot, ValueError if the study is not
    finished or no planner played in it."""
    if not found["complete"] or "options" not in found:
        raise ValueError("the study is not finished")
    path = folder / RECORD.format(found["length"])
    path.write_text(compact(record(found)), "utf-8")
    return path


def compact(record: dict) -> str:
    """JSON with a line for each thing of the second level, so that two records can be compared line by line."""
    parts = []
    for key, value in record.items():
        if isinstance(value, dict) and value:
            inner = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items())
            parts.append(f' {json.dumps(key)}: {{\n{inner}\n }}')
        elif isinstance(value, list) and value:
            inner = ",\n".join(f"  {json.dumps(v, ensure_ascii=False)}" for v in value)
            parts.append(f" {json.dumps(key)}: [\n{inner}\n ]")
        else:
            parts.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"
