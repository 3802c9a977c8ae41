"""What each agent's stream gets as a call becomes known, in whatever order that happens."""

import sys
from dataclasses import replace
from itertools import groupby
from types import FrameType
from typing import Any

from hypothesis import given, settings

from cti_desktop.core.call import Call, EndReason
from cti_desktop.core.events import CallAnswered, CallDisposed, CallEnded, CallEvent, CallRang, CallUpdated
from cti_desktop.core.leg import Phase
from cti_desktop.core.people import AgentRef, Person
from cti_desktop.core.report import CallReport, LegReport, PanelDisposition
from cti_desktop.core.timeline import Addressed, changes, info_of, recognised
from tests.helpers.calls import after
from tests.helpers.histories import (
    CALL_ID,
    NAMES,
    Course,
    Roster,
    courses,
    joined,
    orders,
    ref,
    shuffled,
    told,
)

NOW = after(1000)
ROSTER = Roster()
RANKS = {CallRang: 1, CallAnswered: 2, CallEnded: 3}


def stream(reports: list[CallReport]) -> list[Addressed]:
    """Everything that all agents hear."""
    call: Call | None = None
    heard: list[Addressed] = []
    for report in reports:
        known = recognised((call or Call(CALL_ID)).joined(report), ROSTER)
        heard += changes(call, known, ROSTER, NOW)
        call = known
    return heard


def by_leg(heard: list[Addressed]) -> dict[str, list[CallEvent]]:
    """The events of each leg, in order."""
    ordered = sorted(heard, key=lambda a: a.event.info.leg)
    return {leg: [a.event for a in group] for leg, group in groupby(ordered, key=lambda a: a.event.info.leg)}


def steps(heard: list[Addressed], agent_id: str) -> list[tuple[str, EndReason | None]]:
    """One agent's events, by name and reason."""
    return [(type(a.event).__name__, a.event.info.reason) for a in heard if a.agent_id == agent_id]


def leg_report(agent: int = 0, key: str = "2", **claims: Any) -> LegReport:  # noqa: ANN401 - any field of LegReport
    """A leg that rang at noon."""
    return replace(LegReport(key, ref(agent), rang_at=after(0)), **claims)


# --- any history, any order ---------------------------------------------------------------------------------


@settings(max_examples=1_000)
@given(courses, orders)
def test_a_leg_only_goes_forward(course: Course, order: int) -> None:
    """Never a ring after the answer or the end, nor an answer after the end, and none of them twice."""
    for events in by_leg(stream(shuffled(told(course), order))).values():
        ranks = [RANKS[type(event)] for event in events if type(event) in RANKS]
        assert sorted(set(ranks)) == ranks


@settings(max_examples=1_000)
@given(courses.map(lambda course: replace(course, over=True)), orders)
def test_every_leg_ends_once_and_is_told_all(course: Course, order: int) -> None:
    """Once the end is told, each leg has one end, and its last news are those of the ordered history."""
    final = joined(told(course))
    expected = {leg.key: info_of(final, leg, ROSTER) for leg in final.legs if leg.agent.phone}

    events = by_leg(stream(shuffled(told(course), order)))

    assert expected == {leg: heard[-1].info for leg, heard in events.items()}
    assert {1} == {sum(isinstance(e, CallEnded) for e in heard) for heard in events.values()}


@given(courses, orders)
def test_a_redelivery_is_no_news(course: Course, order: int) -> None:
    """Joining what is known already changes nothing for anybody."""
    call = joined(shuffled(told(course), order))
    assert [[]] * len(told(course)) == [changes(call, call.joined(r), ROSTER, NOW) for r in told(course)]


@given(courses, orders)
def test_a_disposition_is_heard_by_those_who_talked(course: Course, order: int) -> None:
    """Wherever among the deliveries the disposition comes."""
    course = replace(course, disposed=True, over=True)
    final = joined(told(course))
    talked = {leg.agent.name for leg in final.legs if leg.answered} or {leg.agent.name for leg in final.legs}

    heard = stream(shuffled(told(course), order))

    told_of_it = {NAMES[int(a.agent_id[1:]) - 1] for a in heard if isinstance(a.event, CallDisposed)}
    assert talked <= told_of_it


# --- single steps -------------------------------------------------------------------------------------------


def test_ring_answer_end_update() -> None:
    """The plain life of a leg, with all that is known by then, at the times when it happened."""
    reports = [
        CallReport(CALL_ID, 1, caller_number="+919999900001", legs=(leg_report(),)),
        CallReport(CALL_ID, 2, legs=(leg_report(answered=True, answered_at=after(5)),)),
        CallReport(CALL_ID, 3, legs=(leg_report(ended_at=after(60), talk_seconds=55),), over=True),
        CallReport(CALL_ID, 4, recording="a.mp3"),
    ]
    events = [a.event for a in stream(reports)]
    assert [CallRang, CallAnswered, CallEnded, CallUpdated] == [type(e) for e in events]
    assert [after(0), after(5), after(60), NOW] == [e.at for e in events]
    assert [NOW] * 4 == [e.received_at for e in events]
    assert ROSTER.caller("+919999900001", None) == events[0].info.caller
    assert (EndReason.HUNG_UP, 55) == (events[2].info.reason, events[2].info.talk_seconds)
    assert "a.mp3" == events[3].info.recording


def test_an_end_that_comes_first_is_all_there_is() -> None:
    """A ring that is told after the end is history: the agent's screen is left alone."""
    ring = CallReport(CALL_ID, 1, legs=(leg_report(),))
    end = CallReport(CALL_ID, 2, legs=(leg_report(),), over=True, ended_at=after(9))
    heard = stream([end, ring])
    assert [("CallEnded", EndReason.MISSED)] == steps(heard, "a1")
    assert after(9) == heard[0].event.at


