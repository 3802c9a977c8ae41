"""The certificate with which the relay speaks TLS itself; read anew without a restart when it was renewed."""

from __future__ import annotations

import logging
import ssl
from pathlib import Path
from typing import Final

from cti_desktop.core.errors import ConfigError
from cti_desktop.relay.config import ServerConfig

_log: Final = logging.getLogger(__name__)


class Certificate:
    """A loaded pair. `context` stays the same object: new connections get what was loaded last."""

    def __init__(self, chain: Path, key: Path) -> None:
        """Raises `ConfigError` for files that can't be read, or don't belong together."""
        self._chain = chain
        self._key = key
        self._state = self._look()
        self.context = self._loaded()

    @classmethod
    def of(cls, server: ServerConfig) -> Certificate | None:
        """The configured one; None where a proxy sees to TLS."""
        if server.tls_certificate is None or server.tls_key is None:
            return None
        return cls(server.tls_certificate, server.tls_key)

    def reload(self) -> None:
        """Read the files again. Raises `ConfigError`: then the earlier certificate goes on to count."""
        self._state = self._look()
        self._loaded()  # on a context of its own first: a half-renewed pair must not break the one in use
        self.context.load_cert_chain(self._chain, self._key)
        _log.info("the certificate was read anew: %s", self._chain)

    async def watch(self) -> None:
        """See whether somebody has renewed it."""
        self.reload_if_changed()

    def reload_if_changed(self) -> None:
        """Read the files again if they are others than before. What is wrong with them is logged once."""
        if self._look() == self._state:
            return
        try:
            self.reload()
        except ConfigError as error:
            _log.error("the renewed certificate can't be used, the earlier one goes on to count: %s", error)

    def _loaded(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(self._chain, self._key)
        except (OSError, ssl.SSLError) as error:
            raise ConfigError(
                where="configuration",
                key="server.tls_certificate, server.tls_key",
                found=f"{self._chain}, {self._key}",
                allowed=f"a PEM certificate with its chain, and its key ({_reason(error)})",
            ) from None
        return context

    def _look(self) -> tuple[object, ...]:
        return tuple(_state_of(path) for path in (self._chain, self._key))


def _state_of(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _reason(error: OSError) -> str:
    return getattr(error, "reason", None) or error.strerror or str(error)
