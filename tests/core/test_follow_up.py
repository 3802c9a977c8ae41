"""Natural times for a promised call back."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cti_desktop.core.follow_up import Natural, from_wall, natural_times, on_day, rounded_up, to_wall

MUMBAI = ZoneInfo("Asia/Kolkata")


def said(now: datetime, zone: ZoneInfo = MUMBAI) -> dict[Natural, str]:
    """The times on offer, as the agent's wall shows them."""
    return {n.kind: f"{to_wall(n.at, zone):%a %d %H:%M}" for n in natural_times(now, zone)}


def at(text: str, zone: ZoneInfo = MUMBAI) -> datetime:
    """A moment on the wall."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_what_is_offered_on_a_wednesday_morning() -> None:
    """In an hour, this afternoon, tomorrow, Monday."""
    assert {
        Natural.IN_AN_HOUR: "Wed 25 12:10",
        Natural.THIS_AFTERNOON: "Wed 25 16:00",
        Natural.TOMORROW: "Thu 26 10:00",
        Natural.MONDAY: "Mon 30 10:00",
    } == said(at("2026-11-25T11:08"))


def test_a_late_afternoon_is_not_offered() -> None:
    """It is offered only while it is well ahead."""
    assert Natural.THIS_AFTERNOON not in said(at("2026-11-25T14:45"))


@pytest.mark.parametrize(("now", "monday"), [("22", "30"), ("23", "30"), ("24", "30"), ("29", "07")])
def test_monday_is_never_today_nor_tomorrow(now: str, monday: str) -> None:
    """On a Sunday or a Monday, it is the next one."""
    assert f"Mon {monday} 10:00" == said(at(f"2026-11-{now}T11:00"))[Natural.MONDAY]


def test_they_come_soonest_first() -> None:
    """At any hour of the week."""
    start = datetime(2026, 11, 23, tzinfo=UTC)
    for hours in range(24 * 7):
        moments = [n.at for n in natural_times(start + timedelta(hours=hours), MUMBAI)][-2:]
        assert sorted(moments) == moments


def test_a_change_to_summer_time_moves_nothing() -> None:
    """Ten on the wall is ten on the wall."""
    berlin = ZoneInfo("Europe/Berlin")
    before = at("2026-03-28T15:00", berlin)
    assert "Sun 29 10:00" == said(before, berlin)[Natural.TOMORROW]


def test_wall_and_back() -> None:
    """An input has no zone."""
    moment = at("2026-11-25T11:00")
    assert moment == from_wall(to_wall(moment, MUMBAI), MUMBAI)
    assert moment == from_wall(to_wall(moment, None), None)
    assert at("2026-11-27T09:30") == on_day(moment, 2, time(9, 30), MUMBAI)


def test_rounded_up_to_five_minutes() -> None:
    """A full one stays."""
    assert at("2026-11-25T11:05") == rounded_up(at("2026-11-25T11:00:01"))
    assert at("2026-11-25T11:05") == rounded_up(at("2026-11-25T11:05"))
