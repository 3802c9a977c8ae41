"""MyOperator's second generation, sample by sample and field by field."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from cti_desktop.core.call import Call, EndReason
from cti_desktop.core.events import CallEvent
from cti_desktop.core.people import AgentRef, Person
from cti_desktop.core.report import CallReport, CallStatus, Direction, LegReport, PanelDisposition, Unanswered
from cti_desktop.core.timeline import changes, recognised
from cti_desktop.providers.delivery import NotUnderstood
from tests.helpers.histories import Roster
from tests.helpers.samples import V2_CALL, read_body, report, sample, sample_object, understood

A, B = "+919999911101", "+919999911102"
ASHA = AgentRef(A, "asha@example.in", "10", "5cd40f6556f2f124", "Asha Verma")
RAVI = AgentRef(B, "ravi@example.in", "11", "5cd40f6556f2f125", "Ravi Nair")
ASHAS_PHONE, RAVIS_PHONE = AgentRef(phone=A), AgentRef(phone=B)
INTERESTED = PanelDisposition("Interested", "wants a demo on Friday", "Ravi Nair")


def utc(clock: str) -> datetime:
    """20 November 2026."""
    return datetime.fromisoformat(f"2026-11-20T{clock}").replace(tzinfo=UTC)


def claims(order: int, sent: str, *legs: LegReport, **more: Any) -> CallReport:  # noqa: ANN401 - any field of CallReport
    """What every event of the sample call claims, and more."""
    return CallReport(
        "15.1795421000.2922",
        order,
        at=utc(sent),
        direction=Direction.INCOMING,
        caller_number="+919999900001",
        region="Delhi, India",
        did="+918000000042",
        started_at=utc("08:36:40"),
        legs=legs,
        **more,
    )


def first(agent: AgentRef = ASHAS_PHONE, **more: Any) -> LegReport:  # noqa: ANN401 - any field of LegReport
    """The first agent's leg."""
    return LegReport("2", agent, rang_at=utc("08:36:43"), **more)


def second(agent: AgentRef = RAVIS_PHONE, **more: Any) -> LegReport:  # noqa: ANN401 - any field of LegReport
    """The second agent's leg."""
    return LegReport("3", agent, rang_at=utc("08:37:05"), **more)


SILENT: dict[str, Any] = {"unanswered": Unanswered.NO_ANSWER, "ended_at": utc("08:37:05")}
TALKING: dict[str, Any] = {"answered": True, "answered_at": utc("08:37:11")}
TALKED: dict[str, Any] = {**TALKING, "ended_at": utc("08:39:01"), "talk_seconds": 110}
OVER: dict[str, Any] = {
    "over": True,
    "status": CallStatus.BRIDGED,
    "ended_at": utc("08:39:01"),
    "recording": "7b8aff41c0de-v2.mp3",
}

EXPECTED = {
    "1_call_initiated.json": claims(1, "08:36:40.101"),
    "2_call_dial_begin_first_agent.json": claims(2, "08:36:43.220", first()),
    "3_call_dial_begin_second_agent.json": claims(3, "08:37:05.310", first(**SILENT), second()),
    "4_call_answered.json": claims(4, "08:37:11.480", first(**SILENT), second(**TALKING)),
    "5_call_end.json": claims(5, "08:39:01.905", first(**SILENT), second(**TALKED), **OVER),
    "6_call_summary.json": claims(
        6,
        "08:39:04.112",
        first(ASHA, queue="Sales", **SILENT),
        second(RAVI, queue="Sales", **TALKED),
        **OVER,
    ),
    "7_call_disposition_unverified_shape.json": claims(
        1000, "08:40:20.000", dispositions=(INTERESTED,), **OVER
    ),
    "missed_call_end.json": CallReport(
        "15.1795425000.3001",
        3,
        at=utc("09:43:58.700"),
        direction=Direction.INCOMING,
        caller_number="+919999900007",
        region="Delhi, India",
        did="+918000000042",
        started_at=utc("09:43:20"),
        ended_at=utc("09:43:58"),
        status=CallStatus.MISSED,
        over=True,
        legs=(first(unanswered=Unanswered.NO_ANSWER, ended_at=utc("08:37:08")),),
    ),
    "outbound_click_to_call_end.json": CallReport(
        "cb9.1795426000.17",
        4,
        at=utc("09:54:20"),
        direction=Direction.OUTGOING,
        caller_number="+919999900009",
        region="Delhi, India",
        did="+918000000042",
        started_at=utc("08:36:40"),
        legs=(
            LegReport(
                "1",
                AgentRef(phone=B),
                rang_at=utc("08:36:43"),
                answered=True,
                answered_at=utc("09:53:31"),
                talk_seconds=44,
            ),
        ),
        customer_answered=True,
        **OVER,
    ),
    "whatsapp_message_received.json": None,
}


