"""Times as people say them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cti_desktop.core.follow_up import to_wall
from cti_desktop.core.said_time import read_time

MUMBAI = ZoneInfo("Asia/Kolkata")
ZONES = tuple(
    map(ZoneInfo, ("Asia/Kolkata", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"))
)
# A Monday afternoon.
NOW = datetime(2026, 11, 23, 15, 5, 7, tzinfo=MUMBAI)

moments = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - in UTC
hours, minutes = st.integers(0, 23), st.integers(0, 59)


def wall(text: str, now: datetime = NOW, zone: ZoneInfo = MUMBAI) -> str:
    """What is understood, as the agent's wall shows it."""
    found = read_time(text, now, zone)
    return f"{to_wall(found, zone):%a %d %b %H:%M}" if found else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow 10", "Tue 24 Nov 10:00"),
        ("Tomorrow 10:00", "Tue 24 Nov 10:00"),
        ("tomorrow", "Tue 24 Nov 10:00"),
        ("tmrw at 9.30", "Tue 24 Nov 09:30"),
        ("day after tomorrow noon", "Wed 25 Nov 12:00"),
        ("mon 3pm", "Mon 30 Nov 15:00"),
        ("Monday 5 p.m.", "Mon 23 Nov 17:00"),
        ("next monday 5pm", "Mon 30 Nov 17:00"),
        ("thursday morning", "Thu 26 Nov 10:00"),
        ("in 45m", "Mon 23 Nov 15:50"),
        ("45 min", "Mon 23 Nov 15:50"),
        ("1h30", "Mon 23 Nov 16:35"),
        ("2 hours 15 minutes", "Mon 23 Nov 17:20"),
        ("in an hour", "Mon 23 Nov 16:05"),
        ("half an hour", "Mon 23 Nov 15:35"),
        ("in 3 days 11", "Thu 26 Nov 11:00"),
        ("in a week", "Mon 30 Nov 10:00"),
        ("25/12 11:00", "Fri 25 Dec 11:00"),
        ("25-12-26 4 pm", "Fri 25 Dec 16:00"),
        ("2026-12-25 16:00", "Fri 25 Dec 16:00"),
        ("dec 25 11", "Fri 25 Dec 11:00"),
        ("25 December, 11:00", "Fri 25 Dec 11:00"),
        ("Fri 25 Dec 11:00", "Fri 25 Dec 11:00"),
        ("2/1", "Sat 02 Jan 10:00"),
        ("16:00", "Mon 23 Nov 16:00"),
        ("10", "Tue 24 Nov 10:00"),
        ("tomorrow 3", "Tue 24 Nov 15:00"),
        ("tomorrow 03:00", "Tue 24 Nov 03:00"),
        ("12 am", "Tue 24 Nov 00:00"),
        ("tonight 8", "Mon 23 Nov 20:00"),
        ("today 9", "Mon 23 Nov 09:00"),
        ("कल 10", "Tue 24 Nov 10:00"),
        ("कल शाम 5 बजे", "Tue 24 Nov 17:00"),
        ("परसों सुबह", "Wed 25 Nov 10:00"),
        ("सोमवार दोपहर 2 बजे", "Mon 30 Nov 14:00"),
        ("४५ मिनट में", "Mon 23 Nov 15:50"),
        ("आधे घंटे में", "Mon 23 Nov 15:35"),
        ("25 दिसंबर 11:00", "Fri 25 Dec 11:00"),
        ("12 दिस॰ 10:00", "Sat 12 Dec 10:00"),
        ("kal subah 9 baje", "Tue 24 Nov 09:00"),
    ],
)
def test_what_people_say(text: str, expected: str) -> None:
    """In English, in Hindi, in both."""
    assert expected == wall(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "tomorrow or friday",
        "tomorrow friday",
        "thu 25 dec",
        "tomorrow 10 11",
        "tomorrow 25",
        "tomorrow 10:99",
        "13 pm",
        "31/2",
        "in 9999 weeks 9999 weeks",
        "am",
        "next",
        "dec",
        "in 45m tomorrow",
        "1.5h",
        "-5",
        "10 <b>",
        "99999",
    ],
)
def test_what_nobody_can_promise(text: str) -> None:
    """Half a sentence is no time, and neither is one that has two."""
    assert read_time(text, NOW, MUMBAI) is None


