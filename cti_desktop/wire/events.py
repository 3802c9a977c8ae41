"""Call events as they travel and as they are stored: one flat, forgiving record for every kind.

A kind or value that a newer relay invented never breaks an older desktop: `to_event` gives None for it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final, TypeVar

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
)
from cti_desktop.core.numbers import to_display
from cti_desktop.core.people import Person
from cti_desktop.core.report import Direction

M = TypeVar("M", bound=Enum)


class CallerBody(msgspec.Struct, frozen=True):
    """The customer. `number` is E.164, null when withheld; `display` is how to write it."""

    number: str | None = None
    display: str | None = None
    region: str | None = None
    contact: Contact | None = None
    last_interactions: tuple[Any, ...] = ()
    open_follow_ups: tuple[Any, ...] = ()


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
        disposition = DispositionBody(event.label, event.notes, event.by, event.via, event.disposition_id, event.follow_up_at)
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
        agents=info.agents,
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
        return CallDisposed(info, at, received_at, d.label, d.notes, d.by, d.via, d.id, d.follow_up_at and _aware(d.follow_up_at))
    cls = _PLAIN.get(body.kind)
    return cls(info, at, received_at) if cls else None


def encode_body(body: EventBody) -> bytes:
    """`body` as JSON, for a store."""
    return _encoder.encode(body)


def decode_body(raw: bytes) -> EventBody:
    """The body that `encode_body` wrote."""
    return _decoder.decode(raw)


def _caller_body(caller: Caller) -> CallerBody:
    display = to_display(caller.number) if caller.number else None
    return CallerBody(number=caller.number, display=display, region=caller.region, contact=caller.contact)


def _info(body: EventBody) -> CallInfo:
    caller = body.caller
    return CallInfo(
        call_id=body.call_id,
        leg=body.leg,
        direction=_member(Direction, body.direction) or Direction.INCOMING,
        caller=Caller(caller.number, caller.region, caller.contact),
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
