"""What the configuration means: the parts of a relay that follow from it alone. Raises `ConfigError`."""

from __future__ import annotations

import socket
from datetime import timedelta

from cti_desktop.core.errors import ConfigError
from cti_desktop.providers.contract import ProviderSettings, zone_named
from cti_desktop.relay import server
from cti_desktop.relay.calls import Patience
from cti_desktop.relay.config import CallsConfig, RelayConfig, SourceConfig
from cti_desktop.relay.hooks import Hook
from cti_desktop.relay.ingest import Source


def hook(name: str, source: SourceConfig) -> Hook:
    """The way in for the source of that name."""
    zone = zone_named(source.timezone)
    if zone is None:
        where = f"sources.{name}.timezone"
        raise ConfigError(
            where="configuration", key=where, found=source.timezone, allowed="an IANA time zone"
        )
    settings = ProviderSettings(zone, source.region)
    strict = source.address_policy == "refuse"
    header = source.token_header.lower().encode()
    return Hook(Source(name, source.provider, settings), header, source.allowed_addresses, strict)


def patience(calls: CallsConfig) -> Patience:
    """How long a call may go without news."""
    return Patience(
        ringing=timedelta(seconds=calls.ring_timeout_seconds),
        talking=timedelta(seconds=calls.talk_timeout_seconds),
    )


def bound(config: RelayConfig) -> socket.socket:
    """A listening socket."""
    host, port = config.server.host, config.server.port
    try:
        return server.bind(host, port)
    except OSError as error:
        where = str(config.path or "configuration")
        allowed = f"an address that is free here ({error.strerror})"
        raise ConfigError(
            where=where, key="server.host, server.port", found=f"{host}:{port}", allowed=allowed
        ) from error


def address_of(config: RelayConfig, port: int) -> str:
    """Where a relay on `port` can be reached from this machine."""
    host = config.server.host
    scheme = "http" if config.server.tls_certificate is None else "https"
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
