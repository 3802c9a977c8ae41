"""Whom the relay's certificate may come from: the system's authorities, or one private authority only."""

from __future__ import annotations

import ssl

from cti_desktop.core.errors import ConfigError


def context(ca_file: str) -> ssl.SSLContext | None:
    """Trust nobody but the authorities in `ca_file`, a PEM file; None for the system's when it is empty.

    Raises `ConfigError` when the file can't be read or holds no certificate.
    """
    if not ca_file:
        return None
    pinned = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        pinned.load_verify_locations(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        found = getattr(error, "strerror", None) or type(error).__name__
        raise ConfigError(
            where=ca_file, key="ca_file", found=found, allowed="a PEM file with your company's certificate"
        ) from error
    return pinned
