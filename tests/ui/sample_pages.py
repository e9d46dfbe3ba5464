"""Pages made by hand, as full as a page can get: many lines, long names. For layouts; no game stands behind them."""

from __future__ import annotations

from game.view.pages import (
    CardPage,
    Cause,
    ChangeRow,
    Chart,
    ChoiceLine,
    Coming,
    Dispatch,
    EffectLine,
    Fan,
    GoalLine,
    NeighbourNote,
    PriorityLine,
    ReportPage,
    TurningPoint,
    VerdictPage,
    WhyPage,
    WhyStep,
)

LONG = ("The council met twice in one week and could not agree on more than the date of the next meeting, which is "
        "why the paper that lies before you has three different conclusions and a fourth in pencil on the back.")
NAMES = ("Treasury", "Foreign investment in a year", "Third-neighbour cover", "Relations with the United States",
         "Risk of a cold winter", "Prices", "Fuel bought from Russia", "Autonomy", "Approval")


def effect(k: int, given: str = "", sure: str = "certain") -> EffectLine:
    name, down = NAMES[k % len(NAMES)], k % 2
    arrow, judgement = ("down", "worse") if down else ("up", "better")
    when = "from 2011 Q4, for three quarters"
    text = f"{name} {arrow} slightly, {when}"
    return EffectLine(f"v{k}", name, "fuel", arrow, judgement, "slightly", when, sure, given, text, 0.2, False)


def fan(k: int) -> Fan:
    name = NAMES[k % len(NAMES)]
    text = f"{name} at the end of 2012 Q4: $1.2 bn to $2.4 bn; unanswered $1.1 bn to $2.3 bn"
    return Fan(f"v{k}", name, ("better", "worse")[k % 2], (0.0, 1.0, 2.0), (0.0, 2.0, 3.0), (0.0, 3.0, 5.0),
               (0.0, 1.5, 2.0), text, ("better", "worse")[k % 2])


def card() -> CardPage:
    gamble = (effect(0), effect(2, "if it works"), effect(3, "if it works"), effect(4, "if it fails"))
    promise = ("A promise to Japan falls due in 5 quarters (2012 Q4): An open tender at Tavan Tolgoi. Kept by: the "
               "tender reopened and a Chinese share below 45 %", "Remembered: South Korea may answer")
    choices = tuple(ChoiceLine(
        k, f"Reopen the tender for Tokyo and Seoul, number {k + 1}",
        "More bidders, more friends; two neighbours feel robbed", "$45 m, 1 political capital" if k else "",
        "works with 47 %" if k == 2 else "", gamble if k == 2 else tuple(effect(n) for n in range(4)),
        tuple(effect(n) for n in range(4, 9)) if k != 1 else (), (fan(2 * k), fan(2 * k + 1)), promise if k else (),
        "Needs 3 political capital; 2 are left. Take something else back, or wait." if k == 4 else "", k == 1, k == 0)
        for k in range(5))
    source = ("Reports on the tender, Interfax; Dow Jones; Reuters, 2011-07-05: 40, 36 and 24 %; $7.3 billion; the "
              "council rejected the draft (fairly sure)")
    return CardPage(0, "April to June 2011 · Energy", "Three winners for one coal field", LONG + " " + LONG, "open_pit",
                    "Interpretation: sources differ", source, "", "Looked ahead to 2012 Q4.", False, choices)


def cause(k: int, amount: float) -> Cause:
    sign = "+" if amount >= 0 else "−"
    text = f"{NAMES[k % len(NAMES)]} over a year up: more from the things before it"
    judged, refers = "better" if amount >= 0 else "worse", f"v{k}" if k % 2 else ""
    return Cause(text, f"{sign}{abs(amount):g}", amount, judged, refers, text)


def row(k: int, arrow: str = "") -> ChangeRow:
    arrow = arrow or ("up", "down")[k % 2]
    still = arrow == "same"
    name, before = NAMES[k % len(NAMES)], "31.2 million"
    if still:
        return ChangeRow(f"v{k}", name, "fuel", before, before, "no change", arrow, "same", "", ())
    causes = (cause(k, -15.6), cause(k + 1, 21.2))
    judgement = ("better", "worse")[k % 2]
    return ChangeRow(f"v{k}", name, "fuel", before, "36.8 million", "+5.6", arrow, judgement, "slightly", causes)


