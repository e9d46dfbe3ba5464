"""What may end the game soon: the endings whose warning holds, and how long is left."""

from __future__ import annotations

from game.engine.state import State
from game.engine.tables import DEFEAT, Rules
from game.engine.turn import reading_of
from game.view.conditions import condition
from game.view.names import Names
from game.view.words import count, sentence


def warnings(names: Names, rules: Rules, state: State) -> tuple[str, ...]:
    """One text for each ending that threatens, those already counting down first; () when the game is over."""
    if not state.running[0]:
        return ()
    reading, found = reading_of(rules, state), []
    for e, ending in enumerate(names.tables.endings):
        held = int(state.ending_turns[e, 0])
        if ending.kind != DEFEAT or not (held or (ending.warn_when and reading.holds(ending.warn_when)[0])):
            continue
        doc = names.document.endings[e]
        text = sentence(doc.warning or f"{doc.title} if {names.lowered(condition(names, ending.when))}")
        left = ending.for_turns - held
        begun = f" It has begun: {count(left, 'more quarter')} and the game ends." if held else ""
        found.append((left, text + begun))
    return tuple(text for _, text in sorted(found, key=lambda pair: pair[0]))
