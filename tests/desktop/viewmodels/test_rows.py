"""The lines of the lists."""

from dataclasses import replace
from datetime import timedelta

from cti_desktop.core.intents import CorrectDisposition, FinishFollowUp, PutOffFollowUp
from cti_desktop.desktop.screen import Connecting
from cti_desktop.desktop.viewmodels.rows import Badge, call_row, follow_up_row, waiting_row
from tests.helpers import situations as s

PROMISED = replace(s.disposed("a", "Follow-up"), disposed_notes="After\nlunch")


def test_a_new_outcome_can_be_corrected() -> None:
    """An old one can't."""
    new = replace(s.disposed("a"), disposed_at=s.ago(minutes=15))
    assert CorrectDisposition("a") == call_row(new, s.situation(new), s.ZONE).opens
    old = replace(new, disposed_at=s.ago(minutes=16))
    assert call_row(old, s.situation(old), s.ZONE).opens is None


def test_what_is_not_sent_yet_says_so() -> None:
    """While there is no line to send it over; nothing about it is alarming."""
    call, item = s.disposed("a"), s.saved("a")
    kept = call_row(call, s.situation(call, outbox=(item,), link=Connecting()), s.ZONE)
    assert (True, Badge.PLAIN) == (kept.detail.endswith("not sent yet"), kept.badge_tone)
    assert "not sent yet" not in call_row(call, s.situation(call, outbox=(item,)), s.ZONE).detail


def test_what_the_timer_saved_says_so() -> None:
    """Nobody chose it."""
    call = replace(s.disposed("a", "Resolved"), disposed_via="auto")
    assert "Resolved (by itself)" == call_row(call, s.situation(call), s.ZONE).badge


def test_a_promise_that_is_due() -> None:
    """Can be done, or put off till tomorrow."""
    at = s.ago(minutes=5)
    row = follow_up_row(replace(PROMISED, follow_up_at=at, remind_at=at), s.situation(), s.ZONE)
    assert ("Due", Badge.ALERT, "15:00") == (row.badge, row.badge_tone, row.time)
    assert "+91 98200 55512  ·  Follow-up  ·  After lunch" == row.detail
    assert "After lunch" == row.told
    assert FinishFollowUp("a") == row.opens
    assert isinstance(row.also, PutOffFollowUp)


def test_a_promise_for_later() -> None:
    """How soon."""
    at = s.NOW + timedelta(hours=2)
    row = follow_up_row(replace(PROMISED, follow_up_at=at, remind_at=at), s.situation(), s.ZONE)
    assert ("in 2 hours", Badge.PLAIN) == (row.badge, row.badge_tone)


def test_a_line_that_is_being_read_offers_nothing() -> None:
    """It is only a place."""
    row = waiting_row()
    assert (None, "", "") == (row.opens, row.number, row.discards)
