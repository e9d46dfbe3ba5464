"""`replay`: tells a saved game in plain lines, or verifies it. Never writes to the log."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from dataclasses import asdict

from game.cli.finding import load_scenario
from game.cli.wrong import UserError
from game.replay import LogError, Verification, retell, verify
from game.replay.verifying import NOT_VERIFIABLE, SAME


def replay(arguments: Namespace) -> int:
    """0 told, or the same; 1 it differs; 2 it cannot be read or verified."""
    try:
        if arguments.verify:
            return _verify(arguments)
        lines = retell(arguments.log)
    except LogError as error:
        raise UserError(f"{arguments.log}: {error}") from error
    print(json.dumps({"log": str(arguments.log), "lines": lines}, indent=1, ensure_ascii=False)
          if arguments.json else "\n".join(lines))
    return 0


def _verify(arguments: Namespace) -> int:
    result = verify(arguments.log)
    installed = _installed(result)
    if arguments.json:
        print(json.dumps({"log": str(arguments.log), **asdict(result), "installed_rules": installed}, indent=1,
                         ensure_ascii=False))
    else:
        print(result.message)
        rules = f"The log carries rules {result.fingerprint[:16]} of {result.scenario}"
        same = f"they are {'' if installed else 'not '}those of the scenario installed here"
        print(f"Rewinds: {result.rewinds}. {rules}; {same}.", file=sys.stderr)
    return {SAME: 0, NOT_VERIFIABLE: 2}.get(result.verdict, 1)


def _installed(result: Verification) -> bool:
    """Whether the log carries the rules of the scenario of that name that is installed here."""
    try:
        return load_scenario(result.scenario).fingerprint == result.fingerprint
    except UserError:
        return False
