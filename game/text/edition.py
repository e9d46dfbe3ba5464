"""The text edition's loop: ask, read a line, do what it says, until the player leaves.

`Edition` holds what every screen needs: where to write, the game that is played, the question that is open.
End of input and Ctrl-C leave politely: everything decided is saved already. Read next: prompts.py (how a line is
understood), commands.py (what can be typed), playing.py (desk, cards, report).
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable

from game.content import ContentError
from game.replay import LogError, Session
from game.text import beginning
from game.text.commands import commands_of
from game.text.keeping import farewell
from game.text.lines import Lines, terminal_width, writable
from game.text.prompts import Act, Prompt, understand
from game.view.lookahead import Foresight

Read = Callable[[str], str]  # shows a question, gives the line; EOFError at the end of input


class Edition:
    """One player at one terminal.

    session   the game; None until one is begun or loaded
    draft     the answers so far for a new game
    prompt    the open question
    place     asks the current screen's question again, without showing the screen
    card      the place of the card that was shown last this turn, None: no card
    foresight what was looked ahead for the game as it stands
    """

    def __init__(self, options: beginning.Options, read: Read, lines: Lines,
                 now: Callable[[], datetime.datetime] = datetime.datetime.now) -> None:
        self.options, self.now = options, now
        self._read, self._lines = read, lines
        self.session: Session | None = None
        self.draft: beginning.Draft | None = None
        self.prompt = Prompt("")
        self.place: Act = lambda: None
        self.card: int | None = None
        self.foresight = Foresight()
        self.going = True
        self.commands = commands_of(self)

    def say(self, texts: Iterable[str]) -> None:
        self._lines.say(texts)

    def ask(self, prompt: Prompt) -> None:
        """Make this the open question."""
        self.prompt = prompt

    def run(self) -> int:
        """Play until the player leaves: exit code 0, or 2 if the scenario cannot be played."""
        try:
            beginning.start(self)
            while self.going:
                self._turn(self._read(self.prompt.text))
        except (EOFError, KeyboardInterrupt):
            self.say(["", *farewell(self)])
        except ContentError as error:
            self.say([f"The scenario has errors: {error}"])
            return 2
        return 0

    def _turn(self, line: str) -> None:
        """Do what one line says; a game that cannot be read or written is told and leaves the question open."""
        meant = understand(line, self.prompt, self.commands)
        if isinstance(meant, str):
            self.say([meant])
            return
        try:
            meant()
        except LogError as error:
            if self.session is None and self.draft is not None:
                raise  # a new game that has no place to be kept in
            self.say([str(error)])


def run(options: beginning.Options) -> int:
    """Play at this process's own terminal or pipe."""
    for stream in (sys.stdin, sys.stdout):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    width = terminal_width if sys.stdout.isatty() else lambda: None
    lines = Lines(print, width, sys.stdout.encoding or "ascii")
    return Edition(options, lambda question: read_line(question, lines.encoding), lines).run()


def read_line(question: str, encoding: str) -> str:
    """A line from the keyboard, or from a pipe and then echoed, so that the record can be read. EOFError at the end."""
    question = writable(question, encoding)
    if sys.stdin.isatty():
        return input(question)
    sys.stdout.write(question)
    sys.stdout.flush()
    line = sys.stdin.readline()
    print(writable(line.rstrip("\r\n"), encoding), flush=True)
    if not line:
        raise EOFError
    return line

