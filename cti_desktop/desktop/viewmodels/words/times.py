"""Durations, clock times and counts in words. `zone` None means the computer's own."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Final

from cti_desktop.desktop.viewmodels.words.language import formats, translate

DAYS: Final = (
    translate("Times", "Mon"),
    translate("Times", "Tue"),
    translate("Times", "Wed"),
    translate("Times", "Thu"),
    translate("Times", "Fri"),
    translate("Times", "Sat"),
    translate("Times", "Sun"),
)
LONG_DAYS: Final = (
    translate("Times", "Monday"),
    translate("Times", "Tuesday"),
    translate("Times", "Wednesday"),
    translate("Times", "Thursday"),
    translate("Times", "Friday"),
    translate("Times", "Saturday"),
    translate("Times", "Sunday"),
)
MONTHS: Final = (
    translate("Times", "Jan"),
    translate("Times", "Feb"),
    translate("Times", "Mar"),
    translate("Times", "Apr"),
    translate("Times", "May"),
    translate("Times", "Jun"),
    translate("Times", "Jul"),
    translate("Times", "Aug"),
    translate("Times", "Sep"),
    translate("Times", "Oct"),
    translate("Times", "Nov"),
    translate("Times", "Dec"),
)
_WEEK: Final = 7
_NOON: Final = 12
_MINUTE: Final = 60
_BRIEF: Final = 45
_DAY_AND_HALF: Final = 36


def duration(length: timedelta) -> str:
    """`01:07`, from an hour on `1:00:05`; a negative length (a clock was set) reads `00:00`."""
    seconds = max(0, int(length.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def clock(moment: datetime, zone: tzinfo | None) -> str:
    """`14:05`, or `2:05 pm` where that is usual."""
    local = moment.astimezone(zone)
    if not formats().twelve_hours:
        return f"{local:%H:%M}"
    half = translate("Times", "pm") if local.hour >= _NOON else translate("Times", "am")
    return f"{local.hour % _NOON or _NOON}:{local:%M} {half}"


def when(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """`14:05` for today, else `Yesterday 14:05`, `Tomorrow 10:00`, `Fri 14:05`, `12 Nov 14:05`."""
    day = day_name(moment, now, zone)
    return " ".join(part for part in (day, clock(moment, zone)) if part)


def day_name(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """The day of `moment` as seen from `now`; empty for today."""
    then, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    distance = (then - today).days
    near = {-1: translate("Times", "Yesterday"), 0: "", 1: translate("Times", "Tomorrow")}
    if distance in near:
        return near[distance]
    if -_WEEK < distance < 0:
        return DAYS[then.weekday()]
    if 0 < distance < _WEEK:
        return LONG_DAYS[then.weekday()]
    month = MONTHS[then.month - 1]
    first = formats().month_first
    day = f"{month} {then.day}" if first else f"{then.day} {month}"
    if then.year == today.year:
        return day
    return f"{day}, {then.year}" if first else f"{day} {then.year}"


def span(length: timedelta) -> str:
    """A length to read, roughly: `a few seconds`, `1 minute`, `5 hours`, `2 days`."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < _BRIEF:
        return translate("Times", "a few seconds")
    minutes = max(1, round(seconds / _MINUTE))
    if minutes < _MINUTE:
        return translate("Times", "%n minute", "%n minutes", minutes)
    hours = round(minutes / _MINUTE)
    if hours < _DAY_AND_HALF:
        return translate("Times", "%n hour", "%n hours", hours)
    return translate("Times", "%n day", "%n days", round(hours / 24))


def until(length: timedelta) -> str:
    """How soon something happens: `now`, `in 12 s`, `in 5 minutes`."""
    seconds = round(length.total_seconds())
    if seconds < 1:
        return translate("Times", "now")
    if seconds < _MINUTE:
        return translate("Times", "in {seconds}\u00a0s").format(seconds=seconds)
    return translate("Times", "in {span}").format(span=span(length))


def count(number: int, one: str, many: str) -> str:
    """`1 call`, `2 calls`, for words that are translated already."""
    return f"{number} {one if number == 1 else many}"
