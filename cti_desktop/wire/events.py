"""Call events as they travel and as they are stored: one flat, forgiving record for every kind.

A kind or value that a newer relay invented never breaks an older desktop: `to_event` gives None for it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from enum import Enum
from typing import Final, TypeVar

import msgspec

from cti_desktop.core.call import EndReason
from cti_desktop.core.events import (
    CallAnswered,
    CallDisposed,
    CallEnded,
    Caller,
    CallEvent,
    CallInfo,
    CallRang,
    CallUpdated,
    Contact,
    Duplicate,
    FollowUp,
    Interaction,
    Result,
)
from cti_desktop.core.numbers import to_display
from cti_desktop.core.people import Person
from cti_desktop.core.report import Direction

M = TypeVar("M", bound=Enum)

# A frame has 64 KiB, and must hold any event: one that no desktop can take would stop it for ever.
MAX_BODY_BYTES: Final = 60 * 1024
# A call may ring with a thousand phones; nobody reads as many names.
_NAMED: Final = 50


class InteractionBody(msgspec.Struct, frozen=True):
    """An earlier call. `result` is one of `talked missed voicemail unknown`."""

    call_id: str
    at: datetime
    direction: str = "incoming"
    result: str = "unknown"
    agent: Person | None = None
    talk_seconds: int | None = None
    outcome: str = ""
    notes: str = ""


class CallerBody(msgspec.Struct, frozen=True):
    """The customer. `number` is E.164, null if withheld, masked or short; `display` is how to write it."""

    number: str | None = None
    display: str | None = None
    region: str | None = None
    contact: Contact | None = None
    contacts: tuple[Contact, ...] = ()
    last_interactions: tuple[InteractionBody, ...] = ()
    open_follow_ups: tuple[FollowUp, ...] = ()
    pending: bool = False
    masked: bool = False
    duplicate: Duplicate | None = None


class DispositionBody(msgspec.Struct, frozen=True):
    """The disposition of a `call.disposed`."""

    label: str
    notes: str = ""
    by: str | None = None
    via: str = "provider"
    id: str | None = None
    follow_up_at: datetime | None = None


class EventBody(msgspec.Struct, frozen=True):
    """An event as in `PROTOCOL`: `kind` is `call.` and `rang answered ended updated disposed`."""

    kind: str
    call_id: str
    at: datetime
    leg: str = ""
    received_at: datetime | None = None
    direction: str = "incoming"
    caller: CallerBody = CallerBody()
    did: str | None = None
    did_label: str | None = None
    queue: str | None = None
    agents: tuple[Person, ...] = ()
    answered_by: Person | None = None
    reason: str | None = None
    talk_seconds: int | None = None
    recording: str | None = None
    disposition: DispositionBody | None = None


_PLAIN: Final[dict[str, type[CallRang | CallAnswered | CallEnded | CallUpdated]]] = {
    "call.rang": CallRang,
    "call.answered": CallAnswered,
    "call.ended": CallEnded,
    "call.updated": CallUpdated,
}
_KIND_OF: Final = {cls: kind for kind, cls in _PLAIN.items()}
_DISPOSED: Final = "call.disposed"

_encoder: Final = msgspec.json.Encoder()
_decoder: Final = msgspec.json.Decoder(EventBody)


def body_of(event: CallEvent) -> EventBody:
    """`event` as it travels."""
    info = event.info
    disposition = None
    if isinstance(event, CallDisposed):
        disposition = DispositionBody(
            event.label, event.notes, event.by, event.via, event.disposition_id, event.follow_up_at
        )
    return EventBody(
        kind=_DISPOSED if isinstance(event, CallDisposed) else _KIND_OF[type(event)],
        call_id=info.call_id,
        at=event.at,
        leg=info.leg,
        received_at=event.received_at,
        direction=info.direction.value,
        caller=_caller_body(info.caller),
        did=info.did,
        did_label=info.did_label,
        queue=info.queue,
        agents=info.agents[:_NAMED],
        answered_by=info.answered_by,
        reason=info.reason.value if info.reason else None,
        talk_seconds=info.talk_seconds,
        recording=info.recording,
        disposition=disposition,
    )


def to_event(body: EventBody) -> CallEvent | None:
    """The event in `body`; None for a kind that this version doesn't know."""
    info = _info(body)
    at = _aware(body.at)
    received_at = _aware(body.received_at or body.at)
    if body.kind == _DISPOSED and body.disposition is not None:
        d = body.disposition
        return CallDisposed(
            info,
            at,
            received_at,
            d.label,
            d.notes,
            d.by,
            d.via,
            d.id,
            d.follow_up_at and _aware(d.follow_up_at),
        )
    cls = _PLAIN.get(body.kind)
    return cls(info, at, received_at) if cls else None


