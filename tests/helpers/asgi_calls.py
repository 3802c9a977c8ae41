"""ASGI endpoints called without a server: scopes, chunks of a body, and what was answered."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Message, Receive, Scope, Send

Endpoint = Callable[[Scope, Receive, Send], Awaitable[None]]


def scope(
    method: str = "POST",
    path: str = "/",
    headers: Mapping[str, str] | None = None,
    query: str = "",
    client: str = "127.0.0.1",
) -> Scope:
    """A request as uvicorn would describe it."""
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": _raw(headers),
        "client": (client, 50_000),
    }


def upgrade(path: str = "/agent", headers: Mapping[str, str] | None = None, *subprotocols: str) -> Scope:
    """A WebSocket upgrade as uvicorn would describe it."""
    return {"type": "websocket", "path": path, "headers": _raw(headers), "subprotocols": list(subprotocols)}


def _raw(headers: Mapping[str, str] | None) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in (headers or {}).items()]


@dataclass
class Answer:
    """What an endpoint sent."""

    sent: list[Message] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The status code."""
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        """The headers."""
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}

    @property
    def payload(self) -> Any:  # noqa: ANN401 - JSON
        """The body, decoded."""
        return json.loads(self.sent[1]["body"])


async def call(endpoint: Endpoint, request: Scope, body: bytes | Iterable[bytes] = b"") -> Answer:
    """Ask `endpoint`; `body` may come in chunks, and after the last of several the sender goes away."""
    chunks = [body] if isinstance(body, bytes) else list(body)
    messages: list[Message] = [
        {"type": "http.request", "body": chunk, "more_body": not isinstance(body, bytes)} for chunk in chunks
    ]
    waiting: Iterator[Message] = iter([*messages, {"type": "http.disconnect"}])
    answer = Answer()

    async def receive() -> Message:
        return next(waiting)

    async def send(message: Message) -> None:
        answer.sent.append(message)

    await endpoint(request, receive, send)
    return answer


class Peer:
    """The far end of an ASGI WebSocket."""

    def __init__(self) -> None:
        self.arriving: asyncio.Queue[Message] = asyncio.Queue()
        self.arriving.put_nowait({"type": "websocket.connect"})
        self.sent: list[Message] = []
        # One permit per frame.
        self.spoken = asyncio.Semaphore(0)

    async def receive(self) -> Message:
        """What the endpoint receives."""
        return await self.arriving.get()

    async def send(self, message: Message) -> None:
        """What the endpoint sends."""
        self.sent.append(message)
        if message["type"] == "websocket.send":
            self.spoken.release()
