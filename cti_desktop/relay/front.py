"""The front door: which endpoint answers which address. Owns the answers that need no room of their own.

Webhooks don't come through it: see `hook_http`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection
from starlette.types import Receive, Scope, Send

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import asgi
from cti_desktop.relay.disk_guard import DiskGuard, Room
from cti_desktop.relay.enrolment import Enrolment
from cti_desktop.relay.metrics import CONTENT_TYPE, Metrics
from cti_desktop.relay.proxies import Network, contains, is_direct, seen_through
from cti_desktop.relay.sockets import Sockets, not_found
from cti_desktop.relay.store import Store, upsert
from cti_desktop.relay.tables import meta
from cti_desktop.wire.messages import SUBPROTOCOL


@dataclass(frozen=True, slots=True)
class Front:
    """An ASGI application. `relay_url` is what desktops are told to connect to.

    `metrics_from`: who may read /metrics; `trusted_proxies`: whose word on who asks counts.
    """

    sockets: Sockets
    enrolment: Enrolment
    store: Store
    clock: Callable[[], datetime]
    relay_url: str
    metrics: Metrics | None = None
    metrics_from: tuple[Network, ...] = ()
    trusted_proxies: tuple[Network, ...] = ()
    disk: DiskGuard = field(default_factory=lambda: DiskGuard(None))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or converse with one WebSocket."""
        scope = seen_through(scope, self.trusted_proxies)
        path: str = scope["path"]
        if scope["type"] == "websocket":
            await (self.sockets(scope, receive, send) if path == "/agent" else not_found(receive, send))
        else:
            await self._others(path, scope, receive, send)

    async def _others(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        match path:
            case "/enrol":
                await self.enrolment(self.relay_url, scope, receive, send)
            case "/renew":
                await self.enrolment.renewal(scope, send)
            case "/sign-out":
                await self.enrolment.signing_out(scope, send)
            case "/healthz":
                await asgi.answer(send, 200, {"status": "alive"})
            case "/readyz":
                await self._ready(send)
            case "/metrics" if self.metrics is not None and self._may_measure(scope):
                await self._measure(self.metrics, send)
            case "/agent":
                upgrade = [(b"upgrade", b"websocket")]
                await asgi.answer(send, 426, {"error": f"this is a WebSocket ({SUBPROTOCOL})"}, upgrade)
            case _:
                await asgi.answer(send, 404, {"error": "there is nothing here"})

    def _may_measure(self, scope: Scope) -> bool:
        """To others there is nothing here. A proxy that nobody named speaks for the whole world."""
        known = is_direct(scope) or bool(self.trusted_proxies)
        return known and contains(self.metrics_from, asgi.client(scope))

    async def _measure(self, metrics: Metrics, send: Send) -> None:
        try:
            page = await metrics.page(self.store)
        except StorageError as error:
            await asgi.answer(send, 503, {"error": str(error)})
            return
        headers = [(b"content-type", CONTENT_TYPE), (b"content-length", str(len(page)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": page})

    async def _ready(self, send: Send) -> None:
        """Try the disk for real: a read would succeed on a full one."""
        now = self.clock()
        if self.disk.room is Room.FULL:
            await asgi.answer(send, 503, {"status": "unavailable", "reason": "the disk is full"})
            return
        try:
            await self.store.write(lambda connection: _heartbeat(connection, now))
        except StorageError as error:
            await asgi.answer(send, 503, {"status": "unavailable", "reason": str(error)})
        else:
            await asgi.answer(send, 200, {"status": "ready"})


def _heartbeat(connection: Connection, now: datetime) -> None:
    row = {"key": "heartbeat", "value": now.isoformat()}
    connection.execute(upsert(connection, meta, key=("key",), replaced=("value",)), row)
