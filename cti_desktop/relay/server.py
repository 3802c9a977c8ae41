"""uvicorn, set up for the open internet: HTTP and WebSocket on one port, bounded headers, no signal handlers.

uvicorn's httptools protocol bounds neither the size of a request's head nor its time: `BoundedHttp` does.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
import struct
from collections.abc import Callable, Iterator
from typing import Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from cti_desktop.wire.messages import MAX_FRAME_BYTES

MAX_HEAD_BYTES: Final = 64 * 1024
HEAD_SECONDS: Final = 10.0
_PING_SECONDS: Final = 20.0
_KEEP_ALIVE_SECONDS: Final = 30
_SHUTDOWN_SECONDS: Final = 5
_BACKLOG: Final = 2048
# A peer that vanished without a word: how long the system tries to get bytes across.
_DEAD_PEER_MS: Final = 45_000
PROMPT: Final = "cti.prompt"
# RFC 6455: the first byte of a whole text message, and the lengths from which two or eight bytes tell it.
_TEXT: Final = 0x81
_SHORT: Final = 126
_MEDIUM: Final = 1 << 16


class BoundedHttp(HttpToolsProtocol):
    """One HTTP connection, whose requests' heads must be short and come soon."""

    head_seconds = HEAD_SECONDS
    _head_bytes = 0
    _in_head = True
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Start to wait for the first head."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Parse, unless the head grows too long. Only a head that doesn't come in one piece needs a timer."""
        super().data_received(data)
        if self._in_head:
            self._head_bytes += len(data)
            self._expect_head()
            if self._head_bytes > MAX_HEAD_BYTES:
                self._give_up()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self.head_came()
        self._in_head = True

    def on_headers_complete(self) -> None:
        """The head is here."""
        self.head_came()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self.head_came()
        super().connection_lost(exc)

    def head_came(self) -> None:
        """Stop waiting for a head."""
        self._in_head = False
        self._head_bytes = 0
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _expect_head(self) -> None:
        if self._head_timer is None and not self.transport.is_closing():
            self._head_timer = self.loop.call_later(self.head_seconds, self._give_up)

    def _give_up(self) -> None:
        self.head_came()
        if not self.transport.is_closing():
            self.send_400_response("The head of the request is too long or came too slowly.")


class PromptWebSocket(WebSocketsSansIOProtocol):
    """One WebSocket, which the application may also write to without waiting, where that is possible.

    For that it finds this object among the `extensions` of its scope, as `PROMPT`.
    """

    async def run_asgi(self) -> None:
        """Converse."""
        self.scope["extensions"] = {PROMPT: self}  # type: ignore[dict-item]  # not in ASGI's words
        await super().run_asgi()

    def handle_ping(self) -> None:
        """Answer it, unless the peer reads nothing: else its unread answers would pile up here."""
        answer = b"".join(self.conn.data_to_send())
        if self.writable.is_set():
            self.transport.write(answer)

    @property
    def ready(self) -> bool:
        """Whether a frame can be written now: the peer reads, and nobody has said goodbye."""
        return (
            self.handshake_complete
            and self.writable.is_set()
            and not self.close_sent
            and self.conn.state is State.OPEN
            and not self.transport.is_closing()
        )

    def write(self, text: bytes) -> None:
        """Send a text message, if `ready`: a frame of a server is its length and its content."""
        size = len(text)
        if size < _SHORT:
            head = struct.pack("!BB", _TEXT, size)
        elif size < _MEDIUM:
            head = struct.pack("!BBH", _TEXT, _SHORT, size)
        else:
            head = struct.pack("!BBQ", _TEXT, _SHORT + 1, size)
        self.transport.write(head + text)


class Server(uvicorn.Server):
    """Leaves signals to the program, and says when it is `up`."""

    def __init__(
        self,
        app: ASGIApp,
        http: Callable[..., BoundedHttp] = BoundedHttp,
        *,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`app` gets what `http` leaves to it, and every upgrade; with `tls`, nothing else is spoken."""
        super().__init__(
            uvicorn.Config(
                app,
                interface="asgi3",
                lifespan="off",
                http=http,  # type: ignore[arg-type]  # called, whatever it is
                ws=PromptWebSocket,
                ws_max_size=MAX_FRAME_BYTES,
                ws_ping_interval=_PING_SECONDS,
                ws_ping_timeout=_PING_SECONDS,
                ws_per_message_deflate=False,
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,  # `proxies` does it, for those that are configured
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
                ssl_context_factory=None if tls is None else lambda _config, _default: tls,
            )
        )
        self.up = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none: the relay may live inside another program."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        self.up.set()


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 picks a free one. Raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # By its protocol asyncio recognises TCP; without, Nagle's algorithm holds back each answer for 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows this would let another program take over the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; accepted sockets inherit it
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _DEAD_PEER_MS)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening
