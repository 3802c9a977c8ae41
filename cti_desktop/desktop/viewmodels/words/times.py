"""Durations, clock times and counts in words. `zone` None means the computer's own."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Final

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK: Final = 7
_MINUTE: Final = 60
_BRIEF: Final = 45
_DAY_AND_HALF: Final = 36


def duration(length: timedelta) -> str:
    """`01:07`, from an hour on `1:00:05`; a negative length (a clock was set) reads `00:00`."""
    seconds = max(0, int(length.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def count(number: int, one: str, many: str) -> str:
    """`1 call`, `2 calls`."""
    return f"{number} {one if number == 1 else many}"


def clock(moment: datetime, zone: tzinfo | None) -> str:
    """`14:05`."""
    return f"{moment.astimezone(zone):%H:%M}"


def when(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """`14:05` for today, else `Yesterday 14:05`, `Tomorrow 10:00`, `Fri 14:05`, `12 Nov 14:05`."""
    day = day_name(moment, now, zone)
    return " ".join(part for part in (day, clock(moment, zone)) if part)


def day_name(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """The day of `moment` as seen from `now`; empty for today."""
    then, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    distance = (then - today).days
    near = {-1: "Yesterday", 0: "", 1: "Tomorrow"}
    if distance in near:
        return near[distance]
    if -_WEEK < distance < 0:
        return DAYS[then.weekday()]
    if 0 < distance < _WEEK:
        return LONG_DAYS[then.weekday()]
    year = "" if then.year == today.year else f" {then.year}"
    return f"{then.day} {MONTHS[then.month - 1]}{year}"


def span(length: timedelta) -> str:
    """A length to read, roughly: `a few seconds`, `1 minute`, `5 hours`, `2 days`."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < _BRIEF:
        return "a few seconds"
    minutes = max(1, round(seconds / _MINUTE))
    if minutes < _MINUTE:
        return count(minutes, "minute", "minutes")
    hours = round(minutes / _MINUTE)
    return count(hours, "hour", "hours") if hours < _DAY_AND_HALF else count(round(hours / 24), "day", "days")


def until(length: timedelta) -> str:
    """How soon something happens: `now`, `in 12 s`, `in 5 minutes`."""
    seconds = round(length.total_seconds())
    if seconds < 1:
        return "now"
    return f"in {seconds} s" if seconds < _MINUTE else f"in {span(length)}"
