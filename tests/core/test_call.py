"""Calls joined from reports: any order, any number of times; and what that means for each leg."""

from dataclasses import replace
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cti_desktop.core.call import Call, EndReason
from cti_desktop.core.leg import Phase
from cti_desktop.core.people import AgentRef
from cti_desktop.core.report import (
    CallReport,
    CallStatus,
    Direction,
    LegReport,
    PanelDisposition,
    RingSet,
    Unanswered,
)
from tests.helpers.calls import after
from tests.helpers.histories import Course, courses, joined, orders, shuffled, told

A, B, C = "+919999911101", "+919999911102", "+919999911103"


def report(order: int = 1, *legs: LegReport, **claims: Any) -> CallReport:  # noqa: ANN401 - any field of CallReport
    """A report of the call under test."""
    return replace(CallReport("call-1", order, legs=legs), **claims)


def rings(at: float, *phones: str) -> CallReport:
    """A provider that lists phones: these ring now."""
    return report(10, ringing=RingSet(after(at), frozenset(phones)))


def answers(at: float, phone: str) -> CallReport:
    """A provider that lists phones: this one picked up."""
    return report(20, LegReport(phone, answered=True, answered_at=after(at)))


def state(call: Call, key: str) -> tuple[Phase, EndReason | None]:
    """A leg's phase, and its reason once it has ended."""
    leg = next(leg for leg in call.legs if leg.key == key)
    phase = call.phase(leg)
    return phase, call.reason(leg) if phase is Phase.ENDED else None


def ended(reason: EndReason) -> tuple[Phase, EndReason]:
    """What `state` gives for a leg that ended so."""
    return Phase.ENDED, reason


# --- joining ------------------------------------------------------------------------------------------------

moments = st.none() | st.sampled_from([after(s) for s in (0, 5, 5.5, 6, 20)])
words = st.none() | st.sampled_from(["x", "y"])
keys = st.sampled_from(["1", "2", "3"])
leg_reports = st.builds(
    LegReport,
    key=keys,
    agent=st.builds(AgentRef, phone=words, name=words),
    queue=words,
    rang_at=moments,
    answered=st.booleans(),
    answered_at=moments,
    unanswered=st.none() | st.sampled_from(Unanswered),
    ended_at=moments,
    talk_seconds=st.none() | st.integers(0, 3),
)
# Reports as no provider sends them: the join holds for every claim against every other.
wild_reports = st.builds(
    CallReport,
    call_id=st.just("call-1"),
    order=st.integers(1, 3),
    direction=st.none() | st.sampled_from(Direction),
    caller_number=words,
    region=words,
    did=words,
    queue=words,
    started_at=moments,
    ended_at=moments,
    status=st.none() | st.sampled_from(CallStatus),
    over=st.booleans(),
    recording=words,
    legs=st.lists(leg_reports, max_size=2).map(tuple),
    ringing=st.none() | st.builds(RingSet, moments.filter(bool), st.frozensets(keys)),
    answered_by_someone_at=moments,
    customer_answered=st.none() | st.booleans(),
    dispositions=st.lists(st.builds(PanelDisposition, st.sampled_from("ab"), by=words), max_size=1).map(
        tuple
    ),
)


@settings(max_examples=2_500)
@given(courses, orders)
def test_shuffled_and_doubled_deliveries_end_in_the_same_call(course: Course, order: int) -> None:
    """However late and often a provider delivers, the call is what it would have been: 10,000 histories."""
    reports = told(course)
    expected = joined(reports)

    calls = [joined(shuffled(reports, order + n)) for n in range(4)]

    assert [expected] * 4 == calls


@given(st.lists(wild_reports, max_size=4), wild_reports, wild_reports, st.booleans())
def test_joining_needs_no_order(
    before: list[CallReport], a: CallReport, b: CallReport, by_phone: bool
) -> None:
    """Commutative and idempotent for any claims, contradictions included."""
    *before, a, b = (replace(report, by_phone=by_phone) for report in (*before, a, b))
    call = joined(before)
    assert call.joined(a).joined(b) == call.joined(b).joined(a)
    assert call.joined(a).joined(a) == call.joined(a)
    assert call.joined(a).joined(b).joined(a) == call.joined(a).joined(b)


