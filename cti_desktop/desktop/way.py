"""The way to the relay, for the link, for enrolment and for fresh tokens alike: whom to trust, which proxy.

Why a try failed on this way is told here, too: the same error means another thing with a pinned authority.
"""

from __future__ import annotations

import ssl
import urllib.request
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop import troubles
from cti_desktop.desktop.address import RelayAddress
from cti_desktop.desktop.screen import Trouble

DIRECTLY: Final = "none"
# With a proxy, these are the proxy's: nobody looked for the relay yet.
_OF_THE_NEXT_HOP: Final = frozenset({Trouble.REFUSED, Trouble.NO_SUCH_HOST})


@dataclass(frozen=True, slots=True)
class Way:
    """`ca_file` and `proxy` are the settings of that name."""

    ca_file: str = ""
    proxy: str = ""

    def trust(self) -> ssl.SSLContext:
        """Nobody but the authorities in `ca_file`, a PEM file; without one, the system's.

        Raises `ConfigError` when the file can't be read or holds no certificate.
        """
        if not self.ca_file:
            return ssl.create_default_context()
        pinned = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            pinned.load_verify_locations(cafile=self.ca_file)
        except (OSError, ssl.SSLError) as error:
            found = getattr(error, "strerror", None) or type(error).__name__
            raise ConfigError(
                where=self.ca_file,
                key="ca_file",
                found=found,
                allowed="a PEM file with your company's certificate",
            ) from error
        return pinned

    def proxy_to(self, relay: RelayAddress) -> str | Literal[True] | None:
        """None: directly; True: through the system's proxy, if it has one."""
        if self.proxy == DIRECTLY or relay.is_loopback:
            return None
        return self.proxy or True

    def proxies_to(self, relay: RelayAddress) -> urllib.request.ProxyHandler:
        """The same, for a request by `urllib`."""
        proxy = self.proxy_to(relay)
        if proxy is True:
            return urllib.request.ProxyHandler()
        return urllib.request.ProxyHandler({"http": proxy, "https": proxy} if proxy else {})

    def explain(self, error: Exception, relay: RelayAddress) -> tuple[Trouble, str]:
        """Why a try on this way failed, and a detail for people."""
        if isinstance(error, ConfigError):
            return Trouble.NO_PIN, str(error)
        trouble, detail = troubles.of_error(error)
        if trouble is Trouble.UNTRUSTED and self.ca_file:
            return Trouble.NOT_PINNED, detail
        if trouble in _OF_THE_NEXT_HOP and (proxy := self._named_proxy(relay)):
            return Trouble.NO_PROXY, proxy
        return trouble, detail

    def _named_proxy(self, relay: RelayAddress) -> str:
        """The proxy in use, without its password; empty for none."""
        proxy = self.proxy_to(relay)
        if proxy is True:
            parts = urlsplit(relay.base)
            bypassed = urllib.request.proxy_bypass(parts.netloc)
            proxy = None if bypassed else urllib.request.getproxies().get(parts.scheme)
        return urlsplit(proxy).netloc.rpartition("@")[2] if proxy else ""


DEFAULT_WAY: Final = Way()
