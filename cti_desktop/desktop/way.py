"""The way to the relay, for the link, for enrolment and for fresh tokens alike: whom to trust, which proxy.

Why a try failed on this way is told here, too: the same error means another thing with a pinned authority.
"""

from __future__ import annotations

import ssl
import urllib.request
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop import troubles
from cti_desktop.desktop.address import RelayAddress, is_proxy
from cti_desktop.desktop.reasons import Trouble

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

    def proxy_to(self, relay: RelayAddress) -> str | None:
        """The proxy in use: that of the settings, else the system's; None: directly.

        Raises `ConfigError` for one that can't be used.
        """
        if self.proxy == DIRECTLY or relay.is_loopback:
            return None
        proxy = self.proxy or _of_the_system(relay)
        if proxy and not is_proxy(proxy):
            allowed = "http://host:port"
            raise ConfigError(where="settings", key="proxy", found=_named(proxy), allowed=allowed)
        return proxy

    def proxies_to(self, relay: RelayAddress) -> urllib.request.ProxyHandler:
        """The same, for a request by `urllib`."""
        proxy = self.proxy_to(relay)
        return urllib.request.ProxyHandler({"http": proxy, "https": proxy} if proxy else {})

    def explain(self, error: Exception, relay: RelayAddress) -> tuple[Trouble, str]:
        """Why a try on this way failed, and a detail for people."""
        if isinstance(error, ConfigError):
            is_proxys = error.key == "proxy"
            return (Trouble.BAD_PROXY, str(error.found)) if is_proxys else (Trouble.NO_PIN, str(error))
        trouble, detail = troubles.of_error(error)
        if trouble is Trouble.UNTRUSTED and self.ca_file:
            return Trouble.NOT_PINNED, detail
        if trouble in _OF_THE_NEXT_HOP and (proxy := self.proxy_to(relay)):
            return Trouble.NO_PROXY, _named(proxy)
        return trouble, detail


def _of_the_system(relay: RelayAddress) -> str | None:
    parts = urlsplit(relay.base)
    if urllib.request.proxy_bypass(parts.netloc):
        return None
    proxy = urllib.request.getproxies().get(parts.scheme)
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


def _named(proxy: str) -> str:
    """Without its user name and password."""
    return proxy.rpartition("@")[2].removeprefix("http://")


DEFAULT_WAY: Final = Way()
