"""Where a turn's time goes, by stage, without a line of measuring in the engine: its functions are wrapped here.

A function stands in STAGES by its module and name, a method by its class; while it runs, time counts for its stage,
except what an inner function of another stage takes. What none of them takes is "the rest". Read next: single.py.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps

from tests.benchmarks.games import Table, by_engine
from tests.benchmarks.measuring import Share

REST, POLICY = "the rest", "policy"
STAGES = {
    "dice": ("engine.luck:uniforms", "engine.formulas:driver_luck"),
    "drivers, auxiliaries, conditions": ("engine.passes:Passes.open",),
    "agenda": ("engine.agenda:draw_agenda",),
    POLICY: (),
    "decisions": ("engine.decisions:options", "engine.decisions:settle"),
    "landing": ("engine.landing:gather", "engine.landing:charges", "engine.landing:send",
                "engine.arrivals:Arrivals.split"),
    "resolution, stocks, closing": ("engine.turn:_purses", "engine.passes:Passes.resolve"),
    "endings and advance": ("engine.turn:_advance", "engine.state:frozen"),
    "counting": ("outlook.batch:_count", "outlook.batch:_bound"),
}


class Stopwatch:
    """Seconds by stage; one stage runs at a time, the innermost."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = defaultdict(float)
        self.running, self.since = [REST], time.perf_counter()

    def switch(self) -> None:
        now = time.perf_counter()
        self.taken[self.running[-1]] += now - self.since
        self.since = now

    def watched(self, stage: str, function: Callable) -> Callable:
        @wraps(function)
        def timed(*arguments, **named):
            self.switch()
            self.running.append(stage)
            try:
                return function(*arguments, **named)
            finally:
                self.switch()
                self.running.pop()
        return timed


@contextmanager
def wrapped(watch: Stopwatch) -> Iterator[None]:
    """The engine with every function of STAGES under the stopwatch, wherever it has been imported to."""
    undo = []
    for stage, places in STAGES.items():
        for place in places:
            for holder, name, function in holders(place):
                setattr(holder, name, watch.watched(stage, function))
                undo.append((holder, name, function))
    try:
        yield
    finally:
        for holder, name, function in undo:
            setattr(holder, name, function)


def holders(place: str) -> list[tuple[object, str, Callable]]:
    """Where a function of STAGES is to be found: its class, or every module of the game that has imported it."""
    module, name = place.split(":")
    home = importlib.import_module(f"game.{module}")
    if "." in name:
        owner, method = name.split(".")
        return [(getattr(home, owner), method, getattr(getattr(home, owner), method))]
    function = getattr(home, name)
    modules = [module for key, module in sys.modules.items() if key.split(".")[0] == "game"]
    return [(module, own, function) for module in modules for own, value in vars(module).items() if value is function]


def stage_times(table: Table, games: int) -> dict[str, float]:
    """Processor seconds by stage for one turn of one game, in one job of many games."""
    watch = Stopwatch()
    policy = watch.watched(POLICY, table.policy)
    with wrapped(watch):
        share, watch.since = Share(), time.perf_counter()
        turns = by_engine(replace(table, policy=policy), games).turns_played
        watch.switch()
    busy = share.so_far()  # the clock that is fine enough for stages runs on while other programs have the processor
    return {stage: watch.taken[stage] * busy / turns for stage in (*STAGES, REST)}