@given(st.lists(wild_reports, max_size=6), st.booleans())
def test_a_leg_never_goes_back(reports: list[CallReport], by_phone: bool) -> None:
    """Whatever is learned later, what an agent was shown isn't taken back."""
    call = Call("call-1")
    phases: dict[str, Phase] = {}
    for told_next in reports:
        call = call.joined(replace(told_next, by_phone=by_phone))
        for leg in call.legs:
            assert phases.get(leg.key, Phase.UNSEEN) <= call.phase(leg)
            phases[leg.key] = call.phase(leg)


@given(courses.map(lambda course: replace(course, over=True)), orders)
def test_every_leg_ends_with_the_call(course: Course, order: int) -> None:
    """Once the end is told, nobody is left ringing or talking, and each for the same reason."""
    expected = joined(told(course))
    call = joined(shuffled(told(course), order))
    assert {Phase.ENDED} == {call.phase(leg) for leg in call.legs}
    assert [expected.reason(leg) for leg in expected.legs] == [call.reason(leg) for leg in call.legs]


# --- what a call is -----------------------------------------------------------------------------------------


def test_nothing_is_known_of_a_new_call() -> None:
    """A call without reports is incoming, from a withheld number."""
    call = Call("call-1")
    assert Direction.INCOMING is call.direction
    assert (call.caller_number, call.region, call.did, call.queue, call.recording) == (None,) * 5


def test_the_later_report_wins_a_contradiction() -> None:
    """By the provider's own order, not by that of arrival; equal ranks go to the greater text."""
    late = report(5, caller_number="+912222222222", direction=Direction.OUTGOING)
    early = report(1, caller_number="+913333333333", direction=Direction.INCOMING)
    call = joined([late, early])
    assert ("+912222222222", Direction.OUTGOING) == (call.caller_number, call.direction)
    assert "z" == joined([report(1, did="z"), report(1, did="a")]).did


def test_scalars_are_kept() -> None:
    """What one report says, the others needn't repeat."""
    call = joined([report(1, region="Delhi, India", did="+91800"), report(2, recording="a.mp3"), report(3)])
    assert ("Delhi, India", "+91800", "a.mp3") == (call.region, call.did, call.recording)


def test_a_leg_lends_its_queue() -> None:
    """The call's own queue comes first; without one, any leg's serves."""
    leg = LegReport("2", queue="Support")
    assert "Support" == joined([report(1, LegReport("1"), leg)]).queue
    assert "Sales" == joined([report(1, leg, queue="Sales")]).queue


# --- providers that tell legs -------------------------------------------------------------------------------


def test_a_leg_rings_talks_and_hangs_up() -> None:
    """The plain life of a leg."""
    ringing = joined([report(1, LegReport("2", rang_at=after(0)))])
    talking = ringing.joined(report(2, LegReport("2", answered=True, answered_at=after(5))))
    over = talking.joined(report(3, LegReport("2", ended_at=after(60), talk_seconds=55), over=True))
    assert (Phase.RINGING, None) == state(ringing, "2")
    assert (Phase.CONNECTED, None) == state(talking, "2")
    assert ended(EndReason.HUNG_UP) == state(over, "2")
    assert 55 == over.legs[0].talk_seconds


def test_the_hunt_group_moves_on() -> None:
    """The first agent missed it: it fell silent before anybody answered."""
    first = LegReport("2", rang_at=after(0), unanswered=Unanswered.NO_ANSWER, ended_at=after(22))
    second = LegReport("3", rang_at=after(22), answered=True, answered_at=after(28))
    call = joined([report(3, first, second)])
    assert ended(EndReason.MISSED) == state(call, "2")
    assert (Phase.CONNECTED, None) == state(call, "3")
    answerer = call.answerer(call.legs[0])
    assert answerer is not None
    assert "3" == answerer.key


@pytest.mark.parametrize("silent_at", [5, 5.5, 4.5, None])
def test_a_colleague_takes_it(silent_at: float | None) -> None:
    """Both rang; the other's answer ends mine, even before my leg's end is told, and times are rounded."""
    mine = LegReport("2", rang_at=after(0), ended_at=None if silent_at is None else after(silent_at))
    other = LegReport("3", rang_at=after(0), answered=True, answered_at=after(5))
    assert ended(EndReason.ANSWERED_ELSEWHERE) == state(joined([report(2, mine, other)]), "2")


