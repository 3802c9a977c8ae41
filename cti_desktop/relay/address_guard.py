"""Which addresses a look-up may reach: public ones, and what the administrator named. No I/O but DNS."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Iterator
from typing import Final

from cti_desktop.core.errors import CtiError

_NAT64: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_SIX_TO_FOUR: Final = ipaddress.ip_network("2002::/16")
_COMPATIBLE: Final = ipaddress.ip_network("::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Forbidden(CtiError):
    """The name leads to an address that look-ups must not reach. The message says which."""

    code = "forbidden_address"


def is_public(address: Address) -> bool:
    """Whether an address is somewhere on the internet, also by what is embedded in it."""
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    if address in _SIX_TO_FOUR:  # given up by the internet; Python judges it one way or the other by version
        return False
    return all(is_public(inner) for inner in _embedded(address))


async def resolved(host: str, port: int, allowed: Iterable[str]) -> str:
    """One checked address of `host`, to connect to. Raises `Forbidden`, or `OSError` for an unknown name.

    All addresses must be public: one that isn't, among others that are, is an attempt. A host in `allowed`
    may be anywhere.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(info[4][0]).partition("%")[0] for info in found))
    if host.lower() not in {name.lower() for name in allowed}:
        for text in addresses:
            if not is_public(ipaddress.ip_address(text)):
                raise Forbidden(
                    f"{host} is {text}, which is no public address: name it under `allow` if it is meant"
                )
    return addresses[0]


def _embedded(address: Address) -> Iterator[Address]:
    """The IPv4 addresses that an IPv6 address may stand for."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.teredo:
        yield from address.teredo
    if address in _COMPATIBLE or any(address in net for net in _NAT64):
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
