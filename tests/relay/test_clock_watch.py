"""Whether the wall clock can be trusted."""

from datetime import UTC, datetime, timedelta

import pytest

from cti_desktop.relay.clock_watch import ClockWatch

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY, YEAR = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=365)


def watched(trusted: datetime | None = None) -> ClockWatch:
    """A watch that has looked at noon, at 0 s."""
    watch = ClockWatch(trusted)
    watch.look(NOON, 0.0)
    return watch


def test_a_new_store_believes_the_clock() -> None:
    """There is nothing to hold it against, and nothing to purge."""
    assert ClockWatch().look(NOON, 5.0)


def test_time_that_passes_is_no_jump() -> None:
    """However long, in one go."""
    watch = watched()

    assert watch.look(NOON + 400 * DAY, (400 * DAY).total_seconds())


@pytest.mark.parametrize("jump", [2 * HOUR, -2 * HOUR, DAY, -DAY, 5 * YEAR, -5 * YEAR])
def test_a_jump_holds_until_the_clock_is_right_again(jump: timedelta) -> None:
    """For as long as that takes."""
    watch = watched()

    assert [watch.look(NOON + jump + n * MINUTE, n * 60.0) for n in range(1, 200)] == [False] * 199
    assert watch.held
    assert watch.look(NOON + 200 * MINUTE, 200 * 60.0)
    assert not watch.held


def test_small_corrections_are_no_jump() -> None:
    """NTP moves the clock by seconds, again and again."""
    watch, now = watched(), NOON
    for n in range(1, 100):
        now += 2 * MINUTE
        assert watch.look(now, n * 60.0)


@pytest.mark.parametrize(
    ("off", "believed"), [(DAY, True), (13 * DAY, True), (15 * DAY, False), (5 * YEAR, False), (-DAY, False)]
)
def test_a_start_long_after_is_doubted(off: timedelta, believed: bool) -> None:
    """A machine whose clock lost its battery must not purge before NTP has mended it."""
    watch = ClockWatch(NOON)

    assert watch.look(NOON + off, 9.0) is believed
    assert believed or watch.look(NOON + HOUR, 10.0)


def test_somebody_says_that_it_is_right() -> None:
    """A relay that was off for a month goes on."""
    watch, later = ClockWatch(NOON), NOON + 30 * DAY
    assert not watch.look(later, 0.0)

    watch.told(later)
    assert watch.look(later + MINUTE, 60.0)
