"""The relay's clock."""

from datetime import timedelta

from cti_desktop.desktop.clock import RelayClock, steady, wall
from tests.helpers.calls import NOON


def test_the_relays_time_goes_on_by_itself() -> None:
    """Between two welcomes the counter carries it on; the wall clock does not matter."""
    ticks = iter([0.0, 100.0, 107.5])
    clock = RelayClock(lambda: next(ticks), lambda: NOON - timedelta(days=900))
    clock.set(NOON)
    assert NOON + timedelta(seconds=7.5) == clock.now()


def test_before_the_first_welcome_it_is_a_guess() -> None:
    """It says so, for whoever would delete something for its age."""
    clock = RelayClock(lambda: 0.0, lambda: NOON)
    assert (NOON, False) == (clock.now(), clock.is_relays)
    clock.set(NOON)
    assert clock.is_relays


def test_the_counter_only_grows() -> None:
    """And the wall clock is aware of its zone."""
    assert steady() <= steady()
    assert wall().tzinfo is not None