def test_where_months_come_first() -> None:
    """As the computer writes dates; what can be only one of the two is that one nowhere."""
    assert datetime(2026, 12, 4, 10, tzinfo=MUMBAI) == read_time("12/4", NOW, MUMBAI, month_first=True)
    assert datetime(2027, 4, 12, 10, tzinfo=MUMBAI) == read_time("12/4", NOW, MUMBAI)


def test_an_hour_that_is_left_out_is_the_one_after() -> None:
    """In Berlin, clocks go from 2 to 3 on 28 March 2027."""
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime(2027, 3, 27, 12, tzinfo=berlin)
    assert "Sun 28 Mar 03:30" == wall("tomorrow 02:30", now, berlin)


def test_an_hour_that_comes_twice_is_the_next_one() -> None:
    """At half past two for the first time, a quarter to three is in a quarter of an hour; so it is again."""
    berlin = ZoneInfo("Europe/Berlin")
    for fold in (0, 1):
        now = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold).astimezone(UTC)
        assert now + timedelta(minutes=15) == read_time("02:45", now, berlin)


def test_without_a_zone_it_is_the_computers() -> None:
    """As everywhere."""
    found = read_time("tomorrow 10", NOW, None)
    assert found is not None
    assert 10 == to_wall(found, None).hour


@given(now=moments, zone=st.sampled_from(ZONES), hour=hours, minute=minutes)
@example(now=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), zone=ZONES[1], hour=2, minute=15)
@example(now=datetime(2026, 10, 25, 1, 30, tzinfo=UTC), zone=ZONES[1], hour=2, minute=45)
@example(now=datetime(2027, 3, 28, 0, 30, tzinfo=UTC), zone=ZONES[1], hour=2, minute=15)
@example(now=datetime(2026, 4, 4, 14, 50, tzinfo=UTC), zone=ZONES[3], hour=1, minute=45)
def test_a_clock_time_is_the_next_one(now: datetime, zone: ZoneInfo, hour: int, minute: int) -> None:
    """Still to come, within a day and a changed hour, and what the wall shows unless that is left out."""
    found = read_time(f"{hour:02}:{minute:02}", now, zone)
    assert found is not None
    assert now < found <= now + timedelta(hours=26)
    shown = to_wall(found, zone)
    existed = to_wall(shown.replace(hour=hour, minute=minute, tzinfo=zone).astimezone(UTC), zone)
    assert (hour, minute) == (shown.hour, shown.minute) or existed.hour != hour or existed.minute != minute


@given(now=moments, zone=st.sampled_from(ZONES), days=st.integers(1, 60), hour=hours)
def test_days_are_counted_on_the_wall(now: datetime, zone: ZoneInfo, days: int, hour: int) -> None:
    """A change of clocks in between makes no day longer."""
    found = read_time(f"in {days} days at {hour:02}:30", now, zone)
    assert found is not None
    assert days == (to_wall(found, zone).date() - to_wall(now, zone).date()).days


@given(now=moments, zone=st.sampled_from(ZONES), length=st.integers(1, 9999))
def test_minutes_are_counted_by_the_clock(now: datetime, zone: ZoneInfo, length: int) -> None:
    """Whatever the wall shows; up to the next full second."""
    found = read_time(f"in {length} min", now, zone)
    assert found is not None
    assert timedelta() <= found - now - timedelta(minutes=length) < timedelta(seconds=1)


PARTS = "tomorrow mon next in at 45 10 3 pm am m h days dec 25/12 11:00 noon half an hour कल सोमवार बजे में शाम"
said = st.sampled_from(PARTS.split())


@given(text=st.one_of(st.text(max_size=30), st.lists(said, max_size=5).map(" ".join)), now=moments)
def test_nothing_said_breaks_it(text: str, now: datetime) -> None:
    """It is a moment in UTC, or not understood."""
    found = read_time(text, now, MUMBAI)
    assert found is None or found.tzinfo is UTC
