"""A small cache that forgets what has not been used for longest."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable


class Cache:
    """Keeps at most `limit` values."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.kept: OrderedDict[Hashable, object] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], object]) -> object:
        """The kept value, or what `make()` gives."""
        if key in self.kept:
            self.kept.move_to_end(key)
            return self.kept[key]
        value = self.kept[key] = make()
        if len(self.kept) > self.limit:
            self.kept.popitem(last=False)
        return value

    def clear(self) -> None:
        self.kept.clear()