def test_times_that_nobody_told_are_the_relays() -> None:
    """An event always has a time."""
    leg = LegReport("2", ref(0))
    ring = CallReport(CALL_ID, 1, legs=(leg,))
    answer = CallReport(CALL_ID, 2, legs=(replace(leg, answered=True),))
    end = CallReport(CALL_ID, 3, over=True)
    assert [NOW] * 3 == [a.event.at for a in stream([ring, answer, end])]


def test_answered_elsewhere_names_the_colleague() -> None:
    """Both rang, the second answered."""
    ring = CallReport(CALL_ID, 1, legs=(leg_report(0, "2"), leg_report(1, "3")))
    answer = CallReport(CALL_ID, 2, legs=(leg_report(1, "3", answered=True, answered_at=after(5)),))
    heard = stream([ring, answer])
    assert [("CallRang", None), ("CallEnded", EndReason.ANSWERED_ELSEWHERE)] == steps(heard, "a1")
    assert [("CallRang", None), ("CallAnswered", None)] == steps(heard, "a2")
    assert Person("a2", "Ravi Nair") == heard[2].event.info.answered_by
    assert heard[3].event.info.answered_by is None


def test_a_colleague_who_is_not_in_the_roster_has_the_providers_name() -> None:
    """Streams are for the roster's agents; names are for all who are named."""
    stranger = LegReport("3", AgentRef(name="Guest"), answered=True, answered_at=after(5))
    nameless = LegReport("4", AgentRef(), rang_at=after(0))
    heard = stream([CallReport(CALL_ID, 1, legs=(leg_report(), stranger, nameless))])
    assert [("CallEnded", EndReason.ANSWERED_ELSEWHERE)] == steps(heard, "a1")
    assert 1 == len(heard)
    info = heard[0].event.info
    assert Person(None, "Guest") == info.answered_by
    assert (Person("a1", "Asha Verma"), Person(None, "Guest")) == info.agents


def test_an_agent_who_is_recognised_late_hears_where_the_leg_stands() -> None:
    """The provider named nobody while it rang."""
    anonymous = CallReport(CALL_ID, 1, legs=(LegReport("2", rang_at=after(0), answered=True),))
    named = CallReport(CALL_ID, 2, legs=(LegReport("2", ref(0)),))
    assert [("CallAnswered", None)] == steps(stream([anonymous, named]), "a1")


def test_who_was_recognised_stays_the_one() -> None:
    """Whatever the provider says of the agent later, and whoever has that phone then."""
    call = recognised(joined([CallReport(CALL_ID, 1, legs=(leg_report(),))]), ROSTER)
    assert ["a1"] == [leg.agent.id for leg in call.legs]
    other = CallReport(CALL_ID, 2, legs=(LegReport("2", ref(1)),), over=True)
    ended = recognised(call.joined(other), ROSTER)
    assert [("CallEnded", EndReason.MISSED)] == steps(changes(call, ended, ROSTER, NOW), "a1")


def test_a_call_that_was_given_up_ends_for_its_agents() -> None:
    """And the real end, should it come, is an update."""
    call = recognised(joined([CallReport(CALL_ID, 1, legs=(leg_report(),))]), ROSTER)
    given_up = replace(call, given_up=True)
    heard = changes(call, given_up, ROSTER, NOW)
    assert [("CallEnded", EndReason.UNKNOWN)] == steps(heard, "a1")
    over = given_up.joined(CallReport(CALL_ID, 2, over=True))
    assert [("CallUpdated", EndReason.MISSED)] == steps(changes(given_up, over, ROSTER, NOW), "a1")


def test_a_panel_disposition_goes_to_who_talked() -> None:
    """Not to the colleague whose phone only rang."""
    legs = (leg_report(0, "2"), leg_report(1, "3", answered=True, answered_at=after(5)))
    disposition = PanelDisposition("Interested", "on Friday", "Ravi Nair")
    before = recognised(joined([CallReport(CALL_ID, 1, legs=legs, over=True)]), ROSTER)
    known = before.joined(CallReport(CALL_ID, 2, dispositions=(disposition,)))
    heard = changes(before, known, ROSTER, NOW)
    assert ["a2"] == [a.agent_id for a in heard]
    event = heard[0].event
    assert isinstance(event, CallDisposed)
    assert ("Interested", "on Friday", "Ravi Nair") == (event.label, event.notes, event.by)
    assert ("provider", None) == (event.via, event.disposition_id)


def test_info_of_a_leg_that_goes_on_has_no_reason() -> None:
    """A reason is given with the end."""
    call = joined([CallReport(CALL_ID, 1, legs=(leg_report(queue="Sales"),))])
    info = info_of(call, call.legs[0], ROSTER)
    assert (None, "Sales") == (info.reason, info.queue)
    assert Phase.RINGING is call.phase(call.legs[0])


# --- many agents at once ------------------------------------------------------------------------------------


def operations(legs: int) -> int:
    """How many functions of ours run while a call that rings with so many agents is answered by one."""
    ringing = [leg_report(key=str(index), agent=index % 3) for index in range(legs)]
    answered = CallReport(CALL_ID, 2, legs=(leg_report(key="0", answered=True, answered_at=after(5)),))
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    call = recognised(Call(CALL_ID).joined(CallReport(CALL_ID, 1, legs=tuple(ringing))), ROSTER)
    sys.setprofile(note)
    try:
        heard = changes(call, recognised(call.joined(answered), ROSTER), ROSTER, NOW)
    finally:
        sys.setprofile(None)
    assert len(heard) == legs
    return count


def test_work_grows_with_the_number_of_agents_and_not_with_its_square() -> None:
    """Four times the agents are four times the work."""
    assert operations(800) < 4.4 * operations(200)
