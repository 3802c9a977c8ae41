"""The promised call back in a prompt: natural times, the one that was chosen, and how soon it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from cti_desktop.core.disposition import Code, Draft
from cti_desktop.core.follow_up import Natural, NaturalTime, natural_times
from cti_desktop.core.said_time import read_time
from cti_desktop.desktop.viewmodels.words import language, times
from cti_desktop.desktop.viewmodels.words import prompts as words

MAX_SHORTCUTS: Final = len(Natural)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A natural time for a follow-up."""

    label: str
    at: datetime
    chosen: bool
    kind: Natural

    def moment(self, now: datetime, zone: tzinfo | None) -> datetime:
        """What it means by `now`: whoever thinks it over for ten minutes still gets a whole hour."""
        times_now = {natural.kind: natural.at for natural in natural_times(now, zone)}
        return times_now.get(self.kind, self.at)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`needed` by the chosen code; `text`: when and how soon; `now`: when this was true."""

    needed: bool
    at: datetime | None
    text: str
    shortcuts: tuple[Shortcut, ...]
    now: datetime


def read(text: str, now: datetime, zone: tzinfo | None) -> datetime | None:
    """What the agent has written, as a time; None when it is not understood."""
    return read_time(text, now, zone, month_first=language.formats().month_first)


def follow_up(code: Code | None, draft: Draft, now: datetime, zone: tzinfo | None) -> FollowUp:
    """The field as it stands."""
    at = draft.follow_up_at
    text = words.follow_up_in(times.when(at, now, zone), times.until(at - now)) if at and at > now else ""
    return FollowUp(
        needed=code is not None and "follow_up" in code.requires,
        at=at,
        text=text,
        shortcuts=tuple(
            Shortcut(_said(natural, now, zone), natural.at, natural.at == at, natural.kind)
            for natural in natural_times(now, zone)
        ),
        now=now,
    )


def _said(natural: NaturalTime, now: datetime, zone: tzinfo | None) -> str:
    clock = times.clock(natural.at, zone)
    match natural.kind:
        case Natural.IN_AN_HOUR:
            return words.IN_AN_HOUR
        case Natural.THIS_AFTERNOON:
            return words.this_afternoon(clock)
        case Natural.TOMORROW:
            return words.tomorrow(clock)
        case Natural.MONDAY:
            # Said on a Sunday or a Monday, "Monday" could be taken for another one.
            far = natural.at.astimezone(zone).date() - now.astimezone(zone).date() >= timedelta(days=7)
            date = f"{times.DAYS[0]} {times.day_name(natural.at, now, zone)}"
            return words.on_day(date if far else times.LONG_DAYS[0], clock)
