"""The form that asks for one call's disposition: choices, fields, errors in words, and whose call it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from itertools import chain, repeat
from string import ascii_lowercase
from typing import Final

from cti_desktop.core.disposition import Code, Draft, problems
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.report import Direction
from cti_desktop.core.text import one_line
from cti_desktop.desktop.screen import OutboxState, Situation
from cti_desktop.desktop.viewmodels.caller import CallerModel, caller_model
from cti_desktop.desktop.viewmodels.card import talk_time
from cti_desktop.desktop.viewmodels.words import prompts as words
from cti_desktop.desktop.viewmodels.words import times

_COLOR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_GREY: Final = "#64748b"
_MORNING: Final = time(10)
_MONDAY: Final = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """An outcome to choose. `key` is a digit or empty; `color` is always `#rrggbb`."""

    code: str
    label: str
    key: str
    color: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SubChoice:
    """A reason below the chosen outcome. `key` is a letter."""

    code: str
    label: str
    key: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A natural time for a follow-up."""

    label: str
    at: datetime
    chosen: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`needed` by the chosen code; `text`: when and how soon; `earliest`, `suggested`: for the editor."""

    needed: bool
    at: datetime | None
    text: str
    shortcuts: tuple[Shortcut, ...]
    earliest: datetime
    suggested: datetime


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong beside each field, in words; empty where nothing is."""

    code: str = ""
    sub_code: str = ""
    notes: str = ""
    follow_up_at: str = ""


@dataclass(frozen=True, slots=True)
class PromptModel:
    """The prompt that is open. `saving`: on its way to the disk, nothing can be changed."""

    call_id: str
    caller: CallerModel
    summary: str
    position: str
    draft: Draft
    choices: tuple[Choice, ...]
    sub_choices: tuple[SubChoice, ...]
    follow_up: FollowUp
    notes_needed: bool
    errors: Errors
    refused: str = ""
    saving: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader announces."""
        return words.announcement(self.caller.brief)


def prompt_model(situation: Situation, zone: tzinfo | None = None) -> PromptModel | None:
    """The first prompt in the queue, or None when nothing is asked."""
    calls = {call.id: call for call in situation.calls}
    order = [call_id for call_id in situation.prompt_order if call_id in calls]
    if not order:
        return None
    call, now = calls[order[0]], situation.now
    code = situation.catalogue.find(call.draft.code)
    return PromptModel(
        call_id=call.id,
        caller=caller_model(call.info.caller),
        summary=_summary(call, now, zone),
        position=words.position(1, len(order)),
        draft=call.draft,
        choices=_choices(situation, call.draft),
        sub_choices=_sub_choices(code, call.draft),
        follow_up=_follow_up(code, call.draft, now, zone),
        notes_needed=code is not None and "notes" in code.requires,
        errors=_errors(situation, call),
        refused=_refused(situation, call),
        saving=call.id in situation.saving,
    )


def _summary(call: MyCall, now: datetime, zone: tzinfo | None) -> str:
    talked = talk_time(call)
    direction = "Outgoing" if call.info.direction is Direction.OUTGOING else "Incoming"
    at = call.answered_at or call.rang_at or call.heard_at
    queue = one_line(call.info.queue, 60) if call.info.queue else ""
    length = times.duration(talked) if talked else ""
    return "  ·  ".join(
        part for part in (direction, queue, times.when(at, now, zone) if at else "", length) if part
    )


def _choices(situation: Situation, draft: Draft) -> tuple[Choice, ...]:
    """Retired codes are offered only where a draft already has them."""
    return tuple(
        Choice(
            code.code,
            one_line(code.label, 60),
            code.key if code.key and code.key.isdigit() and len(code.key) == 1 else "",
            code.color if _COLOR.fullmatch(code.color) else _GREY,
            code.code == draft.code,
        )
        for code in situation.catalogue.codes
        if not code.retired or code.code == draft.code
    )


def _sub_choices(code: Code | None, draft: Draft) -> tuple[SubChoice, ...]:
    subs = code.sub_codes if code else ()
    offered = [sub for sub in subs if not sub.retired or sub.code == draft.sub_code]
    return tuple(
        SubChoice(sub.code, one_line(sub.label, 60), key, sub.code == draft.sub_code)
        for sub, key in zip(offered, chain(ascii_lowercase, repeat("")), strict=False)
    )


def _follow_up(code: Code | None, draft: Draft, now: datetime, zone: tzinfo | None) -> FollowUp:
    at = draft.follow_up_at
    text = words.follow_up_in(times.when(at, now, zone), times.until(at - now)) if at and at > now else ""
    tomorrow = _at_ten(now, 1, zone)
    return FollowUp(
        needed=code is not None and "follow_up" in code.requires,
        at=at,
        text=text,
        shortcuts=tuple(Shortcut(label, moment, moment == at) for label, moment in _shortcuts(now, zone)),
        earliest=now,
        suggested=tomorrow,
    )


def _shortcuts(now: datetime, zone: tzinfo | None) -> list[tuple[str, datetime]]:
    """In an hour, tomorrow at ten, and the first Monday after that at ten."""
    in_an_hour = _rounded_up(now + timedelta(hours=1))
    weekday = now.astimezone(zone).weekday()
    days = (_MONDAY - weekday) % 7
    monday = _at_ten(now, days if days > 1 else days + 7, zone)
    tomorrow = _at_ten(now, 1, zone)
    # Said on a Sunday or a Monday, "Monday" could be taken for another one.
    far = f"{times.DAYS[_MONDAY]} {times.day_name(monday, now, zone)}"
    day = times.LONG_DAYS[_MONDAY] if days > 1 else far
    return [
        (words.IN_AN_HOUR, in_an_hour),
        (words.tomorrow(times.clock(tomorrow, zone)), tomorrow),
        (words.on_day(day, times.clock(monday, zone)), monday),
    ]


def _at_ten(now: datetime, days: int, zone: tzinfo | None) -> datetime:
    """Ten o'clock on the agent's wall, `days` from now; a change to summer time doesn't move it."""
    day = now.astimezone(zone).date() + timedelta(days=days)
    naive = datetime.combine(day, _MORNING)
    return from_wall(naive, zone)


def to_wall(moment: datetime, zone: tzinfo | None) -> datetime:
    """`moment` as the clock on the agent's wall shows it, without a zone: for an input."""
    return moment.astimezone(zone).replace(tzinfo=None)


def from_wall(naive: datetime, zone: tzinfo | None) -> datetime:
    """What `to_wall` made, as a moment again."""
    return naive.replace(tzinfo=zone) if zone else naive.astimezone()


def _rounded_up(moment: datetime) -> datetime:
    """The next full five minutes."""
    floor = moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)
    return floor if floor == moment else floor + timedelta(minutes=5)


def _errors(situation: Situation, call: MyCall) -> Errors:
    """What was complained of and is not mended yet."""
    said = situation.problems.get(call.id, ())
    still = set(problems(call.draft, situation.catalogue, situation.now))
    found = {p.field: words.fault(p.field, p.fault) for p in said if p in still}
    return Errors(**{f: found.get(f, "") for f in ("code", "sub_code", "notes", "follow_up_at")})


def _refused(situation: Situation, call: MyCall) -> str:
    """Why the relay sent this call's disposition back, if it did."""
    for item in situation.outbox:
        if item.state is OutboxState.PARKED and item.disposition.call_id == call.id:
            return words.refused(one_line(item.message, 200))
    return ""
