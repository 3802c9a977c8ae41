"""A circuit breaker: who failed several times in a row is left alone for a while. Pure; time is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_FAILURES: Final = 5
_FIRST_PAUSE: Final = 15.0
_LONGEST_PAUSE: Final = 300.0


@dataclass(slots=True)
class Breaker:
    """Times are in seconds, by any clock that only goes forward."""

    _failures: int = 0
    _pause: float = _FIRST_PAUSE
    _closed_until: float = 0.0

    def lets_through(self, now: float) -> bool:
        """Whether to ask. After a pause one question is let through to try."""
        if self._failures < _FAILURES:
            return True
        if now < self._closed_until:
            return False
        self._closed_until = now + self._pause
        return True

    def succeeded(self) -> None:
        """It answered, whatever it said."""
        self._failures, self._pause = 0, _FIRST_PAUSE

    def failed(self, now: float) -> bool:
        """It did not answer. True: from now on it is left alone."""
        self._failures += 1
        if self._failures < _FAILURES:
            return False
        if self._failures > _FAILURES:
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        self._closed_until = now + self._pause
        return self._failures == _FAILURES
