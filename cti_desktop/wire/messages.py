"""The frames of subprotocol `cti.v1` as types, and their codec. One JSON object per text frame.

Unknown fields are ignored; an unknown type decodes to `Unknown`, so that a newer peer is answered.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Final, cast

import msgspec

from cti_desktop.core.disposition import Catalogue, Disposition
from cti_desktop.core.errands import Errand
from cti_desktop.core.errors import DispositionRejected, RemoteProtocolError
from cti_desktop.core.people import Person
from cti_desktop.wire.events import EventBody
from cti_desktop.wire.policy import Policy

SUBPROTOCOL: Final = "cti.v1"
MAX_FRAME_BYTES: Final = 64 * 1024


class Hello(msgspec.Struct, frozen=True, tag_field="type", tag="hello"):
    """First frame of a desktop. `seq` is the last event that this device has committed, under `epoch`."""

    device: str
    seq: int
    epoch: str | None = None
    version: str = ""


class Welcome(msgspec.Struct, frozen=True, tag_field="type", tag="welcome"):
    """The relay's answer to `Hello`; events after the desktop's `seq` up to `head` follow, then live ones."""

    agent: Person
    epoch: str
    head: int
    time: datetime
    catalogue: Catalogue
    policy: Policy = Policy()


class Reset(msgspec.Struct, frozen=True, tag_field="type", tag="reset"):
    """The cursor can't be honoured: take `calls` as all that is open, and go on from `head`.

    `owed`: ended conversations whose outcome the agent still owes, each as its end.
    """

    epoch: str
    head: int
    calls: tuple[EventBody, ...] = ()
    owed: tuple[EventBody, ...] = ()


class Event(msgspec.Struct, frozen=True, tag_field="type", tag="event"):
    """One event of the agent's stream; `seq` is contiguous."""

    seq: int
    event: EventBody


class Ack(msgspec.Struct, frozen=True, tag_field="type", tag="ack"):
    """Every event up to `seq` is committed on this device."""

    seq: int


class DispositionMessage(msgspec.Struct, frozen=True, tag_field="type", tag="disposition"):
    """A saved disposition; sent again until it is answered. `id` is the idempotency key, a UUID.

    `replaces` is the id of the version that it corrects.
    Times stay text here, so that a bad one rejects its field instead of breaking the link.
    """

    id: str
    call_id: str
    code: str
    saved_at: str
    sub_code: str | None = None
    notes: str = ""
    follow_up_at: str | None = None
    replaces: str | None = None

    @classmethod
    def of(cls, disposition: Disposition) -> DispositionMessage:
        """The frame for a disposition."""
        d = disposition
        follow_up_at = d.follow_up_at.isoformat() if d.follow_up_at else None
        return cls(
            d.id, d.call_id, d.code, d.saved_at.isoformat(), d.sub_code, d.notes, follow_up_at, d.replaces
        )

    def disposition(self) -> Disposition:
        """The disposition in the frame. Raises `DispositionRejected` naming the field that can't be read."""
        follow_up_at = _moment("follow_up_at", self.follow_up_at) if self.follow_up_at else None
        saved_at = _moment("saved_at", self.saved_at)
        return Disposition(
            self.id,
            self.call_id,
            self.code,
            self.sub_code or None,
            self.notes,
            follow_up_at,
            saved_at,
            self.replaces or None,
        )


class MalformedDisposition(msgspec.Struct, frozen=True):
    """A disposition frame with something unreadable in it: reject it. `id` is None where it is no text."""

    id: str | None
    code: str
    field: str
    message: str


class Stored(msgspec.Struct, frozen=True, tag_field="type", tag="stored"):
    """The disposition of that id is committed by the relay."""

    id: str


class Rejected(msgspec.Struct, frozen=True, tag_field="type", tag="rejected"):
    """The disposition of that id can't be accepted as it is; `field` is what to mend. None: it had no id."""

    id: str | None
    code: str
    field: str
    message: str


class ErrandMessage(msgspec.Struct, frozen=True, tag_field="type", tag="errand"):
    """A wish about the caller of a call, answered with `Done` or `Rejected`; repeating it is harmless."""

    id: str
    what: str
    call_id: str
    args: dict[str, str] = {}

    @classmethod
    def of(cls, errand: Errand) -> ErrandMessage:
        """The frame for an errand."""
        return cls(errand.id, errand.what, errand.call_id, dict(errand.args))

    def errand(self) -> Errand:
        """The errand in the frame."""
        return Errand(self.id, self.what, self.call_id, self.args)


class Done(msgspec.Struct, frozen=True, tag_field="type", tag="done"):
    """The errand of that id is done; `result` is what was asked for, if anything was."""

    id: str
    result: dict[str, str] = {}


