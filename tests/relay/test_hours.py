"""When the team works."""

from datetime import UTC, datetime, time

import pytest

from cti_desktop.relay.hours import WorkingHours, days_of

OFFICE = WorkingHours()


@pytest.mark.parametrize(
    ("now", "since"),
    [
        (datetime(2026, 8, 3, 4, 30, tzinfo=UTC), datetime(2026, 8, 3, 4, 30, tzinfo=UTC)),  # Monday 10:00
        (datetime(2026, 8, 3, 13, 29, tzinfo=UTC), datetime(2026, 8, 3, 4, 30, tzinfo=UTC)),
        (datetime(2026, 8, 3, 13, 30, tzinfo=UTC), None),
        (datetime(2026, 8, 3, 4, 29, tzinfo=UTC), None),
        (datetime(2026, 8, 2, 6, 0, tzinfo=UTC), None),  # Sunday
    ],
)
def test_office_hours(now: datetime, since: datetime | None) -> None:
    """By the team's own clock, Monday to Saturday."""
    assert OFFICE.open_since(now) == since


def test_a_night_shift_goes_past_midnight() -> None:
    """It belongs to the day on which it began."""
    nights = WorkingHours(time(22), time(6), frozenset({4}), "UTC")

    assert nights.open_since(datetime(2026, 8, 8, 5, tzinfo=UTC)) == datetime(2026, 8, 7, 22, tzinfo=UTC)
    assert nights.open_since(datetime(2026, 8, 8, 22, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-sat", range(6)),
        ("sun - thu", (6, 0, 1, 2, 3)),
        ("Mon,wed, fri", (0, 2, 4)),
        ("mon-sun", range(7)),
    ],
)
def test_days(text: str, days: range | tuple[int, ...]) -> None:
    """As people write them."""
    assert days_of(text) == frozenset(days)


@pytest.mark.parametrize("text", ["", "mon-", "-", "monday", "mon-fri-sun", "1-5"])
def test_other_words_are_no_days(text: str) -> None:
    """A range without an end is its first day only where that is a day."""
    if text == "mon-":
        assert days_of(text) == {0}
        return
    with pytest.raises(ValueError):  # noqa: PT011 - the key's table has the words
        days_of(text)
