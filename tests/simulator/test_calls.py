"""Calls acted out step by step, as the relay will understand them."""

import pytest

from cti_desktop.core.call import Call, EndReason
from cti_desktop.simulator.calls import SimulatedCall
from cti_desktop.simulator.facts import Posted
from cti_desktop.simulator.scenarios import ASHA, RAVI
from tests.helpers.calls import after
from tests.helpers.samples import report


def kinds(posted: list[Posted]) -> list[str]:
    """What a step sends."""
    return [one.kind for one in posted]


def understood_call(posted: list[Posted]) -> Call:
    """The call that a relay joins from it."""
    call = Call(posted[0].call_id)
    for one in posted:
        call = call.joined(report(one.body))
    return call


def reasons(posted: list[Posted]) -> dict[str | None, EndReason]:
    """How each agent's part ended, by phone."""
    call = understood_call(posted)
    return {leg.agent.phone: call.reason(leg) for leg in call.legs}


def test_steps_of_the_second_generation() -> None:
    """An event for each thing that happens; silence is told with the next one."""
    call = SimulatedCall(caller="+919999900001")
    assert ["call.initiated", "call.dial_begin"] == kinds(call.ring(ASHA, after(0)))
    assert [] == kinds(call.stop_ringing(ASHA, after(20)))
    assert ["call.dial_begin"] == kinds(call.ring(RAVI, after(20)))
    assert ["call.answered"] == kinds(call.answer(RAVI, after(25)))
    assert ["call.end"] == kinds(call.hang_up(after(60)))
    assert ["call.summary"] == kinds(call.summary(after(63)))
    assert ["call.disposition"] == kinds(call.disposition("Interested", "", RAVI, after(90)))


def test_steps_of_the_first_generation() -> None:
    """A state of the live call, then its log; no beginning and no summary."""
    call = SimulatedCall("v1", caller="+919999900001")
    assert [] == kinds(call.begin(after(0)))
    assert ["incall"] == kinds(call.ring([ASHA, RAVI], after(2)))
    assert ["incall"] == kinds(call.answer(RAVI, after(12)))
    assert ["after_call"] == kinds(call.hang_up(after(60)))
    assert [] == kinds(call.summary(after(63)))
    assert ["disposition"] == kinds(call.disposition("Interested", "", RAVI, after(90)))


@pytest.mark.parametrize("generation", ["v1", "v2"])
def test_the_second_phone_rings_beside_the_first(generation: str) -> None:
    """Both generations tell it so that the first is answered elsewhere."""
    call = SimulatedCall("v1" if generation == "v1" else "v2", caller="+919999900001")
    posted = [*call.ring(ASHA, after(0)), *call.ring(RAVI, after(2)), *call.answer(RAVI, after(5))]
    assert EndReason.ANSWERED_ELSEWHERE is reasons(posted)[ASHA.phone]
    posted += call.hang_up(after(60))
    assert {ASHA.phone: EndReason.ANSWERED_ELSEWHERE, RAVI.phone: EndReason.HUNG_UP} == reasons(posted)


def test_a_rejected_call() -> None:
    """The agent pressed the red button."""
    call = SimulatedCall(caller="+919999900001")
    posted = call.ring(ASHA, after(0))
    call.stop_ringing(ASHA, after(3), busy=True)
    assert {ASHA.phone: EndReason.REJECTED} == reasons(posted + call.hang_up(after(30)))


@pytest.mark.parametrize("generation", ["v1", "v2"])
def test_an_outgoing_call(generation: str) -> None:
    """Nothing is answered until the customer answers."""
    call = SimulatedCall("v1" if generation == "v1" else "v2", caller="+919999900001", client_ref_id="lead-1")
    posted = [*call.ring(ASHA, after(0)), *call.answer(ASHA, after(4))]
    before = understood_call(posted)
    posted += call.customer_answers(after(9))
    talking = understood_call(posted)
    assert ("RINGING", "CONNECTED") == (
        before.phase(before.legs[0]).name,
        talking.phase(talking.legs[0]).name,
    )


def test_a_transfer() -> None:
    """The first agent leaves, the second goes on."""
    call = SimulatedCall(caller="+919999900001")
    posted = [*call.ring(ASHA, after(0)), *call.answer(ASHA, after(5)), *call.ring(RAVI, after(40))]
    posted += [*call.answer(RAVI, after(45)), *call.leave(ASHA, after(50)), *call.hang_up(after(90))]
    assert {ASHA.phone: EndReason.HUNG_UP, RAVI.phone: EndReason.HUNG_UP} == reasons(posted)
    assert [45, 45] == [leg.talk_seconds for leg in understood_call(posted).legs]


def test_ids_follow_from_seed_and_time() -> None:
    """The same again is the same; another seed or another time is another call."""
    one, same, seeded, later = (
        SimulatedCall(caller="+919999900001", seed=seed).ring(ASHA, after(at))
        for seed, at in ((1, 0), (1, 0), (2, 0), (1, 1))
    )
    assert one == same
    assert 3 == len({posted[0].call_id for posted in (one, seeded, later)})
    assert 3 == len({posted[0].body["event_id"] for posted in (one, seeded, later)})


def test_the_call_has_its_id_once_it_began() -> None:
    """The posts name it too."""
    call = SimulatedCall(caller="+919999900001")
    assert "" == call.id
    posted = call.ring(ASHA, after(0))
    assert {call.id} == {one.call_id for one in posted}
    assert call.id.startswith("15.1795176000.")
