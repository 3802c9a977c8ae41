"""One try to reach the relay: through which proxy, trusting whom, and how patiently. Keeps no state."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from cti_desktop import __version__
from cti_desktop.desktop import trust
from cti_desktop.desktop.account import SignedIn
from cti_desktop.desktop.vigil import LOOK_SECONDS, Vigil
from cti_desktop.wire.messages import MAX_FRAME_BYTES, SUBPROTOCOL

# websockets writes handshake headers, our token among them, to its debug log: it gets one that has no debug.
_quiet: Final = logging.getLogger(f"{__name__}.websockets")
_quiet.setLevel(logging.INFO)
DIRECTLY: Final = "none"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. `settled`: a link that held for this long begins its backoff anew when it breaks."""

    open: float = 10.0
    welcome: float = 10.0
    ping: float = 15.0
    pong: float = 15.0
    close: float = 2.0
    settled: float = 10.0
    # A restarting relay: a thousand desktops come back spread over this.
    restart: float = 2.0
    # A link that is doubted (after sleep, in another network) must answer within this.
    doubt: float = 3.0
    look: float = LOOK_SECONDS


@dataclass(frozen=True, slots=True)
class Way:
    """How to get there. `ca_file` and `proxy` are the settings of that name; `tls` None: the system's trust.

    `vigil` is told how to find our own address.
    """

    tls: ssl.SSLContext | None = None
    ca_file: str = ""
    proxy: str = ""
    vigil: Callable[[Callable[[], str | None]], Vigil] = Vigil

    def proxy_to(self, signed_in: SignedIn) -> str | Literal[True] | None:
        """None: directly; True: through the system's proxy, if it has one."""
        if self.proxy == DIRECTLY or signed_in.relay.is_loopback:
            return None
        return self.proxy or True


DEFAULT_PACE: Final = Pace()
DEFAULT_WAY: Final = Way()


class _Connect(connect):
    """Follows no redirects: a captive portal redirects, a relay never does."""

    def process_redirect(self, exc: Exception) -> Exception:
        """Every answer but 101 is the end of the try."""
        return exc


def dial(signed_in: SignedIn, way: Way, pace: Pace) -> connect:
    """Begin a try; use it as `async with`. Raises `ConfigError` when the pinned authority can't be read."""
    secure = signed_in.relay.agent_url.startswith("wss:")
    return _Connect(
        signed_in.relay.agent_url,
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        additional_headers={"Authorization": f"Bearer {signed_in.token}"},
        user_agent_header=f"cti-desktop/{__version__}",
        compression=None,
        proxy=way.proxy_to(signed_in),
        open_timeout=pace.open,
        ping_interval=pace.ping,
        ping_timeout=pace.pong,
        close_timeout=pace.close,
        max_size=MAX_FRAME_BYTES,
        logger=_quiet,
        ssl=(trust.context(way.ca_file) or way.tls or True) if secure else None,
    )
