"""The shape of the code: who may import whom, what importing does, how long files and functions are."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
GAME = REPOSITORY / "game"
# From the bottom up; those in one group are siblings and do not import each other.
LAYERS = (("engine",), ("content",), ("replay",), ("outlook",), ("view",), ("ui", "text", "reports"), ("cli",))
LEVEL = {layer: level for level, group in enumerate(LAYERS) for layer in group}
WITH_PATHS = {"content", "replay", "ui", "text", "cli", "reports"}  # who may ask where files are
FILE_LINES, FUNCTION_LINES = 400, 60  # empty lines are not counted in files
FILES = sorted(GAME.rglob("*.py"))
STANDARD = sys.stdlib_module_names


def layer_of(path: Path) -> str:
    """The layer of a file; files directly in game/ are "game"."""
    parts = path.relative_to(GAME).parts
    return parts[0] if len(parts) > 1 else "game"


def imports(path: Path) -> list[tuple[int, str]]:
    """Every imported module with its line; imports for type checking only are left out, those in functions not."""
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = [node for node in ast.walk(tree)
                   if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)]
    skipped = {id(node) for block in typing_only for statement in block.body for node in ast.walk(statement)}
    package = path.relative_to(REPOSITORY).with_suffix("").parts
    found = []
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = ".".join([*package[: -node.level], node.module or ""]).strip(".") if node.level else node.module
            found += [(node.lineno, f"{module}.{alias.name}" if module == "game" else module) for alias in node.names]
    return found


def test_every_folder_is_a_layer():
    folders = {path.parent.relative_to(GAME).parts[0] for path in FILES if path.parent != GAME}
    assert folders <= set(LEVEL)
    assert {"engine", "content", "replay", "outlook", "view", "ui", "text", "cli"} <= folders


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(GAME)))
def test_layers_import_only_from_below(path):
    layer, wrong = layer_of(path), []
    for line, module in imports(path):
        parts = module.split(".")
        if parts[0] != "game" or layer == "game":
            continue
        target = parts[1] if len(parts) > 1 else ""
        if target in LEVEL:
            allowed = target == layer or LEVEL[target] < LEVEL[layer]
        else:
            allowed = target in ("", "__version__") or (target == "paths" and layer in WITH_PATHS)
        if not allowed:
            wrong.append(f"{path.relative_to(REPOSITORY)}:{line} imports {module}")
    assert not wrong, wrong


def test_the_widget_toolkit_knows_nothing_of_the_game():
    kit = [path for path in FILES if path.is_relative_to(GAME / "ui" / "kit")]
    found = {module for path in kit for _, module in imports(path) if module.split(".")[0] == "game"}
    assert kit and all(module.startswith("game.ui.kit") for module in found), found


def outside(path: Path) -> set[str]:
    """Packages that are neither the game's nor Python's own."""
    return {module.split(".")[0] for _, module in imports(path)} - STANDARD - {"game", "__future__"}


@pytest.mark.parametrize("layer, allowed", [
    ("engine", {"numpy"}), ("content", {"yaml", "pydantic", "pydantic_core", "annotated_types", "numpy"}),
    ("replay", {"numpy"}), ("outlook", {"numpy", "distributed"}), ("view", {"numpy"}), ("text", {"numpy"}),
    ("reports", set()), ("cli", {"rich"}),
])
def test_layers_use_few_packages(layer, allowed):
    found = {name for path in FILES if layer_of(path) == layer for name in outside(path)}
    assert found <= allowed


def test_only_one_file_knows_dask():
    """It is an optional extra, and slow to import; test_importing_does_nothing holds that it is left alone."""
    found = [str(path.relative_to(GAME)) for path in FILES if {"dask", "distributed"} & outside(path)]
    assert found == ["outlook/workers/cluster.py"]


def test_only_the_window_imports_pygame():
    assert [path for path in FILES if "pygame" in outside(path) and layer_of(path) != "ui"] == []


IMPORT_ALL = """
import importlib, os, sys
before, environment = set(os.listdir(".")), dict(os.environ)
modules = {modules}
for name in modules:
    importlib.import_module(name)
