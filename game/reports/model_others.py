"""The rest of the model page: who acts and how they choose, what they ask and promise, what counts in the end.

Read next: model_page.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from game.content.document import EffectDoc
from game.engine.expr import Node
from game.reports.amounts import change
from game.reports.model_words import Linked
from game.reports.page import heading, paragraph
from game.reports.touching import may_hold, quarters_of
from game.view.sources import CLAIMS, source_text
from game.view.words import count, listed, short_number

TONES = {"hard": "hard", "soft": "friendly", "plain": "plain"}


def actors(names: Linked) -> list[str]:
    """Who acts, what they want, and where their trust and their weight stand in the model."""
    parts = [heading("Who acts", "actors"), paragraph(
        "Each quarter an actor may make as many moves as the table says. A move is open if its condition holds, if the "
        "dice come up by its odds (0 is never, 1 is always), and if it was not made too recently. Its score is its "
        "appeal plus the actor\u2019s temper times a random number between \u22121 and 1, all equally likely. Of the "
        "open moves with a score above nought, the highest is made first.")]
    rows = []
    for actor in names.document.actors:
        own = (actor.relations, actor.leverage, actor.memory)
        links = [names.link(names.scenario.row(name)) for name in own if name]
        says = "<br>".join(f"<b>{head}</b> {escape(text)}" for head, text in (
            ("Wants", actor.wants), ("Gives", actor.gives), ("Punishes", actor.punishes)) if text)
        rows.append((escape(actor.label), says, "; ".join(links) or "-", str(actor.attention),
                     short_number(actor.temper)))
    return [*parts, table_html(("actor", "what it wants, gives and punishes", "in the model", "moves a quarter",
                                "temper"), rows)]


def demands(names: Linked) -> list[str]:
    """What each actor asks for: when it stands, when it is met, how much it weighs, what it closes."""
    document = names.document
    if not document.demands:
        return []
    parts = [heading("What they ask for", "demands"), paragraph(
        "A demand stands while its condition holds and is met while the other one does. The weights of an actor\u2019s "
        "open demands are added up to a number that formulas read. An actor does not bend on a core interest, and what "
        "it bars is closed while it stands.")]
    titles, dates = _barred(names), quarters_of(names.scenario)
    for actor in document.actors:
        own = [pair for pair in zip(document.demands, names.scenario.demands, strict=True) if pair[0].actor == actor.id]
        if own:
            parts.append(f"<h3>{escape(actor.label)}</h3>")
        for doc, nodes in own:
            kind = " <span class=\"kind\">core interest</span>" if doc.core else ""
            over = "" if may_hold(nodes.stands, dates) else " Not in the years of this scenario."
            bars = ", ".join(f"\u201c{titles[name]}\u201d" for name in doc.bars)
            lines = [("Stands while", _condition(names, doc.when, nodes.stands)),
                     ("Met while", _condition(names, doc.met_if, nodes.met)), ("Bars", escape(bars))]
            parts.append(f"<article class=\"var\"><h4>{escape(doc.title)}{kind}</h4><p>{escape(doc.text)}</p>"
                         f"<p class=\"facts\">Weight {doc.salience} of 5.{over}</p>{_definitions(lines)}"
                         f"<p class=\"soft\">{CLAIMS[doc.claim]}. {escape(source_text(doc.source))}.</p></article>")
    return parts


def _barred(names: Linked) -> dict[str, str]:
    """Titles of all that a demand may bar: initiatives, and choices of cards."""
    document = names.document
    return {**{initiative.id: initiative.title for initiative in document.initiatives},
            **{f"{card.id}/{choice.id}": choice.label for card in document.cards for choice in card.choices}}


def moves(names: Linked) -> list[str]:
    """All moves by actor: when, how much they appeal, with which odds, and what they do."""
    document, tables = names.document, names.tables
    parts = [heading("What others may do", "moves")]
    for number, actor in enumerate(document.actors):
        own = [(doc, move) for doc, move in zip(document.moves, tables.moves, strict=True) if move.actor == number]
        if own:
            parts.append(f"<h3>{escape(actor.label)}</h3>")
        for doc, move in own:
            lines = [("When", _condition(names, doc.when, move.when)),
                     ("Appeal", names.twice(move.appeal, doc.appeal)),
                     ("Odds", "" if move.odds is None else names.twice(move.odds, doc.odds)),
                     ("Does", effects(names, doc.effects))]
            parts.append(
                f"<article class=\"var\"><h4>{escape(doc.title)} <span class=\"kind\">{TONES[doc.tone]}</span></h4>"
                f"<p>{escape(doc.text)}</p>{_definitions(lines)}{_rest(move.cooldown)}"
                f"<p class=\"soft\">{CLAIMS[doc.claim]}. {escape(source_text(doc.source))}.</p></article>")
    return parts


def _rest(cooldown: int) -> str:
    again = f"It can come again after {count(cooldown, 'quarter')} at the earliest."
    return f"<p class=\"facts\">{again}</p>" if cooldown > 1 else ""


def promises(names: Linked) -> list[str]:
    if not names.document.promises:
        return []
    parts = [heading("Promises", "promises")]
    for doc, promise in zip(names.document.promises, names.tables.promises, strict=True):
        to = names.actor_inside(doc.to)
        lines = [("Kept if", _condition(names, doc.kept_if, promise.kept_if)), ("Kept", effects(names, doc.kept)),
                 ("Broken", effects(names, doc.broken))]
        parts.append(f"<article class=\"var\"><h4>{escape(doc.title)}</h4><p class=\"facts\">To {escape(to)}; due "
                     f"within {count(doc.within, 'quarter')}.</p>{_definitions(lines)}</article>")
    return parts


def goals(names: Linked) -> list[str]:
    """Goals with their formulas, and priorities with the levels that they ask for."""
    document, labels = names.document, {goal.id: goal.label for goal in names.document.goals}
    parts = [heading("Goals and priorities", "goals"), paragraph(
        "A goal goes from 0 to 100. A player chooses two priorities; each is achieved, partly achieved or missed by "
        "the goals that it names. Nothing is added up to a score.")]
    for doc, node in zip(document.goals, names.tables.goals, strict=True):
        parts.append(f"<article class=\"var\"><h4>{escape(doc.label)}</h4><p>{escape(doc.text)}</p><div class=\"made\">"
                     f"{names.twice(node, doc.is_)}</div></article>")
    rows = []
    for priority in document.priorities:
        levels = "<br>".join(f"{escape(labels[goal])}: achieved from {short_number(level.achieved)}, partly from "
                             f"{short_number(level.partly)}" for goal, level in priority.goals.items())
        rows.append((escape(priority.label), escape(priority.text), levels))
    return [*parts, table_html(("priority", "what it says", "asks for"), rows)]


def endings(names: Linked) -> list[str]:
    """How a game may end, the first that holds counts; then difficulties."""
    lengths = [f"\u201c{length.label}\u201d: {count(length.turns, 'quarter')}"
               for length in names.document.lengths.values()]
    parts = [heading("How a game may end", "endings"),
             paragraph(f"After as many quarters as its length says ({'; '.join(lengths)}), or before that:")]
    for doc, ending in zip(names.document.endings, names.tables.endings, strict=True):
        kind = "a defeat" if doc.kind == "defeat" else "an end"
        turns = f", if it holds for {count(doc.for_turns, 'quarter')} in a row" if doc.for_turns > 1 else ""
        lines = [("Ends when", _condition(names, doc.when, ending.when, turns)),
                 ("Warns when", _condition(names, doc.warn_when, ending.warn_when))]
        parts.append(f"<article class=\"var\"><h4>{escape(doc.title)} <span class=\"kind\">{kind}</span></h4>"
                     f"{_definitions(lines)}</article>")
    rows = []
    for difficulty in names.document.difficulties:
        sets = "<br>".join(f"{names.link(names.scenario.row(name))} becomes {escape(short_number(value))}"
                           for name, value in difficulty.set_.items())
        rows.append((escape(difficulty.label), escape(difficulty.text), sets or "nothing"))
    if rows:
        parts += [heading("Difficulties", "difficulties"), table_html(("difficulty", "what it says", "sets"), rows)]
    return parts


# --- pieces

def effects(names: Linked, docs: Iterable[EffectDoc]) -> str:
    return "<br>".join(effect(names, doc) for doc in docs)


def effect(names: Linked, doc: EffectDoc) -> str:
    """What an effect does, when, and how the ledger calls it."""
    parts = list(_what(names, doc))
    if doc.after:
        parts.append("next quarter" if doc.after == 1 else f"after {count(doc.after, 'quarter')}")
    if doc.for_ == "always":
        parts.append("from then on")
    elif doc.for_ > 1:
        parts.append(f"in each of {count(doc.for_, 'quarter')}")
    because = f" <span class=\"soft\">({escape(doc.because)})</span>" if doc.because else ""
    return ", ".join(parts) + because


def _what(names: Linked, doc: EffectDoc) -> Iterator[str]:
    if doc.add is not None:
        row = names.scenario.row(doc.to)
        yield f"{names.link(row)} {escape(change(doc.add, names.doc(row).unit))}"
    elif doc.set_ is not None:
        yield f"{names.link(names.scenario.row(doc.to))}: {'yes' if doc.set_ else 'no'}"
    elif doc.follow is not None:
        title = next(card.title for card in names.document.cards if card.id == doc.follow)
        yield escape(f"the card \u201c{title}\u201d may follow")
    elif doc.promise is not None:
        title = next(promise.title for promise in names.document.promises if promise.id == doc.promise)
        yield escape(f"the promise \u201c{title}\u201d is made")


def _condition(names: Linked, text: str | None, node: Node | None, more: str = "") -> str:
    """A condition in words, and as the author wrote it: words leave open what belongs to which "or"."""
    return "" if text is None else names.condition_html(node) + more + names.code(text)


def _definitions(lines: Iterable[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{head}</dt><dd>{body}</dd>" for head, body in lines if body) + "</dl>"


def table_html(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table whose cells are HTML already."""
    names = "".join(f"<th scope=\"col\">{text}</th>" for text in head)
    top = f"<thead><tr>{names}</tr></thead>" if head else ""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<div class=\"wide\"><table>{top}<tbody>{body}</tbody></table></div>"


def indicators(names: Linked) -> list[str]:
    """What the desk shows and from where on it warns."""
    rows = []
    for row, doc in names.indicators.items():
        good = {"up": "more is better", "down": "less is better"}.get(doc.good) or \
            f"best between {listed([short_number(x) for x in doc.band or ()])}"
        levels = (("warning", doc.warn), ("crisis", doc.crisis))
        limits = [f"{word} at {names.line(row, level)}" for word, level in levels if level is not None]
        sizes = [change(size, names.doc(row).unit).lstrip("+") for size in (doc.small, doc.medium, doc.large)]
        size = escape(", ".join(sizes if sizes[0].startswith("$") else [*map(short_number, (doc.small, doc.medium)),
                                                                       sizes[-1]]))
        rows.append((names.link(row), good, escape(listed(limits)) or "-", size))
    return [heading("What the desk shows", "indicators"),
            table_html(("indicator", "good is", "limits", "a small, a medium and a large change"), rows)]
