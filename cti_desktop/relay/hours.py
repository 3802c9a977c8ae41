"""When the team works: by then silence means something. The clock is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from cti_desktop.providers.contract import zone_named

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """`days` are 0 for Monday to 6; a day that closes before it opens goes past midnight."""

    opens: time = time(10)
    closes: time = time(19)
    days: frozenset[int] = frozenset(range(6))
    timezone: str = "Asia/Kolkata"

    def open_since(self, now: datetime) -> datetime | None:
        """When the working hours in which `now` lies began; None outside of them."""
        zone = zone_named(self.timezone)
        local = now.astimezone(zone)
        for day in (local, local - timedelta(days=1)):
            began = _at(day, self.opens, zone)
            ended = _at(day, self.closes, zone)
            if ended <= began:
                ended += timedelta(days=1)
            if day.weekday() in self.days and began <= now < ended:
                return began
        return None


def days_of(text: str) -> frozenset[int]:
    """`mon-sat`, `mon,wed,fri` or `sun-thu` as numbers. Raises `ValueError`."""
    found: set[int] = set()
    for part in text.lower().split(","):
        first, _, last = (word.strip() for word in part.partition("-"))
        begin, end = DAYS.index(first), DAYS.index(last or first)
        found.update((begin + n) % 7 for n in range((end - begin) % 7 + 1))
    return frozenset(found)


def _at(day: datetime, clock: time, zone: tzinfo | None) -> datetime:
    return datetime.combine(day.date(), clock, zone)
