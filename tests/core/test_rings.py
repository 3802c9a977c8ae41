"""Which of its phone's rings a leg is, where a provider lists phones; joining itself is test_call.py's."""

from dataclasses import replace
from itertools import permutations

import pytest

from cti_desktop.core.call import Call, EndReason
from cti_desktop.core.leg import Phase
from cti_desktop.core.report import CallReport, CallStatus, LegReport, RingSet, Unanswered
from tests.helpers.calls import after
from tests.helpers.histories import CALL_ID, PHONES, joined, ref, ringing

A, B = PHONES[:2]

# Asha rings, Ravi rings, Asha rings again, and answers.
HUNT = (ringing(0, [0]), ringing(20, [1]), ringing(40, [0]))
ANSWER = CallReport(
    CALL_ID, 20, legs=(LegReport(A, ref(0), answered=True, answered_at=after(45)),), by_phone=True
)
LOG = CallReport(
    CALL_ID,
    30,
    status=CallStatus.BRIDGED,
    over=True,
    by_phone=True,
    legs=(
        LegReport(A, ref(0), rang_at=after(2), unanswered=Unanswered.NO_ANSWER, ended_at=after(20)),
        LegReport(B, ref(1), rang_at=after(20), unanswered=Unanswered.BUSY, ended_at=after(39)),
        LegReport(A, ref(0), answered=True, answered_at=after(45), ended_at=after(105), talk_seconds=60),
    ),
)


def shown(call: Call) -> dict[str, Phase]:
    """How far each leg has come."""
    return {leg.key: call.phase(leg) for leg in call.legs}


def test_a_phone_that_rings_anew_begins_another_leg() -> None:
    """The first is missed and over; the agent's card for the second can pop."""
    assert {A: Phase.RINGING} == shown(joined(HUNT[:1]))
    assert {A: Phase.ENDED, B: Phase.RINGING} == shown(joined(HUNT[:2]))
    assert {A: Phase.ENDED, f"{A}#2": Phase.RINGING, B: Phase.ENDED} == shown(joined(HUNT))


def test_an_answer_is_of_the_ring_that_it_follows() -> None:
    """It doesn't reach back to the ring that was missed."""
    call = joined([*HUNT, ANSWER])
    assert {A: Phase.ENDED, f"{A}#2": Phase.CONNECTED, B: Phase.ENDED} == shown(call)
    assert EndReason.MISSED is call.reason(call.legs[0])
    assert [after(0), after(40), after(20)] == [leg.rang_at for leg in call.legs]


def test_a_log_tells_each_ring_its_own() -> None:
    """Even where its clock is some seconds behind."""
    behind = replace(LOG, legs=(replace(LOG.legs[0], rang_at=after(-2)), *LOG.legs[1:]))
    for log in (LOG, behind):
        call = joined([*HUNT, ANSWER, log])
        first, second, colleague = call.legs
        assert [EndReason.MISSED, EndReason.HUNG_UP, EndReason.REJECTED] == [
            call.reason(leg) for leg in (first, second, colleague)
        ]
        assert [(None, after(20)), (60, after(105))] == [
            (leg.talk_seconds, leg.ended_at) for leg in (first, second)
        ]


def test_in_any_order() -> None:
    """The log may come before the phones ring."""
    reports = [*HUNT, ANSWER, LOG]
    expected = joined(reports)
    assert all(joined(order) == expected for order in permutations(reports))
    assert expected == joined([*reports, *reports])


@pytest.mark.parametrize(
    ("claim", "place"),
    [
        (LegReport(A, answered=True), 1),
        (LegReport(A, unanswered=Unanswered.BUSY), 0),
        (LegReport(A, ended_at=after(50), unanswered=Unanswered.BUSY), 1),
        (LegReport(A, rang_at=after(38), unanswered=Unanswered.BUSY), 1),
        (LegReport(A, rang_at=after(-60), unanswered=Unanswered.BUSY), 0),
    ],
)
def test_a_claim_without_its_time_goes_where_it_likely_belongs(claim: LegReport, place: int) -> None:
    """An answer to the last ring, anything else to the first."""
    call = joined([*HUNT, CallReport(CALL_ID, 30, legs=(claim,), by_phone=True)])
    told = [leg.answered or leg.unanswered is not None for leg in call.legs if leg.agent == ref(0)]
    assert [n == place for n in (0, 1)] == told


def test_what_an_agent_was_shown_stays() -> None:
    """The second ring was taken for the first until an earlier one is told."""
    call = joined([HUNT[2], ANSWER])
    assert {A: Phase.CONNECTED} == shown(call)
    call = call.joined(HUNT[0]).joined(HUNT[1])
    assert {A: Phase.ENDED, f"{A}#2": Phase.CONNECTED, B: Phase.ENDED} == shown(call)


def test_legs_told_by_an_index_are_never_parted() -> None:
    """There, a phone that rings anew has an index of its own."""
    sets = [
        CallReport(CALL_ID, 1, ringing=RingSet(after(n), frozenset(keys)))
        for n, keys in enumerate(("2", "3", "2"))
    ]
    assert ["2", "3"] == [leg.key for leg in joined(sets).legs]
