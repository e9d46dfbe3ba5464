"""How quickly the game is there, what a frame costs, what idling costs: `python -m tests.benchmarks.starting`.

Every start is a whole process that begins as a player's does, with the command line; it says at which moment what was
waited for was there, and the moment before the process was made is subtracted. Programs run in turns, after one turn
that does not count (it writes compiled Python and the cache of scenarios, both into a folder that is removed). Without
a display SDL's dummy driver is used, which shows nothing.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTS = 9
IDLE_SECONDS, IDLE_RUNS = 4.0, 3
FRAMES = 9

SAY = "import os, time\ndef there(): print(time.perf_counter(), flush=True); os._exit(0)\n"
BARE = SAY + """
import pygame
pygame.display.init(); pygame.font.init()
window = pygame.display.set_mode({size}); window.fill((247, 238, 214)); pygame.display.flip()
there()
"""
# The program runs as it is; a hook is told of its imports, and game.ui.app is what it imports after the first frame.
PLAY = SAY + """
import sys
def heard(event, given):
    if event == "import" and given[0] == "game.ui.app":
        first_frame_is_there()
sys.addaudithook(heard)
from game.cli import main
def post(key):
    import pygame
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode="", mod=0, scancode=0))
def each_step(then):
    window, step = sys.modules["game.ui.loop"].Window, sys.modules["game.ui.loop"].Window.step
    window.step = lambda self: then(self, step)
"""
FIRST = PLAY + """
def first_frame_is_there(): there()
main(["play"])
"""
TITLE = PLAY + """
def first_frame_is_there(): each_step(answered)
def answered(window, step):
    post(9)  # the tab key
    step(window)
    assert window.app.stage.focus_visible, "the title did not take the key"
    there()
main(["play"])
"""
DESK = PLAY + """
def first_frame_is_there(): each_step(stepped)
def stepped(window, step):
    step(window)
    if not window.app.prepared:
        return True
    from game.replay import Settings
    document = window.app.scenarios[0].document
    window.app.begin(window.app.scenarios[0], Settings(
        1, list(document.lengths)[0], document.difficulties[0].id, tuple(p.id for p in document.priorities[:2])))
    step(window)
    there()
main(["play"])
"""
WAITING = """
import pygame, time
pygame.display.init(); pygame.display.set_mode({size})
pygame.event.get()
ends, used = time.monotonic() + {seconds}, time.process_time()
while time.monotonic() < ends:
    pygame.event.wait(200)
print((time.process_time() - used) / {seconds})
"""
IDLING = """
import time, pygame
from game.ui.loop import Window
window = Window()
while not window.app.prepared:
    window.step()
if not {music}:
    pygame.mixer.quit()
for _ in range(60):
    window.step(); window.wait()
ends, used = time.monotonic() + {seconds}, time.process_time()
while time.monotonic() < ends:
    window.step(); window.wait()
print((time.process_time() - used) / {seconds})
"""
FRAME = """
import time, pygame
from game.replay import Settings
from game.ui.loop import Window
window = Window()
while not window.app.prepared:
    window.step()
app = window.app
document = app.scenarios[0].document
app.begin(app.scenarios[0], Settings(
    1, list(document.lengths)[0], document.difficulties[0].id, tuple(p.id for p in document.priorities[:2])))
for _ in range(3):
    window.step()
painter, area, maps = app.stage.painter, app.stage.painter.area, app.maps
def frame(forget):
    if forget:
        painter.resize(painter.size, painter.text_scale)  # empties every cache of the painter
        app.stage.relayout()
    if forget == "all":
        maps._land = maps._base = maps._tags = None
        maps._arrows.clear()
    app.stage.invalidate(area)
    began = time.perf_counter()
    app.stage.draw(window.surface)
    return time.perf_counter() - began
for _ in range({runs}):
    print(frame("all"), frame("all but the map"))
    frame("")
    print(sorted(frame("") for _ in range(9))[4])