def event(name: str = "4_call_answered.json", **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """A sample with other fields in its envelope."""
    return sample_object(f"v2/{name}") | changed


def with_payload(name: str = "4_call_answered.json", **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """A sample with other fields in its payload."""
    body = sample_object(f"v2/{name}")
    return {**body, "payload": body["payload"] | changed}


def with_leg(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """The answered call with other fields in the answering agent's leg, which is its only one."""
    leg = event()["payload"]["legs"][2]
    return with_payload(legs=[leg | changed])


def leg_of(body: dict[str, Any]) -> LegReport:
    """The only leg that a body reports."""
    (leg,) = report(body).legs
    return leg


# --- the samples --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXPECTED)
def test_sample(name: str) -> None:
    """Each sample means exactly this, and goes by its own id."""
    delivery = understood(sample(f"v2/{name}"))
    body = sample_object(f"v2/{name}")
    assert (body["event_type"], EXPECTED[name]) == (delivery.kind, delivery.report)
    assert f"v2:6836cad944e39380:{body['event_id']}" == delivery.dedupe_key


def told_to(agent_id: str) -> list[CallEvent]:
    """What one agent hears of the sample call, in order."""
    call = Call("15.1795421000.2922")
    heard: list[CallEvent] = []
    for name in V2_CALL:
        known = recognised(call.joined(report(sample(name))), Roster())
        heard += [a.event for a in changes(call, known, Roster(), utc("09:00:00")) if a.agent_id == agent_id]
        call = known
    return heard


def test_the_first_agent_of_the_hunt_group() -> None:
    """Missed it, and learns who took it, and what else became known."""
    heard = told_to("a1")
    kinds = ["CallRang", "CallEnded", "CallUpdated", "CallUpdated", "CallUpdated"]
    assert kinds == [type(e).__name__ for e in heard]
    assert [None] + [EndReason.MISSED] * 4 == [e.info.reason for e in heard]
    assert [None, None] + [Person("a2", "Ravi Nair")] * 3 == [e.info.answered_by for e in heard]
    assert [utc("08:36:43"), utc("08:37:05")] == [e.at for e in heard[:2]]
    assert "Sales" == heard[-1].info.queue


def test_the_second_agent_of_the_hunt_group() -> None:
    """Rang, talked, hung up; the summary and the panel's disposition follow."""
    heard = told_to("a2")
    kinds = ["CallRang", "CallAnswered", "CallEnded", "CallUpdated", "CallDisposed"]
    assert kinds == [type(e).__name__ for e in heard]
    assert (EndReason.HUNG_UP, 110, "7b8aff41c0de-v2.mp3") == (
        heard[2].info.reason,
        heard[2].info.talk_seconds,
        heard[2].info.recording,
    )
    assert [utc("08:37:05"), utc("08:37:11"), utc("08:39:01")] == [e.at for e in heard[:3]]
    assert "Sales" == heard[3].info.queue


def test_the_samples_in_any_order() -> None:
    """All 5,040 orders end in one call."""
    reports = [report(sample(name)) for name in V2_CALL]
    expected = Call("15.1795421000.2922")
    for one in reports:
        expected = expected.joined(one)
    ends = set()
    for order in permutations(reports):
        call = Call("15.1795421000.2922")
        for one in order:
            call = call.joined(one)
        ends.add(call)
    assert {expected} == ends


# --- envelope -----------------------------------------------------------------------------------------------


def test_the_session_is_in_either_place() -> None:
    """`session_id`, else the payload's `id`; a body with neither is kept for a person to look at."""
    assert "15.1795421000.2922" == report(event(session_id=None)).call_id
    assert "7" == report(event(session_id=7)).call_id
    lost = read_body(with_payload(id="") | {"session_id": " "})
    assert isinstance(lost, NotUnderstood)
    assert "The call.answered names no call." == lost.reason


@pytest.mark.parametrize(("sequence", "expected"), [("4", 4), (4.0, 4), (None, 1000), ("", 1000), ({}, 1000)])
def test_the_sequence_in_any_type(sequence: object, expected: int) -> None:
    """Without one, it is taken for the last."""
    assert expected == report(event(event_sequence=sequence)).order


@pytest.mark.parametrize("name", ["disposition", "call.disposition", " Call.Disposition "])
def test_both_names_of_the_disposition(name: str) -> None:
    """Both are seen."""
    delivery = understood(event("7_call_disposition_unverified_shape.json", event_type=name))
    assert "call.disposition" == delivery.kind


@pytest.mark.parametrize("name", ["message.received", "message.template_sent", "conversation.opened"])
def test_whatsapp_is_known_and_says_nothing_of_calls(name: str) -> None:
    """Stored, answered, and nothing pops."""
    delivery = understood(event("whatsapp_message_received.json", event_type=name, session_id=None))
    assert (name, None) == (delivery.kind, delivery.report)


def test_unknown_events_are_quarantined() -> None:
    """With the name that nobody knew."""
    found = read_body(event(event_type="call.telepathy"))
    assert isinstance(found, NotUnderstood)
    assert "The event type 'call.telepathy' is not known." == found.reason


@pytest.mark.parametrize(
    ("said", "inner", "category", "reference", "expected"),
    [
        ("incoming", "incoming", "incoming", "", Direction.INCOMING),
        ("outgoing", "", "", "", Direction.OUTGOING),
        ("", "outgoing", "callback", "", Direction.OUTGOING),
        ("", "", "incoming", "", Direction.INCOMING),
        ("", "", "obd", "crm-lead-4711", Direction.OUTGOING),
        ("", "", "obd", "", None),
        ("", "", "oneway", "crm-lead-4711", None),
        ("", "", "webcall", "", None),
        (None, None, None, None, None),
        (["outgoing"], {}, 5, [], None),
    ],
)
def test_direction(
    said: object, inner: object, category: object, reference: object, expected: Direction | None
) -> None:
    """Only a plain word or our own click-to-call reference counts."""
    body = with_payload(direction=inner, category=category, client_ref_id=reference) | {"direction": said}
    assert expected is report(body).direction


def test_numbers_are_in_either_place() -> None:
    """The summary has no `system_identifier`; a withheld caller has no number at all."""
    found = report(with_payload(did=None, customer_number=""))
    assert ("+918000000042", "+919999900001") == (found.did, found.caller_number)
    hidden = report(with_payload(customer_number="anonymous") | {"customer_identifier": None})
    assert hidden.caller_number is None


def test_a_retry_is_a_duplicate() -> None:
    """The event's id stays; the send time may not."""
    key = understood(event()).dedupe_key
    assert key == understood(event(timestamp="2026-11-20T10:00:00Z")).dedupe_key
    assert key != understood(event(company_id="other")).dedupe_key


def test_an_event_without_id_goes_by_its_content() -> None:
    """Less its send time."""
    key = understood(event(event_id=None)).dedupe_key
    assert key == understood(event(event_id=None, timestamp="later")).dedupe_key
    assert key != understood(event(event_id=None, event_sequence=9)).dedupe_key
    assert key.startswith("v2:6836cad944e39380:body:")


# --- ends ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event_type", "over"),
    [("call.initiated", False), ("call.answered", False), ("call.end", True), ("call.summary", True)],
)
def test_which_events_end_the_call(event_type: str, over: bool) -> None:
    """With or without a status."""
    assert over is report(event(event_type=event_type)).over


def test_a_disposition_with_a_status_ends_the_call_too() -> None:
    """It can only be recorded of a call that is over, but its shape is uncertain."""
    name = "7_call_disposition_unverified_shape.json"
    assert report(with_payload(name)).over
    assert not report(with_payload(name, status=None)).over


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("bridged", CallStatus.BRIDGED),
        ("Missed", CallStatus.MISSED),
        ("voicemail", CallStatus.VOICEMAIL),
        ("odd", None),
        (1, None),
        ([], None),
    ],
)
def test_status(status: object, expected: CallStatus | None) -> None:
    """Unknown words say nothing."""
    assert expected is report(with_payload("5_call_end.json", status=status)).status


