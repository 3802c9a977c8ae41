"""The promised call back in a prompt."""

from datetime import timedelta

from cti_desktop.core.disposition import Draft
from cti_desktop.desktop.viewmodels.follow_up import follow_up, read
from tests.helpers import situations as s

FOLLOW_UP = s.CATALOGUE.codes[1]


def test_the_natural_times_have_their_words() -> None:
    """On a Monday afternoon, soonest first."""
    model = follow_up(FOLLOW_UP, Draft(), s.NOW, s.ZONE)
    assert ["In 1 hour", "Tomorrow 10:00", "Mon 30 Nov 10:00"] == [one.label for one in model.shortcuts]
    morning = follow_up(FOLLOW_UP, Draft(), s.NOW - timedelta(hours=5), s.ZONE)
    assert "Today 16:00" == morning.shortcuts[1].label


def test_what_was_chosen_is_said() -> None:
    """When, and how soon; a time that is over says nothing."""
    shortcut = follow_up(FOLLOW_UP, Draft(), s.NOW, s.ZONE).shortcuts[1]
    model = follow_up(FOLLOW_UP, Draft(follow_up_at=shortcut.at), s.NOW, s.ZONE)
    assert "Tomorrow 10:00 · in 19 hours" == model.text
    assert model.shortcuts[1].chosen
    assert not follow_up(None, Draft(follow_up_at=s.ago(hours=1)), s.NOW, s.ZONE).text


def test_a_minute_is_one_minute() -> None:
    """Also when it is said in the middle of one."""
    now = s.NOW.replace(second=23, microsecond=4)
    at = read("in 1m", now, s.ZONE)
    assert "in 1 minute" == follow_up(FOLLOW_UP, Draft(follow_up_at=at), now, s.ZONE).text.split(" · ")[1]


def test_an_hour_is_an_hour_from_when_it_is_chosen() -> None:
    """Not from when the prompt came up; what is no longer offered then stays what it was."""
    morning = s.NOW - timedelta(hours=5)
    model = follow_up(FOLLOW_UP, Draft(), morning, s.ZONE)
    hour, afternoon, *_ = model.shortcuts
    assert timedelta(hours=5) == hour.moment(s.NOW, s.ZONE) - hour.moment(morning, s.ZONE)
    assert afternoon.at == afternoon.moment(s.NOW, s.ZONE)


def test_only_some_outcomes_need_one() -> None:
    """By the catalogue."""
    assert follow_up(FOLLOW_UP, Draft(), s.NOW, s.ZONE).needed
    assert not follow_up(None, Draft(), s.NOW, s.ZONE).needed
