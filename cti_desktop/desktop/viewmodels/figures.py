"""The figures of the day: how many calls, how long, and how they went, for the strip above today's calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from cti_desktop.core.call import EndReason
from cti_desktop.core.disposition import Catalogue
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.report import Direction
from cti_desktop.core.text import one_line
from cti_desktop.desktop.viewmodels.card import talk_time
from cti_desktop.desktop.viewmodels.outcomes import color_of
from cti_desktop.desktop.viewmodels.words import day as words
from cti_desktop.desktop.viewmodels.words import times

MAX_BARS: Final = 5
# Put off over lunch, it was no wrap-up.
LONGEST_WRAP_UP: Final = timedelta(minutes=15)
_GREY: Final = "#64748b"


@dataclass(frozen=True, slots=True)
class Figure:
    """A name and a value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the chart: `share` of all, 0 to 1."""

    label: str
    count: int
    share: float
    color: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The strip. `bars`: the most frequent outcomes first, the rest as one."""

    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...]

    @property
    def spoken(self) -> str:
        """All of it for a screen reader."""
        parts = [words.figure(figure.name, figure.value) for figure in self.figures]
        return words.summary([*parts, *(words.bar(bar.label, bar.count) for bar in self.bars)])


def figures(calls: Iterable[MyCall], catalogue: Catalogue) -> Figures:
    """Of these calls, which are today's."""
    todays = list(calls)
    missed = [c for c in todays if c.info.reason is EndReason.MISSED and not _is_outgoing(c)]
    talked = sum((talk_time(call) or timedelta() for call in todays), timedelta())
    wrapped = sum((wrap_up_time(call) for call in todays), timedelta())
    return Figures(
        (
            Figure(words.CALLS, str(len(todays))),
            Figure(words.MISSED, str(len(missed))),
            Figure(words.TALK_TIME, times.duration(talked)),
            Figure(words.WRAP_UP_TIME, times.duration(wrapped)),
        ),
        _bars(todays, catalogue),
    )


def of_today(calls: Iterable[MyCall], now: datetime, zone: tzinfo | None) -> list[MyCall]:
    """Those that began on the day that it is for the agent, by when they began."""
    today = now.astimezone(zone).date()
    todays = [call for call in calls if (at := began(call)) and at.astimezone(zone).date() == today]
    return sorted(todays, key=lambda call: began(call) or now)


def began(call: MyCall) -> datetime | None:
    """When it rang, or the first that is known of it."""
    return call.rang_at or call.answered_at or call.ended_at or call.heard_at


def wrap_up_time(call: MyCall) -> timedelta:
    """From the end of the conversation to the saved outcome."""
    if call.disposed_at is None or call.ended_at is None or call.disposed_via == "provider":
        return timedelta()
    return min(LONGEST_WRAP_UP, max(timedelta(), call.disposed_at - call.ended_at))


def _is_outgoing(call: MyCall) -> bool:
    return call.info.direction is Direction.OUTGOING


def _bars(calls: list[MyCall], catalogue: Catalogue) -> tuple[Bar, ...]:
    """By outcome, whatever the reason below it."""
    counted = Counter(outcome_of(call, catalogue) for call in calls if call.disposed_as)
    total = counted.total()
    ranked = counted.most_common()
    shown = ranked if len(ranked) <= MAX_BARS else ranked[: MAX_BARS - 1]
    bars = [Bar(label, count, count / total, color) for (label, color), count in shown]
    rest = total - sum(bar.count for bar in bars)
    if rest:
        bars.append(Bar(words.OTHERS, rest, rest / total, _GREY))
    return tuple(bars)


def outcome_of(call: MyCall, catalogue: Catalogue) -> tuple[str, str]:
    """Its label without the reason below it, and its colour."""
    code = catalogue.find(call.saved.code) if call.saved else None
    if code is None:  # recorded elsewhere: only its words are known
        label = call.disposed_as.split(" · ")[0]
        code = next((c for c in catalogue.codes if c.label == label), None)
        return (one_line(label, 30), color_of(code) if code else _GREY)
    return one_line(code.label, 30), color_of(code)