def test_cancelled_is_taken_from_me_whatever_the_times() -> None:
    """The provider cancels a ringing phone because another was picked up."""
    mine = LegReport("2", rang_at=after(0), unanswered=Unanswered.CANCELLED, ended_at=after(1))
    other = LegReport("3", answered=True, answered_at=after(5))
    assert ended(EndReason.ANSWERED_ELSEWHERE) == state(joined([report(2, mine, other)]), "2")


def test_busy_is_a_rejection() -> None:
    """Even when a colleague answers the same call."""
    mine = LegReport("2", rang_at=after(0), unanswered=Unanswered.BUSY)
    other = LegReport("3", answered=True, answered_at=after(5))
    assert ended(EndReason.REJECTED) == state(joined([report(2, mine, other)]), "2")


def test_voicemail() -> None:
    """Nobody answered and the customer was put through to the voice mail."""
    mine = LegReport("2", rang_at=after(0), unanswered=Unanswered.NO_ANSWER, ended_at=after(20))
    call = joined([report(2, mine, status=CallStatus.VOICEMAIL, over=True)])
    assert ended(EndReason.VOICEMAIL) == state(call, "2")


def test_a_transfer_rings_the_second_while_the_first_talks() -> None:
    """A phone that rings after the answer isn't taken from its agent: the call is being passed on."""
    first = LegReport("2", rang_at=after(0), answered=True, answered_at=after(5))
    second = LegReport("3", rang_at=after(40))
    passing = joined([report(3, first, second)])
    assert [(Phase.CONNECTED, None), (Phase.RINGING, None)] == [state(passing, "2"), state(passing, "3")]

    left = LegReport("2", ended_at=after(50))
    taken = LegReport("3", answered=True, answered_at=after(46))
    passed = passing.joined(report(4, left, taken))
    assert [ended(EndReason.HUNG_UP), (Phase.CONNECTED, None)] == [state(passed, "2"), state(passed, "3")]


def test_the_first_to_answer_is_the_answerer() -> None:
    """Later ones had the call passed on; an answer without a time counts last."""
    legs = [
        LegReport("2", rang_at=after(0)),
        LegReport("3", answered=True, answered_at=after(46)),
        LegReport("4", answered=True, answered_at=after(5)),
        LegReport("5", answered=True),
    ]
    call = joined([report(3, *legs)])
    assert ["4", "4", "3", "4"] == [answerer.key for leg in call.legs if (answerer := call.answerer(leg))]


# --- answers that name nobody -------------------------------------------------------------------------------


def test_an_answer_that_names_nobody_is_the_only_ringing_phones() -> None:
    """With one phone that can have answered, it did; it isn't known with two."""
    one = report(1, LegReport("2", rang_at=after(0)), answered_by_someone_at=after(5))
    two = report(1, LegReport("3", rang_at=after(0)))
    assert (Phase.CONNECTED, None) == state(joined([one]), "2")
    assert (Phase.RINGING, None) == state(joined([two, one]), "2")


def test_an_answer_that_names_nobody_is_not_a_silent_phones() -> None:
    """A phone that fell silent before can't have answered, so the one that rang did."""
    silent = LegReport("2", rang_at=after(0), unanswered=Unanswered.NO_ANSWER, ended_at=after(20))
    call = joined([report(1, silent, LegReport("3", rang_at=after(20)), answered_by_someone_at=after(25))])
    assert [ended(EndReason.MISSED), (Phase.CONNECTED, None)] == [state(call, "2"), state(call, "3")]


def test_a_guess_that_was_shown_is_not_taken_back() -> None:
    """The only phone known to ring seemed to have answered; when a second turns up late, its card stays."""
    one = report(1, LegReport("2", rang_at=after(0)), answered_by_someone_at=after(5))
    two = report(1, LegReport("3", rang_at=after(0)))
    call = joined([one, two])
    assert [(Phase.CONNECTED, None), (Phase.RINGING, None)] == [state(call, "2"), state(call, "3")]
    assert joined([two, one]) == call


def test_a_named_answer_outweighs_an_unnamed_one() -> None:
    """Once a leg is known to have answered, the unnamed answer was its."""
    call = joined([report(1, LegReport("2", rang_at=after(0)), answered_by_someone_at=after(5))])
    call = call.joined(report(2, LegReport("3", rang_at=after(0), answered=True, answered_at=after(5))))
    assert ended(EndReason.ANSWERED_ELSEWHERE) == state(call, "2")


