"""One game of one person: decisions in, turns out, saved after every decision.

A session keeps the log's lines and writes them all in one step; a kill at any moment leaves the game as it
was before or after the last decision. Read next: log.py (the format), following.py (playing a log again).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from game import __version__
from game.content import Scenario
from game.engine import decisions
from game.engine.decisions import Decisions, Options, Refusal, lever_setting, nothing, with_decision
from game.engine.ledger import Account, ledger
from game.engine.state import NONE, State
from game.engine.tables import Rules, compile_rules
from game.engine.turn import RULES_VERSION, Report, begin, play, reading_of
from game.replay.files import write_whole
from game.replay.ids import About, done, named, quarter_text
from game.replay.log import dump, header_of
from game.replay.settings import Settings, check_settings, parameters_of
from game.replay.snapshot import fingerprint, pack, to_plain


@dataclass(frozen=True)
class TurnRecord:
    """A finished turn. `opened` was on the screen when `wanted` was decided; `after` is the next opened state."""

    turn: int  # 0-based
    opened: State
    wanted: Decisions
    report: Report
    after: State
    rules: Rules

    @cached_property
    def accounts(self) -> dict[int, Account]:
        """Every change with its causes, by row; made when first asked for."""
        return ledger(self.rules, self.report)


class Session:
    """The only object with state that screens hold.

    state    the opened state of the current turn (a batch of one)
    wanted   decisions taken so far this turn
    records  finished turns of the current line, oldest first
    notice   why this game cannot be verified; "" if it can
    """

    def __init__(self, scenario: Scenario, settings: Settings, rules: Rules, state: State, lines: list[str]) -> None:
        self.scenario, self.settings, self.rules = scenario, settings, rules
        self.records: list[TurnRecord] = []
        self.rewinds = 0
        self.path: Path | None = None
        self.notice = ""
        self._options: tuple[State, Options] | None = None
        self._open(state)
        self._lines = lines  # of the log so far, the state's line left out

    @classmethod
    def new(cls, scenario: Scenario, settings: Settings, path: Path | None = None) -> Session:
        """A game at its first turn; raises LogError if the scenario does not know the settings."""
        check_settings(scenario, settings)
        rules = compile_rules(scenario.tables)
        state = begin(rules, settings.seed, turns=scenario.document.lengths[settings.length].turns,
                      parameters=parameters_of(scenario, settings.difficulty))
        about = {"id": scenario.document.id, "title": scenario.document.title, "fingerprint": scenario.fingerprint}
        lines = [header_of(__version__, RULES_VERSION, about, settings), {"source": scenario.source},
                 {"begin": fingerprint(state), "values": pack(state.closing)}]
        session = cls(scenario, settings, rules, state, [dump(line) for line in lines])
        session.path = Path(path) if path is not None else None
        session._save()
        return session

    @classmethod
    def load(cls, path: Path, known: Scenario | None = None) -> Session:
        """The game in a log, which it goes on writing; raises LogError.

        `known`: a scenario that is loaded already; reading is quicker if the log holds the very same texts.
        """
        from game.replay.following import continued  # it plays logs by means of this class
        session = continued(Path(path), known)
        session.path = Path(path)
        return session

    @property
    def ended(self) -> bool:
        return not bool(self.state.running[0])

    @property
    def date(self) -> str:
        """The current quarter, e.g. "2011 Q2"; of an ended game the last that was played."""
        turn = int(self.state.ended_turn[0]) if self.ended else self.state.turn
        return quarter_text(self.rules.tables.first_quarter, turn)

    @property
    def options(self) -> Options:
        """What is open this turn, money aside; computed once for each state."""
        if self._options is None or self._options[0] is not self.state:
            found = decisions.options(self.rules, self.state, reading_of(self.rules, self.state))
            self._options = (self.state, found)
        return self._options[1]

    @property
    def last_entry(self) -> str:
        """The newest line of the log."""
        return self._lines[-1]

    def choose(self, place: int, choice: int) -> Refusal | None:
        """Choose on the card at a place of the desk; -1 leaves it to its default again."""
        return self._decide(("choice", place, choice))

    def set_lever(self, index: int, setting: float) -> Refusal | None:
        """Set a lever, to its nearest step."""
        return self._decide(("lever", index, setting))

    def play(self, initiative: int, on: bool = True) -> Refusal | None:
        """Play an initiative this turn, or not after all."""
        return self._decide(("initiative", initiative, on))

    def refusal(self, about: tuple) -> Refusal | None:
        """Why a decision would be refused now: ("choice", place, choice), ("lever", i, setting), ("initiative", i)."""
        if not self._known(about):
            return Refusal("unknown", about)
        free = with_decision(self.wanted, _taken_back(about, self.state, self.rules))
        return decisions.refusal(self.rules, self.state, self.options, free, about)

    def end_turn(self) -> TurnRecord:
        """Resolve the turn and open the next. Raises ValueError if the game has ended."""
        opened, wanted = self.state, self.wanted
        after, report = play(self.rules, opened, wanted)
        record = TurnRecord(opened.turn, opened, wanted, report, after, self.rules)
        self._open(after)
        self.records.append(record)
        self._write({"turn": opened.turn, "result": fingerprint(after), "values": pack(report.closing),
                     "did": done(self.rules, report, after)})
        return record

    def undo(self) -> bool:
        """Take back the last decision of this turn; False if there is none."""
        if not self._steps:
            return False
        steps = self._steps[:-1]
        self._open(self.state)
        for about in steps:
            self._take(about)
        self._write({"undo": True})
        return True

    def rewind(self, turn: int) -> None:
        """Back to the opening of an earlier turn (0-based), with the same dice; ValueError if there is none."""
        earlier = [record.turn for record in self.records]
        if turn not in earlier:
            raise ValueError(f"there is no earlier turn {turn} to go back to")
        place = earlier.index(turn)
        self._open(self.records[place].opened)
        self.records = self.records[:place]
        self.rewinds += 1
        self._write({"rewind": turn})

    def save_as(self, path: Path) -> None:
        """Save to another file and go on there; raises LogError "no-write" and then stays with the old one."""
        self._save(Path(path))
        self.path = Path(path)

    def _decide(self, about: About) -> Refusal | None:
        kind, index, value = about
        asked = about if kind != "initiative" else (kind, index)
        if not self._known(about) or (kind == "choice" and value < NONE):
            return Refusal("unknown", asked)
        if self.ended:
            return Refusal("ended", asked)
        clears = value is False if kind == "initiative" else kind == "choice" and value == NONE
        if not clears:
            refused = self.refusal(asked)
            if refused is not None:
                return refused
        if kind == "lever":
            about = (kind, index, float(lever_setting(self.rules, self.rules.tables.levers[index], value)))
        if not _same(self.wanted, with_decision(self.wanted, about)):
            self._take(about)
            self._write({"decide": named(self.rules, self.state, about)})
        return None

    def _known(self, about: tuple) -> bool:
        """Whether the decision is about something that is there."""
        kind, index, t = about[0], about[1], self.rules.tables
        if kind == "choice":
            return 0 <= index < t.agenda.places and self.state.agenda[index, 0] != NONE
        if kind == "lever":
            return 0 <= index < len(t.levers) and bool(np.isfinite(about[2]))
        return kind == "initiative" and 0 <= index < len(t.initiatives)

    def _open(self, state: State) -> None:
        self.state: State = state
        self.wanted: Decisions = nothing(self.rules, state)
        self._steps: list[About] = []  # decisions of this turn, for undo

    def _take(self, about: About) -> None:
        self.wanted = with_decision(self.wanted, about)
        self._steps.append(about)

    def _write(self, entry: dict) -> None:
        self._lines.append(dump(entry))
        self._save()

    def _save(self, path: Path | None = None) -> None:
        path = path or self.path
        if path is not None:
            state = dump({"state": to_plain(self.state), "date": self.date, "ended": self.ended})
            write_whole(path, ("\n".join([*self._lines, state]) + "\n").encode("utf-8"))


def _taken_back(about: tuple, state: State, rules: Rules) -> About:
    """The decision that stands for leaving its object alone."""
    kind, index = about[0], about[1]
    if kind == "lever":
        return kind, index, float(state.values[rules.tables.levers[index].row, 0])
    return kind, index, NONE if kind == "choice" else False


def _same(a: Decisions, b: Decisions) -> bool:
    return all(np.array_equal(getattr(a, n), getattr(b, n)) for n in ("choices", "levers", "initiatives"))
