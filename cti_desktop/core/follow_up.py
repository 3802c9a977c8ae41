"""Promised calls back: the natural times to choose from, in the agent's zone, and when to be reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Final

MORNING: Final = time(10)
AFTERNOON: Final = time(16)
# How long a reminder that was put off stays away.
REMIND_AGAIN: Final = timedelta(minutes=10)
_MONDAY: Final = 0
_LEAST_NOTICE: Final = timedelta(hours=1, minutes=30)


class Natural(Enum):
    """The times that people say."""

    IN_AN_HOUR = "in_an_hour"
    THIS_AFTERNOON = "this_afternoon"
    TOMORROW = "tomorrow"
    MONDAY = "monday"


@dataclass(frozen=True, slots=True)
class NaturalTime:
    """`at` is `kind`, said now."""

    kind: Natural
    at: datetime


def natural_times(now: datetime, zone: tzinfo | None = None) -> tuple[NaturalTime, ...]:
    """What to offer at `now`, soonest first; `zone` None means the computer's."""
    today = now.astimezone(zone).date()
    days_to_monday = (_MONDAY - today.weekday()) % 7
    found = [NaturalTime(Natural.IN_AN_HOUR, rounded_up(now + timedelta(hours=1)))]
    afternoon = on_day(now, 0, AFTERNOON, zone)
    if afternoon - now >= _LEAST_NOTICE:
        found.append(NaturalTime(Natural.THIS_AFTERNOON, afternoon))
    found.append(NaturalTime(Natural.TOMORROW, on_day(now, 1, MORNING, zone)))
    # Tomorrow's Monday is "tomorrow", and on a Monday, it would be taken for another one.
    days = days_to_monday if days_to_monday > 1 else days_to_monday + 7
    found.append(NaturalTime(Natural.MONDAY, on_day(now, days, MORNING, zone)))
    return tuple(found)


def on_day(now: datetime, days: int, clock: time, zone: tzinfo | None) -> datetime:
    """`clock` on the agent's wall, `days` from now; a change to summer time doesn't move it."""
    day = now.astimezone(zone).date() + timedelta(days=days)
    return from_wall(datetime.combine(day, clock), zone)


def to_wall(moment: datetime, zone: tzinfo | None) -> datetime:
    """`moment` as the clock on the agent's wall shows it, without a zone: for an input."""
    return moment.astimezone(zone).replace(tzinfo=None)


def from_wall(naive: datetime, zone: tzinfo | None) -> datetime:
    """What `to_wall` made, as a moment again. An hour that a change of clocks leaves out is the one after."""
    return (naive.replace(tzinfo=zone) if zone else naive.astimezone()).astimezone(UTC)


def rounded_up(moment: datetime) -> datetime:
    """The next full five minutes."""
    floor = moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)
    return floor if floor == moment else floor + timedelta(minutes=5)