# --- providers that list phones -----------------------------------------------------------------------------


def test_a_phone_that_left_the_ring_set_missed_it() -> None:
    """The hunt group moved on."""
    call = joined([rings(0, A), rings(20, B)])
    assert [ended(EndReason.MISSED), (Phase.RINGING, None)] == [state(call, A), state(call, B)]
    assert after(0) == call.legs[0].rang_at


def test_phones_of_one_second_ring_together() -> None:
    """Sets with the same time add up: times are whole seconds."""
    call = joined([rings(0, A), rings(0, B)])
    assert [(Phase.RINGING, None)] * 2 == [state(call, A), state(call, B)]


def test_the_phone_that_rang_when_a_colleague_answered() -> None:
    """Answered elsewhere, however many ring sets follow, in whatever order they come."""
    story = [rings(0, A, B), answers(5, B), rings(60, C)]
    for order in (story, story[::-1]):
        call = joined(order)
        assert ended(EndReason.ANSWERED_ELSEWHERE) == state(call, A)
        assert (Phase.CONNECTED, None) == state(call, B)
        assert (Phase.RINGING, None) == state(call, C)


def test_the_phone_that_rang_before_a_colleague_answered() -> None:
    """Missed: it had left the ring set by then."""
    call = joined([rings(0, A), rings(20, B), answers(25, B)])
    assert ended(EndReason.MISSED) == state(call, A)


def test_a_second_ringing_of_one_phone_does_not_reopen_its_leg() -> None:
    """The phone is all that tells the legs apart: what it has come to stays, but the talk is still told."""
    call = joined([rings(0, A), rings(20, B), rings(40, A), answers(45, A)])
    assert ended(EndReason.UNKNOWN) == state(call, A)
    over = call.joined(report(30, over=True))
    assert ended(EndReason.HUNG_UP) == state(over, A)


# --- outgoing calls -----------------------------------------------------------------------------------------


def test_an_outgoing_call_begins_with_the_customers_answer() -> None:
    """The agent's phone is picked up first; until the customer answers, it only rings."""
    agent = LegReport("1", rang_at=after(0), answered=True, answered_at=after(4))
    call = joined([report(1, agent, direction=Direction.OUTGOING, customer_answered=False)])
    assert (Phase.RINGING, None) == state(call, "1")
    talking = call.joined(report(2, customer_answered=True))
    assert (Phase.CONNECTED, None) == state(talking, "1")
    unreached = call.joined(report(3, over=True, status=CallStatus.MISSED))
    assert ended(EndReason.MISSED) == state(unreached, "1")


def test_a_bridged_outgoing_call_was_answered() -> None:
    """The log's status settles what the live reports left open."""
    agent = LegReport("1", answered=True)
    live = report(1, agent, direction=Direction.OUTGOING, customer_answered=False)
    assert (Phase.CONNECTED, None) == state(joined([live, report(2, status=CallStatus.BRIDGED)]), "1")


# --- calls whose end never came -----------------------------------------------------------------------------


def test_a_call_that_was_given_up_ended_somehow() -> None:
    """Our own watch closes it; a real end that comes after all tells the reason."""
    call = joined([report(1, LegReport("2", rang_at=after(0)), LegReport("3", answered=True))])
    given_up = replace(joined([report(1, LegReport("3", answered=True))]), given_up=True)
    assert ended(EndReason.UNKNOWN) == state(given_up, "3")
    assert ended(EndReason.HUNG_UP) == state(given_up.joined(report(2, over=True)), "3")
    ringing = replace(joined([report(1, LegReport("2", rang_at=after(0)))]), given_up=True)
    assert ended(EndReason.UNKNOWN) == state(ringing, "2")
    assert (Phase.CONNECTED, None) == state(call, "3")


def test_dispositions_add_up() -> None:
    """Several can be recorded for one call; a repeated one counts once."""
    a, b = PanelDisposition("Interested", by="Ravi"), PanelDisposition("Interested")
    call = reduce(
        Call.joined, [report(30, dispositions=(a,)), report(30, dispositions=(b, a))], Call("call-1")
    )
    assert (b, a) == call.dispositions