loaded = [name for name in sys.modules if name.split(".")[0] in ("pygame", "distributed")]
assert {window} or not loaded, loaded
assert set(os.listdir(".")) == before, set(os.listdir(".")) - before
assert dict(os.environ) == environment or {window}
import threading
assert threading.active_count() == 1
"""


@pytest.mark.parametrize("window", [False, True])
def test_importing_does_nothing(window, tmp_path):
    """No files, no threads, no output; and no pygame unless it is the window."""
    modules = [".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__") for path in FILES
               if (layer_of(path) == "ui") is window and path.name != "__main__.py"]
    script = IMPORT_ALL.format(modules=modules, window=window)
    ran = subprocess.run([sys.executable, "-B", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60,
                         env=_environment(tmp_path))
    assert ran.returncode == 0, ran.stderr
    assert window or (ran.stdout, ran.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []


def _environment(home: Path) -> dict[str, str]:
    import os
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "TEMP", "TMP")}
    return {**kept, "PYTHONPATH": str(REPOSITORY), "HOME": str(home), "TN_HOME": str(home / "home"),
            "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}


def test_the_players_line_for_starting_needs_no_window():
    """`import game.cli` must not load pygame: it is loaded when a window opens."""
    ran = subprocess.run([sys.executable, "-c", "import game.cli.playing, sys; print('pygame' in sys.modules)"],
                         cwd=REPOSITORY, capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip() == "False"


MUTABLE = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)


def _is_constant_name(name: str) -> bool:
    return name.isupper() or name.startswith("__") or name[:1] == "_" and name[1:].isupper()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(GAME)))
def test_no_module_keeps_state(path):
    """Module-level tables are constants by name, and no function changes a module-level name."""
    tree = ast.parse(path.read_text("utf-8"))
    wrong = [f"global at line {node.lineno}" for node in ast.walk(tree) if isinstance(node, ast.Global)]
    tables = set()
    for node in tree.body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(getattr(node, "value", None), MUTABLE):
                tables.add(target.id)
                if not _is_constant_name(target.id):
                    wrong.append(f"{target.id} at line {node.lineno} is a table without a constant's name")
    wrong += [f"{name} is changed at line {line}" for name, line in _changes(tree) if name in tables]
    assert not wrong, wrong


def _changes(tree: ast.Module) -> list[tuple[str, int]]:
    """Names of module level that a function assigns into or calls a changing method of."""
    found = []
    for function in ast.walk(tree):
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Subscript) and isinstance(node.ctx, (ast.Store, ast.Del)):
                owner = node.value
            elif (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in (
                    "append", "add", "update", "clear", "pop", "setdefault", "extend", "remove", "insert")):
                owner = node.func.value
            else:
                continue
            if isinstance(owner, ast.Name):
                found.append((owner.id, node.lineno))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(GAME)))
def test_files_and_functions_are_short_and_say_what_they_are_for(path):
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert sum(bool(line.strip()) for line in text.splitlines()) <= FILE_LINES
    long = [f"{node.name} ({node.end_lineno - node.lineno + 1} lines)" for node in ast.walk(tree)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and node.end_lineno - node.lineno + 1 > FUNCTION_LINES]
    assert not long, long
    assert ast.get_docstring(tree), "a module says what it is for"


def test_the_engine_does_not_print_read_the_clock_or_touch_files():
    banned = {"os", "sys", "io", "time", "datetime", "pathlib", "random", "logging", "json", "pickle", "shutil"}
    for path in (p for p in FILES if layer_of(p) == "engine"):
        assert not banned & {module.split(".")[0] for _, module in imports(path)}, path
        calls = {node.func.id for node in ast.walk(ast.parse(path.read_text("utf-8")))
                 if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        assert not calls & {"print", "open", "eval", "exec", "input"}, path


def test_python_is_compiled_in_one_place_and_never_from_text():
    """engine/writing.py compiles the tree that it has built itself; nothing else of the game compiles anything."""
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if name.split(".")[-1] in ("FunctionType", "exec", "eval") or name in (
                    "compile", "builtins.compile", "ast.parse"):
                found.append((path.relative_to(GAME).as_posix(), name, ast.unparse(node.args[0])))
    assert found == [("engine/writing.py", "compile", "ast.Module([function], [])"),
                     ("engine/writing.py", "FunctionType", "code")]