# --- legs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("result", ["dialing", "ringing", "connected", "", None, 5])
def test_only_answered_is_answered(result: object) -> None:
    """`connected` means reached, whatever else the leg says."""
    leg = leg_of(with_leg(result=result))
    assert (False, None, None, None) == (leg.answered, leg.answered_at, leg.unanswered, leg.talk_seconds)


def test_an_answer_that_names_nobody_is_somebodys() -> None:
    """The event says that somebody answered; no leg says who, or that its phone was only reached."""
    assert report(with_leg(result="connected")).answered_by_someone_at is None
    assert utc("08:37:11.480") == report(with_leg(result="ringing")).answered_by_someone_at
    assert utc("08:37:11.480") == report(with_payload(legs=[])).answered_by_someone_at
    assert report(with_leg()).answered_by_someone_at is None
    assert report(event("3_call_dial_begin_second_agent.json")).answered_by_someone_at is None


@pytest.mark.parametrize(
    ("dialled", "expected"),
    [
        ("NOANSWER", Unanswered.NO_ANSWER),
        ("", Unanswered.NO_ANSWER),
        ("BUSY", Unanswered.BUSY),
        ("CANCEL", Unanswered.CANCELLED),
    ],
)
def test_unanswered(dialled: str, expected: Unanswered) -> None:
    """By how the dialling ended."""
    assert expected is leg_of(with_leg(result="not_answered", dial_status=dialled)).unanswered


