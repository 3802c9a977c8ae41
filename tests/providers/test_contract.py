"""What goes into reading and what comes out."""

from datetime import UTC, datetime, timedelta

import pytest

from cti_desktop.providers.contract import INDIA, ProviderSettings, zone_named


def test_india_is_the_default() -> None:
    """MyOperator's local times and national numbers are Indian."""
    assert (INDIA, "IN") == (ProviderSettings().zone, ProviderSettings().region)
    assert timedelta(hours=5, minutes=30) == INDIA.utcoffset(None)


@pytest.mark.parametrize("name", ["Asia/Kolkata", "asia/calcutta", " IST ", ""])
def test_india_needs_no_zone_database(name: str) -> None:
    """Windows has none."""
    assert zone_named(name) is INDIA


def test_a_zone_by_its_name() -> None:
    """Any IANA name that the machine knows."""
    zone = zone_named("UTC")
    assert zone is not None
    assert datetime(2026, 11, 20, tzinfo=UTC) == datetime(2026, 11, 20, tzinfo=zone)


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc/passwd", "/etc/passwd", "a\0b"])
def test_a_zone_that_nobody_knows(name: str) -> None:
    """Whoever reads settings can say so."""
    assert zone_named(name) is None
