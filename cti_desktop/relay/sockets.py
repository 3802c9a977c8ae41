"""`/agent`: the upgrade to `cti.v1`, and ASGI's WebSocket as a `Channel`. Decides who gets a session."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from starlette.types import Receive, Scope, Send

from cti_desktop.core.errors import LinkDown
from cti_desktop.relay import asgi
from cti_desktop.relay.access import Access
from cti_desktop.relay.credentials import TokenOwner
from cti_desktop.relay.desk import Desk
from cti_desktop.relay.server import PROMPT
from cti_desktop.relay.sessions import Session
from cti_desktop.wire.close_codes import CloseCode
from cti_desktop.wire.messages import SUBPROTOCOL, ErrorMessage, encode

_BAD_TOKEN: Final = ErrorMessage("auth", "the token is missing, wrong or revoked: sign in again")


class Sockets:
    """The endpoint."""

    def __init__(self, desk: Desk, access: Callable[[], Access], allowed_origins: tuple[str, ...]) -> None:
        """`access` gives what counts now; `allowed_origins` are those of web pages that may connect."""
        self._desk = desk
        self._access = access
        self._origins = frozenset(allowed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one connection from its upgrade to its end."""
        await receive()  # websocket.connect
        origin = asgi.header(scope, b"origin")
        offered = scope["subprotocols"]
        welcome = origin is None or origin in self._origins  # a native client sends none
        if not welcome or (offered and SUBPROTOCOL not in offered):
            await _refuse(send)
        else:
            await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL if offered else None})
            prompt = scope.get("extensions", {}).get(PROMPT)
            channel, owner = _AsgiChannel(receive, send, prompt), self._owner(scope)
            scope["headers"] = []  # neither the token nor the rest is kept as long as the connection lasts
            await (Session(channel, owner, self._desk).run() if owner else _turn_away(channel))

    def _owner(self, scope: Scope) -> TokenOwner | None:
        scheme, _, token = (asgi.header(scope, b"authorization") or "").partition(" ")
        return self._access().tokens.owner(token.strip()) if scheme.lower() == "bearer" else None


async def not_found(receive: Receive, send: Send) -> None:
    """Refuse an upgrade at any other address."""
    await receive()
    await _refuse(send)


async def _refuse(send: Send) -> None:
    """Answer the upgrade with 403: the server logs an error where an application chooses another status."""
    await send({"type": "websocket.close"})


async def _turn_away(channel: _AsgiChannel) -> None:
    try:
        await channel.send(encode(_BAD_TOKEN))
        await channel.close(CloseCode.AUTH, _BAD_TOKEN.code)
    except LinkDown:
        pass


class Prompt(Protocol):
    """What can be written to without waiting, while it is `ready`: see `server.PromptWebSocket`."""

    @property
    def ready(self) -> bool:
        """Whether it can."""

    def write(self, text: bytes) -> None:
        """Send a text message."""


class _AsgiChannel:
    """An accepted ASGI WebSocket."""

    __slots__ = ("_prompt", "_receive", "_send")

    def __init__(self, receive: Receive, send: Send, prompt: Prompt | None = None) -> None:
        self._receive = receive
        self._send = send
        self._prompt = prompt

    @property
    def ready(self) -> bool:
        return self._prompt is not None and self._prompt.ready

    def write(self, frame: bytes) -> None:
        assert self._prompt is not None  # noqa: S101 - else it isn't `ready`
        self._prompt.write(frame)

    async def receive(self) -> str | bytes:
        message = await self._receive()
        if message["type"] == "websocket.disconnect":
            raise LinkDown(f"the desktop went away ({message.get('code')})")
        text: str | None = message.get("text")
        return text if text is not None else bytes(message["bytes"])

    async def send(self, frame: str) -> None:
        await self._dispatch({"type": "websocket.send", "text": frame})

    async def close(self, code: int, reason: str) -> None:
        await self._dispatch({"type": "websocket.close", "code": code, "reason": reason})

    async def _dispatch(self, message: dict[str, object]) -> None:
        try:
            await self._send(message)
        except asyncio.CancelledError:
            raise
        except (OSError, RuntimeError) as error:  # the server's ways to say that the peer is gone
            raise LinkDown("the desktop went away") from error