def encode_body(body: EventBody) -> bytes:
    """`body` as JSON, for a store; without the customer's history where a frame would be too small for it."""
    raw = _encoder.encode(body)
    return raw if len(raw) <= MAX_BODY_BYTES else _encoder.encode(briefly(body))


def briefly(body: EventBody) -> EventBody:
    """The call without what is known of its customer besides, and without colleagues."""
    caller = body.caller
    brief = CallerBody(
        caller.number, caller.display, caller.region, pending=caller.pending, masked=caller.masked
    )
    return msgspec.structs.replace(body, caller=brief, agents=())


def decode_body(raw: bytes) -> EventBody:
    """The body that `encode_body` wrote."""
    return _decoder.decode(raw)


def _caller_body(caller: Caller) -> CallerBody:
    display = to_display(caller.number) if caller.number else caller.masked or caller.written
    return CallerBody(
        number=caller.number,
        display=display,
        region=caller.region,
        contact=caller.contact,
        contacts=caller.contacts,
        last_interactions=tuple(
            InteractionBody(
                i.call_id,
                i.at,
                i.direction.value,
                i.result.value,
                i.agent,
                i.talk_seconds,
                i.outcome,
                i.notes,
            )
            for i in caller.last_interactions
        ),
        open_follow_ups=caller.open_follow_ups,
        pending=caller.pending,
        masked=caller.masked is not None,
        duplicate=caller.duplicate,
    )


def _caller(body: CallerBody) -> Caller:
    return Caller(
        number=body.number,
        region=body.region,
        contact=body.contact,
        contacts=body.contacts,
        last_interactions=tuple(_interaction(i) for i in body.last_interactions),
        open_follow_ups=tuple(replace(f, due_at=_aware(f.due_at)) for f in body.open_follow_ups),
        pending=body.pending,
        masked=(body.display or "") if body.masked else None,
        duplicate=body.duplicate,
        written=None if body.number or body.masked else body.display,
    )


def _interaction(body: InteractionBody) -> Interaction:
    return Interaction(
        call_id=body.call_id,
        at=_aware(body.at),
        direction=_member(Direction, body.direction) or Direction.INCOMING,
        result=_member(Result, body.result) or Result.UNKNOWN,
        agent=body.agent,
        talk_seconds=body.talk_seconds,
        outcome=body.outcome,
        notes=body.notes,
    )


def _info(body: EventBody) -> CallInfo:
    return CallInfo(
        call_id=body.call_id,
        leg=body.leg,
        direction=_member(Direction, body.direction) or Direction.INCOMING,
        caller=_caller(body.caller),
        did=body.did,
        did_label=body.did_label,
        queue=body.queue,
        agents=body.agents,
        answered_by=body.answered_by,
        reason=(_member(EndReason, body.reason) or EndReason.UNKNOWN) if body.reason else None,
        talk_seconds=body.talk_seconds,
        recording=body.recording,
    )


def _member(kind: type[M], value: str) -> M | None:
    return kind(value) if value in {m.value for m in kind} else None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
