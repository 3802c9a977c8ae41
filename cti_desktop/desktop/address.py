"""A relay's address as people type it, and the URLs that follow. Refuses what would send a token in clear."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.refusals import SignInRefused

# A scanner types it into whatever field has the keyboard.
_SHEET: Final = "cti-desktop:enrol"
# All that may stand in a path as it is.
_IN_PATHS: Final = "/%:@!$&'()*+,;="
_HOST: Final = re.compile(r"[\w.-]{1,253}", re.ASCII)
_SCHEMES: Final = {"https": "https", "wss": "https", "http": "http", "ws": "http"}


@dataclass(frozen=True, slots=True)
class RelayAddress:
    """`base` is `https://host[:port][/path]` without a final slash; http only for this machine."""

    base: str
    is_loopback: bool

    @property
    def agent_url(self) -> str:
        """Where the WebSocket is."""
        return f"ws{self.base.removeprefix('http')}/agent"

    @property
    def enrol_url(self) -> str:
        """Where an enrolment code is exchanged."""
        return f"{self.base}/enrol"


def parse(text: str) -> RelayAddress:
    """`text` as an address, https unless it says otherwise.

    Raises `SignInRefused` with `BAD_URL` or `INSECURE_URL`.
    """
    typed = text.strip()
    parts = _split(typed if "://" in typed else f"//{typed}")
    host = _known_host(parts.hostname or "")
    loopback = is_loopback(host)
    scheme = _SCHEMES.get(parts.scheme or ("http" if loopback else "https"))
    if scheme is None:
        raise SignInRefused(
            SignInProblem.BAD_URL, f"the address begins with {parts.scheme}://, not with https://"
        )
    if scheme == "http" and not loopback:
        raise SignInRefused(SignInProblem.INSECURE_URL, host)
    shown = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port is not None else ""
    return RelayAddress(f"{scheme}://{shown}{port}{quote(parts.path.rstrip('/'), _IN_PATHS)}", loopback)


def unfold(code: str, relay_url: str = "") -> tuple[str, str]:
    """`relay_url` and `code`; both out of `code`, where it is what a QR code of the relay's sheet says."""
    head, _, query = code.strip().partition("?")
    if head.lower() != _SHEET:
        return relay_url, code
    said = parse_qs(query)
    return said.get("relay", [relay_url])[0], said.get("code", [""])[0]


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address, no brackets) is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_proxy(text: str) -> bool:
    """Whether `text` names a proxy as we can use one. SOCKS is none: neither of our libraries speaks it."""
    try:
        parts = urlsplit(text)
        _ = parts.port  # reading it checks it
        _ = _known_host(parts.hostname or "")
    except (ValueError, SignInRefused):
        return False
    plain = text.isascii() and text.isprintable() and " " not in text
    return plain and parts.scheme in ("http", "https")


def _known_host(host: str) -> str:
    """`host` as the network knows it: in ASCII, a name in another script as punycode.

    Refused is what no resolver can be asked for, and a name that would become another one on the way.
    """
    try:
        if ":" in host:
            return str(ipaddress.ip_address(host))
        known = host.encode("idna")
        stays = host.isascii() or known.decode("idna") == unicodedata.normalize("NFC", host)
    except ValueError as error:
        raise SignInRefused(SignInProblem.BAD_URL, "the address names no possible host") from error
    if not stays or not _HOST.fullmatch(known.decode("ascii")):
        raise SignInRefused(SignInProblem.BAD_URL, "the address names no possible host")
    return known.decode("ascii")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it checks it
    except ValueError as error:
        raise SignInRefused(SignInProblem.BAD_URL, str(error)) from error
    if not parts.hostname or any(c.isspace() or not c.isprintable() for c in url):
        raise SignInRefused(SignInProblem.BAD_URL, "the address names no host")
    if parts.username is not None or parts.query or parts.fragment:
        raise SignInRefused(SignInProblem.BAD_URL, "the address may hold no user name, ? or #")
    return parts
