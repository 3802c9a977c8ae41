"""The relay's clock as this machine can tell it: set at every welcome, carried on by a steady counter."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def steady() -> float:
    """Seconds that never jump, and pass while the machine sleeps, too: what is due then must not be late."""
    # macOS has no CLOCK_BOOTTIME; its CLOCK_MONOTONIC counts sleep, but `time.monotonic()` does not use it.
    # Windows has neither, and `time.monotonic()` counts sleep there.
    counter = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
    return time.monotonic() if counter is None else time.clock_gettime(counter)


def wall() -> datetime:
    """This machine's own idea of the time, which may be years off."""
    return datetime.now(UTC)


class RelayClock:
    """Starts as this machine's wall clock, until the relay's is known."""

    def __init__(self, ticks: Callable[[], float] = steady, start: Callable[[], datetime] = wall) -> None:
        """`ticks` are seconds; `start` is asked once."""
        self._ticks = ticks
        self._base = start()
        self._set_at = ticks()
        self._is_relays = False

    @property
    def is_relays(self) -> bool:
        """Whether the relay has told its time. Until then nothing may be given up or deleted for its age."""
        return self._is_relays

    def set(self, relay_time: datetime) -> None:
        """The relay's clock shows `relay_time` at this moment."""
        self._base = relay_time
        self._set_at = self._ticks()
        self._is_relays = True

    def now(self) -> datetime:
        """The relay's clock now; aware."""
        return self._base + timedelta(seconds=self._ticks() - self._set_at)
