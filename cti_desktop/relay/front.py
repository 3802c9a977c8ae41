"""The front door: which endpoint answers which address. Owns the answers that need no room of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection
from starlette.types import Receive, Scope, Send

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import asgi
from cti_desktop.relay.enrolment import Enrolment
from cti_desktop.relay.hooks import Hooks
from cti_desktop.relay.sockets import Sockets, not_found
from cti_desktop.relay.store import Store, upsert
from cti_desktop.relay.tables import meta
from cti_desktop.wire.messages import SUBPROTOCOL

_HOOKS: Final = "/hooks/"


@dataclass(frozen=True, slots=True)
class Front:
    """An ASGI application. `relay_url` is what desktops are told to connect to."""

    hooks: Hooks
    sockets: Sockets
    enrolment: Enrolment
    store: Store
    clock: Callable[[], datetime]
    relay_url: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or converse with one WebSocket."""
        path: str = scope["path"]
        if scope["type"] == "websocket":
            await (self.sockets(scope, receive, send) if path == "/agent" else not_found(receive, send))
        elif path.startswith(_HOOKS):
            await self.hooks(path.removeprefix(_HOOKS), scope, receive, send)
        else:
            await self._others(path, scope, receive, send)

    async def _others(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        match path:
            case "/enrol":
                await self.enrolment(self.relay_url, scope, receive, send)
            case "/healthz":
                await asgi.answer(send, 200, {"status": "alive"})
            case "/readyz":
                await self._ready(send)
            case "/agent":
                upgrade = [(b"upgrade", b"websocket")]
                await asgi.answer(send, 426, {"error": f"this is a WebSocket ({SUBPROTOCOL})"}, upgrade)
            case _:
                await asgi.answer(send, 404, {"error": "there is nothing here"})

    async def _ready(self, send: Send) -> None:
        """Try the disk for real: a read would succeed on a full one."""
        now = self.clock()
        try:
            await self.store.write(lambda connection: _heartbeat(connection, now))
        except StorageError as error:
            await asgi.answer(send, 503, {"status": "unavailable", "reason": str(error)})
        else:
            await asgi.answer(send, 200, {"status": "ready"})


def _heartbeat(connection: Connection, now: datetime) -> None:
    row = {"key": "heartbeat", "value": now.isoformat()}
    connection.execute(upsert(connection, meta, key=("key",), replaced=("value",)), row)
