"""Waiting longer each time, never in step."""

from itertools import islice
from random import Random

from cti_desktop.wire.backoff import FIRST_SECONDS, LONGEST_SECONDS, delays


def test_delays_grow_up_to_the_longest() -> None:
    """Each lies in the upper half of a ceiling that grows to the longest wait."""
    waits = list(islice(delays(Random(1)), 12))
    assert FIRST_SECONDS / 2 <= waits[0] <= FIRST_SECONDS
    assert all(LONGEST_SECONDS / 2 <= wait <= LONGEST_SECONDS for wait in waits[8:])


def test_two_desktops_do_not_come_back_in_step() -> None:
    """A restart of the relay must not bring a thousand desktops at once."""
    assert list(islice(delays(Random(1)), 5)) != list(islice(delays(Random(2)), 5))
