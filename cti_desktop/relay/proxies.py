"""Who really asks, behind proxies that were named in the configuration. Trusts nobody else's word.

`X-Forwarded-For` is read from its right end, where the nearest proxy wrote, as far as the chain is trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from starlette.types import Scope

Network = IPv4Network | IPv6Network

_FORWARDED_FOR: Final = b"x-forwarded-for"
_FORWARDING: Final = frozenset({_FORWARDED_FOR, b"forwarded", b"x-real-ip"})
# A chain longer than this is somebody's attempt to keep us busy.
_LONGEST: Final = 32


def network(text: str) -> Network:
    """An address, or a range such as `103.21.77.0/24`. Raises `ValueError`."""
    return ip_network(text.strip(), strict=False)


def contains(networks: Sequence[Network], address: str) -> bool:
    """Whether `address` lies in one of `networks`. What is no address lies nowhere."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return any(found in one for one in networks)


def seen_through(scope: Scope, trusted: Sequence[Network]) -> Scope:
    """`scope` with the address of whoever asked the outermost trusted proxy as its client."""
    peer = scope.get("client")
    if not trusted or not peer or not contains(trusted, peer[0]):
        return scope
    address = str(peer[0])
    for hop in _hops(scope):
        address = hop
        if not contains(trusted, hop):
            break
    return {**scope, "client": (address, peer[1])}


def household(address: str) -> str:
    """What to count tries by: of IPv6, where everybody has 2^64 addresses, the whole network."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(IPv6Network((found, 64), strict=False))
    return address


def is_direct(scope: Scope) -> bool:
    """Whether no proxy has passed this request on, or whoever sent it wants to look like one."""
    return not any(name in _FORWARDING for name, _ in scope["headers"])


def _hops(scope: Scope) -> Iterator[str]:
    """The addresses in the headers, the nearest first; ends at what is no address."""
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == _FORWARDED_FOR]
    for part in ",".join(lines).split(",")[: -_LONGEST - 1 : -1]:
        try:
            yield str(ip_address(_without_port(part.strip())))
        except ValueError:
            return


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