def report(final: bool = False) -> ReportPage:
    kinds = (("odds", 0.3), ("effect", None), ("election", None), ("promise", None))
    coming = tuple(Coming(kind, turns, f"in {turns} quarters", f"{kind}: a thing that may come to pass one day", odds)
                   for turns in range(8) for kind, odds in kinds)
    actors = (("Russia", "russia"), ("China", "china"), ("South Korea", "third"), ("The wider world", "world"))
    notes = tuple(NeighbourNote(actor, side, "friendly", 4, "+3", LONG, "the swap line of 2011 (+3)")
                  for actor, side in actors)
    rows = (*(row(k) for k in range(14)), row(14, "same"), row(15, "same"))
    return ReportPage(
        "Turn report · April to June 2011", "The harvest came in; the diesel did not, and nobody was told", LONG,
        "fuel_train", rows[:3], rows, notes, (Dispatch("2011 Q2", LONG, "third", "soft"),),
        ("The diesel drought: Buy in China and Korea, dearly",), () if final else coming,
        ("Fuel lasts for nine days: below five the game ends.",), final)


def why(terms: tuple[float, ...] = (2.5, -1.0, -4.0, 0.5, 3.0, 1.0, 1.0, 1.0, -0.5)) -> WhyPage:
    numbers = tuple((f"v{k}", name) for k, name in enumerate(NAMES))
    steps = (WhyStep("2011 Q3", "$2.6 bn a year", "$3.4 bn a year", f"+{sum(terms):g}",
                     tuple(cause(k, x) for k, x in enumerate(terms))),
             WhyStep("As 2011 Q4 opens", "$3.4 bn a year", "$3.6 bn a year", "+0.2",
                     tuple(cause(k, x) for k, x in enumerate((0.7, -0.5)))))
    return WhyPage(
        "v1", "Foreign investment in a year", LONG, "computed each quarter", " + ".join(NAMES * 3), "$3.6 bn a year",
        steps,
        "World Development Indicators, World Bank, 2026 (sure)",
        tuple((*number, "−7.2 % a year") for number in numbers), numbers)


def verdict() -> VerdictPage:
    names = ("Welfare", "Autonomy", "Security", "Democracy")
    goals = tuple(GoalLine(name.lower(), name, name.lower(), 50.0, k + 1, "fair", "Household income 122.8 % and prices")
                  for k, name in enumerate(names))
    outcomes = (("Energy security", "achieved"), ("Prosperity", "partly"), ("A free hand", "missed"))
    lines = tuple(PriorityLine(name, outcome, "Security 58 of 100 (achieved from 65, partly from 54)")
                  for name, outcome in outcomes)
    effects = ("Relations with China −8 in all", "Approval +4 in all", "Snubs that Beijing remembers +1")
    points = tuple(TurningPoint(k, "Gandan invites the Dalai Lama: let him come as a monk", "2011 Q4", effects, k)
                   for k in (1, 2, 3))
    return VerdictPage("Between two giants, 2011 Q1 to 2013 Q4: the verdict", "The Years of the Half-Open Gate",
                       "Much was decided elsewhere, not everything.", "coal_train",
                       f"The three years are over. {LONG}", goals, lines, (LONG, LONG, LONG), points,
                       tuple(chart(k) for k in range(6)), "Difficulty: Calm. No rewinds. Seed 7.")


def chart(k: int) -> Chart:
    """Twelve quarters; the first chart has no history, the others three years of means."""
    ticks = tuple({0: "2011", 4: "2012", 8: "2013"}.get(n, "") for n in range(12))
    return Chart(f"c{k}", f"{NAMES[k]}, % a year", ticks, tuple(10.0 + (n * k) % 7 for n in range(12)),
                 ((1.5, 12.0), (5.5, 15.0), (9.5, 9.0)) if k else (), "You: 10.8 %", "History: 9.0 %" if k else "",
                 ((3, 1), (3, 2), (7, 3)))
