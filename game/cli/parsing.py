"""The command line: commands and their options. Each command's function is in a module of its own."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from game import __version__
from game.cli.options import FIRST_SCENARIO
from game.cli.wrong import UserError

PROGRAM = "third-neighbour"
MAX_GAMES = 10_000_000  # a day's work; more is a slip of the finger
MAX_WORKERS = 1_000


class Parser(argparse.ArgumentParser):
    """An argparse parser that says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        raise UserError(f"{message[:1].upper()}{message[1:]}. `{self.prog} --help` shows what is possible.")


def parse(argv: list[str]) -> argparse.Namespace:
    """The arguments, with `run` set to the command's function; without a command it is `play`."""
    parser, commands = build()
    if not argv or (argv[0] not in commands and argv[0] not in ("-h", "--help", "--version")):
        near = difflib.get_close_matches(argv[0], commands, n=1) if argv else []
        if near:
            raise UserError(f"There is no command “{argv[0]}”. Did you mean “{near[0]}”?")
        argv = ["play", *argv]
    return parser.parse_args(argv)


def build() -> tuple[argparse.ArgumentParser, tuple[str, ...]]:
    parser = Parser(prog=PROGRAM, description="A strategy game about a country between two giants.", allow_abbrev=False,
                    epilog="Without a command the game begins.")
    parser.add_argument("--version", action="version", version=f"Third Neighbour {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=Parser, required=True)
    for add in (_play, _check, _schema, _simulate, _balance, _history, _model, _replay):
        add(commands)
    return parser, tuple(commands.choices)


def _command(commands, name: str, what: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=what, description=what[:1].upper() + what[1:] + ".", allow_abbrev=False)


def _later(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """A command's function, imported when it is called: the window must not wait for what only other commands need."""
    return lambda arguments: getattr(import_module(f"game.cli.{module}"), name)(arguments)


def _play(commands) -> None:
    parser = _command(commands, "play", "play the game")
    parser.add_argument("scenario", nargs="?", metavar="SCENARIO",
                        help=f"id of a scenario, or its folder (default {FIRST_SCENARIO})")
    parser.add_argument("--seed", help="a number or any text: the same seed, the same luck")
    parser.add_argument("--length", help="how long to play, e.g. lesson")
    parser.add_argument("--difficulty", help="e.g. historic")
    parser.add_argument("--priorities", metavar="A,B", help="two aims, with a comma between them")
    parser.add_argument("--text", action="store_true", help="in plain lines of text, without a window")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the game in this file, or go on with it")
    parser.set_defaults(run=_later("playing", "play"))


def _check(commands) -> None:
    parser = _command(commands, "check", "find what is wrong in scenarios")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="id of a scenario, or its folder")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=_later("checking", "check"))


def _schema(commands) -> None:
    parser = _command(commands, "schema", "print the JSON Schema of scenarios, for editors")
    parser.set_defaults(run=_later("checking", "schema"))


def _simulate(commands) -> None:
    parser = _command(commands, "simulate", "play many games with a bot and sum them up")
    parser.add_argument("scenario", metavar="SCENARIO", help="id of a scenario, or its folder")
    parser.add_argument("--games", type=_number_of("games", MAX_GAMES), default=1_000, metavar="N",
                        help="how many (default 1000)")
    parser.add_argument("--policy", default="random", metavar="NAME",
                        help="a bot, e.g. random, cautious, lean-north, planner; or file.py:function (default random)")
    parser.add_argument("--priorities", metavar="A,B", help="what bots that pursue goals work for")
    parser.add_argument("--seed", default="1", help="a number or any text (default 1)")
    parser.add_argument("--length", help="default: the first of the scenario")
    parser.add_argument("--difficulty", help="default: the scenario's own")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    _workers(parser)
    parser.set_defaults(run=_later("simulating", "simulate"))


def _balance(commands) -> None:
    parser = _command(commands, "balance", "find out with many bots whether a scenario is fair and deep")
    parser.add_argument("scenario", metavar="SCENARIO", help="id of a scenario, or its folder")
    parser.add_argument("--games", type=_number_of("games", MAX_GAMES), default=20_000, metavar="N",
                        help="by all bots that decide quickly together (default 20000)")
    parser.add_argument("--depth-games", type=_number_of("games", MAX_GAMES), metavar="N",
                        help="by each bot that looks ahead, for each set of priorities (default: one of 400 games)")
    parser.add_argument("--seed", default="1", help="a number or any text (default 1)")
    parser.add_argument("--length", help="default: the first of the scenario")
    parser.add_argument("--difficulty", help="default: the scenario's own")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output instead of a page")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: balance-SCENARIO.html in this folder")
    parser.add_argument("--resume", action="store_true", help="go on with a report that was stopped")
    parser.add_argument("--record", action="store_true",
                        help="when finished, keep what was measured in the scenario's folder (balance-LENGTH.json)")
    _workers(parser)
    parser.set_defaults(run=_later("balancing", "balance"))


def _history(commands) -> None:
    parser = _command(commands, "history", "play what history decided, and compare the model with what happened")
    parser.add_argument("scenario", metavar="SCENARIO", help="id of a scenario, or its folder")
    parser.add_argument("--mode", default="driven", metavar="MODE",
                        help="driven (default: some variables follow history), free, anchored (with add-factors), all")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.set_defaults(run=_later("retracing", "history"))


def _model(commands) -> None:
    parser = _command(commands, "model", "write the whole model of a scenario as a page: formulas, sources, pictures")
    parser.add_argument("scenario", metavar="SCENARIO", help="id of a scenario, or its folder")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="default: model-SCENARIO.html in this folder")
    parser.set_defaults(run=_later("modelling", "model"))


def _replay(commands) -> None:
    parser = _command(commands, "replay", "tell a saved game, or prove that it is what the rules give")
    parser.add_argument("log", type=Path, metavar="LOG", help="a saved game")
    parser.add_argument("--verify", action="store_true", help="play it again and compare every result")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.set_defaults(run=_later("replaying", "replay"))


def _workers(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=_number_of("processes", MAX_WORKERS), metavar="N",
                       help="processes that share the work (default: one for each core); results are the same")
    where.add_argument("--dask", type=_cluster, metavar="ADDRESS",
                       help="work on the Dask cluster with this scheduler instead, e.g. tcp://server:8786")


def _cluster(text: str) -> str:
    try:
        parts = urlsplit(text if "://" in text else f"tcp://{text}")
        if parts.scheme in ("tcp", "tls", "ws", "wss") and parts.hostname and parts.port:
            return parts.geturl()
    except ValueError:  # a port that is none
        pass
    raise argparse.ArgumentTypeError(f"“{text}” is not the address of a scheduler, as tcp://server:8786 is")


def _number_of(what: str, most: int) -> Callable[[str], int]:
    """Reads a whole number from 1 to `most`."""
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:12]) <= most:
            raise argparse.ArgumentTypeError(f"“{text}” is not a number of {what} (1 to {most:,})")
        return int(text)
    return read
