"""Reads a time as people say it: `tomorrow 10`, `mon 3pm`, `in 45m`, `25/12 11:00`, `कल शाम 5 बजे`.

English and Hindi, mixed at will, whatever the language of the screen. What is not understood whole is not
understood at all: a promise must not be guessed from half a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from cti_desktop.core import time_words as words
from cti_desktop.core.follow_up import MORNING, from_wall

_NOON: Final = 12
# An hour that is neither `9 am` nor `09` and lies before the office opens is one after noon.
_OFFICE_OPENS: Final = 8
_CENTURY: Final = 2000
_WEEK: Final = 7
_BY_ITSELF: Final = {words.MORNING: MORNING, words.AFTERNOON: time(14), words.EVENING: time(18)}
_REWRITTEN: Final = (
    (re.compile(r"(?<![a-z])([ap])\.?\s?m(?![a-z])\.?"), r"\1m"),
    (re.compile(r"\bnoon\b"), "12 pm"),
    (re.compile(r"day after tomorrow"), "overmorrow"),
    (re.compile(r"half (an? )?hour|(आधे|आधा) (घंटे|घंटा)"), "30 m"),
)
_TOKEN: Final = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/-]\d{1,2}(?:[/-]\d{4}|[/-]\d{2})?)(?!\d)"
    r"|(?P<clock>\d{1,2}[:.]\d{2})(?!\d)"
    r"|(?P<number>\d{1,4})(?!\d)"
    r"|(?P<word>[^\s\d,;:/.-]+)"
    r"|(?P<noise>[\s,;.]+)"
    r"|(?P<bad>.)"
)


class _NotUnderstoodError(ValueError):
    """Stays in this module: the agent gets None."""


@dataclass(slots=True)
class _Said:
    """What was said so far, each thing once. `length`: from now; `day`: from today."""

    day: int | None = None
    weekday: int | None = None
    month: int | None = None
    day_of_month: int | None = None
    year: int | None = None
    hour: int | None = None
    minute: int | None = None
    half: str | None = None
    length: int | None = None
    next: bool = False
    literal: bool = False

    def once(self, **found: int | str) -> None:
        """Nobody says the same thing twice and means it."""
        for name, value in found.items():
            if getattr(self, name) is not None:
                raise _NotUnderstoodError(name)
            setattr(self, name, value)


def read_time(text: str, now: datetime, zone: tzinfo | None, *, month_first: bool = False) -> datetime | None:
    """The moment that `text` means, said at `now` by the agent's wall; None when it is not understood.

    A time without a day is the next one; a day without a time is its morning. A time of a day that was
    named may be over already.
    """
    try:
        said = _heard(words.plain(text), month_first=month_first)
        return _meant(said, now, zone)
    except (ValueError, OverflowError):  # `_NotUnderstoodError`, too; and there is no 31 February
        return None


# --- what was said ----------------------------------------------------------------------------------------


def _heard(text: str, *, month_first: bool) -> _Said:
    for pattern, instead in _REWRITTEN:
        text = pattern.sub(instead, text)
    found = [(m.lastgroup or "", m.group()) for m in _TOKEN.finditer(text) if m.lastgroup != "noise"]
    said = _Said()
    number: str | None = None
    for kind, token in found:
        if kind == "word" and number is not None and _counts(said, int(number), token):
            number = None
            continue
        if number is not None:
            _say_number(said, number)
            number = None
        match kind:
            case "number":
                number = token
            case "word":
                number = _say_word(said, token)
            case "clock":
                _say_clock(said, *re.split("[:.]", token))
            case "date":
                _say_date(said, token, month_first=month_first)
            case _:
                raise _NotUnderstoodError(token)
    if number is not None:
        _say_number(said, number)
    return said


def _counts(said: _Said, number: int, word: str) -> bool:
    """Whether `word` says what the number before it counts."""
    match words.VOCABULARY.get(word):
        case (words.Is.UNIT, int(minutes)) if minutes >= 24 * 60:
            said.once(day=number * minutes // (24 * 60))
        case (words.Is.UNIT, int(minutes)):
            said.length = (said.length or 0) + number * minutes
        case (words.Is.MONTH, int(month)):
            said.once(month=month, day_of_month=number)
        case _:
            return False
    return True


def _say_word(said: _Said, word: str) -> str | None:
    """Take up `word`; a number in words is given back."""
    match words.VOCABULARY.get(word):
        case (words.Is.DAY, int(days)):
            said.once(day=days)
        case (words.Is.WEEKDAY, int(weekday)):
            said.once(weekday=weekday)
        case (words.Is.MONTH, int(month)):
            said.once(month=month)
        case (words.Is.HALF, str(half)):
            said.once(half=half)
        case (words.Is.NUMBER, int(number)):
            return str(number)
        case (words.Is.NEXT, _):
            said.next = True
        case (words.Is.FILLER, _):
            pass
        case _:
            raise _NotUnderstoodError(word)
    return None


def _say_number(said: _Said, token: str) -> None:
    """`dec 25`, `1h 30`, or an hour."""
    if said.month is not None and said.day_of_month is None:
        said.day_of_month = int(token)
    elif said.length is not None:
        said.length += int(token)
    else:
        _say_clock(said, token, "0")


def _say_clock(said: _Said, hour: str, minute: str) -> None:
    said.once(hour=int(hour), minute=int(minute))
    said.literal = len(hour) > 1 and int(hour[0]) == 0


def _say_date(said: _Said, token: str, *, month_first: bool) -> None:
    first, second, *rest = (int(part) for part in re.split("[/-]", token))
    if first > 31:  # noqa: PLR2004 - no day of a month: 2026-12-25
        said.once(year=first, month=second, day_of_month=rest[0])
        return
    day, month = (second, first) if month_first else (first, second)
    said.once(day_of_month=day, month=month)
    if rest:
        said.year = rest[0] if rest[0] > _CENTURY else _CENTURY + rest[0]


# --- what it means ----------------------------------------------------------------------------------------


def _meant(said: _Said, now: datetime, zone: tzinfo | None) -> datetime:
    days = [said.day, said.month if said.weekday is None else said.weekday]
    if None not in days or (said.next and said.weekday is None):
        raise _NotUnderstoodError("several days")
    if said.length is not None:
        if any(part is not None for part in (*days, said.hour, said.half)):
            raise _NotUnderstoodError("a length and a time")
        return _full_second(now + timedelta(minutes=said.length))
    clock, today = _clock(said), now.astimezone(zone).date()
    if said.day is not None:
        return _moment(today + timedelta(days=said.day), clock, now, zone)
    if said.month is not None:
        return _on_date(said, clock, now, zone)
    if said.weekday is not None:
        ahead = (said.weekday - today.weekday()) % _WEEK or (_WEEK if said.next else 0)
        return _first_after(now, zone, clock, (today + timedelta(days=n) for n in (ahead, ahead + _WEEK)))
    if said.hour is None and said.half is None:
        raise _NotUnderstoodError("no time")
    return _first_after(now, zone, clock, (today + timedelta(days=n) for n in range(3)))


def _on_date(said: _Said, clock: time, now: datetime, zone: tzinfo | None) -> datetime:
    """This year's, or next year's where that is over. A weekday said with it must be its own."""
    year = now.astimezone(zone).year
    years = (said.year,) if said.year else (year, year + 1)
    days = [date(each, said.month or 0, said.day_of_month or 0) for each in years]
    found = _first_after(now, zone, clock, days)
    if said.weekday not in (None, found.astimezone(zone).weekday()):
        raise _NotUnderstoodError("another weekday")
    return found


def _clock(said: _Said) -> time:
    if said.hour is None:
        return _BY_ITSELF[said.half] if said.half in _BY_ITSELF else _no_hour(said)
    hour, half = said.hour, said.half
    if half in (words.AM, words.PM) and not 1 <= hour <= _NOON:
        raise _NotUnderstoodError("13 pm")
    if half == words.AM:
        hour %= _NOON
    elif half == words.PM:
        hour = hour % _NOON + _NOON
    elif half == words.EVENING or (half == words.AFTERNOON and hour < _OFFICE_OPENS):
        hour += _NOON if 0 < hour < _NOON else 0
    elif half is None and not said.literal and 0 < hour < _OFFICE_OPENS:
        hour += _NOON
    return time(hour, said.minute or 0)


def _no_hour(said: _Said) -> time:
    if said.half is not None:
        raise _NotUnderstoodError("am of what")
    return MORNING


def _first_after(now: datetime, zone: tzinfo | None, clock: time, days: Iterable[date]) -> datetime:
    """The first of these days on which `clock` is still to come, else the last of them."""
    found = now
    for day in days:
        found = _moment(day, clock, now, zone)
        if found > now:
            break
    return found


def _moment(day: date, clock: time, now: datetime, zone: tzinfo | None) -> datetime:
    """When clocks go back, an hour comes twice: the first of the two that is still to come."""
    naive = datetime.combine(day, clock)
    first, second = (from_wall(naive.replace(fold=fold), zone) for fold in (0, 1))
    return second if first <= now < second else first


def _full_second(moment: datetime) -> datetime:
    """Not the minute: `in 1m`, said in the middle of one, is in no two."""
    floor = moment.replace(microsecond=0)
    return floor if floor == moment else floor + timedelta(seconds=1)
