"""`check` and `schema`: for authors of scenarios and their editors."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from dataclasses import asdict

from game import content
from game.cli.finding import scenario_folder


def check(arguments: Namespace) -> int:
    """Prints all findings; 1 if there is any."""
    found = [(name, finding) for name in arguments.paths for finding in content.check(scenario_folder(name))]
    if arguments.format == "json":
        print(json.dumps([{"scenario": name, **asdict(finding)} for name, finding in found], indent=1,
                         ensure_ascii=False))
    else:
        for _, finding in found:
            print(finding)
        errors = sum(finding.severity == "error" for _, finding in found)
        print(f"{errors} errors, {len(found) - errors} warnings" if found else "No findings.", file=sys.stderr)
    return 1 if found else 0


def schema(arguments: Namespace) -> int:
    print(json.dumps(content.json_schema(), indent=1, ensure_ascii=False))
    return 0
