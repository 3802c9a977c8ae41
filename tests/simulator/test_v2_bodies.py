"""Second-generation bodies: the samples' fields, and the meaning that was put in."""

from typing import Any

import pytest

from cti_desktop.simulator.calls import SimulatedCall
from cti_desktop.simulator.facts import Posted
from cti_desktop.simulator.scenarios import ASHA, RAVI
from tests.helpers.calls import after
from tests.helpers.samples import V2_CALL, report, sample_object
from tests.helpers.shapes import shape


def hunt() -> list[Posted]:
    """The samples' call: Asha misses it, Ravi takes it."""
    call = SimulatedCall(caller="+919999900001")
    return [
        *call.begin(after(0)),
        *call.ring(ASHA, after(3)),
        *call.stop_ringing(ASHA, after(25)),
        *call.ring(RAVI, after(25)),
        *call.answer(RAVI, after(31)),
        *call.hang_up(after(141)),
        *call.summary(after(144)),
        *call.disposition("Interested", "wants a demo on Friday", RAVI, after(220)),
    ]


@pytest.mark.parametrize(("place", "name"), list(enumerate(V2_CALL)))
def test_every_event_has_the_samples_fields(place: int, name: str) -> None:
    """Names, nesting and types."""
    posted, sample = hunt()[place], sample_object(name)
    assert sample["event_type"] == posted.kind
    assert shape(sample) == shape(posted.body)


@pytest.mark.parametrize("place", range(len(V2_CALL) - 1))
def test_every_event_has_the_samples_meaning(place: int) -> None:
    """What legs and status say, whatever the ids and times."""
    ours, theirs = report(hunt()[place].body), report(sample_object(V2_CALL[place]))
    assert [(leg.key, leg.answered, leg.unanswered, leg.talk_seconds, leg.agent) for leg in theirs.legs] == [
        (leg.key, leg.answered, leg.unanswered, leg.talk_seconds, leg.agent) for leg in ours.legs
    ]
    assert (theirs.order, theirs.over, theirs.status, theirs.did) == (
        ours.order,
        ours.over,
        ours.status,
        ours.did,
    )


def test_an_outgoing_call_has_the_samples_fields() -> None:
    """Click-to-call: the agent's leg, then the customer's."""
    call = SimulatedCall(caller="+919999900009", client_ref_id="crm-lead-4711")
    call.ring(RAVI, after(0))
    call.answer(RAVI, after(4))
    call.customer_answers(after(16))
    (end,) = call.hang_up(after(48))
    sample = sample_object("v2/outbound_click_to_call_end.json")
    for leg in sample["payload"]["legs"]:  # where the sample lacks an end, and the customer's ringing is told
        leg["ended_at"] = "2026-11-20T09:54:15+00:00"
    sample["payload"]["legs"][1]["ring_duration"] = None
    assert shape(sample) == shape(end.body)


def test_a_withheld_number_is_blank() -> None:
    """As MyOperator has it."""
    call = SimulatedCall(caller=None)
    begun: Any = call.begin(after(0))[0].body
    assert ("", "", "") == (
        begun["customer_identifier"],
        begun["payload"]["customer_number"],
        begun["payload"]["legs"][0]["phone_number"],
    )
    assert report(begun).caller_number is None


def test_whatsapp_has_the_samples_fields() -> None:
    """A message is no call."""
    (message,) = SimulatedCall(caller="+919999900003").message("hello", after(0))
    assert shape(sample_object("v2/whatsapp_message_received.json")) == shape(message.body)


def test_event_ids_are_unique_and_sequences_rise() -> None:
    """The disposition has no sequence."""
    bodies = [posted.body for posted in hunt()]
    assert len(bodies) == len({body["event_id"] for body in bodies})
    assert [1, 2, 3, 4, 5, 6, None] == [body.get("event_sequence") for body in bodies]
