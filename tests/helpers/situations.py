"""Plain situations for tests of view-models and widgets, and for screenshots: no controller, no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from cti_desktop.core.call import EndReason
from cti_desktop.core.disposition import Catalogue, Code, Disposition, Draft, SubCode
from cti_desktop.core.events import Caller, CallInfo, Contact
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.people import Person
from cti_desktop.core.report import Direction
from cti_desktop.desktop.screen import Online, OutboxItem, OutboxState, Situation

# Monday afternoon in Mumbai.
ZONE: Final = timezone(timedelta(hours=5, minutes=30), "IST")
NOW: Final = datetime(2026, 11, 23, 9, 35, 7, tzinfo=UTC)

CATALOGUE: Final = Catalogue(
    3,
    (
        Code("interested", "Interested", "#15803d", "1"),
        Code("follow_up", "Follow-up", "#2563eb", "2", requires=("follow_up",)),
        Code(
            "not_interested",
            "Not Interested",
            "#dc2626",
            "3",
            (
                SubCode("price", "Price"),
                SubCode("competitor", "Competitor"),
                SubCode("no_need", "No need"),
                SubCode("timing", "Timing"),
                SubCode("fax", "Sent a fax", retired=True),
            ),
            requires=("sub_code",),
        ),
        Code("not_connected", "Not Connected", "#64748b", "4", (SubCode("busy", "Busy"),)),
        Code("wrong_number", "Wrong Number", "#a16207", "5"),
        Code("resolved", "Resolved", "#0f766e", "6"),
        Code("escalated", "Escalated", "#7c3aed", "7", requires=("notes",)),
        Code("telex", "Wants a telex", "#000000", "8", retired=True),
    ),
)

ANANYA: Final = Caller("+919820055512", "Pune", Contact("c1", "Ananya Deshmukh", "Deshmukh Textiles"))
RAVI: Final = Person("a2", "Ravi Nair")


def ago(**length: float) -> datetime:
    """A moment before `NOW`."""
    return NOW - timedelta(**length)


def info(call_id: str = "call-1", caller: Caller = ANANYA, **changes: object) -> CallInfo:
    """What is known of a call in the queue Renewals."""
    base = CallInfo(call_id, "leg-1", caller=caller, queue="Renewals", did_label="Sales – Mumbai")
    return replace(base, **changes)  # type: ignore[arg-type]  # the tests' own keywords


def ringing(call_id: str = "call-1", caller: Caller = ANANYA, **changes: object) -> MyCall:
    """A call that has rung for seven seconds, its card up."""
    rang = ago(seconds=7)
    return MyCall(info(call_id, caller, **changes), LegState.RINGING, rang_at=rang, heard_at=rang, shown=True)


def connected(call_id: str = "call-1", caller: Caller = ANANYA, **changes: object) -> MyCall:
    """A conversation of two and a half minutes, still going on."""
    call = ringing(call_id, caller, **changes)
    at = ago(seconds=151)
    return replace(call, state=LegState.CONNECTED, rang_at=ago(seconds=160), answered_at=at, heard_at=at)


def wrap_up(call_id: str = "call-1", caller: Caller = ANANYA, **changes: object) -> MyCall:
    """A conversation that ended five seconds ago and has no outcome yet."""
    call = connected(call_id, caller, **changes)
    known = replace(call.info, reason=EndReason.HUNG_UP, talk_seconds=146)
    return replace(call, info=known, state=LegState.WRAP_UP, ended_at=ago(seconds=5), shown=False)


def closed(call_id: str = "call-1", reason: EndReason = EndReason.MISSED, **changes: object) -> MyCall:
    """A call that rang and never became a conversation, its card still up."""
    call = ringing(call_id, **changes)  # type: ignore[arg-type]  # the tests' own keywords
    known = replace(call.info, reason=reason)
    return replace(call, info=known, state=LegState.CLOSED, ended_at=ago(seconds=1))


def disposed(call_id: str = "call-1", label: str = "Interested", **changes: object) -> MyCall:
    """A conversation of an hour ago with its outcome, off the screen."""
    call = wrap_up(call_id, **changes)  # type: ignore[arg-type]  # the tests' own keywords
    hour = timedelta(hours=1)
    return replace(
        call,
        state=LegState.CLOSED,
        rang_at=ago(seconds=160) - hour,
        answered_at=ago(seconds=151) - hour,
        ended_at=ago(seconds=5) - hour,
        disposed_as=label,
        disposed_via="desktop",
    )


def outgoing(call: MyCall) -> MyCall:
    """The same call, but begun by the agent."""
    return replace(call, info=replace(call.info, direction=Direction.OUTGOING))


def saved(call_id: str = "call-1", state: OutboxState = OutboxState.WAITING, **changes: object) -> OutboxItem:
    """A saved disposition that the relay has not stored."""
    disposition = Disposition(
        f"disposition-of-{call_id}",
        call_id,
        "interested",
        None,
        "Wants an offer by Friday",
        None,
        ago(minutes=4),
    )
    return replace(OutboxItem(disposition, state), **changes)  # type: ignore[arg-type]  # the tests' own keywords


def with_draft(call: MyCall, **fields: object) -> MyCall:
    """`call` with this draft."""
    return replace(call, draft=replace(Draft(), **fields))  # type: ignore[arg-type]  # the tests' own keywords


def situation(*calls: MyCall, **changes: object) -> Situation:
    """Online, signed in as Meera, with these calls. Owed ones are asked for in order."""
    base = Situation(
        Online(),
        NOW,
        agent=Person("a1", "Meera Iyer"),
        relay_url="https://cti.example.com",
        calls=calls,
        prompt_order=tuple(call.id for call in calls if call.owes_disposition and not call.snoozed),
        catalogue=CATALOGUE,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # the tests' own keywords
