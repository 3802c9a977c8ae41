"""Today's latency."""

from datetime import datetime, timedelta

import pytest

from cti_desktop.desktop.latency import Latency
from tests.helpers.calls import NOON


def ring(latency: Latency, call_id: str, painted_after: float, now: datetime = NOON) -> None:
    """A ring that took 2 s to the relay, 0.5 s to the desktop, and so long to the eye."""
    received = now - timedelta(seconds=0.5)
    latency.heard(call_id, received - timedelta(seconds=2), received, now, 10.0)
    latency.painted(call_id, 10.0 + painted_after)


def test_each_hop_is_told() -> None:
    """Median and the slowest of twenty, hop by hop."""
    latency = Latency()
    for number in range(20):
        ring(latency, f"c{number}", 0.010 if number < 19 else 0.250)
    figures = latency.figures
    assert 20 == figures.count
    assert (2.0, 0.5) == (figures.to_relay.p50, figures.to_desktop.p50)
    assert pytest.approx((0.010, 0.250)) == (figures.to_paint.p50, figures.to_paint.p95)
    assert pytest.approx(0.51) == figures.whole.p50


def test_another_day_begins_anew() -> None:
    """Today's figures are today's."""
    latency = Latency()
    ring(latency, "a", 0.01)
    ring(latency, "b", 0.02, NOON + timedelta(days=1))
    assert 1 == latency.figures.count


def test_cards_that_were_never_painted_do_not_count() -> None:
    """Nor pile up; a card that was not waited for is nothing."""
    latency = Latency()
    for number in range(500):
        latency.heard(f"c{number}", NOON, NOON, NOON, 1.0)
    latency.painted("c0", 2.0)
    latency.painted("stranger", 2.0)
    assert 0 == latency.figures.count


def test_a_relay_clock_that_is_ahead_never_gives_less_than_nothing() -> None:
    """Clocks differ by milliseconds."""
    latency = Latency()
    latency.heard("a", NOON, NOON + timedelta(seconds=1), NOON, 1.0)
    latency.painted("a", 1.0)
    assert 0.0 == latency.figures.to_desktop.p50
