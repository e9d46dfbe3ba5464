"""Scenarios: YAML -> checked -> compiled. Everything that an author can get wrong is caught here.

Usage: `check(path)` gives every finding of a scenario, `load(path)` the compiled scenario, from cache.py if it was
compiled before. The stages, each a module: folder.py (safe reading), items.py (YAML with positions), merge.py
(`extends`), shape.py (keys and types), expressions.py (formulas), checks_*.py (meaning), compiling.py (tables for the
engine). The format's own mirror is document.py. Read next: scenario.py, then stages.py, which runs them in order.
"""

from game.content.compiled import Scenario
from game.content.findings import ContentError, Finding
from game.content.scenario import check, find_scenarios, json_schema, load, load_source

__all__ = ["ContentError", "Finding", "Scenario", "check", "find_scenarios", "json_schema", "load", "load_source"]
