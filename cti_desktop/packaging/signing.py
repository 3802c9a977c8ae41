"""Keys that sign updates, and the signed manifest of a release. `desktop.updates` says how it is checked."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cti_desktop import __version__
from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop.updates import Envelope, Package, Release


def new_key(file: Path) -> str:
    """Write a fresh private key; its public key in base64. Raises `ConfigError` where a file is already."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(pem)
    except OSError as error:
        raise ConfigError(
            where="command line", key="--new-key", found=f"{file}: {error.strerror}", allowed="a new file"
        ) from error
    return public_text(key)


def public_text(key: Ed25519PrivateKey) -> str:
    """The public key, as branding.toml has it."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def read_key(file: Path) -> Ed25519PrivateKey:
    """The private key in `file`. Raises `ConfigError`."""
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        found = f"{file}: {type(error).__name__}"
        allowed = "a key that --new-key made"
        raise ConfigError(where="command line", key="--sign-with", found=found, allowed=allowed) from error
    if not isinstance(key, Ed25519PrivateKey):
        found = f"{file}: {type(key).__name__}"
        raise ConfigError(where="command line", key="--sign-with", found=found, allowed="an Ed25519 key")
    return key


def write_manifest(manifest: Path, packages: Iterable[Path], key: Path, folder_url: str) -> None:
    """Sign what the `packages` are, and where they will be found. Raises `ConfigError`."""
    signer = read_key(key)
    listed = {}
    for package in packages:
        content = package.read_bytes()
        url = f"{folder_url.rstrip('/')}/{package.name}"
        listed[system_of(package)] = Package(url, hashlib.sha256(content).hexdigest(), len(content))
    release = msgspec.json.encode(Release(__version__, listed))
    envelope = Envelope(release.decode(), base64.b64encode(signer.sign(release)).decode())
    manifest.write_bytes(msgspec.json.encode(envelope) + b"\n")


def system_of(package: Path) -> str:
    """For which `sys.platform` a package is."""
    return {".exe": "win32", ".dmg": "darwin"}.get(package.suffix, "linux")
