"""Looks at what lies around the store: the disk, the running relay, its address as the world sees it."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx

from cti_desktop.relay import control
from cti_desktop.relay.config import RelayConfig
from cti_desktop.relay.disk_guard import Room, judge
from cti_desktop.relay.health import Check, Level

_SECONDS: Final = 5.0
_GIB: Final = 1024**3
_RENEW: Final = timedelta(days=14)
_ANYWHERE: Final = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared, not bound
_OK: Final = 200
_ALIVE: Final = '"alive"'
_NUMBER: Final = re.compile(r"^\[Errno -?\d+\] ")


def disk(folder: Path) -> Check:
    """Whether the store can grow."""
    usage = shutil.disk_usage(folder)
    return judge_disk(usage.free, usage.total, folder)


def judge_disk(free: int, total: int, folder: Path) -> Check:
    """What `free` of `total` bytes mean."""
    says = f"{free / _GIB:.1f} GiB free where the store is ({folder})"
    room = judge(free, total)
    if room is Room.FULL:
        return Check("disk", Level.FAIL, says, "Make room now: webhooks are refused until then.")
    if room is Room.LOW:
        return Check("disk", Level.WARN, says, "Make room, or move the store to a larger disk.")
    return Check("disk", Level.OK, says)


def server(config: RelayConfig, control_file: Path) -> Check:
    """Whether a relay runs, and is ready."""
    door = control.door(control_file)
    if door is None:
        says = "no relay runs here: webhooks are refused, desktops can't connect"
        return Check("server", Level.FAIL, says, "Start it with `cti-relay serve`, or start its service.")
    host = "127.0.0.1" if config.server.host in _ANYWHERE else config.server.host
    scheme = "http" if config.server.tls_certificate is None else "https"
    address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{door.http}"
    try:
        verify = _own_certificate(config.server.tls_certificate)
        answer = httpx.get(f"{address}/readyz", timeout=_SECONDS, trust_env=False, verify=verify)
    except (httpx.HTTPError, OSError) as error:
        says = f"a relay (process {door.pid}) should answer at {address}, and doesn't: {error}"
        return Check("server", Level.FAIL, says, "Look into its log, and restart it.")
    if answer.status_code != _OK:
        says = f"the relay at {address} is not ready: {answer.text[:200]}"
        return Check("server", Level.FAIL, says, "It can't write its store: see the other checks.")
    return Check("server", Level.OK, f"the relay answers at {address} (process {door.pid})")


def _own_certificate(certificate: Path | None) -> ssl.SSLContext | bool:
    """Trusts the very certificate that the relay shows; its name is that of the public address."""
    if certificate is None:
        return True
    context = ssl.create_default_context(cafile=str(certificate))
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def public(config: RelayConfig) -> Iterator[Check]:
    """Whether the provider can reach us at the address that we gave it."""
    url = config.server.public_url
    if url is None:
        says = "public_url is not set: where do webhooks and desktops find this relay?"
        yield Check(
            "address", Level.WARN, says, "Set server.public_url to the https:// address of your proxy."
        )
        return
    if urlsplit(url).scheme == "http":
        says = f"{url} has no TLS: MyOperator posts over https only, and tokens travel in the open"
        yield Check(
            "address", Level.WARN, says, "Put a proxy with a certificate before the relay: docs/it.md"
        )
    else:
        yield certificate(url)
    yield reachable(url)


def reachable(url: str) -> Check:
    """Whether a relay answers at `url`, as seen from here."""
    mend = (
        "MyOperator can't deliver there either, unless only this machine can't: check name, proxy, firewall."
    )
    try:
        answer = httpx.get(f"{url}/healthz", timeout=_SECONDS)
    except httpx.HTTPError as error:
        return Check("address", Level.FAIL, f"{url} can't be reached from here: {_plain(error)}", mend)
    through = "Let the proxy pass everything on to the relay, unchanged."
    if answer.status_code != _OK:
        return Check("address", Level.FAIL, f"{url}/healthz answers {answer.status_code}, not 200", through)
    if _ALIVE not in answer.text:
        return Check("address", Level.FAIL, f"what answers at {url}/healthz is no relay", through)
    return Check("address", Level.OK, f"the relay can be reached at {url}")


def certificate(url: str) -> Check:
    """Until when the certificate at an https `url` is good."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        with (
            socket.create_connection((host, parts.port or 443), timeout=_SECONDS) as link,
            ssl.create_default_context().wrap_socket(link, server_hostname=host) as secure,
        ):
            until = ssl.cert_time_to_seconds(str((secure.getpeercert() or {})["notAfter"]))
    except ssl.SSLError as error:
        if error.reason == "WRONG_VERSION_NUMBER":  # the first bytes of an answer are no TLS at all
            says = f"what answers at {parts.netloc} speaks no TLS"
            return Check("tls", Level.FAIL, says, "Is it the port of the proxy that has the certificate?")
        says = f"the certificate of {host} is refused: {error.reason or error}"
        return Check(
            "tls", Level.FAIL, says, "Renew it, with the chain: providers and desktops refuse it too."
        )
    except OSError as error:
        says = f"no TLS connection to {host}: {_plain(error)}"
        return Check("tls", Level.FAIL, says, "Check name, proxy and firewall.")
    return judge_certificate(host, datetime.fromtimestamp(until, UTC), datetime.now(UTC))


def _plain(error: Exception) -> str:
    """What went wrong, without its number."""
    return _NUMBER.sub("", str(error))


def judge_certificate(host: str, until: datetime, now: datetime) -> Check:
    """What an expiry means."""
    says = f"the certificate of {host} is good until {until:%Y-%m-%d}"
    if until - now < _RENEW:
        return Check("tls", Level.WARN, says, "Renew it now; when it ends, every call is lost.")
    return Check("tls", Level.OK, says)
