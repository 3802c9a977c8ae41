"""Waiting longer each time, never in step."""

from collections import Counter
from itertools import accumulate, islice
from random import Random

import pytest

from cti_desktop.wire.backoff import FIRST_SECONDS, LONGEST_SECONDS, delays


def test_delays_grow_up_to_the_longest() -> None:
    """Each lies in the upper half of a ceiling that grows to the longest wait."""
    waits = list(islice(delays(Random(1)), 12))
    assert FIRST_SECONDS / 2 <= waits[0] <= FIRST_SECONDS
    assert all(LONGEST_SECONDS / 2 <= wait <= LONGEST_SECONDS for wait in waits[8:])


def test_two_desktops_do_not_come_back_in_step() -> None:
    """A restart of the relay must not bring a thousand desktops at once."""
    assert list(islice(delays(Random(1)), 5)) != list(islice(delays(Random(2)), 5))


@pytest.mark.parametrize("away", [2.0, 20.0, 600.0])
def test_a_thousand_desktops_come_back_soon_but_not_at_once(away: float) -> None:
    """All try within 15 s of the relay's return; in no tenth of a second more than 150 of them."""
    tries = (accumulate(delays(Random(number))) for number in range(1_000))
    back = [next(at for at in every if at >= away) - away for every in tries]

    assert max(back) < 15
    assert max(Counter(int(10 * at) for at in back).values()) <= 150
