"""`POST /enrol`: a single-use code becomes a device's token. Owns the limit on tries, not the codes."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

import msgspec
from starlette.types import Receive, Scope, Send

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import asgi
from cti_desktop.relay.asgi import BodyRefused
from cti_desktop.relay.attempts import WINDOW_SECONDS, Attempts
from cti_desktop.relay.config import RetentionConfig
from cti_desktop.relay.credentials import IssuedToken, redeem
from cti_desktop.relay.keys import digest, normal_code
from cti_desktop.relay.proxies import household
from cti_desktop.relay.renewal import USUAL, Renewal
from cti_desktop.relay.signing_out import SigningOut
from cti_desktop.relay.store import Store

_MAX_BODY: Final = 4096
_TOO_MANY: Final = {"error": "too many tries: wait ten minutes, and ask for a new code"}
_WRONG: Final = {"error": "the code is wrong, used or expired: ask for a new one"}
_RETRY: Final = [(b"retry-after", str(int(WINDOW_SECONDS)).encode())]


class _Enrol(msgspec.Struct):
    code: str
    device: str


class Enrolment:
    """The endpoint."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        issued: Callable[[], Awaitable[None]],
        monotonic: Callable[[], float] = time.monotonic,
        lives: RetentionConfig = USUAL,
    ) -> None:
        """`issued` is awaited before a new token is told, so that it counts by then."""
        self._store = store
        self._clock = clock
        self._issued = issued
        self._monotonic = monotonic
        self._attempts = Attempts()
        self.renewal = Renewal(store, clock, issued, lives)
        self.signing_out = SigningOut(store, clock, issued)

    async def __call__(self, relay_url: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; `relay_url` is what the desktop shall connect to."""
        if scope["method"] != "POST":
            await asgi.answer(send, 405, {"error": "POST only"}, [(b"allow", b"POST")])
            return
        try:
            asked = msgspec.json.decode(await asgi.body(scope, receive, _MAX_BODY), type=_Enrol)
        except BodyRefused as refused:
            await asgi.refuse(send, refused)
            return
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            await asgi.answer(send, 400, {"error": 'send {"code": "…", "device": "…"}'})
            return
        await self._enrol(asked, relay_url, asgi.client(scope), send)

    async def _enrol(self, asked: _Enrol, relay_url: str, address: str, send: Send) -> None:
        keys = (f"address {household(address)}", f"code {digest(normal_code(asked.code))}")
        begun = self._monotonic()
        if not self._attempts.begin(keys, begun):
            await asgi.answer(send, 429, _TOO_MANY, _RETRY)
            return
        try:
            token = await self._redeemed(asked)
        except StorageError:
            self._attempts.forgive(keys, begun)
            await asgi.answer(send, 503, {"error": "the relay can't write just now: try again"})
            return
        if token is None:
            await asgi.answer(send, 403, _WRONG)
            return
        self._attempts.forgive(keys, begun)
        agent = {"id": token.agent.id, "name": token.agent.name}
        await asgi.answer(send, 200, {"token": token.token, "agent": agent, "relay": relay_url})

    async def _redeemed(self, asked: _Enrol) -> IssuedToken | None:
        now = self._clock()
        device = asked.device.strip() or "desktop"
        token = await self._store.write(lambda connection: redeem(connection, asked.code, device, now))
        if token is not None:
            await self._issued()
        return token
