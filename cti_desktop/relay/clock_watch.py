"""Whether the wall clock can be trusted with deleting things: it must go as the monotonic clock goes.

A jump of more than an hour either way, or a start long after the store last knew the time, holds the purge
until the clock is right again, or somebody says that it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

JUMP: Final = timedelta(hours=1)
# So long a relay may have been switched off without anybody being asked.
OFF: Final = timedelta(days=14)


@dataclass(slots=True)
class ClockWatch:
    """Begins with what the store knew of the time, if anything: `trusted`. Both clocks are passed in."""

    trusted: datetime | None = None
    _at: float = 0.0
    _seen: bool = False
    held: bool = False

    def look(self, now: datetime, monotonic: float) -> bool:
        """Whether `now` can be believed; True at most changes back when the clock does."""
        if self.trusted is None:
            believed = True
        elif self._seen:
            ahead = now - self.trusted - timedelta(seconds=monotonic - self._at)
            believed = abs(ahead) <= JUMP
        else:
            believed = -JUMP <= now - self.trusted <= OFF
        if believed:
            self.trusted, self._at, self._seen = now, monotonic, True
        self.held = not believed
        return believed

    def told(self, moment: datetime) -> None:
        """Somebody has looked at the clock, and says that it was right at `moment`."""
        self.trusted, self._seen = moment, False
