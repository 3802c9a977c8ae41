"""A leg as the join of what was reported of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cti_desktop.core.leg import Leg, Phase
from cti_desktop.core.people import AgentRef
from cti_desktop.core.report import LegReport, Unanswered

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
RANG = LegReport("1", AgentRef("+919999911101"), "Sales", NOON)
ANSWERED = LegReport(
    "1",
    AgentRef(email="asha@example.com"),
    answered=True,
    answered_at=NOON + timedelta(seconds=5),
    talk_seconds=30,
)
ENDED = LegReport("1", unanswered=Unanswered.BUSY, ended_at=NOON + timedelta(seconds=9))


def test_reports_join_in_any_order() -> None:
    """Whichever came first, the leg knows all of them."""
    forth = Leg.reported(RANG).joined(ANSWERED).joined(ENDED)
    back = Leg.reported(ENDED).joined(ANSWERED).joined(RANG)

    assert forth == back
    assert AgentRef("+919999911101", "asha@example.com") == forth.agent
    assert ("Sales", NOON, True, 30) == (forth.queue, forth.rang_at, forth.answered, forth.talk_seconds)
    assert (Unanswered.BUSY, NOON + timedelta(seconds=9)) == (forth.unanswered, forth.ended_at)


@pytest.mark.parametrize("report", [RANG, ANSWERED, ENDED])
def test_a_repetition_changes_nothing(report: LegReport) -> None:
    """The first report is the join of itself with nothing, and with itself."""
    leg = Leg.reported(report)

    assert leg == Leg("1").joined(report)
    assert leg == leg.joined(report)


def test_how_far_it_came_is_remembered_but_no_fact() -> None:
    """Two legs of which the same is known are equal, however far they were when it was learned."""
    leg = Leg.reported(RANG)

    assert (Phase.RINGING, Phase.UNSEEN) == (leg.at(Phase.RINGING).reached, leg.reached)
    assert leg == leg.at(Phase.RINGING)
    assert leg.at(Phase.UNSEEN) is leg
    assert Phase.RINGING is leg.at(Phase.RINGING).joined(ANSWERED).reached


def test_a_recognised_agent_has_an_id() -> None:
    """And the rest is as it was."""
    leg = Leg.reported(RANG).at(Phase.RINGING)

    assert replace(leg, agent=replace(leg.agent, id="agent-1")) == leg.of("agent-1")
    assert Phase.RINGING is leg.of("agent-1").reached


def test_the_first_to_answer_comes_first() -> None:
    """A moment that nobody told comes after all others, equal moments go by key."""
    early, late = (
        Leg(key, answered=True, answered_at=NOON + timedelta(seconds=n)) for key, n in (("b", 1), ("a", 2))
    )
    same = replace(early, key="a")
    unknown = Leg("0", answered=True)

    assert [same, early, late, unknown] == sorted([unknown, late, early, same], key=Leg.answer_order)