class Probe(msgspec.Struct, frozen=True, tag_field="type", tag="probe"):
    """A desktop measures the way to the relay and back; changes nothing. `id` is of its own choice."""

    id: str


class Probed(msgspec.Struct, frozen=True, tag_field="type", tag="probed"):
    """The relay's answer to the `Probe` of that id, at once."""

    id: str


class ErrorMessage(msgspec.Struct, frozen=True, tag_field="type", tag="error"):
    """Said before a close, or about a frame of a type that the receiver doesn't know."""

    code: str
    message: str


class _Envelope(msgspec.Struct, frozen=True):
    type: str
    id: Any = None


class Unknown(msgspec.Struct, frozen=True):
    """A frame of a type that this version doesn't know."""

    type: str


FromDesktop = Hello | Ack | DispositionMessage | ErrandMessage | Probe | ErrorMessage
FromRelay = Welcome | Reset | Event | Stored | Rejected | Done | Probed | ErrorMessage

_AT_FIELD: Final = re.compile(r"at `\$\.(\w+)`$")
_LACKS_FIELD: Final = re.compile(r"missing required field `(\w+)`$")
_encoder: Final = msgspec.json.Encoder()
_from_desktop: Final[msgspec.json.Decoder[FromDesktop]] = msgspec.json.Decoder(FromDesktop)
_from_relay: Final[msgspec.json.Decoder[FromRelay]] = msgspec.json.Decoder(FromRelay)
_envelope: Final = msgspec.json.Decoder(_Envelope)
_KNOWN: Final = frozenset(
    cast("str", m.__struct_config__.tag)
    for m in (
        Hello,
        Welcome,
        Reset,
        Event,
        Ack,
        DispositionMessage,
        Stored,
        Rejected,
        ErrandMessage,
        Done,
        Probe,
        Probed,
        ErrorMessage,
    )
)


def encode(message: FromDesktop | FromRelay) -> str:
    """`message` as the text of one frame."""
    return _encoder.encode(message).decode()


def from_desktop(frame: str | bytes) -> FromDesktop | MalformedDisposition | Unknown:
    """A frame that a desktop sent. Raises `RemoteProtocolError` for anything that is no valid message."""
    raw = _checked(frame)
    try:
        return _from_desktop.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        envelope = _envelope_or_raise(raw, error)
        if envelope.type == DispositionMessage.__struct_config__.tag:
            return _malformed(envelope.id if isinstance(envelope.id, str) else None, error)
        return _unknown_or_raise(envelope, error)


def from_relay(frame: str | bytes) -> FromRelay | Unknown:
    """A frame that a relay sent. Raises `RemoteProtocolError` for anything that is no valid message."""
    raw = _checked(frame)
    try:
        return _from_relay.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _unknown_or_raise(_envelope_or_raise(raw, error), error)


def _checked(frame: str | bytes) -> bytes:
    if isinstance(frame, bytes):
        raise RemoteProtocolError("binary frame: messages are JSON text", code="binary_frame")
    raw = frame.encode("utf-8", "surrogatepass")
    if len(raw) > MAX_FRAME_BYTES:
        raise RemoteProtocolError(f"frame over {MAX_FRAME_BYTES} bytes", code="too_large")
    return raw


def _envelope_or_raise(raw: bytes, error: Exception) -> _Envelope:
    try:
        return _envelope.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise RemoteProtocolError(f"not a message: {error}", code="bad_message") from error


def _malformed(disposition_id: str | None, error: Exception) -> MalformedDisposition:
    """Which field it is, where the decoder names it: `Expected `str`, got `null` - at `$.code``."""
    named = _AT_FIELD.search(str(error)) or _LACKS_FIELD.search(str(error))
    if named is None or named[1] not in DispositionMessage.__struct_fields__:
        text = "it is no disposition that can be read"
        return MalformedDisposition(disposition_id, "unreadable", "disposition", text)
    if named.re is _LACKS_FIELD:
        return MalformedDisposition(disposition_id, "missing", named[1], f"{named[1]} is missing")
    text = f"{named[1]} can't be read: it must be text"
    return MalformedDisposition(disposition_id, "unreadable", named[1], text)


def _unknown_or_raise(envelope: _Envelope, error: Exception) -> Unknown:
    if envelope.type in _KNOWN:
        raise RemoteProtocolError(f"bad {envelope.type} message: {error}", code="bad_message") from error
    return Unknown(envelope.type)


def _moment(field: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise DispositionRejected(f"{field} is no ISO 8601 time", field=field, code="unreadable") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
