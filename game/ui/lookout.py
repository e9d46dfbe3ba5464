"""Looking ahead beside the frames: a thread works out forecasts, a page asks for them and is told when they are there.

A game's state never changes once it is made, and an outlook is made from such states alone, so nothing needs a lock.
Read next: game/view/lookahead.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread
from typing import TYPE_CHECKING

from game.ui.kit import Painter, Widget
from game.ui.yielding import yielding

if TYPE_CHECKING:
    from game.ui.app import App
    from game.view.lookahead import Ahead, Situation

PAGES = ("desk", "cabinet")  # screens for which it is worth looking ahead
WARM_UP = 400  # ms for which a desk is let alone before it looks ahead, so that it appears at once


class Lookout:
    """What was worked out, and what is being worked out now; `beside` False: at once, when it is asked for."""

    def __init__(self, app: App, beside: bool = True) -> None:
        from game.view.lookahead import Foresight

        self.app, self.beside = app, beside
        self._kept = Foresight()
        self._wishes: dict[tuple, tuple[Situation, int]] = {}  # the most urgent first
        self._thread: Thread | None = None
        self._problem: Exception | None = None

    def find(self, now: Situation, place: int) -> Ahead | None:
        """What is known of the card at a place, of the cabinet or of the plan; None while it is not.

        Raises what the thread met.
        """
        if self._problem is not None:
            raise self._problem
        return self._kept.find(now, place) if self.beside else self._kept.get(now, place)

    def show(self, now: Situation, place: int) -> Ahead | None:
        """What a page shows meanwhile: that, or what was known before the latest decision elsewhere."""
        return self.find(now, place) or self._kept.latest(now, place)

    def ask(self, now: Situation, places: Sequence[int]) -> None:
        """Work these out, the most urgent first; whatever was asked for before is given up."""
        from game.view.lookahead import key_of

        left = [place for place in places if self.find(now, place) is None]
        self._wishes = {(id(now.state), *key_of(now, place)): (now, place) for place in left}
        if left and (self._thread is None or not self._thread.is_alive()):
            self._thread = Thread(target=self._work, name="looking ahead", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        with yielding():
            self._look()

    def _look(self) -> None:
        from game.outlook.forecast import Stopped
        from game.view.lookahead import look

        while wishes := self._wishes:
            key, (now, place) = next(iter(wishes.items()))
            try:
                self._kept.keep(now, place, look(now, place, lambda key=key, now=now: self._given_up(key, now)))
            except Stopped:
                if self._wishes is wishes:
                    self._wishes = {}  # the page was left
                continue
            except Exception as problem:  # a page raises it where it can be seen
                self._problem, self._wishes = problem, {}
            self._wishes = {other: wish for other, wish in self._wishes.items() if other != key}

    def _given_up(self, key: tuple, now: Situation) -> bool:
        app = self.app
        playing = app.running and app.screen[0] in PAGES and app.session is not None
        return not playing or app.session.state is not now.state or next(iter(self._wishes), None) != key


def lookout(app: App) -> Lookout:
    if "lookout" not in app.kept:
        app.kept["lookout"] = Lookout(app)
    return app.kept["lookout"]


class LookAhead(Widget):
    """Takes no room. Asks for forecasts after `delay` ms; builds the screen anew as the first `shows` come."""

    def __init__(self, app: App, now: Situation, places: Sequence[int], shows: int = 0, delay: int = 0) -> None:
        super().__init__(key="look ahead")
        missing = [place for place in places if lookout(app).find(now, place) is None] if lookout(app).beside else []
        self.app, self.now, self.places, self.delay = app, now, places, delay
        self.awaited = [place for place in places[:shows] if place in missing]
        self.animating = bool(missing)
        self._since: float | None = None

    def measure(self, p: Painter, width: float) -> float:
        return 0.0

    def tick(self, now: float) -> None:
        self._since = now if self._since is None else self._since
        if now - self._since < self.delay:
            return
        lookout(self.app).ask(self.now, self.places)
        self.animating = bool(self.awaited)
        if any(lookout(self.app).find(self.now, place) is not None for place in self.awaited):
            self.animating = False
            self.app.refresh()
