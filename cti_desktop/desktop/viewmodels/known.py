"""What the relay knows of a caller, in the order in which it helps. Few lines, each short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Final

from cti_desktop.core.events import Caller, FollowUp, Interaction, Result
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.people import Person
from cti_desktop.core.report import Direction, is_recovered
from cti_desktop.core.text import one_line
from cti_desktop.desktop.viewmodels.words import callers as words
from cti_desktop.desktop.viewmodels.words import calls, times

Line = tuple[str, str]

MAX_LINES: Final = 6
_NOTE: Final = 120
_TAGS: Final = 2
_FIELDS: Final = 2
# As many earlier calls as a relay tells of.
_TOLD: Final = 10


def known_lines(
    call: MyCall, me: Person | None, now: datetime, zone: tzinfo | None = None
) -> tuple[Line, ...]:
    """Lines of the card's panel, (label, text); empty where the relay told of nothing."""
    caller = call.info.caller
    return tuple(list(_lines(call, caller, me, now, zone))[:MAX_LINES])


def has_history(call: MyCall) -> bool:
    """Whether the relay told of earlier calls: it knows more of them than this device remembers."""
    return bool(_earlier(call))


def known_chips(call: MyCall, me: Person | None) -> tuple[str, ...]:
    """Short remarks: who spoke last, tags, whether somebody is still asked."""
    caller = call.info.caller
    talked = next((i for i in _earlier(call) if i.result is Result.TALKED), None)
    mine = talked is not None and talked.agent is not None and me is not None and talked.agent.id == me.id
    found = [words.YOU_SPOKE_LAST] if mine and me is not None and me.id else []
    if caller.contact is not None:
        found += [one_line(tag, 40) for tag in caller.contact.tags[:_TAGS]]
    if caller.pending and call.is_open:  # an answer that a restart swallowed never comes
        found.append(words.LOOKING_UP)
    if is_recovered(call.id):
        found.append(words.RECOVERED)
    return tuple(found)


def is_vip(call: MyCall) -> bool:
    """Whether the contact is marked."""
    return call.info.caller.contact is not None and call.info.caller.contact.vip


def is_promise_broken(call: MyCall, now: datetime) -> bool:
    """Whether the first line tells of a call back that should have been made."""
    promises = call.info.caller.open_follow_ups
    return bool(promises) and promises[0].due_at < now


def _lines(
    call: MyCall, caller: Caller, me: Person | None, now: datetime, zone: tzinfo | None
) -> Iterator[Line]:
    if caller.open_follow_ups:
        yield words.FOLLOW_UP, _promise(caller.open_follow_ups[0], me, now, zone)
    earlier = _earlier(call)
    if earlier:
        yield calls.LAST_CALL, _told(earlier[0], me, now, zone)
        if earlier[0].notes:
            yield words.NOTE, one_line(earlier[0].notes, _NOTE)
    today = now.astimezone(zone).date()
    so_far = sum(1 for i in earlier if i.at.astimezone(zone).date() == today)
    if so_far:
        number = so_far + 1
        yield calls.TODAY, calls.nth_call(number) if so_far < _TOLD else words.many_calls(number)
    yield from _contact_lines(caller, me)


def _contact_lines(caller: Caller, me: Person | None) -> Iterator[Line]:
    contact = caller.contact
    if contact is None:
        return
    if contact.owner:
        yield words.OWNER, words.YOU if me and contact.owner == me.name else one_line(contact.owner, 60)
    if contact.notes:
        yield words.ABOUT, one_line(contact.notes, _NOTE)
    for label, text in contact.fields[:_FIELDS]:
        yield one_line(label, 24), one_line(text, 60)


def _earlier(call: MyCall) -> list[Interaction]:
    return [i for i in call.info.caller.last_interactions if i.call_id != call.id]


def _told(earlier: Interaction, me: Person | None, now: datetime, zone: tzinfo | None) -> str:
    begun = words.CALLED_THEM if earlier.direction is Direction.OUTGOING and not earlier.outcome else ""
    parts = (
        times.when(earlier.at, now, zone),
        one_line(earlier.outcome, 60) or begun or _result(earlier.result),
        times.duration(timedelta(seconds=earlier.talk_seconds)) if earlier.talk_seconds else "",
        _who(earlier.agent, me),
    )
    return "  ·  ".join(part for part in parts if part)


def _promise(follow_up: FollowUp, me: Person | None, now: datetime, zone: tzinfo | None) -> str:
    when = times.when(follow_up.due_at, now, zone)
    due = words.overdue(when) if follow_up.due_at < now else when
    parts = (due, _who(follow_up.agent, me), one_line(follow_up.notes, 60))
    return "  ·  ".join(part for part in parts if part)


def _who(agent: Person | None, me: Person | None) -> str:
    if agent is None:
        return ""
    return (
        words.YOU if me is not None and me.id is not None and agent.id == me.id else one_line(agent.name, 60)
    )


def _result(result: Result) -> str:
    match result:
        case Result.TALKED:
            return words.TALKED
        case Result.MISSED:
            return words.MISSED
        case Result.VOICEMAIL:
            return words.VOICEMAIL
        case Result.UNKNOWN:
            return calls.ENDED
