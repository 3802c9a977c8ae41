"""The little of HTTP that our endpoints need over bare ASGI: headers, bounded bodies, short answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
from starlette.types import Message, Receive, Scope, Send

from cti_desktop.core.errors import CtiError

_BODY_SECONDS: Final = 10.0
# Of a body that is too large, so much is read and thrown away: else the sender sees no answer, but a reset.
_THROWN_AWAY: Final = 4 * 1024 * 1024
_JSON: Final = (b"content-type", b"application/json")

Headers = Iterable[tuple[bytes, bytes]]


class BodyRefused(CtiError):
    """The request's body is too large, too slow, or its sender is gone. `status` says which."""

    def __init__(self, status: int, message: str) -> None:
        """`status`: what to answer."""
        super().__init__(message, code="body")
        self.status = status


def header(scope: Scope, name: bytes) -> str | None:
    """The first header of that lower-case `name`."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return None


def bearer(scope: Scope) -> str:
    """The token that is shown in `Authorization: Bearer …`; empty without one."""
    scheme, _, token = (header(scope, b"authorization") or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def query(scope: Scope) -> dict[str, str]:
    """The URL's parameters; of several with one name, the last."""
    return parameters(scope["query_string"])


def parameters(query_string: bytes) -> dict[str, str]:
    """The same of a URL's part behind `?`."""
    return dict(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True))


def client(scope: Scope) -> str:
    """The address of whoever asks."""
    return scope["client"][0] if scope.get("client") else "unknown"


async def body(scope: Scope, receive: Receive, limit: int, seconds: float = _BODY_SECONDS) -> bytes:
    """The whole body. Raises `BodyRefused` when it exceeds `limit` bytes or takes longer than `seconds`."""
    announced = header(scope, b"content-length")
    hopeless = announced is not None and announced.isdecimal() and int(announced) > limit
    try:
        async with asyncio.timeout(seconds):
            return await _collected(receive, 0 if hopeless else limit)
    except TimeoutError:
        raise BodyRefused(408, "the body took too long") from None


async def _collected(receive: Receive, limit: int) -> bytes:
    collected = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BodyRefused(400, "the sender went away")
        collected += message.get("body", b"")
        if len(collected) > limit:
            await _throw_away(receive, message)
            raise BodyRefused(413, "the body is too large")
        if not message.get("more_body", False):
            return bytes(collected)


async def _throw_away(receive: Receive, message: Message) -> None:
    thrown = 0
    while message.get("more_body", False) and thrown < _THROWN_AWAY:
        message = await receive()
        thrown += len(message.get("body", b""))


async def answer(send: Send, status: int, payload: Mapping[str, Any], headers: Headers = ()) -> None:
    """Answer with `payload` as JSON."""
    content = msgspec.json.encode(payload)
    length = (b"content-length", str(len(content)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [_JSON, length, *headers]})
    await send({"type": "http.response.body", "body": content})


async def refuse(send: Send, refused: BodyRefused) -> None:
    """Answer a body that was not read to its end; the connection can't be used again."""
    await answer(send, refused.status, {"error": str(refused)}, [(b"connection", b"close")])
