"""What facts and configuration together say of the service: silence at work, rotations, the clock. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Final

from cti_desktop.relay.config import RelayConfig, ServerConfig
from cti_desktop.relay.facts import Facts
from cti_desktop.relay.health import RING_KINDS, SILENT_MEND, Check, Level

_QUIET: Final = timedelta(minutes=30)
_RECENT: Final = timedelta(days=14)


def judge_service(config: RelayConfig, facts: Facts, now: datetime) -> Iterator[Check]:
    """All checks of that kind; what is in order is said where somebody may ask."""
    for source in config.sources:
        yield _ringing(config, facts, source, now)
        yield from _rotation(facts, source, now)
    if facts.clock_held_at is not None:
        says = f"the clock jumped, as seen at {_at(facts.clock_held_at)}: nothing is purged since"
        mend = "Let NTP set it right (timedatectl set-ntp true). If it is right: cti-relay trust-clock"
        yield Check("retention", Level.WARN, says, mend)
    yield from _proxies(config.server)
    if (open_port := in_the_clear(config.server)) is not None:
        yield open_port


def _ringing(config: RelayConfig, facts: Facts, source: str, now: datetime) -> Check:
    """Half an hour without a ringing phone means nothing at night, and much at noon."""
    rang = [r.last_at for r in facts.received if r.source == source and r.kind in RING_KINDS]
    latest = max(rang, default=None)
    opened = config.hours.open_since(now)
    if opened is None:
        return Check("ringing", Level.OK, f"{source}: outside of the working hours silence means nothing")
    quiet_since = max(opened, latest) if latest is not None else opened
    if now - quiet_since < _QUIET:
        return Check("ringing", Level.OK, f"{source}: no phone had to ring for half an hour yet")
    last = f"the last at {_at(latest)}" if latest is not None else "none ever"
    minutes = int((now - quiet_since).total_seconds() // 60)
    says = f"{source}: no Incall event for {minutes} minutes within working hours ({last})"
    mend = f"{SILENT_MEND} If the hours are others: [hours] in relay.toml."
    return Check("ringing", Level.WARN, says, mend)


def _rotation(facts: Facts, source: str, now: datetime) -> Iterator[Check]:
    """Somebody was turned away after the secrets were changed: very likely the provider itself."""
    changed = next((r.at for r in facts.rotated if r.source == source), None)
    refused = next((r.last_at for r in facts.refused if r.source == source), None)
    if changed is not None and refused is not None and now - _RECENT < changed < refused:
        says = (
            f"{source}: its secrets were changed at {_at(changed)}, and at {_at(refused)} a webhook came "
            f"without a valid one"
        )
        mend = (
            "One of the provider's webhooks still sends the old secret: put the new one into each of them. "
            "If it is lost: cti-relay secret add."
        )
        accepted = any(r.source == source and r.last_at > refused for r in facts.received)
        yield Check("rotation", Level.WARN if accepted else Level.FAIL, says, mend)


def _proxies(server: ServerConfig) -> Iterator[Check]:
    if server.tls_certificate is None and not server.trusted_proxies and is_loopback(server.host):
        says = "no trusted_proxies: behind a proxy all desktops look like one, and share its tries to enrol"
        mend = 'Name the proxy: trusted_proxies = ["127.0.0.1"] under [server] in relay.toml.'
        if (server.public_url or "").startswith("https://"):
            yield Check("proxies", Level.WARN, says, mend)


def in_the_clear(server: ServerConfig) -> Check | None:
    """Whether others reach this port, and read on it what passes: nobody is said to encrypt it."""
    if server.tls_certificate is not None or server.trusted_proxies or is_loopback(server.host):
        return None
    says = (
        f"the relay listens on {server.host or 'all addresses'} without TLS: webhooks' secrets, desktops' "
        "tokens and customers' numbers travel in the clear"
    )
    mend = (
        "Under [server] in relay.toml, name the proxy that has the certificate (trusted_proxies), and listen "
        'for it alone where it is on this machine (host = "127.0.0.1"); or give the relay a certificate of '
        "its own (tls_certificate, tls_key)."
    )
    return Check("encryption", Level.WARN, says, mend)


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _at(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
