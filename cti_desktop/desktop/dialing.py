"""One try to reach the relay: through which proxy, trusting whom, and how patiently. Keeps no state."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from cti_desktop import __version__
from cti_desktop.desktop.account import SignedIn
from cti_desktop.desktop.vigil import LOOK_SECONDS, Vigil
from cti_desktop.desktop.way import Way
from cti_desktop.wire.messages import MAX_FRAME_BYTES, SUBPROTOCOL

# websockets writes handshake headers, our token among them, to its debug log: it gets one that has no debug.
_quiet: Final = logging.getLogger(f"{__name__}.websockets")
_quiet.setLevel(logging.INFO)


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
    # Told how to find our own address.
    vigil: Callable[[Callable[[], str | None]], Vigil] = Vigil


DEFAULT_PACE: Final = Pace()


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
        proxy=way.proxy_to(signed_in.relay),
        open_timeout=pace.open,
        ping_interval=pace.ping,
        ping_timeout=pace.pong,
        close_timeout=pace.close,
        max_size=MAX_FRAME_BYTES,
        logger=_quiet,
        ssl=way.trust() if secure else None,
    )