"""


def starts(runs: int = STARTS) -> dict[str, list[float]]:
    """Seconds from before the process is made: "bare window", "first frame", "title takes input", "desk"."""
    with tempfile.TemporaryDirectory() as home:
        size = _numbers("from game.ui.opening import open_window; from game.ui.preferences import Preferences\n"
                        "print(*open_window(Preferences()).get_size())", home)
        window = (int(size[0]), int(size[1]))
        programs = {"bare window": BARE.format(size=window), "first frame": FIRST,
                    "title takes input": TITLE, "desk": DESK}
        times: dict[str, list[float]] = {name: [] for name in programs}
        for run in range(runs + 1):
            for name, code in programs.items():
                began = time.perf_counter()
                (there,) = _numbers(code, home)
                if run:
                    times[name].append(there - began)
        return times


def desk_uncached(runs: int = 5) -> list[float]:
    """Seconds to the desk where no scenario is in the cache."""
    times = []
    with tempfile.TemporaryDirectory() as home:
        for run in range(runs + 1):
            began = time.perf_counter()
            (there,) = _numbers(DESK, home, f"new-{run}")
            if run:
                times.append(there - began)
    return times


def frames(runs: int = FRAMES) -> dict[str, list[float]]:
    """Seconds of drawing the whole desk: "uncached", "uncached but for the map" (the dearest thing), "cached"."""
    with tempfile.TemporaryDirectory() as home:
        numbers = _numbers(FRAME.replace("{runs}", str(runs)), home)
    return {name: numbers[place::3] for place, name in enumerate(("uncached", "uncached but for the map", "cached"))}


def idle_shares(runs: int = IDLE_RUNS, seconds: float = IDLE_SECONDS) -> dict[str, list[float]]:
    """Share of one processor (1 is all of it) while nothing happens: a bare loop of event.wait, which is silent, and
    the game's title, silent and with its music playing (which SDL decodes and mixes in a thread of its own)."""
    idling = IDLING.replace("{seconds}", str(seconds))
    programs = {"event.wait": WAITING.format(size=(1280, 720), seconds=seconds),
                "title": idling.replace("{music}", "False"), "title with music": idling.replace("{music}", "True")}
    with tempfile.TemporaryDirectory() as home:
        shares: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(runs):
            for name, code in programs.items():
                shares[name] += _numbers(code, home)
    return shares


def _numbers(code: str, folder: str, home: str = "home") -> list[float]:
    """What a Python process printed; it keeps its files in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if sys.platform.startswith("linux") and not (kept.get("DISPLAY") or kept.get("WAYLAND_DISPLAY")):
        kept = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"} | kept
    kept |= {"TN_HOME": os.path.join(folder, home), "PYTHONPYCACHEPREFIX": os.path.join(folder, "compiled"),
             "PYTHONPATH": str(ROOT), "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    ran = subprocess.run([sys.executable, "-c", code], env=kept, stdout=subprocess.PIPE, text=True, check=True,
                         timeout=120)
    return [float(word) for word in ran.stdout.split()]


def main() -> None:
    found = {name: statistics.median(times) for name, times in starts().items()}
    found["desk, scenario not in the cache"] = statistics.median(desk_uncached())
    bare = found["bare window"]
    print("| from process start | median | beside a bare window |\n|---|---:|---:|")
    for name, seconds in found.items():
        print(f"| {name} | {seconds * 1e3:.0f} ms | {seconds / bare:.2f} x |")
    drawn = {name: statistics.median(times) for name, times in frames().items()}
    for name in ("uncached", "uncached but for the map"):
        print(f"| whole frame of the desk, cached | {drawn['cached'] * 1e3:.2f} ms | "
              f"1/{drawn[name] / drawn['cached']:.1f} of {name} ({drawn[name] * 1e3:.1f} ms) |")
    shares = {name: statistics.median(each) for name, each in idle_shares().items()}
    for name in ("title", "title with music"):
        print(f"| processor while idle, {name} | {shares[name]:.2%} | "
              f"1/{shares['event.wait'] / shares[name]:.1f} of an event.wait loop ({shares['event.wait']:.2%}) |")


if __name__ == "__main__":
    main()
