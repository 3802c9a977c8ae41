"""Who really asks."""

import pytest
from starlette.types import Scope

from cti_desktop.relay.proxies import contains, household, is_direct, network, seen_through

PROXY = network("10.0.0.1")
INNER = network("10.9.0.0/16")


def asked(peer: str | None, *forwarded: str) -> Scope:
    """A request that came from `peer`, with these lines of X-Forwarded-For."""
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    return {"type": "http", "headers": headers, "client": (peer, 5000) if peer else None}


@pytest.mark.parametrize(
    ("peer", "lines", "seen"),
    [
        ("10.0.0.1", ["203.0.113.7"], "203.0.113.7"),
        ("10.0.0.1", ["8.8.8.8, 203.0.113.7"], "203.0.113.7"),  # the left part is the sender's own invention
        ("10.0.0.1", ["8.8.8.8", "203.0.113.7"], "203.0.113.7"),  # so it is on a line of its own
        ("10.0.0.1", ["203.0.113.7, 10.9.1.2"], "203.0.113.7"),
        ("10.0.0.1", ["10.9.1.3, 10.9.1.2"], "10.9.1.3"),
        ("10.0.0.1", ["203.0.113.7:4711"], "203.0.113.7"),
        ("10.0.0.1", ["[2001:db8::5]:4711"], "2001:db8::5"),
        ("10.0.0.1", ["2001:db8::5"], "2001:db8::5"),
        ("10.0.0.1", ["1.2.3.4, garbage"], "10.0.0.1"),
        ("10.0.0.1", ["garbage, 10.9.1.2"], "10.9.1.2"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("::ffff:10.0.0.1", ["203.0.113.7"], "203.0.113.7"),
        ("192.0.2.9", ["203.0.113.7"], "192.0.2.9"),
        ("testclient", ["203.0.113.7"], "testclient"),
    ],
)
def test_only_trusted_proxies_are_believed(peer: str, lines: list[str], seen: str) -> None:
    """As far from the right as the chain is trusted; what anybody else claims counts nothing."""
    assert seen_through(asked(peer, *lines), (PROXY, INNER))["client"] == (seen, 5000)


def test_nobody_is_trusted_by_default() -> None:
    """Not even this machine; and who has no address, as on a Unix socket, has none."""
    local = asked("127.0.0.1", "203.0.113.7")

    assert seen_through(local, ()) is local
    assert seen_through(asked(None, "203.0.113.7"), (PROXY,))["client"] is None


def test_an_endless_chain_costs_nothing() -> None:
    """Only its nearest hops are read."""
    scope = asked("10.0.0.1", ", ".join(["203.0.113.7"] + ["10.9.0.1"] * 5000))

    assert seen_through(scope, (PROXY, INNER))["client"] == ("10.9.0.1", 5000)


@pytest.mark.parametrize("name", [b"x-forwarded-for", b"forwarded", b"x-real-ip"])
def test_a_request_that_was_passed_on_is_not_direct(name: bytes) -> None:
    """Whatever it says."""
    assert is_direct({"headers": [(b"host", b"x")]})
    assert not is_direct({"headers": [(name, b"")]})


def test_what_is_no_address_lies_nowhere() -> None:
    """Nor does one of the other family."""
    everywhere = (network("0.0.0.0/0"),)

    assert contains(everywhere, "203.0.113.7")
    assert not contains(everywhere, "unknown")
    assert not contains(everywhere, "2001:db8::5")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.7"),
        ("unknown", "unknown"),
    ],
)
def test_tries_are_counted_by_household(address: str, counted: str) -> None:
    """Nobody gets five more tries for each of their IPv6 addresses."""
    assert household(address) == counted
