"""The balance report as a page, from the plain data of game.outlook.balance.summary."""

from __future__ import annotations

from game.outlook.ranges import BEYOND
from game.outlook.sureness import GRADES
from game.reports.charts import Spread, spreads
from game.reports.page import bullets, folded, heading, link, number, page, paragraph, percent, table
from game.view.sources import CONFIDENCE

ABOUT = {
    "never-shown": "Cards that nobody sees", "never-taken": "Options that no bot takes",
    "runaway-loop": "Loops that run away", "favourite-partner": "A partner that is always worth it",
    "punished-stance": "Stances that are always punished", "dominated": "Options that another one beats",
    "no-consequence": "Cards without consequence", "always": "Options that looking ahead always takes",
    "never": "Options that looking ahead hardly ever takes", "shallow": "Too little depth",
    "please-both": "Pleasing both is too good", "last-turn": "A grab in the last turn pays",
}
RANGES = ("conclusion", "", "with our numbers", "least sure", "most sure", "flips or weakens at")
FLIPS = 4  # that are named


def balance_page(found: dict) -> str:
    """The whole page."""
    parts = [_what(found), *_gate(found), _findings(found), *_utility(found), *_depth(found), *_partners(found),
             *_ranges(found), *_endings(found), *_cards(found), *_indicators(found), *_reached(found)]
    return page(f"Balance of {found['scenario']}", parts)


def _what(found: dict) -> str:
    text = (f"{found['games']:,} games of each bot that decides quickly, {found['depth_games']:,} of each that looks "
            f"ahead, for each of {len(found['pairs'])} sets of priorities; length {found['length']}, difficulty "
            f"{found['difficulty'] or '-'}, seed {found['seed']}. The planner plays {found['rollouts']} futures of up "
            f"to {found['horizon']} turns for each candidate. Rules {found['fingerprint'][:16]}.")
    unfinished = "" if found["complete"] else paragraph("This report is not complete: it was stopped.", "bad")
    return paragraph(text, "soft") + unfinished


def _gate(found: dict) -> list[str]:
    if not found["gate"]:
        return []
    rows = [(line["says"], line["value"], "holds" if line["holds"] else "does not hold") for line in found["gate"]]
    fails = sum(not line["holds"] for line in found["gate"])
    verdict = paragraph("All of it holds.", "good") if not fails else paragraph(f"{fails} of it does not hold.", "bad")
    return [heading("What a shipped scenario must show"), verdict, table(("what", "measured", ""), rows)]


def _findings(found: dict) -> str:
    if not found["findings"]:
        return heading("Findings") + paragraph("None.", "good")
    parts = [heading("Findings")]
    for code in dict.fromkeys(finding["code"] for finding in found["findings"]):
        same = [f"{f['about']}: {f['says']}" for f in found["findings"] if f["code"] == code]
        parts.append(paragraph(f"{ABOUT[code]} ({len(same)})") + bullets(same))
    return "".join(parts)


def _utility(found: dict) -> list[str]:
    parts = [heading("What the bots reach"), paragraph(
        "The mean of the goal values of two chosen priorities at the end, 0 to 100. It is for bots only: players see "
        "goals apart and a verdict. Bars run from the tenth to the ninetieth percentile.")]
    for n, pair in enumerate(found["pairs"]):
        rows = [Spread(name, p["reached"][n]["p10"], p["reached"][n]["mean"], p["reached"][n]["p90"])
                for name, p in found["policies"].items() if p["reached"]]
        title = " and ".join(pair)
        chart = paragraph(title) + spreads(title, sorted(rows, key=lambda row: -row.middle))
        parts.append(chart if n == 0 else folded(title, chart))
    return parts


def _depth(found: dict) -> list[str]:
    if "depth" not in found:
        return []
    depth, options = found["depth"], found["options"]
    rows = [(f"against {name}", gap["gap"], gap["error"]) for name, gap in depth["gaps"].items()]
    parts = [heading("Depth"), paragraph(
        "The share of what looking ahead wins over chance that a bot misses: 0 means that the bars tell all. "
        "Bars and total look at all indicators alike; goals-now looks at the chosen goals and is not part of the gate. "
        f"{depth['games']} games for each of {depth['pairs']} sets of priorities, on the same seeds."),
        table(("depth gap", "value", "standard error"), rows),
        paragraph(f"Planner and bars choose differently in {percent(options['disagree'])} of the cards that the "
                  "planner met.")]
    if "please_both" in depth:
        both = depth["please_both"]
        parts.append(paragraph(f"Pleasing both neighbours reaches {both['mean']}; the planner's median is "
                               f"{both['planner_median']}."))
    if "last_turn_gain" in depth:
        parts.append(paragraph(f"A grab in the last turn gains {percent(depth['last_turn_gain'])}."))
    return parts


def _partners(found: dict) -> list[str]:
    if not found["partners"]:
        return []
    head = ("courting or leaning", *(" and ".join(pair) for pair in found["pairs"]), "mean")
    rows = [(name, *(f"{mean:+.1f} ± {error:.1f}" for mean, error in p["by_pair"]), float(p["mean"]))
            for name, p in found["partners"].items()]
    chart = [Spread(name, min(m for m, _ in p["by_pair"]), p["mean"], max(m for m, _ in p["by_pair"]))
             for name, p in found["partners"].items()]
    return [heading("Partners and stances"), paragraph(
        "Points won against doing nothing on the same seeds by a bot that does whatever warms one partner, or keeps a "
        "stance. Bars run from the worst to the best set of priorities."),
        spreads("Partners and stances against doing nothing", chart, zero=True), table(head, rows)]


