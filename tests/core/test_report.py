"""What a report claims, and what it leaves unsaid."""

import dataclasses

import pytest

from cti_desktop.core.report import CallReport, CallStatus, LegReport, Unanswered


def test_a_bare_report_claims_nothing() -> None:
    """Only the call and the rank have to be known; joining such a report adds nothing."""
    report = CallReport("call-1", 1)
    claims = {f.name: getattr(report, f.name) for f in dataclasses.fields(report)}
    del claims["call_id"], claims["order"]
    assert not any(claims.values())


def test_a_bare_leg_claims_nothing() -> None:
    """A leg is told apart by its key; everything else may come later."""
    leg = LegReport("2")
    assert (leg.rang_at, leg.answered, leg.answered_at, leg.ended_at) == (None, False, None, None)
    assert (leg.agent.phone, leg.queue, leg.unanswered, leg.talk_seconds) == (None, None, None, None)


def test_reports_do_not_change() -> None:
    """A report is stored and joined in several places: nobody may alter it."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        CallReport("call-1", 1).order = 2  # type: ignore[misc]


def test_stronger_evidence_comes_later() -> None:
    """The order of members settles contradictions: a conversation outweighs a miss."""
    assert list(CallStatus) == [CallStatus.MISSED, CallStatus.VOICEMAIL, CallStatus.BRIDGED]
    assert list(Unanswered) == [Unanswered.NO_ANSWER, Unanswered.CANCELLED, Unanswered.BUSY]
