"""The package as a whole: its documented example runs, it starts nothing on import, and it knows no game."""

from __future__ import annotations

import ast
import subprocess
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import game.ui.kit as kit

FOLDER = Path(kit.__file__).parent


def test_the_example_in_the_docstring_runs(person):
    lines = kit.__doc__.splitlines()
    start = next(k for k, line in enumerate(lines) if "from game.ui.kit import" in line)
    stop = next(k for k, line in enumerate(lines) if "stage = Stage" in line)
    names: dict = {}
    exec(textwrap.dedent("\n".join(lines[start:stop])), names)
    chosen = []
    choice = SimpleNamespace(title="Accept", line="Cheap fuel now.", chosen=False, why_not="")
    user = person()
    stage = user.show(names["screen"](SimpleNamespace(choices=[choice]), chosen.append, lambda: None))
    user.press("1")
    assert chosen == [choice] and stage.overflows() == []


def test_import_starts_no_part_of_pygame():
    code = "import pygame, game.ui.kit; print(pygame.font.get_init(), pygame.display.get_init())"
    root = FOLDER.parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False False"


def test_the_toolkit_imports_only_itself_pygame_and_the_standard_library():
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                roots = [alias.name.split(".")[0] for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level <= 1, f"{path.name} reaches out of the toolkit"
                roots = [] if node.level else [(node.module or "").split(".")[0]]
            else:
                continue
            for root in roots:
                assert root == "pygame" or root in sys.stdlib_module_names, f"{path.name} imports {root}"
