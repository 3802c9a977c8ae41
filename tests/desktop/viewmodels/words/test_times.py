from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from cti_desktop.desktop.viewmodels.words import language, times
from tests.helpers.situations import NOW, ZONE


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "00:00"), (7, "00:07"), (67.9, "01:07"), (3599, "59:59"), (3605, "1:00:05"), (-5, "00:00")],
)
def test_duration(seconds: float, expected: str) -> None:
    """A length reads like a stop-watch, and never runs backwards."""
    assert expected == times.duration(timedelta(seconds=seconds))


@pytest.mark.parametrize(("number", "expected"), [(0, "0 calls"), (1, "1 call"), (2, "2 calls")])
def test_count(number: int, expected: str) -> None:
    """One has a form of its own."""
    assert expected == times.count(number, "call", "calls")


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        (timedelta(), "15:05"),
        (timedelta(hours=-16), "Yesterday 23:05"),
        (timedelta(hours=19), "Tomorrow 10:05"),
        (timedelta(days=-3), "Fri 15:05"),
        (timedelta(days=3), "Thursday 15:05"),
        (timedelta(days=7), "30 Nov 15:05"),
        (timedelta(days=-11), "12 Nov 15:05"),
        (timedelta(days=60), "22 Jan 2027 15:05"),
    ],
)
def test_when(away: timedelta, expected: str) -> None:
    """The nearer a moment is, the shorter it reads; days are those of the agent's zone."""
    assert expected == times.when(NOW + away, NOW, ZONE)


def test_day_turns_at_local_midnight() -> None:
    """Half past seven in the evening UTC is tomorrow in India."""
    evening = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
    assert "Tomorrow 01:00" == times.when(evening, NOW, ZONE)


def test_the_computers_zone_is_the_default() -> None:
    """Without a zone the computer's own counts."""
    assert f"{NOW.astimezone():%H:%M}" == times.clock(NOW, None)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(seconds=3), "a few seconds"),
        (timedelta(seconds=45), "1 minute"),
        (timedelta(minutes=5), "5 minutes"),
        (timedelta(minutes=59.6), "1 hour"),
        (timedelta(hours=5), "5 hours"),
        (timedelta(hours=35), "35 hours"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_span(length: timedelta, expected: str) -> None:
    """Lengths are rounded to what a person would say."""
    assert expected == times.span(length)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(-3, "now"), (0.4, "now"), (12, "in 12\u00a0s"), (300, "in 5 minutes")]
)
def test_until(seconds: float, expected: str) -> None:
    """The nearest seconds are counted down."""
    assert expected == times.until(timedelta(seconds=seconds))


@pytest.fixture
def american() -> Iterator[None]:
    """A computer in the United States, until the test ends."""
    language.use(None, language.Formats(twelve_hours=True, month_first=True))
    yield
    language.use(None, language.Formats())


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(-15, "12:05 am"), (-4, "11:05 am"), (-3, "12:05 pm"), (0, "3:05 pm")],
)
def test_twelve_hours(american: None, hours: int, expected: str) -> None:
    """Where the computer counts twelve hours, so do the words; noon is pm."""
    assert expected == times.clock(NOW + timedelta(hours=hours), ZONE)


@pytest.mark.parametrize(("days", "expected"), [(-11, "Nov 12 3:05 pm"), (60, "Jan 22, 2027 3:05 pm")])
def test_month_first(american: None, days: int, expected: str) -> None:
    """Where the month stands first, it does here, too."""
    assert expected == times.when(NOW + timedelta(days=days), NOW, ZONE)