def _ranges(found: dict) -> list[str]:
    """Which conclusions hang on judged numbers."""
    parts = [heading("What hangs on judged numbers"), paragraph(sureness_text(found["numbers"]))]
    if found["ranges"] is None:
        return [*parts, paragraph("Conclusions were not tried yet: the report was stopped before.", "bad")]
    ranges = found["ranges"]
    if not ranges["judged"]:
        return [*parts, paragraph("No judged number has a range.", "good")]
    rows = [(c["says"], c["verdict"], f"{_figure(c['number'], c['unit'])} \u00b1 "
             f"{_figure(c['error'], c['unit'])}", _at(c["least"], c["unit"]), _at(c["most"], c["unit"]),
             "; ".join(_at(at, c["unit"]) for at in (c["flips"] or c["weakens"])[:FLIPS])) for c in
            ranges["conclusions"]]
    flips = sum(c["verdict"] == "flips" for c in ranges["conclusions"])
    verdict = paragraph("No conclusion flips.", "good") if not flips else paragraph(
        f"{flips} of {len(rows)} conclusions flip.", "bad")
    return [*parts, paragraph(
        f"Conclusions of bots that decide quickly, with each of {ranges['judged']} judged numbers at its low and at "
        f"its high, {ranges['games']} games of each simple policy for each. A conclusion flips if it is clear by two "
        "standard errors, and the contrary is as clear at one end of a range; it weakens if there neither is clear; "
        f"and the change must be beyond {BEYOND} standard errors, since so many are tried. What is not clear with our "
        "numbers is open. The numbers are leads or differences in points of a goal, or shares of games.",
        "soft"), verdict, table(RANGES, rows)]


def _figure(x: float, unit: str) -> str:
    return percent(x) if unit == "share" else f"{x:.3g}"


def _at(at: dict | None, unit: str) -> str:
    """"0.31 (at Speed of approval 0.6)"."""
    return "-" if at is None else f"{_figure(at['number'], unit)} ({at['label']} {number(at['value'])})"


def sureness_text(numbers: dict) -> str:
    """How many numbers are judged, in a few sentences, from the plain data of game.outlook.sureness."""
    others = ", ".join(f"{numbers[grade]} {CONFIDENCE[grade]}" for grade in GRADES if grade != "judged")
    return (f"{numbers['total']} numbers carry a source (the start of a variable or the value of a constant); "
            f"{percent(numbers['judged_share'])} of them are our own judgement ({others}). "
            f"Formulas hold {numbers['in_formulas']:,} more numbers, points of curves among them, without a source of "
            "their own; they count as judgements too.")


def _endings(found: dict) -> list[str]:
    names = list(next(iter(found["policies"].values()))["endings"]) if found["policies"] else []
    rows = [(name, p["games"], percent(p["defeats"]), *(percent(p["endings"][ending]) for ending in names))
            for name, p in found["policies"].items()]
    return [heading("Endings"), table(("bot", "games", "defeats", *names), rows)]


def _cards(found: dict) -> list[str]:
    planned = found.get("options", {}).get("cards", {})
    rows = []
    for card, counts in found["cards"].items():
        for choice, count in counts["choices"].items():
            own = planned.get(card, {}).get(choice, {})
            rows.append((card, counts["per_game"], choice, percent(count["taken"] / count["open"] if count["open"]
                                                                   else None),
                         own.get("open"), percent(own.get("share")), own.get("worth")))
    head = ("card", "times a game", "option", "taken by all bots", "shown to the planner", "taken by it",
            "worth against the default")
    return [heading("Cards and options"), folded(f"All {len(found['cards'])} cards", table(head, rows))]


def _indicators(found: dict) -> list[str]:
    charts = []
    names = list(next(iter(found["policies"].values()))["indicators"]) if found["policies"] else []
    for indicator in names:
        rows = [Spread(name, *(p["indicators"][indicator][key] for key in ("p10", "p50", "p90")))
                for name, p in found["policies"].items()]
        charts.append(folded(indicator, spreads(indicator, rows)))
    return [heading("Indicators at the end"), paragraph("Median, tenth and ninetieth percentile for each bot."),
            *charts]


def _reached(found: dict) -> list[str]:
    head = "<tr><th>what</th><th>share of all games</th><th>bot, game of the seed</th><th>log</th></tr>"
    rows = []
    for entry in found["reached"]:
        where = f"{entry['policy']}, seed {found['seed']}, game {entry['game']}" if "game" in entry else "never reached"
        log = link(entry["log"], f"seed {entry['seed']}") if "log" in entry else "-"
        cells = [paragraph(f"{entry['kind']} {entry['id']}"), paragraph(percent(entry["share"])), paragraph(where), log]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return [heading("Endings and rare cards, and how to reach them"),
            f"<div class=\"wide\"><table>{head}{''.join(rows)}</table></div>"]
