"""What the configuration means."""

from datetime import timedelta
from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError
from cti_desktop.relay.config import CallsConfig, RelayConfig, ServerConfig, SourceConfig, StoreConfig
from cti_desktop.relay.from_config import address_of, bound, hook, patience
from cti_desktop.relay.proxies import network

STORE = StoreConfig("sqlite:///x.db")


def test_a_source_becomes_a_way_in() -> None:
    """With its header, its zone, and from where it may come."""
    office = network("103.21.77.0/24")
    found = hook("pbx", SourceConfig(allowed_addresses=(office,), address_policy="refuse"))

    assert (found.source.name, found.token_header) == ("pbx", b"x-webhook-token")
    assert (found.allowed, found.strict) == ((office,), True)
    assert not hook("pbx", SourceConfig()).strict
    with pytest.raises(ConfigError, match=r"sources\.pbx\.timezone"):
        hook("pbx", SourceConfig(timezone="Mars/Olympus"))


def test_patience_is_counted_in_seconds() -> None:
    """As it is written."""
    found = patience(CallsConfig(60, 3600))

    assert (found.ringing, found.talking) == (timedelta(minutes=1), timedelta(hours=1))


@pytest.mark.parametrize(
    ("server", "address"),
    [
        (ServerConfig(), "http://127.0.0.1:7"),
        (ServerConfig(host="::1"), "http://[::1]:7"),
        (ServerConfig(tls_certificate=Path("c"), tls_key=Path("k")), "https://127.0.0.1:7"),
    ],
)
def test_the_address_on_this_machine(server: ServerConfig, address: str) -> None:
    """As a URL can have it."""
    assert address_of(RelayConfig(server, STORE), 7) == address


def test_a_taken_port_is_explained() -> None:
    """By the keys that name it."""
    with bound(RelayConfig(ServerConfig(port=0), STORE)) as first:
        taken = ServerConfig(port=first.getsockname()[1])
        with pytest.raises(ConfigError, match=r"server\.host, server\.port"):
            bound(RelayConfig(taken, STORE))
