"""Promised calls back that are due."""

from dataclasses import replace
from datetime import timedelta

from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.viewmodels.reminder import MAX_REMINDERS, reminder_models
from tests.helpers import situations as s


def promised(call_id: str = "a", *, minutes: float = 0) -> MyCall:
    """A call back that was promised for so many minutes ago."""
    at = s.ago(minutes=minutes)
    return replace(s.disposed(call_id, "Follow-up"), follow_up_at=at, remind_at=at, disposed_notes="GST")


def test_due_ones_say_whom_and_why() -> None:
    """On time, nothing is said of being late."""
    (model,) = reminder_models(s.situation(promised()), s.ZONE)
    assert ("Promised for 15:05", "Follow-up", "GST") == (model.promised, model.outcome, model.notes)
    assert "Call back now: Ananya Deshmukh  …5512" == model.spoken
    assert "Tomorrow 10:00" in model.tomorrow_help


def test_late_ones_say_so() -> None:
    """After a sleep, or a long talk."""
    (model,) = reminder_models(s.situation(promised(minutes=120)), s.ZONE)
    assert ("Promised for 13:05  ·  2 hours late", True) == (model.promised, model.is_late)


def test_what_is_not_due_waits() -> None:
    """Or was put off, or done."""
    later = promised(minutes=-1)
    put_off = replace(promised("b", minutes=60), remind_at=s.NOW + timedelta(minutes=5))
    done = replace(promised("c"), remind_at=None)
    assert () == reminder_models(s.situation(later, put_off, done), s.ZONE)


def test_many_are_counted() -> None:
    """The earliest come first; the others are in the list."""
    models = reminder_models(s.situation(*(promised(str(n), minutes=n) for n in range(5))), s.ZONE)
    assert ["4", "3"] == [model.call_id for model in models]
    assert ["", "and 3 more are due"] == [model.footer for model in models]
    assert MAX_REMINDERS == len(models)
