"""Frames, and what is no frame."""

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.errors import DispositionRejected, RemoteProtocolError
from cti_desktop.core.people import Person
from cti_desktop.wire.events import body_of
from cti_desktop.wire.messages import (
    MAX_FRAME_BYTES,
    Ack,
    DispositionMessage,
    ErrorMessage,
    Event,
    FromDesktop,
    FromRelay,
    Hello,
    MalformedDisposition,
    Rejected,
    Reset,
    Stored,
    Unknown,
    Welcome,
    encode,
    from_desktop,
    from_relay,
)
from cti_desktop.wire.policy import Policy
from tests.helpers.calls import CATALOGUE, NOON, rang

DISPOSITION = Disposition("d-1", "call-1", "follow_up", None, "नमस्ते", NOON, NOON)


@pytest.mark.parametrize(
    "message",
    [
        Hello("desk", 7, "e1", "0.1.0"),
        Ack(7),
        DispositionMessage.of(DISPOSITION),
        ErrorMessage("gap", "event 9 after 7"),
    ],
    ids=lambda m: type(m).__name__,
)
def test_what_a_desktop_says(message: FromDesktop) -> None:
    """Through a frame and back."""
    assert message == from_desktop(encode(message))


@pytest.mark.parametrize(
    "message",
    [
        Welcome(Person("a1", "Asha"), "e1", 9, NOON, CATALOGUE, Policy("required")),
        Reset("e1", 9, (body_of(rang()),)),
        Event(8, body_of(rang())),
        Stored("d-1"),
        Rejected("d-1", "missing", "notes", "notes is missing"),
        ErrorMessage("auth", "token revoked"),
    ],
    ids=lambda m: type(m).__name__,
)
def test_what_a_relay_says(message: FromRelay) -> None:
    """Through a frame and back."""
    assert message == from_relay(encode(message))


def test_the_first_frame_as_third_parties_write_it() -> None:
    """The protocol's own example; fields that we don't know are ignored."""
    frame = '{"type":"hello","device":"d","epoch":null,"seq":0,"version":"9","color":"red"}'
    assert Hello("d", 0, None, "9") == from_desktop(frame)


def test_a_disposition_survives_the_trip() -> None:
    """Times keep their instant."""
    assert DispositionMessage.of(DISPOSITION).disposition() == DISPOSITION


@pytest.mark.parametrize("field", ["saved_at", "follow_up_at"])
def test_a_time_that_cannot_be_read_rejects_its_field(field: str) -> None:
    """The person can mend it; the link stays up."""
    frame = json.dumps(
        {"type": "disposition", "id": "d", "call_id": "c", "code": "x", "saved_at": "2026-11-20T12:00:00"}
        | {field: "tomorrow"}
    )
    message = from_desktop(frame)
    assert isinstance(message, DispositionMessage)
    with pytest.raises(DispositionRejected) as refused:
        message.disposition()
    assert (field, "unreadable") == (refused.value.field, refused.value.code)


def test_a_time_without_a_zone_is_utc() -> None:
    """Third parties forget the zone."""
    message = DispositionMessage("d", "c", "x", "2026-11-20T12:00:00")
    assert datetime(2026, 11, 20, 12, tzinfo=UTC) == message.disposition().saved_at


@pytest.mark.parametrize(
    ("rest", "code", "field", "text"),
    [
        ('"notes":5', "unreadable", "notes", "notes can't be read: it must be text"),
        ('"call_id":"c","code":null', "unreadable", "code", "code can't be read: it must be text"),
        ('"call_id":"c","code":"x"', "missing", "saved_at", "saved_at is missing"),
    ],
)
def test_a_malformed_disposition_is_rejected_by_its_field(
    rest: str, code: str, field: str, text: str
) -> None:
    """And by its id, so that it never blocks those behind it."""
    message = from_desktop(f'{{"type":"disposition","id":"d-9",{rest}}}')
    assert message == MalformedDisposition("d-9", code, field, text)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ('{"type":"disposition","id":null,"call_id":"c","code":"x","saved_at":""}', "unreadable"),
        ('{"type":"disposition","id":5}', "unreadable"),
        ('{"type":"disposition"}', "missing"),
    ],
)
def test_a_disposition_without_an_id_is_rejected(frame: str, code: str) -> None:
    """The link stays up for the others."""
    message = from_desktop(frame)
    assert isinstance(message, MalformedDisposition)
    assert (None, code, "id") == (message.id, message.code, message.field)


def test_a_type_from_the_future_is_answered_not_fatal() -> None:
    """Both ends say which type they don't know."""
    assert from_desktop('{"type":"wave"}') == Unknown("wave") == from_relay('{"type":"wave","seq":1}')


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[]",
        "null",
        '"hello"',
        "{}",
        '{"type":5}',
        '{"type":"ack","seq":"7"}',
        '{"type":"ack","seq":1.5}',
        '{"type":"ack"}',
        "[" * 50_000,
        '{"type":"ack","seq":' + "9" * 5_000 + "}",
        '{"type":"ack","seq":NaN}',
        "\ud800",
        " " * (MAX_FRAME_BYTES + 1),
        b'{"type":"ack","seq":1}',
    ],
    ids=lambda f: repr(f[:24]),
)
def test_what_is_no_message_closes_the_link(frame: str | bytes) -> None:
    """One error for all of it, with a stable code."""
    for read in (from_desktop, from_relay):
        with pytest.raises(RemoteProtocolError) as broken:
            read(frame)
        assert broken.value.code in {"bad_message", "too_large", "binary_frame"}


@given(st.text(max_size=300) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_frame_breaks_the_codec(frame: str) -> None:
    """A message, an unknown type, or our own error: nothing else comes out."""
    with contextlib.suppress(RemoteProtocolError):
        from_desktop(frame)
