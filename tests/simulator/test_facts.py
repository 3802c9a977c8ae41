"""What is true of a simulated call, and what follows from it."""

from random import Random

from cti_desktop.simulator.facts import Facts, SimLeg
from cti_desktop.simulator.scenarios import ASHA
from tests.helpers.calls import after


def leg(index: int = 2) -> SimLeg:
    """Asha's phone, ringing since noon."""
    return SimLeg(index, ASHA, ASHA.phone, after(0))


def facts(*legs: SimLeg, reference: str = "") -> Facts:
    """A call with these legs."""
    return Facts(
        "15.1.42", "+919999900001", "+918000000042", Random(1), client_ref_id=reference, legs=[*legs]
    )


def test_a_leg_that_talks() -> None:
    """Ringing ends with the answer, talk with the end."""
    talking = leg()
    talking.pick_up(after(5))
    assert (5, None, False) == (talking.ring_seconds, talking.talk_seconds, talking.rings)
    talking.end(after(65))
    talking.end(after(99))
    assert ("answered", "ANSWER", 60) == (talking.result, talking.dial_status, talking.talk_seconds)


def test_a_leg_that_nobody_answers() -> None:
    """It rings until it is silent, for the reason given."""
    silent = leg()
    assert (True, None) == (silent.rings, silent.ring_seconds)
    silent.end(after(20), dial_status="BUSY")
    assert ("not_answered", "BUSY", 20, None) == (
        silent.result,
        silent.dial_status,
        silent.ring_seconds,
        silent.talk_seconds,
    )


def test_an_incoming_call_is_bridged_by_the_agent() -> None:
    """And only conversations have a recording, once they are over."""
    talking = leg()
    call = facts(talking)
    assert (False, False) == (call.outgoing, call.bridged)
    talking.pick_up(after(5))
    assert (True, "") == (call.bridged, call.recording)
    call.ended_at = after(60)
    assert "42-recording.mp3" == call.recording


def test_an_outgoing_call_is_bridged_by_the_customer() -> None:
    """The agent's phone is picked up first."""
    agent, customer = leg(1), SimLeg(2, None, "+919999900001", after(5))
    call = facts(agent, customer, reference="crm-lead-4711")
    agent.pick_up(after(4))
    assert (True, False) == (call.outgoing, call.bridged)
    customer.pick_up(after(9))
    assert call.bridged


def test_the_customers_leg_does_not_ring() -> None:
    """It is the agents' phones that fall silent when one is picked up."""
    assert not SimLeg(1, None, "+919999900001", after(0)).rings


def test_ids_are_repeatable() -> None:
    """By seed."""
    assert facts().hex_id() == facts().hex_id()
    assert 32 == len(facts().hex_id(32))
