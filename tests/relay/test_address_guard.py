"""No look-up reaches the inside of our network by any spelling of an address."""

import ipaddress
from collections.abc import Sequence
from typing import Any

import pytest

from cti_desktop.relay.address_guard import Forbidden, is_public, resolved

INSIDE = [
    "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
    "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "::127.0.0.1", "::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:808:808::1", "2002:a9fe:a9fe::1", "2002:c0a8:101::",
    "2001:0:7f00:1::",
]  # fmt: skip


@pytest.mark.parametrize("text", INSIDE)
def test_the_inside_is_not_public(text: str) -> None:
    """Private, local, shared, reserved, and what embeds such an address."""
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "103.21.77.5", "2606:4700::1111"])
def test_the_internet_is_public(text: str) -> None:
    """What anybody may reach."""
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
async def test_spellings_of_this_machine_are_refused(host: str) -> None:
    """Whatever the resolver makes of them."""
    with pytest.raises(Forbidden, match="no public address"):
        await resolved(host, 80, ())


async def test_a_named_host_may_be_inside() -> None:
    """The administrator's CRM in the next rack."""
    assert "127.0.0.1" == await resolved("127.0.0.1", 80, ("127.0.0.1",))


async def test_one_bad_address_among_good_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads outside and inside is refused, and what is connected to is what was checked."""
    import asyncio  # noqa: PLC0415

    answers: list[Sequence[str]] = [["8.8.8.8", "10.0.0.1"], ["8.8.8.8"]]

    async def getaddrinfo(*_: Any, **__: Any) -> list[Any]:  # noqa: ANN401 - the loop's
        return [(2, 1, 6, "", (text, 443)) for text in answers.pop(0)]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo, raising=False)
    with pytest.raises(Forbidden, match=r"10\.0\.0\.1"):
        await resolved("crm.example.com", 443, ())
    assert "8.8.8.8" == await resolved("crm.example.com", 443, ())
