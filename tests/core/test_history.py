"""What is remembered of a call, told from what was reported."""

from datetime import UTC, datetime, timedelta

import pytest

from cti_desktop.core.call import Call
from cti_desktop.core.events import Interaction, Result
from cti_desktop.core.history import debtors, interaction_of, is_over
from cti_desktop.core.people import AgentRef, Person
from cti_desktop.core.report import CallReport, CallStatus, Direction, LegReport, PanelDisposition, Unanswered
from tests.helpers.histories import NAMES, PHONES, Roster

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ASHA = Person("a1", NAMES[0])


def leg(index: int, **claims: object) -> LegReport:
    """A leg of one of the roster's agents."""
    return LegReport(PHONES[index], AgentRef(phone=PHONES[index]), rang_at=NOON, **claims)  # type: ignore[arg-type]


def call(*legs: LegReport, **claims: object) -> Call:
    """A call of which one report told."""
    return Call("c").joined(CallReport("c", 1, legs=legs, **claims))  # type: ignore[arg-type]


def test_a_conversation() -> None:
    """Who talked, when it began, how long it took."""
    talked = leg(0, answered=True, answered_at=NOON, ended_at=NOON + timedelta(seconds=9), talk_seconds=9)
    told = call(talked, direction=Direction.OUTGOING)

    assert is_over(told)
    assert interaction_of(told, Roster(), NOON) == Interaction(
        "c", NOON, Direction.OUTGOING, Result.TALKED, ASHA, 9
    )


@pytest.mark.parametrize(
    ("claims", "result"),
    [
        ({"over": True}, Result.MISSED),
        ({"over": True, "status": CallStatus.VOICEMAIL}, Result.VOICEMAIL),
    ],
)
def test_nobody_talked(claims: dict[str, object], result: Result) -> None:
    """A missed call has no agent."""
    told = call(leg(0, unanswered=Unanswered.NO_ANSWER, ended_at=NOON), **claims)

    assert (result, None) == (
        interaction_of(told, Roster(), NOON).result,
        interaction_of(told, Roster(), NOON).agent,
    )


def test_a_panels_disposition_is_the_outcome() -> None:
    """What was recorded in the provider's panel counts like ours."""
    told = call(leg(0, answered=True, ended_at=NOON), dispositions=(PanelDisposition("Sold", "two", "Asha"),))

    assert ("Sold", "two") == (
        interaction_of(told, Roster(), NOON).outcome,
        interaction_of(told, Roster(), NOON).notes,
    )


def test_a_call_that_goes_on_is_not_over() -> None:
    """Neither while it rings nor while somebody talks."""
    assert not is_over(call(leg(0)))
    assert not is_over(call(leg(0, answered=True)))
    assert not is_over(Call("c"))


def test_only_who_talked_and_is_done_owes() -> None:
    """The colleague whose phone only rang owes nothing; who still talks owes nothing yet."""
    done = leg(0, answered=True, answered_at=NOON, ended_at=NOON + timedelta(seconds=9))
    told = call(done, leg(1, unanswered=Unanswered.CANCELLED))

    assert debtors(told, Roster()) == [(ASHA, NOON + timedelta(seconds=9), True)]
    assert debtors(call(leg(0, answered=True)), Roster()) == []
