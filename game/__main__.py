"""Lets `python -m game` do what the installed command `third-neighbour` does. Read next: cli/."""

from game.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
