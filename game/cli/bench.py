"""Measures start, one turn and many games, and prints the README's table: `python -m game.cli.bench`.

Times depend on the machine and on what else it does, so each figure is a median of several runs, start-up is measured
in turns with a bare window, and ratios are printed beside times. Nothing is left out: a start is a whole process.
Without a display the dummy driver is used, which shows nothing; the table says so.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version

from game.content import find_scenarios, load
from game.engine.ledger import ledger
from game.engine.tables import Rules, compile_rules
from game.engine.turn import begin, play, reading_of
from game.outlook.batch import run
from game.outlook.policies import bot_dice, random_policy

SCENARIO = "mongolia-2011"
STARTS, GAMES_OF_ONE, BATCH = 7, 30, 10_000
BARE = ("import pygame; pygame.display.init(); pygame.font.init();"
        "s = pygame.display.set_mode((1280, 720)); s.fill((247, 238, 214)); pygame.display.flip()")
TITLE = "from game.ui.loop import Window; w = Window(); w.step()"
DESK = TITLE + """
while not w.app.prepared:
    w.step()
from game.replay import Settings
scenario = w.app.scenarios[0]
document = scenario.document
w.app.begin(scenario, Settings(1, list(document.lengths)[0], document.difficulties[0].id,
                               (document.priorities[0].id, document.priorities[1].id)))
w.step()
"""


def main() -> None:
    rules = compile_rules(load(next(p for p in find_scenarios() if p.name == SCENARIO)).tables)
    starts = start_times({"bare window": BARE, "title": TITLE, "desk": DESK})
    plain, with_ledger = turn_times(rules)
    began = time.perf_counter()
    run(rules, random_policy, BATCH, 1, 12)
    batch = time.perf_counter() - began
    bare = statistics.median(starts["bare window"])
    display = os.environ.get("SDL_VIDEODRIVER", "real")
    print(f"{platform.system()} {platform.machine()}, {processor()}, {os.cpu_count()} processors; "
          f"Python {platform.python_version()}, numpy {version('numpy')}; display: {display}\n")
    print("| what | median | beside |\n|---|---:|---:|")
    for name, times in starts.items():
        median = statistics.median(times)
        print(f"| process start to first frame: {name} | {median * 1e3:.0f} ms | {median / bare:.2f} x bare window |")
    slowest = statistics.quantiles(plain, n=100)[98]
    print(f"| one turn, one game | {median_ms(plain)} | 99 % under {slowest * 1e3:.1f} ms |")
    print(f"| the same with ledger | {median_ms(with_ledger)} | "
          f"{statistics.median(with_ledger) / statistics.median(plain):.2f} x without |")
    turns = BATCH * 12 / batch
    print(f"| {BATCH:,} games of 12 turns, policy random, one core | {batch:.1f} s | "
          f"{turns:,.0f} turns a second, {statistics.median(plain) * turns:.0f} x one by one |")


def processor() -> str:
    """The processor's name where the system tells it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "processor not named"


def start_times(programs: dict[str, str]) -> dict[str, list[float]]:
    """Seconds of whole processes, the programs in turns, after one start that does not count."""
    times: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(STARTS + 1):
        for name, code in programs.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
            if number:
                times[name].append(time.perf_counter() - began)
    return times


def turn_times(rules: Rules) -> tuple[list[float], list[float]]:
    """Seconds of single turns of one game under the random policy, without and with the ledger."""
    plain: list[float] = []
    full: list[float] = []
    for game in range(GAMES_OF_ONE):
        state = begin(rules, 7, 1, game, 12)
        while state.running[0]:
            wanted = random_policy(rules, state, reading_of(rules, state), bot_dice(rules, state))
            after, report = timed(plain, lambda s=state, w=wanted: play(rules, s, w))
            began = plain[-1]
            timed(full, lambda r=report: ledger(rules, r))
            full[-1] += began
            state = after
    return plain, full


def timed(times: list[float], work: Callable):
    began = time.perf_counter()
    result = work()
    times.append(time.perf_counter() - began)
    return result


def median_ms(times: list[float]) -> str:
    return f"{statistics.median(times) * 1e3:.2f} ms"


if __name__ == "__main__":
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
        os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    main()