@pytest.mark.parametrize(
    ("rang_for", "expected"), [(22, utc("08:37:27")), ("22", utc("08:37:27")), (None, None), (-1, None)]
)
def test_an_unanswered_leg_without_end_ended_after_ringing(
    rang_for: object, expected: datetime | None
) -> None:
    """`ended_at` may be null on a missed call."""
    leg = leg_of(with_leg(result="not_answered", ended_at=None, ring_duration=rang_for))
    assert expected == leg.ended_at
    assert leg_of(with_leg(started_at=None, result="not_answered", ended_at=None)).ended_at is None


def test_an_answered_leg_that_ended_has_ended() -> None:
    """The call may go on: it was passed to somebody else."""
    assert utc("08:38:00") == leg_of(with_leg(ended_at="2026-11-20T08:38:00+00:00")).ended_at


def test_talk_time_is_the_legs() -> None:
    """Never the call's `duration`, which includes ringing."""
    assert 110 == leg_of(with_leg(talk_duration="110")).talk_seconds
    assert leg_of(with_payload("5_call_end.json", legs=with_leg()["payload"]["legs"])).talk_seconds is None


@pytest.mark.parametrize(
    ("index", "expected"), [(3, "3"), ("3", "3"), (None, f"phone:{B}"), ("x", f"phone:{B}")]
)
def test_legs_are_told_apart_by_index(index: object, expected: str) -> None:
    """Else by what stays the same from event to event."""
    assert expected == leg_of(with_leg(leg_index=index)).key
    assert "place:0" == leg_of(with_leg(leg_index=None, phone_number="")).key


def test_the_agents_contact_serves_for_a_number() -> None:
    """When the leg has none."""
    agent = {"uuid": 5, "name": "Ravi\u202e Nair", "email": "RAVI@example.in", "contact": "9999911102"}
    found = leg_of(with_leg(phone_number=None, agent=agent, department="Sales"))
    assert (AgentRef(B, "ravi@example.in", None, "5", "Ravi Nair"), None) == (found.agent, found.queue)


def test_the_customers_leg_counts_for_outgoing_calls() -> None:
    """An incoming customer is never `answered`; an outgoing one is awaited."""
    name = "outbound_click_to_call_end.json"
    agent, customer = event(name)["payload"]["legs"]
    dialling = report(with_payload(name, legs=[agent, customer | {"result": "dialing"}]))
    assert [True, False, None, None] == [
        report(event(name)).customer_answered,
        dialling.customer_answered,
        report(with_payload(name, legs=[agent])).customer_answered,
        report(event()).customer_answered,
    ]


@pytest.mark.parametrize("legs", [None, "x", 5, {}, [None, "x", 5, []], {"type": 5}, [{"type": ["agent"]}]])
def test_legs_of_any_type(legs: object) -> None:
    """The rest of the event counts all the same."""
    found = report(with_payload(legs=legs))
    assert ((), "+919999900001") == (found.legs, found.caller_number)


def test_a_leg_with_nothing_in_it_is_a_leg() -> None:
    """Somebody's phone was dialled."""
    assert LegReport("place:0") == leg_of(with_payload(legs={"type": "AGENT", "agent": [], "department": 5}))


@pytest.mark.parametrize("payload", [None, "x", 5, [], {}])
def test_a_payload_of_any_type(payload: object) -> None:
    """The envelope alone names call and numbers."""
    found = report(event("5_call_end.json", payload=payload))
    assert ("15.1795421000.2922", "+919999900001", True) == (found.call_id, found.caller_number, found.over)


# --- dispositions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ({"dispositions": ["Interested"]}, {}),
        ({"dispositions": None, "disposition": {"name": "Interested"}}, {}),
        ({"dispositions": [], "disposition": "Interested"}, {}),
        ({"dispositions": [{}]}, {"disposition": {"title": "Interested"}}),
    ],
)
def test_dispositions_wherever_they_stand(inside: dict[str, Any], outside: dict[str, Any]) -> None:
    """The event's shape is documented nowhere."""
    body = with_payload("7_call_disposition_unverified_shape.json", **inside) | outside
    assert (PanelDisposition("Interested"),) == report(body).dispositions
