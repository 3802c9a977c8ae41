"""What facts and configuration together say of the service."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cti_desktop.relay.config import RelayConfig, ServerConfig, StoreConfig
from cti_desktop.relay.facts import Facts, Received, RefusedFacts, RotationFacts
from cti_desktop.relay.health import Check, Level
from cti_desktop.relay.proxies import network
from cti_desktop.relay.service_checks import judge_service

# A Monday noon in India; the team works from 10 to 19.
NOON = datetime(2026, 8, 3, 6, 30, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def judged(facts: Facts, now: datetime = NOON, server: ServerConfig | None = None) -> dict[str, Check]:
    """The checks, by name."""
    config = RelayConfig(server or ServerConfig(), StoreConfig("sqlite:///x.db"))
    return {check.name: check for check in judge_service(config, facts, now)}


def rang(at: datetime) -> Facts:
    """A phone rang last at that moment, and calls have ended since."""
    return Facts(
        received=(
            Received("myoperator", "v1.incall", 1, at),
            Received("myoperator", "v1.after_call", 1, NOON),
        )
    )


@pytest.mark.parametrize(
    ("last", "now", "level"),
    [
        (NOON - 29 * MINUTE, NOON, Level.OK),
        (NOON - 31 * MINUTE, NOON, Level.WARN),
        (NOON - 20 * DAY, NOON - timedelta(hours=2), Level.OK),  # opened at this moment
        (NOON - 20 * DAY, NOON - 91 * MINUTE, Level.OK),  # for 29 minutes
        (NOON - 20 * DAY, NOON - 90 * MINUTE, Level.WARN),
        (NOON - 20 * DAY, NOON + timedelta(hours=12), Level.OK),
        (NOON - 20 * DAY, NOON - DAY, Level.OK),  # Sunday
    ],
)
def test_silence_at_work(last: datetime, now: datetime, level: Level) -> None:
    """Half an hour without a ringing phone counts in working hours, from their beginning on."""
    check = judged(rang(last), now)["ringing"]

    assert (check.level, bool(check.mend)) == (level, level is Level.WARN)


def test_silence_names_its_length() -> None:
    """And when the last one came; a source that never rang is told apart."""
    assert (
        "no Incall event for 45 minutes within working hours (the last at"
        in judged(rang(NOON - 45 * MINUTE))["ringing"].says
    )
    assert "(none ever)" in judged(Facts())["ringing"].says


@pytest.mark.parametrize(
    ("changed", "refused", "fails"),
    [(2, 1, True), (1, 2, False), (20, 1, False)],
)
def test_a_rotation_that_was_not_finished(changed: int, refused: int, *, fails: bool) -> None:
    """Refused after the secrets were changed, these last days: the provider has the old one still."""
    facts = Facts(
        rotated=(RotationFacts("myoperator", NOON - changed * DAY),),
        refused=(RefusedFacts("myoperator", 3, NOON - refused * DAY),),
    )

    assert ("rotation" in judged(facts)) is fails


def test_a_clock_that_is_not_trusted() -> None:
    """Says what doesn't happen, and how to mend it."""
    check = judged(Facts(clock_held_at=NOON))["retention"]

    assert "nothing is purged" in check.says
    assert check.mend.endswith("cti-relay trust-clock")


@pytest.mark.parametrize(
    ("server", "warned"),
    [
        (ServerConfig(public_url="https://relay.example.com"), True),
        (ServerConfig(host="localhost", public_url="https://relay.example.com"), True),
        (ServerConfig(public_url="https://r.example", trusted_proxies=(network("127.0.0.1"),)), False),
        (ServerConfig(host="0.0.0.0", public_url="https://r.example"), False),  # noqa: S104 - only judged
        (ServerConfig(host="relay.lan", public_url="https://r.example"), False),
        (ServerConfig(), False),
    ],
)
def test_a_proxy_that_nobody_named(server: ServerConfig, *, warned: bool) -> None:
    """All desktops share one limit then."""
    assert ("proxies" in judged(Facts(), server=server)) is warned


@pytest.mark.parametrize(
    ("server", "warned"),
    [
        (ServerConfig(host="0.0.0.0"), True),  # noqa: S104 - only judged
        (ServerConfig(host="::"), True),
        (ServerConfig(host=""), True),
        (ServerConfig(host="192.168.1.5", public_url="https://relay.example.com"), True),
        (ServerConfig(host="relay.lan"), True),
        (ServerConfig(host="192.168.1.5", trusted_proxies=(network("192.168.1.1"),)), False),
        (ServerConfig(host="::", tls_certificate=Path("relay.pem")), False),
        (ServerConfig(host="127.0.0.2"), False),
        (ServerConfig(host="::1"), False),
        (ServerConfig(host="localhost"), False),
        (ServerConfig(), False),
    ],
)
def test_a_port_that_others_read_along_on(server: ServerConfig, *, warned: bool) -> None:
    """Who listens beyond this machine has a certificate, or names the proxy that has one."""
    found = judged(Facts(), server=server).get("encryption")

    assert (found is not None) is warned
    if found is not None:
        assert (found.level, "in the clear" in found.says) == (Level.WARN, True)
        assert all(key in found.mend for key in ("trusted_proxies", "tls_certificate", "host"))
