"""Writes the retellings of all playthroughs again: `python -m tests.golden.record`.

Run it only when the rules, the scenario or its texts changed on purpose, read what it prints, and say in the
commit which change moved which number. The tests never run it.
"""

from __future__ import annotations

import sys

from game.content import load
from tests.golden.playthroughs import first_difference, played_and_told, playthroughs, read, told_in


def main() -> int:
    for path in playthroughs():
        scenario = load(path.parents[1])
        _, told = played_and_told(scenario, read(scenario, path))
        kept = told_in(path) if path.with_suffix(".txt").exists() else []
        changed = first_difference(kept, told)
        path.with_suffix(".txt").write_text("\n".join(told) + "\n", encoding="utf-8")
        print(f"{path.parents[1].name}/{path.stem}: {'same as before' if not changed else changed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
