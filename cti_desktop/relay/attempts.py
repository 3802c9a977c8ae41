"""How often somebody may try: a sliding window per key, bounded in memory. The clock is passed in."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable
from typing import Final

LIMIT: Final = 5
WINDOW_SECONDS: Final = 600.0
_MAX_KEYS: Final = 10_000


class Attempts:
    """Tries that failed, or whose outcome isn't known yet, by key (an address, a code's digest)."""

    def __init__(self, limit: int = LIMIT, window: float = WINDOW_SECONDS, keys: int = _MAX_KEYS) -> None:
        """At most `limit` within `window` seconds; remembers so many `keys`."""
        self._most = keys
        self._limit = limit
        self._window = window
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def begin(self, keys: Iterable[str], now: float) -> bool:
        """Count a try against each key; False, and nothing counted, where one of them is used up."""
        tries = [self._recent(key, now) for key in keys]
        if any(len(t) >= self._limit for t in tries):
            return False
        for t in tries:
            t.append(now)
        return True

    def forgive(self, keys: Iterable[str], now: float) -> None:
        """The try that began at `now` succeeded: it doesn't count."""
        for key in keys:
            if now in (tries := self._recent(key, now)):
                tries.remove(now)

    def _recent(self, key: str, now: float) -> deque[float]:
        tries = self._tries.setdefault(key, deque())
        self._tries.move_to_end(key)
        while tries and tries[0] <= now - self._window:
            tries.popleft()
        if len(self._tries) > self._most:
            self._tries.popitem(last=False)
        return tries
