"""Whether a newer version is out: fetches a manifest and believes it only with the team lead's signature.

Blocking; holds no state. Tells, and where policy says so fetches the package and checks it; installs nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import sys
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.parse import unquote, urlsplit

import msgspec

from cti_desktop import __version__
from cti_desktop.core.errors import CtiError
from cti_desktop.desktop import address

TIMEOUT_SECONDS: Final = 20.0
MAX_MANIFEST_BYTES: Final = 64 * 1024
MAX_PACKAGE_BYTES: Final = 500_000_000
_VERSION: Final = re.compile(r"\d{1,6}(\.\d{1,6}){1,3}")


class Package(msgspec.Struct, frozen=True):
    """A file for one system: where it is, and what it must be."""

    url: str
    sha256: str
    size: int


class Release(msgspec.Struct, frozen=True):
    """What is signed. `packages` by `sys.platform`."""

    version: str
    packages: dict[str, Package] = {}
    notes: str = ""


class Envelope(msgspec.Struct, frozen=True):
    """What lies at the update URL: `release` is JSON as text, `signature` Ed25519 over its bytes, base64."""

    release: str
    signature: str


class UpdateRefused(CtiError):
    """No believable news: unreachable, garbled, or not signed by the team lead. Try again another day."""

    code = "update_refused"


@dataclass(frozen=True, slots=True)
class Source:
    """Where releases are announced, and the key (base64) that signs them."""

    url: str
    public_key: str


def newer_release(source: Source, running: str = __version__) -> Release | None:
    """The release that is announced, if it is newer than `running`. Raises `UpdateRefused`."""
    release = verified(_fetch(source.url, MAX_MANIFEST_BYTES), source.public_key)
    return release if is_newer(release.version, running) else None


def news(source: Source, policy: str, folder: Path) -> str:
    """Which version is out and where it lies, as `policy` (off, tell, download) says; empty: none newer.

    Raises `UpdateRefused`.
    """
    release = newer_release(source) if policy != "off" and source.url else None
    if release is None:
        return ""
    package = release.packages.get(sys.platform)
    if package is None:
        return release.version
    where = download(package, folder) if policy == "download" else package.url
    return f"{release.version}, {where}"


def verified(raw: bytes, public_key: str) -> Release:
    """The release in an envelope, if the key signed it. Raises `UpdateRefused`."""
    # A quarter of a second to import, and only those need it whose team lead announces updates.
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        envelope = msgspec.json.decode(raw, type=Envelope)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(envelope.signature, validate=True), envelope.release.encode())
        release = msgspec.json.decode(envelope.release, type=Release)
    except InvalidSignature:
        raise UpdateRefused("the manifest is not signed with the key of this product") from None
    except (msgspec.DecodeError, UnicodeError, RecursionError, binascii.Error, ValueError) as error:
        raise UpdateRefused(f"the manifest can't be read: {error}") from error
    if not _VERSION.fullmatch(release.version):
        raise UpdateRefused("the manifest names no version")
    return release


def is_newer(announced: str, running: str) -> bool:
    """Whether the version `announced` comes after `running`. 1.10 comes after 1.9, and is 1.10.0."""
    return _numbers(announced) > _numbers(running)


def download(package: Package, folder: Path) -> Path:
    """Fetch `package` into `folder`; the file, once it is exactly what was signed. Raises `UpdateRefused`."""
    if not 0 < package.size <= MAX_PACKAGE_BYTES:
        raise UpdateRefused("the package has an impossible size")
    name = re.sub(r"[^\w.-]", "_", Path(unquote(urlsplit(package.url).path)).name).lstrip(".")
    content = _fetch(package.url, package.size)
    if len(content) != package.size or hashlib.sha256(content).hexdigest() != package.sha256.lower():
        raise UpdateRefused("the package is not the one that was signed")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{name}.part"
        unfinished.write_bytes(content)
        return unfinished.replace(folder / (name or "update"))
    except OSError as error:
        raise UpdateRefused(f"the package can't be written: {error.strerror}") from error


def _fetch(url: str, most: int) -> bytes:
    """What lies at an https address (http only on this machine), at most `most` bytes and one."""
    try:
        parts = urlsplit(url)
        loopback = address.is_loopback(parts.hostname or "")
        if parts.scheme != "https" and not (parts.scheme == "http" and loopback):
            raise UpdateRefused("the address does not begin with https://")
        proxies = urllib.request.ProxyHandler({} if loopback else None)
        opener = urllib.request.build_opener(proxies)
        request = urllib.request.Request(url, headers={"User-Agent": f"cti-desktop/{__version__}"})  # noqa: S310 - checked above
        with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            content: bytes = answer.read(most + 1)
            return content
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise UpdateRefused(f"{url} can't be fetched: {error}") from error


def _numbers(version: str) -> tuple[int, ...]:
    found = [int(part) for part in version.split(".") if part.isdigit()]
    return tuple([*found, 0, 0, 0, 0][:4])
