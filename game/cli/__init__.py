"""The commands of the program: parse, call, print. `main` returns the exit code and never shows a traceback.

0 all is well; 1 there are findings, or a log does not verify; 2 it could not be done; 130 stopped by Ctrl-C.
Results go to standard output, messages and progress to standard error. Read next: parsing.py.
"""

from __future__ import annotations

import os
import sys

from game.cli.options import PlayOptions
from game.cli.wrong import UserError

__all__ = ["PlayOptions", "main"]


def main(argv: list[str] | None = None) -> int:
    """Run one command; `argv` without the program's name."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a letter shall not stop a command
    argv = sys.argv[1:] if argv is None else list(argv)
    try:
        if argv in ([], ["play"]):  # as most begin; the window need not wait for argparse
            from game.cli.playing import play_first

            return play_first()
        from game.cli.parsing import parse

        arguments = parse(argv)
        return arguments.run(arguments)
    except SystemExit as stop:  # from argparse: --help, --version, wrong usage
        return stop.code if isinstance(stop.code, int) else 2
    except UserError as error:
        print(f"third-neighbour: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("third-neighbour: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader (a pager, head) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
