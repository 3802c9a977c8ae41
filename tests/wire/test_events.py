"""Events, there and back."""

import json
from dataclasses import replace

import msgspec
import pytest

from cti_desktop.core.call import EndReason
from cti_desktop.core.events import (
    Caller,
    CallEvent,
    CallUpdated,
    Contact,
    FollowUp,
    Interaction,
    Result,
)
from cti_desktop.core.people import Person
from cti_desktop.core.report import Direction
from cti_desktop.wire.events import MAX_BODY_BYTES, EventBody, body_of, decode_body, encode_body, to_event
from tests.helpers.calls import NOON, RAVI, answered, disposed, ended, rang, updated

REGULAR_CONTACT = Contact(
    "c7",
    "Ananya",
    "Textiles",
    "Ravi",
    True,
    ("gold", "pune"),
    "Loud line",
    "https://crm.example.com/7",
    (("Plan", "A"),),
)
REGULAR = Caller(
    "+919820055512",
    contact=REGULAR_CONTACT,
    last_interactions=(
        Interaction("c-1", NOON, Direction.OUTGOING, Result.TALKED, RAVI, 61, "Interested", "Send the offer"),
        Interaction("c-0", NOON),
    ),
    open_follow_ups=(FollowUp("f-1", NOON, RAVI, "4 pm"),),
)
EVENTS = [
    rang(),
    rang(caller=msgspec.convert({}, type(rang().info.caller)), direction=Direction.OUTGOING),
    answered(agents=(RAVI,)),
    ended(EndReason.ANSWERED_ELSEWHERE, answered_by=RAVI),
    ended(talk_seconds=110, recording="x.mp3", did_label="Sales – Mumbai"),
    updated(reason=EndReason.HUNG_UP),
    disposed(),
    updated(caller=REGULAR),
    updated(caller=Caller(None, masked="+91 ••••• ••001", contacts=(REGULAR_CONTACT,), pending=True)),
    updated(caller=Caller(written="198")),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_an_event_comes_back_as_it_was(event: CallEvent) -> None:
    """Through JSON and back, nothing is lost."""
    assert event == to_event(decode_body(encode_body(body_of(event))))


def test_the_fields_are_the_protocols() -> None:
    """What third parties rely on, spelled out once."""
    event = ended(EndReason.ANSWERED_ELSEWHERE, at=9, answered_by=RAVI, agents=(RAVI,))
    assert json.loads(encode_body(body_of(event))) == {
        "kind": "call.ended",
        "call_id": "call-1",
        "leg": "1",
        "at": "2026-11-20T12:00:09Z",
        "received_at": "2026-11-20T12:00:09Z",
        "direction": "incoming",
        "caller": {
            "number": "+919999900001",
            "display": "+91 99999 00001",
            "region": "Delhi, India",
            "contact": {
                "id": "c1",
                "name": "Asha Traders",
                "company": None,
                "owner": None,
                "vip": False,
                "tags": [],
                "notes": "",
                "link": None,
                "fields": [],
            },
            "contacts": [],
            "last_interactions": [],
            "open_follow_ups": [],
            "pending": False,
            "masked": False,
            "duplicate": None,
        },
        "did": "+918000000042",
        "did_label": None,
        "queue": "Sales",
        "agents": [{"id": "a2", "name": "Ravi Nair"}],
        "answered_by": {"id": "a2", "name": "Ravi Nair"},
        "reason": "ANSWERED_ELSEWHERE",
        "talk_seconds": None,
        "recording": None,
        "disposition": None,
    }


def test_the_least_that_a_relay_may_send() -> None:
    """Kind, call and time are enough; a time without a zone is UTC."""
    body = decode_body(b'{"kind":"call.rang","call_id":"c","at":"2026-11-20T12:00:00","new_field":{"a":1}}')
    event = to_event(body)
    assert event is not None
    assert (NOON, NOON, "c") == (event.at, event.received_at, event.info.call_id)


def test_a_kind_from_the_future_is_skipped() -> None:
    """An older desktop commits its cursor and goes on."""
    assert to_event(EventBody("call.parked", "c", NOON)) is None
    assert to_event(EventBody("call.disposed", "c", NOON)) is None


def test_a_value_from_the_future_is_taken_as_unknown() -> None:
    """A new reason still ends the call; a new direction counts as incoming."""
    event = to_event(EventBody("call.updated", "c", NOON, reason="ABDUCTED", direction="sideways"))
    assert isinstance(event, CallUpdated)
    assert (EndReason.UNKNOWN, Direction.INCOMING) == (event.info.reason, event.info.direction)


def test_a_call_of_a_thousand_phones_fits_into_a_frame() -> None:
    """Some colleagues are named."""
    crowd = tuple(Person(f"a{n}", "A colleague with a long name") for n in range(1_000))
    raw = encode_body(body_of(rang(agents=crowd)))

    assert len(raw) < MAX_BODY_BYTES
    assert crowd[:50] == decode_body(raw).agents


def test_a_long_history_is_left_out() -> None:
    """The call itself is told all the same."""
    notes = tuple(
        Interaction(f"c{n}", NOON, Direction.INCOMING, Result.TALKED, None, 1, "", "\N{BELL}" * 5_000)
        for n in range(10)
    )
    body = body_of(rang(caller=replace(REGULAR, last_interactions=notes)))
    brief = decode_body(encode_body(body))

    assert (body.call_id, body.caller.number) == (brief.call_id, brief.caller.number)
    assert ((), None) == (brief.caller.last_interactions, brief.caller.contact)
