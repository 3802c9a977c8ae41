"""When the desk must look at the clock: overdue calls, countdowns, prompts that come back, reminders.

No timer knows that the machine slept: the clock is looked at every now and then while something is due.
"""

from __future__ import annotations

import math
from typing import Final

from cti_desktop.desktop.clock import RelayClock
from cti_desktop.desktop.desk import Desk

# How often overdue calls are looked for, while any is open; seconds.
TICK_SECONDS: Final = 5.0
# How long a countdown or a reminder is waited for before the clock is looked at again.
LEAST_WAIT_SECONDS: Final = 0.05
MOST_WAIT_SECONDS: Final = 15.0


class Pulse:
    """See the module. Moments are by the event loop's own clock, in seconds."""

    def __init__(self, desk: Desk, clock: RelayClock) -> None:
        """Everything is due at once."""
        self._desk = desk
        self._clock = clock
        self._next_tick = 0.0

    def next_beat(self, now: float) -> float | None:
        """When to call `beat`, even if nothing happens till then; None: when something happens."""
        watches = self._desk.has_open_calls and self._clock.is_relays
        due = self._next_tick if watches else math.inf
        seconds = self._desk.seconds_to_next
        if seconds is not None:
            due = min(due, now + max(LEAST_WAIT_SECONDS, min(seconds, MOST_WAIT_SECONDS)))
        return due if due < math.inf else None

    def beat(self, now: float) -> None:
        """Do what is due. Nothing is given up before the relay has told the time."""
        if self._clock.is_relays and now >= self._next_tick:
            self._next_tick = now + TICK_SECONDS
            self._desk.tick()
        self._desk.ask_again()
