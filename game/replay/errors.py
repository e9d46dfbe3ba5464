"""What can be wrong with a log or a save, said so that a person can do something about it."""

from __future__ import annotations


class LogError(Exception):
    """A log that cannot be read, followed or written.

    code     stable, kebab-case: no-file | too-big | not-a-log | newer-format | newer-rules | cut-short |
             bad-json | bad-entry | bad-scenario | bad-settings | bad-state | unknown-id | refused |
             wrong-turn | no-write
    message  one plain sentence; hint: what helps
    line     1-based line of the file, 0 if it is about the whole
    """

    def __init__(self, code: str, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.line = code, message, hint, line

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return f"{where}{self.message}" + (f" {self.hint}" if self.hint else "")
